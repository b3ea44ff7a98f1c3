"""Every page that a phone can show, as one list of short walks through the town (town.py).

A walk goes somewhere as a person does and yields at every page worth a look, with a name for it.
Whoever has something to check about *all* pages walks them all:

    for walk in WALKS:
        for look in walk.go(visit):
            …visit.page shows it now…

A page that no walk comes to is found by test_validity.py: it compares the addresses and templates
of the application with those that were walked. `script` tells with and without JavaScript apart:
None is both.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import parse_qsl, urlencode

from playwright.sync_api import BrowserContext, Locator, Page, Route

from tests.web.town import NOWHERE, Town

LANGUAGES = ("de", "en", "tr", "ar", "uk", "ru")
EASY = "de-x-leicht"
SENT = "**/q/*?*"
LEGAL = ("impressum", "datenschutz", "barrierefreiheit")

# A voice of this phone for every language, so that "read aloud" is offered wherever it can be.
VOICES = """
    speechSynthesis.getVoices = () => %s.map((lang) => ({lang, localService: true, name: lang}));
""" % [*LANGUAGES]

# A style sheet asks whether scripts run, and would notice those of an examiner.
WITHOUT_SCRIPTING = """() => {
    for (const sheet of document.styleSheets)
        for (const {media} of sheet.cssRules)
            if (media?.mediaText === "(scripting: enabled)") media.mediaText = "not all";
}"""


@dataclass
class Visit:
    """Somebody with a phone in town."""

    page: Page
    town: Town
    language: str
    script: bool
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Switch the scripts. A browser made without them would not run axe either."""
        self._devtools = self.context.new_cdp_session(self.page)
        self._allow_scripts(self.script)

    @contextmanager
    def examined(self) -> Iterator[Page]:
        """Let an examiner's scripts run on the page, which looks as if none could."""
        self._allow_scripts(True)
        if not self.script:
            self.page.evaluate(WITHOUT_SCRIPTING)
        yield self.page
        self._allow_scripts(self.script)

    def _allow_scripts(self, allowed: bool) -> None:
        self._devtools.send("Emulation.setScriptExecutionDisabled", {"value": not allowed})

    @property
    def context(self) -> BrowserContext:
        """Return the phone."""
        return self.page.context

    def open(self, path: str) -> None:
        """Type an address."""
        joint = "&" if "?" in path else "?"
        self.page.goto(f"{self.town.origin}{path}{joint}lang={self.language}")

    def come_to(self, place: str, tail: str = "") -> None:
        """Scan the code of a place."""
        self.open(self.town.path(place) + tail)

    @property
    def screen(self) -> Locator:
        """Return the question on the screen; without the script, all of them."""
        return self.page.locator(".step:visible")

    def begin(self) -> None:
        """Come to the questionnaire and go past its start."""
        self.come_to("open")
        if self.script:
            self.page.locator("[data-go]").click()

    def go_on(self) -> None:
        """Go to the next screen."""
        self.page.locator("[data-on]").click()

    @property
    def is_at_the_finish(self) -> bool:
        """Return whether there is a button to send with."""
        return self.sender.is_visible()

    @property
    def sender(self) -> Locator:
        """Return the button that sends."""
        return self.page.locator(".finish [type=submit]")

    def finish(self) -> None:
        """Go to the end of the questionnaire."""
        while not self.is_at_the_finish:
            self.go_on()

    def fill_in(self, place: str = "open", **typed: str) -> None:
        """Answer one question, put something into fields, and go where it is sent."""
        self.come_to(place)
        if self.script:
            self.page.locator("[data-go]").click()
        while True:
            self._fill(typed)
            if self.is_at_the_finish:
                break
            self.go_on()

    def send(self, place: str = "open", **typed: str) -> None:
        """Do the same and send."""
        self.fill_in(place, **typed)
        self.sender.click()

    def _fill(self, typed: dict[str, str]) -> None:
        second = self.page.locator("input[name=k1]").nth(1)
        if second.is_visible():
            second.check()
        for name, value in typed.items():
            field = self.page.locator(f"#f-{name}")
            if field.is_visible():
                field.fill(value)

    def answer(self) -> None:
        """Answer what is on the screen, whatever kind it is."""
        for chosen in ("[type=radio]", "[type=checkbox]"):
            for name in names(self.screen.locator(chosen)):
                self.screen.locator(f"{chosen}[name='{name}']").nth(1).check()
        for part in self.screen.locator("select").all():
            part.select_option(index=1)
        for part in self.screen.locator("[data-by='1']").all():
            part.click()
        for part in self.screen.locator("input[type=text], textarea").all():
            part.fill("3")

    def see(self, selector: str) -> None:
        """Wait until something is on the screen."""
        self.page.locator(selector).first.wait_for()


def names(inputs: Locator) -> Sequence[str]:
    """Return the names of form fields, each once."""
    found = [part.get_attribute("name") or "" for part in inputs.all()]
    return tuple(dict.fromkeys(found))


@contextmanager
def visit(context: BrowserContext, town: Town, language: str, script: bool) -> Iterator[Visit]:
    """Let somebody with this phone come to town; what its console complains about is kept."""
    page = context.new_page()
    visitor = Visit(page, town, language, script)
    page.on("pageerror", lambda error: visitor.complaints.append(f"{error}"))
    try:
        yield visitor
    finally:
        context.set_offline(False)
        page.unroute_all(behavior="ignoreErrors")
        page.close()


Way = Callable[[Visit], Iterator[str]]


@dataclass(frozen=True)
class Walk:
    """A way through town: its name, who can go it, and in which languages."""

    name: str
    go: Way
    script: bool | None = None
    languages: Sequence[str] = LANGUAGES

    @property
    def scripts(self) -> tuple[bool, ...]:
        """Return with and without JavaScript, as far as it can be gone."""
        return (True, False) if self.script is None else (self.script,)


WALKS: list[Walk] = []


def walk(
    *, script: bool | None = None, languages: Sequence[str] = LANGUAGES
) -> Callable[[Way], Way]:
    """Put a way on the list."""

    def put(way: Way) -> Way:
        WALKS.append(Walk(way.__name__.replace("_", "-"), way, script, languages))
        return way

    return put


# Where a code is typed, and codes and addresses that lead nowhere


@walk()
def start(visit: Visit) -> Iterator[str]:
    visit.open("/")
    yield "code"
    visit.open("/?code=quatsch")
    yield "mistyped"
    visit.open(f"/q/{NOWHERE}")
    yield "unknown"
    visit.open("/nirgends")
    yield "nowhere"


# What a code shows by and by


@walk()
def states_of_a_code(visit: Visit) -> Iterator[str]:
    for place in ("planned", "ended", "closed", "few"):
        visit.come_to(place)
        yield place


@walk()
def results(visit: Visit) -> Iterator[str]:
    for place in ("results", "results-professionals"):
        visit.come_to(place)
        yield place
        visit.page.locator("details.more > summary").click()
        yield f"{place}-all"


# The questionnaire


@walk(script=False, languages=(*LANGUAGES, EASY))
def whole_form(visit: Visit) -> Iterator[str]:
    visit.come_to("open")
    yield "form"
    visit.page.locator(".help > summary").click()
    yield "help"


@walk(script=True, languages=(*LANGUAGES, EASY))
def steps(visit: Visit) -> Iterator[str]:
    visit.come_to("open")
    yield "start"
    visit.page.locator("[data-go]").click()
    for number in range(1, 30):
        if visit.is_at_the_finish:
            break
        (name, *_) = (*names(visit.screen.locator("input, select, textarea")), "information")
        if number % 2:
            yield f"{number:02}-{name}"
        visit.answer()
        if not number % 2:
            yield f"{number:02}-{name}-answered"
        visit.go_on()
    yield "finish"


@walk(script=True)
def bar_of_a_step(visit: Visit) -> Iterator[str]:
    visit.begin()
    visit.page.locator(".help > summary").click()
    yield "help"
    visit.page.locator(".help > summary").click()
    visit.page.locator(".languages summary").click()
    yield "languages"
    visit.context.set_offline(True)
    visit.page.locator(".languages button:not([aria-current])").first.click()
    visit.see("[data-no-language]")
    yield "no-language"


@walk()
def refused(visit: Visit) -> Iterator[str]:
    visit.send(tage="viele", geld__sport="4", geld__musik="4")
    visit.see("[data-summary]")
    yield "summary"
    visit.page.locator("[data-summary] a").first.click()
    yield "field"
    visit.come_to("open")
    if visit.script:
        visit.page.locator("[data-go]").click()
        visit.finish()
    visit.sender.click()
    visit.see("[data-summary]")
    yield "nothing"


@walk()
def professionals(visit: Visit) -> Iterator[str]:
    visit.come_to("professionals")
    yield "start"
    if visit.script:
        visit.page.locator("[data-go]").click()
        yield "step"


# Sending


@walk()
def thanks(visit: Visit) -> Iterator[str]:
    visit.send()
    visit.see("#help-card")
    yield "counted"
    visit.come_to("open", "/danke")
    yield "again"


def sent_before(route: Route, **changed: str) -> None:
    """Let a form arrive twice, the first time with changes: as if a reply had been lost."""
    body = dict(parse_qsl(route.request.post_data or "")) | changed
    route.fetch(post_data=urlencode(body))
    route.continue_()


@walk()
def sent_twice(visit: Visit) -> Iterator[str]:
    for code, seen, name in (("2", "#help-card", "counted-before"), ("5", "#before", "conflict")):
        visit.fill_in()
        visit.page.route(SENT, partial(sent_before, k1=code), times=1)
        visit.sender.click()
        visit.see(seen)
        yield name


@walk(script=True)
def sending(visit: Visit) -> Iterator[str]:
    held: list[Route] = []
    visit.fill_in()
    visit.page.route(SENT, lambda route: held.append(route))
    visit.sender.click()
    visit.see("[data-when=trying]")
    yield "trying"
    visit.page.route(SENT, lambda route: route.abort())  # also those that follow by themselves
    held[0].abort()
    visit.see("[data-now]")
    yield "cut"
    visit.page.route(SENT, lambda route: route.fulfill(status=503))
    visit.page.locator("[data-now]").click()
    visit.see("[data-when=busy]")
    yield "busy"


@walk(script=True)
def sent_from_another_tab(visit: Visit) -> Iterator[str]:
    visit.begin()
    other = visit.context.new_page()
    Visit(other, visit.town, visit.language, visit.script).send()
    other.locator("#help-card").wait_for()
    visit.see("[data-when=elsewhere]")
    yield "elsewhere"
    other.close()


# A device that goes from hand to hand


@walk()
def shared_device(visit: Visit) -> Iterator[str]:
    visit.come_to("shared")
    yield "start"
    visit.send("shared")
    visit.see(".next-person")
    yield "next-person"


@walk(script=True)
def without_network(visit: Visit) -> Iterator[str]:
    visit.come_to("queue")
    visit.page.wait_for_load_state("networkidle")
    visit.page.locator("[data-go]").click()
    visit.screen.first.wait_for()
    visit.go_on()
    visit.answer()
    visit.finish()
    visit.context.set_offline(True)
    visit.sender.click()
    visit.see("[data-when=sealed]")
    visit.see(".queue")
    yield "sealed"
    visit.context.set_offline(False)
    visit.page.locator(".queue").wait_for(state="hidden")
    yield "delivered"


# A slip


@walk()
def slips(visit: Visit) -> Iterator[str]:
    for place in ("slips", "slips-used", "slips-planned-fresh"):
        visit.come_to(place)
        yield place
    visit.fill_in("slips-fresh")
    used = visit.town.path("slips-used")
    elsewhere = re.compile(r"/q/[^/?]+")
    visit.page.route(
        SENT,
        lambda route: route.continue_(url=elsewhere.sub(used, route.request.url)),
        times=1,
    )
    visit.sender.click()
    visit.see("#slip-advice")
    yield "slips-refused"


# What a network shows to everybody


@walk()
def public_list(visit: Visit) -> Iterator[str]:
    visit.open("/massnahmen/kreis-beispiel")
    yield "list"
    visit.open("/massnahmen/kreis-beispiel?thema=media_literacy")
    yield "chosen"
    titles = visit.page.locator(".measures h3 a").all_inner_texts()
    for title in titles:
        visit.open("/massnahmen/kreis-beispiel")
        visit.page.get_by_role("link", name=title).click()
        yield f"measure-{titles.index(title)}"


# What law expects


@walk()
def legal(visit: Visit) -> Iterator[str]:
    for name in LEGAL:
        visit.come_to("open", f"/{name}")
        yield name
        visit.open(f"/{name}")
        yield f"{name}-website"


@walk(languages=("de",))
def legal_in_easy_words(visit: Visit) -> Iterator[str]:
    visit.come_to("open", "/leichte-sprache")
    yield "survey"
    visit.open("/leichte-sprache")
    yield "website"
