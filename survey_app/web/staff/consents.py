"""Consents of institutions: those there are, one more, and the end of one.

Which results rest on them is said in domain/consent.py; the page says it in the words of a town.
"""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any, Final

from flask import Blueprint, abort, redirect, request, url_for
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField

from survey_app.domain.consent import LONGEST, Consent, Institution, NewConsent
from survey_app.domain.messages import N_, InvalidDefinition
from survey_app.services import consenting
from survey_app.services.acting import By
from survey_app.web.staff import forms
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.pages import FormPage, StaffPage
from survey_app.web.staff.rollups import LIST
from survey_app.web.staff.views import Staff

PATH: Final = f"{LIST}/zustimmungen"
BOTH: Final = ["GET", "POST"]


class ConsentForm(FlaskForm):
    """Which institution, since when, and who said so there."""

    institution = SelectField(N_("Einrichtung"), validators=[forms.needed(forms.CHOOSE)])
    agreed_on = forms.a_day(N_("Zugestimmt am"))
    agreed_by = StringField(
        N_("Zugestimmt hat"),
        description=N_("Die Funktion reicht, zum Beispiel: Schulleitung"),
        validators=[forms.needed()],
        render_kw={"maxlength": LONGEST, "autocomplete": "off"},
    )

    def value(self) -> NewConsent:
        """Return what was entered."""
        return NewConsent(
            institution=self.institution.data,
            agreed_on=self.agreed_on.data,
            agreed_by=" ".join(self.agreed_by.data.split()),
        )


@dataclass(frozen=True)
class ConsentsPage(FormPage):
    """All consents, and the form for one more where there is somebody to ask."""

    consents: tuple[Consent, ...]
    institutions: tuple[Institution, ...]


@dataclass(frozen=True)
class RevokeConsentPage(StaffPage):
    """The last question before a consent ends."""

    consent: Consent


class Consents:
    """The views."""

    def __init__(self, desk: Desk, staff: Staff) -> None:
        self._desk = desk
        self._staff = staff

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes to the blueprint of staff."""
        blueprint.add_url_rule(PATH, "consents", self.consents, methods=BOTH)
        blueprint.add_url_rule(f"{PATH}/widerrufen", "revoke_consent", self.revoke, methods=BOTH)

    def consents(self) -> Any:
        """Show the consents, and record one more."""
        held, known = consenting.consents_of(self._desk.database, self._desk.network)
        form = ConsentForm(prefix="z-", data={"agreed_on": self._today})
        form.institution.choices = forms.listed((each.key, each.name) for each in known)
        if form.validate_on_submit():
            try:
                consenting.record(self._desk.database, self._desk.network, form.value(), self._by)
            except InvalidDefinition as invalid:
                forms.blame(form, invalid, self._desk.words)
            else:
                return redirect(url_for("staff.consents"), HTTPStatus.SEE_OTHER)
        return self._staff.form(
            "staff/consents.html", ConsentsPage, form, consents=held, institutions=known
        )

    def revoke(self) -> Any:
        """Ask once more, and end a consent."""
        wanted = request.values.get("zustimmung", type=int)
        held, _ = consenting.consents_of(self._desk.database, self._desk.network)
        in_force = (each for each in held if each.id == wanted and each.revoked_on is None)
        consent = next(in_force, None) or abort(404)
        if request.method == "POST":
            consenting.revoke(self._desk.database, self._desk.network, consent, self._by)
            return redirect(url_for("staff.consents"), HTTPStatus.SEE_OTHER)
        return self._staff.drawn("staff/revoke_consent.html", RevokeConsentPage, consent=consent)

    @property
    def _by(self) -> By:
        return By(self._desk.account.email, self._today)

    @property
    def _today(self) -> date:
        return self._desk.house.clock.today()
