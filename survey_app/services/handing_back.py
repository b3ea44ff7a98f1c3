"""Handing back: how it goes on for young people, and what a school or institution was given.

What is said here stands with the results of a measure as soon as they are out. That something was
handed back is recorded by whoever did it; the audit log knows it too.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from survey_app.domain import handing_back as rules
from survey_app.domain import taking_part
from survey_app.domain.branding import Branding
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.handing_back import HandedBack
from survey_app.domain.messages import Words, refuse
from survey_app.domain.school_letter import SchoolLetter, letter_of
from survey_app.domain.sheet import EvaluationSheet
from survey_app.domain.taking_part import NextWay
from survey_app.rendering.school_letter import letter_document
from survey_app.services.acting import By, note
from survey_app.services.printing import Printer
from survey_app.storage import measures, returns, waves
from survey_app.storage.database import Database


@dataclass(frozen=True)
class Given:
    """What has been given back of a measure, and what not yet.

    `next_way` is None where nobody said anything; `is_due` whether somebody must still hand over.
    """

    next_way: NextWay | None
    handed_back: HandedBack | None
    is_due: bool


def given(database: Database, network: int, measure: int) -> Given:
    """Return what has been given back of a measure of this network."""
    with database.read() as connection:
        handed = returns.handed_back(connection, network).get(measure)
        next_way = returns.next_ways(connection, network, measure).get(measure)
        counted = _counted(connection, network, measure)
    return Given(next_way, handed, rules.is_due(handed, counted))


def say_next_way(database: Database, network: int, measure: int, new: NextWay, by: By) -> bool:
    """Let `new` stand with the results; return whether this network has such a measure.

    Raises InvalidDefinition with the name of the field where something is wrong.
    """
    refuse(taking_part.faults_of(new, by.today))
    with database.write() as connection:
        if measures.get(connection, network, measure) is None:
            return False
        returns.put_next_way(connection, network, measure, new)
        note(connection, network, by, "next_way", f"measure {measure}")
        return True


def record(database: Database, network: int, measure: int, new: HandedBack, by: By) -> bool:
    """Record that results were handed back; return whether this network has such a measure.

    Raises InvalidDefinition with the name of the field where something is wrong.
    """
    with database.write() as connection:
        if measures.get(connection, network, measure) is None:
            return False
        counted = _counted(connection, network, measure)
        refuse(rules.faults_of(new, min(counted, default=None), by.today))
        returns.put_handed_back(connection, network, measure, new)
        note(connection, network, by, "hand_back", f"measure {measure}", new.day.isoformat())
        return True


def letter_about(
    database: Database, sheet: EvaluationSheet, *, policy: DisclosurePolicy, today: date
) -> SchoolLetter:
    """Return the letter that goes with a sheet on which there is something."""
    network, measure = sheet.measure.network.id, sheet.measure.id
    with database.read() as connection:
        said = returns.next_ways(connection, network, measure).get(measure)
    return letter_of(sheet, said, policy=policy, today=today)


def letter_pdf(printer: Printer, letter: SchoolLetter, words: Words, branding: Branding) -> bytes:
    """Return the letter as PDF, or raise RenderingFailed."""
    return printer.pdf(letter_document(letter, words, branding))


def _counted(connection: Connection, network: int, measure: int) -> list[date]:
    """Return on which days waves of a measure were counted."""
    asked = waves.of_measures(connection, network, [measure])
    return [wave.closed_on for wave in asked if wave.closed_on is not None]
