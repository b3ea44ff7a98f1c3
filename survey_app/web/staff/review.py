"""Free texts, read one by one: decide, agree, undo, and conclude a question.

Which text comes next stands nowhere but in the address of the page: nothing keeps the order in
which somebody read.
"""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for

from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.messages import InvalidDefinition
from survey_app.domain.review import Verdict
from survey_app.services import Database, quoting, reviewing
from survey_app.services.reviewing import Done, Question, Review, State, Wish
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.review_pages import ConcludePage, QuestionPage, ReviewPage
from survey_app.web.staff.views import WAVE, Staff, wave_of

AGREED = {"agree": True, "disagree": False}


class Reviewing:
    """The views."""

    def __init__(self, desk: Desk, staff: Staff) -> None:
        self._desk = desk
        self._staff = staff

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes to the blueprint of staff."""
        every, both = f"{WAVE}/texte", ["GET", "POST"]
        one = f"{every}/<variable>"
        blueprint.add_url_rule(every, "review", self.overview)
        blueprint.add_url_rule(one, "review_question", self.question, methods=both)
        blueprint.add_url_rule(
            f"{one}/abschliessen", "conclude_review", self.conclude, methods=both
        )
        blueprint.add_url_rule(f"{one}/zitate", "review_quotes", self.quotes, methods=["POST"])

    def overview(self, measure: int, wave: int) -> Any:
        """Show the questions and how far each has come."""
        return self._staff.drawn(
            "staff/review.html",
            ReviewPage,
            **self._about(measure, wave),
            review=self._review(measure, wave),
        )

    def question(self, measure: int, wave: int, variable: str) -> Any:
        """Show the next text of a question, and store what becomes of it."""
        question = self._question(measure, wave, variable)
        if question.state is not State.OPEN and request.method == "POST":
            return self._to(measure, wave, variable)
        if request.method == "POST":
            return self._answer(measure, wave, question)
        reading = question.reading(_key(request.args.get("text")))
        last = question.reading(_key(request.args.get("zuletzt")))
        after = last.key if last else b""
        reading = reading or question.next_for(self._desk.account.id, after)
        trouble = next((each for each in Done if each == request.args.get("stand")), None)
        return self._page(measure, wave, question, reading=reading, last=last, trouble=trouble)

    def conclude(self, measure: int, wave: int, variable: str) -> Any:
        """Ask once more, and destroy the texts of a question."""
        question = self._question(measure, wave, variable)
        if request.method == "POST":
            reviewing.conclude(
                *self._where(wave), variable, policy=self._policy, **self._who_and_when()
            )
        elif question.can_be_concluded:
            return self._staff.drawn(
                "staff/conclude_review.html",
                ConcludePage,
                **self._about(measure, wave),
                question=question,
                least=self._policy.text_count,
            )
        return self._to(measure, wave, variable)

    def quotes(self, measure: int, wave: int, variable: str) -> Any:
        """Choose the quotes for the sheet, or take one back."""
        self._question(measure, wave, variable)
        where = (*self._where(wave), variable)
        taken = request.form.get("take_back")
        try:
            if taken:
                quoting.take_back(*where, taken, **self._who_and_when())
            else:
                chosen = request.form.getlist("quotes")
                quoting.choose(*where, chosen, **self._who_and_when())
        except InvalidDefinition as invalid:
            question = self._question(measure, wave, variable)
            return self._page(measure, wave, question, faults=invalid.faults), 422
        return self._to(measure, wave, variable)

    def _answer(self, measure: int, wave: int, question: Question) -> Any:
        key = _key(request.form.get("text"))
        deed = request.form.get("deed", "")
        variable = question.variable.name
        try:
            done = self._deed(wave, key, deed)()
        except InvalidDefinition as invalid:
            reading, wish = question.reading(key), _wish(Verdict(deed))
            values = {"reading": reading, "wish": wish, "faults": invalid.faults}
            return self._page(measure, wave, question, **values), 422
        if done is not Done.DONE:
            return self._to(measure, wave, variable, stand=done.value)
        place = {"text": key.hex()} if deed == "undo" else {"zuletzt": key.hex()}
        return self._to(measure, wave, variable, **place)

    def _deed(self, wave: int, key: bytes, deed: str) -> Callable[[], Done]:
        """Return what was asked for, to be done."""
        where, policy, account = self._where(wave), self._policy, self._desk.account.id
        if deed == "undo":
            return lambda: reviewing.undo(*where, key, policy=policy)
        if deed in AGREED:
            return lambda: reviewing.agree(
                *where, key, agreed=AGREED[deed], policy=policy, account=account
            )
        if deed not in set(Verdict):
            abort(400)
        wish = _wish(Verdict(deed))
        return lambda: reviewing.decide(*where, key, wish, policy=policy, account=account)

    def _page(self, measure: int, wave: int, question: Question, **values: Any) -> str:
        return self._staff.drawn(
            "staff/review_question.html",
            QuestionPage,
            **self._about(measure, wave),
            question=question,
            account=self._desk.account.id,
            **values,
        )

    def _about(self, measure: int, wave: int) -> dict[str, Any]:
        fielded = self._desk.measure(measure)
        return {"measure": fielded.measure, "view": wave_of(fielded, wave)}

    def _review(self, measure: int, wave: int) -> Review:
        wave_of(self._desk.measure(measure), wave)  # a wave of another measure is none
        today = self._desk.house.clock.today()
        found = reviewing.review_of(*self._where(wave), policy=self._policy, today=today)
        return found or abort(404)

    def _question(self, measure: int, wave: int, variable: str) -> Question:
        return self._review(measure, wave).question(variable) or abort(404)

    @property
    def _policy(self) -> DisclosurePolicy:
        return self._desk.house.settings.policy

    def _where(self, wave: int) -> tuple[Database, int, int]:
        return self._desk.database, self._desk.network, wave

    def _who_and_when(self) -> dict[str, Any]:
        return {"today": self._desk.house.clock.today(), "actor": self._desk.account.email}

    def _to(self, measure: int, wave: int, variable: str, **values: str) -> Any:
        there: dict[str, Any] = {"measure": measure, "wave": wave, "variable": variable, **values}
        return redirect(url_for("staff.review_question", **there), 303)


def _wish(verdict: Verdict) -> Wish:
    return Wish(
        verdict=verdict,
        words=request.form.get("words", ""),
        chosen="chosen" in request.form,
        themes=request.form.getlist("themes"),
    )


def _key(text: str | None) -> bytes:
    """Return the key that a form or an address names; whatever is none leads nowhere."""
    try:
        return bytes.fromhex(text or "")
    except ValueError:
        return b""
