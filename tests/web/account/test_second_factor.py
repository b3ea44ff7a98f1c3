"""The second factor.

1. A coordinator without one is led to set it up after the password, and reaches nothing else: every
   address of staff answers as to somebody who is not logged in.
2. The first code of the app takes it into use; recovery codes are shown once, and never again.
3. From then on the login asks for a code. One code counts once; the one before and after are taken.
4. A recovery code counts once, in whatever case.
5. Secrets are stored encrypted and codes as keyed hashes; with another key nothing can be read.
6. A youth worker may have a second factor, and may do without again; a coordinator may not.
7. Whoever is on the way in cannot replace a factor that is there, and not wait for ever.
8. Changes ask once more who somebody is, and stand in the audit log without a secret.
9. Where the setting says so a password is enough, and every page says that.
"""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import url_for

from survey_app.domain.rights import Role
from survey_app.services import accounts, second_factors, slowing
from survey_app.services.second_factors import Vault
from tests.support_field import ALBRECHT
from tests.web.account.phone import (
    APP,
    CODE,
    LOGIN,
    OWN,
    RECOVERY,
    SETUP,
    STEP,
    Phone,
    account_of,
    audited,
    codes_on,
    row_of,
    secrets_in,
    set_up_app,
    worker_in,
)
from tests.web.staff.office import LIST, PASSWORD, Office, Page

WRONG = "Der Code stimmt nicht, oder er wurde schon benutzt."
TRIED_OUT = "Zum Ausprobieren: Anmelden geht hier ohne zweiten Faktor."


def test_a_coordinator_reaches_nothing_before_the_second_factor(strict: Office) -> None:
    """Rule 1."""
    albrecht = strict.stranger()
    response = albrecht.log_in()
    assert (response.status_code, response.location) == (303, SETUP)
    with strict.app.test_request_context():
        paths = [
            url_for(rule.endpoint, **dict.fromkeys(rule.arguments, 1))
            for rule in strict.app.url_map.iter_rules()
            if rule.endpoint.startswith("staff.") and "GET" in (rule.methods or ())
        ]
    assert OWN in paths
    for path in paths:
        response = albrecht.get(path)
        assert (response.status_code, response.location) == (302, f"{LOGIN}?next={path}")
    assert row_of(strict, "staff_login") == []
    assert albrecht.get(SETUP).status_code == 200


@pytest.mark.parametrize("role", Role)
def test_who_needs_a_second_factor(strict: Office, role: Role) -> None:
    """Rule 1, for every role."""
    places = {Role.YOUTH_WORKER: "Jugendamt", Role.SCHOOL_CONTACT: "Schule am See"}
    accounts.open_account(
        strict.database,
        email="neu@beispiel.example",
        network="Kreis Beispiel",
        password=PASSWORD,
        role=role,
        place=places.get(role),
    )
    response = strict.stranger().log_in("neu@beispiel.example")
    assert response.location == (SETUP if role.needs_second_factor else "/team")


def test_setting_up_lets_in_and_shows_recovery_codes_once(strict_on_both: Office) -> None:
    """Rule 2."""
    strict = strict_on_both
    albrecht = strict.stranger()
    albrecht.send(f"{LOGIN}?next={LIST}/neu", email=ALBRECHT, password=PASSWORD)
    phone, codes = set_up_app(strict, albrecht)
    assert len(set(codes)) == 10
    assert albrecht.page(LIST).find("h1").text == "Maßnahmen"
    for path in (OWN, SETUP, APP, f"{OWN}/recovery-codes"):
        shown = albrecht.get(path).get_data(as_text=True)
        assert not [code for code in codes if code in shown], path
        assert phone.key not in shown.replace(" ", "")


def test_the_wanted_page_is_not_forgotten_on_the_way(strict: Office) -> None:
    """Rule 2."""
    albrecht = strict.stranger()
    albrecht.send(f"{LOGIN}?next={LIST}/neu", email=ALBRECHT, password=PASSWORD)
    albrecht.client.post(f"{SETUP}/neu", data=albrecht.page(SETUP).form())
    key = "".join("".join(albrecht.page(APP).find("p[@class='secret']").itertext()).split())
    page = Page(albrecht.send(APP, code=Phone(strict, key).code))
    assert page.all("a[@class='button button-primary']")[-1].get("href") == f"{LIST}/neu"


def test_a_wrong_first_code_sets_up_nothing(strict: Office) -> None:
    """Rule 2."""
    albrecht = strict.stranger()
    albrecht.log_in()
    albrecht.client.post(f"{SETUP}/neu", data=albrecht.page(SETUP).form())
    refused = albrecht.send(APP, code="000000")
    assert refused.status_code == 422
    assert "Der Code passt nicht zu diesem QR-Code." in Page(refused).main
    assert not second_factors.factors_of(strict.database, account_of(strict)).any
    assert albrecht.get(LIST).status_code == 302


def test_the_login_asks_for_a_code_and_takes_it_once(strict_on_both: Office) -> None:
    """Rule 3."""
    strict = strict_on_both
    first = strict.stranger()
    first.log_in()
    phone, _ = set_up_app(strict, first)

    second = strict.stranger()
    asked = second.log_in()
    assert (asked.status_code, asked.location) == (303, CODE)
    assert second.get(LIST).status_code == 302
    used = second.send(CODE, code=phone.code)
    assert used.status_code == 422
    assert WRONG in Page(used).main
    code = phone.next_code()
    assert second.send(CODE, code=f"{code[:3]} {code[3:]}").location == "/team"
    assert second.get(LIST).status_code == 200

    third = strict.stranger()
    third.log_in()
    assert WRONG in Page(third.send(CODE, code=code)).main


@pytest.mark.parametrize(("steps", "is_taken"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_clocks_may_go_half_a_minute_wrong(strict: Office, steps: int, is_taken: bool) -> None:
    """Rule 3."""
    first = strict.stranger()
    first.log_in()
    phone, _ = set_up_app(strict, first)
    strict.clock.moment += 10 * STEP
    albrecht = strict.stranger()
    albrecht.log_in()
    response = albrecht.send(CODE, code=phone.code_at(strict.clock.moment + steps * STEP))
    assert (response.status_code == 302) is is_taken


def test_a_recovery_code_counts_once(strict_on_both: Office) -> None:
    """Rule 4."""
    strict = strict_on_both
    first = strict.stranger()
    first.log_in()
    _, codes = set_up_app(strict, first)
    for typed in (codes[0], codes[1].lower().replace("-", " ")):
        lost = strict.stranger()
        lost.log_in()
        assert lost.get(CODE).status_code == 200
        assert lost.send(RECOVERY, code=typed).location == "/team"
    again = strict.stranger()
    again.log_in()
    refused = again.send(RECOVERY, code=codes[0])
    assert refused.status_code == 422
    assert "Diesen Recovery-Code gibt es nicht" in Page(refused).main
    assert "Noch 8 Codes" in lost.page(OWN).main


def test_new_recovery_codes_replace_the_old_ones(strict: Office) -> None:
    """Rule 4."""
    albrecht = strict.stranger()
    albrecht.log_in()
    _, old = set_up_app(strict, albrecht)
    assert "Sie haben noch 10 Codes." in albrecht.page(f"{OWN}/recovery-codes").main
    new = codes_on(albrecht.send(f"{OWN}/recovery-codes"))
    assert not set(old) & set(new)
    lost = strict.stranger()
    lost.log_in()
    assert lost.send(RECOVERY, code=old[0]).status_code == 422
    assert lost.send(RECOVERY, code=new[0]).status_code == 302


def test_nothing_that_lets_in_can_be_read_from_the_database(strict_on_both: Office) -> None:
    """Rule 5."""
    strict = strict_on_both
    albrecht = strict.stranger()
    albrecht.log_in()
    phone, codes = set_up_app(strict, albrecht)
    stored = repr([row_of(strict, table) for table in ("second_factor", "recovery_code", "audit")])
    stored += repr(row_of(strict, "staff_login"))
    assert phone.key not in stored
    assert not [code for code in codes if code in stored or code.replace("-", "") in stored]
    with albrecht.client.session_transaction("/team") as session:
        assert session["_user_id"] not in stored


def test_another_secret_key_reads_nothing_and_breaks_nothing(strict: Office) -> None:
    """Rule 5: the remedy is `survey-app user reset-factors`."""
    albrecht = strict.stranger()
    albrecht.log_in()
    phone, codes = set_up_app(strict, albrecht)
    account, other = account_of(strict), Vault("ein anderer Schlüssel")
    now, today = strict.clock.moment + STEP, strict.clock.day
    code = phone.code_at(now)
    assert not second_factors.check_code(strict.database, other, account, code, now=now)
    assert not second_factors.check_recovery_code(
        strict.database, other, account, codes[0], now=now, today=today
    )


def test_a_youth_worker_may_have_one_and_may_do_without(strict: Office) -> None:
    """Rule 6."""
    email = worker_in(strict)
    worker = strict.stranger()
    assert worker.log_in(email).location == "/team"
    set_up_app(strict, worker)
    assert strict.stranger().log_in(email).location == CODE
    assert "App entfernen?" in worker.page(f"{OWN}/app/entfernen").main
    assert worker.send(f"{OWN}/app/entfernen").location == f"{OWN}?getan=app-weg"
    assert strict.stranger().log_in(email).location == "/team"
    assert row_of(strict, "recovery_code") == []


def test_a_coordinator_cannot_remove_the_last_factor(strict: Office) -> None:
    """Rule 6."""
    albrecht = strict.stranger()
    albrecht.log_in()
    set_up_app(strict, albrecht)
    token = albrecht.page(OWN).form()["csrf_token"]
    assert "Der letzte lässt sich darum nicht entfernen." in albrecht.page(OWN).main
    assert albrecht.get(f"{OWN}/app/entfernen").location == OWN
    albrecht.client.post(f"{OWN}/app/entfernen", data={"csrf_token": token})
    assert strict.stranger().log_in().location == CODE


def test_a_new_phone_counts_from_its_first_code(strict: Office) -> None:
    """Rule 6: until then the old one does."""
    albrecht = strict.stranger()
    albrecht.log_in()
    old, _ = set_up_app(strict, albrecht)
    begun = albrecht.client.post(f"{SETUP}/neu", data=albrecht.page(SETUP).form())
    assert begun.location == APP
    waiting = strict.stranger()
    waiting.log_in()
    assert waiting.send(CODE, code=old.next_code()).status_code == 302
    key = "".join("".join(albrecht.page(APP).find("p[@class='secret']").itertext()).split())
    new = Phone(strict, key)
    assert albrecht.send(APP, code=new.code).location == f"{OWN}?getan=app"
    late = strict.stranger()
    late.log_in()
    assert late.send(CODE, code=old.next_code()).status_code == 422
    assert late.send(CODE, code=new.code).status_code == 302


def test_a_password_alone_cannot_replace_a_factor(strict: Office) -> None:
    """Rule 7: somebody who knows the password waits at the code, or began before the owner."""
    thief, owner = strict.stranger(), strict.stranger()
    assert thief.log_in().location == SETUP
    token = thief.page(SETUP).form()["csrf_token"]
    owner.log_in()
    set_up_app(strict, owner)
    for response in (
        thief.get(SETUP),
        thief.get(APP),
        thief.client.post(f"{SETUP}/neu", data={"csrf_token": token}),
        thief.client.post(APP, data={"csrf_token": token, "code": "000000"}),
        thief.client.post(f"{SETUP}/passkey/frage", data={"csrf_token": token}),
    ):
        assert (response.status_code, response.location) == (302, LOGIN)
        assert secrets_in(response) == []
    late = strict.stranger()
    late.log_in()
    assert late.get(SETUP).location == LOGIN


def test_the_way_in_is_open_for_half_an_hour(strict: Office) -> None:
    """Rule 7."""
    albrecht = strict.stranger()
    albrecht.log_in()
    strict.clock.moment += 30 * 60
    assert albrecht.get(SETUP).status_code == 200
    strict.clock.moment += 1
    assert albrecht.get(SETUP).location == LOGIN


def test_another_password_ends_the_way_in(strict: Office) -> None:
    """Rule 7."""
    albrecht = strict.stranger()
    albrecht.log_in()
    accounts.set_password(
        strict.database,
        email=ALBRECHT,
        password="etwas ganz anderes",
        by="Betrieb",
        today=strict.clock.day,
    )
    assert albrecht.get(SETUP).location == LOGIN


def test_changes_ask_who_somebody_is_after_a_while(strict: Office) -> None:
    """Rule 8."""
    albrecht = strict.stranger()
    albrecht.log_in()
    set_up_app(strict, albrecht)
    strict.clock.moment += 15 * 60 + 1
    confirm = f"{OWN}/bestaetigen?next="
    for path in (SETUP, APP, f"{OWN}/recovery-codes"):
        asked = albrecht.get(path)
        assert asked.status_code == 303
        assert asked.location.startswith(confirm)
    wrong = albrecht.send(f"{OWN}/bestaetigen", k_password="falsch")
    assert Page(wrong).problems() == {
        "k-password": "Das ist nicht Ihr Passwort. Bitte prüfen Sie es."
    }
    right = albrecht.send(f"{confirm}{OWN}/recovery-codes", k_password=PASSWORD)
    assert (right.status_code, right.location) == (303, f"{OWN}/recovery-codes")
    assert albrecht.get(SETUP).status_code == 200


@pytest.mark.parametrize(
    "place", ["https://boese.example/team/", "//boese.example/team/", "/q/x", ""]
)
def test_confirming_leads_to_no_other_site(strict: Office, place: str) -> None:
    """Rule 8."""
    email = worker_in(strict)
    worker = strict.stranger()
    worker.log_in(email)
    page = worker.page(f"{OWN}/bestaetigen?next={place}")
    sent = page.form() | {"k-password": PASSWORD, "next": place}
    assert worker.client.post(f"{OWN}/bestaetigen", data=sent).location == OWN


def test_the_audit_log_says_what_was_done_and_no_secret(strict: Office) -> None:
    """Rule 8."""
    email = worker_in(strict)
    worker = strict.stranger()
    worker.log_in(email)
    phone, codes = set_up_app(strict, worker)
    lost = strict.stranger()
    lost.log_in(email)
    lost.send(RECOVERY, code=codes[0])
    worker.send(f"{OWN}/app/entfernen")
    second_factors.reset(strict.database, email, strict.clock.day, by="survey-app")
    assert audited(strict) == [
        (email, "set up app", ""),
        (email, "new recovery codes", ""),
        (email, "use recovery code", ""),
        (email, "remove app", ""),
        ("survey-app", "reset factors", ""),
    ]
    assert phone.key not in repr(row_of(strict, "audit"))


def test_where_it_is_optional_every_page_says_so(office: Office) -> None:
    """Rule 9."""
    albrecht = office.albrecht()
    assert TRIED_OUT in " ".join(albrecht.page(LIST).find("header").itertext())
    assert "Im Betrieb ist er für Ihre Rolle Pflicht." in albrecht.page(OWN).main


def test_where_it_is_compulsory_no_page_says_so(strict: Office) -> None:
    """Rule 9."""
    albrecht = strict.stranger()
    albrecht.log_in()
    set_up_app(strict, albrecht)
    assert TRIED_OUT not in " ".join(albrecht.page(LIST).find("header").itertext())


def test_the_picture_is_drawn_here(strict: Office) -> None:
    """Rule 2: a vector picture in the page itself, nothing from elsewhere, no style."""
    albrecht = strict.stranger()
    albrecht.log_in()
    albrecht.client.post(f"{SETUP}/neu", data=albrecht.page(SETUP).form())
    html = albrecht.get(APP).get_data(as_text=True)
    assert len(re.findall(r"<svg [^>]*role=\"img\"", html)) == 1
    assert "style=" not in html
    assert "<script" not in html


def test_one_code_lets_in_one_of_many_who_come_at_once(strict_on_both: Office) -> None:
    """Rule 3, for whoever looks over a shoulder and is quick."""
    strict = strict_on_both
    albrecht = strict.stranger()
    albrecht.log_in()
    phone, codes = set_up_app(strict, albrecht)
    vault, account = Vault("geheim" * 6), account_of(strict)
    code, now, today = phone.next_code(), strict.clock.moment, strict.clock.day

    def try_code(_: int) -> bool:
        return second_factors.check_code(strict.database, vault, account, code, now=now)

    def try_recovery(_: int) -> bool:
        return second_factors.check_recovery_code(
            strict.database, vault, account, codes[0], now=now, today=today
        )

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(try_code, range(4))) == [False, False, False, True]
        slowing.forgive(strict.database, row_of(strict, "failed_login")[0][0])
        assert sorted(threads.map(try_recovery, range(4))) == [False, False, False, True]
