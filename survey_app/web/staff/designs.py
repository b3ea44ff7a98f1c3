"""Choosing how young people are asked: three designs in plain words, one form for the chosen one.

The design stands in the address (``?weg=before_after``), its waves in the form. What will be made
is shown on the same page, drawn from the fields as they are: "Vorschau aktualisieren" shows it
again, "Erhebungen anlegen" makes it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import Blueprint, abort, redirect, request, url_for
from flask_wtf import FlaskForm
from wtforms import SelectField

from survey_app.domain.design import Days, Design, NewWave, doubts, is_about_the_measure
from survey_app.domain.design import proposed_days as proposed
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_, InvalidDefinition, Message, Words
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.wave import Point
from survey_app.services import designing
from survey_app.services.designing import FIELDS
from survey_app.services.lands import needs_approval
from survey_app.web.staff import forms
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.pages import AUDIENCES, FormPage, StaffPage
from survey_app.web.staff.views import MEASURE, Staff

PARAMETER: Final = "weg"
PREVIEW: Final = "vorschau"


class DesignForm(FlaskForm):
    """Who is asked what, and when. The fields of the first time are there for two times only."""

    young = SelectField(
        N_("Fragebogen für junge Menschen"), validators=[forms.needed(forms.CHOOSE)]
    )
    expected = forms.a_size(
        N_("Größe der Gruppe"),
        N_("Wie viele Jugendliche können antworten?"),
    )
    before_opens_on = forms.a_day(N_("Davor: erster Tag"))
    before_closes_on = forms.a_day(N_("Davor: letzter Tag"))
    opens_on = forms.a_day(N_("Erster Tag"), N_("Ab diesem Tag kann man mitmachen."))
    closes_on = forms.a_day(N_("Letzter Tag"), N_("Am Tag danach wird ausgezählt."))
    professionals = SelectField(
        N_("Fragebogen für Fachkräfte"),
        description=N_("Sie antworten einmal, an denselben Tagen wie die Jugendlichen am Ende."),
    )
    professionals_expected = forms.a_size(N_("Anzahl der Fachkräfte"))

    def offer(self, design: Design, words: Words) -> None:
        """Fill the lists with what suits the design, and leave out what it has no use for."""
        self.young.choices = forms.listed(_described(designing.suitable(design), words))
        self.professionals.choices = forms.listed(
            _described(designing.for_professionals(), words), always_empty=True
        )
        if Point.BEFORE in design.points:
            for name, label in LABELS_OF_AFTER.items():
                self[name].label.text = label
        else:
            del self.before_opens_on
            del self.before_closes_on

    def waves(self, design: Design) -> Iterator[NewWave]:
        """Yield what is entered, as far as it can be read."""
        young = designing.suitable(design).get(self.young.data)
        professionals = designing.for_professionals().get(self.professionals.data)
        for point in design.points:
            days = self._days(FIELDS[point])
            if young and days:
                yield NewWave(young, point, days, self.expected.data)
        days = self._days("")
        if professionals and days:
            yield NewWave(professionals, Point.ONCE, days, self.professionals_expected.data)

    def _days(self, start: str) -> Days | None:
        opens_on, closes_on = self[f"{start}opens_on"].data, self[f"{start}closes_on"].data
        return Days(opens_on, closes_on) if opens_on and closes_on else None


@dataclass(frozen=True)
class ChoicePage(StaffPage):
    """The designs, each with the number of questionnaires that suit it."""

    measure: Measure
    designs: tuple[tuple[Design, int], ...]


@dataclass(frozen=True)
class DesignPage(FormPage):
    """The form of one design, with what will be made of it."""

    measure: Measure
    design: Design
    waves: tuple[NewWave, ...]
    waits_for_school: bool

    @property
    def is_twice(self) -> bool:
        """Return whether young people are asked two times."""
        return Point.BEFORE in self.design.points

    @property
    def doubts(self) -> tuple[Message, ...]:
        """Return what to know before these waves are made."""
        return tuple(doubts(self.waves, starts_on=self.measure.starts_on))

    def audience(self, wave: NewWave) -> str:
        """Return who is asked by a wave."""
        return AUDIENCES[wave.audience]


class Designs:
    """The view."""

    def __init__(self, desk: Desk, staff: Staff) -> None:
        self._desk = desk
        self._house = desk.house
        self._staff = staff

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the route to the blueprint of staff."""
        address = f"{MEASURE}/erhebungen/planen"
        blueprint.add_url_rule(address, "designs", self.designs, methods=["GET", "POST"])

    def designs(self, measure: int) -> Any:
        """Offer the designs, or ask what the chosen one needs and make its waves."""
        planned = self._desk.measure(measure).measure
        chosen = request.args.get(PARAMETER)
        if chosen not in list(Design):
            return self._choice(planned)
        design = Design(chosen)
        form = self._form(planned, design)
        if form.validate_on_submit() and PREVIEW not in request.form:
            try:
                self._plan(planned, design, form)
            except InvalidDefinition as invalid:
                forms.blame(form, invalid, self._desk.words)
            else:
                return redirect(url_for("staff.measure", measure=measure), 303)
        return self._answer(planned, design, form)

    def _choice(self, measure: Measure) -> str:
        offered = tuple((design, len(designing.suitable(design))) for design in Design)
        return self._staff.drawn("staff/designs.html", ChoicePage, measure=measure, designs=offered)

    def _form(self, measure: Measure, design: Design) -> DesignForm:
        today = self._house.clock.today()
        form = DesignForm(prefix="d-", data=start_of(measure, design, today))
        form.offer(design, self._desk.words)
        return form

    def _plan(self, measure: Measure, design: Design, form: DesignForm) -> None:
        made = designing.plan_design(
            self._desk.database,
            self._desk.network,
            measure.id,
            design,
            tuple(form.waves(design)),
            today=self._house.clock.today(),
            actor=self._desk.account.email,
        )
        if made is None:
            abort(404)

    def _answer(self, measure: Measure, design: Design, form: DesignForm) -> Any:
        html, status = self._staff.form(
            "staff/design.html",
            DesignPage,
            form,
            measure=measure,
            design=design,
            waves=tuple(form.waves(design)),
            waits_for_school=needs_approval(measure),
        )
        return html, status if form.errors else 200


def start_of(measure: Measure, design: Design, today: date) -> dict[str, Any]:
    """Return what stands in the form at first."""
    values: dict[str, Any] = {"expected": measure.participants or measure.invited}
    for point in design.points:
        days = proposed(point, starts_on=measure.starts_on, ends_on=measure.ends_on, today=today)
        start = FIELDS[point]
        values |= {f"{start}opens_on": days.opens_on, f"{start}closes_on": days.closes_on}
    suitable = designing.suitable(design)
    usual = [name for name, each in suitable.items() if is_about_the_measure(each)]
    return values | {"young": next(iter(usual), None)}


def _described(questionnaires: dict[str, Questionnaire], words: Words) -> Iterator[tuple[str, str]]:
    return ((name, forms.described(each, words)) for name, each in questionnaires.items())


LABELS_OF_AFTER: Final = {
    "opens_on": N_("Danach: erster Tag"),
    "closes_on": N_("Danach: letzter Tag"),
}
