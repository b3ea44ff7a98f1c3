"""Signing on elsewhere, against a small real provider on this machine (provider.py).

1. Without a provider there is no button and no address.
2. Somebody with a checked e-mail and an account gets in, back to the page that was wanted; by link,
   with state, nonce and PKCE, each for one answer.
3. A token counts only as the answer to our question: nonce, audience, issuer, time, key and state
   must fit. What does not fit lets nobody in, stores nothing, and gives no reason away but in a log
   that names no person.
4. An e-mail that is not checked, an unknown one and an account that is off let nobody in; no
   account is ever made. Each page says what to do.
5. Who is bound is known by number: another e-mail changes nothing, another person with the old
   e-mail gets nothing.
6. The compulsory second factor follows, unless the provider is configured to demand one; a token
   that speaks of a password alone is not believed.
7. A provider that does not answer, or is not the one that is configured, is said to be so.
8. The part for phones imports nothing of it.
"""

import logging
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from survey_app.services import accounts, administering
from survey_app.services.accounts import Account
from survey_app.storage import schema
from tests.support_field import ALBRECHT, TODAY, migrated
from tests.web.staff.office import LIST, LOGIN, Office, Page, Person, office_on
from tests.web.staff.provider import CLIENT, SECRET, Change, Provider, provider_for

START = "/team/anmelden/haus"
LABEL = "Mit dem Konto des Kreises anmelden"
FAILED = "Die Anmeldung hat nicht geklappt"


@contextmanager
def house(url: str, **changes: Any) -> Iterator[tuple[Office, Provider]]:
    """Open the application beside a provider that knows Herr Albrecht."""
    with (
        provider_for(email=ALBRECHT, email_verified=True) as provider,
        migrated(url) as database,
        office_on(
            database,
            **{
                "oidc_issuer": provider.issuer,
                "oidc_client_id": CLIENT,
                "oidc_client_secret": SECRET,
                "oidc_label": LABEL,
            }
            | changes,
        ) as office,
    ):
        yield office, provider


@pytest.fixture
def here(sqlite_url: str) -> Iterator[tuple[Office, Provider]]:
    """Give the application and its provider."""
    with house(sqlite_url) as opened:
        yield opened


def way_back(person: Person, provider: Provider, start: str = START) -> str:
    """Go to the provider and sign on; return the address that leads back."""
    there = person.get(start)
    assert there.status_code == 303
    back = urlsplit(provider.sign_on(there.location or ""))
    assert f"{back.scheme}://{back.netloc}{back.path}" == f"http://127.0.0.1:8000{START}/zurueck"
    return f"{back.path}?{back.query}"


def signed_on(office: Office, provider: Provider) -> tuple[Person, Page]:
    person = office.stranger()
    return person, Page(person.get(way_back(person, provider)))


def is_in(person: Person) -> bool:
    return person.get(LIST).status_code == 200


def albrecht(office: Office) -> Account:
    account = accounts.account_with_email(office.database, ALBRECHT)
    assert account is not None
    return account


def rows(office: Office) -> tuple[int, ...]:
    """Return how many accounts, bonds and lines of the log there are."""
    with office.database.read() as connection:
        tables = (schema.staff, schema.sign_on, schema.audit)
        return tuple(
            connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables
        )


def test_without_a_provider_there_is_no_way(office: Office) -> None:
    """Rule 1."""
    assert START not in office.stranger().get(LOGIN).get_data(as_text=True)
    assert office.stranger().get(START).status_code == 404


def test_albrecht_signs_on(here: tuple[Office, Provider]) -> None:
    """Rule 2."""
    office, provider = here
    person = office.stranger()
    button = person.page(LOGIN).find("a[@class='button button-quiet button-wide']")
    assert (button.text, button.get("href")) == (LABEL, START)
    back = person.get(way_back(person, provider))
    assert (back.status_code, back.location) == (302, "/team")
    assert is_in(person)
    assert provider.tokens == 1


def test_signing_on_leads_to_the_page_that_was_wanted(here: tuple[Office, Provider]) -> None:
    """Rule 2."""
    office, provider = here
    person = office.stranger()
    wanted = f"{LIST}/{office.field.measure}"
    login = person.page(person.get(wanted).location or "")
    start = login.find("a[@class='button button-quiet button-wide']").get("href", "")
    assert person.get(way_back(person, provider, start)).location == wanted


@pytest.mark.parametrize(
    "place", ["https://boese.example/team", "//boese.example/team", "/q/x", "//[", "/team//x"]
)
def test_signing_on_leads_to_no_other_site(here: tuple[Office, Provider], place: str) -> None:
    """Rule 2."""
    office, provider = here
    person = office.stranger()
    back = way_back(person, provider, f"{START}?next={place}")
    assert person.get(back).location == "/team"


def test_an_answer_counts_once(here: tuple[Office, Provider]) -> None:
    """Rule 2."""
    office, provider = here
    person = office.stranger()
    back = way_back(person, provider)
    person.get(back)
    again = Page(person.get(back))
    assert (again.response.status_code, again.find("h1").text) == (400, FAILED)


def set_to(**values: object) -> Change:
    return lambda claims: claims.update(values)


def without(name: str) -> Change:
    return lambda claims: claims.pop(name)


WRONG = {
    "another nonce": (set_to(nonce="anders"), "InvalidClaimError nonce"),
    "no nonce": (without("nonce"), "MissingClaimError nonce"),
    "another audience": (set_to(aud="anderes-programm"), "InvalidClaimError aud"),
    "no audience": (without("aud"), "MissingClaimError aud"),
    "also for another": (set_to(aud=[CLIENT, "anderes"]), "MissingClaimError azp"),
    "made for another": (set_to(aud=[CLIENT], azp="anderes"), "InvalidClaimError azp"),
    "another issuer": (set_to(iss="https://boese.example"), "InvalidClaimError iss"),
    "over": (set_to(exp=int(time.time()) - 120), "ExpiredTokenError exp"),
    "without an end": (without("exp"), "MissingClaimError exp"),
    "from the future": (set_to(iat=int(time.time()) + 3600), "InvalidClaimError iat"),
    "nobody's": (set_to(sub=""), "InvalidClaimError sub"),
    "of somebody with a long number": (set_to(sub="4" * 256), "InvalidClaimError sub"),
    "with a sign that is none": (set_to(sub="4\x007"), "InvalidClaimError sub"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_token_must_be_the_answer_to_our_question(
    here: tuple[Office, Provider], caplog: pytest.LogCaptureFixture, wrong: str
) -> None:
    """Rule 3."""
    office, provider = here
    provider.change, reason = WRONG[wrong]
    before = rows(office)
    person, page = signed_on(office, provider)
    assert (page.response.status_code, page.find("h1").text) == (400, FAILED)
    assert not is_in(person)
    assert rows(office) == before
    assert caplog.messages == [f"OIDC: {reason}"]


def test_a_token_needs_the_key_of_the_provider(
    here: tuple[Office, Provider], caplog: pytest.LogCaptureFixture
) -> None:
    """Rule 3."""
    office, provider = here
    provider.signs_with_another_key = True
    person, page = signed_on(office, provider)
    assert (page.response.status_code, is_in(person)) == (400, False)
    assert caplog.messages == ["OIDC: BadSignatureError"]


def test_another_state_is_refused_before_the_provider_is_asked(
    here: tuple[Office, Provider], caplog: pytest.LogCaptureFixture
) -> None:
    """Rule 3: nor does an answer that somebody else got log anybody in."""
    office, provider = here
    person, other = office.stranger(), office.stranger()
    back = way_back(person, provider)
    way_back(other, provider)
    for each in (office.stranger(), other):
        page = Page(each.get(back))
        assert (page.response.status_code, page.find("h1").text) == (400, FAILED)
        assert not is_in(each)
    assert provider.tokens == 0
    assert caplog.messages == ["OIDC: state"] * 2


def test_a_code_is_for_whoever_asked(here: tuple[Office, Provider]) -> None:
    """Rule 3: somebody else's code, put into an own answer, fails at PKCE."""
    office, provider = here
    person, thief = office.stranger(), office.stranger()
    code = way_back(person, provider).partition("code=")[2].partition("&")[0]
    own = way_back(thief, provider)
    page = Page(thief.get(own.replace(own.partition("code=")[2].partition("&")[0], code)))
    assert page.response.status_code == 400
    assert not is_in(thief)


def test_an_answer_from_another_issuer_is_refused(here: tuple[Office, Provider]) -> None:
    """Rule 3 (RFC 9207)."""
    office, provider = here
    person = office.stranger()
    back = way_back(person, provider).partition("&iss=")[0]
    assert person.get(f"{back}&iss=https://boese.example").status_code == 400
    assert provider.tokens == 0


def test_nonsense_is_refused_as_nonsense(here: tuple[Office, Provider]) -> None:
    """Rule 3."""
    office, provider = here
    person = office.stranger()
    way_back(person, provider)
    assert person.get(f"{START}/zurueck?state=ä&code=ö").status_code == 400
    assert person.get(f"{START}/zurueck").status_code == 400


@pytest.mark.parametrize("checked", [False, None, "false", 1])
def test_an_e_mail_must_be_checked(here: tuple[Office, Provider], checked: object) -> None:
    """Rule 4."""
    office, provider = here
    provider.claims["email_verified"] = checked
    person, page = signed_on(office, provider)
    assert page.response.status_code == 403
    assert page.find("h1").text == "Ihre E-Mail-Adresse ist noch nicht bestätigt"
    assert not is_in(person)


def test_no_account_is_made(here: tuple[Office, Provider]) -> None:
    """Rule 4."""
    office, provider = here
    provider.claims["email"] = "niemand@beispiel.example"
    before = rows(office)
    person, page = signed_on(office, provider)
    assert page.response.status_code == 403
    assert page.find("h1").text == "Für Sie gibt es hier kein Konto"
    assert not is_in(person)
    assert rows(office) == before


def test_an_account_that_is_off_stays_shut(here: tuple[Office, Provider]) -> None:
    """Rule 4: before and after it is bound."""
    office, provider = here
    account = albrecht(office)
    for deed in (administering.switch_off, administering.switch_on, administering.switch_off):
        deed(office.database, account.network.id, account.id, by="survey-app", today=TODAY)
        person, page = signed_on(office, provider)
        is_on = albrecht(office).active
        assert page.response.status_code == (302 if is_on else 403)
        assert is_in(person) == is_on


def test_who_is_bound_is_known_by_number(here: tuple[Office, Provider]) -> None:
    """Rule 5."""
    office, provider = here
    signed_on(office, provider)
    provider.claims = {"email": "neu@beispiel.example", "email_verified": True}
    person, _ = signed_on(office, provider)
    assert ALBRECHT in person.get(LIST).get_data(as_text=True)
    provider.claims = {"email": ALBRECHT, "email_verified": True, "sub": "jemand anders"}
    person, page = signed_on(office, provider)
    assert page.response.status_code == 403
    assert page.find("h1").text == "Dieses Konto ist schon mit jemand anderem verknüpft"
    assert not is_in(person)


def test_whoever_gives_up_is_told_so(here: tuple[Office, Provider]) -> None:
    office, provider = here
    provider.denies = True
    _, page = signed_on(office, provider)
    assert (page.response.status_code, page.find("h1").text) == (400, "Sie sind nicht angemeldet")
    assert page.find("a[@class='button button-quiet']").get("href") == LOGIN


@pytest.mark.parametrize(
    ("trusts", "methods", "is_let_in"),
    [
        (False, None, False),
        (False, ["pwd", "otp"], False),
        (True, None, True),
        (True, ["pwd", "otp"], True),
        (True, ["pwd"], False),
    ],
)
def test_the_second_factor_follows(
    sqlite_url: str, trusts: bool, methods: list[str] | None, is_let_in: bool
) -> None:
    """Rule 6."""
    with house(sqlite_url, oidc_second_factor=trusts, second_factor="compulsory") as (
        office,
        provider,
    ):
        provider.claims |= {"amr": methods} if methods else {}
        person, page = signed_on(office, provider)
        assert is_in(person) == is_let_in
        there = "/team" if is_let_in else "/team/anmelden/einrichten"
        assert page.response.location == there


def test_a_provider_that_is_down_is_said_to_be_so(
    here: tuple[Office, Provider], caplog: pytest.LogCaptureFixture
) -> None:
    """Rule 7: on the way there, and on the way back."""
    office, provider = here
    person = office.stranger()
    back = way_back(person, provider)
    provider.is_down = True
    for path in (back, START):
        page = Page(person.get(path))
        assert page.response.status_code == 503
        assert page.find("h1").text == "Die Anmeldung Ihres Hauses antwortet gerade nicht"
    assert caplog.messages == ["OIDC: status 503"] * 2


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "https://127.0.0.1:9"])
def test_a_provider_that_is_not_there_is_said_to_be_so(sqlite_url: str, address: str) -> None:
    """Rule 7."""
    with house(sqlite_url, oidc_issuer=address) as (office, _):
        assert office.stranger().get(START).status_code == 503


def test_a_provider_must_be_the_one_that_is_configured(
    here: tuple[Office, Provider], caplog: pytest.LogCaptureFixture
) -> None:
    """Rule 7."""
    office, provider = here
    provider.issuer = "https://login.kreis.example"
    assert office.stranger().get(START).status_code == 503
    assert caplog.messages == ["OIDC: discovery"]


def test_no_log_names_a_person(
    here: tuple[Office, Provider], caplog: pytest.LogCaptureFixture
) -> None:
    """Rule 3."""
    caplog.set_level(logging.DEBUG)
    office, provider = here
    signed_on(office, provider)
    provider.claims["sub"] = "jemand anders"
    signed_on(office, provider)
    assert [word for word in (ALBRECHT, "4711", "jemand anders") if word in caplog.text] == []


def test_the_part_for_phones_imports_nothing_of_it() -> None:
    """Rule 8."""
    program = (
        "import sys; from survey_app.app import create_app; from survey_app.config import *;"
        "create_app(Settings(parts=frozenset({Part.RESPOND})));"
        "print([name for name in sys.modules if name.startswith(('authlib', 'joserfc'))])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\n"
