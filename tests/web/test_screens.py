"""How a screen with one question looks and holds still.

1. Each step gives the focus to its question and is shown from its top; what has the focus is in
   sight, at every size: also at 400 % (320 × 256). Nothing is too wide, nothing too small to hit.
2. The ways on stand at the same place on every screen, the answers at the same place from
   statement to statement.
3. When the script arrives, nothing moves. If it never does, there is a way on: at once by tapping,
   and by itself after a while.
4. Who wants no motion sees none.
"""

import pytest
from playwright.sync_api import Page, Route

from tests.fixtures.browser import Phone
from tests.web.looking import SMALLEST_TARGET, TOO_SMALL
from tests.web.questionnaires import EVERY_KIND, HEAD, NEW_KINDS
from tests.web.site import Site
from tests.web.walking import (
    BACK,
    GO,
    ON,
    SEND,
    focused,
    opened,
    reach,
    screen,
    screens,
    start,
    where,
)

STATEMENTS = (
    HEAD
    + """
      - id: viele
        kind: battery
        scale: five
        text: Wie gut passt das?
        items:
          - {id: m1, text: Ja.}
          - {id: m2, text: Ich erkenne eine falsche Nachricht im Netz meistens schon am ersten Satz.}
          - {id: m3, text: Ich kann mein Handy weglegen.}
"""
)

EVERY = pytest.mark.parametrize("asking", [EVERY_KIND, NEW_KINDS], indirect=True)
ONE_OF_EACH = pytest.mark.parametrize("asking", [EVERY_KIND], indirect=True)


# Rules 1 and 2

HIDDEN = """focus => {
    const {top, bottom} = focus.getBoundingClientRect();
    const ways = document.querySelector("form .ways");
    const sticks = getComputedStyle(ways).position === "sticky";
    const end = sticks ? ways.getBoundingClientRect().top : innerHeight;
    return top < 0 || (bottom > end && bottom - top < end);
}"""


@EVERY
@pytest.mark.parametrize("locale", ["de-DE", "ar"])
@pytest.mark.parametrize("size", [(320, 568), (390, 844), (320, 256), (1280, 800)])
def test_every_screen_fits(address: str, phone: Phone, size: tuple[int, int], locale: str) -> None:
    width, height = size
    page = opened(phone, address, locale=locale, viewport={"width": width, "height": height})
    faults = []
    for shown in screens(page):
        if page.evaluate("document.documentElement.scrollWidth") != width:
            faults.append(f"{where(page)} ({shown}) is too wide")
        faults += page.evaluate(TOO_SMALL, SMALLEST_TARGET)
        if shown != "start" and focused(page).evaluate(HIDDEN):
            faults.append(f"{where(page)} ({shown}): the question is out of sight")
    assert faults == []


@EVERY
def test_tabbing_through_shows_what_has_the_focus(address: str, phone: Phone) -> None:
    page = opened(phone, address, viewport={"width": 320, "height": 568})
    hidden = []
    for shown in screens(page):
        while shown != "start" and not page.locator(f"{ON}:focus, {SEND}:focus").count():
            page.keyboard.press("Tab")
            if focused(page).evaluate(f"focus => focus.closest('.ways') ? 0 : ({HIDDEN})(focus)"):
                hidden.append(focused(page).evaluate("focus => focus.outerHTML"))
    assert hidden == []


@ONE_OF_EACH
def test_focus_is_on_the_question_at_the_top_of_the_page(address: str, phone: Phone) -> None:
    page = opened(phone, address)
    heard = []
    for shown in screens(page):
        if shown != "start":
            heard.append(focused(page).inner_text())
            assert page.evaluate("scrollY") == 0
            page.evaluate("scrollTo(0, 500)")
    assert heard == [
        "Das Angebot hat mir insgesamt gefallen.",
        "Was hat dir gefallen?",
        "Wie viele Tage warst du dabei?",
        "Ich erkenne Werbung im Netz.",
        "Ich kann mein Handy weglegen.",
        "Wie zufrieden bist du zurzeit mit deinem Leben?",
        "Wie alt bist du?",
        "Fast geschafft",
    ]


@EVERY
@pytest.mark.parametrize("locale", ["de-DE", "ar"])
def test_ways_on_never_move(address: str, phone: Phone, locale: str) -> None:
    page = opened(phone, address, locale=locale)
    places = set()
    for shown in screens(page):
        if shown == "question":
            places.add(tuple(str(page.locator(way).bounding_box()) for way in (BACK, ON)))
    assert len(places) == 1
    page.evaluate("scrollTo(0, 0)")
    assert str(page.locator(BACK).bounding_box()) in places.pop()


@pytest.mark.parametrize("asking", [STATEMENTS], indirect=True)
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_answers_stand_still_from_statement_to_statement(
    address: str, phone: Phone, width: int
) -> None:
    page = opened(phone, address, viewport={"width": width, "height": 700})
    places = set()
    for name in ("m1", "m2", "m3"):
        reach(page, f"#f-{name}")
        assert page.locator(".item legend:visible").count() == 1
        places.add(str(page.locator(f"label:has(#f-{name})").bounding_box()))
    assert len(places) == 1


# Rule 3


def blocked(phone: Phone, address: str) -> Page:
    """Return the page on a phone that never gets the script."""
    context = phone()

    def refuse(route: Route) -> None:
        route.abort()

    context.route("**/respond.*.js", refuse)
    page = context.new_page()
    page.goto(address)
    return page


@EVERY
def test_nothing_moves_when_the_script_arrives(address: str, phone: Phone) -> None:
    before, after = blocked(phone, address), opened(phone, address)
    boxes = """() => [...document.body.querySelectorAll("*")].filter(one => one.checkVisibility())
        .filter(one => !one.closest("form")).map(one => {
            const {x, y, width, height} = one.getBoundingClientRect();
            return [one.tagName, one.className.baseVal ?? one.className, x, y, width, height];
        }).filter(([tag]) => !["MAIN", "FOOTER", "P"].includes(tag))"""
    assert before.evaluate(boxes) == after.evaluate(boxes)
    assert not before.locator("form").is_visible()


@ONE_OF_EACH
@pytest.mark.parametrize("how", ["tap", "wait"])
def test_without_the_script_there_is_a_way_on(
    asking: Site, address: str, phone: Phone, how: str
) -> None:
    page = blocked(phone, address)
    if how == "tap":
        page.locator(GO).tap()
    else:
        page.evaluate("for (const one of document.getAnimations()) one.finish()")
    page.locator("input[name=k1][value='2']").check()
    page.locator("#f-tage").fill("3")
    page.locator(SEND).tap()
    page.get_by_role("heading", name="Danke!").wait_for()
    assert asking.sheets() == [{"k1": 2, "tage": 3}]


@ONE_OF_EACH
def test_tap_before_the_script_came_counts(address: str, phone: Phone) -> None:
    page = opened(phone, f"{address}#questionnaire")
    assert where(page) == "Frage 1 von 9"
    assert page.url == address
    page.go_back()
    assert screen(page) == "start"


# Rule 4


@EVERY
@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_motion_is_for_those_who_want_it(address: str, phone: Phone, motion: str) -> None:
    page = opened(phone, address, reduced_motion=motion)
    start(page)
    moving = page.evaluate("document.getAnimations().length")
    assert (moving > 0) is (motion == "no-preference")
