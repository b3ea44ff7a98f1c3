"""The 37 of 642: replies that got lost made people send again, and were counted twice.

1. Through a network that loses one reply in eight after the server has counted, 642 phones that try
   again by themselves leave 642 sheets: none is missing, none is doubled.
2. The network really loses replies: who tries again under another id is counted again.
"""

import secrets
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode, urlsplit

import pytest

from tests.fixtures.browser import Phone
from tests.web.bad_network import BadNetwork, bad_network
from tests.web.site import Site, served, site_asking

PHONES = 642
AT_ONCE = 3

ONE_NUMBER = """
id: eine-zahl
version: 1.0.0
audience: young_people
languages: [de]
title: Welche Zahl?
minutes: 1
licence: {class: A, holder: Mitreden}
sections:
  - id: zahl
    questions:
      - {id: nummer, kind: number, maximum: 100000, text: Welche Zahl?}
"""

# What a person does, only quicker: type the number from the address and send; and when the thank-you
# page has come, the next person with a fresh page. The clock runs a hundred times as fast, so nobody
# waits for the pauses between two tries.
PEOPLE = """(() => {
const {setInterval} = window, {now} = Date, start = now();
window.setInterval = (tick, time) => setInterval(tick, time / 100);
Date.now = () => start + (now() - start) * 100;

const number = Number(location.search.slice(1));
const goOn = () => {
    if (!document.querySelector("[data-address]")) return;
    const next = number + AT_ONCE;
    if (next < PHONES) location.assign(location.pathname.replace("/danke", `?${next}`));
    else document.documentElement.id = "over";
};
addEventListener("DOMContentLoaded", () => {
    const field = document.querySelector("[name=nummer]");
    field.value = number;
    field.dispatchEvent(new Event("input", {bubbles: true}));
    document.querySelector(".finish [type=submit]").click();
    new MutationObserver(goOn).observe(document.documentElement, {childList: true});
});
})()"""


@pytest.fixture
def site(sqlite_url: str) -> Iterator[Site]:
    """Give a wave that asks for a number, so that every sheet can be told from the others."""
    with site_asking(ONE_NUMBER, sqlite_url) as opened:
        yield opened


@pytest.fixture
def network(site: Site) -> Iterator[BadNetwork]:
    """Serve it behind a network that loses one reply in eight."""
    with served(site.app) as server, bad_network(server, nth=8) as opened:
        yield opened


def numbers(site: Site) -> list[int]:
    """Return the number on every sheet, in order."""
    with site.field.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT answers FROM open_sheet").scalars()
        return sorted(int(row.removeprefix('{"nummer":').removesuffix("}")) for row in rows)


def test_642_phones_that_try_again_are_642_sheets(
    site: Site, network: BadNetwork, phone: Phone
) -> None:
    """Rule 1. Some phones are in use at once, each goes from hand to hand."""
    script = PEOPLE.replace("AT_ONCE", str(AT_ONCE)).replace("PHONES", str(PHONES))
    pages = [
        phone(service_workers="block", device_scale_factor=1).new_page() for _ in range(AT_ONCE)
    ]
    for number, page in enumerate(pages):
        page.add_init_script(script)
        page.goto(f"{network.address}{site.address}?{number}", wait_until="commit")
    for page in pages:
        page.locator("#over").wait_for(state="attached", timeout=600_000)
    assert numbers(site) == list(range(PHONES))
    assert network.carried - network.lost == PHONES
    assert network.lost > 80


def test_without_the_id_a_retry_is_counted_again(site: Site, network: BadNetwork) -> None:
    """Rule 2: the same way with a program that draws another id for each try."""
    for number in range(PHONES):
        while not sent(f"{network.address}{site.address}", number):
            pass
    assert site.count("open_sheet") == PHONES + network.lost
    assert network.lost > 80


def sent(address: str, number: int) -> bool:
    """Send a form once; return whether an answer came."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc)
    fields = {"submission": secrets.token_urlsafe(16), "nummer": number}
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", parts.path, urlencode(fields), kind)
    try:
        return connection.getresponse().status == 200
    except (HTTPException, ConnectionError):
        return False
    finally:
        connection.close()
