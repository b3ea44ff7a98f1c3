"""The public lists of the networks."""

from typing import Any

from sqlalchemy import Connection, Row, Select, select, update
from sqlalchemy.dialects import postgresql, sqlite

from survey_app.domain.measure import Measure, Network, Publication
from survey_app.domain.public_list import PublicList
from survey_app.storage import measures, schema
from survey_app.storage.walls import Crossing, across

TABLE = schema.public_list


def get(connection: Connection, network: int) -> PublicList | None:
    """Return the list of a network, on or off; None if it never had one."""
    return _read(connection, select(TABLE).where(TABLE.c.network == network))


def open_at(connection: Connection, slug: str) -> PublicList | None:
    """Return the list with this address, if it is on. Whoever asks for it knows no network."""
    statement = select(TABLE).where(TABLE.c.slug == slug, TABLE.c.is_open)
    return _read(connection, statement.execution_options(**across(Crossing.PUBLIC)))


def add(connection: Connection, new: PublicList) -> bool:
    """Store a first list; return False if its slug is taken, maybe by a network out of sight."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    values = {name: getattr(new, name) for name in TABLE.c.keys()}  # noqa: SIM118 - columns
    statement = dialect.insert(TABLE).values(values).on_conflict_do_nothing()
    return connection.execute(statement.returning(TABLE.c.network)).first() is not None


def change(connection: Connection, changed: PublicList) -> None:
    """Store whether a list is on, and since when."""
    connection.execute(
        update(TABLE)
        .where(TABLE.c.network == changed.network)
        .values(is_open=changed.is_open, since=changed.since)
    )


def network_with_list(connection: Connection, network: int) -> tuple[Network, str | None] | None:
    """Return a network and the path of its list, if that is on: in one statement, for phones."""
    statement = (
        select(schema.network, TABLE)
        .outerjoin(TABLE, TABLE.c.network == schema.network.c.id)
        .where(schema.network.c.id == network)
    )
    row: Row[Any] | None = connection.execute(statement).first()
    if row is None:
        return None
    columns: list[Any] = list(row)
    own = len(schema.network.c)
    known = PublicList(*columns[own:]) if columns[own] is not None else None
    return Network(*columns[:own]), known.path if known and known.is_open else None


def published(connection: Connection, network: int) -> list[Measure]:
    """Return the measures of a network that are published, the latest first."""
    table = schema.measure
    statement = select(table).where(
        table.c.network == network, table.c.publication == Publication.PUBLISHED.value
    )
    return measures.listed(
        connection, network, statement.order_by(table.c.ends_on.desc(), table.c.id.desc())
    )


def _read(connection: Connection, statement: Select[Any]) -> PublicList | None:
    row = connection.execute(statement).first()
    return PublicList(**row._mapping) if row else None
