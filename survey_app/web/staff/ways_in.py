"""The ways into a wave: another one, and what one is set up for."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, redirect, url_for

from survey_app.domain.collector import Collector, read_code
from survey_app.domain.messages import InvalidDefinition
from survey_app.services import ways_in
from survey_app.web.staff import forms, pages
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.views import WAVE, Staff, wave_of

Deed = Callable[[forms.OptionsForm], Collector | None]


class WaysIn:
    """The views; both are one form with one sentence for each option."""

    def __init__(self, desk: Desk, staff: Staff) -> None:
        self._desk = desk
        self._staff = staff

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes to the blueprint of staff."""
        both = ["GET", "POST"]
        blueprint.add_url_rule(f"{WAVE}/zugaenge/neu", "new_way_in", self.new, methods=both)
        blueprint.add_url_rule(f"{WAVE}/zugaenge/<code>", "way_in", self.set_up, methods=both)

    def new(self, measure: int, wave: int) -> Any:
        """Give a wave another way in."""

        def open_it(form: forms.OptionsForm) -> Collector | None:
            label = form.label.data.strip() if isinstance(form, forms.WayInForm) else ""
            return ways_in.open_way_in(
                self._desk.database,
                self._desk.network,
                wave,
                label=label,
                **form.options,
                today=self._desk.house.clock.today(),
                actor=self._desk.account.email,
            )

        return self._answer(measure, wave, None, forms.WayInForm(prefix="z-"), open_it)

    def set_up(self, measure: int, wave: int, code: str) -> Any:
        """Change what a way in is set up for."""
        collector = self._collector(measure, wave, code)

        def change_it(form: forms.OptionsForm) -> Collector | None:
            return ways_in.set_up_collector(
                self._desk.database,
                self._desk.network,
                collector.code,
                **form.options,
                today=self._desk.house.clock.today(),
                actor=self._desk.account.email,
            )

        return self._answer(
            measure, wave, collector, forms.OptionsForm(prefix="z-", obj=collector), change_it
        )

    def _answer(
        self,
        measure: int,
        wave: int,
        collector: Collector | None,
        form: forms.OptionsForm,
        deed: Deed,
    ) -> Any:
        fielded = self._desk.measure(measure)
        view = wave_of(fielded, wave)
        if form.validate_on_submit():
            try:
                deed(form) or abort(404)
            except InvalidDefinition as invalid:
                forms.blame(form, invalid, self._desk.words)
            else:
                return self._back(measure, wave)
        elif not view.takes_ways_in:
            return self._back(measure, wave)
        return self._staff.form(
            "staff/way_in.html",
            pages.WayInPage,
            form,
            measure=fielded.measure,
            view=view,
            collector=collector,
        )

    def _collector(self, measure: int, wave: int, typed: str) -> Collector:
        """Return a way into this very wave, or answer 404."""
        code = read_code(typed)
        known = wave_of(self._desk.measure(measure), wave).fielded.collectors
        return next((each for each in known if each.code == code), None) or abort(404)

    def _back(self, measure: int, wave: int) -> Any:
        return redirect(url_for("staff.wave", measure=measure, wave=wave), 303)
