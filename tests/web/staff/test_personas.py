"""The main path of those who are no youth workers, as they would walk it.

1. The contact of a school records its approval from the start page, and then the code opens; of a
   measure elsewhere there is nothing to see.
2. The contact reads the sheet of the own site once it is counted, and finds no files and no forms.
3. An evaluator of the network narrows the list down, opens the sheet and takes a workbook along.

The youth worker's path is in test_six_clicks.py, the administrator's in test_accounts_browser.py,
the coordinator's in test_browser.py.
"""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from survey_app.domain.measure import Topic
from survey_app.domain.rights import Role
from survey_app.services import accounts, fielding
from tests.support_field import TODAY
from tests.web.site import served
from tests.web.staff.office import LOGIN, PASSWORD, Office

Enter = Callable[[Role, str | None], Page]


@pytest.fixture
def enter(chromium: Browser, office: Office) -> Iterator[Enter]:
    """Log somebody in with a role, on a narrow screen."""
    context = chromium.new_context(viewport={"width": 390, "height": 800}, locale="de-DE")
    with served(office.app) as live:

        def come_in(role: Role, place: str | None) -> Page:
            accounts.open_account(
                office.database,
                email=f"{role}@beispiel.example",
                network="Kreis Beispiel",
                password=PASSWORD,
                role=role,
                place=place,
            )
            page = context.new_page()
            page.goto(live + LOGIN)
            page.get_by_label("E-Mail-Adresse").fill(f"{role}@beispiel.example")
            page.get_by_label("Passwort").fill(PASSWORD)
            page.get_by_role("button", name="Anmelden", exact=True).click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Guten Tag")
            return page

        yield come_in
        context.close()


def school_of(office: Office) -> str:
    """Return the name of the school of Herr Albrecht's network."""
    (site,) = fielding.choices(office.database, office.field.network).sites
    return site.name


def test_a_school_agrees_and_the_code_opens(enter: Enter, office: Office) -> None:
    (site,) = fielding.choices(office.database, office.field.network).sites
    planned = office.measure(title="Klassentag", site=site.id)
    office.wave(planned, agreed=False)
    office.measure(title="Woanders")
    page = enter(Role.SCHOOL_CONTACT, site.name)
    assert page.get_by_text("Woanders").count() == 0
    page.get_by_role("link", name="Zustimmung eintragen : Klassentag").click()
    page.get_by_label("zugestimmt", exact=True).check()
    page.get_by_label("Entschieden am").fill(f"{TODAY:%Y-%m-%d}")
    page.get_by_label("Entschieden hat").fill("Schulleitung")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("läuft", exact=True)).to_be_visible()


def test_a_school_reads_its_sheet(enter: Enter, office: Office) -> None:
    office.answers(12)
    office.close()
    page = enter(Role.SCHOOL_CONTACT, school_of(office))
    page.get_by_role("link", name="Maßnahmen", exact=True).click()
    page.get_by_role("link", name="Sommercamp", exact=True).click()
    assert page.get_by_role("link", name="Excel").count() == 0
    assert page.get_by_role("link", name="Erhebung planen").count() == 0
    page.get_by_role("link", name="Auswertungsbogen ansehen").click()
    expect(page.get_by_text("12 von 30 Teilnehmenden haben geantwortet")).to_be_visible()


def test_an_evaluator_takes_the_tables_along(enter: Enter, office: Office, tmp_path: Path) -> None:
    office.measure(title="Stressfrei", topic=Topic.STRESS)
    office.answers(12)
    office.close()
    page = enter(Role.EVALUATOR, None)
    page.get_by_role("link", name="Maßnahmen", exact=True).click()
    page.get_by_role("searchbox").fill("sommer")
    page.get_by_role("button", name="Suchen").click()
    assert page.get_by_text("Stressfrei").count() == 0
    page.get_by_role("link", name="Sommercamp", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel-Arbeitsmappe").click()
    download.value.save_as(tmp_path / "tables.xlsx")
    book = load_workbook(BytesIO((tmp_path / "tables.xlsx").read_bytes()))
    assert len(book.sheetnames) > 1
