"""Ranking, points, "before and now", information, faces: on a phone, in a real browser.

1. With and without JavaScript, what was chosen arrives.
2. All of it can be done with the keyboard alone.
3. Points: the script says how many are left and gives out no more than there are.
4. Before and now never stand side by side: the script shows one statement at a time, first all of
   then, each below its heading; without it the two pages stand one after the other.
5. A refused form keeps everything; its links lead to the fields, wherever they are.
6. Nothing is wider than the smallest screen, everything to tap is at least 44 points high.
7. A picture is drawn once per page and only if it is used; it never stands without words and is
   hidden from screen readers.
8. Information asks nothing, and its help card is the help of every page.
9. What a voice reads instead goes with the wording.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.fixtures.browser import Phone
from tests.web.questionnaires import NEW_KINDS
from tests.web.site import Site, served, site_asking
from tests.web.walking import BACK, GO, ON, SEND, choose, go_on, reach, screen, send, start, write


@pytest.fixture
def new_kinds(sqlite_url: str) -> Iterator[Site]:
    """Give a wave that asks the kinds of this file."""
    with site_asking(NEW_KINDS, sqlite_url) as opened:
        yield opened


@pytest.fixture
def address(new_kinds: Site) -> Iterator[str]:
    """Serve it and give the address of its page."""
    with served(new_kinds.app) as origin:
        yield origin + new_kinds.address


def opened(phone: Phone, address: str, *, javascript: bool = True) -> Page:
    """Return the page on a new phone."""
    page = phone(javascript=javascript).new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize("javascript", [True, False])
def test_what_was_chosen_arrives(
    new_kinds: Site, address: str, phone: Phone, javascript: bool
) -> None:
    """Rule 1."""
    page = opened(phone, address, javascript=javascript)
    reach(page, "#f-wichtig__spiele")
    page.get_by_label("das Essen").select_option("Platz 1")
    page.get_by_label("die Spiele").select_option("Platz 2")
    write(page, "geld__musik", "3")
    choose(page, "g3__then", 1)
    choose(page, "g3__now", 3)
    send(page)
    page.get_by_role("heading", name="Danke!").wait_for()
    assert new_kinds.sheets() == [
        {
            "wichtig__spiele": 2,
            "wichtig__essen": 1,
            "geld__sport": 0,
            "geld__musik": 3,
            "g3__then": 1,
            "g3__now": 3,
        }
    ]


@pytest.mark.parametrize("javascript", [True, False])
def test_the_keyboard_is_enough(
    new_kinds: Site, address: str, phone: Phone, javascript: bool
) -> None:
    """Rule 2: only Tab, arrows, space and enter."""
    page = opened(phone, address, javascript=javascript)

    def tab_to(selector: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.locator(f"{selector}:focus").count():
                return
        raise AssertionError(f"Tab does not lead to {selector}")

    def go_on_to(selector: str) -> None:
        while javascript and not page.locator(selector).is_visible():
            tab_to(f"{GO}, {ON}" if screen(page) == "start" else ON)
            page.keyboard.press("Enter")
        tab_to(selector)

    go_on_to("#f-wichtig__spiele")
    page.keyboard.press("ArrowDown")
    if javascript:
        go_on_to("#f-geld__sport ~ [data-by]")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
    else:
        go_on_to("#f-geld__sport")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
    go_on_to("#f-g3__then")
    page.keyboard.press("Space")
    go_on_to("#f-g3__now")
    page.keyboard.press("ArrowDown")
    go_on_to(SEND)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Danke!").wait_for()
    assert new_kinds.sheets() == [
        {"wichtig__spiele": 1, "geld__sport": 2, "geld__musik": 0, "g3__then": 1, "g3__now": 2}
    ]


def test_points_run_out(address: str, phone: Phone) -> None:
    """Rule 3."""
    page = opened(phone, address)
    reach(page, "[data-left]")
    more = page.get_by_role("button", name="Ein Punkt mehr: Sport")
    fewer = page.get_by_role("button", name="Ein Punkt weniger: Sport")
    left, sport = page.locator("[data-left] output"), page.locator("#f-geld__sport")
    seen = []
    for button in (fewer, more, more, more, more, fewer):
        button.dispatch_event("click")
        seen.append((left.inner_text(), sport.input_value()))
    assert seen == [("3", ""), ("2", "1"), ("1", "2"), ("0", "3"), ("0", "3"), ("1", "2")]
    assert page.get_by_role("button", name="Ein Punkt mehr: Musik").is_enabled()


def test_before_comes_before_now(address: str, phone: Phone) -> None:
    """Rule 4."""
    page = opened(phone, address)
    reach(page, "#f-g3__then")
    seen = []
    for _ in range(4):
        shown = page.locator(".moment:visible, .item legend:visible").all_inner_texts()
        names = page.locator(".page input:visible").evaluate_all("all => all.map(i => i.name)")
        seen.append((*shown, *dict.fromkeys(names)))
        go_on(page)
    before, now = "Denk an die Zeit davor.", "Und jetzt?"
    assert seen == [
        (before, "Ich weiß Rat.", "g3__then"),
        (before, "Ich frage nach.", "g7__then"),
        (now, "Ich weiß Rat.", "g3__now"),
        (now, "Ich frage nach.", "g7__now"),
    ]


def test_without_javascript_now_stands_below_then(address: str, phone: Phone) -> None:
    """Rule 4: never side by side, also where there is room."""
    page = opened(phone, address, javascript=False)
    page.set_viewport_size({"width": 1280, "height": 800})
    then, now = (part.bounding_box() for part in page.locator(".page").all())
    assert then is not None
    assert now is not None
    assert then["y"] + then["height"] <= now["y"]
    names = page.locator(".page input").evaluate_all("all => [...new Set(all.map(i => i.name))]")
    assert names == ["g3__then", "g7__then", "g3__now", "g7__now"]


@pytest.mark.parametrize("javascript", [True, False])
def test_refused_form_keeps_everything_and_leads_to_the_fields(
    new_kinds: Site, address: str, phone: Phone, javascript: bool
) -> None:
    """Rule 5."""
    page = opened(phone, address, javascript=javascript)
    reach(page, "#f-wichtig__spiele")
    page.get_by_label("die Spiele").select_option("Platz 1")
    page.get_by_label("das Reden").select_option("Platz 1")
    write(page, "geld__sport", "2")
    write(page, "geld__musik", "4")
    fields = ["#f-wichtig__reden", "#f-geld__musik"]
    if javascript:
        page.locator("#f-g7__now").evaluate("input => { input.value = 'tampered' }")
        choose(page, "g7__now", "tampered")
        fields.append("#f-g7__now")
    send(page)
    summary = page.locator("[data-summary]:focus")
    summary.wait_for()
    links = summary.get_by_role("link").evaluate_all("all => all.map(a => a.hash)")
    assert links == fields
    for field in fields:
        page.locator(f"[data-summary] a[href='{field}']").tap()
        page.locator(f"{field}:focus").wait_for()
        if javascript:
            page.locator(BACK).tap()
    assert page.get_by_label("das Reden").input_value() == "1"
    assert page.locator("#f-geld__musik").input_value() == "4"
    assert page.get_by_text("Platz 1 hast du zweimal vergeben.").count() == 2
    assert new_kinds.sheets() == []


SMALL = """() => [...document.querySelectorAll("button, input:not([type=hidden]), select, textarea")]
    .map(part => part.closest("label") ?? part)
    .filter(part => part.offsetHeight && Math.min(part.offsetHeight, part.offsetWidth) < 44)
    .map(part => part.outerHTML)"""


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_too_wide_or_too_small(
    address: str, phone: Phone, width: int, javascript: bool
) -> None:
    """Rule 6."""
    page = phone(javascript=javascript).new_page()
    page.set_viewport_size({"width": width, "height": 568})
    page.goto(address)
    while True:
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate(SMALL) == []
        if screen(page) in (None, "finish"):
            break
        start(page) if screen(page) == "start" else go_on(page)


def test_pictures_are_drawn_once_and_never_alone(address: str, phone: Phone) -> None:
    """Rule 7."""
    page = opened(phone, address)
    drawn = page.locator("symbol").evaluate_all("all => all.map(symbol => symbol.id)")
    assert drawn == ["p-happy", "p-neutral", "p-sad", "p-talk"]
    shown = page.locator("main svg:has(use)")
    hidden = shown.evaluate_all("all => all.map(svg => svg.getAttribute('aria-hidden'))")
    words = shown.evaluate_all(
        "all => all.map(svg => svg.parentNode.textContent.trim().length > 0)"
    )
    assert set(hidden) == {"true"}
    assert set(words) == {True}
    assert len(words) == 13


def test_page_without_pictures_has_no_sprite(site: Site) -> None:
    """Rule 7."""
    assert site.get().text.count("<symbol") == 0


def test_information_asks_nothing_and_shows_the_help(address: str, phone: Phone) -> None:
    """Rule 8: it is no question, and "to the first question" leads past it."""
    page = opened(phone, address, javascript=False)
    assert page.get_by_text("7 Fragen · etwa 3 Minuten").count() == 1
    of_the_page, of_the_question = page.locator(".contacts").all()
    assert of_the_page.inner_html() == of_the_question.inner_html()
    assert of_the_question.is_visible()
    send(page)
    page.get_by_role("link", name="Zur ersten Frage").tap()
    page.locator("#f-wichtig__spiele:focus").wait_for()


def test_what_a_voice_reads_goes_with_the_wording(address: str, phone: Phone) -> None:
    """Rule 9."""
    page = opened(phone, address)
    spoken = page.locator("[data-spoken='teils und teils']")
    assert set(spoken.all_text_contents()) == {"teils/teils"}
