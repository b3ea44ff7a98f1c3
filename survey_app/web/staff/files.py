"""The files of a measure, all of them on one page: for whom each is, how big, with which checksum.

A file that goes by mail can be held against the checksum that stands here: the same results give
the same bytes as long as the day is the same (rendering/exports).
"""

import math
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint

from survey_app.domain.extract import Extract, extract_of
from survey_app.domain.measure import Measure
from survey_app.services import exporting
from survey_app.services.exporting import ExportedFile
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.pages import StaffPage
from survey_app.web.staff.views import MEASURE, Staff

KILO: Final = 1024


@dataclass(frozen=True)
class FilesPage(StaffPage):
    """All files of a measure; `files` are in the formats on offer."""

    measure: Measure
    extract: Extract
    files: tuple[ExportedFile, ...]

    def kilobytes(self, file: ExportedFile) -> int:
        """Return how big a file is, rounded up."""
        return math.ceil(len(file.content) / KILO)


class Files:
    """The view."""

    def __init__(self, desk: Desk, staff: Staff) -> None:
        self._desk = desk
        self._staff = staff

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the route to the blueprint of staff."""
        blueprint.add_url_rule(f"{MEASURE}/dateien", "files", self.files)

    def files(self, measure: int) -> Any:
        """Show every file there is of a measure."""
        sheet = self._desk.results(measure)
        extract = extract_of(sheet)
        files = exporting.all_files(extract, self._desk.words)
        return self._staff.drawn(
            "staff/all_files.html", FilesPage, measure=sheet.measure, extract=extract, files=files
        )
