"""Slips, as keyed hashes (domain/slip.py).

Whoever looks for a code does not know its wave, so its key is made with the secret of every wave
that asks for slips and is not closed yet. That is asked only for codes that are no way in: an
ordinary code costs nothing more.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import (
    Connection,
    Integer,
    bindparam,
    delete,
    func,
    insert,
    select,
    tuple_,
    update,
)

from survey_app.domain.slip import SlipCount
from survey_app.storage import schema
from survey_app.storage.walls import Crossing, across

TABLE = schema.slip
# Built once: a class sends its slips in the same minute.
USE = (
    update(TABLE)
    .where(TABLE.c.wave == bindparam("of_wave"), TABLE.c.key == bindparam("of_key"))
    .where(TABLE.c.collector == bindparam("of_collector"), TABLE.c.used.is_(False))
    .values(used=True)
)


class KnownSlip(NamedTuple):
    """A slip as it was found: its way in, and whether it was used."""

    collector: str
    used: bool


def add(connection: Connection, wave: int, collector: str, keys: Iterable[bytes]) -> None:
    """Store slips, in the order of their keys: not in that of the paper."""
    shared = {"wave": wave, "collector": collector, "used": False}
    connection.execute(insert(TABLE), [shared | {"key": key} for key in sorted(keys)])


def use(connection: Connection, wave: int, collector: str, key: bytes) -> bool:
    """Use a slip up; return whether it was there and unused."""
    values = {"of_wave": wave, "of_key": key, "of_collector": collector}
    return connection.execute(USE, values).rowcount == 1


def find(connection: Connection, wave: int, collector: str, key: bytes) -> KnownSlip | None:
    """Return a slip of this way in."""
    statement = select(TABLE.c.collector, TABLE.c.used).filter_by(
        wave=wave, collector=collector, key=key
    )
    row = connection.execute(statement).first()
    return KnownSlip(*row) if row else None


def secrets(connection: Connection) -> dict[int, bytes]:
    """Return the secrets of all waves that ask for slips and are not closed, by wave."""
    collector, secret = schema.collector, schema.wave_secret
    statement = (
        select(secret.c.wave, secret.c.secret)
        .join(collector, collector.c.wave == secret.c.wave)
        .where(collector.c.single_use)
        .execution_options(**across(Crossing.CODE))
    )
    return dict(tuple(row) for row in connection.execute(statement))


def with_one_of(connection: Connection, keys: Mapping[int, bytes]) -> KnownSlip | None:
    """Return the slip that has, in its wave, the key given for that wave."""
    if not keys:
        return None
    pairs = tuple_(TABLE.c.wave, TABLE.c.key).in_(list(keys.items()))
    row = connection.execute(select(TABLE.c.collector, TABLE.c.used).where(pairs)).first()
    return KnownSlip(*row) if row else None


def withdraw_unused(connection: Connection, wave: int, collector: str) -> int:
    """Destroy the slips of a way in that nobody has used and return how many there were."""
    statement = delete(TABLE).where(
        TABLE.c.wave == wave, TABLE.c.collector == collector, TABLE.c.used.is_(False)
    )
    return connection.execute(statement).rowcount


def count(connection: Connection, waves: Sequence[int]) -> dict[str, SlipCount]:
    """Return how many slips the ways into some waves have; those without any are missing."""
    used = func.sum(TABLE.c.used.cast(Integer))
    statement = (
        select(TABLE.c.collector, func.count(), used)
        .where(TABLE.c.wave.in_(waves))
        .group_by(TABLE.c.collector)
    )
    return {
        collector: SlipCount(issued, used)
        for collector, issued, used in connection.execute(statement)
    }
