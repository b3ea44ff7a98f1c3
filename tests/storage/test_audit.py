"""The audit log: lines are added, and nothing else (survey_app/storage/audit.py).

1. Each line of a network holds the digest of the line before; each network has a chain of its own.
2. The database refuses to change or delete a line, whoever asks: SQLite, PostgreSQL, a desk.
3. Who goes around that is found: a line that was changed, taken out, put in, or cut off at the end;
   a chain that was made anew is found by a digest somebody noted.
4. Two who write at the same time write one line after the other.
5. Lines from before the chain are chained by the migration, as the program would have.
6. Lines can be narrowed down; pages follow one another without a gap.
7. No column of it could hold anything about respondents but numbers and days.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from survey_app.data import data_dir
from survey_app.storage import audit, migrating, places
from survey_app.storage.audit import EVERYTHING, Break, Choice, Fault
from survey_app.storage.database import Database
from tests.support_field import TODAY, migrated

MIGRATIONS = data_dir("migrations")
TABLE = audit.TABLE
KREIS, NACHBAR = 1, 2
WITHOUT_LOCK = {  # what somebody with the rights of the owner can do
    "sqlite": ("DROP TRIGGER audit_is_never_changed", "DROP TRIGGER audit_is_never_deleted"),
    "postgresql": ("ALTER TABLE audit DISABLE TRIGGER USER",),
}


def note(database: Database, network: int, action: str = "close", **changes: Any) -> None:
    values = {"day": TODAY, "actor": "albrecht@beispiel.example", "subject": "wave 1", **changes}
    with database.write() as connection:
        audit.note(connection, network=network, action=action, **values)


def checked(database: Database, network: int = KREIS, **seen: dict[int, str]) -> audit.Chain:
    with database.read() as connection:
        return audit.checked(connection, network, **seen)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Give a database with two networks and no line."""
    with migrated(database_url) as database:
        with database.write() as connection:
            for name in ("Kreis Beispiel", "Kreis Nachbar"):
                places.add_network(connection, name, "k@k.example", sample=True)
        yield database


@pytest.fixture
def five(database: Database) -> Database:
    """Give the same with five lines of one network, and two of another between them."""
    for number in range(5):
        note(database, KREIS, f"deed {number}", detail="ü, 中, \"'\\\n")
        if number % 2:
            note(database, NACHBAR)
    return database


@pytest.fixture
def unlocked(five: Database) -> Database:
    """Give it to somebody who took the lock off the table."""
    with five.write() as connection:
        for statement in WITHOUT_LOCK[connection.dialect.name]:
            connection.execute(text(statement))
    return five


def test_an_empty_log_is_whole(database: Database) -> None:
    """Rule 1."""
    assert checked(database) == audit.Chain(None, None)


def test_each_network_has_its_own_chain(five: Database) -> None:
    """Rule 1."""
    with five.read() as connection:
        rows = connection.execute(select(TABLE).order_by(TABLE.c.id)).all()
    for network, count in ((KREIS, 5), (NACHBAR, 2)):
        lines = [row for row in rows if row.network == network]
        assert [line.number for line in lines] == list(range(1, count + 1))
        assert [line.before for line in lines] == ["0" * 64, *(line.digest for line in lines[:-1])]
        chain = checked(five, network)
        assert chain.broken is None
        assert chain.last is not None
        assert (chain.last.number, chain.last.digest) == (count, lines[-1].digest)


@pytest.mark.parametrize(
    "statement",
    [
        update(TABLE).values(actor="niemand"),
        delete(TABLE),
        update(TABLE).values(detail=TABLE.c.detail),
    ],
    ids=["change", "delete", "change nothing"],
)
@pytest.mark.parametrize("bound", [False, True], ids=["owner", "desk"])
def test_the_database_refuses(five: Database, statement: Any, bound: bool) -> None:
    """Rule 2."""
    database = five.of(KREIS) if bound else five
    with pytest.raises(DBAPIError) as refused, database.write() as connection:
        connection.execute(statement)
    is_desk = bound and not five.is_sqlite
    told = "permission denied for table audit" if is_desk else "The audit log is append-only."
    assert told in str(refused.value.orig)
    assert checked(five).broken is None


def test_it_cannot_be_emptied_at_a_stroke(postgres_database: str) -> None:
    """Rule 2: with TRUNCATE, which SQLite does not have."""
    with (
        migrated(postgres_database) as database,
        pytest.raises(DBAPIError, match="append-only"),
        database.write() as connection,
    ):
        connection.execute(text("TRUNCATE audit"))


@pytest.mark.parametrize("field", ["actor", "action", "subject", "detail", "day"])
def test_a_changed_line_is_found(unlocked: Database, field: str) -> None:
    """Rule 3."""
    other = TODAY - timedelta(days=1) if field == "day" else "anders"
    with unlocked.write() as connection:
        mine = (TABLE.c.network == KREIS, TABLE.c.number == 3)
        connection.execute(update(TABLE).where(*mine).values({field: other}))
    chain = checked(unlocked)
    assert chain.broken == Break(3, Fault.CHANGED)
    assert chain.last is not None
    assert chain.last.number == 2
    assert checked(unlocked, NACHBAR).broken is None


def test_a_changed_line_with_a_fresh_digest_is_found_at_the_next(unlocked: Database) -> None:
    """Rule 3."""
    with unlocked.write() as connection:
        mine = (TABLE.c.network == KREIS, TABLE.c.number == 3)
        row = connection.execute(select(*audit.COLUMNS).where(*mine)).one()._mapping
        values = {name: row[name] for name in row if name != "digest"} | {"actor": "niemand"}
        forged = {"actor": "niemand", "digest": audit.digest(values)}
        connection.execute(update(TABLE).where(*mine).values(forged))
    assert checked(unlocked).broken == Break(4, Fault.TORN)


def test_a_missing_line_is_found(unlocked: Database) -> None:
    """Rule 3."""
    with unlocked.write() as connection:
        connection.execute(delete(TABLE).where(TABLE.c.network == KREIS, TABLE.c.number == 2))
    assert checked(unlocked).broken == Break(2, Fault.GAP)


def test_a_cut_off_end_is_found_by_who_noted_it(unlocked: Database) -> None:
    """Rule 3."""
    noted = checked(unlocked).last
    assert noted is not None
    with unlocked.write() as connection:
        connection.execute(delete(TABLE).where(TABLE.c.network == KREIS, TABLE.c.number == 5))
    assert checked(unlocked).broken is None
    assert checked(unlocked, seen={noted.number: noted.digest}).broken == Break(5, Fault.GAP)


def test_a_chain_made_anew_is_found_by_who_noted_it(unlocked: Database) -> None:
    """Rule 3."""
    noted = checked(unlocked).last
    assert noted is not None
    with unlocked.write() as connection:
        connection.execute(delete(TABLE).where(TABLE.c.network == KREIS))
    for number in range(5):
        note(unlocked, KREIS, f"deed {number}")
    assert checked(unlocked).broken is None
    assert checked(unlocked, seen={noted.number: noted.digest}).broken == Break(5, Fault.REPLACED)


def test_two_at_the_same_time_write_one_after_the_other(database: Database) -> None:
    """Rule 4."""
    with ThreadPoolExecutor(8) as pool:
        for done in [
            pool.submit(note, database, each % 2 + 1, f"deed {each}") for each in range(60)
        ]:
            done.result()
    ends = [checked(database, network) for network in (KREIS, NACHBAR)]
    assert [chain.broken for chain in ends] == [None, None]
    assert [chain.last and chain.last.number for chain in ends] == [30, 30]


def test_what_is_undone_leaves_no_gap(database: Database) -> None:
    """Rule 4."""
    note(database, KREIS)
    with database.engine.connect() as connection:
        audit.note(connection, network=KREIS, day=TODAY, actor="a", action="close", subject="b")
        connection.rollback()
    note(database, KREIS)
    chain = checked(database)
    assert chain.broken is None
    assert chain.last is not None
    assert chain.last.number == 2


def test_lines_from_before_are_chained(empty_database_url: str) -> None:
    """Rule 5."""
    database = Database(empty_database_url)
    migrating.upgrade(database, MIGRATIONS, "0013")
    with database.write() as connection:
        connection.execute(
            text(
                "INSERT INTO network (id, name, contact, sample) VALUES (1, 'A', '', false),"
                " (2, 'B', '', false)"
            )
        )
        for number in range(6):
            connection.execute(
                insert(_before()).values(
                    network=number % 2 + 1,
                    day=date(2026, 1, number + 1),
                    actor="Jürgen",
                    action="close",
                    subject=f"wave {number}",
                    detail="„ß“",
                )
            )
    migrating.upgrade(database, MIGRATIONS)
    note(database, KREIS)
    chain = checked(database)
    assert chain.broken is None
    assert chain.last is not None
    assert chain.last.number == 4
    migrating.downgrade(database, MIGRATIONS, "0013")
    with database.read() as connection:
        assert len(connection.execute(select(_before())).all()) == 7
    migrating.upgrade(database, MIGRATIONS)
    assert checked(database).last == chain.last
    database.close()


def _before() -> Any:
    from sqlalchemy import Column, Date, Integer, MetaData, String, Table

    names = ("actor", "action", "subject", "detail")
    columns = (Column("network", Integer), Column("day", Date), *(Column(n, String) for n in names))
    return Table("audit", MetaData(), *columns)


def test_pages_follow_one_another(five: Database) -> None:
    """Rule 6."""
    with five.read() as connection:
        pages = [
            [line.number for line in audit.page(connection, KREIS, EVERYTHING, skip=at, most=2)]
            for at in (0, 2, 4, 6)
        ]
        assert pages == [[5, 4], [3, 2], [1], []]
        assert audit.count(connection, KREIS, EVERYTHING) == 5


@pytest.mark.parametrize(
    ("choice", "numbers"),
    [
        (Choice(action="deed 3"), [4]),
        (Choice(actor="niemand"), []),
        (Choice(first=TODAY, last=TODAY), [5, 4, 3, 2, 1]),
        (Choice(first=TODAY + timedelta(days=1)), []),
        (Choice(last=TODAY - timedelta(days=1)), []),
    ],
)
def test_lines_are_narrowed_down(five: Database, choice: Choice, numbers: list[int]) -> None:
    """Rule 6."""
    with five.read() as connection:
        found = audit.page(connection, KREIS, choice, skip=0, most=None)
        assert [line.number for line in found] == numbers
        assert audit.count(connection, KREIS, choice) == len(numbers)


def test_a_line_has_a_day_and_no_time() -> None:
    """Rule 7."""
    assert TABLE.columns.keys() == [
        *("id", "network", "day", "actor", "action", "subject", "detail"),
        *("number", "before", "digest"),
    ]
