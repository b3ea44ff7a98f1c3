"""The real parts that other tests lean on.

1. A database fixture is empty at the start of every test, on SQLite and on PostgreSQL.
2. A test that needs a server or a browser carries the mark that says so.
3. Without the part the test is skipped and says why; in CI it fails.
4. A phone has the asked-for language and runs scripts only when told to.
5. A phone reaches this machine alone, and asking for anything elsewhere is noticed.
"""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser
from sqlalchemy import create_engine, inspect, text

from tests.fixtures.availability import unavailable
from tests.fixtures.browser import Phone, requests_elsewhere

PAGE = b"""<!doctype html><title>Hallo</title><p id=who>ohne Skript</p>
<script>who.textContent = navigator.language</script>"""


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def page_url() -> Iterator[str]:
    """Serve one page on a free port of this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Page) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("turn", [1, 2])
def test_database_is_empty_at_the_start_of_every_test(database_url: str, turn: int) -> None:
    """Rule 1."""
    engine = create_engine(database_url)
    assert inspect(engine).get_table_names() == []
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE trace (turn integer)"))
    engine.dispose()


def test_database_on_a_server_is_marked_postgres(
    postgres_database: str, request: pytest.FixtureRequest
) -> None:
    """Rule 2."""
    assert request.node.get_closest_marker("postgres")


def test_phone_is_marked_browser(phone: Phone, request: pytest.FixtureRequest) -> None:
    """Rule 2."""
    assert request.node.get_closest_marker("browser")


def test_missing_part_skips_on_a_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rule 3."""
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="No Chromium found"):
        unavailable("No Chromium found.")


def test_missing_part_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rule 3."""
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="No Chromium found"):
        unavailable("No Chromium found.")


@pytest.mark.parametrize(("javascript", "shown"), [(True, "ar"), (False, "ohne Skript")])
def test_phone_speaks_its_language_and_obeys_the_script_switch(
    phone: Phone, page_url: str, javascript: bool, shown: str
) -> None:
    """Rule 4."""
    page = phone(locale="ar", javascript=javascript).new_page()
    page.goto(page_url)
    assert page.locator("#who").text_content() == shown


def test_request_elsewhere_is_refused_and_noticed(chromium: Browser) -> None:
    """Rule 5: the `phone` fixture fails a test that leaves anything in this list."""
    with chromium.new_context() as context:
        noticed = requests_elsewhere(context)
        page = context.new_page()
        with page.expect_event("requestfailed") as refused:
            page.set_content('<img src="data:,"><img src="http://pictures.test/logo.png">')
        assert refused.value.failure == "net::ERR_NAME_NOT_RESOLVED"
        assert noticed == ["http://pictures.test/logo.png"]
