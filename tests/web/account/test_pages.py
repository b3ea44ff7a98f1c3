"""The pages of logging in and of the own account, on a phone, as somebody meets them for the first time.

1. What the QR code on the screen says is all that an app needs; the recovery codes can be kept.
2. On every page axe finds nothing, nothing is wider than 320 points, and everything is large enough
   for a thumb and shows when the keyboard is there.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.support_field import ALBRECHT
from tests.web.account.phone import CODE, LOGIN, OWN, RECOVERY, SETUP, Phone
from tests.web.looking import AXE, faults
from tests.web.site import served
from tests.web.staff.office import PASSWORD, Office


@pytest.fixture
def live(strict: Office) -> Iterator[str]:
    """Serve the application under a name, so that passkeys are offered."""
    with served(strict.app) as address:
        yield address.replace("127.0.0.1", "localhost")


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """Give a phone, with axe in its bag."""
    context = chromium.new_context(locale="de-DE")
    context.add_init_script(AXE)
    yield context.new_page()
    context.close()


def log_in(page: Page, live: str) -> None:
    page.goto(live + LOGIN)
    page.get_by_label("E-Mail-Adresse").fill(ALBRECHT)
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()


def secret_on(page: Page) -> str:
    """Return what an app reads from the screen."""
    picture = page.get_by_role("img", name="QR-Code für Ihre App").screenshot()
    (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(picture)))
    assert found.text.startswith(f"otpauth://totp/Mitreden:{ALBRECHT}?")
    return parse_qs(urlsplit(found.text).query)["secret"][0]


def test_herr_albrecht_sets_up_his_phone(
    strict: Office, live: str, phone: Page, tmp_path: Path
) -> None:
    """Rules 1 and 2."""

    def looks_right(name: str) -> None:
        assert faults(phone, tmp_path / name) == [], name

    phone.goto(live + LOGIN)
    looks_right("login")
    log_in(phone, live)
    phone.wait_for_url(live + SETUP)
    looks_right("setup")
    phone.get_by_role("button", name="App einrichten").click()
    app = Phone(strict, secret_on(phone))
    looks_right("app")
    phone.get_by_label("Code aus der App").fill("000000")
    phone.get_by_role("button", name="Bestätigen").click()
    expect(phone.get_by_role("alert")).to_be_visible()
    looks_right("wrong")
    phone.get_by_label("Code aus der App").fill(app.code)
    phone.get_by_role("button", name="Bestätigen").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Ihre Recovery-Codes")
    looks_right("codes")
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Als Datei speichern").click()
    assert len(download.value.path().read_text().split()) == 12  # name, address, ten codes

    phone.get_by_role("link", name="Ich habe die Codes gesichert").click()
    for path in (OWN, f"{OWN}/passwort", f"{OWN}/recovery-codes", f"{OWN}/bestaetigen"):
        phone.goto(live + path)
        looks_right(path.rpartition("/")[2])
    phone.get_by_role("button", name="Abmelden", exact=True).click()
    log_in(phone, live)
    phone.wait_for_url(live + CODE)
    looks_right("code")
    phone.goto(live + RECOVERY)
    looks_right("recovery")
