"""Sending with a script: nothing lost, nothing doubled, and always said what is going on.

1. Without a network the page says so, keeps the answers and tries again by itself, with growing
   pauses, at once when there is a network or somebody asks; and it says clearly when it is done.
2. A server that is busy, a try that takes too long and a page of somebody else's are tries that
   failed. A reply that was lost counts nothing twice.
3. While a try is running nothing can be tapped; between two tries there is a way back to the answers.
4. What the server says is shown: closed meanwhile, a fault in an answer, other answers sent before.
5. Closing the page asks, as long as something was answered and not sent.
6. A screen reader hears each state; the focus goes along.
7. The sending screen fits on the smallest phone, in German and in Arabic.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Dialog, Page, Route, expect
from sqlalchemy import select

from survey_app.services import closing
from survey_app.storage import schema
from tests.fixtures.browser import Phone
from tests.support_field import TODAY, field_in, migrated
from tests.web.questionnaires import EVERY_KIND
from tests.web.site import Site, served, site_asking, site_for
from tests.web.walking import SEND, choose, reach, send, write

FORMS = re.compile("/q/")


@pytest.fixture
def site(sqlite_url: str) -> Iterator[Site]:
    """Give a short questionnaire: a rating, a number, a text."""
    with migrated(sqlite_url) as database, site_for(field_in(database)) as opened:
        yield opened


@pytest.fixture
def page(site: Site, live: str, phone: Phone) -> Page:
    """Give a phone at the end of the questionnaire; its clock moves only by hand."""
    page = phone().new_page()
    page.clock.install(time=TODAY.isoformat())
    page.goto(live + site.address)
    page.clock.pause_at(f"{TODAY.isoformat()}T12:00:00")
    choose(page, "k1", 3)
    reach(page, SEND)
    return page


def sheets(site: Site) -> list[str]:
    """Return the answers of all sheets."""
    with site.field.database.read() as connection:
        return list(connection.execute(select(schema.open_sheet.c.answers)).scalars())


def says(page: Page, heading: str) -> None:
    """Wait until the page says this."""
    page.get_by_role("heading", name=heading, exact=True).wait_for()


def pause(page: Page) -> int:
    """Return how many seconds it is until the next try."""
    minutes, seconds = page.locator("[role=timer]").inner_text().split(":")
    return int(minutes) * 60 + int(seconds)


def answered_by(page: Page, *answers: int | str) -> list[str]:
    """Let these answers come to the next forms instead of the server's; return what was sent.

    A number is a status without a page of ours, a word what happens on the way.
    """
    left, sent = list(answers), []

    def answer(route: Route) -> None:
        if route.request.method != "POST":
            return route.fallback()
        sent.append(route.request.post_data or "")
        what = left.pop(0) if left else None
        if isinstance(what, int):
            return route.fulfill(
                status=what, body="<h1>Bitte anmelden</h1>", content_type="text/html"
            )
        if what == "lost":
            route.fetch()
            return route.abort()
        if what == "hangs":
            return page.once("requestfailed", lambda _: route.abort())
        return route.fallback()

    page.route(FORMS, answer)
    return sent


# Rule 1


def test_without_a_network_it_is_sent_as_soon_as_there_is_one(site: Site, page: Page) -> None:
    page.context.set_offline(True)
    page.locator(SEND).tap()
    says(page, "Keine Verbindung")
    assert page.get_by_text("Deine Antworten sind noch da.").is_visible()
    assert sheets(site) == []
    page.context.set_offline(False)
    says(page, "Danke!")
    assert page.get_by_text("Deine Antworten sind angekommen und zählen mit.").is_visible()
    assert sheets(site) == ['{"k1":3}']


def test_it_tries_by_itself_with_growing_pauses(site: Site, page: Page) -> None:
    sent = answered_by(page, *[503] * 8)
    page.locator(SEND).tap()
    pauses = []
    for _ in range(8):
        says(page, "Das hat noch nicht geklappt")
        pauses.append(pause(page))
        with page.expect_request(FORMS):
            page.clock.run_for((pauses[-1] + 1) * 1000)
    says(page, "Danke!")
    assert all(
        least <= seen <= least * 1.25 + 1
        for least, seen in zip([2, 4, 8, 15, 30, 60, 60, 60], pauses, strict=True)
    )
    assert (len(sent), len(set(sent))) == (9, 1)
    assert sheets(site) == ['{"k1":3}']


def test_somebody_in_a_hurry_tries_at_once(site: Site, page: Page) -> None:
    answered_by(page, 503)
    page.locator(SEND).tap()
    page.get_by_role("button", name="Jetzt versuchen").tap()
    says(page, "Danke!")
    assert sheets(site) == ['{"k1":3}']


# Rule 2


@pytest.mark.parametrize("answer", [200, 302, 403, 404, 408, 425, 429, 500, 502, 503, 511])
def test_only_a_page_of_ours_says_what_became_of_it(site: Site, page: Page, answer: int) -> None:
    answered_by(page, answer)
    page.locator(SEND).tap()
    says(page, "Das hat noch nicht geklappt")
    page.clock.run_for(4000)
    says(page, "Danke!")
    assert sheets(site) == ['{"k1":3}']


def test_a_try_that_takes_too_long_is_given_up(site: Site, page: Page) -> None:
    sent = answered_by(page, "hangs")
    with page.expect_request(FORMS):
        page.locator(SEND).tap()
    page.clock.run_for(19_000)
    says(page, "Wird gesendet …")
    page.clock.run_for(1_000)
    says(page, "Keine Verbindung")
    page.clock.run_for(4_000)
    says(page, "Danke!")
    assert (len(sent), sheets(site)) == (2, ['{"k1":3}'])


def test_a_lost_reply_counts_nothing_twice(site: Site, page: Page) -> None:
    sent = answered_by(page, "lost", "lost")
    page.locator(SEND).tap()
    says(page, "Keine Verbindung")
    page.clock.run_for(4_000)
    says(page, "Keine Verbindung")
    page.clock.run_for(6_000)
    says(page, "Danke!")
    assert page.get_by_text("Deine Antworten waren schon da. Sie zählen genau einmal.").is_visible()
    assert (len(sent), sheets(site)) == (3, ['{"k1":3}'])


# Rule 3


def test_on_a_slow_network_nothing_can_be_tapped_meanwhile(site: Site, page: Page) -> None:
    sent = answered_by(page)
    network = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 400, "downloadThroughput": 8000, "uploadThroughput": 4000}
    network.send("Network.emulateNetworkConditions", slow)
    reach(page, SEND)
    page.locator(SEND).evaluate("button => { button.click(); button.click() }")
    says(page, "Wird gesendet …")
    inside = "main :is(button, input, select, textarea, a), .languages"
    assert [part for part in page.locator(inside).all() if part.is_visible()] == []
    page.keyboard.press("Enter")
    says(page, "Danke!")
    assert (len(sent), sheets(site)) == (1, ['{"k1":3}'])


@pytest.mark.parametrize("way", ["button", "phone"])
def test_between_two_tries_there_is_a_way_back(site: Site, page: Page, way: str) -> None:
    sent = answered_by(page, 503)
    page.locator(SEND).tap()
    says(page, "Das hat noch nicht geklappt")
    if way == "button":
        page.get_by_role("button", name="Zurück zu meinen Antworten").tap()
        page.locator(f"{SEND}:focus").wait_for()
    page.go_back()
    page.locator("#f-k9").fill("Der See")
    page.clock.run_for(120_000)
    assert len(sent) == 1
    send(page)
    says(page, "Danke!")
    assert (sheets(site), site.count("open_text")) == (['{"k1":3}'], 1)


# Rule 4


def test_a_wave_that_closed_meanwhile_says_so_and_counts_nothing(site: Site, page: Page) -> None:
    closing.close_wave(
        site.field.database, site.field.network, site.field.wave, today=TODAY, actor="test"
    )
    page.locator(SEND).tap()
    says(page, "Diese Umfrage ist zu Ende")
    assert page.evaluate("history.state") is None
    assert site.count("open_sheet") == 0


def test_a_fault_in_an_answer_is_shown_and_can_be_mended(site: Site, page: Page) -> None:
    sent = answered_by(page)
    page.go_back()
    page.go_back()
    write(page, "nummer", "viele")
    send(page)
    page.locator("[data-summary]:focus").wait_for()
    assert page.title().startswith("Fehler:")
    assert sheets(site) == []
    page.locator("[data-summary] a").tap()
    page.locator("#f-nummer:focus").fill("7")
    send(page)
    says(page, "Danke!")
    assert sheets(site) == ['{"k1":3,"nummer":7}']
    assert len({re.findall("submission=([^&]+)", each)[0] for each in sent}) == 1


def test_other_answers_after_a_lost_reply_change_nothing(site: Site, page: Page) -> None:
    answered_by(page, "lost")
    page.locator(SEND).tap()
    page.get_by_role("button", name="Zurück zu meinen Antworten").tap()
    page.go_back()
    page.locator("#f-k9").fill("Doch etwas")
    send(page)
    says(page, "Diese Seite wurde schon abgeschickt")
    assert (sheets(site), site.count("open_text")) == (['{"k1":3}'], 0)
    page.get_by_role("link", name="Umfrage neu öffnen").tap()
    choose(page, "k1", 1)
    send(page)
    says(page, "Danke!")
    assert sorted(sheets(site)) == ['{"k1":1}', '{"k1":3}']


# Rule 5


def asks(page: Page) -> bool:
    """Return whether the page asks before it is reloaded."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.reload()
    page.remove_listener("dialog", answer)
    return asked == ["beforeunload"]


def test_closing_asks_while_something_is_unsent(site: Site, live: str, phone: Phone) -> None:
    page = phone().new_page()
    page.goto(live + site.address)
    assert not asks(page)
    page.locator("[data-go]").tap()
    assert not asks(page)
    choose(page, "k1", 3)
    assert asks(page)
    choose(page, "k1", 3)
    send(page)
    says(page, "Danke!")
    assert not asks(page)


# Rule 6


def test_states_are_heard_and_the_focus_goes_along(site: Site, page: Page) -> None:
    answered_by(page, 503, "hangs")
    screen, status = page.locator(".sending:focus"), page.get_by_role("status")
    page.locator(SEND).press("Enter")
    says(page, "Das hat noch nicht geklappt")
    expect(screen).to_have_accessible_name("Absenden")
    assert [line for line in status.inner_text().splitlines() if line] == [
        "Das hat noch nicht geklappt",
        "Deine Antworten sind noch da. Diese Seite versucht es von selbst weiter. Lass sie offen.",
    ]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    says(page, "Wird gesendet …")
    assert screen.is_visible()
    assert status.inner_text() == "Wird gesendet …"
    page.clock.run_for(20_000)
    page.clock.resume()  # should this try fail too, the next one comes by itself
    page.get_by_role("button", name="Jetzt versuchen").press("Enter")
    says(page, "Danke!")
    page.locator(".lead:focus").wait_for()  # what became of it is said first
    assert page.evaluate("scrollY") == 0


# Rule 7


@pytest.mark.parametrize("language", ["de", "ar"])
@pytest.mark.parametrize(("width", "height"), [(320, 568), (390, 844)])
def test_sending_screen_fits(
    sqlite_url: str, phone: Phone, language: str, width: int, height: int
) -> None:
    page = phone(locale=language, viewport={"width": width, "height": height}).new_page()
    with site_asking(EVERY_KIND, sqlite_url) as site, served(site.app) as address:
        page.goto(address + site.address)
        choose(page, "k1", 3)
        reach(page, SEND)
        page.context.set_offline(True)
        page.locator(SEND).tap()
        page.locator("[data-now]").wait_for()
        assert page.locator("html").get_attribute("lang") == language
        assert page.evaluate("document.documentElement.scrollWidth") == width
        for button in ("[data-now]", "[data-return]"):
            box = page.locator(button).bounding_box()
            assert box is not None
            assert box["height"] >= 44
            assert box["y"] + box["height"] < height
        page.close()
