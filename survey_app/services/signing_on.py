"""Signing on elsewhere: which account belongs to somebody whom a provider has let in.

The first time it is the account with the e-mail that the provider has checked; from then on it is
whom the provider calls by the same number (issuer and subject), whatever e-mail stands there. So
whoever gets somebody's old address at the provider does not get their account here.

No account is made by signing on, and none is changed but for this bond.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from sqlalchemy import Connection

from survey_app.services.accounts import Account, normal_email
from survey_app.services.invitations import note
from survey_app.storage import invitations, sign_ons, staff
from survey_app.storage.database import Database


@dataclass(frozen=True)
class Identity:
    """Who somebody is at a provider; `email` only if the provider has checked it."""

    issuer: str
    subject: str
    email: str | None


class Refusal(Enum):
    """Why nobody is let in."""

    NO_EMAIL = "no checked e-mail"
    NO_ACCOUNT = "no account, or one that is off"
    SOMEBODY_ELSE = "the account is bound to somebody else"


def account_of(database: Database, identity: Identity, today: date) -> Account | Refusal:
    """Return the account of somebody whom the provider has let in, bound from now on."""
    with database.write() as connection:
        bound = sign_ons.bound_to(connection, identity.issuer, identity.subject)
        if bound is not None:
            return bound if bound.active else Refusal.NO_ACCOUNT
        if identity.email is None:
            return Refusal.NO_EMAIL
        account = staff.with_email(connection, normal_email(identity.email))
        if account is None or not account.active:
            return Refusal.NO_ACCOUNT
        staff.lock(connection, account.network.id, account.id)
        if account.id in sign_ons.bound(connection, account.network.id):
            again = sign_ons.bound_to(connection, identity.issuer, identity.subject)
            return account if again == account else Refusal.SOMEBODY_ELSE
        _bind(connection, account, identity, today)
        return account


def _bind(connection: Connection, account: Account, identity: Identity, today: date) -> None:
    sign_ons.bind(connection, account, issuer=identity.issuer, subject=identity.subject)
    invitations.withdraw(connection, account.network.id, account.id)
    note(
        connection,
        account,
        "bind sign-on",
        by=account.email,
        today=today,
        detail=identity.issuer,
    )
