"""The pages of staff: read, call one service, answer.

What is looked up is looked up in the network of whoever asks, so a foreign measure answers as one
that never was; what is out of reach within the network does the same (guard.py).
"""

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, abort, redirect, request, url_for
from flask_security.decorators import auth_required
from flask_wtf import FlaskForm
from werkzeug.exceptions import HTTPException

from survey_app.domain.disclosure import Withheld
from survey_app.domain.messages import InvalidDefinition
from survey_app.domain.rights import Right, may
from survey_app.rendering.pdf import RenderingFailed
from survey_app.rendering.sheet import sheet_html
from survey_app.services import choosing, closing, exporting, fielding, promising
from survey_app.services.acting import By
from survey_app.services.closing import Closing
from survey_app.services.fielding import FieldedMeasure
from survey_app.web.account.sessions import ROOT
from survey_app.web.staff import forms, pages
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.errors import answer_error, answer_not_drawn
from survey_app.web.staff.pages import FormPage, StaffPage, WaveView
from survey_app.web.templating import draw

BLUEPRINT: Final = "staff"
ID: Final = "int(max=2147483647)"  # what a column for ids can hold
MEASURE: Final = f"/massnahmen/<{ID}:measure>"
WAVE: Final = f"{MEASURE}/erhebungen/<{ID}:wave>"


class Staff:
    """The views."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._house = desk.house

    def blueprint(self) -> Blueprint:
        """Return the routes; nothing here answers anybody who is not logged in."""
        blueprint = Blueprint(BLUEPRINT, __name__, url_prefix=ROOT)
        blueprint.before_request(auth_required("session")(lambda: None))
        blueprint.register_error_handler(HTTPException, answer_error)
        blueprint.register_error_handler(RenderingFailed, answer_not_drawn)
        both = ["GET", "POST"]
        blueprint.add_url_rule("", "home", self.home, strict_slashes=False)
        blueprint.add_url_rule("/massnahmen/neu", "new_measure", self.new_measure, methods=both)
        blueprint.add_url_rule(MEASURE, "measure", self.measure)
        blueprint.add_url_rule(f"{MEASURE}/auswertung", "sheet", self.sheet)
        blueprint.add_url_rule(f"{MEASURE}/erhebungen/neu", "new_wave", self.new_wave, methods=both)
        blueprint.add_url_rule(f"{WAVE}/abschliessen", "close", self.close, methods=both)
        return blueprint

    def home(self) -> Any:
        """Go to the first page that whoever is logged in may see."""
        sees = may(self._desk.actor, Right.SEE_MEASURES)
        return redirect(url_for("staff.start" if sees else "staff.accounts"))

    def new_measure(self) -> Any:
        """Ask what a measure is, and store it."""
        words, network = self._desk.words, self._desk.network
        form = forms.MeasureForm(prefix="m-")
        choices = fielding.choices(self._desk.database, network)
        form.offer(choices.within(self._desk.actor), words)
        if form.validate_on_submit():
            try:
                by = By(self._desk.account.email, self._house.clock.today())
                measure = fielding.plan_measure(self._desk.database, network, form.value(), by)
            except InvalidDefinition as invalid:
                forms.blame(form, invalid, words)
            else:
                return redirect(url_for("staff.measure", measure=measure), 303)
        return self.form("staff/new_measure.html", pages.FormPage, form)

    def measure(self, measure: int) -> Any:
        """Show one measure with its waves."""
        self._desk.close_what_is_due()
        fielded = self._desk.measure(measure)
        return self.drawn(
            "staff/measure.html",
            pages.MeasurePage,
            measure=fielded.measure,
            waves=pages.views_of(fielded, pages.bases_of(self._desk.sheet(measure))),
            files=exporting.formats(),
            commitments=promising.commitments_about(
                self._desk.database, self._desk.network, measure
            ),
            today=self._house.clock.today(),
        )

    def new_wave(self, measure: int) -> Any:
        """Ask which questionnaire when, and plan the wave."""
        words, today = self._desk.words, self._house.clock.today()
        fielded = self._desk.measure(measure)
        on_offer = choosing.questionnaires()
        form = forms.WaveForm(prefix="e-", data=forms.from_today(today))
        form.offer(on_offer, words)
        if form.validate_on_submit():
            try:
                self._plan(fielded, form)
            except InvalidDefinition as invalid:
                forms.blame(form, invalid, words)
            else:
                return redirect(url_for("staff.measure", measure=measure), 303)
        return self.form("staff/new_wave.html", pages.NewWavePage, form, measure=fielded.measure)

    def close(self, measure: int, wave: int) -> Any:
        """Ask once more, and count the wave for good."""
        fielded = self._desk.measure(measure)
        view = wave_of(fielded, wave)
        if request.method == "POST":
            result = closing.close_wave(
                self._desk.database,
                self._desk.network,
                wave,
                today=self._house.clock.today(),
                actor=self._desk.account.email,
            )
            if result is Closing.NOT_YET_OPEN:
                abort(409)
        elif view.can_be_closed:
            return self._close_page(fielded, view)
        return redirect(url_for("staff.measure", measure=measure, _anchor=f"erhebung-{wave}"), 303)

    def sheet(self, measure: int) -> Any:
        """Show the evaluation sheet."""
        sheet = self._desk.results(measure)
        self._desk.note_sheet_read(measure)
        return self.drawn(
            "staff/sheet.html",
            pages.SheetPage,
            measure=sheet.measure,
            sheet=sheet_html(sheet, self._desk.words),
            files=exporting.formats(),
        )

    def _plan(self, fielded: FieldedMeasure, form: forms.WaveForm) -> None:
        fielding.plan_wave(
            self._desk.database,
            self._desk.network,
            fielded.measure.id,
            choosing.questionnaires()[form.questionnaire.data],
            opens_on=form.opens_on.data,
            closes_on=form.closes_on.data,
            expected=form.expected.data,
            label=form.label.data.strip(),
            today=self._house.clock.today(),
            actor=self._desk.account.email,
        )

    def _close_page(self, fielded: FieldedMeasure, view: WaveView) -> Any:
        return self.drawn(
            "staff/close.html",
            pages.ClosePage,
            measure=fielded.measure,
            view=view,
            policy=self._house.settings.policy,
            recount_days=self._house.settings.recount_days,
            today=self._house.clock.today(),
        )

    def form(self, template: str, kind: type[FormPage], form: FlaskForm, **values: Any) -> Any:
        """Answer with a form; one that came back is a 422 and says what to look at again."""
        forms.speak(form, self._desk.words)
        problems = tuple(field for field in form if field.errors)
        html = self.drawn(template, kind, form=form, problems=problems, **values)
        return html, 422 if form.is_submitted() else 200

    def drawn(self, template: str, kind: type[StaffPage], **values: Any) -> str:
        """Return a page of staff as HTML."""
        account = self._desk.account
        page = kind(person=account.email, network=account.network, **values)
        return draw(template, self._desk.words, page)


def wave_of(
    fielded: FieldedMeasure, wave: int, bases: Mapping[int, int | Withheld] | None = None
) -> WaveView:
    """Return one wave of a measure, or answer 404; `bases` as for `pages.views_of`."""
    views = (view for view in pages.views_of(fielded, bases) if view.wave.id == wave)
    return next(views, None) or abort(404)
