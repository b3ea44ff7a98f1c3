"""The files of staff: posters, evaluation sheets, tables.

PDFs are drawn in child processes, never in this one (docs/adr/008), and kept by their content.
Every file is sent as an attachment, with a name that people recognise in their folder (RFC 6266).
"""

import re
from io import BytesIO

from flask import Blueprint, Response, abort, send_file

from survey_app.domain.questionnaire import Audience
from survey_app.domain.text import FALLBACK
from survey_app.domain.wave import Wave
from survey_app.languages import Language
from survey_app.services import exporting, printing
from survey_app.services.printing import Printer
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.views import MEASURE, WAVE, wave_of

PDF = "application/pdf"
UNFIT_FOR_NAMES = re.compile(r'[\x00-\x1f\x7f"*/:<>?\\|]+')


class Downloads:
    """The views that answer with a file."""

    def __init__(self, desk: Desk, printer: Printer) -> None:
        self._desk = desk
        self._house = desk.house
        self._printer = printer

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes to the blueprint of staff."""
        blueprint.add_url_rule(f"{WAVE}/poster.pdf", "poster", self.poster)
        blueprint.add_url_rule(f"{MEASURE}/auswertungsbogen.pdf", "sheet_pdf", self.sheet)
        blueprint.add_url_rule(f"{MEASURE}/anlagen.pdf", "sheet_annex", self.annex)
        blueprint.add_url_rule(f"{MEASURE}/bogen-mit-anlagen.pdf", "sheet_bundle", self.bundle)
        blueprint.add_url_rule(f"{MEASURE}/dateien/<name>", "file", self.file)

    def poster(self, measure: int, wave: int) -> Response:
        """Send the posters of a wave, a page for each way in."""
        fielded = self._desk.measure(measure)
        planned = wave_of(fielded, wave).fielded
        words = self._poster_words(planned.wave)
        settings = self._house.settings
        posters = [
            printing.invitation_of(
                fielded.measure,
                planned.wave,
                collector,
                words,
                public_url=settings.public_url,
                policy=settings.policy,
                help_card=self._house.directory.help_for(fielded.measure.network.name),
            )
            for collector in planned.collectors
        ]
        pdf = printing.poster_pdf(self._printer, posters, words)
        return attached(pdf, PDF, f"Poster {fielded.measure.title} {posters[0].code}.pdf")

    def sheet(self, measure: int) -> Response:
        """Send the evaluation sheet."""
        sheet = self._desk.results(measure)
        self._desk.note_sheet_read(measure)
        pdf = printing.sheet_pdf(self._printer, sheet, self._desk.words)
        return attached(pdf, PDF, f"Auswertungsbogen {sheet.measure.title} {sheet.as_of}.pdf")

    def annex(self, measure: int) -> Response:
        """Send the annexes of the evaluation sheet."""
        sheet = self._desk.results(measure)
        pdf = printing.annex_pdf(self._printer, sheet, self._desk.words)
        return attached(pdf, PDF, f"Anlagen {sheet.measure.title} {sheet.as_of}.pdf")

    def bundle(self, measure: int) -> Response:
        """Send the evaluation sheet with its annexes in one file."""
        sheet = self._desk.results(measure)
        self._desk.note_sheet_read(measure)
        pdf = printing.bundle_pdf(self._printer, sheet, self._desk.words)
        return attached(pdf, PDF, f"Bogen mit Anlagen {sheet.measure.title} {sheet.as_of}.pdf")

    def file(self, measure: int, name: str) -> Response:
        """Send the released tables of a measure in one of the formats."""
        sheet = self._desk.results(measure)
        kind = exporting.formats().get(name) or abort(404)
        content = exporting.export(name, sheet, self._desk.words)
        label = self._desk.words.gettext(kind.label)  # three of them are a .csv
        title = f"{label} {sheet.measure.title} {sheet.as_of}.{kind.suffix}"
        return attached(content, kind.media_type, title)

    def _poster_words(self, wave: Wave) -> Language:
        """Return the language of a poster: German, whatever the browser of its printer speaks."""
        languages = self._house.languages
        german = languages.all[FALLBACK]
        return languages.polite(german) if wave.audience is Audience.PROFESSIONALS else german


def attached(content: bytes, media_type: str, name: str) -> Response:
    """Answer with a file to be saved under `name`."""
    response = send_file(
        BytesIO(content),
        as_attachment=True,
        download_name=" ".join(UNFIT_FOR_NAMES.sub(" ", name).split()),
        etag=False,
    )
    response.content_type = media_type
    response.headers["Cache-Control"] = "no-store"
    return response
