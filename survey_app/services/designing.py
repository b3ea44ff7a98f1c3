"""Planning a whole design at once, and moving its waves afterwards.

What a design proposes is decided in domain/design.py; here it is checked against the measure and
stored: all of it or nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from survey_app.domain.design import (
    AFTER_BEFORE,
    NOT_SUITABLE,
    Design,
    NewWave,
    begins_too_early,
    suits,
)
from survey_app.domain.messages import N_, Fault, Message, refuse
from survey_app.domain.questionnaire import Audience, Questionnaire
from survey_app.domain.wave import Phase, Point, Wave
from survey_app.services import choosing
from survey_app.services.fielding import faults_of_days, plan_within
from survey_app.storage import audit, measures, waves
from survey_app.storage.database import Database

FIELDS: Mapping[Point, str] = {Point.BEFORE: "before_", Point.ONCE: "", Point.AFTER: ""}
"""What the fields of a point's days begin with."""


def suitable(design: Design) -> dict[str, Questionnaire]:
    """Return the questionnaires in the library that young people can be asked in a design."""
    found = choosing.questionnaires()
    return {name: each for name, each in found.items() if suits(design, each)}


def for_professionals() -> dict[str, Questionnaire]:
    """Return the questionnaires in the library that professionals can be asked."""
    return {
        name: each
        for name, each in choosing.questionnaires().items()
        if each.audience is Audience.PROFESSIONALS and each.fieldable
    }


def plan_design(
    database: Database,
    network: int,
    measure_id: int,
    design: Design,
    new: Sequence[NewWave],
    *,
    today: date,
    actor: str,
) -> list[Wave] | None:
    """Store the waves of a design; return None if the measure is not of this network.

    Raises InvalidDefinition with the names of the fields if their days make no sense or a
    questionnaire does not suit the design.
    """
    refuse([*faults_of(design, new, today)])
    with database.write() as connection:
        measure = measures.get(connection, network, measure_id)
        if measure is None:
            return None
        planned = [plan_within(connection, measure, each) for each in new]
        for wave in planned:
            _note(connection, wave, "plan", wave.point.value, today=today, actor=actor)
        return planned


def faults_of(design: Design, new: Sequence[NewWave], today: date) -> list[Fault]:
    """Return what is wrong with the waves of a design, by the names of the fields."""
    faults = [fault for each in new for fault in _faults_of_wave(design, each, today)]
    days = {each.point: each.days for each in new if each.audience is Audience.YOUNG_PEOPLE}
    before, after = days.get(Point.BEFORE), days.get(Point.AFTER)
    if before and after and not faults and begins_too_early(before, after):
        faults.append(Fault(Message(AFTER_BEFORE), ("opens_on",)))
    return faults


def _faults_of_wave(design: Design, new: NewWave, today: date) -> list[Fault]:
    if new.audience is Audience.PROFESSIONALS:
        return []  # asked once, on the days of the last wave of young people
    start = FIELDS[new.point]
    faults = [
        Fault(fault.message, (f"{start}{fault.at[0]}",))
        for fault in faults_of_days(new.days.opens_on, new.days.closes_on, today)
    ]
    if not suits(design, new.questionnaire):
        faults.append(Fault(Message(NOT_SUITABLE), ("young",)))
    return faults


def move(
    database: Database,
    network: int,
    wave_id: int,
    *,
    opens_on: date,
    closes_on: date,
    expected: int | None,
    today: date,
    actor: str,
) -> bool:
    """Give a wave other days or another group size; return whether this network has such a wave.

    The last day can be moved until it is over, the first one until it has come. Raises
    InvalidDefinition with the name of the field.
    """
    with database.write() as connection:
        waves.shut(connection, wave_id)
        wave = waves.get(connection, network, wave_id)
        if wave is None:
            return False
        refuse(_faults_of_move(wave, opens_on, closes_on, today))
        waves.set_plan(connection, wave, opens_on=opens_on, closes_on=closes_on, expected=expected)
        detail = f"{opens_on} to {closes_on}, group of {expected or 'unknown size'}"
        _note(connection, wave, "move", detail, today=today, actor=actor)
    return True


def first_day_is_fixed(wave: Wave, today: date) -> bool:
    """Return whether a wave has begun, so that its first day is a fact."""
    return wave.phase(today) is not Phase.PLANNED


def can_be_moved(wave: Wave, today: date) -> bool:
    """Return whether anything about the days of a wave can still be changed."""
    return wave.phase(today) in (Phase.PLANNED, Phase.OPEN)


def _faults_of_move(wave: Wave, opens_on: date, closes_on: date, today: date) -> list[Fault]:
    if not can_be_moved(wave, today):
        return [Fault(Message(OVER), ("closes_on",))]
    if opens_on != wave.opens_on:
        if first_day_is_fixed(wave, today):
            return [Fault(Message(HAS_BEGUN), ("opens_on",))]
        if opens_on < today:
            return [Fault(Message(IN_THE_PAST), ("opens_on",))]
    return faults_of_days(opens_on, closes_on, today)


def _note(
    connection: Connection, wave: Wave, action: str, detail: str, *, today: date, actor: str
) -> None:
    audit.note(
        connection,
        network=wave.network,
        day=today,
        actor=actor,
        action=action,
        subject=f"wave {wave.id}",
        detail=detail,
    )


OVER = N_(
    "Diese Erhebung ist zu Ende, ihre Tage lassen sich nicht mehr ändern. Wer noch einmal fragen"
    " will, plant eine neue Erhebung."
)
HAS_BEGUN = N_("Diese Erhebung hat schon begonnen. Ihr erster Tag lässt sich nicht mehr ändern.")
IN_THE_PAST = N_("Dieser Tag ist schon vorbei. Bitte wählen Sie heute oder später.")
