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
    Select,
    Table,
    TextClause,
    bindparam,
    delete,
    insert,
    or_,
    select,
    text,
    update,
)

from survey_app.domain.collector import Collector
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.wave import Point, Wave
from survey_app.storage import schema
from survey_app.storage.walls import Crossing, across

LOCKS_OF_WAVES = 7  # our own namespace among PostgreSQL's advisory locks

# Every submission runs these; built once, they cost a third of what building them each time does.
# Lock and gate are two statements on purpose: one alone would look before it has the lock.
LOCK_SHARED = text("SELECT pg_advisory_xact_lock_shared(:space, :wave)")
LOCK_ALONE = text("SELECT pg_advisory_xact_lock(:space, :wave)")
GATE = (
    select(
        schema.wave.c.opens_on,
        schema.wave.c.closes_on,
        schema.wave_secret.c.secret,
        schema.wave.c.awaits_approval,
    )
    .outerjoin(schema.wave_secret, schema.wave_secret.c.wave == schema.wave.c.id)
    .where(schema.wave.c.id == bindparam("wave"))
    .execution_options(**across(Crossing.CODE))
)
WAY_IN = (  # in the order of Collector's fields
    schema.collector.c.code,
    schema.collector.c.wave,
    schema.collector.c.label,
    schema.collector.c.shared_device,
    schema.collector.c.offline_queue,
    schema.collector.c.single_use,
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
    point: Point = Point.ONCE,
    awaits_approval: bool = False,
) -> Wave:
    """Store a wave with its secret and return it."""
    values = {
        "network": network,
        "measure": measure,
        "opens_on": opens_on,
        "closes_on": closes_on,
        "expected": expected,
        "point": point,
        "awaits_approval": awaits_approval,
    }
    stored = values | {"questionnaire": questionnaire.canonical(), "point": point.value}
    statement = insert(schema.wave).values(stored)
    number = connection.execute(statement.returning(schema.wave.c.id)).scalar_one()
    connection.execute(insert(schema.wave_secret).values(wave=number, secret=secret))
    return Wave(id=number, questionnaire=questionnaire, **values)  # type: ignore[arg-type]


def add_collector(connection: Connection, network: int, collector: Collector) -> None:
    """Store a way into a wave."""
    values = asdict(collector) | {"network": network}
    connection.execute(insert(schema.collector).values(values))


def set_up_collector(connection: Connection, network: int, collector: Collector) -> None:
    """Store the options of a way in that is there already."""
    table = schema.collector
    options = {
        "shared_device": collector.shared_device,
        "offline_queue": collector.offline_queue,
        "single_use": collector.single_use,
    }
    mine = (table.c.code == collector.code, table.c.network == network)
    connection.execute(update(table).where(*mine).values(options))


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
    return _behind(connection, _with_code(code).execution_options(**across(Crossing.CODE)))


def way_in(connection: Connection, network: int, code: str) -> tuple[Collector, Wave] | None:
    """Return the same, but of this network only."""
    return _behind(connection, _with_code(code).where(schema.collector.c.network == network))


def _with_code(code: str) -> Select[Any]:
    of_wave = schema.wave.c.id == schema.collector.c.wave
    statement = select(*WAY_IN, schema.wave).join(schema.wave, of_wave)
    return statement.where(schema.collector.c.code == code)


def _behind(connection: Connection, statement: Select[Any]) -> tuple[Collector, Wave] | None:
    row = connection.execute(statement).first()
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
    """Return the waves of all networks whose last day is over and that are not counted yet.

    One that a school never agreed to has nothing to count: it can still be given other days.
    """
    table = schema.wave
    answered = select(schema.open_sheet.c.wave).where(schema.open_sheet.c.wave == table.c.id)
    statement = select(table).where(
        table.c.closed_on.is_(None),
        table.c.closes_on < today,
        or_(~table.c.awaits_approval, answered.exists()),
    )
    statement = statement.order_by(table.c.id).execution_options(**across(Crossing.DUE))
    return [_wave(tuple(row)) for row in connection.execute(statement)]


class Gate(NamedTuple):
    """What decides whether a wave takes an answer at this moment."""

    opens_on: date
    closes_on: date
    secret: bytes | None
    awaits_approval: bool


def enter(connection: Connection, wave: int) -> Gate:
    """Return the gate of a wave, and hold it open until this transaction ends.

    Closing waits for all who have entered; who enters later finds no secret any more.
    """
    _lock(connection, wave, LOCK_SHARED)
    return Gate(*connection.execute(GATE, {"wave": wave}).one())


def shut(connection: Connection, wave: int) -> None:
    """Wait until nobody is inside the wave any more, and let nobody in until the end."""
    _lock(connection, wave, LOCK_ALONE)


def mark_closed(connection: Connection, network: int, wave: int, closed_on: date) -> None:
    """Note that the wave is closed, and destroy its secret, its keys and its slips."""
    table = schema.wave
    mine = (table.c.id == wave, table.c.network == network)
    connection.execute(update(table).where(*mine).values(closed_on=closed_on))
    for kept in (schema.wave_secret, schema.wave_key, schema.slip):
        connection.execute(delete(kept).where(kept.c.wave == wave))


def set_results_on(connection: Connection, network: int, wave: int, results_on: date) -> None:
    """Note the day from which those who answered see the results."""
    table = schema.wave
    mine = (table.c.id == wave, table.c.network == network)
    connection.execute(update(table).where(*mine).values(results_on=results_on))


def set_plan(
    connection: Connection, wave: Wave, *, opens_on: date, closes_on: date, expected: int | None
) -> None:
    """Give a wave other days and another size of its group."""
    table = schema.wave
    mine = (table.c.id == wave.id, table.c.network == wave.network)
    values = {"opens_on": opens_on, "closes_on": closes_on, "expected": expected}
    connection.execute(update(table).where(*mine).values(values))


def set_awaits_approval(connection: Connection, wave: Wave, awaits: bool) -> None:
    """Hold a wave back, or let it begin on its day."""
    table = schema.wave
    mine = (table.c.id == wave.id, table.c.network == wave.network)
    connection.execute(update(table).where(*mine).values(awaits_approval=awaits))


def closed_until(connection: Connection, day: date, *, holding: Table) -> list[Wave]:
    """Return the waves of all networks that were closed until `day` and have rows in `holding`."""
    table = schema.wave
    remains = select(holding.c.wave).where(holding.c.wave == table.c.id).exists()
    statement = select(table).where(table.c.closed_on <= day, remains).order_by(table.c.id)
    statement = statement.execution_options(**across(Crossing.DUE))
    return [_wave(tuple(row)) for row in connection.execute(statement)]


def _lock(connection: Connection, wave: int, statement: TextClause) -> None:
    # On SQLite a writing transaction is alone from its beginning: nothing to lock.
    if connection.dialect.name == "postgresql":
        connection.execute(statement, {"space": LOCKS_OF_WAVES, "wave": wave})


def _wave(row: tuple[Any, ...]) -> Wave:
    number, network, measure, questionnaire, *days = row
    opens_on, closes_on, expected, closed_on, results_on, point, awaits_approval = days
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
        point=Point(point),
        awaits_approval=awaits_approval,
    )


@lru_cache(maxsize=256)
def _questionnaire(text: str) -> Questionnaire:
    return Questionnaire.model_validate_json(text)
