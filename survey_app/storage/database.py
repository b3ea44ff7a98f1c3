"""Opening a database, and the two kinds of transaction.

`read()` sees one consistent state. `write()` takes the right to write *at its beginning*: on
SQLite a transaction that reads first and writes later fails when another one wrote in between
(measured: 73-81 % of them under load), whereas BEGIN IMMEDIATE waits in line. An acknowledged
answer survives a power cut: SQLite runs with synchronous=FULL, PostgreSQL with its default
synchronous_commit=on.

`of(network)` is the same database as one network may see it. On PostgreSQL each of its transactions
begins in the role of the desks, for which row-level security shows that network only (walls.py); on
SQLite the storage functions, which demand the network, are the one wall there is.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from copy import copy
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import ConnectionPoolEntry

from survey_app.storage import walls
from survey_app.storage.group_commit import GroupCommit

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # an acknowledged answer survives a power cut
    "foreign_keys=ON",
    "busy_timeout=15000",
    "secure_delete=ON",  # what is deleted is overwritten
    "trusted_schema=OFF",
)

# Who still sees rows that were deleted before this statement: open transactions, replication slots,
# prepared transactions. Whoever begins later does not, so that no new one has to be waited for.
OLDER_VIEWS = text("""
    WITH now AS (SELECT age(pg_snapshot_xmax(pg_current_snapshot())::xid) AS age)
    SELECT count(*) FROM now, (
        SELECT backend_xmin AS since FROM pg_stat_activity
        WHERE pid <> pg_backend_pid() AND coalesce(datname, current_database()) = current_database()
        UNION ALL SELECT xmin FROM pg_replication_slots
        UNION ALL SELECT transaction FROM pg_prepared_xacts WHERE database = current_database()
    ) AS views
    WHERE age(views.since) > now.age
""")


class Database:
    """One database, given by its SQLAlchemy URL; safe to share between threads."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgres_engine(self.url)
        self._writer = self.engine.execution_options(writes=True)
        # SQLite waits by sleeping longer and longer; threads that take turns wait a tenth of that
        # (submit at four threads, p99: 35 instead of 440 ms). Other processes still meet its lock.
        self._turn = Lock() if self.is_sqlite else nullcontext()
        self._lines: dict[tuple[int | None, int], GroupCommit[Any, Any]] = {}
        self.network: int | None = None  # the one that may be seen; None: all of them

    def of(self, network: int) -> "Database":
        """Return this database as one network may see it; engine and connections are shared."""
        bound = copy(self)
        bound.network = network
        return bound

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a connection for reading; whatever it did is rolled back."""
        with self.engine.connect() as connection:
            self._bind(connection)
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Yield a connection whose work is committed at the end, or undone by an exception."""
        with self._turn, self._writer.begin() as connection:
            self._bind(connection)
            yield connection

    def write_together(
        self,
        place: int,
        item: Item,
        deliver: Callable[[Connection, Sequence[Item]], Sequence[Outcome]],
    ) -> Outcome:
        """Write an item in one transaction with others that come to the same place meanwhile.

        `deliver` writes them and returns an outcome for each; see group_commit.py. Of one place
        it must do the same for everybody.
        """
        line = self._lines.get((self.network, place))
        if line is None:
            line = GroupCommit(partial(self._deliver, deliver))
            line = self._lines.setdefault((self.network, place), line)
        return line.put(item)  # type: ignore[no-any-return]

    def _deliver(
        self,
        deliver: Callable[[Connection, Sequence[Item]], Sequence[Outcome]],
        items: Sequence[Item],
    ) -> Sequence[Outcome]:
        with self.write() as connection:
            return deliver(connection, items)

    def scrub(self, tables: Iterable[str]) -> bool:
        """Remove what deleted rows left in the files; return whether nothing of them remains.

        SQLite overwrites deleted content itself, but its write-ahead log still holds the answers in
        the order they came: it is written back and cut to nothing, unless somebody is reading just
        now. PostgreSQL keeps dead rows until a table is rewritten, and beyond that as long as any
        transaction is open that began before they died: autovacuum's, a backup's, a long report's.
        """
        with self._outside_transactions() as connection:
            if self.is_sqlite:
                busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar_one()
                return bool(busy == 0)
            if connection.execute(OLDER_VIEWS).scalar_one():
                return False
            for table in tables:
                connection.exec_driver_sql(f"VACUUM (FULL) {table}")
            return True

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def _bind(self, connection: Connection) -> None:
        if self.network is None:
            return
        connection.execution_options(**{walls.BOUND: self.network})
        if not self.is_sqlite:
            walls.stand_behind(connection, self.network)

    @contextmanager
    def _outside_transactions(self) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")


def _postgres_engine(url: URL) -> Engine:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=8,
        max_overflow=24,
        pool_pre_ping=True,
        hide_parameters=True,  # an error message must not carry an answer into a log
    )
    event.listen(engine, "handle_error", _say_no_values)
    return engine


def _say_no_values(context: ExceptionContext) -> None:
    """Cut an error down to its first line: PostgreSQL adds "Failing row contains …" below it."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\n")[0], *error.args[1:])


def _sqlite_engine(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, hide_parameters=True, pool_size=8, max_overflow=24)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver must not begin transactions by itself
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
