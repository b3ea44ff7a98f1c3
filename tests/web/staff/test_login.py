"""Who may come in.

1. Staff log in with address and password, in whatever case and coding, and log out by a form.
2. A wrong password and an unknown address get the same page after the same work.
3. Without a login every address of the staff part leads to the login, and back afterwards; never
   to another site.
4. The cookie is for browsers only, and on an encrypted address for this host only. It holds
   nothing about the machine.
5. A form without its token is refused with 400 and changes nothing.
6. A page of a phone has no session: no cookie is set, none is read.
7. Two passwords are hashed at a time, one more waits, the next is turned away.
8. A closed account and a new password end a login at once; a login changes nothing about the
   account.
"""

import re
from threading import Event, Thread
from unicodedata import normalize
from urllib.parse import urljoin, urlsplit

import pytest
from argon2 import extract_parameters
from flask import url_for
from sqlalchemy import select, update

from survey_app.services import accounts
from survey_app.storage import schema
from survey_app.web.account.login import Busy, Turnstile
from tests.support_field import ALBRECHT, TODAY, migrated
from tests.web.staff.office import LIST, LOGIN, PASSWORD, YILDIZ, Office, Page, Person, office_on

WRONG = "E-Mail-Adresse oder Passwort stimmt nicht. Bitte prüfen Sie beides."


@pytest.mark.parametrize("email", [ALBRECHT, ALBRECHT.upper(), f" {ALBRECHT} "])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_albrecht_logs_in_and_out(office: Office, email: str, form: str) -> None:
    albrecht = office.stranger()
    response = albrecht.log_in(email, normalize(form, PASSWORD))  # type: ignore[arg-type]
    assert (response.status_code, response.location) == (302, "/team")
    assert albrecht.page(LIST).find("h1").text == "Maßnahmen"
    way_out = albrecht.page(LIST).form("header")
    assert albrecht.client.post("/team/abmelden", data=way_out).location == LOGIN
    assert albrecht.get(LIST).status_code == 302


def test_logging_out_is_a_deed_not_an_address(office: Office) -> None:
    albrecht = office.albrecht()
    assert albrecht.get("/team/abmelden").status_code == 405
    assert albrecht.client.post("/team/abmelden").status_code == 400
    assert albrecht.get(LIST).status_code == 200


def test_wrong_and_unknown_look_the_same(office: Office) -> None:
    pages = []
    for email, password in ((ALBRECHT, "falsch"), ("niemand@beispiel.example", PASSWORD)):
        page = Page(office.stranger().log_in(email, password))
        assert page.main.count(WRONG) == 1
        html = page.response.get_data(as_text=True).replace(email, "…")
        pages.append(re.sub(r'name="csrf_token".*?>', "", html))
    assert pages[0] == pages[1]


def test_unknown_addresses_cost_the_same_work(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = office.app.extensions["security"].pwd_context
    work: list[str] = []
    for deed in ("hash", "verify"):
        real = getattr(context, deed)

        def counted(*args: object, deed: str = deed, real=real) -> object:  # type: ignore[no-untyped-def]
            work.append(deed)
            return real(*args)

        monkeypatch.setattr(context, deed, counted)
    office.stranger().log_in(ALBRECHT, "falsch")
    office.stranger().log_in("niemand@beispiel.example", "falsch")
    assert work == ["verify", "hash"]


def test_hashes_are_argon2id_of_the_strength_that_is_documented(
    strong_passwords: None, office: Office
) -> None:
    account = accounts.account_with_email(office.database, ALBRECHT)
    assert account is not None
    assert account.password.startswith("$argon2id$")
    strength = extract_parameters(account.password)
    assert (strength.time_cost, strength.memory_cost, strength.parallelism) == (3, 65536, 4)
    context = office.app.extensions["security"].pwd_context
    assert not context.needs_update(account.password)


def test_every_address_of_staff_asks_for_a_login(office: Office) -> None:
    rules = [rule for rule in office.app.url_map.iter_rules() if rule.endpoint.startswith("staff.")]
    assert len(rules) >= 9
    stranger = office.stranger()
    token = {"csrf_token": stranger.page(LOGIN).form()["csrf_token"]}
    with office.app.test_request_context():
        for rule in rules:
            path = url_for(rule.endpoint, **dict.fromkeys(rule.arguments, 1))
            is_read = rule.methods is not None and "GET" in rule.methods
            response = stranger.get(path) if is_read else stranger.client.post(path, data=token)
            assert (response.status_code, response.location) == (302, f"{LOGIN}?next={path}")


def test_the_login_leads_back_to_where_somebody_wanted_to_go(office: Office) -> None:
    stranger = office.stranger()
    wanted = f"{LIST}/{office.field.measure}"
    login = stranger.get(wanted).location
    assert stranger.send(login, email=ALBRECHT, password=PASSWORD).location == wanted


@pytest.mark.parametrize("place", ["https://boese.example/", "//boese.example", "/\\boese.example"])
def test_the_login_leads_to_no_other_site(office: Office, place: str) -> None:
    stranger = office.stranger()
    response = stranger.send(f"{LOGIN}?next={place}", email=ALBRECHT, password=PASSWORD)
    there = response.headers.get("Location", "").replace("\\", "/")
    assert urlsplit(urljoin("http://localhost/", there)).hostname == "localhost"


def test_the_cookie_is_for_browsers_only_and_says_nothing_of_the_machine(office: Office) -> None:
    albrecht = office.stranger()
    cookies = dict(
        each.partition("; ")[::2] for each in albrecht.log_in().headers.getlist("Set-Cookie")
    )
    name, known = sorted(cookies, key=len, reverse=True)
    assert name.startswith("mitreden=")
    assert cookies[name] == "HttpOnly; Path=/; SameSite=Lax"
    assert known.startswith("mitreden-known=")  # lets nobody in: tests/web/account/test_slowing.py
    assert cookies[known].endswith("HttpOnly; Path=/team; SameSite=Lax")
    with albrecht.client.session_transaction("/team") as session:
        kept = set(session)
    assert kept == {"_fresh", "_user_id", "csrf_token", "fs_cc", "fs_paa"}


def test_an_encrypted_address_binds_the_cookie_to_this_host(sqlite_url: str) -> None:
    with (
        migrated(sqlite_url) as database,
        office_on(database, public_url="https://mitreden.example") as office,
    ):
        client = office.app.test_client()
        response = client.get(LOGIN, base_url="https://mitreden.example")
        (cookie,) = response.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-mitreden=")
    assert cookie.partition("; ")[2] == "Secure; HttpOnly; Path=/; SameSite=Lax"


def test_a_form_without_its_token_changes_nothing(office: Office) -> None:
    albrecht = office.albrecht()
    measure = f"{LIST}/{office.field.measure}"
    for path in (
        LOGIN,
        f"{LIST}/neu",
        f"{measure}/erhebungen/neu",
        f"{measure}/erhebungen/{office.field.wave}/abschliessen",
    ):
        refused = albrecht.client.post(path, data={"m-title": "x"})
        assert refused.status_code == 400, path
        assert Page(refused).find("h1").text == "Die Seite war zu lange offen"
    assert "läuft" in albrecht.page(measure).main


def test_a_page_of_a_phone_sets_no_cookie_and_reads_none(office: Office) -> None:
    albrecht = office.albrecht()
    address = f"/q/{office.field.door.collector.code}"
    for person in (office.stranger(), albrecht):
        office.statements.clear()
        for path in ("/", address, "/q/AAAAAAAAAA", "/gibt-es-nicht"):
            response = person.get(path)
            assert response.headers.getlist("Set-Cookie") == []
            assert "Cookie" not in response.headers["Vary"]
        sent = person.client.post(address, data={"submission": "A" * 22, "k1": "3"})
        assert "Set-Cookie" not in sent.headers
        assert not [each for each in office.statements if "staff" in each]


def test_the_turnstile_lets_two_in_one_wait_and_turns_others_away() -> None:
    turnstile, leave = Turnstile(2, 1), Event()
    inside = [Event(), Event()]

    def stay(arrived: Event) -> None:
        with turnstile.passed():
            arrived.set()
            leave.wait()

    threads = [Thread(target=stay, args=[each]) for each in inside]
    for thread, arrived in zip(threads, inside, strict=True):
        thread.start()
        assert arrived.wait(10)
    third = Event()
    waiting = Thread(target=stay, args=[third])
    waiting.start()
    while not turnstile.is_full:
        pass
    with pytest.raises(Busy), turnstile.passed():
        pass
    assert not third.is_set()
    leave.set()
    for thread in (*threads, waiting):
        thread.join()
    assert third.is_set()
    with turnstile.passed():
        pass


def test_a_closed_account_is_out_at_once(office: Office) -> None:
    albrecht = office.albrecht()
    closed = update(schema.staff).where(schema.staff.c.email == ALBRECHT).values(active=False)
    with office.database.write() as connection:
        connection.execute(closed)
    assert albrecht.get(LIST).location == f"{LOGIN}?next={LIST}"
    assert WRONG in Page(office.stranger().log_in()).main


def test_a_new_password_ends_all_logins(office: Office) -> None:
    albrecht = office.albrecht()
    accounts.set_password(
        office.database,
        email=ALBRECHT,
        password="etwas ganz anderes",
        by="Betrieb",
        today=TODAY,
    )
    assert albrecht.get(LIST).status_code == 302
    assert WRONG in Page(albrecht.log_in()).main
    assert albrecht.log_in(ALBRECHT, "etwas ganz anderes").status_code == 302


def test_a_login_leaves_no_trace_in_the_database(office_on_both: Office) -> None:
    def rows() -> list[tuple[object, ...]]:
        with office_on_both.database.read() as connection:
            found = connection.execute(select(schema.staff).order_by(schema.staff.c.id))
            return [tuple(row) for row in found]

    before = rows()
    office_on_both.albrecht()
    Person(office_on_both.app.test_client()).log_in(YILDIZ, "falsch")
    assert rows() == before


def test_the_login_speaks_english(office: Office) -> None:
    page = office.stranger().page(LOGIN, accept_language="en-GB")
    assert page.find("h1").text == "Log in"
    assert page.root.get("lang") == "en"


def test_a_form_works_on_an_encrypted_address_without_a_referrer(sqlite_url: str) -> None:
    """Rule 5: our own pages tell browsers to send none."""
    with (
        migrated(sqlite_url) as database,
        office_on(database, public_url="https://mitreden.example") as office,
    ):
        client = office.app.test_client()
        page = Page(client.get(LOGIN, base_url="https://mitreden.example"))
        form = page.form() | {"email": ALBRECHT, "password": PASSWORD}
        sent = client.post(LOGIN, data=form, base_url="https://mitreden.example")
        assert (sent.status_code, sent.location) == (302, "/team")


def test_a_form_from_another_site_is_refused(office: Office) -> None:
    """Rule 5, before the token is looked at."""
    page = Page(office.app.test_client().get(LOGIN))
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert (
        office.app.test_client().post(LOGIN, data=page.form(), headers=headers).status_code == 403
    )
