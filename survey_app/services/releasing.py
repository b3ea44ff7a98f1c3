"""Releasing: what is shown is entered in the ledger in the same transaction, or not shown.

Sheets, their files and the page behind a code show waves one by one; a roll-up shows several
together. All of them go through here. Showing waves again that were shown before, in a file or on
another page, tells of no new group of people: it finds their entry and writes nothing. A wave that
is part of a pool is never shown alone, whatever the limits are by now.

Whoever shows the same waves in several ways reads them once (`counts_of`) and hands them on. What
was released before is shown without a lock: nobody who answers waits for somebody who reads.

What nobody has seen yet may be recounted freely (services/closing.py), so between reading and
showing it may change. It is therefore looked at again under the lock of the ledger, before it is
shown for the first time; a recount takes the same lock.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from sqlalchemy import Connection

from survey_app.domain.block import Block
from survey_app.domain.disclosure import DisclosurePolicy, ReleasedBlock, beside_scores
from survey_app.domain.ledger import (
    Admitted,
    Counted,
    Ledger,
    Refused,
    Release,
    is_too_small,
    one_by_one,
    released_one_by_one,
)
from survey_app.domain.measure import Measure
from survey_app.domain.rollup import Part, RolledUp, rest_of, roll_up
from survey_app.domain.selection import DISTRICT
from survey_app.domain.wave import Wave
from survey_app.storage import blocks, ledger, measures, waves
from survey_app.storage.database import Database


@dataclass
class Counts:
    """Closed waves of some measures and what was counted, for the functions of this module only.

    `ledger` is what was known of these waves *before* their blocks were read: what is in it was
    shown by then, and can only be replaced by what may be shown beside it (domain/recount.py).
    """

    waves: Mapping[int, Wave]
    measures: Mapping[int, Measure]
    blocks: dict[int, Block] = field(repr=False)
    ledger: Ledger

    def still_hold(self, connection: Connection, network: int) -> bool:
        """Look again, under the lock of the ledger; return whether everything is as it was."""
        known, self.ledger = self.ledger, ledger.of_waves(connection, network, list(self.blocks))
        unseen = [wave for wave in self.blocks if known.grain_of(wave) is None]
        now = blocks.of_waves(connection, network, unseen)
        is_same = self.ledger == known and all(now[wave] == self.blocks[wave] for wave in unseen)
        self.blocks.update(now)
        return is_same


def counts_of(
    database: Database, network: int, asked: Sequence[Wave], known: Mapping[int, Measure]
) -> Counts:
    """Read what was counted in some waves; `known` are their measures. Nothing is released yet."""
    numbers = [wave.id for wave in asked]
    with database.read() as connection:
        shown = ledger.of_waves(connection, network, numbers)  # first: see `Counts`
        found = blocks.of_waves(connection, network, numbers)
    return Counts({wave.id: wave for wave in asked if wave.id in found}, known, found, shown)


def released_blocks(
    database: Database,
    network: int,
    name: str,
    asked: Sequence[Wave],
    *,
    policy: DisclosurePolicy,
    day: date,
    counts: Counts | None = None,
) -> Mapping[int, ReleasedBlock]:
    """Return what of some waves may be shown one by one, by wave; open ones are missing.

    `name` is what they are shown in for the first time, and `day` is when.
    """
    counts = counts or counts_of(database, network, asked, {})
    counted = _counted(asked, counts)
    if one_by_one(name, counted, counts.ledger, policy).grains - counts.ledger.grains:
        with database.write() as connection:
            ledger.lock(connection, network)
            counts.still_hold(connection, network)
            counted = _counted(asked, counts)
            release = one_by_one(name, counted, counts.ledger, policy)
            _enter(connection, network, release, counts, counted, policy, day)
    return released_one_by_one(counted, counts.ledger, policy)


def _counted(asked: Sequence[Wave], counts: Counts) -> Mapping[int, Counted]:
    found = counts.blocks
    return {
        wave.id: Counted(wave.id, wave.measure, found[wave.id])
        for wave in asked
        if wave.id in found
    }


def released_roll_up(
    database: Database,
    network: int,
    name: str,
    wave_ids: Sequence[int],
    *,
    policy: DisclosurePolicy,
    day: date,
    agreed: Collection[str] = (),
    counts: Counts | None = None,
    without: Collection[int] | None = None,
) -> RolledUp | Refused:
    """Return what of some waves may be shown together; open ones are left out.

    With `without` it is what may be shown of the others beside a roll-up of these.

    Whether a pool can be made is decided once: the ledger is locked while it is written, and if it
    or what was counted has changed since it was read, everything is worked out again.
    """
    counts = counts or _counts_by_number(database, network, wave_ids)
    ask = partial(_rolled, name, policy=policy, agreed=agreed, without=without)
    rolled = ask(_parts(counts, wave_ids), counts.ledger)
    if isinstance(rolled, Refused) or _is_entered(database, network, rolled):
        return rolled
    with database.write() as connection:
        ledger.lock(connection, network)
        if not counts.still_hold(connection, network):
            rolled = ask(_parts(counts, wave_ids), counts.ledger)
        if isinstance(rolled, RolledUp):
            ledger.add(connection, network, rolled.release, rolled.admitted.new, day)
            counts.ledger = Ledger(counts.ledger.grains | rolled.admitted.new)
    return rolled


def _rolled(
    name: str,
    parts: Sequence[Part],
    known: Ledger,
    *,
    policy: DisclosurePolicy,
    agreed: Collection[str],
    without: Collection[int] | None,
) -> RolledUp | Refused:
    if without is None:
        return roll_up(name, parts, known, policy, agreed=agreed)
    return rest_of(name, parts, without, known, policy, agreed=agreed)


def large_enough(counts: Counts, policy: DisclosurePolicy) -> list[int]:
    """Return the waves that are large enough to stand by themselves."""
    return [wave for wave, block in counts.blocks.items() if not is_too_small(block, policy)]


def _is_entered(database: Database, network: int, rolled: RolledUp) -> bool:
    if rolled.admitted.new:
        return False
    with database.read() as connection:
        return ledger.holds(connection, network, rolled.release)


def _enter(
    connection: Connection,
    network: int,
    release: Release,
    counts: Counts,
    counted: Mapping[int, Counted],
    policy: DisclosurePolicy,
    day: date,
) -> None:
    admitted = counts.ledger.admit(release, counted, policy)
    if not isinstance(admitted, Admitted):
        raise RuntimeError(f"{release.name}: {admitted.reason}")  # `one_by_one` asks for no such
    ledger.add(connection, network, release, admitted.new, day)
    counts.ledger = Ledger(admitted.ledger.grains)


def _counts_by_number(database: Database, network: int, wave_ids: Sequence[int]) -> Counts:
    wanted = set(wave_ids)
    with database.read() as connection:
        known = {measure.id: measure for measure in measures.all_of(connection, network)}
        all_waves = waves.of_measures(connection, network, list(known))
    return counts_of(database, network, [wave for wave in all_waves if wave.id in wanted], known)


def _parts(counts: Counts, wave_ids: Sequence[int]) -> list[Part]:
    asked = sorted(counts.waves.keys() & set(wave_ids))
    found = [counts.waves[wave] for wave in asked]
    return [_part(wave, counts.blocks[wave.id], counts.measures[wave.measure]) for wave in found]


def _part(wave: Wave, block: Block, measure: Measure) -> Part:
    site, organisation = measure.site, measure.organisation
    counted = {table.variable for table in block.tables} - beside_scores(block)
    return Part(
        wave=wave.id,
        measure=measure.id,
        block=block,
        institution=f"site {site.id}" if site else f"organisation {organisation.id}",
        area=measure.counted_in.id if measure.counted_in else DISTRICT,
        cores={
            variable.core: variable.name
            for variable in wave.questionnaire.codebook()
            if variable.core is not None and variable.name in counted
        },
    )
