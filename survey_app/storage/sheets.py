"""Answer sheets and free texts, open and closed.

While a wave is open, a sheet lies under a key that only the page it came from can recompute (see
``services.collecting``). At closing it is copied under a new random key, in the order of these
keys, so that neither the key nor the place in the file remembers when it came. Free text lies
apart from the sheets all the time, under keys of its own.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.dml import ReturningInsert

from survey_app.domain.response import Answers, Value
from survey_app.storage import schema

ROWS_AT_ONCE = 5_000
ADD_TEXT = insert(schema.open_text)


def as_text(answers: Answers) -> str:
    """Return answers as text that is equal for equal answers."""
    return json.dumps(answers, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Answers:
    """Return the answers that `as_text` wrote."""
    loaded: dict[str, Value | list[int | str]] = json.loads(text)
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in loaded.items()
    }


def add_open(connection: Connection, wave: int, sheets: Mapping[bytes, str]) -> set[bytes]:
    """Store the sheets under keys that are not taken yet; return the keys they are stored under."""
    if not sheets:
        return set()
    rows = [{"wave": wave, "key": key, "answers": answers} for key, answers in sheets.items()]
    statement = _insert_if_new(connection.dialect.name)
    return set(connection.execute(statement, rows).scalars())


def add_open_texts(
    connection: Connection, wave: int, texts: Iterable[tuple[bytes, str, str]]
) -> None:
    """Store free texts, apart from their sheets: key, variable and words of each."""
    names = ("key", "variable", "text")
    rows = [{"wave": wave} | dict(zip(names, text, strict=True)) for text in texts]
    if rows:
        connection.execute(ADD_TEXT, rows)


def open_answers(connection: Connection, wave: int, key: bytes) -> str | None:
    """Return the sheet under a key."""
    statement = select(schema.open_sheet.c.answers).filter_by(wave=wave, key=key)
    return connection.execute(statement).scalar_one_or_none()


def open_text(connection: Connection, wave: int, key: bytes) -> str | None:
    """Return the free text under a key."""
    statement = select(schema.open_text.c.text).filter_by(wave=wave, key=key)
    return connection.execute(statement).scalar_one_or_none()


def remove_open(connection: Connection, wave: int, key: bytes) -> None:
    """Remove the sheet under a key."""
    connection.execute(delete(schema.open_sheet).filter_by(wave=wave, key=key))


def remove_open_text(connection: Connection, wave: int, key: bytes) -> None:
    """Remove the free text under a key."""
    connection.execute(delete(schema.open_text).filter_by(wave=wave, key=key))


def count_open(connection: Connection, waves: list[int]) -> dict[int, int]:
    """Return how many sheets each wave has received; waves without any are missing."""
    table = schema.open_sheet
    statement = select(table.c.wave, func.count()).where(table.c.wave.in_(waves))
    rows = connection.execute(statement.group_by(table.c.wave))
    return dict(tuple(row) for row in rows)


def remaining(connection: Connection, network: int, waves: list[int], table: Table) -> set[int]:
    """Return those of some waves that still have rows in a table of answers."""
    wave = schema.wave
    has_rows = select(table.c.wave).where(table.c.wave == wave.c.id).exists()
    statement = select(wave.c.id).where(wave.c.network == network, wave.c.id.in_(waves), has_rows)
    return set(connection.scalars(statement))


def shuffle(connection: Connection, wave: int) -> None:
    """Copy the sheets and texts of a wave in random order under new random keys."""
    _shuffle(connection, wave, schema.open_sheet, schema.closed_sheet)
    _shuffle(connection, wave, schema.open_text, schema.review_text)


def destroy_open(connection: Connection, wave: int) -> None:
    """Destroy what came in while the wave was open."""
    for table in (schema.open_sheet, schema.open_text):
        destroy(connection, table, wave)


def closed(connection: Connection, wave: int) -> Iterator[Answers]:
    """Yield the shuffled sheets of a wave with bounded memory."""
    statement = select(schema.closed_sheet.c.answers).filter_by(wave=wave)
    rows = connection.execute(statement.execution_options(yield_per=ROWS_AT_ONCE))
    for (text,) in rows:
        yield from_text(text)


def count_texts(connection: Connection, wave: int) -> dict[str, int]:
    """Return how many texts were written for each variable."""
    table = schema.review_text
    statement = select(table.c.variable, func.count()).where(table.c.wave == wave)
    rows = connection.execute(statement.group_by(table.c.variable))
    return dict(tuple(row) for row in rows)


@cache
def _insert_if_new(dialect: str) -> ReturningInsert[Any]:
    # Each dialect is imported when it is used: a phone's server starts lean.
    table = schema.open_sheet
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table).on_conflict_do_nothing().returning(table.c.key)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table).on_conflict_do_nothing().returning(table.c.key)


def _shuffle(connection: Connection, wave: int, source: Table, target: Table) -> None:
    key = _random_key(connection).label("key")
    others = [column for column in source.c if column.name not in ("wave", "key")]
    shuffled = select(source.c.wave, key, *others).where(source.c.wave == wave).order_by(key)
    names = ["wave", "key", *(column.name for column in others)]
    connection.execute(insert(target).from_select(names, shuffled))


def _random_key(connection: Connection) -> ColumnElement[bytes]:
    """Return 16 bytes from the database's own strong generator, fresh for each row."""
    if connection.dialect.name == "postgresql":
        return func.uuid_send(func.gen_random_uuid())
    return func.randomblob(16)


def destroy(connection: Connection, table: Table, wave: int) -> int:
    """Destroy the rows of a wave in one table and return how many there were."""
    return connection.execute(delete(table).where(table.c.wave == wave)).rowcount
