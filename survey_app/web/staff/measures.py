"""The list of measures, searched and narrowed down by its address, and the white spots."""

from typing import Any

from flask import Blueprint, redirect, request, url_for

from survey_app.domain.rights import Reach
from survey_app.services import finding
from survey_app.web.staff import pages
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.measure_pages import MeasuresPage, WhiteSpotsPage
from survey_app.web.staff.selecting import (
    arguments_of,
    is_wordy,
    page_from,
    selection_from,
    year_from,
)
from survey_app.web.staff.views import Staff


class Measures:
    """The views."""

    def __init__(self, desk: Desk, staff: Staff) -> None:
        self._desk = desk
        self._house = desk.house
        self._staff = staff

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes to the blueprint of staff."""
        blueprint.add_url_rule("/massnahmen", "measures", self.measures)
        blueprint.add_url_rule("/massnahmen/weisse-flecken", "white_spots", self.white_spots)

    def measures(self) -> Any:
        """Show the measures somebody asks for; what a form left empty leaves the address."""
        selection, number = selection_from(request.args), page_from(request.args)
        if is_wordy(request.args):
            arguments: dict[str, Any] = dict(arguments_of(selection))
            return redirect(url_for("staff.measures", **arguments), 303)
        self._desk.close_what_is_due()
        found = finding.find_measures(
            self._desk.database,
            self._desk.actor,
            selection,
            self._house.clock.today(),
            page=number,
        )
        return self._staff.drawn(
            "staff/measures.html",
            MeasuresPage,
            found=found,
            selection=selection,
            lines=tuple(
                pages.MeasureLine(each.measure, pages.views_of(each)) for each in found.measures
            ),
            notes=self._desk.notes(found.organisations),
        )

    def white_spots(self) -> Any:
        """Show where there is what, and where there is nothing."""
        year = year_from(request.args)
        if is_wordy(request.args):
            return redirect(url_for("staff.white_spots"), 303)
        actor = self._desk.actor
        return self._staff.drawn(
            "staff/white_spots.html",
            WhiteSpotsPage,
            district=finding.find_white_spots(self._desk.database, actor, year),
            year=year,
            is_part=actor.reach is not Reach.NETWORK,
        )
