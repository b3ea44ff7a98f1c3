"""The tables of answers: what they cannot say.

1. They have a wave, a random key and what was answered; no column could hold who, when or where.
2. On SQLite they have no row numbers.
3. The wave is at the head of their primary key, so that they can be split by wave.
4. Every table of the workspace belongs to a network.
5. Both databases take an answer only durably, and delete so that nothing can be read any more.
"""

import traceback

import pytest
from sqlalchemy import Table, text
from sqlalchemy.exc import IntegrityError, OperationalError

from survey_app.storage import schema
from survey_app.storage.schema import logins, metadata
from tests.support_field import migrated

ANSWERS = ("open_sheet", "open_text", "closed_sheet", "review_text")


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("open_sheet", ["wave", "key", "answers"]),
        ("closed_sheet", ["wave", "key", "answers"]),
        ("open_text", ["wave", "key", "variable", "text"]),
        ("review_text", ["wave", "key", "variable", "text"]),
    ],
)
def test_a_table_of_answers_has_these_columns_only(table: str, columns: list[str]) -> None:
    assert metadata.tables[table].columns.keys() == columns


@pytest.mark.parametrize("table", ANSWERS)
def test_the_wave_heads_the_primary_key(table: str) -> None:
    assert metadata.tables[table].primary_key.columns.keys() == ["wave", "key"]


@pytest.mark.parametrize("table", ANSWERS)
def test_there_are_no_row_numbers(sqlite_url: str, table: str) -> None:
    with (
        migrated(sqlite_url) as database,
        database.read() as connection,
        pytest.raises(OperationalError, match="no such column: rowid"),
    ):
        connection.execute(text(f"SELECT rowid FROM {table}"))


def test_every_table_of_the_workspace_belongs_to_a_network() -> None:
    without = {name for name, table in metadata.tables.items() if "network" not in table.columns}
    # Logging in comes before anybody knows the network; the desks cannot see its tables.
    logging_in = {table.name for table in vars(logins).values() if isinstance(table, Table)}
    assert without == {"network", "wave_secret", "wave_key", "slip", "trace", *ANSWERS, *logging_in}
    assert {table.name for table in (*schema.FROM_PHONES, *schema.SHUFFLED)} == {
        "wave_secret",
        "wave_key",
        "slip",
        *ANSWERS,
    }


def test_sqlite_waits_for_the_disk_and_overwrites_what_it_deletes(sqlite_url: str) -> None:
    with migrated(sqlite_url) as database, database.read() as connection:
        pragmas = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
    }


def test_an_error_of_the_database_does_not_repeat_an_answer(database_url: str) -> None:
    statement = schema.open_sheet.insert().values(wave=None, key=b"k", answers="GEHEIM")
    with (
        migrated(database_url) as database,
        pytest.raises(IntegrityError) as caught,
        database.write() as connection,
    ):
        connection.execute(statement)
    told = "".join(traceback.format_exception(caught.value))
    assert ("open_sheet" in told, "GEHEIM" in told) == (True, False)
