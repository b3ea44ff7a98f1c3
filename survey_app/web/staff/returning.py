"""The day of the results, and how they will look to those who answered."""

from typing import Any

from flask import Blueprint, abort, redirect, url_for

from survey_app.domain.messages import InvalidDefinition
from survey_app.domain.questionnaire import Audience
from survey_app.languages import Language
from survey_app.services import collecting, promising, returning
from survey_app.services.collecting import Door
from survey_app.web.speaking import language_links, spoken_language
from survey_app.web.staff import forms
from survey_app.web.staff.answer_forms import ResultsDayForm
from survey_app.web.staff.answer_pages import ResultsDayPage, ResultsPreview
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.pages import WaveView
from survey_app.web.staff.views import WAVE, Staff, wave_of
from survey_app.web.templating import draw


class Returning:
    """The views of one wave."""

    def __init__(self, desk: Desk, staff: Staff) -> None:
        self._desk = desk
        self._house = desk.house
        self._staff = staff

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes to the blueprint of staff."""
        address = f"{WAVE}/ergebnisse"
        blueprint.add_url_rule(address, "results_day", self.day, methods=["GET", "POST"])
        blueprint.add_url_rule(f"{address}/vorschau", "results_preview", self.preview)

    def day(self, measure: int, wave: int) -> Any:
        """Ask from which day the results are shown, and store it."""
        fielded = self._desk.measure(measure)
        view = wave_of(fielded, wave)
        today = self._house.clock.today()
        form = ResultsDayForm(prefix="t-", data={"results_on": view.wave.results_from})
        if form.validate_on_submit():
            try:
                self._move(view, form)
            except InvalidDefinition as invalid:
                forms.blame(form, invalid, self._desk.words)
            else:
                return redirect(url_for("staff.wave", measure=measure, wave=wave), 303)
        promised = promising.commitments_about(self._desk.database, self._desk.network, measure)
        return self._staff.form(
            "staff/results_day.html",
            ResultsDayPage,
            form,
            measure=fielded.measure,
            view=view,
            first=returning.earliest_results_day(view.wave, today),
            is_out=view.wave.gives_results(today),
            commitments=len(promised),
        )

    def preview(self, measure: int, wave: int) -> Any:
        """Show the results as those who answered will see them."""
        view = wave_of(self._desk.measure(measure), wave)
        door = self._door(view)
        offered = self._house.languages.of(door.wave.questionnaire)
        language = spoken_language(offered)
        path = url_for("staff.results_preview", measure=measure, wave=wave)
        page = ResultsPreview(
            door=door,
            languages=language_links(path, offered, language),
            help=self._house.directory.help_for(door.network.name),
            measure=measure,
            wave=wave,
            day=view.wave.results_from,
            is_out=view.wave.gives_results(self._house.clock.today()),
        )
        return draw("staff/results_preview.html", self._words(door, language), page)

    def _move(self, view: WaveView, form: ResultsDayForm) -> None:
        returning.set_results_day(
            self._desk.database,
            self._desk.network,
            view.wave.id,
            form.results_on.data,
            today=self._house.clock.today(),
            actor=self._desk.account.email,
        )

    def _door(self, view: WaveView) -> Door:
        """Return the door as it will be once the results are out; 404 while nothing is counted."""
        database, policy = self._desk.database, self._house.settings.policy
        code = view.fielded.collectors[0].code
        door = collecting.find_door(database, code, policy) or abort(404)
        day = max(self._house.clock.today(), view.wave.results_from)
        return returning.as_it_will_be(database, door, policy, today=day) or abort(404)

    def _words(self, door: Door, language: Language) -> Language:
        """Return the language as it speaks to those who answered."""
        if door.wave.audience is Audience.PROFESSIONALS:
            return self._house.languages.polite(language)
        return language
