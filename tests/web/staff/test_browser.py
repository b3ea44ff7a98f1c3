"""Herr Albrecht's way in a real browser: from the login to the evaluation sheet.

1. Log in, create a measure, plan a wave, download the poster, close the wave, read the sheet; on a
   screen that is 320 points wide nothing has to be scrolled sideways.
2. The keyboard reaches what is wrong in a form, and the login begins in its first field.
"""

import json
import re
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.fixtures.browser import requests_elsewhere
from tests.rendering.paper import decoded, pixels, text
from tests.support_field import ALBRECHT, TODAY
from tests.web.site import served, submission_of
from tests.web.staff.office import LIST, LOGIN, PASSWORD, Office

TITLE = "Medienscouts am Niederrhein"
ANSWERS = 12


@pytest.fixture
def live(office: Office) -> Iterator[str]:
    """Serve the application and give its address."""
    with served(office.app) as address:
        yield address


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Page]:
    """Give a browser window as narrow as WCAG 1.4.10 demands; it asks nobody else for anything."""
    context = chromium.new_context(viewport={"width": 320, "height": 640}, locale="de-DE")
    elsewhere = requests_elsewhere(context)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    yield page
    context.close()
    assert elsewhere == []
    assert [each for each in complaints if "422" not in each] == []


def log_in(desk: Page, live: str) -> None:
    desk.goto(live + LOGIN)
    desk.get_by_label("E-Mail-Adresse").fill(ALBRECHT)
    desk.get_by_label("Passwort").fill(PASSWORD)
    desk.get_by_role("button", name="Anmelden").click()


def fits(desk: Page, heading: str) -> None:
    """Wait for the page with this heading; nothing on it is wider than the window."""
    expect(desk.get_by_role("heading", level=1)).to_have_text(heading)
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")


def answer(live: str, path: str) -> None:
    """Answer as a phone does: every first answer that is offered."""
    with urllib.request.urlopen(live + path) as response:
        html = response.read().decode()
    first: dict[str, str] = {}
    for name, value in re.findall(r'type="radio" name="(\w+)" value="([^"]+)"', html):
        first.setdefault(name, value)
    form = urlencode({"submission": submission_of(html), **first}).encode()
    with urllib.request.urlopen(live + path, data=form) as response:
        assert response.status == 200


def test_from_the_login_to_the_sheet(live: str, desk: Page, tmp_path: Path) -> None:
    log_in(desk, live)
    fits(desk, "Guten Tag")
    desk.get_by_role("link", name="Neue Maßnahme").click()
    desk.get_by_label("Titel").fill(TITLE)
    desk.get_by_label("Kurzbeschreibung").fill("Jugendliche lernen, anderen zu helfen.")
    desk.get_by_label("Themenfeld").select_option(label="Medienkompetenz")
    desk.get_by_label("Kommune").select_option(label="Brüggen")
    desk.get_by_label("Erster Tag").fill("2026-11-02")
    desk.get_by_label("Letzter Tag").fill("2026-11-20")
    fits(desk, "Neue Maßnahme")
    desk.get_by_role("button", name="Maßnahme anlegen").click()

    desk.get_by_role("link", name="Erhebung planen").click()
    fits(desk, "Wie wollen Sie fragen?")
    desk.get_by_role("link", name="So planen : Einmal, am Ende").click()
    desk.get_by_label("Fragebogen für junge Menschen").select_option("kern-jugend")
    desk.get_by_label("Größe der Gruppe").fill(str(ANSWERS))
    assert desk.get_by_label("Letzter Tag").input_value() == str(TODAY + timedelta(days=14))
    fits(desk, "Einmal, am Ende")
    desk.get_by_role("button", name="Erhebung anlegen").click()

    with desk.expect_download() as download:
        desk.get_by_role("link", name="Poster (PDF)").click()
    download.value.save_as(tmp_path / "poster.pdf")
    (address,) = decoded(pixels((tmp_path / "poster.pdf").read_bytes(), dpi=150))
    path = address.removeprefix("HTTP://127.0.0.1:8000")
    for _ in range(ANSWERS):
        answer(live, path)

    desk.reload()
    expect(desk.get_by_text(f"{ANSWERS} von {ANSWERS} Rückmeldungen")).to_be_visible()
    fits(desk, TITLE)
    desk.get_by_role("link", name="Zugänge, Druck und Termine").click()
    fits(desk, "Junge Menschen")
    desk.get_by_role("link", name="Abschließen …").click()
    fits(desk, "Erhebung abschließen?")
    desk.get_by_role("button", name="Endgültig abschließen").click()
    expect(desk.get_by_text(f"{ANSWERS} Rückmeldungen ausgezählt")).to_be_visible()

    with desk.expect_download() as download:
        desk.get_by_role("link", name="Auswertungsbogen (PDF)").click()
    download.value.save_as(tmp_path / "sheet.pdf")
    said = f"{ANSWERS} von {ANSWERS} Teilnehmenden haben geantwortet"
    assert said in text((tmp_path / "sheet.pdf").read_bytes())
    desk.get_by_role("link", name="Auswertungsbogen ansehen").click()
    fits(desk, TITLE)
    assert said in desk.get_by_role("article").inner_text()
    with desk.expect_download() as download:
        desk.get_by_role("link", name="JSON für Programme").click()
    download.value.save_as(tmp_path / "tables.json")
    (wave,) = json.loads((tmp_path / "tables.json").read_text())["waves"]
    assert wave["base"] == ANSWERS


def test_the_keyboard_reaches_what_is_wrong(live: str, desk: Page) -> None:
    desk.goto(live + LOGIN)
    expect(desk.get_by_label("E-Mail-Adresse")).to_be_focused()
    desk.keyboard.type(ALBRECHT)
    desk.keyboard.press("Tab")
    desk.keyboard.type(PASSWORD)
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"{live}/team/start")
    desk.goto(f"{live}{LIST}/neu")
    desk.get_by_role("button", name="Maßnahme anlegen").click()
    desk.get_by_role("alert").get_by_role("link", name="Kurzbeschreibung").press("Enter")
    desk.keyboard.type("Ein Nachmittag.")
    assert desk.get_by_label("Kurzbeschreibung").input_value() == "Ein Nachmittag."
