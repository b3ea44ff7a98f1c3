"""The sentences of a sheet: as they were generated, in words of staff, and back again."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import Length

from survey_app.domain.finding import LONGEST, Finding
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_
from survey_app.services import evaluating
from survey_app.services.acting import By
from survey_app.web.staff import forms
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.forms import TOO_LONG
from survey_app.web.staff.pages import StaffPage
from survey_app.web.staff.views import MEASURE, Staff


class SentenceForm(FlaskForm):
    """One passage of the sheet; an empty one is the generated passage again."""

    text = TextAreaField(
        N_("Ihre Worte"),
        description=N_(
            "Höchstens 350 Zeichen. Auf jedem Bogen steht dann „redaktionell geändert“ daneben."
        ),
        validators=[Length(max=LONGEST, message=TOO_LONG)],
        render_kw={"rows": 4},
    )


@dataclass(frozen=True)
class Passage:
    """One passage with the form that words it."""

    finding: Finding
    generated: str
    form: SentenceForm
    is_sent: bool


@dataclass(frozen=True)
class SentencesPage(StaffPage):
    """All passages of a sheet."""

    measure: Measure
    passages: tuple[Passage, ...]


class Sentences:
    """The view."""

    def __init__(self, desk: Desk, staff: Staff) -> None:
        self._desk = desk
        self._staff = staff

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the route to the blueprint of staff."""
        path = f"{MEASURE}/auswertung/saetze"
        blueprint.add_url_rule(path, "sheet_sentences", self.edit, methods=["GET", "POST"])

    def edit(self, measure: int) -> Any:
        """Show every passage with a form of its own, and store the one that was sent."""
        sheet = self._desk.results(measure)
        passages = tuple(map(self._passage, sheet.findings))
        if request.method == "POST":
            sent = self._sent(passages)
            if sent.form.validate_on_submit():
                self._store(measure, sent)
                return redirect(url_for("staff.sheet_sentences", measure=measure), 303)
        for passage in passages:
            forms.speak(passage.form, self._desk.words)
        html = self._staff.drawn(
            "staff/sentences.html", SentencesPage, measure=sheet.measure, passages=passages
        )
        return html, 422 if request.method == "POST" else 200

    def _passage(self, finding: Finding) -> Passage:
        prefix = f"{finding.place.value}-"
        is_sent = f"{prefix}text" in request.form
        form = SentenceForm(
            formdata=request.form if is_sent else None,
            prefix=prefix,
            data={"text": finding.edited},
        )
        return Passage(finding, finding.as_generated(self._desk.words), form, is_sent)

    def _sent(self, passages: tuple[Passage, ...]) -> Passage:
        return next((each for each in passages if each.is_sent), None) or abort(400)

    def _store(self, measure: int, sent: Passage) -> None:
        back = "zurueck" in request.form
        text = " ".join(sent.form.text.data.split())
        is_new = not back and text != sent.generated
        evaluating.word_sentence(
            self._desk.database,
            self._desk.network,
            measure,
            sent.finding.place,
            text if is_new else "",
            By(self._desk.account.email, self._desk.house.clock.today()),
        )
