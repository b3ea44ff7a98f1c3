"""CSV as RFC 4180 has it, for R, Python and databases: commas, UTF-8, English column names.

An empty field is a number that does not exist or is withheld; `status` and `reason` say which.
Column names and their order are an interface: new ones come at the end.
"""

import csv
import io

from survey_app.domain.messages import N_, Words
from survey_app.domain.sheet import EvaluationSheet
from survey_app.rendering.exports.base import Format, Result, columns, results, safe, values


def export(sheet: EvaluationSheet, words: Words) -> bytes:
    """Return the table of results."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(columns(Result))
    for row in results(sheet, words):
        writer.writerow(map(safe, values(row)))
    return file.getvalue().encode()


FORMAT = Format("csv", "text/csv; charset=utf-8", N_("CSV für R und Datenbanken"), export)
