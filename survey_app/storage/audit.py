"""The audit log: what staff and the calendar did. Days and numbers, never a word about answers.

The lines of a network are a chain. Each has a number, holds the digest of the line before, and

    digest = SHA-256(the line with both, as JSON with sorted keys, without spaces, in UTF-8)

The first line holds 64 zeros. So no line can be changed, taken out or put in between without all
later digests being different from those that somebody has seen; and the database refuses to change
or delete a line at all (migration 0014). docs/audit.md says what this proves and what it does not.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select, text
from sqlalchemy.sql import ColumnElement

from survey_app.storage import schema

TABLE = schema.audit
NOTHING_BEFORE = "0" * 64
LOCKS_OF_CHAINS = 8  # our own namespace among PostgreSQL's advisory locks
LOCK = text("SELECT pg_advisory_xact_lock(:space, :network)")
ROWS_AT_ONCE = 1_000
CANONICAL = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=date.isoformat
)
KINDS = ("measure", "wave")


@dataclass(frozen=True)
class Line:
    """One line; everything but its digest is what the digest is made from."""

    network: int
    number: int
    day: date
    actor: str
    action: str
    subject: str
    detail: str
    before: str
    digest: str


COLUMNS = [TABLE.c[field.name] for field in fields(Line)]


class Fault(StrEnum):
    """What is wrong with a line."""

    GAP = "gap"  # another number follows than the next one
    TORN = "torn"  # it does not hold the digest of the line before
    CHANGED = "changed"  # its own digest is not that of its content
    REPLACED = "replaced"  # its digest is sound, but another one than somebody has seen


@dataclass(frozen=True)
class Break:
    """The first line at which a chain is broken; `number` is the one that was to follow."""

    number: int
    fault: Fault


@dataclass(frozen=True)
class Chain:
    """What became of a check: the last sound line, if there is one, and the first broken one."""

    last: Line | None
    broken: Break | None


@dataclass(frozen=True)
class Choice:
    """Which lines are wanted."""

    actor: str | None = None
    action: str | None = None
    first: date | None = None
    last: date | None = None

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """Yield what must hold."""
        if self.actor is not None:
            yield TABLE.c.actor == self.actor
        if self.action is not None:
            yield TABLE.c.action == self.action
        if self.first is not None:
            yield TABLE.c.day >= self.first
        if self.last is not None:
            yield TABLE.c.day <= self.last


EVERYTHING = Choice()


def note(
    connection: Connection,
    *,
    network: int,
    day: date,
    actor: str,
    action: str,
    subject: str,
    detail: str = "",
) -> None:
    """Write the next line of a network's chain; whoever writes at the same time waits."""
    values: dict[str, object] = {
        "network": network,
        "day": day,
        "actor": actor,
        "action": action,
        "subject": subject,
        "detail": detail,
    }
    number, before = _end_of_chain(connection, network)
    values |= {"number": number + 1, "before": before}
    connection.execute(insert(TABLE).values(values | {"digest": digest(values)}))


def digest(values: dict[str, object]) -> str:
    """Return the digest of a line, given as its columns without the digest."""
    return hashlib.sha256(CANONICAL.encode(values).encode()).hexdigest()


def checked(connection: Connection, network: int, seen: Mapping[int, str] | None = None) -> Chain:
    """Walk a network's chain from its first line to the first that is broken, or to its end.

    `seen` are digests that must still be there, by number.
    """
    statement = _lines(network).order_by(TABLE.c.number)
    statement = statement.execution_options(yield_per=ROWS_AT_ONCE)
    with connection.execute(statement) as rows:  # a walk may end before they do
        return walked((Line(*row) for row in rows), seen or {})


def walked(lines: Iterable[Line], seen: Mapping[int, str]) -> Chain:
    """Return what becomes of a walk along lines."""
    last: Line | None = None
    for line in lines:
        expected = last.number + 1 if last else 1
        fault = _fault(line, expected, last.digest if last else NOTHING_BEFORE)
        if fault is None and seen.get(line.number, line.digest) != line.digest:
            fault = Fault.REPLACED
        if fault is not None:
            return Chain(last, Break(expected, fault))
        last = line
    end = last.number if last else 0
    is_cut = any(number > end for number in seen)
    return Chain(last, Break(end + 1, Fault.GAP) if is_cut else None)


def titles(
    connection: Connection, network: int, subjects: Iterable[str]
) -> dict[str, tuple[int, str]]:
    """Return id and title of the measure that a subject ("wave 3", "measure 4") is about."""
    found: dict[str, tuple[int, str]] = {}
    named = [each.partition(" ") for each in subjects]
    numbers = {kind: {int(n) for k, _, n in named if k == kind and n.isdigit()} for kind in KINDS}
    measure, wave = schema.measure, schema.wave
    of_measures = select(measure.c.id, measure.c.id, measure.c.title)
    of_waves = select(wave.c.id, measure.c.id, measure.c.title).join(
        wave, wave.c.measure == measure.c.id
    )
    for kind, statement, column in (
        ("measure", of_measures, measure.c.id),
        ("wave", of_waves, wave.c.id),
    ):
        mine = statement.where(measure.c.network == network, column.in_(numbers[kind]))
        for number, owner, title in connection.execute(mine) if numbers[kind] else ():
            found[f"{kind} {number}"] = (owner, title)
    return found


def page(
    connection: Connection, network: int, choice: Choice, *, skip: int, most: int | None
) -> list[Line]:
    """Return some of the lines that are wanted, the newest first."""
    statement = _lines(network).where(*choice.conditions()).order_by(TABLE.c.number.desc())
    return [Line(*row) for row in connection.execute(statement.offset(skip).limit(most))]


def count(connection: Connection, network: int, choice: Choice) -> int:
    """Return how many lines are wanted."""
    statement = select(func.count()).where(TABLE.c.network == network, *choice.conditions())
    return int(connection.execute(statement).scalar_one())


def actors(connection: Connection, network: int) -> list[str]:
    """Return who has done something in this network."""
    return _different(connection, network, TABLE.c.actor)


def actions(connection: Connection, network: int) -> list[str]:
    """Return what has been done in this network."""
    return _different(connection, network, TABLE.c.action)


def _different(connection: Connection, network: int, column: ColumnElement[str]) -> list[str]:
    statement = select(column).distinct().where(TABLE.c.network == network).order_by(column)
    return list(connection.scalars(statement))


def _lines(network: int) -> Select[Any]:
    return select(*COLUMNS).where(TABLE.c.network == network)


def _end_of_chain(connection: Connection, network: int) -> tuple[int, str]:
    # On SQLite a writing transaction is alone. On PostgreSQL two statements: one alone would look
    # before it has the lock.
    if connection.dialect.name == "postgresql":
        connection.execute(LOCK, {"space": LOCKS_OF_CHAINS, "network": network})
    statement = select(TABLE.c.number, TABLE.c.digest).where(TABLE.c.network == network)
    last = connection.execute(statement.order_by(TABLE.c.number.desc()).limit(1)).first()
    return (last.number, last.digest) if last else (0, NOTHING_BEFORE)


def _fault(line: Line, number: int, before: str) -> Fault | None:
    if line.number != number:
        return Fault.GAP
    if line.before != before:
        return Fault.TORN
    values = dict(vars(line))
    return Fault.CHANGED if values.pop("digest") != digest(values) else None
