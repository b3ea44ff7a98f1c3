"""Wordings of an XLSForm as our texts: per language, in plain words, German first.

XLSForm texts may hold Markdown, HTML and answers to earlier questions (``${name}``). None of it can
be shown here: markup is taken off, an answer becomes „…“, and both are reported. Where German is
missing, the form's own language stands in for it, because a text needs a German wording.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from survey_app.domain.text import FALLBACK, VISIBLE_ENOUGH
from survey_app.instruments.xlsform.columns import language_code
from survey_app.instruments.xlsform.report import Cell, Report
from survey_app.instruments.xlsform.sheets import Row, Sheet

Wording = dict[str, str]
WORDED = ("label", "hint")

TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
ITALIC = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_\n]+)(?<=[^\s*_])\1(?![\w*])")
HEADING = re.compile(r"^#{1,6} +", re.MULTILINE)
LINK = re.compile(r"\[([^\[\]]+)\]\([^()]+\)")
ANSWER = re.compile(r"\$\{[^{}]*\}")


@dataclass(frozen=True)
class Languages:
    """The languages of a form: `own` is that of columns without a language."""

    own: str
    all: tuple[str, ...]

    @property
    def base(self) -> str:
        """Return the language that stands in where there is no German."""
        return FALLBACK if FALLBACK in self.all else self.own


def languages_of(sheets: Iterable[Sheet], default: str, place: Cell, report: Report) -> Languages:
    """Return the languages of a form whose settings name `default` as its default language."""
    sheets = list(sheets)
    own = _own(default, place, report)
    found = [FALLBACK]
    for sheet in sheets:
        for each in sheet.columns:
            if each.key in WORDED and not each.is_foreign:
                found.append(each.language or own)
            elif each.key in WORDED:
                cell = Cell(sheet.name, None, each.letter)
                report.lost(cell, FOREIGN, header=each.header)
    used = set(found[1:])
    if not used & {FALLBACK} and used:
        own = own if own in used else found[1]
        report.check(Cell("survey"), NO_GERMAN, language=own)
        return Languages(own, tuple(dict.fromkeys(found[1:])))
    return Languages(own, tuple(dict.fromkeys(found)))


def _own(default: str, place: Cell, report: Report) -> str:
    if not default or default.lower() == "default":
        return FALLBACK
    code = language_code(default)
    if code is None:
        report.check(place, DEFAULT_FOREIGN, language=default)
    return code or FALLBACK


@dataclass(frozen=True)
class Texts:
    """Makes wordings of rows."""

    languages: Languages
    report: Report

    def of(self, row: Row, key: str) -> Wording | None:
        """Return the wording under `key`, None if there is none in any language."""
        wording: Wording = {}
        place = row.place(key)
        for each, raw in row.texts(key):
            cell = Cell(row.sheet, row.number, each.letter)
            language = each.language or self.languages.own
            if text := self.plain(raw, cell):
                wording.setdefault(language, text)
                place = cell
        return self.with_german(wording, place) if wording else None

    def with_german(self, wording: Wording, place: Cell) -> Wording:
        """Return a wording that begins with German, borrowed where there is none."""
        if FALLBACK in wording:
            return {FALLBACK: wording[FALLBACK], **wording}
        stand_in = wording.get(self.languages.base) or next(iter(wording.values()))
        if FALLBACK in self.languages.all:
            self.report.check(place, GERMAN_MISSING, text=stand_in)
        return {FALLBACK: stand_in, **wording}

    def plain(self, raw: str, cell: Cell) -> str:
        """Return a text without markup, references and invisible characters."""
        text = ANSWER.sub("…", raw)
        if text != raw:
            self.report.lost(cell, PIPED)
        unmarked = _unmarked(text)
        if unmarked != text:
            self.report.changed(cell, MARKUP)
        visible = "".join(map(_visible, unmarked)).strip()
        if visible != unmarked.strip():
            self.report.changed(cell, INVISIBLE)
        return visible


def _unmarked(text: str) -> str:
    text = HEADING.sub("", TAG.sub("", text))
    text = LINK.sub(r"\1", text)
    return ITALIC.sub(r"\2", BOLD.sub(r"\2", text))


def _visible(character: str) -> str:
    if character in VISIBLE_ENOUGH:
        return character
    return {"Cc": " ", "Cf": ""}.get(unicodedata.category(character), character)


NO_GERMAN = (
    "das Formular hat keinen deutschen Text. Unter „de“ steht überall der Text in „%(language)s“."
    " Übersetze ihn dort"
)
GERMAN_MISSING = "hier fehlt der deutsche Text. Unter „de“ steht vorerst „%(text)s“"
FOREIGN = (
    "die Sprache von „%(header)s“ ist unbekannt. Schreib ihr Kürzel in Klammern dahinter, zum"
    " Beispiel: label::Türkçe (tr)"
)
DEFAULT_FOREIGN = (
    "die Sprache „%(language)s“ ist unbekannt, angenommen ist Deutsch. Schreib ihr Kürzel in"
    " Klammern dahinter, zum Beispiel: Türkçe (tr)"
)
PIPED = (
    "Antworten auf frühere Fragen können nicht im Text stehen; dort steht jetzt „…“. Formuliere den"
    " Satz ohne sie"
)
MARKUP = "Auszeichnungen (Markdown, HTML) sind entfernt, der Text bleibt"
INVISIBLE = "unsichtbare Zeichen sind entfernt"
