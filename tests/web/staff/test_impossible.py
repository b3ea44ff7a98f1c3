"""The sign that no text holds: NUL, which PostgreSQL stores in no column.

1. Every form of the people who work here is refused with it, in any field, with the reason; nothing
   is stored.
2. No search and no address with it is a fault of ours.
"""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from flask import url_for
from werkzeug.routing import Rule

from survey_app.services import fielding
from survey_app.storage import schema
from tests.support_field import migrated
from tests.web.staff.office import LIST, Office, Page, office_on

PARTS = {"staff", "account", "entry", "arriving"}
NUL = "Zwei\0Teile"
ASKED = (
    *("suche", "kommune", "thema", "ort", "stand", "jahr", "seite", "sortierung", "was", "weg"),
    *("wer", "von", "bis", "fragebogen", "name", "text", "zuletzt", "getan", "lang"),
    *("format", "sprache", "weitere", "farbe", "zugang", "logo", "schluessel", "next"),
)


@pytest.fixture
def postgres_office(postgres_database: str) -> Iterator[Office]:
    with migrated(postgres_database) as database, office_on(database) as opened:
        yield opened


def paths(office: Office, method: str, text: str = "nirgends") -> dict[str, str]:
    """Return the addresses that take a method; where a text stands in one it is `text`."""
    own = {"measure": office.field.measure, "wave": office.field.wave}

    def filled(rule: Rule) -> str:
        texts = {
            name for name in rule.arguments if "int" not in repr(rule._converters[name]).lower()
        }
        values = dict.fromkeys(rule.arguments, 1) | dict.fromkeys(texts, text) | own
        return url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})

    with office.app.test_request_context():
        return {
            rule.endpoint: filled(rule)
            for rule in office.app.url_map.iter_rules()
            if rule.endpoint.partition(".")[0] in PARTS and method in (rule.methods or ())
        }


@pytest.mark.postgres
def test_every_form_is_refused_with_the_reason(postgres_office: Office) -> None:
    """Rule 1."""
    office = postgres_office
    albrecht = office.albrecht()
    token = albrecht.page(LIST).form("header")["csrf_token"]
    found = paths(office, "POST")
    answers = {
        name: albrecht.client.post(path, data={"csrf_token": token, "m-title": NUL}).status_code
        for name, path in found.items()
    }
    assert answers == dict.fromkeys(found, 400)


@pytest.mark.postgres
def test_what_was_sent_is_said_to_be_wrong_and_not_stored(postgres_office: Office) -> None:
    """Rule 1."""
    office = postgres_office
    albrecht = office.albrecht()
    form = albrecht.page(f"{LIST}/neu").form()
    known = fielding.choices(office.database, office.field.network)
    entered = {
        "m-title": NUL,
        "m-summary": "Ein Nachmittag.",
        "m-topic": "stress",
        "m-municipality": str(known.municipalities[0].id),
        "m-organisation": str(known.organisations[0].id),
        "m-starts_on": "2026-11-21",
        "m-ends_on": "2026-11-21",
    }
    page = Page(albrecht.client.post(f"{LIST}/neu", data=form | entered))
    assert "ein Zeichen, das sich nicht speichern lässt" in page.main
    assert "Gespeichert wurde nichts" in page.main
    with office.database.read() as connection:
        titles = connection.execute(schema.measure.select()).mappings()
        assert {row["title"] for row in titles} == {"Sommercamp"}


@pytest.mark.postgres
def test_no_address_with_it_is_our_fault(postgres_office: Office) -> None:
    """Rule 2."""
    office = postgres_office
    albrecht = office.albrecht()
    question = "&".join(f"{name}={quote(NUL)}" for name in ASKED)
    asked = {name: f"{path}?{question}" for name, path in paths(office, "GET").items()}
    strange = paths(office, "GET", NUL)
    for found in (asked, strange):
        failed = {
            name: status
            for name, path in found.items()
            if (status := albrecht.get(path).status_code) >= 500
        }
        assert failed == {}
