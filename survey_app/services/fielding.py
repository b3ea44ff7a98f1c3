"""Planning: measures, their waves, and the ways into a wave."""

import random
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from survey_app.domain.collector import Collector, new_code
from survey_app.domain.measure import Measure, Municipality, NewMeasure, Organisation, Site
from survey_app.domain.messages import N_, Fault, Message, refuse
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.rights import Actor, Reach
from survey_app.domain.wave import Phase, Wave
from survey_app.services import ways_in
from survey_app.storage import measures, places, sheets, waves
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
    """A wave with its ways in and, while it is not counted, the number of sheets received."""

    wave: Wave
    collectors: tuple[Collector, ...]
    phase: Phase
    received: int | None


@dataclass(frozen=True)
class FieldedMeasure:
    """A measure with its waves."""

    measure: Measure
    waves: tuple[FieldedWave, ...]


def choices(database: Database, network: int) -> Choices:
    """Return what a measure can be planned with."""
    with database.read() as connection:
        return _choices(connection, network)


def plan_measure(database: Database, network: int, new: NewMeasure) -> int:
    """Store a measure and return its id.

    Raises InvalidDefinition with the name of the field if the days are the wrong way round or a
    place does not belong to this network.
    """
    with database.write() as connection:
        refuse(_faults_of_measure(new, _choices(connection, network)))
        return measures.add(connection, network, new)


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
    today: date,
    chance: random.Random | None = None,
) -> Wave | None:
    """Store a wave with one way in; return None if the measure is not of this network.

    The questionnaire is frozen from now on. Raises InvalidDefinition if the days make no sense or
    the questionnaire may not be asked yet.
    `chance` makes the code foreseeable, which only sample data may be; the secret of the wave never
    is.
    """
    refuse([*_faults_of_licence(questionnaire), *_faults_of_days(opens_on, closes_on, today)])
    with database.write() as connection:
        if measures.get(connection, network, measure_id) is None:
            return None
        wave = waves.add(
            connection,
            network=network,
            measure=measure_id,
            questionnaire=questionnaire,
            opens_on=opens_on,
            closes_on=closes_on,
            expected=expected,
            secret=secrets.token_bytes(32),
        )
        code = new_code(chance or random.SystemRandom())
        collector = Collector(code, wave.id, label, shared_device, offline_queue)
        ways_in.put_in(connection, network, collector)
        return wave


def measure_of(database: Database, network: int, measure_id: int) -> Measure | None:
    """Return one measure; a foreign one is as good as missing."""
    with database.read() as connection:
        return measures.get(connection, network, measure_id)


def fielded_measures(database: Database, network: int, today: date) -> tuple[FieldedMeasure, ...]:
    """Return the measures of a network with their waves, the latest first."""
    with database.read() as connection:
        return _fielded(connection, network, measures.all_of(connection, network), today)


def fielded_measure(
    database: Database, network: int, measure_id: int, today: date
) -> FieldedMeasure | None:
    """Return one measure with its waves; a foreign one is as good as missing."""
    with database.read() as connection:
        measure = measures.get(connection, network, measure_id)
        if measure is None:
            return None
        (fielded,) = _fielded(connection, network, [measure], today)
        return fielded


def _choices(connection: Connection, network: int) -> Choices:
    return Choices(
        municipalities=tuple(places.municipalities(connection, network)),
        organisations=tuple(places.organisations(connection, network)),
        sites=tuple(places.sites(connection, network)),
    )


def _fielded(
    connection: Connection, network: int, found: list[Measure], today: date
) -> tuple[FieldedMeasure, ...]:
    ids = [measure.id for measure in found]
    all_waves = waves.of_measures(connection, network, ids)
    numbers = [wave.id for wave in all_waves]
    counts = sheets.count_open(connection, numbers)
    ways_in = waves.collectors(connection, network, numbers)
    fielded = [_fielded_wave(wave, ways_in, counts, today) for wave in all_waves]
    return tuple(
        FieldedMeasure(measure, tuple(w for w in fielded if w.wave.measure == measure.id))
        for measure in found
    )


def _fielded_wave(
    wave: Wave, ways_in: list[Collector], counts: Mapping[int, int], today: date
) -> FieldedWave:
    phase = wave.phase(today)
    return FieldedWave(
        wave=wave,
        collectors=tuple(collector for collector in ways_in if collector.wave == wave.id),
        phase=phase,
        received=None if phase is Phase.CLOSED else counts.get(wave.id, 0),
    )


def _faults_of_measure(new: NewMeasure, known: Choices) -> list[Fault]:
    faults = []
    if new.ends_on < new.starts_on:
        faults.append(Fault(Message(ENDS_BEFORE_START), ("ends_on",)))
    for field, number, values in (
        ("municipality", new.municipality, known.municipalities),
        ("organisation", new.organisation, known.organisations),
        ("site", new.site, known.sites),
    ):
        if number is not None and number not in {value.id for value in values}:
            faults.append(Fault(Message(NOT_OF_THIS_NETWORK), (field,)))
    return faults


def _faults_of_licence(questionnaire: Questionnaire) -> list[Fault]:
    reason = questionnaire.why_not_fieldable
    return [] if reason is None else [Fault(reason, ("questionnaire",))]


def _faults_of_days(opens_on: date, closes_on: date, today: date) -> list[Fault]:
    if closes_on < opens_on:
        return [Fault(Message(ENDS_BEFORE_START), ("closes_on",))]
    if closes_on < today:
        return [Fault(Message(ALREADY_OVER), ("closes_on",))]
    return []
