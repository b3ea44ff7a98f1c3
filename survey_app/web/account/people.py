"""Accounts as Flask-Security wants them.

The library asks its datastore for users by attribute and hands changed ones back. Ours answers
from `services.accounts`; there is no ORM and no role table. Everybody who may log in has the one
role there is: staff of a network.
"""

from typing import Any

from flask_security.core import RoleMixin, UserMixin
from flask_security.datastore import UserDatastore
from flask_security.mail_util import MailUtil

from survey_app.services import Database, accounts
from survey_app.services.accounts import Account


class Person(UserMixin):
    """Somebody who is logged in."""

    fs_uniquifier: str = ""  # the library looks for the name on the class
    roles: list[RoleMixin] = []  # noqa: RUF012 - one role for everybody, nothing is ever added

    def __init__(self, account: Account) -> None:
        self.account = account
        self.id = account.id
        self.network = account.network
        self.email = account.email
        self.password = account.password
        self.active = account.active
        self.fs_uniquifier = account.fs_uniquifier


class People(UserDatastore):
    """Finds people by address when they log in, and by what their cookie holds afterwards."""

    def __init__(self, database: Database) -> None:
        super().__init__(Person, RoleMixin)
        self._database = database

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> Person | None:  # noqa: ARG002, FBT
        """Return whoever has this `email` or `fs_uniquifier`."""
        if "email" in kwargs:
            account = accounts.account_with_email(self._database, kwargs["email"])
        else:
            account = accounts.account_logged_in(self._database, kwargs["fs_uniquifier"])
        return Person(account) if account else None

    def put(self, model: Person) -> Person:
        """Store a hash that the library made anew because the parameters were raised."""
        if model.password:
            accounts.renew_hash(self._database, model.account, model.password)
        return model

    def commit(self) -> None:
        """Do nothing: every service has committed when it returns."""


class Addresses(MailUtil):
    """Addresses are compared as they are stored, and nobody is sent a mail."""

    def normalize(self, email: str) -> str:
        """Return an address as it is stored."""
        return accounts.normal_email(email)
