"""The page of one wave, and its days."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, url_for
from flask_wtf import FlaskForm

from survey_app.domain.collector import Collector, printed_code
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_, InvalidDefinition
from survey_app.services import designing, watching
from survey_app.services.watching import Watched
from survey_app.web.staff import forms, pages
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.pages import WAYS_IN, FormPage, StaffPage, WaveView
from survey_app.web.staff.views import WAVE, Staff, wave_of


class DaysForm(FlaskForm):
    """From when to when a wave is open, and how many can answer."""

    opens_on = forms.a_day(N_("Erster Tag"), N_("Ab diesem Tag kann man mitmachen."))
    closes_on = forms.a_day(N_("Letzter Tag"), N_("Am Tag danach wird ausgezählt."))
    expected = forms.a_size(
        N_("Größe der Gruppe"),
        N_("Wie viele können antworten? Daran sehen Sie, ob zu viele Rückmeldungen kommen."),
    )


@dataclass(frozen=True)
class WavePage(StaffPage):
    """One wave of a measure."""

    measure: Measure
    view: WaveView
    watched: Watched
    public_url: str

    def code(self, collector: Collector) -> str:
        """Return a code as it stands on paper."""
        return printed_code(collector.code)

    def options(self, collector: Collector) -> tuple[tuple[str, str], ...]:
        """Return what a way in is set up for: title and sentence of each option that is on."""
        return tuple(said for option, said in WAYS_IN.items() if getattr(collector, option))

    def path(self, collector: Collector) -> str:
        """Return the path that a phone opens."""
        return f"/q/{printed_code(collector.code)}"

    def link(self, collector: Collector) -> str:
        """Return the address as people read it, without its scheme."""
        return self.public_url.partition("://")[2] + self.path(collector)


@dataclass(frozen=True)
class DaysPage(FormPage):
    """The form for the days of a wave."""

    measure: Measure
    view: WaveView
    first_day_is_fixed: bool


class Waves:
    """The views."""

    def __init__(self, desk: Desk, staff: Staff) -> None:
        self._desk = desk
        self._house = desk.house
        self._staff = staff

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes to the blueprint of staff."""
        blueprint.add_url_rule(WAVE, "wave", self.wave)
        blueprint.add_url_rule(f"{WAVE}/tage", "wave_days", self.days, methods=["GET", "POST"])

    def wave(self, measure: int, wave: int) -> str:
        """Show how a wave stands and what happens next."""
        self._desk.close_what_is_due()
        fielded = self._desk.measure(measure)
        bases = pages.bases_of(self._desk.sheet(measure))
        view = wave_of(fielded, wave, bases)
        settings = self._house.settings
        watched = watching.watch(
            self._desk.database,
            view.wave,
            self._house.clock.today(),
            recount_days=settings.recount_days,
            text_days=settings.text_days,
        )
        return self._staff.drawn(
            "staff/wave_page.html",
            WavePage,
            measure=fielded.measure,
            view=view,
            watched=watched,
            public_url=settings.public_url,
        )

    def days(self, measure: int, wave: int) -> Any:
        """Ask for other days, and store them."""
        fielded = self._desk.measure(measure)
        view = wave_of(fielded, wave)
        form = DaysForm(prefix="t-", obj=view.wave)
        if form.validate_on_submit():
            try:
                self._move(wave, form) or abort(404)
            except InvalidDefinition as invalid:
                forms.blame(form, invalid, self._desk.words)
            else:
                return redirect(url_for("staff.wave", measure=measure, wave=wave), 303)
        return self._staff.form(
            "staff/wave_days.html",
            DaysPage,
            form,
            measure=fielded.measure,
            view=view,
            first_day_is_fixed=designing.first_day_is_fixed(view.wave, self._house.clock.today()),
        )

    def _move(self, wave: int, form: DaysForm) -> bool:
        return designing.move(
            self._desk.database,
            self._desk.network,
            wave,
            opens_on=form.opens_on.data,
            closes_on=form.closes_on.data,
            expected=form.expected.data,
            today=self._house.clock.today(),
            actor=self._desk.account.email,
        )
