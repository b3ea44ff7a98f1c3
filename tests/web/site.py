"""The web application of these tests: real, on a real database, with a clock that can be set."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from threading import Thread
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.test import TestResponse

from survey_app.app import create_app
from survey_app.config import Part, Settings
from survey_app.domain.collector import printed_code
from survey_app.languages import Languages
from survey_app.storage import schema
from survey_app.web.house import NAME, Clock, House
from tests.fixtures.remembered import remember_templates
from tests.support_field import TODAY, Field, field_in, migrated

Form = Mapping[str, str | Sequence[str]]


@dataclass
class SetClock:
    """A clock that stands still until a test moves it, and notes how long somebody waited.

    `meanwhile` happens while somebody waits.
    """

    day: date = TODAY
    now: float = 1000.0
    moment: float = 1_795_251_600.0  # that day, ten o'clock in Berlin
    waits: list[float] = field(default_factory=list)
    meanwhile: Callable[[], object] = bool

    @property
    def clock(self) -> Clock:
        """Return the clock as the application takes it."""
        return Clock(lambda: self.day, lambda: self.now, self.wait, lambda: self.moment)

    def wait(self, seconds: float) -> None:
        """Let `seconds` pass in no time."""
        self.waits.append(seconds)
        self.meanwhile()


@dataclass
class Site:
    """The respondent part of the application, with one wave behind a code."""

    app: Flask
    field: Field
    clock: SetClock

    @property
    def code(self) -> str:
        """Return the code of the open wave."""
        return self.field.door.collector.code

    @property
    def address(self) -> str:
        """Return the path of its page."""
        return f"/q/{printed_code(self.code)}"

    @property
    def client(self) -> FlaskClient:
        """Return a phone that has never been here."""
        return self.app.test_client()

    def get(self, path: str | None = None, **headers: str) -> TestResponse:
        """Ask for a page; `accept_language="en"` becomes a header."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(path or self.address, headers=named)

    def post(
        self, form: Form, *, submission: str | None = None, path: str | None = None, **headers: str
    ) -> TestResponse:
        """Send a form as the page at hand would; without `submission` with a fresh page's id."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = submission_of(self.get().text) if submission is None else submission
        data: MultiDict[str, str] = MultiDict({"submission": sent, **form})
        return self.client.post(path or self.address, data=data, headers=named)

    def sheets(self) -> list[dict[str, object]]:
        """Return the answers of all sheets."""
        with self.field.database.read() as connection:
            rows = connection.execute(select(schema.open_sheet.c.answers)).scalars()
            return [json.loads(row) for row in rows]

    def count(self, table: str) -> int:
        """Return how many rows a table of the database has."""
        with self.field.database.read() as connection:
            return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


@contextmanager
def site_for(
    field: Field, *, languages: Languages | None = None, **settings: Any
) -> Iterator[Site]:
    """Open the respondent part on the database of `field`."""
    clock = SetClock()
    chosen = {"parts": {Part.RESPOND}, "database_url": url_of(field), **settings}
    app = create_app(Settings.model_validate(chosen), clock=clock.clock, languages=languages)
    remember_templates(app)
    try:
        yield Site(app, field, clock)
    finally:
        house: House = app.extensions[NAME]
        house.database.close()


@contextmanager
def site_asking(questionnaire: str, url: str, **settings: Any) -> Iterator[Site]:
    """Open the respondent part on a new database, with an open wave that asks `questionnaire`."""
    with (
        migrated(url) as database,
        site_for(field_in(database, questionnaire=questionnaire), **settings) as site,
    ):
        yield site


def url_of(field: Field) -> str:
    """Return the address of the database a field lies in, its password included."""
    return field.database.url.render_as_string(hide_password=False)


def submission_of(html: str) -> str:
    """Return the submission id of a page."""
    (found,) = re.findall(r'name="submission" value="([^"]+)"', html)
    return str(found)


class _Quiet(WSGIRequestHandler):
    """No line per request: who came when is nobody's business in a test either."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - its signature
        """Say nothing."""


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve the application on a free port of this machine."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
