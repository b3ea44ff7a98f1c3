"""An Excel workbook: results, codebook, notes.

Rows are written one after the other in constant memory. Text is written as text: XlsxWriter turns
neither "=1+1" into a formula nor an address into a link, so nothing has to be changed in it. The
day of the data is the day of the file, so that the same sheet gives the same bytes.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from survey_app.domain.messages import N_, Words
from survey_app.domain.sheet import EvaluationSheet
from survey_app.rendering.exports.base import (
    CODEBOOK_HEADS,
    RESULT_HEADS,
    WITHHELD_SIGN,
    YES,
    CodebookEntry,
    Format,
    Result,
    Value,
    codebook,
    columns,
    notes,
    results,
    values,
)

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
WIDTHS = {"question": 52, "label": 28, "stem": 30, "reason": 48, "fingerprint": 19}
COMMON_WIDTH = 14
NARROW = {"wave", "version", "core", "code", "count", "percent", "base", "missing", "sensitivity"}
NUMBERS = ("count", "percent", "base")


def export(sheet: EvaluationSheet, words: Words) -> bytes:
    """Return the workbook."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        book.set_properties(
            {
                "title": sheet.measure.title,
                "subject": sheet.number,
                "created": datetime.combine(sheet.as_of, datetime.min.time()),
            }
        )
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        _fill(
            book.add_worksheet(words.gettext(N_("Ergebnisse"))),
            _heads(Result, RESULT_HEADS, words),
            (_result(row) for row in results(sheet, words)),
            head,
        )
        _fill(
            book.add_worksheet(words.gettext(N_("Codebuch"))),
            _heads(CodebookEntry, CODEBOOK_HEADS, words),
            (_entry(row, words) for row in codebook(sheet, words)),
            head,
        )
        _notes(book.add_worksheet(words.gettext(N_("Hinweise"))), sheet, words, head, wrap)
    return file.getvalue()


def _heads(
    row: type[Result] | type[CodebookEntry], heads: Mapping[str, str], words: Words
) -> dict[str, str]:
    return {name: words.gettext(heads[name]) for name in columns(row)}


def _fill(page: Any, heads: Mapping[str, str], rows: Iterable[Sequence[Value]], bold: Any) -> None:
    page.freeze_panes(1, 0)
    for place, name in enumerate(heads):
        width = WIDTHS.get(name, 9 if name in NARROW else COMMON_WIDTH)
        page.set_column(place, place, width)
    for place, label in enumerate(heads.values()):
        page.write_string(0, place, label, bold)
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            _write(page, number, place, value)


def _write(page: Any, row: int, column: int, value: Value) -> None:
    if isinstance(value, str):
        if value:
            page.write_string(row, column, value)
    elif value is not None:
        page.write_number(row, column, value)


def _result(row: Result) -> list[Value]:
    return [
        WITHHELD_SIGN if row.reason and name in NUMBERS else value
        for name, value in zip(columns(Result), values(row), strict=True)
    ]


def _entry(row: CodebookEntry, words: Words) -> list[Value]:
    yes = words.gettext(YES)
    return [(yes if value else "") if isinstance(value, bool) else value for value in values(row)]


def _notes(page: Any, sheet: EvaluationSheet, words: Words, bold: Any, wrap: Any) -> None:
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 90)
    for number, (name, text) in enumerate(notes(sheet, words)):
        page.write_string(number, 0, name, bold)
        page.write_string(number, 1, text, wrap)


FORMAT = Format(
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    N_("Excel-Arbeitsmappe"),
    export,
)
