"""An Excel workbook: results, groups, a chart for each table, codebook, notes.

Rows are written one after the other in constant memory. Text is written as text: XlsxWriter turns
neither "=1+1" into a formula nor an address into a link, so nothing has to be changed in it. The
day of the data is the day of the file, so that the same extract gives the same bytes.

Charts are Excel's own: they read the cells of the results, so they can be copied into a report and
change with them. Answers that have an order stand as columns, those that have none as bars. A table
that is withheld has no chart. The heading of a chart is a cell, never a text of its own: one that
began with = would be read as a reference.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import xlsxwriter

from survey_app.domain.codebook import Level, Variable
from survey_app.domain.disclosure import Released
from survey_app.domain.extract import Extract, Section
from survey_app.domain.messages import N_, Words
from survey_app.rendering.exports.base import (
    NUMBERS,
    RESULT_HEADS,
    WITHHELD_SIGN,
    Format,
    Result,
    Value,
    columns,
    section_results,
    values,
)
from survey_app.rendering.exports.explaining import (
    CODEBOOK_HEADS,
    YES,
    CodebookEntry,
    codebook,
    notes,
)
from survey_app.rendering.exports.grouped import (
    GROUP_HEADS,
    GroupResult,
    group_results,
    has_groups,
)

COUNT: Final = RESULT_HEADS["count"]
OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
WIDTHS: Final = {
    "question": 52,
    "by_question": 28,
    "label": 28,
    "stem": 30,
    "reason": 48,
    "fingerprint": 19,
}
COMMON_WIDTH: Final = 14
NARROW: Final = frozenset(
    {"wave", "version", "core", "code", "count", "percent", "base", "missing", "sensitivity"}
)
RESULTS: Final = N_("Ergebnisse")
GROUPS: Final = N_("Nach Gruppen")
CHARTS: Final = N_("Diagramme")
CODEBOOK: Final = N_("Codebuch")
NOTES: Final = N_("Hinweise")
DRAWN: Final = N_("%(variable)s: %(question)s · n = %(n)s")
DRAWN_OF_WAVE: Final = N_("%(variable)s: %(question)s · Erhebung %(wave)s · n = %(n)s")
ALT: Final = N_("Diagramm der Tabelle %(variable)s; die Zahlen stehen im Blatt „%(sheet)s“.")
INK: Final = "#0B5A6B"
CHART_ROWS: Final = 16  # of the sheet of charts: a heading and the room below it
PIXELS: Final = {"width": 620, "height": 290}


@dataclass(frozen=True)
class Drawn:
    """A table that has a chart: where its rows stand, both ends included."""

    variable: Variable
    section: Section
    table: Released
    first: int
    last: int


def export(extract: Extract, words: Words) -> bytes:
    """Return the workbook."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        book.set_properties(
            {
                "title": extract.title,
                "subject": extract.number,
                "created": datetime.combine(extract.as_of, datetime.min.time()),
            }
        )
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        bold = book.add_format({"bold": True})
        numbers = book.add_worksheet(words.gettext(RESULTS))
        _fill(
            numbers,
            _heads(Result, RESULT_HEADS, words),
            (
                _result(row)
                for section in extract.sections
                for row in section_results(extract, section, words)
            ),
            head,
        )
        if has_groups(extract):
            _fill(
                book.add_worksheet(words.gettext(GROUPS)),
                _heads(GroupResult, GROUP_HEADS, words),
                (_result(row) for row in group_results(extract, words)),
                head,
            )
        drawn = tuple(_drawn(extract))
        if drawn:
            page = book.add_worksheet(words.gettext(CHARTS))
            _charts(book, page, numbers.get_name(), drawn, words, bold)
        _fill(
            book.add_worksheet(words.gettext(CODEBOOK)),
            _heads(CodebookEntry, CODEBOOK_HEADS, words),
            (_entry(row, words) for row in codebook(extract, words)),
            head,
        )
        _notes(book.add_worksheet(words.gettext(NOTES)), extract, words, head, wrap)
    return file.getvalue()


# Tables


def _heads(row: type[object], heads: Mapping[str, str], words: Words) -> dict[str, str]:
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
        for name, value in zip(columns(type(row)), values(row), strict=True)
    ]


def _entry(row: CodebookEntry, words: Words) -> list[Value]:
    yes = words.gettext(YES)
    return [(yes if value else "") if isinstance(value, bool) else value for value in values(row)]


def _notes(page: Any, extract: Extract, words: Words, bold: Any, wrap: Any) -> None:
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 90)
    for number, (name, text) in enumerate(notes(extract, words)):
        page.write_string(number, 0, name, bold)
        page.write_string(number, 1, text, wrap)


# Charts


def _drawn(extract: Extract) -> Iterator[Drawn]:
    """Yield the tables that have a chart, with the rows in which `results` writes them."""
    row = 1
    for section in extract.sections:
        for each in section.rows:
            length = len(each.table.cells) if isinstance(each.table, Released) else 1
            if isinstance(each.table, Released) and length:
                yield Drawn(each.variable, section, each.table, row, row + length - 1)
            row += length
        row += len(section.texts)


def _charts(
    book: Any, page: Any, numbers: str, drawn: Sequence[Drawn], words: Words, bold: Any
) -> None:
    page.hide_gridlines(2)
    page.set_column(0, 0, 90)
    for place, each in enumerate(drawn):
        page.write_string(place * CHART_ROWS, 0, _heading(each, words), bold)
        alt = {"variable": each.variable.name, "sheet": numbers}
        page.insert_chart(
            place * CHART_ROWS + 1,
            0,
            _chart(book, numbers, each, words),
            {"description": words.gettext(ALT) % alt},
        )


def _heading(each: Drawn, words: Words) -> str:
    text = DRAWN if each.section.wave is None else DRAWN_OF_WAVE
    return words.gettext(text) % {
        "variable": each.variable.name,
        "question": each.variable.text.said(words.code),
        "wave": each.section.wave,
        "n": each.table.base,
    }


def _chart(book: Any, numbers: str, each: Drawn, words: Words) -> Any:
    is_ordered = each.variable.level in (Level.ORDINAL, Level.NUMERIC)
    chart = book.add_chart({"type": "column" if is_ordered else "bar"})
    chart.add_series(
        {
            "categories": _cells(numbers, each, "label"),
            "values": _cells(numbers, each, "count"),
            "fill": {"color": INK},
            "gap": 20 if each.variable.level is Level.NUMERIC else 60,
            "data_labels": {"value": True},
        }
    )
    chart.set_legend({"none": True})
    chart.set_size(PIXELS)
    answers = {"reverse": not is_ordered}  # bars begin at the bottom, tables at the top
    counts = {
        "name": words.gettext(COUNT),
        "min": 0,
        "major_gridlines": {"visible": False},
    }
    chart.set_x_axis(answers)
    chart.set_y_axis(counts)
    chart.set_title({"none": True})
    return chart


def _cells(numbers: str, each: Drawn, name: str) -> list[str | int]:
    """Return where a column of a table stands: sheet, first cell, last cell."""
    column = columns(Result).index(name)
    return [numbers, each.first, column, each.last, column]


FORMAT = Format(
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    N_("Excel-Arbeitsmappe"),
    N_("Tabellen, Diagramme, Codebuch und Hinweise, jedes auf einem Blatt."),
    export,
)
