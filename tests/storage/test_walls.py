"""The second wall: PostgreSQL itself shows a desk one network (survey_app/storage/walls.py).

1. Every table with a network, and every table of a wave, has a wall; one without fails here and
   says what to do.
2. Bound to a network, `SELECT *` shows no foreign row of any table, and all own ones.
3. Bound to a network, nothing can be put into another, moved there, changed or deleted there.
4. Tables of no network are closed to desks unless they were opened on purpose.
5. Bound to none, the role of the desks sees nothing.
6. What is not bound works on as before: a phone's way, and closing what is due in all networks.
7. It stands whoever owns the database: an ordinary role, or a superuser.
8. After a transaction the next one is free again; nobody inherits a network.
9. `survey-app db check` names what is wrong.
"""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from sqlalchemy import Executable, Table, delete, func, insert, make_url, select, text, update
from sqlalchemy.exc import DBAPIError

from survey_app.cli import main
from survey_app.services import closing, collecting
from survey_app.storage import schema, walls
from survey_app.storage.database import Database
from tests.fixtures.walls import OF_WAVES, TENANT
from tests.storage.filling import fill, marker, row_of
from tests.support_field import TODAY, field_in, migrated

OWN, FOREIGN = 1, 2
WALLED = sorted(TENANT | OF_WAVES | {schema.network}, key=lambda table: table.name)
FREE = {"trace"}  # of no network, and open to desks
CLOSED = {
    table.name for table in schema.metadata.tables.values() if table not in WALLED
} - FREE  # what proves who somebody is
HOW = (
    "Every table with a network, or of a wave, needs a wall on PostgreSQL. In the migration that"
    ' makes the table: `walls.protect(op.get_bind(), "{0}")`, or `walls.protect_by_wave` if its'
    " rows carry only their wave (survey_app/storage/walls.py)."
)

Rows = dict[Table, dict[str, Any]]


@pytest.fixture(params=["ordinary", "superuser"])
def database(request: pytest.FixtureRequest, empty_postgres: str) -> Iterator[Database]:
    """Give a database that belongs to an ordinary role, or to the superuser of the server."""
    url = empty_postgres
    if request.param == "ordinary":
        url = _owned_by_somebody(url)
    with migrated(url) as database:
        yield database


def _owned_by_somebody(url: str) -> str:
    place = make_url(url)
    with psycopg.connect(
        host=str(place.query["host"]), user="postgres", dbname=place.database, autocommit=True
    ) as connection:
        connection.execute("DROP ROLE IF EXISTS householder")
        connection.execute("CREATE ROLE householder LOGIN NOSUPERUSER CREATEROLE")
        connection.execute(f"ALTER DATABASE {place.database} OWNER TO householder")
        connection.execute("ALTER SCHEMA public OWNER TO householder")
        connection.execute(
            f"DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname ="
            f" '{walls.ROLE}') THEN GRANT {walls.ROLE} TO householder; END IF; END $$"
        )
    return place.set(username="householder").render_as_string()


@pytest.fixture
def rows(database: Database) -> dict[int, Rows]:
    """Give a database in which every table has a row of two networks."""
    with database.write() as connection:
        return {network: fill(connection, network) for network in (OWN, FOREIGN)}


def test_every_table_has_its_wall(database: Database) -> None:
    """Rule 1."""
    with database.read() as connection:
        found = connection.execute(
            text("SELECT tablename FROM pg_policies WHERE :role = ANY(roles)"),
            {"role": walls.ROLE},
        )
        walled = set(found.scalars())
    missing = {table.name for table in WALLED} - walled
    assert missing == set(), HOW.format(min(missing))
    assert walled <= {table.name for table in WALLED}


def test_a_desk_sees_its_own_rows_only(database: Database, rows: dict[int, Rows]) -> None:
    """Rule 2."""
    with database.of(OWN).read() as connection:
        for table in WALLED:
            shown = connection.execute(select(table)).mappings().all()
            assert [dict(row) for row in shown] == [rows[OWN][table]], table.name
            assert marker(FOREIGN) not in repr(shown)
    with database.read() as connection:
        for table in WALLED:
            assert connection.scalar(select(func.count()).select_from(table)) == 2, table.name


def test_a_desk_cannot_reach_into_another_network(
    database: Database, rows: dict[int, Rows]
) -> None:
    """Rule 3."""
    desk = database.of(OWN)
    for table in WALLED:
        column = table.c["id" if table is schema.network else _belongs_by(table)]
        foreign = rows[FOREIGN][table][column.name]
        new = row_of(table, FOREIGN, rows[FOREIGN], suffix="x")
        assert "row-level security" in refusal(desk, insert(table).values(new)), table.name
        moved = refusal(desk, update(table).values({column: foreign}))
        if "permission denied" in moved:
            continue  # lines are only ever added to it
        assert "row-level security" in moved, table.name
        same = update(table).where(column == foreign).values({column: foreign})
        with desk.write() as connection:
            assert connection.execute(same).rowcount == 0, table.name
            gone = connection.execute(delete(table).where(column == foreign)).rowcount
        assert gone == 0, table.name


def refusal(desk: Database, statement: Executable) -> str:
    """Return what PostgreSQL says to a statement of a desk."""
    with pytest.raises(DBAPIError) as refused, desk.write() as connection:
        connection.execute(statement)
    return str(refused.value.orig)


def _belongs_by(table: Table) -> str:
    return "network" if "network" in table.c else "wave"


def test_what_proves_who_somebody_is_stays_closed(
    database: Database, rows: dict[int, Rows]
) -> None:
    """Rule 4."""
    for name in sorted(CLOSED):
        asked = select(schema.metadata.tables[name])
        assert "permission denied" in refusal(database.of(OWN), asked), name
    with database.of(OWN).read() as connection:
        assert len(connection.execute(select(schema.trace)).all()) == 2


def test_bound_to_none_a_desk_sees_nothing(database: Database, rows: dict[int, Rows]) -> None:
    """Rule 5."""
    with database.write() as connection:
        connection.execute(text(f"SET LOCAL ROLE {walls.ROLE}"))
        for table in WALLED:
            assert connection.execute(select(table)).all() == [], table.name


def test_phones_and_the_calendar_are_not_asked(database: Database) -> None:
    """Rule 6."""
    field, other = field_in(database), field_in(database, name="Kreis Nachbar")
    assert field.send({"k1": ["3"]}) == other.send({"k1": ["1"]}) == collecting.Receipt.COUNTED
    with database.of(other.network).read() as connection:
        shown = connection.execute(select(schema.open_sheet.c.wave)).scalars().all()
    assert shown == [other.wave]
    due = field.door.wave.over_on
    assert closing.close_due_waves(database, due) == 2


def test_a_desk_closes_its_own_wave(database: Database) -> None:
    """Rule 6: counting, shuffling and destroying happen behind the wall too."""
    field, other = field_in(database), field_in(database, name="Kreis Nachbar")
    for each in (field, other):
        each.send({"k1": ["3"], "k9": ["gut"]})
    desk = database.of(field.network)
    closed = closing.close_wave(desk, field.network, field.wave, today=TODAY, actor="Albrecht")
    strange = closing.close_wave(desk, field.network, other.wave, today=TODAY, actor="Albrecht")
    assert (closed, strange) == (closing.Closing.CLOSED, closing.Closing.UNKNOWN)
    with database.read() as connection:
        assert connection.scalars(select(schema.open_sheet.c.wave)).all() == [other.wave]


def test_the_next_transaction_is_free_again(database: Database, rows: dict[int, Rows]) -> None:
    """Rule 8."""
    for network in (OWN, FOREIGN, OWN):
        with database.of(network).read() as connection:
            assert connection.scalars(select(schema.network.c.id)).all() == [network]
        with database.read() as connection:
            assert len(connection.scalars(select(schema.network.c.id)).all()) == 2


@pytest.mark.parametrize(
    ("spoiled", "told"),
    [
        ("", ""),
        (f"ALTER ROLE {walls.ROLE} BYPASSRLS", "steht offen"),
        (f"ALTER TABLE measure OWNER TO {walls.ROLE}", "steht offen"),
        ("DROP POLICY wall ON measure", "sind die Tabellen: measure."),
        ("ALTER TABLE wave DISABLE ROW LEVEL SECURITY", "sind die Tabellen: wave."),
    ],
)
def test_the_command_names_what_is_wrong(postgres_database: str, spoiled: str, told: str) -> None:
    """Rule 9."""
    terse = "ALTER DATABASE {} SET log_error_verbosity = terse"
    with migrated(postgres_database) as database:
        with database.write() as connection:
            connection.execute(text(terse.format(database.url.database)))
            connection.execute(text(spoiled or "SELECT"))
        database.close()
        environment = {"SURVEY_DATABASE_URL": postgres_database}
        result = CliRunner().invoke(main, ["db", "check"], env=environment)
        with database.write() as connection:  # roles belong to the whole server
            connection.execute(text(f"ALTER ROLE {walls.ROLE} NOBYPASSRLS"))
    assert (result.exit_code, told in result.stderr) == (1 if told else 0, True)
