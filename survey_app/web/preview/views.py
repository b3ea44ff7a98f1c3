"""The addresses of the preview: the questionnaire, the page about it, and whether it changed."""

from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, request

from survey_app.domain.questionnaire import Audience, Questionnaire, Reading
from survey_app.domain.response import RawAnswers
from survey_app.domain.text import EASY
from survey_app.languages import Language
from survey_app.services.collecting import Receipt
from survey_app.services.previewing import (
    Draft,
    door_to,
    read_draft,
    state_of,
)
from survey_app.web.house import House
from survey_app.web.origin import comes_from_elsewhere
from survey_app.web.preview.markdown import html_of
from survey_app.web.preview.pages import About, Bar, BrokenDraft, PreviewedForm, PreviewedThanks
from survey_app.web.respond.views import sent_fields
from survey_app.web.speaking import (
    CHECKED,
    PARAMETER,
    language_links,
    spoken_language,
    wants_only_language,
)
from survey_app.web.templating import draw


class Preview:
    """The views of one file."""

    def __init__(self, house: House, file: Path) -> None:
        self._house, self._file = house, file

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        blueprint = Blueprint("preview", __name__)
        blueprint.add_url_rule("/", "show", self.show)
        blueprint.add_url_rule("/", "send", self.send, methods=["POST"])
        blueprint.add_url_rule("/beschreibung", "about", self.about)
        blueprint.add_url_rule("/stand", "state", self.state)
        return blueprint

    def show(self) -> Any:
        """Show the questionnaire, or why it cannot be shown."""
        draft = self._draft()
        if draft.questionnaire is None:
            return self._broken(draft)
        return self._form(draft, draft.questionnaire)

    def send(self) -> Any:
        """Answer as if the form was counted; nothing is kept of it."""
        if comes_from_elsewhere(request, request.host_url):
            abort(403)
        draft, raw = self._draft(), sent_fields()
        if draft.questionnaire is None:
            return self._broken(draft)
        reading = draft.questionnaire.read(raw)
        if wants_only_language(request.args):
            again = reading if CHECKED in request.args else None
            return self._form(draft, draft.questionnaire, raw, again)
        if reading.problems or reading.is_empty:
            return self._form(draft, draft.questionnaire, raw, reading), 422
        return self._thanks(draft, draft.questionnaire)

    def about(self) -> Any:
        """Show the page about the questionnaire."""
        draft = self._draft()
        if draft.description is None:
            abort(404)
        page = About(self._bar(draft), html_of(draft.description))
        return draw("preview/about.html", self._german, page)

    def state(self) -> Response:
        """Say which state the file is in."""
        return Response(state_of(self._file), mimetype="text/plain")

    def _form(
        self,
        draft: Draft,
        questionnaire: Questionnaire,
        sent: RawAnswers | None = None,
        reading: Reading | None = None,
    ) -> str:
        languages = self._house.languages.to_preview(questionnaire)
        language = spoken_language(languages)
        page = PreviewedForm(
            door=door_to(questionnaire, self._house.settings.policy, self._house.clock.today()),
            languages=language_links("/", languages, language),
            help=self._house.directory.help_for(),
            address=f"/?{PARAMETER}={language.code}",
            submission="vorschau",
            sent=sent or {},
            problems=reading.problems if reading else (),
            nothing_answered=reading is not None and reading.is_empty,
            bar=self._bar(draft, language),
        )
        return draw("preview/form.html", self._words(questionnaire, language), page)

    def _thanks(self, draft: Draft, questionnaire: Questionnaire) -> str:
        languages = self._house.languages.to_preview(questionnaire)
        language = spoken_language(languages)
        page = PreviewedThanks(
            door=door_to(questionnaire, self._house.settings.policy, self._house.clock.today()),
            languages=language_links("/", languages, language),
            help=self._house.directory.help_for(),
            receipt=Receipt.COUNTED,
            bar=self._bar(draft, language),
        )
        return draw("preview/thanks.html", self._words(questionnaire, language), page)

    def _broken(self, draft: Draft) -> Any:
        return draw("preview/broken.html", self._german, BrokenDraft(self._bar(draft))), 422

    def _draft(self) -> Draft:
        return read_draft(self._file, self._house.clock.today())

    def _bar(self, draft: Draft, language: Language | None = None) -> Bar:
        tested = draft.questionnaire is not None and draft.questionnaire.has_tested_easy_language
        is_easy = language is not None and language.code == EASY
        return Bar(self._file.name, state_of(self._file), draft, untested=is_easy and not tested)

    @property
    def _german(self) -> Language:
        return self._house.languages.offered[0]

    def _words(self, questionnaire: Questionnaire, language: Language) -> Language:
        if questionnaire.audience is Audience.PROFESSIONALS:
            return self._house.languages.polite(language)
        return language
