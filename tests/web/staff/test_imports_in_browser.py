"""Herr Albrecht brings in a file, in a real browser without a script, 320 points wide.

1. From the page of the measure to the counted wave; nothing has to be scrolled sideways, and every
   list has a label.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.fixtures.browser import requests_elsewhere
from tests.support_field import ALBRECHT
from tests.support_import import csv_file
from tests.web.site import served
from tests.web.staff.office import LIST, LOGIN, PASSWORD, Office

ROWS = [
    ["ID", "Name", "Das Angebot hat mir insgesamt gefallen.", "Klasse", "Was war richtig gut?"],
    *[[n, "Mira Muster", "trifft zu" if n % 3 else "stimmt genau", "8b", ""] for n in range(12)],
]


@pytest.fixture
def live(office: Office) -> Iterator[str]:
    """Serve the application and give its address."""
    with served(office.app) as address:
        yield address


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Page]:
    """Give a narrow window that runs no script and asks nobody else for anything."""
    context = chromium.new_context(
        viewport={"width": 320, "height": 640}, locale="de-DE", java_script_enabled=False
    )
    elsewhere = requests_elsewhere(context)
    yield context.new_page()
    context.close()
    assert elsewhere == []


def fits(desk: Page, heading: str) -> None:
    """Wait for the page with this heading; its content is as wide as the window, and labelled."""
    expect(desk.get_by_role("heading", level=1)).to_have_text(heading)
    for box in (desk.locator(each).bounding_box() for each in ("main", "header")):
        assert box is not None
        assert box["x"] + box["width"] <= 320
    for control in desk.locator("main select, main input:not([type=hidden])").all():
        width = control.bounding_box()
        assert width is None or width["x"] + width["width"] <= 320
        name = control.get_attribute("id")
        labels = desk.locator(f"label[for='{name}']").count() if name else 1
        assert labels == 1, name


def test_from_the_file_to_the_counted_wave(
    live: str, desk: Page, office: Office, tmp_path: Path
) -> None:
    desk.goto(live + LOGIN)
    desk.get_by_label("E-Mail-Adresse").fill(ALBRECHT)
    desk.get_by_label("Passwort").fill(PASSWORD)
    desk.get_by_role("button", name="Anmelden").click()
    desk.goto(f"{live}{LIST}/{office.field.measure}")
    desk.get_by_role("link", name="Antworten aus einer Datei übernehmen").click()
    fits(desk, "Antworten aus einer Datei")
    desk.get_by_label("Datei").set_input_files(csv_file(tmp_path, ROWS, delimiter=";"))
    desk.get_by_label("Fragebogen").select_option("kern-jugend")
    desk.get_by_role("button", name="Datei ansehen").click()
    fits(desk, "Welche Spalte beantwortet welche Frage?")
    expect(desk.get_by_text("Wird nie übernommen: Name")).to_be_visible()
    desk.get_by_role("button", name="Prüfen").click()
    fits(desk, "Was übernommen würde")
    expect(desk.get_by_role("cell", name="„trifft zu“ gehört zu keiner Antwort")).to_be_visible()
    desk.get_by_role("link", name="Zuordnung ändern").click()
    desk.get_by_label("„trifft zu“").select_option(label="stimmt eher")
    desk.get_by_role("button", name="Prüfen").click()
    desk.get_by_role("button", name="Übernehmen und auszählen").click()
    expect(desk.get_by_text("12 Rückmeldungen ausgezählt")).to_be_visible()
