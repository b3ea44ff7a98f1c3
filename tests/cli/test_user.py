"""`survey-app user …`: who may log in.

1. `user add` makes an account and shows a generated password once, or asks for one.
2. `user password` replaces it.
3. A mistake gets a sentence with a way out.
"""

import re
from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner, Result

from survey_app.cli import main
from survey_app.services import Database, accounts
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
        (("user", "password", "x@y.example"), "Für x@y.example gibt es kein Konto."),
    ],
)
def test_a_mistake_is_explained(database: Database, words: tuple[str, ...], sentence: str) -> None:
    result = typed(*words)
    assert (result.exit_code, result.stderr) == (1, f"Error: {sentence}\n")
