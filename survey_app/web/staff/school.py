"""Asking a school: the pack for its head, whole or in parts.

What its head answers is recorded elsewhere.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from flask import Blueprint, Response, abort

from survey_app.domain.measure import Measure
from survey_app.domain.school_request import SchoolRequest
from survey_app.domain.text import FALLBACK
from survey_app.languages import Language
from survey_app.rendering.school_request import Pack
from survey_app.services import branding, school_requests
from survey_app.services.printing import Printer
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.downloads import PDF, attached
from survey_app.web.staff.pages import StaffPage, WaveView
from survey_app.web.staff.views import WAVE, wave_of
from survey_app.web.templating import draw

WHOLE: Final = "alles"


@dataclass(frozen=True)
class SchoolPage(StaffPage):
    """What the pack holds. `letters` and `forms` are the languages of letter and questionnaire."""

    request: SchoolRequest
    view: WaveView
    letters: tuple[Language, ...]
    forms: tuple[Language, ...]

    @property
    def checked_on(self) -> date | None:
        """Return when the rules of the Land were last compared with their sources."""
        land = self.request.land
        return date.fromisoformat(land.checked_on) if land else None

    @property
    def measure(self) -> Measure:
        """Return the measure, for the way back."""
        return self.request.measure


class School:
    """The views."""

    def __init__(self, desk: Desk, printer: Printer) -> None:
        self._desk = desk
        self._house = desk.house
        self._printer = printer

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes to the blueprint of staff."""
        blueprint.add_url_rule(f"{WAVE}/schule", "school", self.school)
        blueprint.add_url_rule(f"{WAVE}/schule/<part>.pdf", "school_file", self.file)

    def school(self, measure: int, wave: int) -> str:
        """Show what the pack holds."""
        view = wave_of(self._desk.measure(measure), wave)
        page = SchoolPage(
            person=self._desk.account.email,
            network=self._desk.account.network,
            request=self._request(measure, wave),
            view=view,
            letters=self._house.languages.offered,
            forms=self._house.languages.of(view.wave.questionnaire),
        )
        return draw("staff/school.html", self._desk.words, page)

    def file(self, measure: int, wave: int, part: str) -> Response:
        """Send the pack, or one part of it."""
        request = self._request(measure, wave)
        wanted = [each for each in request.parts if part in (WHOLE, each.value)] or abort(404)
        pack = self._pack(request)
        pdf = school_requests.pack_pdf(self._printer, pack, wanted)
        label = wanted[0].label if len(wanted) == 1 else "Unterlagen für die Schule"
        return attached(pdf, PDF, f"{label} {request.measure.title}.pdf")

    def _request(self, measure: int, wave: int) -> SchoolRequest:
        fielded = self._desk.measure(measure)
        settings = self._house.settings
        return school_requests.request_of(
            fielded.measure,
            wave_of(fielded, wave).wave,
            policy=settings.policy,
            directory=self._house.directory,
            recount_days=settings.recount_days,
            text_days=settings.text_days,
            today=self._house.clock.today(),
        )

    def _pack(self, request: SchoolRequest) -> Pack:
        """Return the pack in German, whatever the browser of its sender speaks."""
        languages, questionnaire = self._house.languages, request.wave.questionnaire
        german = languages.all[FALLBACK]
        view = wave_of(self._desk.measure(request.measure.id), request.wave.id)
        return school_requests.pack_of(
            request,
            view.fielded.collectors[0],
            languages.polite(german),
            letters=[languages.polite(each) for each in languages.offered],
            forms=languages.of(questionnaire),
            poster=german if request.asks_young_people else languages.polite(german),
            public_url=self._house.settings.public_url,
            branding=branding.branding_of(self._desk.database, self._desk.network),
        )
