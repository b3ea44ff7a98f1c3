"""Planning: measures, their waves, and the ways into a wave."""

import random
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from survey_app.domain.collector import Collector, new_code
from survey_app.domain.design import Days, NewWave
from survey_app.domain.measure import (
    Measure,
    Municipality,
    NewMeasure,
    Organisation,
    Site,
    faults_of_topics,
)
from survey_app.domain.messages import N_, Fault, Message, refuse
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.rights import Actor, Reach
from survey_app.domain.slip import SlipCounts
from survey_app.domain.wave import Phase, Point, Wave
from survey_app.services import ways_in
from survey_app.services.acting import By, note
from survey_app.services.lands import needs_approval
from survey_app.services.once_more import once_more
from survey_app.storage import imports, measures, places, sheets, slips, waves
from survey_app.storage.database import Database

ENDS_BEFORE_START = N_("Das Ende liegt vor dem Anfang. Bitte prüfen Sie die beiden Tage.")
ALREADY_OVER = N_("Der letzte Tag ist schon vorbei. Bitte wählen Sie heute oder später.")
NOT_OF_THIS_NETWORK = N_("Diese Auswahl gibt es nicht. Bitte wählen Sie aus der Liste.")


@dataclass(frozen=True)
class Choices:
    """What a measure can be planned with in one network."""

    municipalities: tuple[Municipality, ...]
    organisations: tuple[Organisation, ...]
    sites: tuple[Site, ...]

    def within(self, actor: Actor) -> "Choices":
        """Return what somebody may plan with: a youth worker for the own organisation only."""
        if actor.reach is not Reach.ORGANISATION:
            return self
        own = tuple(each for each in self.organisations if each.id == actor.place)
        return replace(self, organisations=own)


@dataclass(frozen=True)
class FieldedWave:
    """A wave with its ways in and, while it is not counted, the number of sheets received.

    `slips` says how many slips were printed and used, by the code of the way in; `imported` that
    the answers were collected elsewhere.
    """

    wave: Wave
    collectors: tuple[Collector, ...]
    phase: Phase
    received: int | None
    slips: SlipCounts
    imported: bool = False


@dataclass(frozen=True)
class FieldedMeasure:
    """A measure with its waves."""

    measure: Measure
    waves: tuple[FieldedWave, ...]


def choices(database: Database, network: int) -> Choices:
    """Return what a measure can be planned with."""
    with database.read() as connection:
        return choices_in(connection, network)


@once_more
def plan_measure(database: Database, network: int, new: NewMeasure, by: By | None = None) -> int:
    """Store a measure and return its id; invented ones are planned by nobody.

    Raises InvalidDefinition with the name of the field if the days are the wrong way round or a
    place does not belong to this network.
    """
    with database.write() as connection:
        refuse(faults_of_measure(new, choices_in(connection, network)))
        number = measures.add(connection, network, new)
        if by:
            note(connection, network, by, "plan_measure", f"measure {number}")
        return number


def plan_wave(
    database: Database,
    network: int,
    measure_id: int,
    questionnaire: Questionnaire,
    *,
    opens_on: date,
    closes_on: date,
    expected: int | None = None,
    label: str = "",
    shared_device: bool = False,
    offline_queue: bool = False,
    point: Point = Point.ONCE,
    today: date,
    chance: random.Random | None = None,
    actor: str = "",
) -> Wave | None:
    """Store a wave with one way in; return None if the measure is not of this network.

    The questionnaire is frozen from now on. Raises InvalidDefinition if the days make no sense or
    the questionnaire may not be asked yet.
    `chance` makes the code foreseeable, which only sample data may be; the secret of the wave never
    is.
    """
    refuse([*_faults_of_licence(questionnaire), *faults_of_days(opens_on, closes_on, today)])
    new = NewWave(questionnaire, point, Days(opens_on, closes_on), expected)
    with database.write() as connection:
        measure = measures.get(connection, network, measure_id)
        if measure is None:
            return None
        code = new_code(chance or random.SystemRandom())
        collector = Collector(code, 0, label, shared_device, offline_queue)
        wave = plan_within(connection, measure, new, collector)
        if actor:
            detail = f"measure {measure_id}"
            note(connection, network, By(actor, today), "plan", f"wave {wave.id}", detail)
        return wave


def plan_within(
    connection: Connection, measure: Measure, new: NewWave, collector: Collector | None = None
) -> Wave:
    """Store a wave and its one way in within a transaction; it waits if a school has to agree."""
    wave = waves.add(
        connection,
        network=measure.network.id,
        measure=measure.id,
        questionnaire=new.questionnaire,
        opens_on=new.days.opens_on,
        closes_on=new.days.closes_on,
        expected=new.expected,
        secret=secrets.token_bytes(32),
        point=new.point,
        awaits_approval=needs_approval(measure),
    )
    collector = collector or Collector(new_code(random.SystemRandom()), 0)
    ways_in.put_in(connection, measure.network.id, replace(collector, wave=wave.id))
    return wave


def measure_of(database: Database, network: int, measure_id: int) -> Measure | None:
    """Return one measure; a foreign one is as good as missing."""
    with database.read() as connection:
        return measures.get(connection, network, measure_id)


def fielded_measures(database: Database, network: int, today: date) -> tuple[FieldedMeasure, ...]:
    """Return the measures of a network with their waves, the latest first."""
    with database.read() as connection:
        return with_waves(connection, network, measures.all_of(connection, network), today)


def fielded_measure(
    database: Database, network: int, measure_id: int, today: date
) -> FieldedMeasure | None:
    """Return one measure with its waves; a foreign one is as good as missing."""
    with database.read() as connection:
        measure = measures.get(connection, network, measure_id)
        if measure is None:
            return None
        (fielded,) = with_waves(connection, network, [measure], today)
        return fielded


def choices_in(connection: Connection, network: int) -> Choices:
    """Return what a measure can be planned with, within a transaction."""
    return Choices(
        municipalities=tuple(places.municipalities(connection, network)),
        organisations=tuple(places.organisations(connection, network)),
        sites=tuple(places.sites(connection, network)),
    )


def with_waves(
    connection: Connection, network: int, found: list[Measure], today: date
) -> tuple[FieldedMeasure, ...]:
    """Return measures with their waves, in the order in which they were found."""
    ids = [measure.id for measure in found]
    all_waves = waves.of_measures(connection, network, ids)
    numbers = [wave.id for wave in all_waves]
    counts = sheets.count_open(connection, numbers)
    ways_in = waves.collectors(connection, network, numbers)
    printed = slips.count(connection, numbers)
    imported = imports.imported_waves(connection, network)
    fielded = [
        replace(_fielded_wave(wave, ways_in, counts, printed, today), imported=wave.id in imported)
        for wave in all_waves
    ]
    return tuple(
        FieldedMeasure(measure, tuple(w for w in fielded if w.wave.measure == measure.id))
        for measure in found
    )


def _fielded_wave(
    wave: Wave,
    ways_in: list[Collector],
    counts: Mapping[int, int],
    printed: SlipCounts,
    today: date,
) -> FieldedWave:
    phase = wave.phase(today)
    own = tuple(collector for collector in ways_in if collector.wave == wave.id)
    return FieldedWave(
        wave=wave,
        collectors=own,
        phase=phase,
        received=None if phase is Phase.CLOSED else counts.get(wave.id, 0),
        slips={each.code: printed[each.code] for each in own if each.code in printed},
    )


def faults_of_measure(new: NewMeasure, known: Choices) -> list[Fault]:
    """Return what is wrong with a plan, each with the name of its field."""
    faults = faults_of_topics(new)
    if new.ends_on < new.starts_on:
        faults.append(Fault(Message(ENDS_BEFORE_START), ("ends_on",)))
    for field, number, values in (
        ("municipality", new.municipality, known.municipalities),
        ("organisation", new.organisation, known.organisations),
        ("site", new.site, known.sites),
    ):
        if number is not None and number not in {value.id for value in values}:
            faults.append(Fault(Message(NOT_OF_THIS_NETWORK), (field,)))
    others = {town.id for town in known.municipalities} - {new.municipality}
    if not others.issuperset(new.also_in) or len(set(new.also_in)) < len(new.also_in):
        faults.append(Fault(Message(NOT_OF_THIS_NETWORK), ("also_in",)))
    return faults


def _faults_of_licence(questionnaire: Questionnaire) -> list[Fault]:
    reason = questionnaire.why_not_fieldable
    return [] if reason is None else [Fault(reason, ("questionnaire",))]


def faults_of_days(opens_on: date, closes_on: date, today: date) -> list[Fault]:
    """Return what is wrong with the days of a wave, by the names of the fields."""
    if closes_on < opens_on:
        return [Fault(Message(ENDS_BEFORE_START), ("closes_on",))]
    if closes_on < today:
        return [Fault(Message(ALREADY_OVER), ("closes_on",))]
    return []
