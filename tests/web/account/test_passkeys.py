"""Passkeys, with Chromium's virtual authenticator.

1. A coordinator may set up a passkey instead of an app; it lets in, and recovery codes are shown.
2. With it somebody logs in without a password and without a code, and comes where they wanted to.
3. After a password, where there is no app, the passkey is the second step.
4. It has a name, which can be changed; removed, it lets nobody in.
5. A device that does not ask who sits before it is refused, and so is one that was registered.
6. An answer is good for the question of this session, once, for five minutes.
7. Without JavaScript the page says so; at an address without a name it says that.
8. What nobody's browser sends is refused and changes nothing.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from survey_app.services import passkeys, second_factors
from survey_app.services.passkeys import Site
from tests.support_field import ALBRECHT
from tests.web.account.phone import CODE, LOGIN, OWN, SETUP, account_of, audited, row_of
from tests.web.site import served
from tests.web.staff.office import LIST, PASSWORD, Office
from tests.web.staff.office import Page as ReadPage

KEY = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
KEY |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}


@pytest.fixture
def live(strict: Office) -> Iterator[str]:
    """Serve the application under a name, as passkeys need one."""
    with served(strict.app) as address:
        yield address.replace("127.0.0.1", "localhost")


@dataclass
class Device:
    """A browser with a virtual authenticator."""

    page: Page
    session: CDPSession
    id: str

    def counts(self) -> list[int]:
        """Return how often each passkey was used."""
        asked = {"authenticatorId": self.id}
        found = self.session.send("WebAuthn.getCredentials", asked)["credentials"]
        return [each["signCount"] for each in found]


@contextmanager
def device(chromium: Browser, **changes: Any) -> Iterator[Device]:
    """Give a browser whose device asks for a finger, and gets it."""
    context = chromium.new_context(locale="de-DE")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY | changes})
    yield Device(page, session, added["authenticatorId"])
    context.close()


def log_in(page: Page, live: str, path: str = LOGIN) -> None:
    page.goto(live + path)
    page.get_by_label("E-Mail-Adresse").fill(ALBRECHT)
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()


def set_up(page: Page, live: str, name: str = "Dienst-Laptop") -> None:
    log_in(page, live)
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Passkey einrichten").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Recovery-Codes")


def test_a_passkey_from_first_to_last_day(strict: Office, live: str, chromium: Browser) -> None:
    """Rules 1 to 4."""
    with device(chromium) as laptop:
        page = laptop.page
        set_up(page, live)
        assert page.locator(".recovery-codes li").count() == 10
        page.get_by_role("link", name="Ich habe die Codes gesichert").click()
        expect(page.get_by_role("button", name="Abmelden", exact=True)).to_be_visible()

        page.get_by_role("button", name="Abmelden", exact=True).click()
        page.goto(f"{live}{LIST}/neu")
        page.get_by_role("button", name="Mit Passkey anmelden").click()
        page.wait_for_url(f"{live}{LIST}/neu")
        assert laptop.counts() == [2]

        page.get_by_role("button", name="Abmelden", exact=True).click()
        log_in(page, live)
        expect(page.get_by_role("heading", level=1)).to_have_text("Zweiter Schritt")
        assert page.get_by_label("Code aus der App").count() == 0
        page.get_by_role("button", name="Mit Passkey bestätigen").click()
        expect(page.get_by_role("button", name="Abmelden", exact=True)).to_be_visible()

        page.goto(live + OWN)
        page.get_by_role("link", name="Umbenennen").click()
        page.get_by_label("Name").fill("Alter Laptop")
        page.get_by_role("button", name="Speichern").click()
        expect(page.get_by_role("heading", name="Alter Laptop")).to_be_visible()
        assert page.get_by_role("link", name="Entfernen").count() == 0  # it is the last factor

        account = account_of(strict)
        (kept,) = second_factors.factors_of(strict.database, account).passkeys
        passkeys.remove(strict.database, account, kept, strict.clock.day)
        page.get_by_role("button", name="Abmelden", exact=True).click()
        page.get_by_role("button", name="Mit Passkey anmelden").click()
        expect(page.get_by_role("alert").first).to_contain_text("Mit diesem Passkey hat es nicht")
    actions = [action for _, action, _ in audited(strict)]
    assert actions == ["add passkey", "new recovery codes", "remove passkey"]


def test_what_a_device_cannot_do(strict: Office, live: str, chromium: Browser) -> None:
    """Rule 5: no finger, no passkey; and one per device and account."""
    with device(chromium, hasUserVerification=False, isUserVerified=False) as plain:
        log_in(plain.page, live)
        plain.page.get_by_label("Name").fill("Schlüssel ohne PIN")
        plain.page.get_by_role("button", name="Passkey einrichten").click()
        said = plain.page.get_by_role("alert")
        expect(said).to_have_text(
            "Das hat nicht geklappt, oder Sie haben abgebrochen. Sie können es noch einmal versuchen."
        )
    with device(chromium) as laptop:
        set_up(laptop.page, live)
        laptop.page.goto(live + SETUP)
        laptop.page.get_by_label("Name").fill("Noch einmal")
        laptop.page.get_by_role("button", name="Passkey einrichten").click()
        expect(laptop.page.get_by_role("alert")).to_have_text(
            "Dieses Gerät hat schon einen Passkey für dieses Konto."
        )
    assert [row[5] for row in row_of(strict, "passkey")] == ["Dienst-Laptop"]


def test_an_answer_is_good_once_and_not_for_ever(
    strict: Office, live: str, chromium: Browser
) -> None:
    """Rule 6: what a browser sent is sent again, from elsewhere and later."""
    with device(chromium) as laptop:
        page = laptop.page
        set_up(page, live)
        page.goto(live + LIST)
        page.get_by_role("button", name="Abmelden", exact=True).click()
        with page.expect_request(lambda request: request.url.endswith("/anmelden/passkey")) as sent:
            page.get_by_role("button", name="Mit Passkey anmelden").click()
        answer = (sent.value.post_data_json or {})["answer"]
    thief = strict.stranger()
    data = {"csrf_token": thief.page(LOGIN).form()["csrf_token"], "answer": answer}
    for _ in range(2):
        assert thief.client.post(f"{LOGIN}/passkey", data=data).status_code == 422
        asked = thief.client.post(f"{LOGIN}/passkey/frage", data=data)
        assert asked.status_code == 200
    site = Site("localhost", (live,))
    challenge = passkeys.webauthn.base64url_to_bytes(
        json.loads(
            passkeys.webauthn.base64url_to_bytes(json.loads(answer)["response"]["clientDataJSON"])
        )["challenge"]
    )
    again = passkeys.account_proved(
        strict.database, site, answer=answer, challenge=challenge, today=strict.clock.day
    )
    assert again is None  # the device counts, and this count was seen


def test_a_question_is_forgotten_after_five_minutes(strict: Office) -> None:
    """Rule 6."""
    somebody = strict.stranger()
    data = {"csrf_token": somebody.page(LOGIN).form()["csrf_token"], "answer": "{}"}
    somebody.client.post(f"{LOGIN}/passkey/frage", data=data)
    with somebody.client.session_transaction("/team") as session:
        assert "challenge" in session
    strict.clock.moment += 5 * 60 + 1
    assert somebody.client.post(f"{LOGIN}/passkey", data=data).status_code == 422
    with somebody.client.session_transaction("/team") as session:
        assert "challenge" not in session


def test_without_javascript_the_page_says_so(strict: Office, live: str, chromium: Browser) -> None:
    """Rule 7."""
    context = chromium.new_context(locale="de-DE", java_script_enabled=False)
    page = context.new_page()
    log_in(page, live)
    expect(page.get_by_text("Passkeys brauchen JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="App einrichten")).to_be_visible()
    assert page.get_by_role("button", name="Passkey einrichten").count() == 0
    context.close()


def test_an_address_without_a_name_has_none(strict: Office) -> None:
    """Rule 7."""
    albrecht = strict.stranger()
    at = {"base_url": "http://127.0.0.1:8000"}
    form = ReadPage(albrecht.client.get(LOGIN, **at)).form()
    albrecht.client.post(LOGIN, data=form | {"email": ALBRECHT, "password": PASSWORD}, **at)
    page = ReadPage(albrecht.client.get(SETUP, **at))
    assert "Passkeys brauchen eine Adresse mit einem Namen." in page.main
    token = {"csrf_token": page.form()["csrf_token"]}
    for path in (f"{SETUP}/passkey/frage", f"{LOGIN}/passkey/frage"):
        assert albrecht.client.post(path, data=token, **at).status_code == 404


PARTS = dict.fromkeys(
    ("clientDataJSON", "authenticatorData", "signature", "attestationObject"), "AA"
)
GARBAGE = (
    "",
    "null",
    "[]",
    "{}",
    '{"rawId": 1}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}',
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": PARTS}),
    "ä" * 5000,
)


@pytest.mark.parametrize("answer", GARBAGE)
def test_garbage_is_refused(strict: Office, answer: str) -> None:
    """Rule 8."""
    albrecht = strict.stranger()
    albrecht.log_in()
    data = {"csrf_token": albrecht.page(SETUP).form()["csrf_token"], "answer": answer, "name": "x"}
    for path in (f"{LOGIN}/passkey", f"{SETUP}/passkey"):
        albrecht.client.post(f"{path}/frage", data=data)
        assert albrecht.client.post(path, data=data).status_code == 422
    assert row_of(strict, "passkey") == []
    assert albrecht.get(LIST).status_code == 302
    assert albrecht.get(CODE).location == LOGIN
