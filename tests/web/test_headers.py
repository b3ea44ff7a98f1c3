"""What every answer carries, and what none may.

1. Every answer has the security headers: pages, style sheets, redirects, errors, a crash.
2. No answer to a phone sets a cookie or may be kept; style sheets and scripts may be kept forever.
3. Strict-Transport-Security is sent on encrypted installations only.
4. A crash is logged with its place, and without the address, the form or the message.
5. Nothing on a page is inline or from elsewhere (on every page there is: test_validity.py).
"""

import logging
import re
from collections.abc import Callable

import html5lib
import pytest
from werkzeug.test import TestResponse

from survey_app.services import closing
from survey_app.web.headers import HEADERS
from tests.support_field import TODAY
from tests.web.own_parts import foreign_parts
from tests.web.questionnaires import EVERY_KIND
from tests.web.site import Site, site_asking

ID = "a" * 22
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)


def conflict(site: Site) -> TestResponse:
    site.post({"k1": "1"}, submission=ID)
    return site.post({"k1": "2"}, submission=ID)


def gone(site: Site) -> TestResponse:
    closing.close_wave(site.field.database, 1, site.field.wave, today=TODAY, actor="test")
    return site.post({"k1": "1"}, submission=ID)


def crash(site: Site) -> TestResponse:
    with site.field.database.write() as connection:
        connection.exec_driver_sql("DROP TABLE collector")
    return site.client.post(f"{site.address}?geheim", data={"submission": ID, "k1": "geheim"})


ANSWERS: dict[int, Callable[[Site], TestResponse]] = {
    200: lambda site: site.get(),
    303: lambda site: site.get(f"/?code={site.code}"),
    400: lambda site: site.post({}, submission="?"),
    403: lambda site: site.post({}, submission=ID, Sec_Fetch_Site="cross-site"),
    404: lambda site: site.get("/nirgends"),
    405: lambda site: site.client.put(site.address),
    409: conflict,
    410: gone,
    413: lambda site: site.post({"k1": "x" * 70_000}, submission=ID),
    422: lambda site: site.post({}, submission=ID),
    500: crash,
}


@pytest.mark.parametrize("status", ANSWERS)
def test_every_answer_has_the_headers_and_no_cookie(site: Site, status: int) -> None:
    answer = ANSWERS[status](site)
    assert answer.status_code == status
    assert {name: answer.headers.getlist(name) for name in HEADERS} == {
        name: [value] for name, value in HEADERS.items()
    }
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert "Set-Cookie" not in answer.headers
    assert "Strict-Transport-Security" not in answer.headers
    if status != 303:
        html5lib.HTMLParser(strict=True).parse(answer.text)


def test_page_from_memory_has_the_same_headers_as_a_fresh_one(site: Site) -> None:
    fresh, kept = (dict(site.get().headers) for _ in range(2))
    assert fresh == kept


def test_assets_may_be_kept_forever_and_have_the_headers_too(site: Site) -> None:
    addresses = re.findall(r'(?:href|src)="(/assets/[^"]+)"', site.get().text)
    assert len(addresses) == 2
    for address in addresses:
        answer = site.get(address)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert site.get("/assets/respond.css").status_code == 404


def test_encrypted_installation_asks_to_stay_encrypted(sqlite_url: str) -> None:
    with site_asking(EVERY_KIND, sqlite_url, public_url="https://mitreden.example") as site:
        for answer in (site.get(), site.get("/nirgends")):
            assert answer.headers["Strict-Transport-Security"] == "max-age=63072000"


def test_method_that_is_not_allowed_names_those_that_are(site: Site) -> None:
    assert set(ANSWERS[405](site).headers["Allow"].split(", ")) == {
        *("GET", "HEAD", "OPTIONS", "POST")
    }


def test_crash_is_logged_without_anything_that_was_sent(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = crash(site)
    assert "Bei uns ist etwas schiefgegangen" in answer.text
    assert "OperationalError" in caplog.text
    assert "find_door" in caplog.text
    for secret in (site.code, "geheim", ID, "collector.code"):
        assert secret not in caplog.text


def test_nothing_is_inline_or_from_elsewhere(site: Site) -> None:
    for answer in (site.get(), site.get("/"), site.post({}), site.post({"k1": "1"})):
        assert foreign_parts(answer.text) == []


@pytest.mark.parametrize(
    "part",
    [
        "<style>p {}</style>",
        "<script>1</script>",
        '<p style="color: red">',
        '<p onclick="1">',
        '<img src="https://elsewhere.example/x.svg">',
        '<link rel="stylesheet" href="//elsewhere.example/x.css">',
        '<button formaction="https://elsewhere.example">',
    ],
)
def test_what_is_inline_or_from_elsewhere_is_found(part: str) -> None:
    assert len(foreign_parts(f"<!DOCTYPE html><title>x</title>{part}")) == 1
