"""A whole XLSForm as a questionnaire file that the reader accepts.

What an XLSForm does not say (audience, licence, version) is assumed and marked in the file with a
remark. In the end the file is read like any other. A condition that the reader refuses, because it
could never be true for example, is taken out and reported; any other fault makes the form unusable.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from survey_app.instruments.document import Document, parse
from survey_app.instruments.places import Located, Path, UnreadableQuestionnaire
from survey_app.instruments.reader import understand
from survey_app.instruments.writing import written
from survey_app.instruments.xlsform.choices import ChoiceList, read_choices
from survey_app.instruments.xlsform.leftovers import report_leftovers
from survey_app.instruments.xlsform.names import questionnaire_id
from survey_app.instruments.xlsform.questions import Questions
from survey_app.instruments.xlsform.report import Cell, Note, Report, UnusableForm
from survey_app.instruments.xlsform.sections import Sections
from survey_app.instruments.xlsform.sheets import Row, Sheet, read_sheets
from survey_app.instruments.xlsform.texts import Texts, languages_of

VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")
SECONDS_PER_QUESTION = 10
MOST_MINUTES = 60


@dataclass(frozen=True)
class Converted:
    """What became of a form: the questionnaire's id, its file as text, and what to tell."""

    id: str
    text: str
    notes: tuple[Note, ...]
    questions: int
    sections: int
    languages: tuple[str, ...]


def convert(content: bytes, *, name: str, id_: str | None = None) -> Converted:
    """Return the questionnaire in an .xlsx file called `name`, with the id `id_` if one is given.

    Raises UnusableForm if no questionnaire can be made of it.
    """
    report = Report()
    sheets = read_sheets(content, report)
    survey = _survey(sheets)
    settings = _Settings(sheets.get("settings"), report)
    worded = [sheets[sheet] for sheet in ("survey", "choices") if sheet in sheets]
    default, place = settings.get("default_language")
    languages = languages_of(worded, default, place, report)
    texts = Texts(languages, report)
    lists = read_choices(sheets.get("choices"), texts, report)
    sections = _asked(survey, texts, lists, report)
    if not sections.found:
        raise UnusableForm(NOTHING_LEFT, *map(str, report.notes()))
    _report_unused_lists(lists, survey, report)
    data = settings.head(texts, name, id_) | {"sections": sections.found}
    _drop_refused_conditions(data, sections.questions)
    return _converted(data, sections.questions, report)


def _survey(sheets: dict[str, Sheet]) -> Sheet:
    survey = sheets.get("survey")
    if survey is None:
        raise UnusableForm(NO_SURVEY)
    missing = [header for header in ("type", "label") if not survey.has(header)]
    if missing:
        raise UnusableForm(NO_COLUMN % missing[0])
    return survey


def _asked(survey: Sheet, texts: Texts, lists: dict[str, ChoiceList], report: Report) -> Sections:
    names = frozenset(row.cells.get(_letter(survey, "name"), "") for row in survey.rows)
    sections = Sections(Questions(report, texts, lists, names - {""}))
    for row in survey.rows:
        sections.take(row)
    sections.close()
    return sections


def _letter(sheet: Sheet, key: str) -> str:
    return next((each.letter for each in sheet.columns if each.key == key), "")


def _report_unused_lists(lists: dict[str, ChoiceList], survey: Sheet, report: Report) -> None:
    letter = _letter(survey, "type")
    named = {word for row in survey.rows for word in row.cells.get(letter, "").split()}
    for name in lists.keys() - named:
        report.lost(Cell("choices"), UNUSED_LIST, name=name)


class _Settings:
    """The sheet `settings`: one row that says something about the whole form."""

    def __init__(self, sheet: Sheet | None, report: Report) -> None:
        self.row = sheet.rows[0] if sheet and sheet.rows else None
        self.report = report
        for row in sheet.rows[1:] if sheet else ():
            report.lost(row.place(), ONE_ROW)

    def get(self, key: str) -> tuple[str, Cell]:
        """Return a setting and its place."""
        if self.row is None:
            return "", Cell("settings")
        return self.row.get(key), self.row.place(key)

    def head(self, texts: Texts, name: str, id_: str | None) -> dict[str, Any]:
        """Return everything of a questionnaire but its scales and sections."""
        data = {
            "id": self._id(name, id_),
            "version": self._version(),
            "audience": "young_people",
            "languages": list(dict.fromkeys(("de", *texts.languages.all))),
            "title": self._title(texts, name),
            "minutes": 1,
            "licence": {"class": "A", "holder": "unbekannt", "validated": False},
        }
        if self.row is not None:
            report_leftovers(self.row, self.report)
        return data

    def _id(self, name: str, id_: str | None) -> str:
        raw, place = self.get("form_id")
        if id_ is not None:
            return id_
        found = questionnaire_id(raw) or questionnaire_id(name.rpartition(".")[0] or name)
        if raw and raw != found:
            self.report.changed(place, NEW_ID, raw=raw, id=found or "fragebogen")
        return found or "fragebogen"

    def _version(self) -> str:
        raw, place = self.get("version")
        if VERSION.fullmatch(raw):
            return raw
        if raw:
            self.report.changed(place, NEW_VERSION, raw=raw)
        return "1.0.0"

    def _title(self, texts: Texts, name: str) -> dict[str, str]:
        row: Row | None = self.row
        title = texts.of(row, "form_title") if row is not None else None
        if title is None:
            stem = name.rpartition(".")[0] or name
            self.report.check(Cell("settings"), NO_TITLE, title=stem)
            return texts.with_german({texts.languages.own: stem}, Cell("settings"))
        return title


def _converted(data: dict[str, Any], questions: Questions, report: Report) -> Converted:
    asked = [question for section in data["sections"] for question in section["questions"]]
    scales = questions.scales
    used = {question["scale"] for question in asked if "scale" in question}
    data["minutes"] = _minutes(len(asked))
    if used:
        data["scales"] = {name: scale for name, scale in scales.items() if name in used}
    text = written(data, _remarks(data, questions))
    try:
        understand(parse(text.encode(), f"{data['id']}.yaml"))
    except UnreadableQuestionnaire as unreadable:
        raise UnusableForm(UNREADABLE, *map(str, unreadable.faults)) from None
    report.check(Cell("survey"), SENSITIVITY)
    report.check(Cell("settings"), LICENCE)
    languages = tuple(data["languages"])
    return Converted(data["id"], text, report.notes(), len(asked), len(data["sections"]), languages)


def _minutes(questions: int) -> int:
    return min(MOST_MINUTES, max(1, round(questions * SECONDS_PER_QUESTION / 60)))


def _remarks(data: dict[str, Any], questions: Questions) -> dict[Path, str]:
    """Return the remarks for the file, by their places."""
    remarks: dict[Path, str] = {
        ("audience",): "young_people oder professionals?",
        ("minutes",): "Geschätzt. Wie lange dauert das Ausfüllen wirklich?",
        ("licence",): f"Bitte prüfen. {LICENCE}",
        ("sections",): f"Bitte prüfen. {SENSITIVITY}",
    }
    for name in data.get("scales", {}):
        if name in questions.remarks_on_scales:
            remarks["scales", name] = questions.remarks_on_scales[name]
    for path, question in _placed(data):
        if question["id"] in questions.remarks:
            remarks[path] = questions.remarks[question["id"]]
    return remarks


def _placed(data: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    for s, section in enumerate(data["sections"]):
        for q, question in enumerate(section["questions"]):
            yield ("sections", s, "questions", q), question


# Conditions that the reader refuses


def _drop_refused_conditions(data: dict[str, Any], questions: Questions) -> None:
    """Take out the conditions the reader has a fault with; fewer are left each time."""
    while True:
        document = parse(written({**data, "scales": questions.scales}).encode(), "")
        try:
            understand(document)
        except UnreadableQuestionnaire as unreadable:
            refused = [
                (question, fault)
                for fault in unreadable.faults
                for path, question in _placed(data)
                if "show_if" in question and _is_at(document, fault, (*path, "show_if"))
            ]
            for question, fault in refused:
                _drop_condition(question, fault, questions)
            if refused:
                continue
        return


def _is_at(document: Document, fault: Located, path: Path) -> bool:
    """Return whether a fault lies at `path` or below it."""
    at = (fault.line, fault.column)
    return any(
        tuple(position) == at and place[: len(path)] == path
        for places in (document.values, document.keys)
        for place, position in places.items()
    )


def _drop_condition(question: dict[str, Any], fault: Located, questions: Questions) -> None:
    if question.pop("show_if", None) is not None:
        row = questions.rows[question["id"]]
        why = str(fault.message)
        questions.report.lost(row.place("relevant"), CONDITION, why=why)


NO_SURVEY = "Es gibt kein Blatt „survey“. So heißt das Blatt mit den Fragen eines XLSForms."
NO_COLUMN = (
    "Im Blatt „survey“ fehlt die Spalte „%s“. In der ersten Zeile stehen die Überschriften: type,"
    " name, label …"
)
NOTHING_LEFT = "Keine Zeile konnte zu einer Frage werden:"
UNREADABLE = "Aus dem Formular wird kein gültiger Fragebogen:"
UNUSED_LIST = "die Liste „%(name)s“ wird von keiner Frage benutzt"
ONE_ROW = "gelesen wird nur die erste Zeile"
NEW_ID = "die id „%(raw)s“ heißt jetzt „%(id)s“"
NEW_VERSION = "„%(raw)s“ ist keine Version aus drei Zahlen; angefangen wird mit 1.0.0"
NO_TITLE = "das Formular hat keinen Titel (form_title); er heißt vorerst „%(title)s“"
SENSITIVITY = (
    "Alle Fragen haben Stufe A (Rückmeldung). Fragen zum eigenen Verhalten brauchen sensitivity: B,"
    " Fragen zu Befinden, Körper, Gewalt oder Herkunft sensitivity: C."
)
LICENCE = (
    "Wem gehören die Fragen, und erlaubt die Lizenz, sie zu benutzen? Trag den Namen unter holder"
    " ein."
)
CONDITION = "die Bedingung ist nicht übernommen, die Frage bekommen alle: %(why)s"
