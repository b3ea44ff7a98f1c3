"""Roll-ups: which there are of a year, and each of them as page, PDF and files.

They are made to be handed on, so they ask for the right to export; and for a reach that holds all
of what is rolled up (services/rolling_up.may_see). What lies beyond it is as missing as what never
was.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import Blueprint, Response, abort, redirect, request, url_for
from markupsafe import Markup

from survey_app.domain.messages import Words
from survey_app.domain.roll_up_report import RollUpReport
from survey_app.domain.scope import Scope
from survey_app.rendering.exports.base import Format
from survey_app.rendering.rollup import roll_up_html, title_of
from survey_app.services import exporting, rolling_up
from survey_app.services.printing import Printer
from survey_app.services.rolling_up import Possible, Year
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.downloads import PDF, attached
from survey_app.web.staff.pages import StaffPage
from survey_app.web.staff.selecting import is_wordy, year_from
from survey_app.web.staff.views import Staff

LIST: Final = "/gesamtauswertungen"
ONE: Final = f"{LIST}/<int:year>/<scope>"
FIRST_YEAR: Final = 1900


@dataclass(frozen=True)
class RollUpsPage(StaffPage):
    """The roll-ups of a year."""

    found: Year
    this_year: int

    @property
    def whole(self) -> tuple[Possible, ...]:
        """Return that of the network, if it is within reach."""
        return tuple(each for each in self.found.possible if not (each.town or each.scope.topic))

    @property
    def towns(self) -> tuple[Possible, ...]:
        """Return those of municipalities, by name."""
        return tuple(each for each in self.found.possible if each.town)

    @property
    def topics(self) -> tuple[Possible, ...]:
        """Return those of topics."""
        return tuple(each for each in self.found.possible if each.scope.topic)

    @property
    def years(self) -> tuple[int, ...]:
        """Return the years to choose from, the latest first."""
        return tuple(sorted({*self.found.years, self.found.year}, reverse=True))


@dataclass(frozen=True)
class RollUpPage(StaffPage):
    """One roll-up; `content` is drawn by the same template as the PDF."""

    title: str
    scope: Scope
    content: Markup
    formats: dict[str, Format]


class RollUps:
    """The views."""

    def __init__(self, desk: Desk, staff: Staff, printer: Printer) -> None:
        self._desk = desk
        self._house = desk.house
        self._staff = staff
        self._printer = printer

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes to the blueprint of staff."""
        blueprint.add_url_rule(LIST, "roll_ups", self.roll_ups)
        blueprint.add_url_rule(ONE, "roll_up", self.roll_up)
        blueprint.add_url_rule(f"{ONE}/gesamtauswertung.pdf", "roll_up_pdf", self.pdf)
        blueprint.add_url_rule(f"{ONE}/dateien/<name>", "roll_up_file", self.file)

    @property
    def _today(self) -> date:
        return self._house.clock.today()

    def roll_ups(self) -> Any:
        """Show which roll-ups there are of a year."""
        if is_wordy(request.args):
            return redirect(url_for("staff.roll_ups"), 303)
        found = rolling_up.possible_roll_ups(
            self._desk.database, self._desk.actor, year_from(request.args), self._today
        )
        return self._staff.drawn(
            "staff/rollups.html", RollUpsPage, found=found, this_year=self._today.year
        )

    def roll_up(self, year: int, scope: str) -> Any:
        """Show a roll-up."""
        report, words = self._report(year, scope), self._desk.words
        return self._staff.drawn(
            "staff/rollup.html",
            RollUpPage,
            title=title_of(report, words),
            scope=report.scope,
            content=roll_up_html(report, words),
            formats=dict(exporting.formats()) if report.rolled else {},
        )

    def pdf(self, year: int, scope: str) -> Response:
        """Send a roll-up as PDF."""
        report, words = self._report(year, scope), self._desk.words
        pdf = rolling_up.roll_up_pdf(self._printer, report, words)
        return attached(pdf, PDF, f"{_name(report, words)}.pdf")

    def file(self, year: int, scope: str, name: str) -> Response:
        """Send the core questions of a roll-up in one of the formats."""
        kind = exporting.formats().get(name) or abort(404)
        report, words = self._report(year, scope), self._desk.words
        title = title_of(report, words)
        extract = rolling_up.extract_of(report, f"{title} {year}") or abort(404)
        file = exporting.exported(name, extract, words)
        label = words.gettext(kind.label)
        saved_as = f"{_name(report, words)} {label}.{kind.suffix}"
        return attached(file.content, kind.media_type, saved_as)

    def _report(self, year: int, scope: str) -> RollUpReport:
        wanted = Scope.read(year, scope) if year >= FIRST_YEAR else None
        return (
            wanted
            and rolling_up.roll_up_of(
                self._desk.database,
                self._desk.actor,
                wanted,
                policy=self._house.settings.policy,
                as_of=self._today,
            )
        ) or abort(404)


def _name(report: RollUpReport, words: Words) -> str:
    return f"Gesamtauswertung {report.scope.year} {title_of(report, words)}"
