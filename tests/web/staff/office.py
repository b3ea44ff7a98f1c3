"""The office of these tests: the whole application, two networks, and people who log in.

*Herr Albrecht* works in Kreis Beispiel, *Frau Yıldız* in the network next door. Pages are read as a
browser reads them: strictly parsed, forms with every field they hold.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from sqlalchemy import event
from werkzeug.test import TestResponse

from survey_app.app import create_app
from survey_app.config import Settings
from survey_app.services import accounts, closing, fielding
from survey_app.storage.database import Database
from survey_app.web.house import NAME, House
from survey_app.web.staff import PRINTER
from tests.fixtures.remembered import remember_templates
from tests.support_field import (
    ALBRECHT,
    TODAY,
    WAVE,
    Field,
    field_in,
    let_school_agree,
    questionnaire_from,
)
from tests.web.site import SetClock, url_of

YILDIZ = "yildiz@nachbar.example"
PASSWORD = "ein Satz über Äpfel"
LOGIN = "/team/anmelden"
LIST = "/team/massnahmen"


@dataclass(frozen=True)
class Page:
    """A page as a browser has it."""

    response: TestResponse

    @property
    def root(self) -> Element:
        """Return the document; a fault in the markup is an error."""
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        tree: Element = parser.parse(self.response.get_data(as_text=True))
        return tree

    @property
    def main(self) -> str:
        """Return the text of the content, any white space as one space."""
        return said(self.find("main"))

    def find(self, path: str) -> Element:
        """Return the first element at an ElementTree path."""
        found = self.root.find(f".//{path}")
        assert found is not None, path
        return found

    def all(self, path: str) -> list[Element]:
        """Return every element at a path."""
        return self.root.findall(f".//{path}")

    def form(self, place: str = "main") -> dict[str, str]:
        """Return the fields of the form there, with what stands in them."""
        form = self.find(f"{place}//form")
        inputs = [each for each in form.iter("input") if each.get("type") != "submit"]
        inputs = [each for each in inputs if not is_left_out(each)]
        values = {each.get("name", ""): each.get("value", "") for each in inputs}
        values |= {area.get("name", ""): area.text or "" for area in form.iter("textarea")}
        for select in form.iter("select"):
            options = list(select.iter("option"))
            chosen = [each for each in options if each.get("selected") is not None]
            values[select.get("name", "")] = (chosen or options)[0].get("value", "")
        return values

    def problems(self) -> dict[str, str]:
        """Return what is said to be wrong, by the name of the field."""
        wrong = [each for each in self.find("main").iter() if each.get("aria-invalid") == "true"]
        return {
            each.get("name", ""): said(self.find(f"p[@id='{each.get('id')}-problem']"))
            .removeprefix("Fehler:")
            .strip()
            for each in wrong
        }


def said(element: Element) -> str:
    """Return the text of an element, any white space as one space."""
    return " ".join(" ".join(element.itertext()).split())


def is_left_out(box: Element) -> bool:
    """Return whether a box of a group, each with an id, was left empty."""
    is_one_of_many = box.get("type") == "checkbox" and box.get("value", "").isdecimal()
    return is_one_of_many and box.get("checked") is None


@dataclass
class Person:
    """A browser that keeps its cookies."""

    client: FlaskClient

    def get(self, path: str, **headers: str) -> TestResponse:
        """Open an address; `accept_language="en"` becomes a header."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(path, headers=named)

    def page(self, path: str, **headers: str) -> Page:
        """Open an address and read the page."""
        return Page(self.get(path, **headers))

    def send(self, path: str, place: str = "main", **values: str) -> TestResponse:
        """Fill in the form on a page and send it; `m_title` is the field `m-title`."""
        filled = self.page(path).form(place)
        named = {name.replace("_", "-", 1): value for name, value in values.items()}
        assert named.keys() <= filled.keys()
        return self.client.post(path, data=filled | named)

    def log_in(self, email: str = ALBRECHT, password: str = PASSWORD) -> TestResponse:
        """Log in as a person does."""
        return self.send(LOGIN, email=email, password=password)


@dataclass
class Office:
    """The application with Herr Albrecht's network; `field` is its open wave."""

    app: Flask
    field: Field
    clock: SetClock
    statements: list[str] = field(default_factory=list)

    @property
    def database(self) -> Database:
        """Return the database."""
        return self.field.database

    def stranger(self) -> Person:
        """Return somebody who has not logged in."""
        return Person(self.app.test_client())

    def albrecht(self) -> Person:
        """Return Herr Albrecht, logged in."""
        person = self.stranger()
        assert person.log_in().status_code == 302
        return person

    def measure(self, **changes: Any) -> int:
        """Plan another measure in Herr Albrecht's network."""
        return self.field.plan(**changes)

    def wave(
        self, measure: int, *, opens_on: date = TODAY, agreed: bool = True, **changes: Any
    ) -> int:
        """Plan a wave that is open today; a school has agreed unless `agreed` says no."""
        wave = fielding.plan_wave(
            self.database,
            self.field.network,
            measure,
            changes.pop("questionnaire", questionnaire_from(WAVE)),
            opens_on=opens_on,
            closes_on=changes.pop("closes_on", TODAY + timedelta(days=14)),
            today=min(TODAY, opens_on),
            **changes,
        )
        assert wave is not None
        if agreed:
            let_school_agree(self.database, wave)
        return wave.id

    def answers(self, count: int) -> None:
        """Let people answer in Herr Albrecht's wave: two thirds liked it."""
        for number in range(count):
            self.field.send({"k1": ["1" if number % 3 == 0 else "3"]})

    def close(self) -> None:
        """Close Herr Albrecht's wave."""
        closing.close_wave(
            self.database, self.field.network, self.field.wave, today=TODAY, actor=ALBRECHT
        )

    def queries(self, person: Person, path: str) -> int:
        """Return how many statements it takes to show a page."""
        person.get(path)
        self.statements.clear()
        assert person.get(path).status_code == 200
        return len(self.statements)


@contextmanager
def office_on(database: Database, **settings: object) -> Iterator[Office]:
    """Open the application on an empty database."""
    field = field_in(database)
    for email, network in ((ALBRECHT, "Kreis Beispiel"), (YILDIZ, "Kreis Nachbar")):
        if network != "Kreis Beispiel":
            field_in(database, name=network)
        accounts.open_account(database, email=email, network=network, password=PASSWORD)
    clock = SetClock()
    chosen = {
        "database_url": url_of(field),
        "secret_key": SecretStr("geheim" * 6),
        "second_factor": "optional",  # the compulsory one has its own tests, in tests/web/account
        **settings,
    }
    app = create_app(Settings.model_validate(chosen), clock=clock.clock)
    remember_templates(app)
    office = Office(app, field, clock)
    house: House = app.extensions[NAME]
    event.listen(
        house.database.engine,
        "before_cursor_execute",
        lambda connection, cursor, statement, *more: office.statements.append(statement),
    )
    try:
        yield office
    finally:
        app.extensions[PRINTER].close()
        house.database.close()
