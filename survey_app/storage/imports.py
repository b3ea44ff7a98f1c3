"""Imports: sheets that come in many at once, where they came from, assignments to use again."""

import secrets
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from survey_app.storage import blocks, schema, waves

ROWS_AT_ONCE = 5_000
KEY_BYTES = 32


def add_sheets(connection: Connection, wave: int, sheets: Sequence[str]) -> None:
    """Store sheets as if they had come from phones, under keys that mean nothing."""
    rows = ({"wave": wave, "key": key, "answers": each} for key, each in _keyed(sheets))
    _insert(connection, schema.open_sheet, rows)


def add_texts(connection: Connection, wave: int, texts: Sequence[tuple[str, str]]) -> None:
    """Store free texts (variable and text), apart from their sheets."""
    rows = (
        {"wave": wave, "key": key, "variable": variable, "text": text}
        for key, (variable, text) in _keyed(texts)
    )
    _insert(connection, schema.open_text, rows)


def mark_imported(connection: Connection, network: int, wave: int) -> None:
    """Note that the answers of a wave were collected elsewhere."""
    connection.execute(insert(schema.imported_wave).values(network=network, wave=wave))


def imported_waves(connection: Connection, network: int) -> frozenset[int]:
    """Return the waves of a network whose answers were collected elsewhere."""
    table = schema.imported_wave
    return frozenset(connection.scalars(select(table.c.wave).where(table.c.network == network)))


def sizes_of_imported(
    connection: Connection, network: int, measure: int, questionnaire: str
) -> dict[int, int]:
    """Return how many sheets each imported wave of a measure has that asked a questionnaire."""
    marked = imported_waves(connection, network)
    asked = [
        wave.id
        for wave in waves.of_measures(connection, network, [measure])
        if wave.id in marked and wave.questionnaire.id == questionnaire
    ]
    return {wave: block.base for wave, block in blocks.of_waves(connection, network, asked).items()}


def save_assignment(
    connection: Connection, network: int, *, questionnaire: str, name: str, content: str
) -> None:
    """Store an assignment under a name, in the place of one that has it."""
    key = {"network": network, "questionnaire": questionnaire, "name": name}
    forget_assignment(connection, **key)  # type: ignore[arg-type]
    connection.execute(insert(schema.saved_assignment).values(**key, content=content))


def assignment_named(
    connection: Connection, network: int, questionnaire: str, name: str
) -> str | None:
    """Return a saved assignment."""
    table = schema.saved_assignment
    statement = select(table.c.content).filter_by(
        network=network, questionnaire=questionnaire, name=name
    )
    return connection.execute(statement).scalar_one_or_none()


def assignment_names(connection: Connection, network: int) -> list[tuple[str, str]]:
    """Return questionnaire and name of all saved assignments of a network, by name."""
    table = schema.saved_assignment
    statement = select(table.c.questionnaire, table.c.name).where(table.c.network == network)
    rows = connection.execute(statement.order_by(table.c.name, table.c.questionnaire))
    return [(row.questionnaire, row.name) for row in rows]


def forget_assignment(connection: Connection, network: int, questionnaire: str, name: str) -> None:
    """Delete a saved assignment."""
    table = schema.saved_assignment
    connection.execute(
        delete(table).where(
            table.c.network == network,
            table.c.questionnaire == questionnaire,
            table.c.name == name,
        )
    )


def _keyed(things: Sequence[Any]) -> Iterator[tuple[bytes, Any]]:
    return ((secrets.token_bytes(KEY_BYTES), thing) for thing in things)


def _insert(connection: Connection, table: Any, rows: Iterator[dict[str, Any]]) -> None:
    while piece := [row for _, row in zip(range(ROWS_AT_ONCE), rows, strict=False)]:
        connection.execute(insert(table), piece)
