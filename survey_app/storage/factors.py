"""What proves, beside a password, who somebody is: an app with codes, recovery codes, passkeys.

A secret is here in its encrypted form only, a recovery code as a keyed hash.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, or_, select, update

from survey_app.storage import schema
from survey_app.storage.schema import logins as tables


@dataclass(frozen=True)
class App:
    """An app that shows codes. `next_secret` was shown, but no code of it was typed yet.

    `last_counter` is the step of time whose code was used last: none counts twice.
    """

    secret: str | None = field(default=None, repr=False)
    next_secret: str | None = field(default=None, repr=False)
    since: date | None = None
    last_counter: int | None = None


@dataclass(frozen=True)
class Passkey:
    """A passkey of an account, by the name that its owner gave it."""

    id: int
    account: int
    credential: bytes = field(repr=False)
    public_key: bytes = field(repr=False)
    sign_count: int
    name: str
    added_on: date
    used_on: date | None


def app_of(connection: Connection, account: int) -> App:
    """Return the app of an account; an empty one if there is none."""
    table = tables.second_factor
    columns = (table.c.secret, table.c.next_secret, table.c.since, table.c.last_counter)
    row = connection.execute(select(*columns).where(table.c.account == account)).first()
    return App(*row) if row else App()


def store_app(connection: Connection, account: int, app: App) -> None:
    """Replace the app of an account."""
    remove_app(connection, account)
    connection.execute(insert(tables.second_factor).values(account=account, **vars(app)))


def remove_app(connection: Connection, account: int) -> None:
    """Forget the app of an account."""
    connection.execute(delete(tables.second_factor).filter_by(account=account))


def store_codes(connection: Connection, account: int, digests: Iterable[str]) -> None:
    """Replace all recovery codes of an account."""
    table = tables.recovery_code
    connection.execute(delete(table).filter_by(account=account))
    rows = [{"account": account, "digest": digest} for digest in digests]
    if rows:
        connection.execute(insert(table), rows)


def use_code(connection: Connection, account: int, digest: str) -> bool:
    """Use up a recovery code; return whether there was one."""
    statement = delete(tables.recovery_code).filter_by(account=account, digest=digest)
    return connection.execute(statement).rowcount == 1


def codes_left(connection: Connection, account: int) -> int:
    """Return how many recovery codes are left."""
    statement = select(func.count()).select_from(tables.recovery_code).filter_by(account=account)
    return connection.execute(statement).scalar_one()


def passkeys_of(connection: Connection, account: int) -> tuple[Passkey, ...]:
    """Return the passkeys of an account in the order they were added."""
    statement = _passkeys().filter_by(account=account).order_by(tables.passkey.c.id)
    return tuple(Passkey(*row) for row in connection.execute(statement))


def with_credential(connection: Connection, credential: bytes) -> Passkey | None:
    """Return the passkey that a device means; it waits for whoever is using it now."""
    statement = _passkeys().filter_by(credential=credential).with_for_update()
    row = connection.execute(statement).first()
    return Passkey(*row) if row else None


def add_passkey(
    connection: Connection,
    account: int,
    *,
    credential: bytes,
    public_key: bytes,
    sign_count: int,
    name: str,
    added_on: date,
) -> None:
    """Store a passkey; a second one with this credential is refused by the database."""
    values = {
        "account": account,
        "credential": credential,
        "public_key": public_key,
        "sign_count": sign_count,
        "name": name,
        "added_on": added_on,
    }
    connection.execute(insert(tables.passkey).values(values))


def passkey_used(connection: Connection, passkey: int, *, sign_count: int, used_on: date) -> None:
    """Store that a passkey was used."""
    statement = update(tables.passkey).filter_by(id=passkey)
    connection.execute(statement.values(sign_count=sign_count, used_on=used_on))


def rename_passkey(connection: Connection, account: int, passkey: int, name: str) -> None:
    """Give a passkey of an account another name."""
    statement = update(tables.passkey).filter_by(id=passkey, account=account)
    connection.execute(statement.values(name=name))


def remove_passkey(connection: Connection, account: int, passkey: int) -> None:
    """Forget a passkey of an account."""
    connection.execute(delete(tables.passkey).filter_by(id=passkey, account=account))


def remove_passkeys(connection: Connection, account: int) -> None:
    """Forget all passkeys of an account."""
    connection.execute(delete(tables.passkey).filter_by(account=account))


def protected(connection: Connection, network: int) -> set[int]:
    """Return the accounts of a network whose password alone does not let in."""
    own = schema.staff
    apps = select(tables.second_factor.c.account).where(tables.second_factor.c.since.is_not(None))
    either = or_(own.c.id.in_(apps), own.c.id.in_(select(tables.passkey.c.account)))
    return set(connection.scalars(select(own.c.id).where(own.c.network == network, either)))


def _passkeys() -> Select[Any]:
    return select(*tables.passkey.c)
