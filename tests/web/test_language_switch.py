"""Another language in the middle of a questionnaire.

1. The switch sends the form. `only=language` stores nothing and answers 200 with the same form: the
   same submission id, everything as it was sent, in the other language. What had been refused says
   again why, in the new language. If the wave has ended meanwhile, the page says so.
2. With JavaScript the switch is at hand on every screen; the step stays, the answers stay, the focus
   is on the question, and a reload would keep the language. Without JavaScript the answers stay.
3. Without a network it says so and changes nothing; nor does a page that is not ours.
4. Easy German is a choice of its own with its own name.
5. Mira reads from right to left: ways, progress, scale, points; numbers and dates have one form.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, Route

from survey_app.languages import load_languages
from tests.fixtures.browser import Phone
from tests.support_field import TODAY
from tests.web.questionnaires import EVERY_KIND, NEW_KINDS
from tests.web.site import Site, served, site_asking, submission_of
from tests.web.walking import (
    BACK,
    ON,
    choose,
    focused,
    go_on,
    opened,
    reach,
    screen,
    screens,
    send,
    start,
    where,
    write,
)

ID = "b" * 22
ANSWERED = {"k1": "2", "aendern": "Mehr <Pausen>", "gefallen": ["gruppe", "ort"], "tage": "viele"}
IN_ENGLISH = "?lang=en&only=language"
EASY = "easy_language: {tested: true, by: Büro Klar, 'on': '2026-11-01'}\n"


def chosen(html: str) -> set[tuple[str, str]]:
    """Return names and values of what is ticked on a page."""
    ticked = re.findall(r'name="(\w+)" value="(\w+)"[^>]* checked', html)
    return {(name, value) for name, value in ticked}


def switch(page: Page, language: str) -> None:
    """Choose a language on whatever screen this is."""
    if screen(page) not in (None, "start"):
        page.locator(".languages summary").tap()
    page.locator(f".languages button[lang={language}]").tap()


# Rule 1


def test_form_comes_back_as_it_was_sent(site_on_both: Site) -> None:
    answer = site_on_both.post(ANSWERED, submission=ID, path=site_on_both.address + IN_ENGLISH)
    assert answer.status_code == 200
    assert '<html lang="en"' in answer.text
    assert submission_of(answer.text) == ID
    assert chosen(answer.text) == {("k1", "2"), ("gefallen", "gruppe"), ("gefallen", "ort")}
    assert "Mehr &lt;Pausen&gt;</textarea>" in answer.text
    assert 'name="tage" value="viele"' in answer.text
    assert "data-summary" not in answer.text
    assert [site_on_both.count(table) for table in ("open_sheet", "open_text")] == [0, 0]


def test_form_that_was_refused_says_again_why(site: Site) -> None:
    refused = site.post(ANSWERED, submission=ID)
    (address,) = re.findall(r'formaction="([^"]+lang=en[^"]+)"', refused.text)
    again = site.post(ANSWERED, submission=ID, path=address.replace("&amp;", "&"))
    assert (refused.status_code, again.status_code) == (422, 200)
    assert "Please enter a whole number" in again.text


@pytest.mark.parametrize(
    ("sent", "summary"),
    [({}, "You have not answered anything yet"), ({"k1": "2"}, None)],
)
def test_form_that_was_empty_says_so_as_long_as_it_is(
    site: Site, sent: dict[str, str], summary: str | None
) -> None:
    answer = site.post(sent, submission=ID, path=f"{site.address}{IN_ENGLISH}&checked=1")
    assert ("data-summary" in answer.text) is (summary is not None)
    assert (summary or "") in answer.text


def test_wave_that_has_ended_meanwhile(site: Site) -> None:
    site.clock.day = TODAY + timedelta(days=2)
    site.clock.now += 10
    answer = site.post(ANSWERED, submission=ID, path=site.address + IN_ENGLISH)
    assert answer.status_code == 200
    assert "data-questionnaire" not in answer.text


@pytest.mark.parametrize(
    ("submission", "headers", "status"),
    [("short", {}, 400), (ID, {"Sec_Fetch_Site": "cross-site"}, 403)],
)
def test_switch_is_refused_like_any_form(
    site: Site, submission: str, headers: dict[str, str], status: int
) -> None:
    path = site.address + IN_ENGLISH
    answer = site.post({}, submission=submission, path=path, **headers)
    assert answer.status_code == status


# Rule 2


def test_step_and_answers_stay(site: Site, live: str, phone: Phone) -> None:
    page = opened(phone, live + site.address)
    choose(page, "k1", 2)
    write(page, "aendern", "Mehr Pausen")
    write(page, "tage", "3")
    choose(page, "m1", 5)
    before = where(page)
    switch(page, "en")
    page.locator(":focus", has_text="I recognise ads online.").wait_for()
    assert before == "Frage 5 von 9"
    assert re.findall("[0-9]+", where(page)) == ["5", "9"]
    assert page.url == f"{live}{site.address}?lang=en"
    assert page.locator(".languages summary .language-name").inner_text() == "English"
    page.go_back()
    assert page.locator("#f-tage").input_value() == "3"
    assert focused(page).inner_text() == "How many days were you there?"
    switch(page, "de")
    send(page)
    page.get_by_role("heading", name="Danke!").wait_for()
    assert site.sheets() == [{"k1": 2, "tage": 3, "m1": 5}]
    assert site.count("open_text") == 1


def test_switch_is_at_hand_on_every_screen(site: Site, live: str, phone: Phone) -> None:
    page = opened(phone, live + site.address)
    offered = []
    for shown in screens(page):
        if shown != "start":
            page.locator(".languages summary").tap()
        offered.append(page.locator(".languages button:visible").all_inner_texts())
    assert offered == [["Deutsch", "English", "العربية"]] * 9


def test_new_screen_folds_the_languages_up(site: Site, live: str, phone: Phone) -> None:
    page = opened(phone, live + site.address)
    start(page)
    page.locator(".languages summary").tap()
    go_on(page)
    assert page.locator(".languages button:visible").count() == 0
    page.go_back()
    page.go_back()
    assert page.locator(".languages button:visible").count() == 3


@pytest.mark.parametrize(
    ("key", "left"), [("Tab", ".help summary"), ("Escape", ".languages summary")]
)
def test_languages_give_way(site: Site, live: str, phone: Phone, key: str, left: str) -> None:
    """They lie over the question: who tabs on must see what has the focus."""
    page = opened(phone, live + site.address)
    start(page)
    page.locator(".languages summary").tap()
    page.locator(".languages button").last.focus()
    page.keyboard.press(key)
    assert page.locator(".languages button:visible").count() == 0
    assert page.locator(f"{left}:focus").count() == 1


def test_switch_at_the_start_stays_at_the_start(site: Site, live: str, phone: Phone) -> None:
    page = opened(phone, live + site.address)
    switch(page, "en")
    page.locator("h1:focus", has_text="How was it?").wait_for()
    assert screen(page) == "start"
    page.reload()
    page.get_by_role("heading", name="How was it?").wait_for()


def test_switch_keeps_what_went_wrong(site: Site, live: str, phone: Phone) -> None:
    page = opened(phone, live + site.address)
    write(page, "tage", "viele")
    send(page)
    page.locator("[data-summary]:focus").wait_for()
    switch(page, "en")
    page.locator("[data-summary]:focus", has_text="One answer needs another look").wait_for()
    assert page.title().startswith("Error:")


def test_answers_stay_without_javascript(site: Site, live: str, phone: Phone) -> None:
    page = opened(phone, live + site.address, javascript=False)
    page.locator("input[name=k1][value='2']").check()
    page.locator("#f-aendern").fill("Mehr Pausen")
    switch(page, "en")
    page.get_by_role("heading", name="How was it?").wait_for()
    switch(page, "ar")
    page.locator("html[dir=rtl]").wait_for()
    switch(page, "en")
    page.get_by_role("button", name="Send my answers").tap()
    page.get_by_role("heading", name="Thank you!").wait_for()
    assert site.sheets() == [{"k1": 2}]
    assert site.count("open_text") == 1


# Rule 3


@pytest.mark.parametrize("trouble", ["offline", "busy", "stranger"])
def test_without_a_network_nothing_changes(
    site: Site, live: str, phone: Phone, trouble: str
) -> None:
    page = opened(phone, live + site.address)
    choose(page, "k1", 2)

    def meddle(route: Route) -> None:
        if trouble == "offline":
            route.abort("internetdisconnected")
        elif trouble == "busy":
            route.fulfill(status=503, body="zu viel los")
        else:
            route.fulfill(status=200, body="<h1>WLAN: bitte anmelden</h1>")

    page.route("**/*only=language*", meddle)
    switch(page, "en")
    page.get_by_role("alert").filter(has_text="Gerade gibt es keine Verbindung.").wait_for()
    assert where(page) == "Frage 1 von 9"
    assert page.url == live + site.address
    assert page.locator("html").get_attribute("lang") == "de"
    page.unroute("**/*only=language*")
    page.locator(".languages button[lang=en]").tap()
    page.locator("html[lang=en]").wait_for()
    assert page.locator("input[name=k1][value='2']").is_checked()


# Rule 4


def test_easy_german_has_its_own_name(sqlite_url: str, phone: Phone) -> None:
    asked = EVERY_KIND.replace("insgesamt gefallen., en", "insgesamt gefallen., en", 1)
    asked = asked.replace("core: K1\n", "core: K1\n        easy: {de: Es war gut.}\n", 1)
    with site_asking(asked + EASY, sqlite_url) as site, served(site.app) as origin:
        page = opened(phone, origin + site.address)
        choose(page, "k1", 4)
        page.locator(".languages summary").tap()
        page.get_by_role("button", name="Leichte Sprache").tap()
        page.locator("legend:focus", has_text="Es war gut.").wait_for()
        assert page.locator("input[name=k1][value='4']").is_checked()


# Rule 5


@pytest.fixture
def arabic(sqlite_url: str) -> Iterator[str]:
    """Serve the kinds with rows and points, also in Arabic."""
    asked = NEW_KINDS.replace("[de, en]", "[de, ar]")
    with site_asking(asked, sqlite_url) as site, served(site.app) as origin:
        yield origin + site.address


def columns(page: Page, *selectors: str) -> list[float]:
    """Return where the middle of each lies, from the left."""
    boxes = [page.locator(selector).first.bounding_box() for selector in selectors]
    return [box["x"] + box["width"] / 2 for box in boxes if box]


def test_ways_and_scale_run_from_right_to_left(site: Site, live: str, phone: Phone) -> None:
    page = opened(phone, live + site.address, locale="ar")
    reach(page, "#f-zufrieden")
    back, on = columns(page, BACK, ON)
    assert back > on
    steps = [f"label:has([name=zufrieden][value='{step}'])" for step in range(4)]
    assert columns(page, *steps) == sorted(columns(page, *steps), reverse=True)
    lowest, highest = columns(page, ".ends > :first-child", ".ends > :last-child")
    assert lowest > highest
    assert page.locator("progress").evaluate("bar => getComputedStyle(bar).direction") == "rtl"


def test_points_and_places_run_from_right_to_left(arabic: str, phone: Phone) -> None:
    page = opened(phone, arabic, locale="ar")
    reach(page, "#f-wichtig__spiele")
    label, select = columns(page, "label[for=f-wichtig__spiele]", "#f-wichtig__spiele")
    assert label > select
    reach(page, "#f-geld__sport")
    fewer, field, more = columns(page, "[data-by='-1']", "#f-geld__sport", "[data-by='1']")
    assert fewer > field > more


def test_numbers_have_one_form_on_a_page(site: Site) -> None:
    """The digits of the phone number, the code and the clock; a field reads the other ones too."""
    html = site.get(f"{site.address}?lang=ar").text
    assert re.findall("[٠-٩۰-۹]", html) == []
    arabic = load_languages().all["ar"]
    assert arabic.date(date(2026, 11, 21)) == "21 نوفمبر 2026"
    answer = site.post({"tage": "٧"})
    assert (answer.status_code, site.sheets()) == (200, [{"tage": 7}])
