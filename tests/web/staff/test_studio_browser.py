"""The print studio in a real browser, on a screen that is 320 points wide.

1. With a script every change shows at once: picture, file and address follow, and a status says so.
2. Without a script the button does the same.
3. What was looked at is what is downloaded.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from survey_app.services.choosing import questionnaires
from tests.fixtures.browser import requests_elsewhere
from tests.rendering.paper import decoded, letters, pixels, text
from tests.support_field import ALBRECHT
from tests.web.site import served
from tests.web.staff.office import LIST, LOGIN, PASSWORD, Office

READY = "So sieht die erste Seite aus."


@pytest.fixture
def studio(office: Office) -> Iterator[str]:
    """Serve a wave in six languages and give the address of its studio."""
    wave = office.wave(office.field.measure, questionnaire=questionnaires()["kern-jugend"])
    with served(office.app) as live:
        yield f"{live}{LIST}/{office.field.measure}/erhebungen/{wave}/drucken"


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def window(chromium: Browser, studio: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Give a narrow window with the studio in it, with and without scripts."""
    context = chromium.new_context(
        viewport={"width": 320, "height": 640}, locale="de-DE", java_script_enabled=request.param
    )
    elsewhere = requests_elsewhere(context)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(studio.partition(LIST)[0] + LOGIN)
    page.get_by_label("E-Mail-Adresse").fill(ALBRECHT)
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    page.goto(studio)
    yield page
    context.close()
    assert (elsewhere, complaints) == ([], [])


def follow(window: Page) -> None:
    """Let the preview catch up: by itself, or with the button."""
    button = window.get_by_role("button", name="Vorschau aktualisieren")
    if button.is_visible():
        button.click()
    expect(window.get_by_role("status")).to_have_text(READY, timeout=20_000)


def test_what_is_chosen_is_shown_and_downloaded(window: Page, tmp_path: Path) -> None:
    preview = window.get_by_role("img", name="Vorschau")
    first = preview.get_attribute("src")
    window.get_by_role("radio", name="Tischkarten").check()
    window.get_by_role("checkbox", name="Türkçe").check()
    window.get_by_role("radio", name="Hellgrau, spart Toner").check()
    follow(window)
    preview = window.get_by_role("img", name="Vorschau")
    for part in ("format=table_cards", "weitere=tr", "farbe=sparsam"):
        assert part in window.url
        assert part in str(preview.get_attribute("src"))
    assert preview.get_attribute("src") != first
    with window.expect_download() as download:
        window.get_by_role("link", name="PDF herunterladen").click()
    download.value.save_as(tmp_path / "cards.pdf")
    pdf = (tmp_path / "cards.pdf").read_bytes()
    assert len(decoded(pixels(pdf, dpi=100))) == 4
    assert letters("Nasıldı?") in letters(text(pdf))


def test_nothing_is_wider_than_the_window(window: Page) -> None:
    box = window.locator("body").bounding_box()
    assert box is not None
    assert box["width"] <= 320
    widest = window.locator("main *").all()
    edges = [place["x"] + place["width"] for each in widest if (place := each.bounding_box())]
    assert max(edges) <= 320
