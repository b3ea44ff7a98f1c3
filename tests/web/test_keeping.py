"""A page that was loaded once works until it was sent, and leaves nothing behind.

1. Nothing is kept before the first tap; what is kept then costs one small request.
2. From then on a reload works without a network, on one that takes ages, and with a broken server,
   also for the address of a QR code; what was answered after it is counted.
3. What is kept is the page as it came, with its security headers and without an answer; a form that
   came back with answers is not kept.
4. After sending nothing is left: no copy, no worker, no database, no storage. It is so too if sending
   was quicker than keeping, and when the wave is over.
5. The worker is always asked for anew, and carries the security headers.
"""

from collections.abc import Callable, Iterator
from threading import Event
from time import monotonic
from typing import Any

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from survey_app.services import closing
from survey_app.storage import schema
from survey_app.web.headers import HEADERS
from tests.fixtures.browser import Phone
from tests.support_field import TODAY, field_in, migrated
from tests.web.site import Site, site_for
from tests.web.walking import SEND, choose, reach, send, start, write

KEPT = """async () => {
    await new Promise(done => setTimeout(done));
    const found = [];
    for (const name of await caches.keys())
        for (const {url} of await (await caches.open(name)).keys())
            found.push(new URL(url).pathname.replace(/[.][0-9a-f]+[.]/, "."));
    const workers = await navigator.serviceWorker.getRegistrations();
    return [found, workers.filter(worker => worker.active).length];
}"""
LEFT = """async () => [
    await caches.keys(),
    (await navigator.serviceWorker.getRegistrations()).length,
    (await indexedDB.databases()).length,
    localStorage.length, sessionStorage.length, document.cookie,
]"""
NOTHING = [[], 0, 0, 0, 0, ""]


@pytest.fixture
def site(sqlite_url: str) -> Iterator[Site]:
    """Give a short questionnaire: a rating, a number, a text."""
    with migrated(sqlite_url) as database, site_for(field_in(database)) as opened:
        yield opened


@pytest.fixture
def asked(site: Site) -> list[str]:
    """Give the paths that are asked of the server, as they come."""
    paths: list[str] = []
    inner: Callable[..., Any] = site.app.wsgi_app

    def noticing(environ: dict[str, Any], start_response: Any) -> Any:
        paths.append(environ["PATH_INFO"])
        return inner(environ, start_response)

    site.app.wsgi_app = noticing  # type: ignore[method-assign]
    return paths


def until(page: Page, script: str, wanted: object) -> None:
    """Wait until a script returns this; fail with what it returns instead."""
    patience = monotonic() + 30
    while (found := page.evaluate(script)) != wanted and monotonic() < patience:
        pass
    assert found == wanted


def kept(site: Site) -> list[object]:
    """Return what is kept of the questionnaire of a site."""
    return [[f"/Q/{site.code}", "/assets/respond.css", "/assets/respond.js"], 1]


def sheets(site: Site) -> list[str]:
    """Return the answers of all sheets."""
    with site.field.database.read() as connection:
        return sorted(connection.execute(select(schema.open_sheet.c.answers)).scalars())


@pytest.fixture
def begun(site: Site, live: str, phone: Phone) -> Page:
    """Give a phone that has come from the QR code, tapped once, and kept the page."""
    page = phone().new_page()
    page.goto(f"{live}/Q/{site.code}", wait_until="networkidle")
    start(page)
    until(page, KEPT, kept(site))
    return page


# Rule 1


def test_first_tap_costs_one_small_request(
    site: Site, asked: list[str], live: str, phone: Phone
) -> None:
    page = phone().new_page()
    page.goto(live + site.address, wait_until="networkidle")
    assert page.evaluate(LEFT) == NOTHING
    assert len(asked) == 3
    start(page)
    until(page, KEPT, kept(site))
    assert asked[3:] == ["/sw.js"]


# Rule 2


def test_reload_without_a_network(site: Site, begun: Page) -> None:
    choose(begun, "k1", 1)
    drawn = begun.evaluate("history.state.submission")
    begun.context.set_offline(True)
    begun.reload()
    choose(begun, "k1", 3)
    reach(begun, SEND)
    begun.locator(SEND).tap()
    begun.get_by_role("heading", name="Keine Verbindung").wait_for()
    assert begun.evaluate("history.state.submission") == drawn
    begun.context.set_offline(False)
    begun.get_by_role("heading", name="Danke!").wait_for()
    assert sheets(site) == ['{"k1":3}']
    until(begun, LEFT, NOTHING)


def test_new_visit_with_a_broken_server(site: Site, live: str, begun: Page) -> None:
    with site.field.database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE collector RENAME TO nowhere")
    site.clock.now += 5
    assert site.get().status_code == 500
    begun.goto(f"{live}/q/{site.code.lower()}?lang=de")
    choose(begun, "k1", 3)
    reach(begun, SEND)
    begun.locator(SEND).tap()
    begun.get_by_role("heading", name="Das hat noch nicht geklappt").wait_for()
    with site.field.database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE nowhere RENAME TO collector")
    begun.get_by_role("heading", name="Danke!").wait_for()
    assert sheets(site) == ['{"k1":3}']


def test_reload_on_a_network_that_takes_ages(site: Site, begun: Page) -> None:
    over, inner = Event(), site.app.wsgi_app

    def stuck(environ: dict[str, Any], start_response: Any) -> Any:
        over.wait()
        return inner(environ, start_response)

    site.app.wsgi_app = stuck  # type: ignore[method-assign]
    begun.reload()
    begun.locator("[data-go]").wait_for()
    assert not over.is_set()
    over.set()


def test_what_the_server_says_comes_first(site: Site, begun: Page) -> None:
    with site.field.database.write() as connection:
        connection.execute(schema.measure.update().values(title="Neuer Titel"))
    site.clock.now += 5
    begun.reload()
    begun.get_by_text("Neuer Titel").wait_for()


# Rule 3


def test_kept_is_the_page_as_it_came(site: Site, begun: Page) -> None:
    write(begun, "nummer", "4711")
    begun.reload()
    write(begun, "nummer", "4711")
    script = f"""async () => {{
        const copy = await caches.match("/Q/{site.code}");
        return [await copy.text(), Object.fromEntries(copy.headers)];
    }}"""
    html, headers = begun.evaluate(script)
    assert html.startswith("<!DOCTYPE html><html")
    assert "4711" not in html
    assert html.count(" data-off") == 0
    assert begun.evaluate("history.state.submission") not in html
    fresh = site.get().text
    assert len(html) == pytest.approx(len(fresh), rel=0.02)
    assert 'checked=""' not in html
    shared = HEADERS.keys() - {"Cache-Control", "Vary"}
    assert {name: headers[name.lower()] for name in shared} == {n: HEADERS[n] for n in shared}


def test_form_that_came_back_is_not_kept(site: Site, live: str, phone: Phone) -> None:
    page = phone().new_page()
    for number in ("4711", ""):
        page.goto(live + site.address)
        script = """number => {
            document.querySelector("[name=nummer]").value = number + "?".repeat(number.length);
            HTMLFormElement.prototype.submit.call(document.querySelector("#questionnaire"));
        }"""
        with page.expect_navigation():
            page.evaluate(script, number)
        page.locator("[data-summary]").tap()
        page.keyboard.press("Tab")
        assert page.evaluate(KEPT) == [[], 0]


# Rule 4


def test_after_sending_nothing_is_left(site: Site, begun: Page) -> None:
    choose(begun, "k1", 3)
    send(begun)
    begun.get_by_role("heading", name="Danke!").wait_for()
    until(begun, LEFT, NOTHING)
    assert begun.context.cookies() == []


def test_sending_quicker_than_keeping_leaves_nothing(site: Site, live: str, phone: Phone) -> None:
    page = phone().new_page()
    page.goto(live + site.address, wait_until="networkidle")
    page.evaluate("""() => {
        document.querySelector("[name=k1]").click();
        document.querySelector(".finish [type=submit]").click();
    }""")
    page.get_by_role("heading", name="Danke!").wait_for()
    until(page, LEFT, NOTHING)
    assert sheets(site) == ['{"k1":1}']


def test_after_closing_nothing_is_left(site: Site, begun: Page) -> None:
    closing.close_wave(
        site.field.database, site.field.network, site.field.wave, today=TODAY, actor="test"
    )
    site.clock.now += 5
    begun.reload()
    begun.get_by_role("heading", name="Diese Umfrage ist zu Ende").wait_for()
    until(begun, LEFT, NOTHING)


# Rule 5


def test_worker_is_asked_for_anew_and_carries_the_headers(site: Site) -> None:
    answer = site.get("/sw.js")
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    for name in HEADERS.keys() - {"Cache-Control"}:
        assert answer.headers[name] == HEADERS[name]
    assert len(answer.data) < 1000
