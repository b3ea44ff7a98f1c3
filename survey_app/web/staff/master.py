"""The master data of a measure: read as a whole, changed part by part, held again, removed."""

from collections.abc import Mapping
from functools import partial, update_wrapper
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for

from survey_app.domain.measure import Measure, Publication
from survey_app.domain.messages import InvalidDefinition
from survey_app.domain.parts import Part
from survey_app.domain.rights import may_move
from survey_app.services import choosing, fielding, measures, public_lists
from survey_app.services.acting import By
from survey_app.services.measures import KnownMeasure
from survey_app.web.staff import forms
from survey_app.web.staff.basics_form import BasicsForm, CopyForm
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.goal_form import GoalForm, known_goals
from survey_app.web.staff.measure_pages import (
    CopyPage,
    MasterDataPage,
    PartPage,
    PublishPage,
    RemoveMeasurePage,
    endpoint_of,
)
from survey_app.web.staff.part_fields import PartForm
from survey_app.web.staff.part_forms import (
    ConsequenceForm,
    ParticipationForm,
    QualityForm,
    RealisationForm,
    TargetGroupForm,
)
from survey_app.web.staff.row_forms import AttendanceForm, CostsForm
from survey_app.web.staff.views import MEASURE, Staff

FORMS: Mapping[Part, type[PartForm]] = {
    Part.BASICS: BasicsForm,
    Part.TARGET_GROUP: TargetGroupForm,
    Part.PARTICIPATION: ParticipationForm,
    Part.ATTENDANCE: AttendanceForm,
    Part.COSTS: CostsForm,
    Part.REALISATION: RealisationForm,
    Part.QUALITY: QualityForm,
    Part.CONSEQUENCE: ConsequenceForm,
}


class Master:
    """The views."""

    def __init__(self, desk: Desk, staff: Staff) -> None:
        self._desk = desk
        self._house = desk.house
        self._staff = staff

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes to the blueprint of staff."""
        all_of_it = f"{MEASURE}/stammdaten"
        both = ["GET", "POST"]
        blueprint.add_url_rule(all_of_it, "master_data", self.read)
        for part in Part:
            edit = update_wrapper(partial(self.edit, part), self.edit)  # Flask-WTF asks its name
            view = self.goals if part is Part.GOALS else edit
            blueprint.add_url_rule(
                f"{all_of_it}/{part.value}", endpoint_of(part), view, methods=both
            )
        blueprint.add_url_rule(f"{all_of_it}/stand", "publication", self.publish, methods=both)
        blueprint.add_url_rule(f"{MEASURE}/kopieren", "copy_measure", self.copy, methods=both)
        blueprint.add_url_rule(f"{MEASURE}/loeschen", "remove_measure", self.remove, methods=both)

    def read(self, measure: int) -> Any:
        """Show all that is known."""
        return self._staff.drawn(
            "staff/master_data.html",
            MasterDataPage,
            known=self._known(measure),
            today=self._house.clock.today(),
            publications=self._steps(measure),
        )

    def edit(self, part: Part, measure: int) -> Any:
        """Show one part as it is, and store what has become of it."""
        known = self._known(measure)
        kind = FORMS[part].for_measure(known.measure, request.form)
        form = kind(prefix="m-", data=kind.known_values(known.measure))
        form.offer(self._desk.words)
        if isinstance(form, BasicsForm):
            choices = fielding.choices(self._desk.database, self._desk.network)
            form.offer_places(choices.within(self._desk.actor), self._desk.words)
        if form.validate_on_submit():
            try:
                measures.change_measure(
                    self._desk.database,
                    self._desk.network,
                    measure,
                    part,
                    form.applied_to,
                    self._by,
                ) or abort(404)
            except InvalidDefinition as invalid:
                forms.blame(form, invalid, self._desk.words)
            else:
                return self._onwards(measure, part)
        return self._staff.form("staff/part.html", PartPage, form, known=known, part=part)

    def goals(self, measure: int) -> Any:
        """Show the goals as they are, and store what has become of them."""
        known = self._known(measure)
        asked = choosing.questionnaires()
        form = GoalForm(prefix="m-", data=known_goals(known.goals))
        form.offer(asked, self._desk.words)
        if form.validate_on_submit() and form.confirms(known):
            try:
                measures.set_goals(
                    self._desk.database,
                    self._desk.network,
                    measure,
                    form.values(asked),
                    self._by,
                ) or abort(404)
            except InvalidDefinition as invalid:
                forms.blame(form, invalid, self._desk.words)
            else:
                return self._onwards(measure, Part.GOALS)
        return self._staff.form("staff/part.html", PartPage, form, known=known, part=Part.GOALS)

    def publish(self, measure: int) -> Any:
        """Note how far what is said has been looked at; ask once more before all may see it."""
        known = self._known(measure).measure
        if request.method == "GET":
            return self._ask_to_publish(known)
        step = _step(request.form.get("publication", "")) or abort(400)
        if not may_move(self._desk.actor, known, step):
            abort(403)
        if step is Publication.PUBLISHED and "confirmed" not in request.form:
            return redirect(url_for("staff.publication", measure=measure), 303)
        measures.publish(self._desk.database, self._desk.network, measure, step, self._by)
        return redirect(url_for("staff.master_data", measure=measure, _anchor="stand"), 303)

    def _ask_to_publish(self, measure: Measure) -> Any:
        """Ask whoever may publish what is not public yet."""
        step = Publication.PUBLISHED
        if measure.publication is step or not may_move(self._desk.actor, measure, step):
            return redirect(url_for("staff.master_data", measure=measure.id), 303)
        candidate = public_lists.candidate(
            self._desk.database, self._desk.network, measure.id, self._house.clock.today()
        )
        return self._staff.drawn(
            "staff/publish_measure.html",
            PublishPage,
            measure=measure,
            candidate=candidate or abort(404),
        )

    def copy(self, measure: int) -> Any:
        """Ask when it is held again, and plan it."""
        known = self._known(measure)
        form = CopyForm(prefix="m-", data={"title": known.measure.title})
        if form.validate_on_submit():
            try:
                number = measures.copy_measure(
                    self._desk.database,
                    self._desk.network,
                    measure,
                    title=(form.title.data or "").strip(),
                    starts_on=form.starts_on.data,
                    ends_on=form.ends_on.data,
                    by=self._by,
                ) or abort(404)
            except InvalidDefinition as invalid:
                forms.blame(form, invalid, self._desk.words)
            else:
                return redirect(url_for("staff.master_data", measure=number), 303)
        return self._staff.form("staff/copy_measure.html", CopyPage, form, measure=known.measure)

    def remove(self, measure: int) -> Any:
        """Ask once more, and remove a measure that nobody was asked about."""
        known = self._known(measure)
        if request.method == "POST" and not known.has_waves:
            measures.remove_measure(
                self._desk.database, self._desk.network, measure, self._by
            ) or abort(404)
            return redirect(url_for("staff.measures"), 303)
        page = self._staff.drawn("staff/remove_measure.html", RemoveMeasurePage, known=known)
        return page, 409 if request.method == "POST" else 200

    def _steps(self, measure: int) -> tuple[Publication, ...]:
        """Return the steps that whoever is here may choose from, the present one among them."""
        known = self._known(measure).measure
        return tuple(step for step in Publication if may_move(self._desk.actor, known, step))

    def _known(self, measure: int) -> KnownMeasure:
        today = self._house.clock.today()
        return measures.known_measure(
            self._desk.database, self._desk.network, measure, today
        ) or abort(404)

    def _onwards(self, measure: int, part: Part) -> Any:
        """Go to the next part if that was the button, else to the overview."""
        if "next" in request.form and part.next:
            return redirect(url_for(f"staff.{endpoint_of(part.next)}", measure=measure), 303)
        return redirect(url_for("staff.master_data", measure=measure, _anchor=part.value), 303)

    @property
    def _by(self) -> By:
        return By(self._desk.account.email, self._house.clock.today())


def _step(value: str) -> Publication | None:
    return next((step for step in Publication if step.value == value), None)
