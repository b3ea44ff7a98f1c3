"""Results by group as CSV (RFC 4180): one row for each answer of each group.

A file of its own: added to the other table, everybody would stand in it twice. A wave whose
questionnaire declares no breakdown has one row that says so.
"""

from collections.abc import Iterator
from dataclasses import replace

from survey_app.domain.extract import Extract
from survey_app.domain.messages import N_, Words
from survey_app.rendering.exports.base import Format, row_of
from survey_app.rendering.exports.csv_rfc4180 import table
from survey_app.rendering.exports.grouped import GroupResult, section_group_results

NONE = N_("keine Gruppen vorgesehen")


def export(extract: Extract, words: Words) -> bytes:
    """Return the table by group."""
    return table(GroupResult, _rows(extract, words))


def _rows(extract: Extract, words: Words) -> Iterator[GroupResult]:
    for section in extract.sections:
        if section.groups:
            yield from section_group_results(extract, section, words)
        elif section.variables:
            row = row_of(extract, section, section.variables[0], words)
            none = replace(row, variable="", core="", question="", status=words.gettext(NONE))
            yield GroupResult(**vars(none), by="", by_question="", group=None, group_label="")


FORMAT = Format(
    "csv",
    "text/csv; charset=utf-8",
    N_("CSV nach Gruppen"),
    N_("Nach Alter, Geschlecht oder Rolle, wo der Fragebogen das vorsieht."),
    export,
)
