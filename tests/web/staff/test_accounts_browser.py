"""Inviting and signing on in a real browser.

1. Frau Kaya invites Mira: role, e-mail, copied link. Mira opens it on her phone, chooses a password
   and is in. Frau Kaya switches her off. On every page axe finds nothing, nothing is wider than 320
   points, everything to tap is large enough, every focus is seen.
2. The way to a provider and back works under our own strict policy, with our own cookies.
"""

from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from survey_app.domain.rights import Role
from survey_app.services import accounts
from tests.fixtures.browser import requests_elsewhere
from tests.support_field import ALBRECHT, migrated
from tests.web.looking import AXE, faults
from tests.web.site import served
from tests.web.staff.office import LOGIN, PASSWORD, Office, office_on
from tests.web.staff.provider import CLIENT, PUBLIC, SECRET, provider_for

KAYA = "kaya@beispiel.example"
MIRA = "mira@beispiel.example"
SENTENCE = "ein Satz über Birnen"
PICTURES = Path(__file__).parents[3] / "var" / "pictures" / "accounts"


def window(chromium: Browser) -> BrowserContext:
    """Return a new window of a phone, with axe in its bag."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="de-DE")
    context.add_init_script(AXE)
    return context


def look(page: Page, name: str) -> None:
    assert faults(page, PICTURES / name) == []


def test_kaya_invites_mira(chromium: Browser, office: Office) -> None:
    """Rule 1."""
    accounts.open_account(
        office.database,
        email=KAYA,
        network="Kreis Beispiel",
        password=PASSWORD,
        role=Role.ADMINISTRATOR,
    )
    with served(office.app) as live, window(chromium) as desk, window(chromium) as phone:
        elsewhere = requests_elsewhere(desk), requests_elsewhere(phone)
        desk.grant_permissions(["clipboard-read", "clipboard-write"], origin=live)
        kaya = desk.new_page()
        kaya.goto(live + LOGIN)
        kaya.get_by_label("E-Mail-Adresse").fill(KAYA)
        kaya.get_by_label("Passwort").fill(PASSWORD)
        kaya.get_by_role("button", name="Anmelden", exact=True).click()
        expect(kaya.get_by_role("heading", level=1)).to_have_text("Konten")
        look(kaya, "list")
        kaya.get_by_role("link", name="Person einladen").click()
        look(kaya, "roles")
        kaya.get_by_role("link", name="Auswertung").click()
        look(kaya, "form")
        kaya.get_by_role("button", name="Link zum Einladen erstellen").click()
        look(kaya, "form-with-a-problem")
        kaya.get_by_role("textbox", name="E-Mail-Adresse").fill(MIRA)
        kaya.get_by_role("button", name="Link zum Einladen erstellen").click()
        look(kaya, "link")
        kaya.get_by_role("button", name="Link kopieren").click()
        expect(kaya.get_by_role("button", name="Kopiert")).to_be_visible()
        link = kaya.evaluate("navigator.clipboard.readText()")

        mira = phone.new_page()
        mira.goto(link.replace(PUBLIC, live))
        look(mira, "invitation")
        mira.get_by_label("Passwort", exact=True).fill(SENTENCE)
        mira.get_by_label("Passwort noch einmal").fill(SENTENCE)
        mira.get_by_role("button", name="Beitreten").click()
        expect(mira.get_by_role("button", name="Abmelden")).to_be_visible()
        mira.goto(link.replace(PUBLIC, live))
        look(mira, "no-link")

        kaya.get_by_role("link", name="Zum Konto").click()
        look(kaya, "account")
        kaya.get_by_role("link", name="Ausschalten").click()
        look(kaya, "switch-off")
        kaya.get_by_role("button", name="Ausschalten").click()
        expect(kaya.get_by_role("status")).to_have_text("Das Konto ist ausgeschaltet.")
        look(kaya, "off")
        mira.goto(f"{live}/team/massnahmen")
        expect(mira.get_by_role("heading", level=1)).to_have_text("Anmelden")
    assert elsewhere == ([], [])


def test_albrecht_signs_on_at_the_provider(chromium: Browser, sqlite_url: str) -> None:
    """Rule 2."""
    with (
        provider_for(email=ALBRECHT, email_verified=True) as provider,
        migrated(sqlite_url) as database,
        office_on(
            database,
            oidc_issuer=provider.issuer,
            oidc_client_id=CLIENT,
            oidc_client_secret=SECRET,
        ) as office,
        served(office.app) as live,
        window(chromium) as desk,
    ):
        provider.sends_back_to = live
        page = desk.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(f"{live}/team/massnahmen")
        look(page, "login")
        page.get_by_role("link", name="Mit dem Konto Ihres Hauses anmelden").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Maßnahmen")
        assert page.url == f"{live}/team/massnahmen"
        assert complaints == []
