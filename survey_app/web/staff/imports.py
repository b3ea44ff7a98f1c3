"""Answers come in from a file: which file, what its columns mean, what would happen, done.

Four steps on three pages, and every page works without a script. Between them the file waits in
`services.importing.keeping`; its token stands in the address and is worth nothing to anybody who is
not logged in as whoever uploaded it. A file that is gone and one of somebody else look the same.
"""

from collections.abc import Sequence
from typing import Any, Final

from flask import Blueprint, abort, redirect, request, url_for
from flask_security import current_user

from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_, Fault, InvalidDefinition, Message
from survey_app.domain.questionnaire import Questionnaire
from survey_app.services import choosing, importing
from survey_app.services.importing import Assignment, Occasion, UnreadableTable, keeping
from survey_app.services.importing.guessing import guessed
from survey_app.services.importing.keeping import Kept
from survey_app.web.staff import forms
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.import_forms import UploadForm, assignment_read, header_read
from survey_app.web.staff.import_pages import (
    AssignPage,
    CheckPage,
    ForgetPage,
    UploadPage,
    column_views,
    target_groups,
)
from survey_app.web.staff.pages import StaffPage
from survey_app.web.staff.uploads import allow_a_file
from survey_app.web.staff.views import MEASURE
from survey_app.web.templating import draw

PATH: Final = f"{MEASURE}/import"
KEPT: Final = f"{PATH}/<token>"
MOST_FIELDS: Final = 20_000  # of an assignment: columns, and the texts in them
MOST_BYTES: Final = 2_000_000


class Imports:
    """The views."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._house = desk.house

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes to the blueprint of staff."""
        both = ["GET", "POST"]
        blueprint.add_url_rule(PATH, "import_begin", self.begin, methods=both)
        blueprint.add_url_rule(KEPT, "import_assign", self.assign, methods=both)
        blueprint.add_url_rule(f"{KEPT}/pruefung", "import_check", self.check, methods=both)
        saved = f"{PATH}/zuordnungen/loeschen"
        blueprint.add_url_rule(saved, "import_forget", self.forget, methods=both)
        blueprint.url_value_preprocessor(_allow_more)

    def begin(self, measure: int) -> Any:
        """Ask for the file, and keep it."""
        found = self._desk.measure(measure).measure
        form = self._upload_form(found)
        if form.validate_on_submit():
            try:
                kept = self._keep(found, form)
            except UnreadableTable as unreadable:
                form.file.errors = [unreadable.message.said(self._desk.words)]
            except InvalidDefinition as invalid:
                forms.blame(form, invalid, self._desk.words)
            else:
                return self._to("import_assign", kept)
        return self._upload_page(found, form), 422 if form.is_submitted() else 200

    def assign(self, measure: int, token: str) -> Any:
        """Show what each column means, and let it be corrected."""
        found = self._desk.measure(measure).measure
        kept = self._kept(measure, token)
        if kept is None:
            return self._gone(found)
        asked = _questionnaire(kept)
        if request.method == "POST":
            header = header_read(request.form, kept.assignment.header)
            if header != kept.assignment.header:
                self._guess_again(kept, asked, header)
                return self._to("import_assign", kept)
            with keeping.looked_at(kept, asked) as (_, survey):
                said = assignment_read(request.form, survey, asked, kept.assignment)
            return self._to("import_check", keeping.assign(kept, said))
        return self._assign_page(found, kept, asked)

    def check(self, measure: int, token: str) -> Any:
        """Show what would happen, and do it."""
        found = self._desk.measure(measure).measure
        kept = self._kept(measure, token)
        if kept is None:
            return self._gone(found)
        match request.form.get("schritt"):
            case "verwerfen":
                keeping.discard(kept.token)
                return redirect(url_for("staff.measure", measure=measure), 303)
            case "merken":
                return self._remember(found, kept)
            case "übernehmen":
                return self._take_in(found, kept)
        return self._check_page(found, kept)

    def forget(self, measure: int) -> Any:
        """Ask once more, and delete an assignment that was kept under a name."""
        found = self._desk.measure(measure).measure
        chosen = (request.args.get("fragebogen", ""), request.args.get("name", ""))
        saved = importing.saved_assignments(self._desk.database, self._desk.network)
        if chosen not in saved:
            abort(404)
        if request.method == "POST":
            importing.forget_assignment(self._desk.database, self._desk.network, *chosen)
            return redirect(url_for("staff.import_begin", measure=measure), 303)
        of = choosing.questionnaires().get(chosen[0])
        return self._drawn(
            "staff/import_forget.html",
            ForgetPage,
            measure=found,
            name=chosen[1],
            questionnaire=of.title if of else None,
        )

    def _keep(self, measure: Measure, form: UploadForm) -> Kept:
        asked = choosing.questionnaires()[form.questionnaire.data]
        occasion = Occasion(
            network=self._desk.network,
            measure=measure.id,
            opens_on=form.opens_on.data,
            closes_on=form.closes_on.data,
            expected=form.expected.data,
        )
        faults = importing.faults_of(occasion, asked, today=self._house.clock.today())
        if faults:
            raise InvalidDefinition(*faults)
        return keeping.keep(
            form.file.data.stream,
            asked,
            occasion,
            account=self._desk.account.id,
            sheet=form.sheet.data.strip(),
            refusals=self._refusals(),
            assignment=self._saved(form, asked),
        )

    def _saved(self, form: UploadForm, asked: Questionnaire) -> Assignment | None:
        if form.saved is None:
            return None
        of, name = form.saved
        if of != asked.id:
            raise InvalidDefinition(Fault(Message(OTHER_QUESTIONNAIRE), ("assignment",)))
        text = importing.saved_assignment(self._desk.database, self._desk.network, of, name)
        return None if text is None else importing.assignment_from(text)

    def _guess_again(self, kept: Kept, asked: Questionnaire, header: tuple[int, int]) -> None:
        """Look at the file anew: other rows are its headers."""
        with keeping.looked_at(kept, asked, header) as (_, survey):
            sheet, words = kept.assignment.sheet, self._refusals()
            guess = guessed(asked, survey, sheet=sheet, refusals=words)
        keeping.assign(kept, guess.assignment, guess.doubtful)

    def _remember(self, measure: Measure, kept: Kept) -> Any:
        """Keep the assignment under a name."""
        name = request.form.get("name", "")
        try:
            importing.save_assignment(
                self._desk.database,
                self._desk.network,
                name,
                kept.assignment.as_text(),
                of=kept.assignment.questionnaire,
            )
        except InvalidDefinition as invalid:
            problem = invalid.faults[0].message
            return self._check_page(measure, kept, name_problem=problem), 422
        return self._check_page(measure, kept, saved_as=name.strip())

    def _take_in(self, measure: Measure, kept: Kept) -> Any:
        asked = _questionnaire(kept)
        try:
            rehearsal = self._rehearsed(kept, asked)
            imported = importing.take_in(
                self._desk.database,
                kept.occasion,
                rehearsal,
                today=self._house.clock.today(),
                actor=self._desk.account.email,
            )
        except InvalidDefinition:
            return self._check_page(measure, kept), 422
        keeping.discard(kept.token)
        anchor = f"erhebung-{imported.wave.id}" if imported else None
        return redirect(url_for("staff.measure", measure=measure.id, _anchor=anchor), 303)

    def _rehearsed(self, kept: Kept, asked: Questionnaire) -> importing.Rehearsal:
        with keeping.looked_at(kept, asked) as (copy, survey):
            return importing.rehearsed(
                copy, survey, kept.assignment, asked, refusals=self._refusals()
            )

    def _kept(self, measure: int, token: str) -> Kept | None:
        return keeping.find(
            token, account=self._desk.account.id, network=self._desk.network, measure=measure
        )

    def _refusals(self) -> Sequence[str]:
        offered = self._house.languages.offered
        return [language.gettext(importing.REFUSAL) for language in offered]

    def _upload_form(self, measure: Measure) -> UploadForm:
        last = min(measure.ends_on, self._house.clock.today())
        days = {"opens_on": min(measure.starts_on, last), "closes_on": last}
        form = UploadForm(prefix="i-", data=days)
        saved = importing.saved_assignments(self._desk.database, self._desk.network)
        form.offer(choosing.questionnaires(), saved, self._desk.words)
        return form

    def _gone(self, measure: Measure) -> Any:
        """Answer for a file that is not there, whatever the reason."""
        form = self._upload_form(measure)
        return self._upload_page(measure, form, is_gone=True), 404

    def _upload_page(self, measure: Measure, form: UploadForm, *, is_gone: bool = False) -> str:
        forms.speak(form, self._desk.words)
        problems = () if is_gone else tuple(field for field in form if field.errors)
        return self._drawn(
            "staff/import_upload.html",
            UploadPage,
            form=form,
            problems=problems,
            measure=measure,
            is_gone=is_gone,
            saved=tuple(importing.saved_assignments(self._desk.database, self._desk.network)),
        )

    def _assign_page(self, measure: Measure, kept: Kept, asked: Questionnaire) -> str:
        words = self._desk.words
        with keeping.looked_at(kept, asked) as (_, survey):
            return self._drawn(
                "staff/import_assign.html",
                AssignPage,
                measure=measure,
                kept=kept,
                questionnaire=asked,
                survey=survey,
                columns=column_views(kept, survey, asked, words),
                groups=target_groups(asked, words),
            )

    def _check_page(self, measure: Measure, kept: Kept, **more: Any) -> str:
        asked, rehearsal = _questionnaire(kept), None
        problems: tuple[Message, ...] = ()
        try:
            rehearsal = self._rehearsed(kept, asked)
        except InvalidDefinition as invalid:
            problems = tuple(fault.message for fault in invalid.faults)
        sheets = len(rehearsal.sheets) if rehearsal else 0
        same = importing.same_size(self._desk.database, kept.occasion, asked, sheets)
        return self._drawn(
            "staff/import_check.html",
            CheckPage,
            measure=measure,
            kept=kept,
            questionnaire=asked,
            rehearsal=rehearsal,
            problems=problems,
            is_same_size=same is not None,
            policy=self._house.settings.policy,
            **more,
        )

    def _to(self, endpoint: str, kept: Kept) -> Any:
        address = url_for(f"staff.{endpoint}", measure=kept.occasion.measure, token=kept.token)
        return redirect(address, 303)

    def _drawn(self, template: str, kind: type[StaffPage], **values: Any) -> str:
        account = self._desk.account
        page = kind(person=account.email, network=account.network, **values)
        return draw(template, self._desk.words, page)


def _questionnaire(kept: Kept) -> Questionnaire:
    return choosing.questionnaires()[kept.assignment.questionnaire]


def _allow_more(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let through the two forms that are large; all others stay as small as forms are.

    Whoever is not logged in sends nothing large: the form is read before the login is asked for.
    """
    if endpoint == "staff.import_begin":
        allow_a_file(keeping.FOR_BROWSERS.size)
    elif endpoint == "staff.import_assign" and current_user.is_authenticated:
        request.max_content_length = request.max_form_memory_size = MOST_BYTES
        request.max_form_parts = MOST_FIELDS


OTHER_QUESTIONNAIRE = N_(
    "Diese Zuordnung gehört zu einem anderen Fragebogen. Wählen Sie den, oder lassen Sie eine neue"
    " vorschlagen."
)
