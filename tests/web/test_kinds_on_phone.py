"""Ranking, points, "before and now", information, faces: on a phone, in a real browser.

1. With and without JavaScript, what was chosen arrives.
2. All of it can be done with the keyboard alone.
3. Points: the script says how many are left and gives out no more than there are.
4. Before and now are two pages: the script shows one at a time, moves the focus with them, loses
   nothing and lets nobody send with a page unseen; without it they stand one after the other.
5. A refused form keeps everything; its links lead to the fields, also to those of a hidden page.
6. Nothing is wider than the smallest screen, everything to tap is at least 44 points high.
7. A picture is drawn once per page and only if it is used; it never stands without words and is
   hidden from screen readers.
8. Information asks nothing, and its help card is the help of every page.
9. What a voice reads instead goes with the wording.
"""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from survey_app.storage import schema
from tests.fixtures.browser import Phone
from tests.web.site import Site, served, site_asking

NEW_KINDS = """
id: neue-arten
version: 1.0.0
audience: young_people
languages: [de, en]
title: Neue Arten
minutes: 3
licence: {class: A, holder: Mitreden}
scales:
  agreement:
    options:
      - {code: 1, text: stimmt nicht, face: sad}
      - {code: 2, text: teils/teils, spoken: teils und teils, face: neutral}
      - {code: 3, text: stimmt, face: happy}
    refusal: true
sections:
  - id: eins
    questions:
      - {id: los, kind: information, text: Jetzt geht es los., picture: talk}
      - id: wichtig
        kind: ranking
        text: Was war dir wichtig?
        options:
          - {code: spiele, text: die Spiele}
          - {code: essen, text: das Essen}
          - {code: reden, text: das Reden}
      - id: geld
        kind: dots
        points: 3
        text: Wofür?
        options:
          - {code: sport, text: Sport}
          - {code: musik, text: Musik}
      - {id: sport, kind: open_text, text: Welcher Sport?, show_if: {question: geld__sport, at_least: 2}}
      - id: gesundheit
        kind: then_now
        scale: agreement
        text: Vorher und jetzt
        then: Denk an die Zeit davor.
        now: Und jetzt?
        items:
          - {id: g3, text: Ich weiß Rat.}
          - {id: g7, text: Ich frage nach.}
      - {id: hilfe, kind: information, text: Rede mit jemandem., help_card: true}
"""

SEND = "Antworten absenden"


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


def stored(site: Site) -> list[dict[str, object]]:
    """Return the answers of all sheets."""
    with site.field.database.read() as connection:
        rows = connection.execute(select(schema.open_sheet.c.answers)).scalars()
        return [json.loads(row) for row in rows]


def send(page: Page) -> None:
    """Tap the button at the end."""
    page.get_by_role("button", name=SEND).tap()


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
    page.get_by_label("das Essen").select_option("Platz 1")
    page.get_by_label("die Spiele").select_option("Platz 2")
    page.locator("#f-geld__musik").fill("3")
    page.locator("input[name=g3__then][value='1']").check()
    if javascript:
        page.get_by_role("button", name="Weiter").tap()
    page.locator("input[name=g3__now][value='3']").check()
    send(page)
    page.get_by_role("heading", name="Danke!").wait_for()
    assert stored(new_kinds) == [
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

    tab_to("#f-wichtig__spiele")
    page.keyboard.press("ArrowDown")
    if javascript:
        tab_to("[data-by='1']")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
    else:
        tab_to("#f-geld__sport")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
    tab_to("[name=g3__then]")
    page.keyboard.press("Space")
    if javascript:
        tab_to(".page:not([hidden]) [data-turn]")
        page.keyboard.press("Enter")
    tab_to("[name=g3__now]")
    page.keyboard.press("ArrowDown")
    tab_to("[data-sending]")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Danke!").wait_for()
    assert stored(new_kinds) == [
        {"wichtig__spiele": 1, "geld__sport": 2, "geld__musik": 0, "g3__then": 1, "g3__now": 2}
    ]


def test_points_run_out(address: str, phone: Phone) -> None:
    """Rule 3."""
    page = opened(phone, address)
    more = page.get_by_role("button", name="Ein Punkt mehr: Sport")
    fewer = page.get_by_role("button", name="Ein Punkt weniger: Sport")
    left, sport = page.locator("[data-left] output"), page.locator("#f-geld__sport")
    seen = []
    for button in (fewer, more, more, more, more, fewer):
        button.dispatch_event("click")
        seen.append((left.inner_text(), sport.input_value()))
    assert seen == [("3", ""), ("2", "1"), ("1", "2"), ("0", "3"), ("0", "3"), ("1", "2")]
    assert page.locator("#f-sport").is_visible()
    assert page.get_by_role("button", name="Ein Punkt mehr: Musik").is_enabled()


def test_before_and_now_are_two_pages(address: str, phone: Phone) -> None:
    """Rule 4: with the script, one at a time; the focus goes with them; nothing is lost."""
    page = opened(phone, address)
    page.locator("input[name=g7__then][value='2']").check()
    assert [part.is_visible() for part in page.locator(".page").all()] == [True, False]
    page.get_by_role("button", name="Weiter").tap()
    assert [part.is_visible() for part in page.locator(".page").all()] == [False, True]
    assert page.locator("h3:focus").inner_text().startswith("Und jetzt?")
    page.locator("input[name=g7__now][value='3']").check()
    page.get_by_role("button", name="Zurück").tap()
    assert page.locator("h3:focus").inner_text().startswith("Denk an die Zeit davor.")
    assert page.locator("input[name=g7__then][value='2']").is_checked()
    assert page.locator("input[name=g7__now][value='3']").is_checked()


def test_nobody_sends_with_a_page_unseen(new_kinds: Site, address: str, phone: Phone) -> None:
    """Rule 4."""
    page = opened(phone, address)
    page.locator("input[name=g3__then][value='1']").check()
    send(page)
    page.locator("h3:focus", has_text="Und jetzt?").wait_for()
    assert stored(new_kinds) == []
    send(page)
    page.get_by_role("heading", name="Danke!").wait_for()
    assert stored(new_kinds) == [{"g3__then": 1}]


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
    page.get_by_label("die Spiele").select_option("Platz 1")
    page.get_by_label("das Reden").select_option("Platz 1")
    page.locator("#f-geld__sport").fill("2")
    page.locator("#f-geld__musik").fill("4")
    fields = ["#f-wichtig__reden", "#f-geld__musik"]
    if javascript:
        page.get_by_role("button", name="Weiter").tap()
        page.locator("#f-g7__now").evaluate("input => { input.value = 'tampered' }")
        page.locator("#f-g7__now").check()
        fields.append("#f-g7__now")
    send(page)
    summary = page.locator("[data-summary]:focus")
    summary.wait_for()
    links = summary.get_by_role("link").evaluate_all("all => all.map(a => a.hash)")
    assert links == fields
    for field in fields:
        page.locator(f"[data-summary] a[href='{field}']").tap()
        page.locator(f"{field}:focus").wait_for()
    assert page.get_by_label("das Reden").input_value() == "1"
    assert page.locator("#f-geld__musik").input_value() == "4"
    assert page.get_by_text("Platz 1 hast du zweimal vergeben.").count() == 2
    assert stored(new_kinds) == []


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
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(SMALL) == []


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
    assert page.get_by_text("4 Fragen · etwa 3 Minuten").count() == 1
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
