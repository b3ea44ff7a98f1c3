"""Typing in sheets from paper: one sheet per page, saved by Enter, and the next one is there.

Typing is possible while the wave is open, as answering on a phone is: a wave ends with its last day
and is counted by itself. What turns up later comes in as a file (imports.py), as a wave of its own.
"""

import re
import secrets
from dataclasses import replace
from typing import Any, Final

from flask import Blueprint, Response, abort, redirect, request, url_for

from survey_app.domain.questionnaire import Audience
from survey_app.domain.response import RawAnswers
from survey_app.domain.wave import Phase
from survey_app.services import collecting, paper_entry, printing
from survey_app.services.collecting import Door, Receipt
from survey_app.services.printing import Printer
from survey_app.web.staff import paper_session
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.downloads import PDF, attached
from survey_app.web.staff.pages import WaveView
from survey_app.web.staff.paper_pages import PaperPage, groups_of
from survey_app.web.staff.paper_session import Sitting
from survey_app.web.staff.views import WAVE, Staff, wave_of

PATH: Final = f"{WAVE}/papier"
SUBMISSION: Final = "submission"
SUBMISSION_ID: Final = re.compile(r"[A-Za-z0-9_-]{22}")
NO_ANSWERS: Final = frozenset({"csrf_token", SUBMISSION})

STORED: Final = {Receipt.COUNTED, Receipt.ALREADY_COUNTED}
NOTICES: Final = {Receipt.EMPTY: "empty", Receipt.INVALID: "invalid"}
REFUSALS: Final = {Receipt.CONFLICT: "conflict", Receipt.NOT_YET_OPEN: "early"}


class Paper:
    """The views."""

    def __init__(self, desk: Desk, staff: Staff, printer: Printer) -> None:
        self._desk = desk
        self._house = desk.house
        self._staff = staff
        self._printer = printer

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes to the blueprint of staff."""
        post = ["POST"]
        blueprint.add_url_rule(PATH, "paper", self.enter, methods=["GET", "POST"])
        blueprint.add_url_rule(f"{PATH}/zurueck", "paper_back", self.take_back, methods=post)
        blueprint.add_url_rule(f"{PATH}/fertig", "paper_done", self.finish, methods=post)
        blueprint.add_url_rule(f"{PATH}/bogen-<language>.pdf", "paper_form", self.print)

    def enter(self, measure: int, wave: int) -> Any:
        """Show an empty sheet; take in one that was typed."""
        view = self._view(measure, wave)
        if request.method == "GET":
            return self._page(measure, view)
        raw, submission = _sent()
        sitting = self._sitting(wave)
        result = paper_entry.enter(
            self._desk.database,
            self._door(view),
            submission,
            raw,
            is_first=sitting.count == 0,
            **self._who_and_when(),
        )
        if result.receipt in STORED:
            paper_session.remember(sitting.with_sheet(submission))
            return self._back(measure, wave)
        if result.receipt in NOTICES:
            notice, problems = NOTICES[result.receipt], result.problems
            page = self._page(
                measure, view, sent=raw, submission=submission, problems=problems, notice=notice
            )
            return page, 422
        return self._page(measure, view, notice=REFUSALS.get(result.receipt, "late")), 409

    def take_back(self, measure: int, wave: int) -> Any:
        """Remove the last sheet of this sitting, and show it again to be corrected."""
        view, sitting = self._view(measure, wave), self._sitting(wave)
        if sitting.last is None:
            return self._back(measure, wave)
        form = paper_entry.take_back(
            self._desk.database, self._door(view), sitting.last, **self._who_and_when()
        )
        paper_session.remember(
            sitting.without_last() if form is not None else replace(sitting, last=None)
        )
        if form is None:
            return self._back(measure, wave)
        return self._page(measure, view, sent=form, notice="taken_back")

    def finish(self, measure: int, wave: int) -> Any:
        """End a sitting."""
        view, sitting = self._view(measure, wave), self._sitting(wave)
        door, database = self._door(view), self._desk.database
        paper_entry.finish(database, door, sitting.count, **self._who_and_when())
        paper_session.forget(sitting)
        return redirect(url_for("staff.measure", measure=measure, _anchor=f"erhebung-{wave}"), 303)

    def print(self, measure: int, wave: int, language: str) -> Response:
        """Send the paper twin of the questionnaire, with the code of the wave on every page."""
        view = self._view(measure, wave)
        asked, languages = view.wave.questionnaire, self._house.languages
        words = next((each for each in languages.of(asked) if each.code == language), None)
        if words is None:
            abort(404)
        title = self._desk.measure(measure).measure.title
        pdf = printing.paper_form_pdf(
            self._printer,
            view.wave,
            view.fielded.collectors[0],
            languages.polite(words) if view.wave.audience is Audience.PROFESSIONALS else words,
            policy=self._house.settings.policy,
            help_card=self._house.directory.help_for(self._desk.account.network.name),
        )
        return attached(pdf, PDF, f"Papierbogen {title} {language}.pdf")

    def _page(self, measure: int, view: WaveView, **more: Any) -> str:
        sitting = self._sitting(view.wave.id)
        asked = view.wave.questionnaire
        is_open = view.fielded.phase is Phase.OPEN
        values = {"submission": secrets.token_urlsafe(16) if is_open else None} | more
        return self._staff.drawn(
            "staff/paper.html",
            PaperPage,
            measure=self._desk.measure(measure).measure,
            view=view,
            groups=tuple(groups_of(asked, self._desk.words)),
            forms=self._house.languages.of(asked),
            count=sitting.count,
            can_take_back=is_open and sitting.last is not None,
            **values,
        )

    def _view(self, measure: int, wave: int) -> WaveView:
        return wave_of(self._desk.measure(measure), wave)

    def _door(self, view: WaveView) -> Door:
        """Return the door of the wave; a slip, where one is needed, is only for phones."""
        policy, way_in = self._house.settings.policy, view.fielded.collectors[0]
        door = collecting.find_door(self._desk.database, way_in.code, policy) or abort(404)
        return replace(door, collector=replace(door.collector, single_use=False))

    def _sitting(self, wave: int) -> Sitting:
        return paper_session.sitting_of(self._desk.account.id, wave)

    def _who_and_when(self) -> dict[str, Any]:
        return {"today": self._house.clock.today(), "actor": self._desk.account.email}

    def _back(self, measure: int, wave: int) -> Any:
        return redirect(url_for("staff.paper", measure=measure, wave=wave), 303)


def _sent() -> tuple[RawAnswers, str]:
    """Return the sheet that was sent, and its submission id."""
    submission = request.form.get(SUBMISSION, "")
    if not SUBMISSION_ID.fullmatch(submission):
        abort(400)
    fields = request.form.lists()
    return {name: values for name, values in fields if name not in NO_ANSWERS}, submission
