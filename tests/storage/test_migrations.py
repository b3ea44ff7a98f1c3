"""Migrations: the way to the newest schema and back.

1. A database that is brought up has exactly the tables of storage.schema, on both databases.
2. Up, down and up again works, and leaves nothing behind when down.
3. Bringing up a database that is up to date changes nothing.
4. What was there before a migration is there afterwards, with new options switched off.
"""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from survey_app.data import data_dir
from survey_app.storage import migrating
from survey_app.storage.database import Database
from survey_app.storage.schema import metadata
from tests.support_field import field_in

MIGRATIONS = data_dir("migrations")


@pytest.fixture
def database(empty_database_url: str) -> Iterator[Database]:
    database = Database(empty_database_url)
    yield database
    database.close()


def tables_of(database: Database) -> set[str]:
    with database.read() as connection:
        return set(inspect(connection).get_table_names())


def test_the_migrated_schema_is_the_schema_of_the_code(database: Database) -> None:
    migrating.upgrade(database, MIGRATIONS)
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_down_leaves_nothing_and_up_works_again(database: Database) -> None:
    migrating.upgrade(database, MIGRATIONS)
    migrating.downgrade(database, MIGRATIONS, migrating.NOTHING)
    assert tables_of(database) == {"alembic_version"}
    assert not migrating.is_current(database, MIGRATIONS)
    migrating.upgrade(database, MIGRATIONS)
    assert tables_of(database) == {"alembic_version", *metadata.tables}
    assert migrating.is_current(database, MIGRATIONS)


def test_up_to_date_stays_as_it_is(database: Database) -> None:
    migrating.upgrade(database, MIGRATIONS)
    field = field_in(database)
    field.send({"k1": ["3"]})
    migrating.upgrade(database, MIGRATIONS)
    assert field.send({"k1": ["3"]}) == "counted"


def test_ways_in_from_before_are_for_phones(database: Database) -> None:
    migrating.upgrade(database, MIGRATIONS, "0001")
    with database.write() as connection:
        for statement in BEFORE_WAYS_IN.split(";"):
            connection.execute(text(statement))
    migrating.upgrade(database, MIGRATIONS)
    with database.read() as connection:
        options = connection.execute(text("SELECT shared_device, offline_queue FROM collector"))
        assert [tuple(map(bool, row)) for row in options] == [(False, False)]


BEFORE_WAYS_IN = """
INSERT INTO network (id, name, contact, sample) VALUES (1, 'Kreis', 'k@k.example', false);
INSERT INTO municipality (id, network, ags, name) VALUES (1, 1, '05166004', 'Brüggen');
INSERT INTO organisation (id, network, name, law) VALUES (1, 1, 'Jugendamt', 'gdpr');
INSERT INTO measure (id, network, title, summary, topic, municipality, organisation, starts_on,
    ends_on, sessions, funders)
    VALUES (1, 1, 'Camp', '', 'media', 1, 1, '2026-11-02', '2026-11-02', 1, '[]');
INSERT INTO wave (id, network, measure, questionnaire, opens_on, closes_on)
    VALUES (1, 1, 1, '{}', '2026-11-02', '2026-11-20');
INSERT INTO collector (code, network, wave, label) VALUES ('AAAAABBBBB', 1, 1, '')
"""
