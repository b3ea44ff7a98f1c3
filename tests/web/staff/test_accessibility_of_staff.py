"""Every page of the team, for everybody (WCAG 2.2 AA), in the sample district.

1. No page was forgotten: the list of stops (pages_of_staff.py) has every address of the team.
2. Axe finds nothing on any page and has no doubts: in German and Arabic, the longest pages in all
   languages; what a script furnishes is looked at without it, too; no script fails on the way.
   Contrasts are looked at in German, by day and by night: no language has colours of its own
   (test_style.py). One heading names the page, tables have names and headers.
3. Nothing is wider than 320 points, also with the spacing that a person may set; nothing is cut off;
   everything to tap is at least 24 points high and wide.
4. The focus of a keyboard is seen on everything that can have it; in forced colours every control
   has an edge.
5. A form that comes back says so in an alert, and each fault is part of its field.
6. The keyboard alone comes through the longest forms: every control in the order of the page, in
   sight, none a trap.
7. Every page is valid HTML in German and Arabic, the longest ones in all languages, and every form
   that comes back.
8. `make pictures` leaves pictures in var/pictures/team: 1280 and 390 points wide.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Response

from tests.fixtures.browser import PATIENCE, requests_elsewhere
from tests.nu_checker import complaints
from tests.web.looking import AXE, CONTROLS, faults_at_a_desk
from tests.web.pages_of_a_phone import LANGUAGES, WITHOUT_SCRIPTING
from tests.web.site import served
from tests.web.staff.pages_of_staff import STOPS, District, Stop, addresses, district
from tests.web.staff.spoiling import SPOIL, sent_back

PICTURES = Path(__file__).parents[3] / "var" / "pictures" / "team"

# As long as they get; with everything that has to be translated.
SAMPLE = {
    *(
        "start",
        "measures",
        "measure-camp",
        "master_data",
        "edit_goals",
        "wave-open",
        "designs-once",
    ),
    *("sheet", "audit", "account", "own_account", "paper", "studio", "login"),
}
LOOKS = [
    pytest.param(stop, language, id=f"{stop.name}-{stop.who}-{language}")
    for language in LANGUAGES
    for stop in STOPS
    if language in ("de", "ar") or stop.name in SAMPLE
]
REFUSED = [pytest.param(stop, id=f"{stop.name}-{stop.who}") for stop in STOPS if stop.refused]
LONGEST = [stop for stop in STOPS if stop.name in ("new_measure", "edit_goals", "paper", "studio")]

# An alert that says so, and at every field that is wrong the sentence about it.
UNSAID = """() => {
    const wrong = [...document.querySelectorAll("[aria-invalid=true]")];
    const found = wrong.filter(part => !(part.getAttribute("aria-describedby") ?? "").split(" ")
            .some(id => document.getElementById(id)?.matches(".problem")))
        .map(part => `nothing describes what is wrong: ${part.outerHTML.slice(0, 160)}`);
    if (!document.querySelector("main [role=alert]")) found.push("no alert");
    return found;
}"""


@dataclass
class Desk:
    """A browser in which one of the team is logged in."""

    page: Page
    devtools: CDPSession
    noticed: list[str] = field(default_factory=list)
    language: str = ""

    def open(self, address: str, language: str) -> Response:
        """Open a page in a language."""
        if language != self.language:
            self.page.set_extra_http_headers({"Accept-Language": language})
            self.language = language
        response = self.page.goto(address, wait_until="load")
        assert response is not None
        return response

    def allow_scripts(self, allowed: bool) -> None:
        """Switch scripts off, or on again."""
        self.devtools.send("Emulation.setScriptExecutionDisabled", {"value": not allowed})


@dataclass
class Building:
    """The district with everybody at work."""

    district: District
    origins: dict[bool, str]
    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)
    elsewhere: list[list[str]] = field(default_factory=list)
    desks: dict[str, Desk] = field(default_factory=dict)

    def desk(self, who: str) -> Desk:
        """Return where somebody sits: one browser context for all pages."""
        if who not in self.desks:
            context = self.browser.new_context(device_scale_factor=1, locale="de-DE")
            context.set_default_timeout(PATIENCE)
            context.add_init_script(AXE)
            self.contexts.append(context)
            self.elsewhere.append(requests_elsewhere(context))
            if cookie := self.district.people[who].client.get_cookie("mitreden"):
                known = {"name": "mitreden", "value": cookie.value, "url": self.origins[False]}
                context.add_cookies([known])
            page = context.new_page()
            desk = Desk(page, context.new_cdp_session(page))
            page.on("console", lambda message: desk.noticed.append(message.text))
            page.on("pageerror", lambda error: desk.noticed.append(str(error)))
            self.desks[who] = desk
        return self.desks[who]

    def address(self, stop: Stop) -> str:
        """Return the whole address of a stop."""
        strict = self.district.office_for(stop) is self.district.strict
        return self.origins[strict] + self.district.path(stop)


@pytest.fixture(scope="module")
def building(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Building]:
    """Found the district once for all tests of this process, and serve it under a name."""
    folder = tmp_path_factory.mktemp("district")
    with (
        district(f"sqlite:///{folder}/district.sqlite", folder) as founded,
        served(founded.office.app) as usual,
        served(founded.strict.app) as strict,
    ):
        origins = {False: usual, True: strict}
        named = {key: each.replace("127.0.0.1", "localhost") for key, each in origins.items()}
        building = Building(founded, named, chromium)
        yield building
        for context in building.contexts:
            context.close()
    assert [each for each in building.elsewhere if each] == []


def test_no_page_was_forgotten(building: Building) -> None:
    """Rule 1."""
    assert {stop.endpoint for stop in STOPS} == addresses(building.district)


@pytest.mark.parametrize(("stop", "language"), LOOKS)
def test_page_is_for_everybody(building: Building, stop: Stop, language: str) -> None:
    """Rules 2, 3 and 4."""
    desk, address = building.desk(stop.who), building.address(stop)
    desk.noticed.clear()
    response = desk.open(address, language)
    assert response.status == (404 if stop.state == "over" else 200)
    picture = PICTURES / f"{stop.name}-{stop.who}" if language == "de" else None
    found = faults_at_a_desk(desk.page, picture, colours=language == "de")
    if picture and desk.page.evaluate("document.scripts.length"):
        desk.allow_scripts(False)
        desk.open(address, language)
        desk.allow_scripts(True)
        desk.page.evaluate(WITHOUT_SCRIPTING)
        found += [f"without script: {fault}" for fault in faults_at_a_desk(desk.page, None)]
    assert found == []
    assert [each for each in desk.noticed if "404" not in each] == []


@pytest.mark.parametrize("stop", REFUSED)
def test_form_that_comes_back_is_for_everybody(building: Building, stop: Stop) -> None:
    """Rule 5, and the others once more."""
    desk = building.desk(stop.who)
    desk.open(building.address(stop), "de")
    with desk.page.expect_navigation() as sent:
        desk.page.evaluate(SPOIL)
    assert sent.value.status == (200 if stop.endpoint == "account.login" else 422)
    found = [*desk.page.evaluate(UNSAID)]
    assert found + faults_at_a_desk(desk.page, PICTURES / f"{stop.name}-{stop.who}-refused") == []


# The controls that a keyboard reaches: of a group of radio buttons one.
STATIONS = f"""() => {{ {CONTROLS}
    const seen = new Set();
    return controls.filter(part => {{
        if (part.tabIndex < 0) return false;
        if (part.type !== "radio") return true;
        const group = [...part.form.elements].filter(each => each.name === part.name);
        const stop = group.find(each => each.checked) ?? group[0];
        return stop === part;
    }}).map(part => part.outerHTML.slice(0, 120));
}}"""
STATION = """() => {
    const part = document.activeElement, box = part.getBoundingClientRect();
    const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return [part.outerHTML.slice(0, 120), seen];
}"""


@pytest.mark.parametrize("stop", LONGEST, ids=lambda stop: stop.name)
def test_keyboard_comes_through_the_longest_forms(building: Building, stop: Stop) -> None:
    """Rule 6."""
    desk = building.desk(stop.who)
    desk.page.set_viewport_size({"width": 390, "height": 844})
    desk.open(building.address(stop), "de")
    stations = desk.page.evaluate(STATIONS)
    reached, hidden = [], []
    for _ in range(4 * len(stations)):
        desk.page.keyboard.press("Tab")
        station, seen = desk.page.evaluate(STATION)
        if reached and station == stations[-1] and reached[-1] != station:
            reached.append(station)
            break
        if not reached or reached[-1] != station:  # a day has three places to stop at
            reached.append(station)
        hidden += [] if seen else [station]
    assert hidden == []
    assert reached == stations[stations.index(reached[0]) :]  # some begin in their first field


def test_every_page_is_valid(building: Building, tmp_path: Path) -> None:
    """Rule 7."""
    files = {}
    languages = {True: LANGUAGES, False: ("de", "ar")}
    for stop in STOPS:
        person, path = building.district.people[stop.who], building.district.path(stop)
        for language in languages[stop.name in SAMPLE]:
            answer = person.get(path, accept_language=language)
            files[f"{stop.name}-{stop.who}-{language}.html"] = answer.data
        if stop.refused:
            files[f"{stop.name}-{stop.who}-refused.html"] = sent_back(person, path).data
    found = complaints(files, tmp_path)
    assert found == []
