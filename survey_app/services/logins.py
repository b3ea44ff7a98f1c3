"""Open logins: one row for each browser in which somebody is logged in.

The cookie holds a random token and the table its hash. A login ends when it is ended: by its owner
here or in another browser, by a new password, by whoever switches the account off, after a while
without a page, and at the end of a working day. A copy of its cookie is worthless from then on.
"""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import Connection

from survey_app.domain.messages import N_, Fault, InvalidDefinition, Message
from survey_app.storage import audit, logins, staff
from survey_app.storage.database import Database
from survey_app.storage.staff import Account

Login = logins.Login  # whoever calls this module needs its name

TOKEN_BYTES: Final = 32
A_MINUTE: Final = 60  # `seen` is stored no finer: a write per page would be too many
FRESH: Final = 15 * 60  # so long after proving who they are, people may change how they log in

ENDED_ALL: Final = "end all logins"
NO_ACCOUNT = N_("Für %(email)s gibt es kein Konto.")


@dataclass(frozen=True)
class Limits:
    """When a login ends by itself, in seconds: without a page, and after it began."""

    idle: int
    longest: int

    def allow(self, login: Login, now: float) -> bool:
        """Return whether a login is still open."""
        return now - login.seen <= self.idle and now - login.begun <= self.longest


def open_login(
    database: Database, account: Account, *, device: str, via: str, now: float, limits: Limits
) -> tuple[str, Login]:
    """Open a login and return what its cookie holds; forget those of anybody that are over."""
    token, moment = secrets.token_urlsafe(TOKEN_BYTES), int(now)
    login = Login(
        key=_key(token),
        account=account.id,
        uniquifier=account.fs_uniquifier,
        begun=moment,
        seen=moment,
        confirmed=moment,
        device=device,
        via=via,
    )
    with database.write() as connection:
        logins.remove_old(connection, seen=moment - limits.idle, begun=moment - limits.longest)
        logins.add(connection, login)
    return token, login


def found(
    database: Database, token: str, *, now: float, limits: Limits
) -> tuple[Account, Login] | None:
    """Return the open login of a cookie and whose it is; notes once a minute that it is used."""
    key, moment = _key(token), int(now)
    with database.read() as connection:
        known = logins.with_key(connection, key)
    if known is None or not limits.allow(known[1], now):
        return None
    account, login = known
    if moment - login.seen < A_MINUTE:
        return known
    with database.write() as connection:
        logins.touch(connection, key, seen=moment)
    return account, replace(login, seen=moment)


def open_logins(
    database: Database, account: Account, *, now: float, limits: Limits
) -> tuple[Login, ...]:
    """Return in which browsers somebody is logged in, the one used last first."""
    with database.read() as connection:
        every = logins.of_account(connection, account.id, account.fs_uniquifier)
    return tuple(login for login in every if limits.allow(login, now))


def is_fresh(login: Login, now: float) -> bool:
    """Return whether somebody proved only a short while ago who they are."""
    return now - login.confirmed <= FRESH


def confirm(database: Database, login: Login, now: float) -> None:
    """Store that somebody proved again who they are."""
    with database.write() as connection:
        logins.confirm(connection, login.key, confirmed=int(now))


def end(database: Database, login: Login) -> None:
    """End one login."""
    with database.write() as connection:
        logins.remove(connection, login.account, login.key)


def end_named(database: Database, account: Account, name: str) -> None:
    """End the login of an account whose key begins like this; there may be none."""
    with database.write() as connection:
        for login in logins.of_account(connection, account.id, account.fs_uniquifier):
            if name and login.key.startswith(name):
                logins.remove(connection, account.id, login.key)


def end_all(database: Database, account: Account, today: date, *, but: Login | None = None) -> int:
    """End all logins of an account, except the one at hand if it is named; return how many."""
    with database.write() as connection:
        ended = logins.remove_all(connection, account.id, but=but.key if but else None)
        note(connection, account, ENDED_ALL, today=today, detail=str(ended))
    return ended


def end_all_for(database: Database, email: str, today: date, *, by: str) -> int:
    """End all logins of the account with this address; raises InvalidDefinition."""
    with database.write() as connection:
        account = account_named(connection, email)
        ended = logins.remove_all(connection, account.id)
        note(connection, account, ENDED_ALL, today=today, by=by, detail=str(ended))
    return ended


def account_named(connection: Connection, email: str) -> Account:
    """Return the account with this address, as it is stored; raises InvalidDefinition."""
    account = staff.with_email(connection, email)
    if account is None:
        raise InvalidDefinition(Fault(Message(NO_ACCOUNT, {"email": email}), ("email",)))
    return account


def note(
    connection: Connection,
    account: Account,
    action: str,
    *,
    today: date,
    by: str | None = None,
    detail: str = "",
) -> None:
    """Write into the audit log what was done about how somebody logs in; never what they typed."""
    audit.note(
        connection,
        network=account.network.id,
        day=today,
        actor=by or account.email,
        action=action,
        subject=account.email,
        detail=detail,
    )


def _key(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
