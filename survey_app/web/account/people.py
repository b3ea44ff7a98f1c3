"""Accounts as Flask-Security wants them.

The library asks its datastore for users by attribute and hands changed ones back. Ours answers
from `services.accounts` and `services.logins`; there is no ORM and no role table. Everybody who may
log in has the one role there is: staff of a network.

What the library keeps in the cookie is called `fs_uniquifier`. Ours is the token of one open login
(services/logins.py): only whoever came all the way in has one.
"""

from typing import Any

from flask_security.core import RoleMixin, UserMixin
from flask_security.datastore import UserDatastore
from flask_security.mail_util import MailUtil

from survey_app.services import accounts, logins
from survey_app.services.accounts import Account
from survey_app.services.logins import Limits, Login
from survey_app.web.house import House


class Person(UserMixin):
    """Somebody who is logged in, or about to be: then without a token, and the library's no one."""

    fs_uniquifier: str = ""  # the library looks for the name on the class
    roles: list[RoleMixin] = []  # noqa: RUF012 - one role for everybody, nothing is ever added

    def __init__(self, account: Account, token: str = "", login: Login | None = None) -> None:
        self.account = account
        self.login = login
        self.id = account.id
        self.network = account.network
        self.email = account.email
        self.password = account.password
        self.active = account.active
        self.fs_uniquifier = token


class People(UserDatastore):
    """Finds people by address when they log in, and by the token in their cookie afterwards."""

    def __init__(self, house: House, limits: Limits) -> None:
        super().__init__(Person, RoleMixin)
        self._database = house.database
        self._clock = house.clock
        self._limits = limits

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> Person | None:  # noqa: ARG002, FBT
        """Return whoever has this `email`, or whose login has this token as `fs_uniquifier`."""
        if "email" in kwargs:
            account = accounts.account_with_email(self._database, kwargs["email"])
            return Person(account) if account else None
        token = kwargs["fs_uniquifier"]
        found = logins.found(self._database, token, now=self._clock.moment(), limits=self._limits)
        return Person(found[0], token, found[1]) if found else None

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
