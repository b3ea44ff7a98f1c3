"""The commitments about a measure: made, changed, and taken back after one more question."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for

from survey_app.domain.commitment import Commitment, NewCommitment
from survey_app.domain.measure import Measure
from survey_app.domain.messages import InvalidDefinition
from survey_app.services import promising
from survey_app.web.staff import forms
from survey_app.web.staff.answer_forms import CommitmentForm
from survey_app.web.staff.answer_pages import CommitmentPage, RemovePage
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.views import ID, MEASURE, Staff

Deed = Callable[[NewCommitment], object]


class Commitments:
    """The views."""

    def __init__(self, desk: Desk, staff: Staff) -> None:
        self._desk = desk
        self._house = desk.house
        self._staff = staff

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes to the blueprint of staff."""
        all_of_them = f"{MEASURE}/zusagen"
        one = f"{all_of_them}/<{ID}:number>"
        for address, name, view in (
            (f"{all_of_them}/neu", "new_commitment", self.new),
            (one, "commitment", self.change),
            (f"{one}/loeschen", "remove_commitment", self.remove),
        ):
            blueprint.add_url_rule(address, name, view, methods=["GET", "POST"])

    def new(self, measure: int) -> Any:
        """Ask what becomes of a wish, and store it."""
        planned = self._desk.measure(measure).measure
        form = CommitmentForm(prefix="c-", data={"decided_on": self._house.clock.today()})

        def promise(new: NewCommitment) -> object:
            return promising.promise(
                self._desk.database, self._desk.network, measure, new, **self._who_and_when()
            )

        return self._answer(planned, None, form, promise)

    def change(self, measure: int, number: int) -> Any:
        """Show a commitment as it is, and store what has become of it."""
        planned = self._desk.measure(measure).measure
        commitment = self._commitment(measure, number)
        form = CommitmentForm(prefix="c-", obj=commitment)

        def change(new: NewCommitment) -> object:
            promising.change(self._desk.database, commitment, new, **self._who_and_when())
            return commitment

        return self._answer(planned, commitment, form, change)

    def remove(self, measure: int, number: int) -> Any:
        """Ask once more, and remove a commitment."""
        planned = self._desk.measure(measure).measure
        commitment = self._commitment(measure, number)
        if request.method == "POST":
            promising.take_back(self._desk.database, commitment, **self._who_and_when())
            return self._back(measure)
        return self._staff.drawn(
            "staff/remove_commitment.html", RemovePage, measure=planned, commitment=commitment
        )

    def _answer(
        self, measure: Measure, commitment: Commitment | None, form: CommitmentForm, deed: Deed
    ) -> Any:
        form.offer(self._desk.words)
        if form.validate_on_submit():
            try:
                deed(form.value()) or abort(404)
            except InvalidDefinition as invalid:
                forms.blame(form, invalid, self._desk.words)
            else:
                return self._back(measure.id)
        return self._staff.form(
            "staff/commitment.html", CommitmentPage, form, measure=measure, commitment=commitment
        )

    def _commitment(self, measure: int, number: int) -> Commitment:
        network = self._desk.network
        return promising.find(self._desk.database, network, measure, number) or abort(404)

    def _who_and_when(self) -> dict[str, Any]:
        return {"today": self._house.clock.today(), "actor": self._desk.account.email}

    def _back(self, measure: int) -> Any:
        return redirect(url_for("staff.measure", measure=measure, _anchor="zusagen"), 303)
