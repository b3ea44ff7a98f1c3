"""The ledger: every release, and the grain each wave belongs to. Written once, never changed.

That a wave belongs to one grain is the primary key of `ledger_wave`: whatever a program does, the
database does not take a second one. Rows cannot be changed or deleted (migration 0015).
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Connection, insert, select, text

from survey_app.domain.ledger import Grain, Ledger, Release
from survey_app.storage import schema

LOCKS_OF_LEDGERS = 9  # our own namespace among PostgreSQL's advisory locks
LOCK = text("SELECT pg_advisory_xact_lock(:space, :network)")


def lock(connection: Connection, network: int) -> None:
    """Let nobody else release anything of this network until the transaction ends."""
    # On SQLite a writing transaction is alone from its beginning: nothing to lock.
    if connection.dialect.name == "postgresql":
        connection.execute(LOCK, {"space": LOCKS_OF_LEDGERS, "network": network})


def of_waves(connection: Connection, network: int, waves: Sequence[int]) -> Ledger:
    """Return what the ledger knows of some waves: their grains, whole."""
    table = schema.ledger_wave
    concerned = select(table.c.grain).where(table.c.network == network, table.c.wave.in_(waves))
    statement = select(table.c.grain, table.c.wave).where(
        table.c.network == network, table.c.grain.in_(concerned)
    )
    members: dict[int, set[int]] = defaultdict(set)
    for grain, wave in connection.execute(statement):
        members[grain].add(wave)
    return Ledger(frozenset(map(frozenset, members.values())))


def holds(connection: Connection, network: int, release: Release) -> bool:
    """Return whether this very release is in the ledger."""
    statement = select(schema.ledger.c.id).filter_by(
        network=network, name=release.name, digest=_digest(_written(release.grains))
    )
    return connection.execute(statement).first() is not None


def add(
    connection: Connection, network: int, release: Release, new: Iterable[Grain], day: date
) -> None:
    """Enter a release that was admitted, with its new grains; an entry that is there stays."""
    members = [
        {"network": network, "wave": wave, "grain": min(grain)}
        for grain in new
        for wave in sorted(grain)
    ]
    if members:
        connection.execute(insert(schema.ledger_wave), members)
    if not holds(connection, network, release):
        grains = _written(release.grains)
        values = {"name": release.name, "grains": grains, "digest": _digest(grains), "day": day}
        connection.execute(insert(schema.ledger).values(network=network, **values))


def _written(grains: Iterable[Grain]) -> str:
    return json.dumps(sorted(map(sorted, grains)), separators=(",", ":"))


def _digest(grains: str) -> str:
    return hashlib.sha256(grains.encode()).hexdigest()
