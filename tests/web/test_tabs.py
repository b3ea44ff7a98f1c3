"""One person, one sheet: in however many tabs, and whatever the back button does.

1. The phone draws the submission id itself. It stands in every history entry of the page, survives a
   reload and a way back from elsewhere, and is stored nowhere.
2. Two tabs of one code agree on one id; when one has sent, the other says so.
3. A copy of a tab that was sent before, and one that sends in the same moment, count nothing again.
4. After sending, the phone's own back and forward show the thanks; a fresh page has a fresh id.
5. On a device that goes from hand to hand two tabs may be two people: each keeps its id.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Route
from sqlalchemy import select

from survey_app.storage import schema
from tests.fixtures.browser import Phone
from tests.support_field import field_in, migrated
from tests.web.site import Site, served, site_for
from tests.web.walking import SEND, choose, go_on, reach, send

ID = re.compile("[A-Za-z0-9_-]{22}")


@pytest.fixture
def site(sqlite_url: str) -> Iterator[Site]:
    """Give a short questionnaire: a rating, a number, a text."""
    with migrated(sqlite_url) as database, site_for(field_in(database)) as opened:
        yield opened


def sheets(site: Site) -> list[str]:
    """Return the answers of all sheets."""
    with site.field.database.read() as connection:
        return sorted(connection.execute(select(schema.open_sheet.c.answers)).scalars())


def opened(context: BrowserContext, address: str) -> Page:
    """Open an address in a new tab."""
    page = context.new_page()
    page.goto(address)
    return page


def id_of(page: Page) -> str:
    """Return the submission id that a page would send; its history entry has the same."""
    submission = page.locator("[name=submission]").input_value()
    assert page.evaluate("history.state.submission") == submission
    return submission


def agreed(*pages: Page) -> str:
    """Wait until these tabs have the same id, and return it."""
    first, *others = pages
    wanted = """id => document.querySelector("[name=submission]").value === id"""
    for other in others:
        other.wait_for_function(wanted, arg=id_of(first))
    return id_of(first)


def is_thanked(page: Page) -> bool:
    """Wait for the thanks."""
    page.get_by_role("heading", name="Danke!").wait_for()
    return True


# Rule 1


def test_the_id_is_the_phones_own_and_in_every_entry(site: Site, live: str, phone: Phone) -> None:
    page = phone().new_page()
    with page.expect_response(f"**{site.address}") as answer:
        page.goto(live + site.address)
    drawn = id_of(page)
    assert ID.fullmatch(drawn)
    assert drawn not in answer.value.text()
    choose(page, "k1", 3)
    assert id_of(page) == drawn
    go_on(page)
    assert id_of(page) == drawn
    page.go_back()
    assert id_of(page) == drawn
    page.reload()
    assert id_of(page) == drawn
    page.goto(f"{live}/")
    page.go_back()
    assert id_of(page) == drawn
    choose(page, "k1", 3)
    assert page.context.cookies() == []
    assert page.context.storage_state(indexed_db=True)["origins"] == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_other_phones_have_other_ids(site: Site, live: str, phone: Phone) -> None:
    assert len({id_of(opened(phone(), live + site.address)) for _ in range(3)}) == 3


# Rule 2


@pytest.mark.parametrize("sender", [0, 1])
def test_two_tabs_are_one_sheet(site: Site, live: str, phone: Phone, sender: int) -> None:
    context = phone()
    first = opened(context, live + site.address)
    choose(first, "k1", 3)
    second = opened(context, f"{live}/Q/{site.code}?lang=de")
    choose(second, "k1", 2)
    tabs = [first, second]
    agreed(first, second)
    send(tabs[sender])
    assert is_thanked(tabs[sender])
    other = tabs[1 - sender]
    other.get_by_role("heading", name="Schon abgeschickt").wait_for()
    assert other.locator("form").count() == 0
    assert sheets(site) == [f'{{"k1":{[3, 2][sender]}}}']


def test_tab_after_sending_is_the_next_person(site: Site, live: str, phone: Phone) -> None:
    context = phone()
    first = opened(context, live + site.address)
    before = id_of(first)
    choose(first, "k1", 3)
    send(first)
    assert is_thanked(first)
    second = opened(context, live + site.address)
    choose(second, "k1", 1)
    assert id_of(second) != before
    send(second)
    assert is_thanked(second)
    assert sheets(site) == ['{"k1":1}', '{"k1":3}']


def test_from_the_tab_that_was_too_late_one_can_begin_anew(
    site: Site, live: str, phone: Phone
) -> None:
    context = phone()
    first, second = (opened(context, live + site.address) for _ in range(2))
    spent = agreed(first, second)
    choose(first, "k1", 3)
    send(first)
    assert is_thanked(first)
    second.get_by_role("link", name="Umfrage neu öffnen").tap()
    choose(second, "k1", 1)
    assert id_of(second) != spent
    send(second)
    assert is_thanked(second)
    assert sheets(site) == ['{"k1":1}', '{"k1":3}']


def test_an_id_that_was_tried_wins(site: Site, live: str, phone: Phone) -> None:
    """The reply was lost, so there is a sheet under it: a second tab must not be another one."""
    context = phone()
    first = opened(context, live + site.address)
    choose(first, "k1", 3)
    reach(first, SEND)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    first.route("**/q/**", lose)
    first.locator(SEND).tap()
    first.get_by_role("heading", name="Keine Verbindung").wait_for()
    second = opened(context, live + site.address)
    assert agreed(first, second) == id_of(first)
    choose(second, "k1", 1)
    send(second)
    second.get_by_text("Deine ersten Antworten zählen.").wait_for()
    first.get_by_role("heading", name="Schon abgeschickt").wait_for()
    assert sheets(site) == ['{"k1":3}']


# Rule 3


def copied(page: Page) -> Page:
    """Return a copy of a tab, as "duplicate tab" makes it: the same address, the same history."""
    state = page.evaluate("history.state")
    copy = page.context.new_page()
    copy.goto(f"{page.url.split('/q/')[0]}/")
    copy.evaluate(
        "([state, address]) => history.replaceState(state, '', address)", [state, page.url]
    )
    copy.reload()
    return copy


def test_copy_of_a_tab_is_the_same_sheet(site: Site, live: str, phone: Phone) -> None:
    context = phone()
    page = opened(context, live + site.address)
    copy = copied(page)
    assert id_of(copy) == id_of(page)
    for tab in (page, copy):
        choose(tab, "k1", 3)
        reach(tab, SEND)
    page.close()
    copy.locator(SEND).tap()
    assert is_thanked(copy)
    assert sheets(site) == ['{"k1":3}']


def test_old_copy_that_heard_nothing_is_told_by_the_server(
    site: Site, live: str, phone: Phone
) -> None:
    page = opened(phone(), live + site.address)
    state = page.evaluate("history.state")
    choose(page, "k1", 3)
    send(page)
    assert is_thanked(page)
    page.goto(f"{live}/")
    page.evaluate("([state, path]) => history.replaceState(state, '', path)", [state, site.address])
    page.reload()
    choose(page, "k1", 3)
    send(page)
    page.get_by_text("Deine Antworten waren schon da. Sie zählen genau einmal.").wait_for()
    assert sheets(site) == ['{"k1":3}']


def test_two_tabs_that_send_in_the_same_moment(site: Site, live: str, phone: Phone) -> None:
    context = phone()
    tabs = [opened(context, live + site.address) for _ in range(2)]
    agreed(*tabs)
    held: list[Route] = []
    for tab in tabs:
        choose(tab, "k1", 3)
        reach(tab, SEND)
        tab.route("**/q/**", lambda route: held.append(route))
        with tab.expect_request("**/q/**"):
            tab.locator(SEND).tap()
    for route in held:
        route.continue_()
    assert all(is_thanked(tab) for tab in tabs)
    assert sheets(site) == ['{"k1":3}']


# Rule 4


def test_back_and_forward_after_sending_show_the_thanks(
    site: Site, live: str, phone: Phone
) -> None:
    page = opened(phone(), live + site.address)
    choose(page, "k1", 3)
    reach(page, SEND)
    with page.expect_event("framenavigated", lambda _: page.evaluate("history.state") is None):
        page.locator(SEND).tap()
    assert is_thanked(page)
    for go in ("history.forward()", "history.forward()", "history.back()"):
        page.evaluate(f"new Promise(done => {{ onpopstate = done; {go} }}).then(() => 1)")
        assert page.evaluate("history.state") is None
        assert page.url == f"{live}{site.address}/danke?lang=de"
        assert is_thanked(page)
    page.goto(live + site.address)
    choose(page, "k1", 1)
    send(page)
    assert is_thanked(page)
    assert sheets(site) == ['{"k1":1}', '{"k1":3}']


# Rule 5


def test_tabs_of_a_device_that_goes_from_hand_to_hand(sqlite_url: str, phone: Phone) -> None:
    with (
        migrated(sqlite_url) as database,
        site_for(field_in(database, shared_device=True)) as site,
        served(site.app) as live,
    ):
        context = phone()
        tabs = [opened(context, live + site.address) for _ in range(2)]
        for tab, code in zip(tabs, (1, 3), strict=True):
            choose(tab, "k1", code)
        for tab in tabs:
            send(tab)
            assert is_thanked(tab)
        assert sheets(site) == ['{"k1":1}', '{"k1":3}']
        context.close()
