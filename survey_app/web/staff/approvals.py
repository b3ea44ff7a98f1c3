"""What a school said to a wave: one form, for one wave or all that wait."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, url_for
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from survey_app.domain.approval import RECORDED, Approval, Letter, Status
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_, InvalidDefinition, Words
from survey_app.services import approving
from survey_app.services.approving import Standing
from survey_app.web.staff import forms
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.pages import FormPage, WaveView
from survey_app.web.staff.views import WAVE, Staff, wave_of


def a_day_if_known(label: str) -> DateField:
    """Return a field for a day that may be missing."""
    return DateField(label, format=forms.DAY_FORMATS, validators=[Optional()])


class ApprovalForm(FlaskForm):
    """How far it has come, when and by whom, and under which conditions."""

    status = RadioField(N_("Stand"), validators=[forms.needed(forms.CHOOSE)])
    requested_on = a_day_if_known(N_("Angefragt am"))
    decided_on = a_day_if_known(N_("Entschieden am"))
    decided_by = StringField(
        N_("Entschieden hat"),
        description=N_("Funktion und, wenn Sie mögen, Name. Zum Beispiel: Schulleitung, Frau Kaya"),
        validators=[Length(max=200, message=forms.TOO_LONG)],
    )
    conditions = TextAreaField(
        N_("Bedingungen"),
        description=N_("Was die Schule verlangt, zum Beispiel: nur in der Klassenleitungsstunde"),
        validators=[Length(max=1000, message=forms.TOO_LONG)],
        render_kw={"rows": 3},
    )
    letter = SelectField(N_("Elternbrief"), validators=[forms.needed(forms.CHOOSE)])
    for_all_waiting = BooleanField(
        N_("Gilt für alle wartenden Erhebungen dieser Maßnahme"),
        description=N_("Die Schule hat auch die anderen Fragebögen und Tage gesehen."),
        default=True,
    )

    def offer(self, words: Words) -> None:
        """Fill the lists."""
        self.status.choices = [(each.value, words.gettext(each.label)) for each in RECORDED]
        self.letter.choices = [(each.value, words.gettext(each.label)) for each in Letter]

    def value(self) -> Approval:
        """Return what was entered; a decision that is none is not kept."""
        status = Status(self.status.data)
        known = Approval(
            status=status,
            requested_on=self.requested_on.data,
            conditions=self.conditions.data.strip(),
            letter=Letter(self.letter.data),
        )
        if not known.is_decided:
            return known
        return Approval(
            **vars(known)
            | {"decided_on": self.decided_on.data, "decided_by": self.decided_by.data.strip()}
        )


@dataclass(frozen=True)
class ApprovalPage(FormPage):
    """The form, and the rule of the Land above it."""

    measure: Measure
    view: WaveView
    standing: Standing


class Approvals:
    """The view."""

    def __init__(self, desk: Desk, staff: Staff) -> None:
        self._desk = desk
        self._staff = staff

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the route to the blueprint of staff."""
        address = f"{WAVE}/zustimmung"
        blueprint.add_url_rule(address, "approval", self.approval, methods=["GET", "POST"])

    def approval(self, measure: int, wave: int) -> Any:
        """Ask what the school said, and store it."""
        fielded = self._desk.measure(measure)
        view = wave_of(fielded, wave)
        standing = approving.standing_of(self._desk.database, self._desk.network, wave)
        if standing is None or view.is_closed:
            return self._back(measure, wave)
        form = ApprovalForm(prefix="a-", obj=standing.approval)
        form.offer(self._desk.words)
        if form.validate_on_submit():
            try:
                self._record(wave, form) or abort(404)
            except InvalidDefinition as invalid:
                forms.blame(form, invalid, self._desk.words)
            else:
                return self._back(measure, wave)
        return self._staff.form(
            "staff/approval.html",
            ApprovalPage,
            form,
            measure=fielded.measure,
            view=view,
            standing=standing,
        )

    def _record(self, wave: int, form: ApprovalForm) -> bool:
        return approving.record(
            self._desk.database,
            self._desk.network,
            wave,
            form.value(),
            for_all_waiting=bool(form.for_all_waiting.data),
            today=self._desk.house.clock.today(),
            actor=self._desk.account.email,
        )

    def _back(self, measure: int, wave: int) -> Any:
        return redirect(url_for("staff.wave", measure=measure, wave=wave), 303)
