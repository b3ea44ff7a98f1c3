"""What the formats have in common: one tidy table of results.

A result row is one answer of one variable in one wave. A variable that is withheld has one row
with its reason and no number; so nobody reads a missing row as zero. Free text is counted, never
exported. What explains the table (codebook, notes) is in `explaining.py`.

**Formulas.** A spreadsheet runs what begins with = + - @, a tab or a line break. A *text* that
begins so gets an apostrophe in front; numbers stay numbers, and so does a text that is a number:
-5 is not an attack.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass, fields
from importlib.util import find_spec
from typing import Final

from survey_app.domain.codebook import Variable
from survey_app.domain.disclosure import Released, Withheld
from survey_app.domain.extract import Extract, Section
from survey_app.domain.messages import N_, Words
from survey_app.domain.response import Code
from survey_app.domain.results import ResultRow
from survey_app.domain.statistics import percents_of

WITHHELD_SIGN: Final = "•"
DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
NUMBER: Final = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")
NUMBERS: Final = ("count", "percent", "base")  # what shows the sign where it is withheld

Value = str | int | None


@dataclass(frozen=True)
class Format:
    """One export format.

    `label` and `about` are German, to be translated: what it is called, and whom it is for.
    `needs` are libraries that do not come with the product (an extra of pyproject.toml); without
    them the format is not offered.
    """

    suffix: str
    media_type: str
    label: str
    about: str
    export: Callable[[Extract, Words], bytes]
    needs: tuple[str, ...] = ()

    @property
    def is_available(self) -> bool:
        """Return whether everything it needs is installed."""
        return all(find_spec(name) for name in self.needs)


@dataclass(frozen=True)
class Result:
    """One row of the table of results. None means: there is no such number, or it is withheld.

    `missing`, `unanswered`, `refused` and `filtered` count the people without a valid answer; by
    reason only where that may be said. `reason` is for people, `reason_code` for programs
    (`disclosure.Reason`). Names and order are an interface: new columns come at the end.
    """

    data: str
    sheet: str
    wave: int | None
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
    reason_code: str
    fingerprint: str


RELEASED: Final = N_("ausgewiesen")
WITHHELD: Final = N_("nicht ausgewiesen")
SAMPLE: Final = N_("Beispieldaten")
WROTE: Final = N_("hat etwas geschrieben")
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
    "reason_code": N_("Kürzel des Grundes"),
    "fingerprint": N_("Prüfzeichen"),
}


def columns(row: type[object]) -> tuple[str, ...]:
    """Return the names of the columns of a kind of rows: English, for programs."""
    return tuple(field.name for field in fields(row))  # type: ignore[arg-type]


def values(row: object) -> tuple[Value, ...]:
    """Return the values of a row in the order of the columns."""
    return astuple(row)  # type: ignore[call-overload, no-any-return]


def results(extract: Extract, words: Words) -> Iterator[Result]:
    """Yield everything that is released, section by section, in the order of the questions."""
    for section in extract.sections:
        yield from section_results(extract, section, words)


def section_results(extract: Extract, section: Section, words: Words) -> Iterator[Result]:
    """Yield the rows of one section."""
    for row in section.rows:
        yield from _rows_of_variable(extract, section, row, words)
    for variable, count in section.texts:
        yield _row_of_text(extract, section, variable, count, words)


def _rows_of_variable(
    extract: Extract, section: Section, row: ResultRow, words: Words
) -> Iterator[Result]:
    table, variable = row.table, row.variable
    if isinstance(table, Withheld):
        yield row_of(extract, section, variable, words, withheld=table)
        return
    yield from rows_of_table(extract, section, variable, table, words)


def rows_of_table(
    extract: Extract, section: Section, variable: Variable, table: Released, words: Words
) -> Iterator[Result]:
    """Yield one row for each answer of a released table."""
    for cell, percent in zip(table.cells, percents_of(table), strict=True):
        label = variable.label_of(cell.code, words.code)
        answer = Answer(cell.code, label, cell.count, percent)
        yield row_of(extract, section, variable, words, answer=answer, table=table)


def _row_of_text(
    extract: Extract, section: Section, variable: Variable, count: int | Withheld, words: Words
) -> Result:
    if isinstance(count, Withheld):
        return row_of(extract, section, variable, words, withheld=count)
    answer = Answer(None, words.gettext(WROTE), count, None)
    return row_of(extract, section, variable, words, answer=answer)


@dataclass(frozen=True)
class Answer:
    """What is known about one answer."""

    code: Code | None = None
    label: str = ""
    count: int | None = None
    percent: int | None = None


def row_of(
    extract: Extract,
    section: Section,
    variable: Variable,
    words: Words,
    *,
    answer: Answer = Answer(),
    table: Released | None = None,
    withheld: Withheld | None = None,
) -> Result:
    """Return one row: of an answer, or of what is withheld."""
    reasons = table.missing if table else None
    return Result(
        data=words.gettext(SAMPLE) if extract.sample else "",
        sheet=extract.number,
        wave=section.wave,
        audience=words.gettext(section.audience.label),
        questionnaire=section.questionnaire,
        version=section.version,
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
        reason_code=withheld.reason.value if withheld else "",
        fingerprint=section.fingerprint,
    )


def safe(value: Value) -> Value:
    """Return a value that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe("-5"), safe(-5), safe("- nichts davon")
    ("'=1+1", '-5', -5, "'- nichts davon")
    """
    if isinstance(value, str) and value.startswith(DANGEROUS) and not NUMBER.fullmatch(value):
        return f"'{value}"
    return value
