"""Whoever guesses gets slower, and nobody is locked out.

1. After five wrong passwords each try costs a wait: 2, 4, 8 … seconds, at most a minute.
2. It is the same for an address that nobody has.
3. Asking while waiting prolongs nothing, and hashes nothing. A right password forgives everything.
4. A browser in which somebody logged in before is not slowed by what others guess; nor is a passkey
   or a login that is open.
5. Codes are slowed in the same way, up to a quarter of an hour.
6. What is stored does not say whose address it was.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from survey_app.services import slowing
from survey_app.services.slowing import CODES, PASSWORDS, delay
from tests.support_field import ALBRECHT
from tests.web.account.phone import CODE, LOGIN, RECOVERY, row_of, set_up_app
from tests.web.staff.office import LIST, PASSWORD, Office, Page, Person

NOBODY = "niemand@beispiel.example"


def guess(office: Office, email: str, times: int, person: Person | None = None) -> list[int]:
    """Guess passwords and return how it was answered."""
    somebody = person or office.stranger()
    return [somebody.log_in(email, "falsch").status_code for _ in range(times)]


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (4, 0), (5, 2), (6, 4), (7, 8), (8, 16), (9, 32), (10, 60), (10**6, 60)],
)
def test_the_wait_doubles(failures: int, seconds: int) -> None:
    """Rule 1."""
    assert delay(failures, PASSWORDS) == seconds


def test_codes_wait_longer() -> None:
    """Rule 5."""
    assert [delay(failures, CODES) for failures in (4, 5, 12, 13, 14, 10**6)] == [
        0, 2, 256, 512, 900, 900,
    ]  # fmt: skip


@pytest.mark.parametrize("email", [ALBRECHT, NOBODY])
def test_the_sixth_try_waits(office_on_both: Office, email: str) -> None:
    """Rules 1 and 2."""
    office = office_on_both
    assert guess(office, email, 5) == [200] * 5
    refused = office.stranger().log_in(email.upper(), "falsch")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "2"
    assert "Bitte warten Sie 2 Sekunden, dann geht es weiter." in Page(refused).main
    office.clock.moment += 2
    assert guess(office, email, 2) == [200, 429]


def test_unknown_addresses_answer_the_same(office: Office) -> None:
    """Rule 2."""
    answers = []
    for email in (ALBRECHT, NOBODY):
        guess(office, email, 5)
        page = Page(office.stranger().log_in(email, PASSWORD))
        answers.append((page.response.status_code, page.main))
    assert answers[0] == answers[1]


def test_asking_while_waiting_prolongs_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rule 3."""
    guess(office, ALBRECHT, 5)
    context = office.app.extensions["security"].pwd_context
    monkeypatch.setattr(context, "verify", None)  # whoever hashed now would fail
    assert guess(office, ALBRECHT, 20) == [429] * 20
    monkeypatch.undo()
    office.clock.moment += 2
    assert office.stranger().log_in().location == "/team"
    assert row_of(office, "failed_login") == []


def test_nobody_is_locked_out(office: Office) -> None:
    """Rule 3: after a minute the owner comes in, however long somebody guessed."""
    for _ in range(12):
        guess(office, ALBRECHT, 1)
        office.clock.moment += 60
    assert office.stranger().log_in().location == "/team"


def test_a_known_browser_is_not_slowed_by_strangers(office: Office) -> None:
    """Rule 4."""
    own = office.albrecht()
    own.client.post("/team/abmelden", data=own.page(LIST).form("header"))
    guess(office, ALBRECHT, 5)
    assert guess(office, ALBRECHT, 1) == [429]
    assert own.log_in().location == "/team"


def test_a_known_browser_is_slowed_by_itself(office: Office) -> None:
    """Rule 4: the note lets nobody guess for ever, and counts for its own account only."""
    own = office.albrecht()
    own.client.post("/team/abmelden", data=own.page(LIST).form("header"))
    assert guess(office, ALBRECHT, 6, own) == [200] * 5 + [429]
    assert guess(office, NOBODY, 6, own) == [200] * 5 + [429]
    assert guess(office, NOBODY, 1) == [429]


@pytest.mark.parametrize("note", ["", "x", "WyJ4IiwieSJd.aaaa.bbbb"])
def test_a_forged_note_is_none(office: Office, note: str) -> None:
    """Rule 4."""
    guess(office, ALBRECHT, 5)
    forger = office.stranger()
    forger.client.set_cookie("mitreden-known", note, path="/team")
    assert guess(office, ALBRECHT, 1, forger) == [429]


def test_an_open_login_is_not_slowed(office: Office) -> None:
    """Rule 4."""
    albrecht = office.albrecht()
    guess(office, ALBRECHT, 6)
    assert albrecht.get(LIST).status_code == 200


@pytest.mark.parametrize("path", [CODE, RECOVERY])
def test_codes_are_slowed(strict: Office, path: str) -> None:
    """Rule 5."""
    first = strict.stranger()
    first.log_in()
    phone, codes = set_up_app(strict, first)
    thief = strict.stranger()
    thief.log_in()
    answers = [thief.send(path, code="000000").status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]
    refused = thief.send(path, code=codes[0] if path == RECOVERY else phone.code)
    assert refused.headers["Retry-After"] == "2"
    again = strict.stranger()
    again.log_in()
    assert again.send(path, code="000000").status_code == 429
    strict.clock.moment += 30
    code = codes[0] if path == RECOVERY else phone.code
    assert again.send(path, code=code).location == "/team"


def test_guessed_codes_do_not_slow_the_owners_browser(strict: Office) -> None:
    """Rules 4 and 5."""
    own = strict.stranger()
    own.log_in()
    phone, _ = set_up_app(strict, own)
    own.client.post("/team/abmelden", data=own.page(LIST).form("header"))
    thief = strict.stranger()
    thief.log_in()
    for _ in range(5):
        thief.send(CODE, code="000000")
    assert thief.send(CODE, code="000000").status_code == 429
    own.log_in()
    assert own.send(CODE, code=phone.next_code()).location == "/team"


def test_what_is_stored_names_nobody(office: Office) -> None:
    """Rule 6: keyed hashes, forgotten after a day."""
    guess(office, ALBRECHT, 1)
    guess(office, NOBODY, 1)
    stored = row_of(office, "failed_login")
    assert [len(row[0]) for row in stored] == [64, 64]
    assert "beispiel" not in repr(stored)
    office.clock.moment += 24 * 3600 + 1
    guess(office, "dritte@beispiel.example", 1)
    assert len(row_of(office, "failed_login")) == 1


def test_the_login_page_of_the_wait_is_a_form_again(office: Office) -> None:
    """Rule 1: with the address in it, and never the password."""
    guess(office, ALBRECHT, 5)
    page = Page(office.stranger().log_in(ALBRECHT, PASSWORD))
    assert page.form()["email"] == ALBRECHT
    assert page.form()["password"] == ""
    assert page.root.find(".//form").get("action") == LOGIN  # type: ignore[union-attr]


def test_failures_at_the_same_time_are_all_counted(office_on_both: Office) -> None:
    """Rule 1."""
    office, now = office_on_both, office_on_both.clock.moment
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: slowing.fail(office.database, "k", now), range(8)))
    assert row_of(office, "failed_login") == [("k", 8, int(now))]
    slowing.fail(office.database, "k", now + slowing.FORGOTTEN + 1)
    assert row_of(office, "failed_login") == [("k", 1, int(now) + slowing.FORGOTTEN + 1)]
