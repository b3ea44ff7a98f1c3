"""Accounts: the pages of an administrator, and the page behind a link.

*Frau Kaya* administers Kreis Beispiel. *Mira* is invited.

1. The list has everybody of the own network with role, place and how things stand, and nobody else.
2. Inviting asks for the role first, then who and where; what is wrong is said at its field. The link
   is shown once, with a letter to send it by; a reload shows none and makes none.
3. Whoever opens the link sees who invites to what, chooses a password and is in. A link that is
   over, used or invented gets one answer with a way out.
4. The page behind a link is for everybody, sends no referrer, is in no cache, needs the token of
   its form, and no line of a log holds the link.
5. Another role, another place, off and on, logins, second factor: after a question, by a form that
   leads back with what was done. The last administrator is told why not.
6. A foreign account answers as a missing one, byte for byte, at every address.
7. A link for another password asks for the second factor that is there.
8. It all works on PostgreSQL too, behind the wall of the network.
"""

import logging
import re
from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from survey_app.domain.rights import Role
from survey_app.services import accounts, invitations
from tests.support_field import ALBRECHT, TODAY
from tests.web.staff.office import LOGIN, PASSWORD, YILDIZ, Office, Page, Person

KAYA = "kaya@beispiel.example"
MIRA = "mira@beispiel.example"
LIST = "/team/konten"
INVITE = f"{LIST}/einladen"
SENTENCE = "ein Satz über Birnen"


def kaya(office: Office) -> Person:
    """Return Frau Kaya, logged in."""
    accounts.open_account(
        office.database,
        email=KAYA,
        network="Kreis Beispiel",
        password=PASSWORD,
        role=Role.ADMINISTRATOR,
    )
    person = office.stranger()
    assert person.log_in(KAYA).status_code == 302
    return person


def number_of(office: Office, email: str) -> int:
    account = accounts.account_with_email(office.database, email)
    assert account is not None
    return account.id


def invite(person: Person, role: str = "coordinator", **values: str) -> str:
    """Invite Mira as a browser does; return the address of the page that shows the link."""
    sent = person.send(f"{INVITE}/{role}", **({"k_email": MIRA} | values))
    assert sent.status_code == 303
    assert sent.location is not None
    return sent.location


def link_on(page: Page) -> str:
    """Return the path of the link that a page shows."""
    return urlsplit(page.find("textarea[@id='link']").text or "").path


def join(office: Office, link: str, password: str = SENTENCE) -> Person:
    """Open a link and choose a password."""
    person = office.stranger()
    sent = person.send(link, p_password=password, p_again=password)
    assert sent.status_code in (302, 303)
    return person


def test_the_list_has_everybody_of_the_network(office: Office) -> None:
    """Rule 1."""
    page = kaya(office).page(LIST)
    emails = [each.text for each in page.all("li[@class='account']/h2/a")]
    assert emails == [ALBRECHT, KAYA]
    assert "2 Personen in diesem Netzwerk" in page.main
    assert "Koordination noch ohne zweiten Faktor" in page.main
    assert YILDIZ not in page.response.get_data(as_text=True)


def test_the_administrator_begins_at_the_accounts(office: Office) -> None:
    assert kaya(office).get("/team").location == LIST


def test_inviting_asks_for_the_role_first(office: Office) -> None:
    """Rule 2."""
    person = kaya(office)
    page = person.page(INVITE)
    ways = [each.get("href") for each in page.all("li[@class='card']/h2/a")]
    assert ways == [f"{INVITE}/{role.value.replace('_', '-')}" for role in Role]
    assert "Sieht keine Ergebnisse" in page.main
    labels = {way: [each.text for each in person.page(way or "").all("label")] for way in ways}
    assert list(labels.values()) == [
        ["E-Mail-Adresse"],
        ["E-Mail-Adresse"],
        ["E-Mail-Adresse", "Kommune"],
        ["E-Mail-Adresse", "Träger"],
        ["E-Mail-Adresse", "Einrichtung"],
    ]
    assert person.get(f"{INVITE}/hausmeister").status_code == 404


@pytest.mark.parametrize(
    ("role", "values", "problems"),
    [
        ("coordinator", {"k_email": ""}, {"k-email": "Bitte füllen Sie dieses Feld aus."}),
        (
            "coordinator",
            {"k_email": "mira"},
            {"k-email": "„mira“ ist keine E-Mail-Adresse."},
        ),
        (
            "coordinator",
            {"k_email": ALBRECHT},
            {"k-email": f"Für {ALBRECHT} gibt es schon ein Konto."},
        ),
        (
            "youth-worker",
            {"k_email": MIRA, "k_place": "999"},
            {"k-place": "Diese Auswahl gibt es nicht. Bitte wählen Sie aus der Liste."},
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    office: Office, role: str, values: dict[str, str], problems: dict[str, str]
) -> None:
    """Rule 2."""
    refused = kaya(office).send(f"{INVITE}/{role}", **values)
    assert refused.status_code == 422
    assert Page(refused).problems() == problems


def test_a_role_without_places_says_what_to_do_first(office: Office) -> None:
    """Rule 2."""
    with office.database.write() as connection:
        connection.exec_driver_sql("UPDATE measure SET site = NULL")
        connection.exec_driver_sql("DELETE FROM site")
    page = kaya(office).page(f"{INVITE}/school-contact")
    assert "In diesem Netzwerk gibt es noch keine Einrichtung." in page.main
    assert page.all("main//form") == []


def test_the_link_is_shown_once(office: Office) -> None:
    """Rule 2."""
    person = kaya(office)
    there = invite(person)
    page = person.page(there)
    link = page.find("textarea[@id='link']").text or ""
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/team/einladung/[\w-]{43}", link)
    last = TODAY + timedelta(days=7)
    assert f"Der Link gilt bis {last.day}. November 2026 und nur einmal." in page.main
    letter = page.find("a[@class='button button-quiet']").get("href", "")
    assert letter.startswith(f"mailto:{MIRA}?".replace("@", "%40"))
    told = parse_qs(urlsplit(letter).query)
    assert told["subject"] == ["Ihr Zugang zu Mitreden: Kreis Beispiel"]
    assert link in told["body"][0]
    again = person.page(there)
    assert "Der Link wurde schon gezeigt" in again.main
    assert again.all("textarea[@id='link']") == []
    assert office.stranger().get(urlsplit(link).path).status_code == 200


def test_mira_opens_the_link_chooses_a_password_and_is_in(office: Office) -> None:
    """Rule 3."""
    person = kaya(office)
    link = link_on(person.page(invite(person)))
    mira = office.stranger()
    page = mira.page(link)
    assert page.find("h1").text == "Willkommen bei Mitreden"
    assert f"{KAYA} lädt Sie in das Netzwerk „Kreis Beispiel“ ein." in page.main
    assert "Ihre Rolle: Koordination" in page.main
    sent = mira.send(link, p_password=SENTENCE, p_again=SENTENCE)
    assert sent.location == "/team"
    assert mira.get("/team/massnahmen").status_code == 200
    assert office.stranger().log_in(MIRA, SENTENCE).status_code == 302
    assert office.stranger().get(link).status_code == 404


def test_a_place_is_named(office: Office) -> None:
    """Rule 3."""
    person = kaya(office)
    link = link_on(person.page(invite(person, "school-contact")))
    assert "Gilt für Schule am See" in office.stranger().page(link).main


@pytest.mark.parametrize(
    ("password", "again", "problems"),
    [
        ("kurz", "kurz", {"p-password": "Das Passwort braucht 12 bis 200 Zeichen."}),
        (
            SENTENCE,
            PASSWORD,
            {"p-again": "Die beiden Passwörter sind verschieden. Bitte tippen Sie noch einmal."},
        ),
    ],
)
def test_a_wrong_password_uses_nothing_up(
    office: Office, password: str, again: str, problems: dict[str, str]
) -> None:
    """Rule 3."""
    person = kaya(office)
    link = link_on(person.page(invite(person)))
    refused = office.stranger().send(link, p_password=password, p_again=again)
    assert (refused.status_code, Page(refused).problems()) == (422, problems)
    join(office, link)


def test_over_used_replaced_and_invented_are_one_answer(office: Office) -> None:
    """Rule 3."""
    person = kaya(office)
    replaced = link_on(person.page(invite(person)))
    mira = number_of(office, MIRA)
    used = link_on(person.page(person.send(f"{LIST}/{mira}/link").location or ""))
    join(office, used)
    over = link_on(person.page(person.send(f"{LIST}/{mira}/link").location or ""))
    office.clock.day = TODAY + timedelta(days=8)
    answers = set()
    for link in (over, used, replaced, f"/team/einladung/{'A' * 43}", "/team/einladung/x"):
        stranger = office.stranger()
        token = {"csrf_token": stranger.page(LOGIN).form()["csrf_token"]}
        answers |= {
            (each.status_code, each.data)
            for each in (stranger.get(link), stranger.client.post(link, data=token))
        }
    ((status, page),) = answers
    assert status == 404
    assert b"Dieser Link gilt nicht mehr" in page
    assert LOGIN.encode() in page


def test_the_page_of_a_link_gives_nothing_away(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    """Rule 4."""
    caplog.set_level(logging.DEBUG)
    person = kaya(office)
    link = link_on(person.page(invite(person)))
    stranger = office.stranger()
    response = stranger.get(link)
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store"
    assert stranger.client.post(link, data={"p-password": SENTENCE}).status_code == 400
    assert office.stranger().get(link).status_code == 200
    join(office, link)
    token = link.rpartition("/")[2]
    assert token not in caplog.text
    assert token not in str(office.statements)


def test_another_role_and_another_place(office: Office) -> None:
    """Rule 5."""
    person = kaya(office)
    albrecht = f"{LIST}/{number_of(office, ALBRECHT)}"
    there = person.send(f"{albrecht}/rolle/youth-worker").location
    page = person.page(there or "")
    assert "Die Rolle ist geändert." in page.main
    assert "Gilt für Träger Jugendamt" in page.main
    there = person.send(f"{albrecht}/rolle/evaluator", k_place="").location
    assert "Gilt für ganzes Netzwerk" in person.page(there or "").main


def test_off_and_on_again(office: Office) -> None:
    """Rule 5."""
    albrecht, person = office.albrecht(), kaya(office)
    path = f"{LIST}/{number_of(office, ALBRECHT)}"
    assert "Konto ausschalten?" in person.page(f"{path}/ausschalten").main
    assert albrecht.get("/team/massnahmen").status_code == 200
    there = person.send(f"{path}/ausschalten").location
    assert "Das Konto ist ausgeschaltet." in person.page(there or "").main
    assert albrecht.get("/team/massnahmen").status_code == 302
    assert office.stranger().log_in().status_code == 200
    person.send(f"{path}/einschalten")
    assert office.stranger().log_in().status_code == 302


def test_all_logins_end(office: Office) -> None:
    """Rule 5."""
    albrecht, person = office.albrecht(), kaya(office)
    person.send(f"{LIST}/{number_of(office, ALBRECHT)}/abmelden")
    assert albrecht.get("/team/massnahmen").status_code == 302
    assert office.stranger().log_in().status_code == 302


def test_an_invitation_is_withdrawn(office: Office) -> None:
    """Rule 5."""
    person = kaya(office)
    link = link_on(person.page(invite(person)))
    mira = f"{LIST}/{number_of(office, MIRA)}"
    there = person.send(f"{mira}/zurueckziehen").location
    assert "Die Einladung ist zurückgezogen." in person.page(there or "").main
    assert (person.get(mira).status_code, office.stranger().get(link).status_code) == (404, 404)


def test_the_last_administrator_is_told_why_not(office: Office) -> None:
    """Rule 5."""
    person = kaya(office)
    own = f"{LIST}/{number_of(office, KAYA)}"
    for sent in (person.send(f"{own}/ausschalten"), person.send(f"{own}/rolle/coordinator")):
        assert sent.status_code == 422
        assert f"{KAYA} ist das letzte Konto" in Page(sent).main
    assert person.get(LIST).status_code == 200


def test_a_deed_that_makes_no_sense_is_no_page(office: Office) -> None:
    """Rule 5."""
    person = kaya(office)
    path = f"{LIST}/{number_of(office, ALBRECHT)}"
    for deed in ("einschalten", "zurueckziehen", "loesen", "zweiter-faktor", "tanzen"):
        assert person.get(f"{path}/{deed}").status_code == 404


def test_a_foreign_account_answers_as_a_missing_one(office: Office) -> None:
    """Rule 6."""
    person = kaya(office)
    token = {"csrf_token": person.page(INVITE).form("header")["csrf_token"]}
    strange = number_of(office, YILDIZ)
    tails = (
        "",
        "/rolle",
        "/rolle/coordinator",
        "/link",
        "/abmelden",
        "/ausschalten",
        "/einschalten",
        "/zurueckziehen",
        "/loesen",
        "/zweiter-faktor",
    )
    for tail in tails:
        foreign, missing = f"{LIST}/{strange}{tail}", f"{LIST}/999999{tail}"
        assert person.get(foreign).status_code == 404
        assert person.get(foreign).data == person.get(missing).data
        if tail not in ("", "/rolle"):
            sent = person.client.post(foreign, data=token)
            assert sent.status_code == 404
            assert sent.data == person.client.post(missing, data=token).data
    assert accounts.account_with_email(office.database, YILDIZ).active  # type: ignore[union-attr]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_sees_accounts(office: Office, role: Role) -> None:
    places = {Role.YOUTH_WORKER: "Jugendamt", Role.SCHOOL_CONTACT: "Schule am See"}
    email = f"{role.value}@beispiel.example"
    accounts.open_account(
        office.database,
        email=email,
        network="Kreis Beispiel",
        password=PASSWORD,
        role=role,
        place=places.get(role),
    )
    person = office.stranger()
    person.log_in(email)
    number = number_of(office, ALBRECHT)
    for path in (LIST, INVITE, f"{LIST}/{number}", f"{LIST}/{number}/ausschalten"):
        assert person.get(path).status_code == 403


def test_a_list_of_any_length_takes_the_same_statements(office: Office) -> None:
    person = kaya(office)
    before = office.queries(person, LIST)
    for number in range(5):
        invitations.invite_from_outside(
            office.database,
            email=f"neu{number}@beispiel.example",
            network="Kreis Beispiel",
            role=Role.COORDINATOR,
            place=None,
            today=TODAY,
        )
    assert office.queries(person, LIST) == before


def test_it_works_behind_the_wall_of_the_network(office_on_both: Office) -> None:
    """Rule 8."""
    office = office_on_both
    person = kaya(office)
    mira = join(office, link_on(person.page(invite(person))))
    assert mira.get("/team/massnahmen").status_code == 200
    assert person.send(f"{INVITE}/coordinator", k_email=YILDIZ).status_code == 422
    path = f"{LIST}/{number_of(office, MIRA)}"
    link = link_on(person.page(person.send(f"{path}/link").location or ""))
    assert "Neues Passwort wählen" in office.stranger().page(link).main
    for deed in ("abmelden", "ausschalten", "einschalten"):
        assert person.send(f"{path}/{deed}").status_code == 303
    assert "Koordination" in person.page(path).main
    letter = unquote(
        person.page(person.send(f"{path}/link").location or "")
        .find("a[@class='button button-quiet']")
        .get("href", "")
    )
    assert "neues Passwort für Mitreden (Kreis Beispiel)" in letter
