"""Tried as a new user would: from the login to a downloaded poster.

1. A youth worker whose measure has a wave gets its poster in two clicks, login included; one whose
   measure has none plans it on the way and needs no more than six.
2. Every click in the page counts, also those on fields; the way fits on a screen 320 points wide.
3. Two minutes are enough, by the keystroke-level model (Card, Moran, Newell 1980): also for whoever
   begins with a new measure and types every word. Nobody stands beside with a watch, so the model
   counts: keys, clicks, the way of the hand to the mouse, and a thought before each step.
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
const count = what => { sessionStorage[what] = Number(sessionStorage[what] || 0) + 1; };
addEventListener("click", () => count("clicks"), true);
addEventListener("keydown", () => count("keys"), true);
"""
# Seconds: a key of somebody who types seldom (40 words a minute), pointing, a button down or up, the
# hand between keys and mouse, a thought.
KEY, POINT, BUTTON, HAND, THOUGHT = 0.28, 1.1, 0.1, 0.4, 1.35
MOST_SECONDS = 120
TYPED_PER_DAY = 8
COUNTED = ("clicks", "keys")
HANDS = 6  # to the mouse and back, at the login and around the fields


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


def seconds(desk: Page, fields: int) -> float:
    """Return what the model says about what was done; before each field and click is a thought."""
    clicks, keys = (int(desk.evaluate(f"Number(sessionStorage.{name})")) for name in COUNTED)
    by_mouse = clicks * (POINT + 2 * BUTTON)
    return keys * KEY + by_mouse + (clicks + fields) * THOUGHT + HANDS * HAND


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
    assert seconds(desk, fields=2) < MOST_SECONDS / 2


def test_a_new_measure_takes_two_minutes(desk: Page, tmp_path: Path) -> None:
    """Rule 3: seven things are needed; the town and the organisation are there already."""
    log_in(desk)
    desk.get_by_role("link", name="Neue Maßnahme").first.click()
    desk.get_by_label("Titel").click()
    for text in (
        "Medienwerkstatt im Advent",
        "Drei Nachmittage: Was machen Bilder mit uns, und wie wehren wir uns gegen falsche?",
        "Med",
    ):
        desk.keyboard.type(text)
        desk.keyboard.press("Tab")
    for day, which in (("2026-11-21", "Erster Tag"), ("2026-11-28", "Letzter Tag")):
        desk.get_by_label(which).click()
        desk.get_by_label(which).fill(day)  # in which order day and month are typed varies
        for _ in range(TYPED_PER_DAY):
            desk.keyboard.press("Shift")
    desk.get_by_role("button", name="Maßnahme anlegen").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Medienwerkstatt im Advent")
    desk.get_by_role("link", name="Erhebung planen").first.click()
    desk.get_by_role("link", name="So planen : Einmal, am Ende").click()
    desk.get_by_role("button", name="Erhebung anlegen").click()
    poster(desk, "Poster (PDF) : Junge Menschen", tmp_path)
    assert seconds(desk, fields=7) < MOST_SECONDS
