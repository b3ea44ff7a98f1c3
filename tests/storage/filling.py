"""A row in every table, whatever tables there are: nothing but the schema is asked.

Rows mean nothing; they belong together by their foreign keys, and every text in them names the
network (`marker`), so that a single byte of a foreign row shows.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Float,
    Integer,
    LargeBinary,
    Table,
    insert,
)

from survey_app.storage import schema
from tests.support_field import TODAY

NUMBERED = ("key", "credential", "digest")  # bytes that are unique


def marker(network: int) -> str:
    """Return what stands in every text of a network."""
    return f"M{network}"


def fill(connection: Connection, network: int) -> dict[Table, dict[str, Any]]:
    """Put one row of this network into every table and return the rows as they were written."""
    rows: dict[Table, dict[str, Any]] = {}
    # What belongs to a wave comes last: not all of it says so by a foreign key (schema._answers).
    for table in sorted(schema.metadata.sorted_tables, key=lambda table: "wave" in table.c):
        rows[table] = row_of(table, network, rows)
        result = connection.execute(insert(table).values(rows[table]))
        for column, value in zip(table.primary_key, result.inserted_primary_key or (), strict=True):
            rows[table][column.name] = value
    return rows


def row_of(
    table: Table, network: int, rows: dict[Table, dict[str, Any]], *, suffix: str = ""
) -> dict[str, Any]:
    """Return a row of a table that belongs to rows of other tables."""
    return {
        column.name: _value(column, network, rows, suffix)
        for column in _wanted(table)
        if table is not schema.network or column.name != "id"
    } | ({"id": network} if table is schema.network else {})


def _wanted(table: Table) -> Iterable[Column[Any]]:
    for column in table.c:
        numbers_itself = column is table.autoincrement_column and not column.foreign_keys
        if not numbers_itself:
            yield column


def _value(
    column: Column[Any], network: int, rows: dict[Table, dict[str, Any]], suffix: str
) -> Any:
    for key in column.foreign_keys:
        return rows[key.column.table][key.column.name]
    if column.name == "wave":  # some have no foreign key: see schema._answers
        return rows[schema.wave]["id"]
    if column.name == "network":
        return network
    kinds: list[tuple[type, Any]] = [
        (Boolean, False),
        (Integer, network * 10 + len(suffix)),
        (Float, 1.0),
        (Date, date.fromordinal(TODAY.toordinal() + network)),
        (LargeBinary, f"{marker(network)}{suffix}".encode()),
    ]
    for kind, value in kinds:
        if isinstance(column.type, kind):
            return value
    text = f"{marker(network)}{suffix}{column.name}"
    length = getattr(column.type, "length", None)
    return text[:length] if length else text
