"""The sheet `choices`: lists of answers, each with a code and a wording."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from survey_app.domain.response import RESERVED_CODES
from survey_app.instruments.xlsform.leftovers import report_leftovers
from survey_app.instruments.xlsform.names import LONGEST_CODE, code, unique
from survey_app.instruments.xlsform.report import Cell, Report
from survey_app.instruments.xlsform.sheets import Row, Sheet
from survey_app.instruments.xlsform.texts import Texts, Wording


@dataclass(frozen=True)
class Choice:
    """One answer: its name in the form, its code here, its wording."""

    name: str
    code: int | str
    text: Wording

    def option(self) -> dict[str, Any]:
        """Return the answer as an option of a question."""
        return {"code": self.code, "text": self.text}


@dataclass(frozen=True)
class ChoiceList:
    """The answers of one list, in the order of the sheet."""

    name: str
    choices: tuple[Choice, ...]

    @property
    def codes(self) -> Mapping[str, int | str]:
        """Return our code for each name."""
        return {choice.name: choice.code for choice in self.choices}

    def options(self) -> list[dict[str, Any]]:
        """Return the answers as options of a question."""
        return [choice.option() for choice in self.choices]


def read_choices(sheet: Sheet | None, texts: Texts, report: Report) -> dict[str, ChoiceList]:
    """Return the lists by their names."""
    found: dict[str, list[Choice]] = {}
    taken: dict[str, set[str]] = {}
    for row in sheet.rows if sheet else ():
        name = row.get("list_name")
        if not name:
            _report_nameless(row, report)
            continue
        choice = _choice(row, taken.setdefault(name, set()), texts, report)
        if choice is not None:
            found.setdefault(name, []).append(choice)
    return {name: ChoiceList(name, tuple(choices)) for name, choices in found.items()}


def _report_nameless(row: Row, report: Report) -> None:
    if row.cells:
        report.lost(row.place(), NO_LIST)


def _choice(row: Row, taken: set[str], texts: Texts, report: Report) -> Choice | None:
    raw = row.get("name") or row.get("value")
    wording = texts.of(row, "label")
    report_leftovers(row, report)
    if not raw and wording is None:
        report.lost(row.place(), EMPTY)
        return None
    if not raw:
        raw = next(iter((wording or {}).values()))
        report.changed(row.place("name"), NO_NAME, text=raw)
    if wording is None:
        report.check(row.place("label"), NO_LABEL, name=raw)
    text = wording or texts.with_german({texts.languages.own: raw}, row.place("label"))
    return Choice(raw, _code(raw, taken, row.place("name"), report), text)


def _code(raw: str, taken: set[str], cell: Cell, report: Report) -> int | str:
    wanted = code(raw)
    if str(wanted) in RESERVED_CODES:
        wanted = f"x_{wanted}"
    if str(wanted) not in taken:
        taken.add(str(wanted))
        if str(wanted) != raw:
            report.changed(cell, RENAMED, name=raw, code=wanted)
        return wanted
    other = unique(str(wanted), taken, longest=LONGEST_CODE)
    report.changed(cell, TWICE, name=raw, code=other)
    return other


def other_choice(languages: Iterable[str]) -> Choice:
    """Return the answer that `or_other` adds."""
    return Choice("other", "other", said(OTHER, languages))


def said(texts: Mapping[str, str], languages: Iterable[str]) -> Wording:
    """Return a wording of ours in the languages of the form, as far as it is there."""
    return {language: texts[language] for language in ("de", *languages) if language in texts}


OTHER = {
    "de": "etwas anderes",
    "en": "something else",
    "tr": "başka bir şey",
    "ar": "شيء آخر",
    "uk": "щось інше",
    "ru": "что-то другое",
    "fr": "autre chose",
}
WHICH_OTHER = {
    "de": "Was meinst du mit „etwas anderes“?",
    "en": "What do you mean by “something else”?",
    "tr": "“Başka bir şey” ile ne demek istiyorsun?",
    "ar": "ما المقصود بـ«شيء آخر»؟",
    "uk": "Що саме «щось інше»?",
    "ru": "Что именно «что-то другое»?",
    "fr": "Qu’est-ce que tu entends par « autre chose » ?",
}

NO_LIST = "dieser Antwort fehlt der Name der Liste (list_name). Ergänze ihn"
EMPTY = "diese Antwort hat weder Namen noch Text. Ergänze sie oder lösche die Zeile"
NO_NAME = "der Antwort „%(text)s“ fehlt der Name; er ist aus dem Text gemacht"
NO_LABEL = "der Antwort „%(name)s“ fehlt der Text (label); vorerst steht dort ihr Name"
RENAMED = "der Name „%(name)s“ taugt nicht als Code und heißt jetzt „%(code)s“"
TWICE = "den Code von „%(name)s“ gibt es in dieser Liste schon; er heißt jetzt „%(code)s“"
