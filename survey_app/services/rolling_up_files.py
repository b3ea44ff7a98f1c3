"""Roll-ups as documents and files, for programs and commands.

Everything is made of a report (services/rolling_up.py), which holds what was released and nothing
else.
"""

from survey_app.domain.messages import Words
from survey_app.domain.roll_up_report import RollUpReport
from survey_app.rendering.rollup import title_of
from survey_app.rendering.rollup_json import SCHEMA_FILE, roll_up_document
from survey_app.services import exporting
from survey_app.services.exporting import ExportedFile
from survey_app.services.rolling_up import extract_of

ROLL_UP_SCHEMA = SCHEMA_FILE  # of the document, for whoever asks


def document_of(report: RollUpReport, words: Words) -> bytes:
    """Return a roll-up as JSON, by the schema mitreden-rollup/1."""
    return roll_up_document(report, extract_of(report, named(report, words)), words)


def file_of(report: RollUpReport, name: str, words: Words) -> ExportedFile | None:
    """Return the core questions in a format; None if nothing is released.

    Raises KeyError if there is no such format.
    """
    extract = extract_of(report, named(report, words))
    return exporting.exported(name, extract, words) if extract else None


def named(report: RollUpReport, words: Words) -> str:
    """Return what a roll-up is called in lists and files."""
    return f"{title_of(report, words)} {report.scope.year}"
