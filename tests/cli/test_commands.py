"""The command line, typed as an operator types it.

1. `db upgrade` makes a database, and doing it twice is harmless; on PostgreSQL it warns of a server
   that would log answers.
2. `wave close` asks first, takes the code as people type it, closes once and says what happened.
3. `wave recount` says what it found.
4. `housekeeping` closes what is over.
5. A mistake gets a sentence with a way out, and never a traceback.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from click.testing import CliRunner, Result

from survey_app.cli import main
from survey_app.config import Settings
from survey_app.domain.collector import printed_code
from tests.support_field import Field, field_in, migrated


@pytest.fixture
def field(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Field]:
    """Give a wave that is open on the day the command line takes for today."""
    monkeypatch.setenv("SURVEY_DATABASE_URL", sqlite_url)
    today = Settings().today()
    with migrated(sqlite_url) as database:
        yield field_in(database, opens_on=today - timedelta(days=3), closes_on=today)


def typed(*words: str, answer: str = "") -> Result:
    return CliRunner().invoke(main, list(words), input=answer)


def today() -> date:
    return Settings().today()


def test_a_new_database_is_made_and_stays(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SURVEY_DATABASE_URL", empty_database_url)
    for _ in range(2):
        result = typed("db", "upgrade")
        assert (result.exit_code, result.stdout) == (
            0,
            "Die Datenbank ist auf dem neuesten Stand.\n",
        )
    warns = "log_error_verbosity = terse" in result.stderr
    assert warns is empty_database_url.startswith("postgresql")


def test_a_database_that_was_not_made_names_the_remedy(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SURVEY_DATABASE_URL", sqlite_url)
    result = typed("housekeeping")
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: Die Datenbank ist nicht auf dem neuesten Stand. Rufen Sie zuerst"
        " „survey-app db upgrade“ auf.\n"
    )


def test_a_server_that_is_not_there_is_named_without_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = "postgresql://mitreden:geheim@127.0.0.1:1/mitreden"
    monkeypatch.setenv("SURVEY_DATABASE_URL", address)
    result = typed("db", "upgrade")
    assert result.exit_code == 1
    assert "127.0.0.1:1/mitreden antwortet nicht" in result.stderr
    assert "geheim" not in result.output


def test_closing_asks_first(field: Field) -> None:
    result = typed("wave", "close", field.door.collector.code, answer="n\n")
    assert result.exit_code == 1
    assert "lässt sich nicht wieder öffnen" in re.sub(r"\s+", " ", result.output)
    assert field.send({"k1": ["3"]}, today=today()) == "counted"


def test_a_wave_is_closed_once_by_its_code_as_people_type_it(field: Field) -> None:
    field.send({"k1": ["3"]}, today=today())
    code = printed_code(field.door.collector.code).lower()
    assert typed("wave", "close", code, answer="y\n").output.endswith(
        "Die Erhebung ist geschlossen und ausgezählt. Der Auswertungsbogen ist bereit.\n"
    )
    assert typed("wave", "close", code, "--yes").output == (
        "Die Erhebung war schon geschlossen. Es hat sich nichts geändert.\n"
    )
    assert typed("wave", "recount", code).output == "Die Nachzählung ergibt dasselbe.\n"


def test_what_is_not_closed_is_not_recounted(field: Field) -> None:
    assert typed("wave", "recount", field.door.collector.code).output == (
        "Diese Erhebung ist noch nicht ausgezählt. Schließen Sie sie zuerst.\n"
    )


@pytest.mark.parametrize("code", ["AAAAA-AAAAA", "kurz", "IIIIIIIIII"])
def test_an_unknown_code_is_explained(field: Field, code: str) -> None:
    result = typed("wave", "close", code)
    assert result.exit_code == 1
    assert result.stderr == (
        f"Error: Zum Code „{code}“ gibt es keine Erhebung. Er steht auf dem Plakat und hat zehn"
        " Zeichen, zum Beispiel KM7QX-R2DTE.\n"
    )


def test_housekeeping_closes_what_is_over(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SURVEY_DATABASE_URL", sqlite_url)
    yesterday = today() - timedelta(days=1)
    with migrated(sqlite_url) as database:
        field_in(database, opens_on=yesterday, closes_on=yesterday)
    assert [typed("housekeeping").output for _ in range(2)] == [
        "Erhebungen geschlossen: 1. Bögen und Texte gelöscht: 0.\n",
        "Erhebungen geschlossen: 0. Bögen und Texte gelöscht: 0.\n",
    ]


def test_a_mistyped_setting_is_an_error_with_a_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SURVEY_RECOUNT_DAY", "7")
    result = typed("housekeeping")
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: SURVEY_RECOUNT_DAY ist keine Einstellung."
        " Gemeint ist vielleicht SURVEY_RECOUNT_DAYS.\n"
    )
