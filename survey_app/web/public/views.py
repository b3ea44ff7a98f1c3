"""The addresses of the pages that law expects.

A page is drawn once per survey (or website) and language, and thrown away when the door behind the
code looks different; asking for it costs no query that the questionnaire itself would not cost. It
brings no script: behind a code that would take it for the page after sending, and forget the form
that waits in another tab (respond/keeping.js).
"""

from collections.abc import Callable
from typing import Any, Final

from flask import Blueprint, Response, request

from survey_app.config import Part
from survey_app.domain.directory import DEFAULT
from survey_app.domain.questionnaire import Audience
from survey_app.languages import Language
from survey_app.services.collecting import Door
from survey_app.web.house import House
from survey_app.web.public.pages import LegalPage, Terms, path_of
from survey_app.web.respond.doors import Doors
from survey_app.web.respond.express import copy_of
from survey_app.web.respond.splicing import SplicedPage
from survey_app.web.speaking import language_links, spoken_language
from survey_app.web.templating import draw

EASY_PAGE: Final = "leichte-sprache"  # in German alone, so there is no switch
PAGES: Final = {
    "impressum": "public/imprint.html",
    "datenschutz": "public/privacy.html",
    "barrierefreiheit": "public/accessibility.html",
    EASY_PAGE: "public/easy.html",
}
NAME: Final = "<any(" + ",".join(f'"{name}"' for name in PAGES) + "):name>"

Drawn = dict[tuple[str, str], SplicedPage]


class LegalPages:
    """The pages about the website and whoever runs it."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._drawn: Drawn = {}

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        blueprint = Blueprint("public", __name__)
        blueprint.add_url_rule(f"/{NAME}", "of_website", self.of_website)
        return blueprint

    def of_website(self, name: str) -> Response:
        """Show a page."""
        return self._answer(name, None, self._house.languages.offered, self._drawn)

    def _answer(
        self, name: str, door: Door | None, offered: tuple[Language, ...], drawn: Drawn
    ) -> Response:
        if name == EASY_PAGE:
            offered = (self._house.languages.easy,)
        language = spoken_language(offered)
        page = drawn.get((language.code, name))
        if page is None:
            page = SplicedPage(self._draw(name, door, language, offered))
            drawn[language.code, name] = page
        headers, body = copy_of(page, request.environ)
        return Response(body, headers=headers)

    def _draw(
        self, name: str, door: Door | None, language: Language, offered: tuple[Language, ...]
    ) -> str:
        directory, settings = self._house.directory, self._house.settings
        network = door.network.name if door else DEFAULT
        page = LegalPage(
            help=directory.help_for(network),
            languages=language_links(f"{path_of(door)}/{name}", offered, language),
            legal=directory.legal(network, door.organisation, door.law)
            if door
            else directory.legal_of_operator(),
            operator=directory.operator,
            terms=Terms(
                settings.recount_days, settings.text_days, settings.policy, settings.public_url
            ),
            door=door,
            home=path_of(door) or "/" if Part.RESPOND in settings.parts else None,
        )
        return draw(PAGES[name], self._words(door, language), page)

    def _words(self, door: Door | None, language: Language) -> Language:
        """Return the language as it speaks to whoever answers here."""
        if door is not None and door.wave.audience is Audience.PROFESSIONALS:
            return self._house.languages.polite(language)
        return language


class SurveyPages(LegalPages):
    """The same about a survey and whoever asks; `unknown` answers for codes that lead nowhere."""

    def __init__(self, house: House, doors: Doors, unknown: Callable[[], Any]) -> None:
        super().__init__(house)
        self._doors, self._unknown = doors, unknown

    def blueprint(self) -> Blueprint:
        """Return the routes, those about the website among them."""
        blueprint = super().blueprint()
        blueprint.add_url_rule(f"/q/<code>/{NAME}", "of_survey", self.of_survey)
        return blueprint

    def of_survey(self, code: str, name: str) -> Any:
        """Show a page."""
        entrance = self._doors.behind(code)
        if entrance is None:
            return self._unknown()
        return self._answer(name, entrance.door, entrance.languages, entrance.legal_pages)
