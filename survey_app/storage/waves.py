"""Waves, their collectors, their secrets and their keys.

A wave holds the frozen text of its questionnaire; reading the same text again costs a look-up.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    Connection,
    Table,
    TextClause,
    bindparam,
    delete,
    insert,
    select,
    text,
    update,
)

from survey_app.domain.collector import Collector
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.wave import Wave
from survey_app.storage import schema

LOCKS_OF_WAVES = 7  # our own namespace among PostgreSQL's advisory locks

# Every submission runs these; built once, they cost a third of what building them each time does.
# Lock and gate are two statements on purpose: one alone would look before it has the lock.
LOCK_SHARED = text("SELECT pg_advisory_xact_lock_shared(:space, :wave)")
LOCK_ALONE = text("SELECT pg_advisory_xact_lock(:space, :wave)")
GATE = (
    select(schema.wave.c.opens_on, schema.wave.c.closes_on, schema.wave_secret.c.secret)
    .outerjoin(schema.wave_secret, schema.wave_secret.c.wave == schema.wave.c.id)
    .where(schema.wave.c.id == bindparam("wave"))
)
WAY_IN = (  # in the order of Collector's fields
    schema.collector.c.code,
    schema.collector.c.wave,
    schema.collector.c.label,
    schema.collector.c.shared_device,
    schema.collector.c.offline_queue,
)


def add(
    connection: Connection,
    *,
    network: int,
    measure: int,
    questionnaire: Questionnaire,
    opens_on: date,
    closes_on: date,
    expected: int | None,
    secret: bytes,
) -> Wave:
    """Store a wave with its secret and return it."""
    values = {
        "network": network,
        "measure": measure,
        "opens_on": opens_on,
        "closes_on": closes_on,
        "expected": expected,
    }
    statement = insert(schema.wave).values(values | {"questionnaire": questionnaire.canonical()})
    number = connection.execute(statement.returning(schema.wave.c.id)).scalar_one()
    connection.execute(insert(schema.wave_secret).values(wave=number, secret=secret))
    return Wave(id=number, questionnaire=questionnaire, **values)  # type: ignore[arg-type]


def add_collector(connection: Connection, network: int, collector: Collector) -> None:
    """Store a way into a wave."""
    values = asdict(collector) | {"network": network}
    connection.execute(insert(schema.collector).values(values))


def set_up_collector(connection: Connection, collector: Collector) -> None:
    """Store the options of a way in that is there already."""
    table = schema.collector
    options = {
        "shared_device": collector.shared_device,
        "offline_queue": collector.offline_queue,
    }
    connection.execute(update(table).where(table.c.code == collector.code).values(options))


def get(connection: Connection, network: int, wave: int) -> Wave | None:
    """Return a wave of this network; a foreign one is as good as missing."""
    row = connection.execute(select(schema.wave).filter_by(id=wave, network=network)).first()
    return _wave(tuple(row)) if row else None


def of_measures(connection: Connection, network: int, measures: Sequence[int]) -> list[Wave]:
    """Return the waves of some measures, the oldest first."""
    table = schema.wave
    statement = select(table).where(table.c.network == network, table.c.measure.in_(measures))
    rows = connection.execute(statement.order_by(table.c.opens_on, table.c.id))
    return [_wave(tuple(row)) for row in rows]


def collectors(connection: Connection, network: int, waves: Sequence[int]) -> list[Collector]:
    """Return the ways into some waves, in a steady order."""
    table = schema.collector
    statement = select(*WAY_IN).where(table.c.network == network, table.c.wave.in_(waves))
    rows = connection.execute(statement.order_by(table.c.label, table.c.code))
    return [Collector(*row) for row in rows]


def behind(connection: Connection, code: str) -> tuple[Collector, Wave] | None:
    """Return the collector with this code and its wave. The code itself is the permission."""
    collector = schema.collector
    row = connection.execute(
        select(*WAY_IN, schema.wave)
        .join(schema.wave, schema.wave.c.id == collector.c.wave)
        .where(collector.c.code == code)
    ).first()
    if row is None:
        return None
    way_in, wave = row[: len(WAY_IN)], row[len(WAY_IN) :]
    return Collector(*way_in), _wave(tuple(wave))


def add_key(connection: Connection, wave: int, *, private: bytes, public: bytes) -> None:
    """Store the keys of a wave: sheets that wait on a device are sealed with them."""
    values = {"wave": wave, "private": private, "public": public}
    connection.execute(insert(schema.wave_key).values(values))


def public_key(connection: Connection, wave: int) -> bytes | None:
    """Return the key to which sheets of a wave are sealed, if it has one."""
    statement = select(schema.wave_key.c.public).filter_by(wave=wave)
    return connection.execute(statement).scalar_one_or_none()


def private_key(connection: Connection, wave: int) -> bytes | None:
    """Return the key that opens sealed sheets of a wave, if it has one and is not closed."""
    statement = select(schema.wave_key.c.private).filter_by(wave=wave)
    return connection.execute(statement).scalar_one_or_none()


def due(connection: Connection, today: date) -> list[Wave]:
    """Return the waves of all networks whose last day is over and that are not counted yet."""
    table = schema.wave
    statement = select(table).where(table.c.closed_on.is_(None), table.c.closes_on < today)
    return [_wave(tuple(row)) for row in connection.execute(statement.order_by(table.c.id))]


class Gate(NamedTuple):
    """What decides whether a wave takes an answer at this moment."""

    opens_on: date
    closes_on: date
    secret: bytes | None


def enter(connection: Connection, wave: int) -> Gate:
    """Return the gate of a wave, and hold it open until this transaction ends.

    Closing waits for all who have entered; who enters later finds no secret any more.
    """
    _lock(connection, wave, LOCK_SHARED)
    return Gate(*connection.execute(GATE, {"wave": wave}).one())


def shut(connection: Connection, wave: int) -> None:
    """Wait until nobody is inside the wave any more, and let nobody in until the end."""
    _lock(connection, wave, LOCK_ALONE)


def mark_closed(connection: Connection, wave: int, closed_on: date) -> None:
    """Note that the wave is closed, and destroy its secret and its keys."""
    table = schema.wave
    connection.execute(update(table).where(table.c.id == wave).values(closed_on=closed_on))
    for kept in (schema.wave_secret, schema.wave_key):
        connection.execute(delete(kept).where(kept.c.wave == wave))


def set_results_on(connection: Connection, wave: int, results_on: date) -> None:
    """Note the day from which those who answered see the results."""
    table = schema.wave
    connection.execute(update(table).where(table.c.id == wave).values(results_on=results_on))


def closed_before(connection: Connection, day: date, *, holding: Table) -> list[Wave]:
    """Return the waves of all networks closed before `day` that still have rows in `holding`."""
    table = schema.wave
    remains = select(holding.c.wave).where(holding.c.wave == table.c.id).exists()
    statement = select(table).where(table.c.closed_on < day, remains).order_by(table.c.id)
    return [_wave(tuple(row)) for row in connection.execute(statement)]


def _lock(connection: Connection, wave: int, statement: TextClause) -> None:
    # On SQLite a writing transaction is alone from its beginning: nothing to lock.
    if connection.dialect.name == "postgresql":
        connection.execute(statement, {"space": LOCKS_OF_WAVES, "wave": wave})


def _wave(row: tuple[Any, ...]) -> Wave:
    number, network, measure, questionnaire, *days = row
    opens_on, closes_on, expected, closed_on, results_on = days
    return Wave(
        id=number,
        network=network,
        measure=measure,
        questionnaire=_questionnaire(questionnaire),
        opens_on=opens_on,
        closes_on=closes_on,
        expected=expected,
        closed_on=closed_on,
        results_on=results_on,
    )


@lru_cache(maxsize=256)
def _questionnaire(text: str) -> Questionnaire:
    return Questionnaire.model_validate_json(text)
