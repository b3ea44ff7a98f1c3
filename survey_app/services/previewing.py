"""A questionnaire while it is being written: what can be shown of it, and what is still wrong.

The file is read anew each time, because its author has it open in an editor. Nothing here needs a
database: a draft has a door like any wave, with invented words on it.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from survey_app.data import data_dir
from survey_app.domain.collector import ALPHABET, LENGTH, Collector
from survey_app.domain.directory import HelpCard
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.measure import Network
from survey_app.domain.messages import Words
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.wave import Wave
from survey_app.instruments.checks import Checker
from survey_app.instruments.library import Library, read_file
from survey_app.instruments.places import UnreadableQuestionnaire
from survey_app.rendering.paper_form import paper_form_document
from survey_app.rendering.pdf import PdfPool, RenderingFailed
from survey_app.services.collecting import Door

GONE = "%s ist nicht mehr da. Speichern Sie die Datei wieder unter diesem Namen."
FAILED = "Der Papierbogen lässt sich nicht zeichnen. %s"
NETWORK = Network(0, "Name des Netzwerks", "kontakt@beispiel.example")


class NoPaper(RuntimeError):
    """Raised if the paper form could not be drawn; says why."""


@dataclass(frozen=True)
class Draft:
    """A file as it is now. Without a questionnaire it cannot be shown, and `errors` say why."""

    questionnaire: Questionnaire | None
    errors: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    description: str | None = None


def read_draft(file: Path, today: date) -> Draft:
    """Return what is in a file, readable or not."""
    if not file.is_file():
        return Draft(None, errors=(GONE % file.name,))
    checked = Checker(Library(data_dir("questionnaires")), today).check(file)
    try:
        questionnaire = read_file(file)
    except UnreadableQuestionnaire as unreadable:
        return Draft(None, errors=tuple(map(str, unreadable.faults)))
    return Draft(
        questionnaire,
        errors=tuple(map(str, checked.errors)),
        doubts=tuple(map(str, checked.doubts)),
        description=_description(file, questionnaire),
    )


def state_of(file: Path) -> str:
    """Return a text that changes with the file."""
    content = file.read_bytes() if file.is_file() else b""
    return hashlib.sha256(content).hexdigest()[:16]


def door_to(questionnaire: Questionnaire, policy: DisclosurePolicy, today: date) -> Door:
    """Return a door that looks like that of an open wave and leads nowhere."""
    tomorrow = today + timedelta(days=1)
    return Door(
        collector=Collector(ALPHABET[:LENGTH], wave=0),
        wave=Wave(0, 0, 0, questionnaire, opens_on=today, closes_on=tomorrow),
        network=NETWORK,
        measure_title="Name des Angebots",
        organisation="Name des Trägers",
        promised_minimum=policy.promised_minimum(questionnaire),
    )


def paper_form_pdf(
    questionnaire: Questionnaire, words: Words, policy: DisclosurePolicy, help_card: HelpCard
) -> bytes:
    """Return the questionnaire on paper, or raise NoPaper."""
    document = paper_form_document(
        questionnaire,
        words,
        minimum=policy.promised_minimum(questionnaire),
        help_card=help_card,
    )
    with PdfPool(1) as pool:
        try:
            return pool.render(document)
        except RenderingFailed as failure:
            raise NoPaper(FAILED % failure) from failure


def _description(file: Path, questionnaire: Questionnaire) -> str | None:
    """Return the page about a questionnaire: beside it, or where Mitreden keeps its own."""
    name = f"{questionnaire.id}.md"
    for folder in (file.parent, file.resolve().parent.parent / "docs" / "questionnaires"):
        if (folder / name).is_file():
            return (folder / name).read_text(encoding="utf-8")
    return None
