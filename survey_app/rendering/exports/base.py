"""What the formats have in common: one tidy table of results, and the codebook.

A result row is one answer of one variable in one wave. A variable that is withheld has one row
with its reason and no number; so nobody reads a missing row as zero. Free text is counted, never
exported.

**Formulas.** A spreadsheet runs what begins with = + - @, a tab or a line break. A *text* that
begins so gets an apostrophe in front; numbers stay numbers, and so does a text that is a number:
-5 is not an attack.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Final

from survey_app.domain.codebook import Level, Variable
from survey_app.domain.disclosure import Released, Withheld
from survey_app.domain.messages import N_, Words
from survey_app.domain.response import Code
from survey_app.domain.sheet import EvaluationSheet, ResultRow, WaveResult
from survey_app.domain.statistics import percents_of

WITHHELD_SIGN: Final = "•"
DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
NUMBER: Final = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")

Value = str | int | None


@dataclass(frozen=True)
class Format:
    """One export format; `label` is German, to be translated."""

    suffix: str
    media_type: str
    label: str
    export: Callable[[EvaluationSheet, Words], bytes]


@dataclass(frozen=True)
class Result:
    """One row of the table of results. None means: there is no such number, or it is withheld.

    `missing_*` count the people without a valid answer; by reason only where that may be said.
    """

    data: str
    sheet: str
    wave: int
    audience: str
    questionnaire: str
    version: str
    variable: str
    core: str
    question: str
    code: Code | None
    label: str
    count: int | None
    percent: int | None
    base: int | None
    missing: int | None
    unanswered: int | None
    refused: int | None
    filtered: int | None
    status: str
    reason: str


@dataclass(frozen=True)
class CodebookEntry:
    """One row of the codebook: a code of a variable, or a variable without codes."""

    questionnaire: str
    version: str
    fingerprint: str
    variable: str
    question: str
    stem: str
    level: str
    multiple: bool
    sensitivity: str
    core: str
    mirror: str
    unit: str
    code: Code | None
    label: str
    positive: bool


RELEASED: Final = N_("ausgewiesen")
WITHHELD: Final = N_("nicht ausgewiesen")
SAMPLE: Final = N_("Beispieldaten")
WROTE: Final = N_("hat etwas geschrieben")
YES: Final = N_("ja")
LEVELS: Final = {
    Level.NOMINAL: N_("ohne Reihenfolge"),
    Level.ORDINAL: N_("mit Reihenfolge"),
    Level.NUMERIC: N_("Zahl"),
    Level.TEXT: N_("Text"),
}
RESULT_HEADS: Final = {
    "data": N_("Daten"),
    "sheet": N_("Bogen"),
    "wave": N_("Erhebung"),
    "audience": N_("Zielgruppe"),
    "questionnaire": N_("Fragebogen"),
    "version": N_("Version"),
    "variable": N_("Variable"),
    "core": N_("Kernfrage"),
    "question": N_("Frage"),
    "code": N_("Code"),
    "label": N_("Antwort"),
    "count": N_("Anzahl"),
    "percent": N_("Prozent"),
    "base": N_("n"),
    "missing": N_("fehlend"),
    "unanswered": N_("nicht beantwortet"),
    "refused": N_("weiß nicht"),
    "filtered": N_("nicht gefragt"),
    "status": N_("Status"),
    "reason": N_("Grund"),
}
CODEBOOK_HEADS: Final = {
    "questionnaire": N_("Fragebogen"),
    "version": N_("Version"),
    "fingerprint": N_("Prüfzeichen"),
    "variable": N_("Variable"),
    "question": N_("Frage"),
    "stem": N_("Einleitung"),
    "level": N_("Art"),
    "multiple": N_("mehrere Antworten"),
    "sensitivity": N_("Schutzstufe"),
    "core": N_("Kernfrage"),
    "mirror": N_("gespiegelt in"),
    "unit": N_("Einheit"),
    "code": N_("Code"),
    "label": N_("Antwort"),
    "positive": N_("zählt als positiv"),
}


def columns(row: type[Result] | type[CodebookEntry]) -> tuple[str, ...]:
    """Return the names of the columns: English, for programs."""
    return tuple(field.name for field in fields(row))


def values(row: Result | CodebookEntry) -> tuple[Value, ...]:
    """Return the values of a row in the order of the columns."""
    return astuple(row)


def results(sheet: EvaluationSheet, words: Words) -> Iterator[Result]:
    """Yield everything released about a measure, wave by wave, in the order of the questions."""
    for result in sheet.results:
        for row in result.rows:
            yield from _rows_of_variable(sheet, result, row, words)
        for variable in result.questionnaire.codebook():
            if variable.level is Level.TEXT:
                yield _row_of_text(sheet, result, variable, words)


def _rows_of_variable(
    sheet: EvaluationSheet, result: WaveResult, row: ResultRow, words: Words
) -> Iterator[Result]:
    table, variable = row.table, row.variable
    if isinstance(table, Withheld):
        yield _row(sheet, result, variable, words, withheld=table)
        return
    for cell, percent in zip(table.cells, percents_of(table), strict=True):
        label = variable.label_of(cell.code, words.code)
        yield _row(
            sheet,
            result,
            variable,
            words,
            answer=Answer(cell.code, label, cell.count, percent),
            table=table,
        )


def _row_of_text(
    sheet: EvaluationSheet, result: WaveResult, variable: Variable, words: Words
) -> Result:
    count = result.released.texts[variable.name]
    if isinstance(count, Withheld):
        return _row(sheet, result, variable, words, withheld=count)
    answer = Answer(None, words.gettext(WROTE), count, None)
    return _row(sheet, result, variable, words, answer=answer)


@dataclass(frozen=True)
class Answer:
    """What is known about one answer."""

    code: Code | None = None
    label: str = ""
    count: int | None = None
    percent: int | None = None


def _row(
    sheet: EvaluationSheet,
    result: WaveResult,
    variable: Variable,
    words: Words,
    *,
    answer: Answer = Answer(),
    table: Released | None = None,
    withheld: Withheld | None = None,
) -> Result:
    reasons = table.missing if table else None
    return Result(
        data=words.gettext(SAMPLE) if sheet.measure.network.sample else "",
        sheet=sheet.number,
        wave=result.wave.id,
        audience=words.gettext(result.wave.audience.label),
        questionnaire=result.released.questionnaire,
        version=result.released.version,
        variable=variable.name,
        core=variable.core or "",
        question=variable.text.said(words.code),
        code=answer.code,
        label=answer.label,
        count=answer.count,
        percent=answer.percent,
        base=table.base if table else None,
        missing=table.missing_total if table else None,
        unanswered=reasons.unanswered if reasons else None,
        refused=reasons.refused if reasons else None,
        filtered=reasons.filtered if reasons else None,
        status=words.gettext(WITHHELD if withheld else RELEASED),
        reason=withheld.message.said(words) if withheld else "",
    )


def codebook(sheet: EvaluationSheet, words: Words) -> Iterator[CodebookEntry]:
    """Yield the codebook of every questionnaire on the sheet, each once."""
    forms = {result.questionnaire.fingerprint: result for result in sheet.results}
    for fingerprint, result in forms.items():
        for variable in result.questionnaire.codebook():
            labels: Sequence[tuple[Code | None, str]] = [
                (label.code, label.text.said(words.code)) for label in variable.labels
            ]
            for code, label in labels or [(None, "")]:
                yield CodebookEntry(
                    questionnaire=result.released.questionnaire,
                    version=result.released.version,
                    fingerprint=fingerprint,
                    variable=variable.name,
                    question=variable.text.said(words.code),
                    stem=variable.stem.said(words.code) if variable.stem else "",
                    level=words.gettext(LEVELS[variable.level]),
                    multiple=variable.multiple,
                    sensitivity=variable.sensitivity.value,
                    core=variable.core or "",
                    mirror=variable.mirror or "",
                    unit=variable.unit.said(words.code) if variable.unit else "",
                    code=code,
                    label=label,
                    positive=code in variable.positive,
                )


def notes(sheet: EvaluationSheet, words: Words) -> Iterator[tuple[str, str]]:
    """Yield what a reader of the numbers has to know: a name and what it is."""
    measure = sheet.measure
    if measure.network.sample:
        yield words.gettext(SAMPLE), words.gettext(N_("Alle Angaben sind erfunden."))
    yield words.gettext(N_("Bogen")), sheet.number
    yield words.gettext(N_("Datenstand")), words.date(sheet.as_of)
    yield words.gettext(N_("Maßnahme")), measure.title
    yield words.gettext(N_("Kommune")), f"{measure.municipality.name} ({measure.municipality.ags})"
    yield words.gettext(N_("Träger")), measure.organisation.name
    yield words.gettext(N_("Kontakt")), measure.network.contact
    yield WITHHELD_SIGN, words.gettext(N_("zum Schutz nicht ausgewiesen, nicht null"))
    yield words.gettext(N_("Nicht ausgewiesene Werte")), words.number(sheet.method.withheld)
    for limit in sheet.limits:
        yield words.gettext(N_("Grenzen")), limit.said(words)


def safe(value: Value) -> Value:
    """Return a value that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe("-5"), safe(-5), safe("- nichts davon")
    ("'=1+1", '-5', -5, "'- nichts davon")
    """
    if isinstance(value, str) and value.startswith(DANGEROUS) and not NUMBER.fullmatch(value):
        return f"'{value}"
    return value
