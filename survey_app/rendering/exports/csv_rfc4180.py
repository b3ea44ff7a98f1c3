"""CSV as RFC 4180 has it, for R, Python and databases: commas, UTF-8, English column names.

An empty field is a number that does not exist or is withheld; `status` and `reason` say which.
Column names and their order are an interface: new ones come at the end.
"""

import csv
import io
from collections.abc import Iterable

from survey_app.domain.extract import Extract
from survey_app.domain.messages import N_, Words
from survey_app.rendering.exports.base import Format, Result, columns, results, safe, values


def export(extract: Extract, words: Words) -> bytes:
    """Return the table of results."""
    return table(Result, results(extract, words))


def table(kind: type[object], rows: Iterable[object]) -> bytes:
    """Return rows of one kind under the names of their columns."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(columns(kind))
    for row in rows:
        writer.writerow(map(safe, values(row)))
    return file.getvalue().encode()


FORMAT = Format(
    "csv",
    "text/csv; charset=utf-8",
    N_("CSV für R und Datenbanken"),
    N_("Kommas, UTF-8, englische Spaltennamen (RFC 4180)."),
    export,
)
