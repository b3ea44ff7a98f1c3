"""Taking in what a dry run found sound: a wave that is planned, filled, closed and counted.

All of it is one transaction, and the way of a wave that phones filled: the sheets lie open for a
moment, closing copies them in random order under new random keys, counts them once and destroys
what was there before (services/closing). Of the file nothing remains: no row number, no order (they
were shuffled before they were stored), no fingerprint. That is also why a file that is imported
twice can only be suspected: by an imported wave of the same measure and questionnaire with the same
number of sheets. A keyed digest of the file would say it surely, and would let whoever has both the
key and a file prove that these people answered.
"""

import random
import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from survey_app.domain.collector import Collector, new_code
from survey_app.domain.messages import N_, Fault, InvalidDefinition, Message, refuse
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.wave import Wave
from survey_app.services.closing import close_within
from survey_app.services.fielding import ENDS_BEFORE_START
from survey_app.services.importing.checking import Rehearsal
from survey_app.services.scrubbing import scrub_traces
from survey_app.services.ways_in import put_in
from survey_app.storage import audit, imports, measures, waves
from survey_app.storage.database import Database


@dataclass(frozen=True)
class Occasion:
    """What the file does not say: of which measure the answers are, and when they were given.

    `expected` is the size of the group, if known.
    """

    network: int
    measure: int
    opens_on: date
    closes_on: date
    expected: int | None = None


@dataclass(frozen=True)
class Imported:
    """A wave that was taken in, and the code by which it can be named."""

    wave: Wave
    collector: Collector


def take_in(
    database: Database, occasion: Occasion, rehearsal: Rehearsal, *, today: date, actor: str
) -> Imported | None:
    """Store, close and count; return None if the measure is not of this network.

    Raises InvalidDefinition, with the name of the field, if it may not be: a dry run with problems,
    days in the future, a questionnaire without its licence.
    """
    refuse(
        [*faults_of(occasion, rehearsal.questionnaire, today=today), *_faults_of_rows(rehearsal)]
    )
    with database.write() as connection:
        if measures.get(connection, occasion.network, occasion.measure) is None:
            return None
        imported = _planned(connection, occasion, rehearsal.questionnaire)
        number = imported.wave.id
        imports.add_sheets(connection, number, rehearsal.sheets)
        imports.add_texts(connection, number, rehearsal.texts)
        imports.mark_imported(connection, occasion.network, number)
        audit.note(
            connection,
            network=occasion.network,
            day=today,
            actor=actor,
            action="import",
            subject=f"wave {number}",
            detail=f"{len(rehearsal.sheets)} sheets, {len(rehearsal.texts)} texts",
        )
        close_within(connection, imported.wave, today=today, actor=actor)
    scrub_traces(database)
    return imported


def faults_of(occasion: Occasion, questionnaire: Questionnaire, *, today: date) -> list[Fault]:
    """Return what is wrong with the days or the questionnaire, by the names of the fields."""
    faults = []
    if questionnaire.why_not_fieldable is not None:
        faults.append(Fault(questionnaire.why_not_fieldable, ("questionnaire",)))
    if occasion.closes_on < occasion.opens_on:
        faults.append(Fault(Message(ENDS_BEFORE_START), ("closes_on",)))
    elif occasion.closes_on > today:
        faults.append(Fault(Message(NOT_YET), ("closes_on",)))
    return faults


def same_size(
    database: Database, occasion: Occasion, questionnaire: Questionnaire, sheets: int
) -> int | None:
    """Return an imported wave that has exactly as many sheets: perhaps the same file."""
    with database.read() as connection:
        sizes = imports.sizes_of_imported(
            connection, occasion.network, occasion.measure, questionnaire.id
        )
    return next((wave for wave, size in sizes.items() if size == sheets), None)


def _planned(connection: Connection, occasion: Occasion, questionnaire: Questionnaire) -> Imported:
    wave = waves.add(
        connection,
        network=occasion.network,
        measure=occasion.measure,
        questionnaire=questionnaire,
        opens_on=occasion.opens_on,
        closes_on=occasion.closes_on,
        expected=occasion.expected,
        secret=secrets.token_bytes(32),
    )
    collector = Collector(new_code(random.SystemRandom()), wave.id)
    put_in(connection, occasion.network, collector)
    return Imported(wave, collector)


def _faults_of_rows(rehearsal: Rehearsal) -> list[Fault]:
    if rehearsal.is_sound:
        return []
    text = NOT_SOUND if rehearsal.problems else NO_SHEETS
    return [Fault(Message(text), ("file",))]


def save_assignment(database: Database, network: int, name: str, content: str, of: str) -> None:
    """Keep an assignment to questionnaire `of` under a name, in the place of one that has it.

    Raises InvalidDefinition if the name is none.
    """
    if not name.strip() or len(name.strip()) > LONGEST_NAME:
        raise InvalidDefinition(Fault(Message(NO_NAME, {"most": LONGEST_NAME}), ("name",)))
    with database.write() as connection:
        imports.save_assignment(
            connection, network, questionnaire=of, name=name.strip(), content=content
        )


def saved_assignments(database: Database, network: int) -> list[tuple[str, str]]:
    """Return questionnaire and name of the assignments that a network has kept."""
    with database.read() as connection:
        return imports.assignment_names(connection, network)


def saved_assignment(database: Database, network: int, questionnaire: str, name: str) -> str | None:
    """Return what was kept under a name."""
    with database.read() as connection:
        return imports.assignment_named(connection, network, questionnaire, name)


def forget_assignment(database: Database, network: int, questionnaire: str, name: str) -> None:
    """Delete what was kept under a name; waves that were imported with it stay as they are."""
    with database.write() as connection:
        imports.forget_assignment(connection, network, questionnaire, name)


LONGEST_NAME = 100

NOT_YET = N_("Dieser Tag ist noch nicht vorbei. Übernommen wird nur, was schon gesammelt ist.")
NOT_SOUND = N_("Die Prüfung hat Fehler gefunden. Übernommen wurde nichts.")
NO_SHEETS = N_("In der Datei steht keine einzige Antwort auf diesen Fragebogen.")
NO_NAME = N_("Bitte geben Sie einen Namen mit höchstens %(most)s Zeichen an.")
