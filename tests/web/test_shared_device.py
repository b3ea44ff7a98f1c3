"""A device that goes from hand to hand: the next person finds nothing of the one before.

1. After sending, a large button holds the next person's page; nobody is told to close this one.
   Elsewhere nothing of this is said or sent.
2. With and without scripts, however far one goes back, and after a reload, no answer is to be seen;
   also in a browser that keeps whole pages for its back button.
3. In such a browser an ordinary way in does show them, without scripts, and so would this one but
   for an empty style sheet: the tests can fail.
4. Who went away without sending leaves answers on the screen; "Von vorn beginnen" clears them, and
   there is no way back to them.
5. Without scripts, a form that was counted is not shown again: neither in another language nor with
   what was wrong in it.
6. Each person counts once, under an id of their own; none of them is left in the history.
7. No field asks the browser to remember what was typed.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as Stopped

from tests.fixtures.browser import FLAGS, chromium_program
from tests.support_field import field_in, migrated
from tests.web.questionnaires import EVERY_KIND
from tests.web.site import Site, served, site_for
from tests.web.test_respond import page as parsed
from tests.web.walking import choose, reach, send, write

ID = "a" * 22
GOOD = {"k1": "2", "aendern": "GEHEIM"}
CLOSE_IT = "Du kannst die Seite jetzt schließen."
CLEAR = '"cache"'


@pytest.fixture
def tablet_site(sqlite_url: str) -> Iterator[Site]:
    """Give a wave whose way in is for a shared device, in a network beside that of `site`."""
    with migrated(sqlite_url) as database:
        field = field_in(
            database, questionnaire=EVERY_KIND, shared_device=True, name="Kreis mit Tablet"
        )
        with site_for(field) as site:
            yield site


@pytest.fixture
def shared(tablet_site: Site) -> Iterator[str]:
    """Serve it and give the address of the questionnaire."""
    with served(tablet_site.app) as address:
        yield address + tablet_site.address


@pytest.fixture(scope="module")
def keeping(chromium: Browser) -> Iterator[Browser]:
    """Run a browser as people have it: it keeps whole pages for its back button."""
    browser = chromium.browser_type.launch(
        executable_path=chromium_program(),
        args=list(FLAGS),
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser
    browser.close()


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def tablet(keeping: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """Give a tablet with and without scripts."""
    context = keeping.new_context(
        viewport={"width": 820, "height": 1180},
        has_touch=True,
        locale="de-DE",
        java_script_enabled=request.param,
    )
    yield context
    context.close()


def answer(page: Page) -> None:
    choose(page, "k1", 2)
    write(page, "aendern", "GEHEIM")


def answers_on(page: Page) -> list[str]:
    """Return what was answered and is to be seen, or found, on a page."""
    ticked = page.locator("input:checked").count()
    typed = [area.input_value() for area in page.locator("textarea").all()]
    found = ["GEHEIM"] if "GEHEIM" in page.content() else []
    return ["ticked"] * ticked + [text for text in typed if text] + found


def steps_back(page: Page, most: int = 6) -> Iterator[str]:
    """Go back as often as possible and yield each address. A page may refuse to be sent anew."""
    for _ in range(most):
        try:
            page.go_back(wait_until="commit", timeout=2000)
        except Stopped:
            page.wait_for_timeout(100)  # restored without a navigation, or the browser asks first
        if page.url == "about:blank":
            return
        yield page.url


# Rule 1


@pytest.mark.parametrize("path", ["", "/danke"])
def test_thanks_offer_the_next_person_a_page(tablet_site: Site, path: str) -> None:
    said = tablet_site.get(tablet_site.address + path) if path else tablet_site.post(GOOD)
    link = parsed(said.text).find(".//p[@class='next-person']/a")
    assert (link.text, link.get("href")) == ("Nächste Person", tablet_site.address)
    assert CLOSE_IT not in said.text


def test_an_ordinary_way_in_says_and_sends_nothing_of_it(site: Site) -> None:
    for said in (site.get(), site.post(GOOD), site.get(f"{site.address}/danke")):
        assert said.headers.get("Clear-Site-Data") is None
        for part in ("Nächste Person", "Von vorn beginnen", "/forget.css"):
            assert part not in said.text
    assert CLOSE_IT in site.post(GOOD).text


def test_the_browser_is_told_to_forget(tablet_site: Site) -> None:
    said = tablet_site.post(GOOD, submission=ID)
    again = tablet_site.post(GOOD, submission=ID)
    assert (said.headers["Clear-Site-Data"], again.headers["Clear-Site-Data"]) == (CLEAR, CLEAR)
    sheet = tablet_site.get("/forget.css")
    assert (sheet.text, sheet.headers["Clear-Site-Data"], sheet.headers["Cache-Control"]) == (
        "",
        CLEAR,
        "no-store",
    )
    for page in (tablet_site.get(), said, tablet_site.get(f"{tablet_site.address}/danke")):
        assert '<noscript><link rel="stylesheet" href="/forget.css"></noscript>' in page.text


def test_the_button_is_as_large_as_it_is_important(shared: str, tablet: BrowserContext) -> None:
    page = tablet.new_page()
    page.goto(shared)
    answer(page)
    send(page)
    box = page.get_by_role("link", name="Nächste Person").bounding_box()
    assert box is not None
    assert (box["height"] >= 72, box["width"] >= 300) == (True, True)


# Rule 2


@pytest.mark.parametrize("passes_on", [True, False], ids=["passed on", "left lying"])
def test_no_way_back_leads_to_an_answer(
    shared: str, tablet: BrowserContext, passes_on: bool
) -> None:
    page = tablet.new_page()
    page.goto(shared)
    answer(page)
    send(page)
    page.get_by_role("heading", name="Danke!").wait_for()
    if passes_on:
        page.get_by_role("link", name="Nächste Person").click()
        page.locator("[data-questionnaire]").wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    seen = [(address, answers_on(page)) for address in steps_back(page)]
    assert [each for each in seen if each[1]] == []


def test_reload_shows_no_answer(shared: str, tablet: BrowserContext) -> None:
    page = tablet.new_page()
    page.goto(shared)
    answer(page)
    send(page)
    page.get_by_role("heading", name="Danke!").wait_for()
    page.reload()
    page.get_by_role("heading", name="Danke!").wait_for()
    assert answers_on(page) == []


# Rule 3


def seen_after_sending(keeping: Browser, address: str, *, but_for: str = "") -> list[list[str]]:
    """Return what can be seen of a sheet by going back without scripts."""
    context = keeping.new_context(java_script_enabled=False, locale="de-DE", has_touch=True)
    if but_for:
        context.route(f"**{but_for}", lambda route: route.abort())
    page = context.new_page()
    page.goto(address)
    answer(page)
    send(page)
    page.get_by_role("heading", name="Danke!").wait_for()
    page.wait_for_load_state("networkidle")
    seen = [answers_on(page) for _ in steps_back(page)]
    context.close()
    return seen


def test_an_ordinary_way_in_leads_back_to_answers(site: Site, live: str, keeping: Browser) -> None:
    assert ["ticked", "GEHEIM"] in seen_after_sending(keeping, live + site.address)


def test_it_is_the_empty_style_sheet_that_forgets(shared: str, keeping: Browser) -> None:
    assert ["ticked", "GEHEIM"] in seen_after_sending(keeping, shared, but_for="/forget.css")
    assert ["ticked", "GEHEIM"] not in seen_after_sending(keeping, shared)


# Rule 4


def test_who_went_away_leaves_nothing_to_go_back_to(shared: str, tablet: BrowserContext) -> None:
    page = tablet.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(shared)
    answer(page)
    page.get_by_role("link", name="Von vorn beginnen").click()
    page.wait_for_load_state("networkidle")
    assert answers_on(page) == []
    seen = [(address, answers_on(page)) for address in steps_back(page, most=4)]
    assert [each for each in seen if each[1]] == []


# Rule 5


@pytest.mark.parametrize(
    "form", [GOOD, {"aendern": ""}, {"tage": "viele"}], ids=["good", "empty", "wrong"]
)
@pytest.mark.parametrize("query", ["?lang=en&only=language", "?lang=en&only=language&checked=1"])
def test_a_counted_form_is_not_shown_in_another_language(
    tablet_site: Site, form: dict[str, str], query: str
) -> None:
    tablet_site.post(GOOD, submission=ID)
    said = tablet_site.post(form, submission=ID, path=tablet_site.address + query)
    assert said.status_code == 409
    assert "GEHEIM" not in said.text


def test_a_counted_form_is_not_shown_with_what_was_wrong(tablet_site: Site) -> None:
    wrong = GOOD | {"tage": "viele"}
    before = tablet_site.post(wrong, submission=ID)
    tablet_site.post(GOOD, submission=ID)
    after = tablet_site.post(wrong, submission=ID)
    assert (before.status_code, "GEHEIM" in before.text) == (422, True)
    assert (after.status_code, "GEHEIM" in after.text) == (409, False)


def test_an_uncounted_form_is_shown_in_another_language(tablet_site: Site) -> None:
    path = f"{tablet_site.address}?lang=en&only=language"
    said = tablet_site.post(GOOD, submission=ID, path=path)
    assert (said.status_code, "GEHEIM" in said.text) == (200, True)


# Rule 6


def test_each_person_counts_once(tablet_site: Site, shared: str, tablet: BrowserContext) -> None:
    page = tablet.new_page()
    page.goto(shared)
    for _ in range(3):
        answer(page)
        send(page)
        page.get_by_role("heading", name="Danke!").wait_for()
        page.get_by_role("link", name="Nächste Person").click()
        page.locator("h1", has_text="Wie war’s?").wait_for()
    assert tablet_site.count("open_sheet") == 3
    assert tablet_site.count("open_text") == 3


def test_history_holds_no_id_after_sending(shared: str, keeping: Browser) -> None:
    context = keeping.new_context(locale="de-DE", has_touch=True)
    page = context.new_page()
    page.goto(shared)
    answer(page)
    reach(page, "form [type=submit]:enabled")
    assert re.fullmatch(r"[\w-]{22}", page.evaluate("history.state.submission"))
    send(page)
    page.get_by_role("heading", name="Danke!").wait_for()
    expect(page).to_have_url(re.compile("/danke"))
    assert page.evaluate("history.state") is None
    page.get_by_role("link", name="Nächste Person").click()
    page.locator("[data-go]").wait_for()
    assert page.evaluate("history.length") == 3  # an empty tab, the thanks, this page
    context.close()


# Rule 7


def test_no_field_is_remembered(tablet_site: Site) -> None:
    tree = parsed(tablet_site.get().text)
    (form,) = [each for each in tree.iter("form") if each.get("id") == "questionnaire"]
    assert form.get("autocomplete") == "off"
    fields = [each for kind in ("input", "textarea", "select") for each in form.iter(kind)]
    assert {each.get("autocomplete") for each in fields} <= {None, "off"}
