"""Tried as a new user would: from the login to a downloaded poster.

1. A youth worker whose measure has a wave gets its poster in two clicks, login included; one whose
   measure has none plans it on the way and needs no more than six.
2. Every click in the page counts, also those on fields; the way fits on a screen 320 points wide.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from survey_app.domain.rights import Role
from survey_app.services import accounts
from tests.rendering.paper import decoded, pixels
from tests.web.site import served
from tests.web.staff.office import LOGIN, PASSWORD, Office

MOST = 6
WORKER = "kaya@beispiel.example"
COUNT = """
addEventListener("click", () => {
  sessionStorage.clicks = Number(sessionStorage.clicks || 0) + 1;
}, true);
"""


@pytest.fixture
def desk(chromium: Browser, office: Office) -> Iterator[Page]:
    """Give a narrow window at the login that counts clicks, and a youth worker's account."""
    accounts.open_account(
        office.database,
        email=WORKER,
        network="Kreis Beispiel",
        password=PASSWORD,
        role=Role.YOUTH_WORKER,
        place="Jugendamt",
    )
    context = chromium.new_context(viewport={"width": 320, "height": 640}, locale="de-DE")
    context.add_init_script(COUNT)
    with served(office.app) as live:
        page = context.new_page()
        page.goto(live + LOGIN)
        yield page
        context.close()


def log_in(desk: Page) -> None:
    """Type address and password without a click, and press the button."""
    expect(desk.get_by_label("E-Mail-Adresse")).to_be_focused()
    desk.keyboard.type(WORKER)
    desk.keyboard.press("Tab")
    desk.keyboard.type(PASSWORD)
    desk.get_by_role("button", name="Anmelden", exact=True).click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Guten Tag")


def poster(desk: Page, name: str, folder: Path) -> int:
    """Download a poster, read its code as a phone does, and return how many clicks it took."""
    with desk.expect_download() as download:
        desk.get_by_role("link", name=name).click()
    download.value.save_as(folder / "poster.pdf")
    (address,) = decoded(pixels((folder / "poster.pdf").read_bytes(), dpi=150))
    assert "/Q/" in address
    return int(desk.evaluate("Number(sessionStorage.clicks)"))


def test_a_planned_wave_takes_two_clicks(desk: Page, tmp_path: Path) -> None:
    log_in(desk)
    assert poster(desk, "Poster (PDF) : Sommercamp", tmp_path) == 2


def test_a_measure_without_a_wave_takes_at_most_six(
    desk: Page, office: Office, tmp_path: Path
) -> None:
    office.measure(title="Werkstatt")
    log_in(desk)
    desk.get_by_role("link", name="Erhebung planen : Werkstatt").click()
    desk.get_by_role("link", name="So planen : Einmal, am Ende").click()
    desk.get_by_role("button", name="Erhebung anlegen").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Werkstatt")
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert poster(desk, "Poster (PDF) : Junge Menschen", tmp_path) <= MOST
