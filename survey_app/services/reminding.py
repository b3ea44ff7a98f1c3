"""The first page after logging in: what to think of, what to print, what is not planned yet.

However many measures a network has, looking costs the same number of statements.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from survey_app.domain.approval import Approval
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.measure import Measure
from survey_app.domain.reminders import Reminder, Standing, WaveStanding, reminders
from survey_app.domain.rights import Actor, reaches
from survey_app.domain.wave import Phase, Wave
from survey_app.services import reviewing
from survey_app.services.lands import land_of
from survey_app.storage import approvals, commitments, imports, measures, returns, sheets, waves
from survey_app.storage.database import Database
from survey_app.storage.schema import closed_sheet, review_text

MOST_ENTRIES = 6
ASK_AHEAD = timedelta(weeks=6)  # where the rules of a Land are not known


@dataclass(frozen=True)
class Entry:
    """A wave that is running or comes next, ready to be printed."""

    measure: Measure
    wave: Wave
    received: int
    phase: Phase


@dataclass(frozen=True)
class Overview:
    """What somebody finds after logging in.

    `entries` are the waves that run or come next, the nearest first; `unplanned` the measures that
    nobody was asked about and that are not long over; `measures` is how many there are in reach.
    """

    reminders: tuple[Reminder, ...]
    entries: tuple[Entry, ...]
    unplanned: tuple[Measure, ...]
    measures: int


def overview(
    database: Database,
    actor: Actor,
    today: date,
    *,
    policy: DisclosurePolicy,
    recount_days: int,
    text_days: int,
) -> Overview:
    """Return what somebody should see first, within their reach."""
    with database.read() as connection:
        mine = [each for each in measures.all_of(connection, actor.network) if reaches(actor, each)]
        standings = _standings(connection, actor.network, mine, policy, recount_days, text_days)
    entries = [*_entries(standings, today)]
    unplanned = [each.measure for each in standings if not each.waves]
    return Overview(
        reminders=reminders(standings, actor, today),
        entries=tuple(sorted(entries, key=_nearness)[:MOST_ENTRIES]),
        unplanned=tuple(each for each in unplanned if _is_recent(each, today))[:MOST_ENTRIES],
        measures=len(mine),
    )


def note_sheet_read(database: Database, network: int, measure: int, today: date) -> None:
    """Note that somebody looked at the sheet of a measure; who it was is not kept.

    Most looks find it noted: then nothing is written.
    """
    with database.read() as connection:
        if approvals.readings(connection, network).get(measure) == today:
            return
    with database.write() as connection:
        approvals.note_reading(connection, network, measure, today)


def _standings(
    connection: Connection,
    network: int,
    mine: list[Measure],
    policy: DisclosurePolicy,
    recount_days: int,
    text_days: int,
) -> list[Standing]:
    fielded = waves.of_measures(connection, network, [measure.id for measure in mine])
    numbers = [wave.id for wave in fielded]
    counts = sheets.count_open(connection, numbers)
    known = approvals.of_waves(connection, network, numbers)
    imported = imports.imported_waves(connection, network)
    with_sheets = sheets.remaining(connection, network, numbers, closed_sheet)
    with_texts = sheets.remaining(connection, network, numbers, review_text)
    unread = reviewing.waiting(connection, network, sorted(with_texts), policy)
    promised = commitments.of_network(connection, network)
    read_on = approvals.readings(connection, network)
    next_ways = returns.next_ways(connection, network)
    handed_back = returns.handed_back(connection, network)
    ahead = {measure.id: _ahead(measure) for measure in mine}
    standing = [
        WaveStanding(
            wave=wave,
            received=counts.get(wave.id, 0),
            approval=known.get(wave.id, Approval()),
            ahead=ahead[wave.measure],
            is_imported=wave.id in imported,
            sheets=wave.id in with_sheets,
            texts=wave.id in with_texts,
            unread=wave.id in unread,
        )
        for wave in fielded
    ]
    return [
        Standing(
            measure=measure,
            waves=tuple(each for each in standing if each.wave.measure == measure.id),
            commitments=tuple(each for each in promised if each.measure == measure.id),
            next_way=next_ways.get(measure.id),
            handed_back=handed_back.get(measure.id),
            read_on=read_on.get(measure.id),
            recount_days=recount_days,
            text_days=text_days,
        )
        for measure in mine
    ]


def _ahead(measure: Measure) -> timedelta:
    land = land_of(measure.municipality)
    return timedelta(weeks=land.schools.weeks_ahead) if land else ASK_AHEAD


def _entries(standings: Iterable[Standing], today: date) -> Iterable[Entry]:
    for standing in standings:
        for each in standing.waves:
            phase = each.wave.phase(today)
            if phase in (Phase.PLANNED, Phase.OPEN):
                yield Entry(standing.measure, each.wave, each.received, phase)


def _nearness(entry: Entry) -> tuple[bool, date]:
    """Return what sorts open waves by their end before planned ones by their beginning."""
    if entry.phase is Phase.OPEN:
        return False, entry.wave.closes_on
    return True, entry.wave.opens_on


def _is_recent(measure: Measure, today: date) -> bool:
    return measure.ends_on >= today - timedelta(weeks=8)
