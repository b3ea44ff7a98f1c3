"""Accounts of staff: who may log in, and as what. A password is here in its hashed form only."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from survey_app.domain.measure import Network
from survey_app.domain.rights import Actor, Reach, Role
from survey_app.storage import schema


@dataclass(frozen=True)
class Account:
    """One person who may log in, for a network and as `actor`.

    `fs_uniquifier` is what a login cookie holds instead of the id; a new one ends all logins.
    """

    id: int
    network: Network
    email: str
    password: str = field(repr=False)
    active: bool
    fs_uniquifier: str = field(repr=False)
    actor: Actor


def add(
    connection: Connection,
    *,
    network: Network,
    email: str,
    password: str,
    fs_uniquifier: str,
    actor: Actor,
) -> Account:
    """Store an account and return it; a second one for an address is refused by the database."""
    values = {
        "network": network.id,
        "email": email,
        "password": password,
        "active": True,
        "fs_uniquifier": fs_uniquifier,
        "role": actor.role.value,
        "reach": actor.reach.value,
        "place": actor.place,
    }
    statement = insert(schema.staff).values(values).returning(schema.staff.c.id)
    number = connection.execute(statement).scalar_one()
    return Account(number, network, email, password, True, fs_uniquifier, actor)


def with_email(connection: Connection, email: str) -> Account | None:
    """Return the account of an address, written as it is stored."""
    return _first(connection, _accounts().where(schema.staff.c.email == email))


def with_uniquifier(connection: Connection, uniquifier: str) -> Account | None:
    """Return the account that a login cookie means."""
    return _first(connection, _accounts().where(schema.staff.c.fs_uniquifier == uniquifier))


def store_password(
    connection: Connection, account: int, *, password: str, fs_uniquifier: str
) -> None:
    """Store another hash; another uniquifier ends all logins of this account."""
    values = {"password": password, "fs_uniquifier": fs_uniquifier}
    connection.execute(update(schema.staff).where(schema.staff.c.id == account).values(values))


def _accounts() -> Select[Any]:
    return select(schema.staff, schema.network).join(
        schema.network, schema.network.c.id == schema.staff.c.network
    )


def _first(connection: Connection, statement: Select[Any]) -> Account | None:
    row = connection.execute(statement).first()
    return _account(row) if row else None


def _account(row: Row[Any]) -> Account:
    values = tuple(row)
    number, network, email, password, active, fs_uniquifier, role, reach, place = values[:9]
    actor = Actor(network, Role(role), Reach(reach), place)
    return Account(number, Network(*values[9:]), email, password, active, fs_uniquifier, actor)
