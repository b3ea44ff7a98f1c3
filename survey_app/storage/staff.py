"""Accounts of staff: who may log in, and as what. A password is here in its hashed form only."""

from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from survey_app.domain.measure import Network
from survey_app.domain.rights import Actor, Reach, Role
from survey_app.storage import schema
from survey_app.storage.walls import Crossing, across

NO_PASSWORD: Final = ""  # the hash of nothing: Flask-Security lets nobody in with it


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

    @property
    def has_password(self) -> bool:
        """Return whether a password was ever chosen; an invited person has none yet."""
        return self.password != NO_PASSWORD


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
    return _first(connection, accounts().where(schema.staff.c.email == email))


def with_id(connection: Connection, account: int) -> Account | None:
    """Return the account with this id, in whatever network."""
    return _first(connection, accounts().where(schema.staff.c.id == account))


def with_uniquifier(connection: Connection, uniquifier: str) -> Account | None:
    """Return the account that a login cookie means."""
    return _first(connection, accounts().where(schema.staff.c.fs_uniquifier == uniquifier))


def store_password(
    connection: Connection, account: Account, *, password: str, fs_uniquifier: str
) -> None:
    """Store another hash; another uniquifier ends all logins of this account."""
    values = {"password": password, "fs_uniquifier": fs_uniquifier}
    statement = update(schema.staff).filter_by(id=account.id, network=account.network.id)
    connection.execute(statement.values(values))


def of_network(connection: Connection, network: int, account: int | None = None) -> list[Account]:
    """Return the accounts of a network by address: all of them, or the one with this id."""
    statement = accounts().where(schema.staff.c.network == network)
    if account is not None:
        statement = statement.where(schema.staff.c.id == account)
    rows = connection.execute(statement.order_by(schema.staff.c.email))
    return [account_from(row) for row in rows]


def lock_administrators(connection: Connection, network: int) -> None:
    """Let nobody else change the administrators of a network before this transaction ends.

    PostgreSQL holds their rows; on SQLite there is one writer at a time anyway.
    """
    where = {"network": network, "role": Role.ADMINISTRATOR.value}
    connection.execute(select(schema.staff.c.id).filter_by(**where).with_for_update()).all()


def lock(connection: Connection, network: int, account: int) -> None:
    """Let nobody else change an account, or what belongs to it, before this transaction ends."""
    where = {"network": network, "id": account}
    connection.execute(select(schema.staff.c.id).filter_by(**where).with_for_update()).all()


def store_actor(connection: Connection, account: int, actor: Actor) -> None:
    """Give an account another role, reach and place in its network."""
    values = {"role": actor.role.value, "reach": actor.reach.value, "place": actor.place}
    statement = update(schema.staff).filter_by(id=account, network=actor.network)
    connection.execute(statement.values(values))


def store_active(
    connection: Connection, network: int, account: int, *, active: bool, fs_uniquifier: str
) -> None:
    """Switch an account on or off; another uniquifier ends all its logins."""
    statement = update(schema.staff).filter_by(id=account, network=network)
    connection.execute(statement.values(active=active, fs_uniquifier=fs_uniquifier))


def remove(connection: Connection, network: int, account: int) -> None:
    """Delete an account that nobody has ever used."""
    connection.execute(delete(schema.staff).filter_by(id=account, network=network))


def accounts() -> Select[Any]:
    """Return the statement that `account_from` reads; more columns may follow."""
    return select(schema.staff, schema.network).join(
        schema.network, schema.network.c.id == schema.staff.c.network
    )


def _first(connection: Connection, statement: Select[Any]) -> Account | None:
    row = connection.execute(statement.execution_options(**across(Crossing.LOGIN))).first()
    return account_from(row) if row else None


def account_from(row: Row[Any]) -> Account:
    """Return the account in a row of `accounts`."""
    values = tuple(row)
    number, network, email, password, active, fs_uniquifier, role, reach, place = values[:9]
    actor = Actor(network, Role(role), Reach(reach), place)
    whose = Network(*values[9 : 9 + len(schema.network.c)])
    return Account(number, whose, email, password, active, fs_uniquifier, actor)
