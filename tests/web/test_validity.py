"""Every page of a phone is valid, and none was forgotten.

1. Every page that was sent on the walks, in every language and state, is valid HTML in the eyes of
   the Nu checker, and so is what the script makes of it; style sheets and pictures are valid too.
2. The walks come to every address of the part for phones, and draw every template of it: a new page
   has to be put on the list (pages_of_a_phone.py).
3. The checker finds faults.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest
from playwright.sync_api import Browser
from werkzeug.test import Client

import survey_app.web
from survey_app.web.house import NAME, House
from tests.nu_checker import complaints
from tests.web.pages_of_a_phone import LANGUAGES, WALKS, visit
from tests.web.town import Exchange, Town, town

TEMPLATES = Path(survey_app.web.__file__).parent / "templates"
OF_PHONES = ("components", "public", "questions", "respond")
# Drawn for staff only, and assets that are asked for by the browser's own means.
ELSEWHERE = {"components/field.html", "components/notice.html"}
NOT_WALKED = {"respond.worker"}


@dataclass(frozen=True)
class Walked:
    """What remains of all walks in German: the exchanges, and pages as the script left them."""

    town: Town
    furnished: dict[str, bytes]

    @property
    def exchanges(self) -> list[Exchange]:
        """Return everything that was asked and answered."""
        return self.town.recorder.exchanges


@pytest.fixture(scope="module")
def walked(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    """Walk everywhere once, with JavaScript only where it takes that."""
    furnished: dict[str, bytes] = {}
    with town(f"sqlite:///{tmp_path_factory.mktemp('town')}/town.sqlite") as founded:
        phone = chromium.new_context(is_mobile=True, has_touch=True, service_workers="block")
        for walk in WALKS:
            with visit(phone, founded, "de", script=bool(walk.script)) as visitor:
                for look in walk.go(visitor):
                    if walk.script:
                        name = f"{walk.name}-{look}-furnished.html"
                        furnished[name] = visitor.page.content().encode()
        phone.close()
        yield Walked(founded, furnished)


def in_other_languages(exchange: Exchange, phone: Client) -> Iterator[tuple[str, bytes]]:
    """Ask the same once more in every language, and give the answers."""
    query = dict(parse_qsl(exchange.query))
    for language in LANGUAGES:
        answer = phone.open(
            exchange.path,
            method=exchange.method,
            query_string=urlencode(query | {"lang": language}),
            data=exchange.sent,
            content_type="application/x-www-form-urlencoded",
        )
        yield language, answer.data


def pages_sent(walked: Walked) -> dict[str, bytes]:
    """Return every page that was sent, and the same in all languages."""
    phone = walked.town.app.test_client()
    different = {(e.method, e.path, e.query, e.sent): e for e in walked.exchanges if e.is_page}
    return {
        f"{number:03}-{exchange.status}-{language}.html": body
        for number, exchange in enumerate(different.values())
        for language, body in in_other_languages(exchange, phone)
    }


def styles_and_pictures(walked: Walked) -> dict[str, bytes]:
    """Return the style sheets that are sent, and every picture that lies in a template."""
    house: House = walked.town.app.extensions[NAME]
    sheets = {
        f"{name}.css": house.assets.file(f"{name}.css").plain for name in ("respond", "staff")
    }
    drawings = {path.name: path.read_bytes() for path in TEMPLATES.rglob("*.svg")}
    return sheets | drawings


def addresses_missed(walked: Walked) -> set[str]:
    """Return the endpoints of the application that no walk came to."""
    app = walked.town.app
    addresses = app.url_map.bind("localhost")
    found = {
        addresses.match(exchange.path, exchange.method)[0]
        for exchange in walked.exchanges
        if exchange.status not in (404, 405)
    }
    return {rule.endpoint for rule in app.url_map.iter_rules()} - found


def templates_missed(walked: Walked) -> set[str]:
    """Return the templates of phones that were never needed."""
    cache = walked.town.app.jinja_env.cache
    assert cache is not None
    there = {
        path.relative_to(TEMPLATES).as_posix()
        for folder in OF_PHONES
        for path in TEMPLATES.joinpath(folder).glob("*.html")
    }
    return there - {name for _, name in cache}


# One test, because walking takes most of its time.
def test_walks_come_everywhere_and_everything_that_is_sent_is_valid(
    walked: Walked, tmp_path: Path
) -> None:
    assert addresses_missed(walked) == NOT_WALKED
    assert templates_missed(walked) == ELSEWHERE
    files = pages_sent(walked) | walked.furnished | styles_and_pictures(walked)
    assert complaints(files, tmp_path) == []


def test_checker_finds_faults(tmp_path: Path) -> None:
    page = b'<!DOCTYPE html><html lang="de"><title>x</title><ul><p>x</p></ul></html>'
    found = complaints({"x.html": page, "x.css": b"a { colr: red }"}, tmp_path)
    assert [fault.split(" in this")[0].split(" – ")[0] for fault in found] == [
        "CSS: “colr”: Property “colr” doesn't exist.",
        "Element “p” not allowed as child of element “ul”",
    ]
