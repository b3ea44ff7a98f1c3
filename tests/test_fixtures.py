"""The real parts that other tests lean on.

1. A database fixture is empty at the start of every test, on SQLite and on PostgreSQL. One that
   comes from the shelf is as a migration makes it, whatever was done to it before.
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

from survey_app.storage.database import Database
from survey_app.storage.schema import metadata
from tests.fixtures.availability import unavailable
from tests.fixtures.browser import Phone, requests_elsewhere
from tests.fixtures.databases import url_of
from tests.fixtures.shelf import Shelf, shape_of
from tests.support_field import field_in

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
def test_database_is_empty_at_the_start_of_every_test(empty_database_url: str, turn: int) -> None:
    """Rule 1."""
    engine = create_engine(empty_database_url)
    assert inspect(engine).get_table_names() == []
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE trace (turn integer)"))
    engine.dispose()


def newly_migrated(shelf: Shelf) -> Shelf:
    """Return a shelf on which there is one database, as a migration makes it."""
    own = Shelf(shelf.folder, shelf.new_name)
    own.put_back(own.take())
    return own


def test_a_database_comes_back_to_the_shelf_as_new(shelf: Shelf) -> None:
    """Rule 1."""
    own = newly_migrated(shelf)
    for _ in range(2):
        name = own.take()
        database = Database(url_of(name, shelf.folder))
        field = field_in(database)
        assert (field.network, field.wave, field.send({"k1": ["3"]})) == (1, 1, "counted")
        own.put_back(name)  # in spite of a connection that is open
        with own.connected(name) as connection:
            rows = [
                connection.execute(f"SELECT count(*), pg_relation_size('{table}') FROM {table}")
                for table in metadata.tables
            ]
            assert {row for each in rows for row in each} == {(0, 0)}
        database.close()


SPOILED = (
    "CREATE TABLE one_more (turn integer)",
    "ALTER TABLE wave ADD COLUMN one_more integer",
    "ALTER TABLE wave ALTER COLUMN closes_on DROP NOT NULL",
    "ALTER TABLE wave DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE audit DISABLE TRIGGER ALL",
    "DROP POLICY wall ON measure",
    "GRANT SELECT ON wave TO public",
    "CREATE FUNCTION one_more() RETURNS integer LANGUAGE sql RETURN 1",
    "ALTER DATABASE {} SET work_mem = '5MB'",
)


def test_a_database_of_another_shape_is_thrown_away(shelf: Shelf) -> None:
    """Rule 1."""
    own = newly_migrated(shelf)
    name = own.take()
    with own.connected(name) as connection:
        new, shapes = shape_of(connection), set()
        for spoiled in SPOILED:
            with connection.transaction(force_rollback=True):
                connection.execute(spoiled.format(name))
                shapes.add(shape_of(connection))
        assert len(shapes - {new}) == len(SPOILED)
        connection.execute(SPOILED[0])
    own.put_back(name)
    assert own.free == {}


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
