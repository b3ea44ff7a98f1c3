"""`survey-app user …`: who may log in.

1. `user add` makes an account and shows a generated password once, or asks for one.
2. `user password` replaces it.
3. A mistake gets a sentence with a way out.
4. `user invite` makes an account and prints a link that works; `user list` says who is there, and
   `user off` and `user on` switch an account, the last administrator's too.
"""

import re
from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner, Result

from survey_app.cli import main
from survey_app.config import Settings
from survey_app.domain.rights import Role
from survey_app.services import Database, accounts, invitations
from tests.support_field import ALBRECHT, field_in, migrated

ADD = ("user", "add", ALBRECHT, "--network", "Kreis Beispiel")
SENTENCE = "ein langer Satz"


@pytest.fixture
def database(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """Give a database with the network Kreis Beispiel."""
    monkeypatch.setenv("SURVEY_DATABASE_URL", sqlite_url)
    with migrated(sqlite_url) as opened:
        field_in(opened)
        yield opened


def typed(*words: str, answer: str = "") -> Result:
    return CliRunner().invoke(main, list(words), input=answer)


def stored(database: Database) -> str:
    account = accounts.account_with_email(database, ALBRECHT)
    assert account is not None
    return account.password


def test_a_generated_password_is_shown_once_and_works(database: Database) -> None:
    result = typed(*ADD)
    assert result.exit_code == 0
    (password,) = re.findall(r"Passwort: +(\S+)\n", result.output)
    assert f"Anmelden mit: {ALBRECHT}\n" in result.output
    assert PasswordHasher().verify(stored(database), password)


def test_a_password_that_is_asked_for_is_not_shown(database: Database) -> None:
    result = typed(*ADD, "--ask", answer=f"{SENTENCE}\n{SENTENCE}\n")
    assert result.exit_code == 0
    assert SENTENCE not in result.output
    assert PasswordHasher().verify(stored(database), SENTENCE)


def test_a_forgotten_password_is_replaced(database: Database) -> None:
    typed(*ADD)
    before = stored(database)
    (password,) = re.findall(r"Passwort: +(\S+)\n", typed("user", "password", ALBRECHT).output)
    assert stored(database) != before
    assert PasswordHasher().verify(stored(database), password)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("user", "add", ALBRECHT, "--network", "Kreis"),
            "Das Netzwerk „Kreis“ gibt es nicht. Es gibt: Kreis Beispiel.",
        ),
        (
            ("user", "invite", ALBRECHT, "--network", "Kreis Beispiel", "--role", "youth_worker"),
            "Diese Rolle gilt für einen Träger oder eine Einrichtung. Bitte den Namen angeben.",
        ),
        (("user", "off", "x@y.example"), "Für x@y.example gibt es kein Konto."),
        (("user", "password", "x@y.example"), "Für x@y.example gibt es kein Konto."),
    ],
)
def test_a_mistake_is_explained(database: Database, words: tuple[str, ...], sentence: str) -> None:
    result = typed(*words)
    assert (result.exit_code, result.stderr) == (1, f"Error: {sentence}\n")


def test_an_invitation_prints_a_link_that_works(database: Database) -> None:
    """Rule 4."""
    place = ("--role", "school_contact", "--place", "Schule am See")
    result = typed("user", "invite", ALBRECHT, "--network", "Kreis Beispiel", *place)
    assert result.exit_code == 0
    (token,) = re.findall(r"Link: +http://127\.0\.0\.1:8000/team/einladung/(\S+)\n", result.output)
    today = Settings().today()
    opened = invitations.invitation_for(database, token, today)
    assert opened is not None
    assert opened.account.email == ALBRECHT
    assert opened.account.actor.role is Role.SCHOOL_CONTACT
    assert typed("user", "list").output == (
        f"{ALBRECHT}  school_contact (Schule am See)  Kreis Beispiel  eingeladen\n"
    )
    assert invitations.accept(database, token, SENTENCE, today=today) is not None


def test_an_account_is_switched_off_and_on(database: Database) -> None:
    """Rule 4."""
    typed(*ADD, "--role", "administrator")
    line = f"{ALBRECHT}  administrator  Kreis Beispiel"
    assert typed("user", "list").output == f"{line}  aktiv\n"
    assert typed("user", "off", ALBRECHT.upper()).exit_code == 0
    assert typed("user", "list").output == f"{line}  ausgeschaltet\n"
    assert typed("user", "on", ALBRECHT).output == f"{ALBRECHT} ist eingeschaltet.\n"
    assert typed("user", "list").output == f"{line}  aktiv\n"
