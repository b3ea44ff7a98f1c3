"""CSV as a German Excel opens it by a double click: UTF-8 with BOM, semicolons, decimal comma.

There are whole numbers only, so the comma never shows; the first lines are German headings.
"""

import csv
import io
from collections.abc import Sequence

from survey_app.domain.extract import Extract
from survey_app.domain.messages import N_, Words
from survey_app.rendering.exports.base import (
    NUMBERS,
    RESULT_HEADS,
    WITHHELD_SIGN,
    Format,
    Result,
    Value,
    columns,
    results,
    safe,
    values,
)


def export(extract: Extract, words: Words) -> bytes:
    """Return the table of results; a withheld number is the sign "•"."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    names = columns(Result)
    writer.writerow(words.gettext(RESULT_HEADS[name]) for name in names)
    for row in results(extract, words):
        writer.writerow(_cells(names, values(row), withheld=bool(row.reason)))
    return file.getvalue().encode("utf-8-sig")


def _cells(names: Sequence[str], row: Sequence[Value], *, withheld: bool) -> list[Value]:
    return [
        WITHHELD_SIGN if withheld and name in NUMBERS else safe(value)
        for name, value in zip(names, row, strict=True)
    ]


FORMAT = Format(
    "csv",
    "text/csv; charset=utf-8",
    N_("CSV für Excel"),
    N_("Öffnet sich per Doppelklick in einem deutschen Excel."),
    export,
)
