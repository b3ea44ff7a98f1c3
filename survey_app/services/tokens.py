"""Tokens: how a program proves for whom it reads released results.

A token is 256 random bits behind a prefix by which scanners of source code know it. The database
has only its hash (SHA-256 is enough: there is nothing to guess), so it is shown once. It carries no
right of its own: whoever comes with it may read what its account may read at that moment. Who loses
a role or whose account is switched off, their programs lose it too.

A token lasts a year at most, is taken back by deleting it, and of its use only the last day is
stored. One that is over, taken back or invented is one and the same: there is no such token.
"""

import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection

from survey_app.domain.messages import N_, Fault, InvalidDefinition, Message
from survey_app.domain.rights import Right, may
from survey_app.services.accounts import Account
from survey_app.storage import audit, staff, tokens
from survey_app.storage.database import Database
from survey_app.storage.tokens import Token

__all__ = ["Account", "NewToken", "Token"]

PREFIX: Final = "mitreden_"
BYTES: Final = 32
LONGEST: Final = len(PREFIX) + 4 * BYTES // 3 + 1
LONGEST_NAME: Final = 60
LONGEST_LIFE: Final = timedelta(days=365)
MOST: Final = 10  # of one account

NO_NAME: Final = N_("Bitte geben Sie an, wofür der Schlüssel ist.")
TOO_LONG: Final = N_("Der Name ist zu lang. Bitte höchstens %(most)s Zeichen.")
WRONG_DAY: Final = N_(
    "Ein Schlüssel gilt höchstens ein Jahr. Bitte wählen Sie einen Tag bis %(last)s."
)
TOO_MANY: Final = N_(
    "Sie haben schon %(most)s Schlüssel. Löschen Sie zuerst einen, der nicht mehr gebraucht wird."
)


@dataclass(frozen=True)
class NewToken:
    """A token that was just made: the only time that `secret` is known."""

    name: str
    expires_on: date
    secret: str = field(repr=False)


def make(
    database: Database, account: Account, *, name: str, expires_on: date, today: date
) -> NewToken:
    """Make a token for an account; raises InvalidDefinition with the name of the argument."""
    named = " ".join(name.split())
    _check(named, expires_on, today)
    secret = PREFIX + secrets.token_urlsafe(BYTES)
    with database.write() as connection:
        staff.lock(connection, account.network.id, account.id)
        if tokens.count(connection, account.network.id, account.id) >= MOST:
            raise _invalid("name", Message(TOO_MANY, {"most": MOST}))
        tokens.add(
            connection,
            account,
            name=named,
            digest=_digest(secret),
            made_on=today,
            expires_on=expires_on,
        )
        _note(connection, account, "make token", today)
    return NewToken(named, expires_on, secret)


def tokens_of(database: Database, account: Account) -> tuple[Token, ...]:
    """Return the tokens of an account, the oldest first."""
    with database.read() as connection:
        return tokens.of_account(connection, account.network.id, account.id)


def revoke(database: Database, account: Account, token: int, *, today: date) -> bool:
    """Delete a token of an account; return whether there was one."""
    with database.write() as connection:
        if not tokens.remove(connection, account.network.id, account.id, token):
            return False
        _note(connection, account, "revoke token", today)
        return True


def holder_of(database: Database, secret: str, today: date) -> tuple[Token, Account] | None:
    """Return for whom somebody reads who comes with this token, or None.

    The database is one that is bound to no network: a token says whose network it is.
    """
    if not secret.startswith(PREFIX) or len(secret) > LONGEST:
        return None
    with database.read() as connection:
        found = tokens.with_digest(connection, _digest(secret))
    if found is None:
        return None
    token, account = found
    if token.is_over(today) or not account.active or not may(account.actor, Right.EXPORT):
        return None
    if token.used_on != today:
        with database.write() as connection:
            tokens.note_use(connection, token.network, token.id, today)
    return found


def _check(name: str, expires_on: date, today: date) -> None:
    last = today + LONGEST_LIFE
    if not name:
        raise _invalid("name", Message(NO_NAME))
    if len(name) > LONGEST_NAME:
        raise _invalid("name", Message(TOO_LONG, {"most": LONGEST_NAME}))
    if not today <= expires_on <= last:
        raise _invalid("expires_on", Message(WRONG_DAY, {"last": last}))


def _invalid(place: str, message: Message) -> InvalidDefinition:
    return InvalidDefinition(Fault(message, (place,)))


def _digest(secret: str) -> bytes:
    return sha256(secret.encode()).digest()


def _note(connection: Connection, account: Account, action: str, today: date) -> None:
    # Not the name of a token: what people write there is theirs, and the log is for ever.
    audit.note(
        connection,
        network=account.network.id,
        day=today,
        actor=account.email,
        action=action,
        subject=account.email,
    )
