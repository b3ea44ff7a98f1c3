"""The addresses of the public list: the measures of a network, and each of them.

What was looked up is kept for five seconds, and a page is drawn once as long as the next look finds
the same: whoever reads meanwhile costs neither a query nor a template, and a list that was switched
off is gone when they are over. So that no browser keeps it longer, it may store a page but has to
ask each time, and is answered 304 if nothing has changed.

What is off, not published, misspelt or never was is one answer: 404.

Search engines may find the pages: that is what the list is for. They shall keep no copy, because a
measure can be taken back, and of a list that was narrowed down they need none: all of it stands on
the whole one.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from flask import Blueprint, Response, abort, redirect, request

from survey_app.domain.public_list import ROOT, Choice, key_in
from survey_app.languages import Language
from survey_app.web.house import Clock, House
from survey_app.web.public.measures_pages import (
    MeasurePage,
    MeasuresPage,
    PublicPage,
    choice_in,
    query_of,
)
from survey_app.web.respond.doors import NEVER, SECONDS
from survey_app.web.respond.express import copy_of
from survey_app.web.respond.splicing import SplicedPage
from survey_app.web.speaking import PARAMETER, LanguageLink, language_links, spoken_language
from survey_app.web.templating import draw

if TYPE_CHECKING:
    from survey_app.services.public_lists import Shown, ShownMeasure

STYLE: Final = Path(__file__).with_name("measures.css")
MOST: Final = 500  # lists and measures that are kept
MOST_PAGES: Final = 100  # of each
ASK_AGAIN: Final = "public, no-cache"

Seen = TypeVar("Seen")
Key = tuple[str, Choice]


@dataclass(frozen=True)
class Page:
    """A page as it is sent, and how a browser tells it from another."""

    spliced: SplicedPage
    tag: str


@dataclass(frozen=True)
class Look(Generic[Seen]):
    """What was found, and the pages drawn of it so far, by language and choice."""

    seen: Seen
    pages: dict[Key, Page] = field(default_factory=dict, compare=False)


class Memory(Generic[Seen]):
    """What was looked up in the last five seconds. Safe to share between threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[str, tuple[float, Look[Seen]]] = {}

    def look(self, key: str, find: Callable[[], Seen | None]) -> Look[Seen] | None:
        """Return what is there; what is not is not kept, so that nobody can fill the memory."""
        looked, before = self._known.get(key, NEVER)
        if before is not None and self._clock.seconds() - looked < SECONDS:
            return before
        seen = find()
        if seen is None:
            self._known.pop(key, None)
            return None
        now = before if before is not None and before.seen == seen else Look(seen)
        if key not in self._known and len(self._known) >= MOST:
            self._known.pop(next(iter(tuple(self._known))), None)
        self._known[key] = (self._clock.seconds(), now)
        return now


class PublicLists:
    """The views."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._lists: Memory[Shown] = Memory(house.clock)
        self._measures: Memory[ShownMeasure] = Memory(house.clock)

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        self._house.assets.add(STYLE)
        blueprint = Blueprint("public_list", __name__)
        blueprint.add_url_rule(f"{ROOT}/<slug>", "measures", self.measures)
        blueprint.add_url_rule(f"{ROOT}/<slug>/<name>", "measure", self.measure)
        return blueprint

    def measures(self, slug: str) -> Response:
        """Show the list of a network."""
        look = self._lists.look(slug, lambda: self._find_list(slug)) or abort(404)
        choice = choice_in(request.args, look.seen.measures)

        def page(language: Language, offered: tuple[Language, ...]) -> MeasuresPage:
            return MeasuresPage(
                help=self._house.directory.help_for(look.seen.network.name),
                languages=links(look.seen.path, query_of(choice), offered, language),
                language=language.code,
                shown=look.seen,
                choice=choice,
            )

        return self._answer(look, choice, "public/measures.html", page)

    def measure(self, slug: str, name: str) -> Any:
        """Show one measure; an old title in its address leads to the new one."""
        look = self._measures.look(f"{slug}/{key_in(name)}", lambda: self._find_measure(slug, name))
        if look is None:
            abort(404)
        shown = look.seen
        path = f"{shown.path}/{shown.listed.name}"
        if name != shown.listed.name:
            query = request.query_string.decode("ascii", "ignore")
            return redirect(f"{path}?{query}" if query else path, 302)

        def page(language: Language, offered: tuple[Language, ...]) -> MeasurePage:
            return MeasurePage(
                help=self._house.directory.help_for(shown.network.name),
                languages=links(path, "", offered, language),
                language=language.code,
                shown=shown,
            )

        return self._answer(look, Choice(), "public/measure.html", page)

    def _find_list(self, slug: str) -> "Shown | None":
        from survey_app.services import public_lists  # a phone's server starts lean

        return public_lists.shown(self._house.database, slug, self._house.clock.today())

    def _find_measure(self, slug: str, name: str) -> "ShownMeasure | None":
        from survey_app.services import public_lists

        return public_lists.shown_measure(
            self._house.database,
            slug,
            name,
            policy=self._house.settings.policy,
            today=self._house.clock.today(),
        )

    def _answer(
        self,
        look: Look[Any],
        choice: Choice,
        template: str,
        page_in: Callable[[Language, tuple[Language, ...]], PublicPage],
    ) -> Response:
        """Answer with a page that is drawn once, or say that it is the one that was sent before."""
        offered = self._house.languages.offered
        language = spoken_language(offered)
        page = look.pages.get((language.code, choice))
        if page is None:
            page = _page(draw(template, language, page_in(language, offered)))
            if len(look.pages) >= MOST_PAGES:
                look.pages.clear()
            look.pages[language.code, choice] = page
        known = {"Cache-Control": ASK_AGAIN, "ETag": f'W/"{page.tag}"'}
        if request.if_none_match.contains_weak(page.tag):
            return Response(status=304, headers=known)
        headers, body = copy_of(page.spliced, request.environ)
        return Response(body, headers=[*headers, *known.items()])


def _page(html: str) -> Page:
    return Page(SplicedPage(html), hashlib.sha256(html.encode()).hexdigest()[:20])


def links(
    path: str, query: str, offered: tuple[Language, ...], current: Language
) -> tuple[LanguageLink, ...]:
    """Return the language switch of a page that may be narrowed down."""
    plain = language_links(path, offered, current)
    if not query:
        return plain
    return tuple(
        replace(link, address=f"{path}?{query}&{PARAMETER}={link.language.code}") for link in plain
    )
