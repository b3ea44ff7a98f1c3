"""Releasing: what is shown is entered in the ledger in the same transaction, or not shown.

Sheets, their files and the page behind a code show waves one by one; a roll-up shows several
together. All of them go through here. Showing waves again that were shown before, in a file or on
another page, tells of no new group of people: it finds their entry and writes nothing. A wave that
is part of a pool is never shown alone, whatever the limits are by now.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from survey_app.domain.block import Block
from survey_app.domain.disclosure import DisclosurePolicy, ReleasedBlock
from survey_app.domain.ledger import (
    Admitted,
    Counted,
    Ledger,
    Refused,
    Release,
    one_by_one,
    released_one_by_one,
)
from survey_app.domain.measure import Measure
from survey_app.domain.rollup import Part, RolledUp, roll_up
from survey_app.domain.wave import Wave
from survey_app.storage import blocks, ledger, measures, waves
from survey_app.storage.database import Database


def released_blocks(
    database: Database,
    network: int,
    name: str,
    asked: Sequence[Wave],
    *,
    policy: DisclosurePolicy,
    day: date,
) -> Mapping[int, ReleasedBlock]:
    """Return what of some waves may be shown one by one, by wave; open ones are missing.

    `name` is what they are shown in for the first time, and `day` is when.
    """
    with database.read() as connection:
        found = blocks.of_waves(connection, network, [wave.id for wave in asked])
        known = ledger.of_waves(connection, network, list(found))
    counted = {
        wave.id: Counted(wave.id, wave.measure, found[wave.id])
        for wave in asked
        if wave.id in found
    }
    if one_by_one(name, counted, known, policy).grains - known.grains:
        with database.write() as connection:
            ledger.lock(connection, network)
            known = ledger.of_waves(connection, network, list(counted))
            release = one_by_one(name, counted, known, policy)
            known = _entered(connection, network, release, known, counted, policy, day)
    return released_one_by_one(counted, known, policy)


def released_roll_up(
    database: Database,
    network: int,
    name: str,
    wave_ids: Sequence[int],
    *,
    policy: DisclosurePolicy,
    day: date,
    agreed: Collection[str] = (),
) -> RolledUp | Refused:
    """Return what of some waves may be shown together; open ones are left out.

    Whether a pool can be made is decided once: the ledger is locked while it is.
    """
    with database.write() as connection:
        ledger.lock(connection, network)
        parts = _parts(connection, network, wave_ids)
        known = ledger.of_waves(connection, network, [part.wave for part in parts])
        rolled = roll_up(name, parts, known, policy, agreed=agreed)
        if isinstance(rolled, RolledUp):
            ledger.add(connection, network, rolled.release, rolled.admitted.new, day)
    return rolled


def _entered(
    connection: Connection,
    network: int,
    release: Release,
    known: Ledger,
    counted: Mapping[int, Counted],
    policy: DisclosurePolicy,
    day: date,
) -> Ledger:
    admitted = known.admit(release, counted, policy)
    if not isinstance(admitted, Admitted):
        raise RuntimeError(f"{release.name}: {admitted.reason}")  # `one_by_one` asks for no such
    ledger.add(connection, network, release, admitted.new, day)
    return admitted.ledger


def _parts(connection: Connection, network: int, wave_ids: Sequence[int]) -> list[Part]:
    wanted = set(wave_ids)
    known = {measure.id: measure for measure in measures.all_of(connection, network)}
    all_waves = waves.of_measures(connection, network, list(known))
    asked = {wave.id: wave for wave in all_waves if wave.id in wanted}
    counted = blocks.of_waves(connection, network, list(asked))
    return [
        _part(asked[wave], block, known[asked[wave].measure]) for wave, block in counted.items()
    ]


def _part(wave: Wave, block: Block, measure: Measure) -> Part:
    site, organisation = measure.site, measure.organisation
    counted = {table.variable for table in block.tables}
    return Part(
        wave=wave.id,
        measure=measure.id,
        block=block,
        institution=f"site {site.id}" if site else f"organisation {organisation.id}",
        area=measure.municipality.id,
        cores={
            variable.core: variable.name
            for variable in wave.questionnaire.codebook()
            if variable.core is not None and variable.name in counted
        },
    )
