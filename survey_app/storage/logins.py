"""Open logins, and the wrong passwords and codes that came before them.

A login is known by the hash of what its cookie holds: who reads the table cannot use it. It is good
as long as its account keeps the uniquifier that it had then. Moments are whole seconds since 1970;
nothing says from where somebody came.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, and_, case, delete, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from survey_app.storage import schema, staff
from survey_app.storage.schema import logins as tables
from survey_app.storage.staff import Account
from survey_app.storage.walls import Crossing, across

LOGIN = across(Crossing.LOGIN)


@dataclass(frozen=True)
class Login:
    """One browser in which somebody is logged in.

    `device` is what the person recognises it by ("Firefox, Windows"), `via` how they came in, and
    `confirmed` when they last proved who they are.
    """

    key: str
    account: int
    uniquifier: str
    begun: int
    seen: int
    confirmed: int
    device: str
    via: str


@dataclass(frozen=True)
class Failures:
    """How often somebody was wrong, and when last."""

    count: int
    last: int


def add(connection: Connection, login: Login) -> None:
    """Store a login."""
    connection.execute(insert(tables.staff_login).values(**vars(login)))


def with_key(connection: Connection, key: str) -> tuple[Account, Login] | None:
    """Return a login and whose it is."""
    table, own = tables.staff_login, schema.staff
    same = and_(table.c.account == own.c.id, table.c.uniquifier == own.c.fs_uniquifier)
    statement = (
        staff.accounts()
        .join(table, same)
        .add_columns(*table.c)
        .where(table.c.key == key)
        .execution_options(**LOGIN)
    )
    row = connection.execute(statement).first()
    return (staff.account_from(row), Login(*row[-len(table.c) :])) if row else None


def of_account(connection: Connection, account: int, uniquifier: str) -> list[Login]:
    """Return the logins of an account that are good, the one used last first."""
    table = tables.staff_login
    statement = select(table).filter_by(account=account, uniquifier=uniquifier)
    rows = connection.execute(statement.order_by(table.c.seen.desc(), table.c.key))
    return [Login(*row) for row in rows]


def touch(connection: Connection, key: str, *, seen: int) -> None:
    """Store when a page was last asked for."""
    connection.execute(update(tables.staff_login).filter_by(key=key).values(seen=seen))


def confirm(connection: Connection, key: str, *, confirmed: int) -> None:
    """Store when somebody proved again who they are."""
    connection.execute(update(tables.staff_login).filter_by(key=key).values(confirmed=confirmed))


def remove(connection: Connection, account: int, key: str) -> None:
    """End one login of an account."""
    connection.execute(delete(tables.staff_login).filter_by(account=account, key=key))


def remove_all(connection: Connection, account: int, *, but: str | None = None) -> int:
    """End all logins of an account, except one if it is named; return how many."""
    statement = delete(tables.staff_login).filter_by(account=account)
    if but is not None:
        statement = statement.where(tables.staff_login.c.key != but)
    return connection.execute(statement).rowcount


def remove_old(connection: Connection, *, seen: int, begun: int) -> None:
    """Forget logins of everybody that were last used before `seen` or began before `begun`."""
    table = tables.staff_login
    connection.execute(delete(table).where(or_(table.c.seen < seen, table.c.begun < begun)))


def failures(connection: Connection, key: str) -> Failures | None:
    """Return what went wrong under a key."""
    table = tables.failed_login
    row = connection.execute(
        select(table.c.failures, table.c.last).where(table.c.key == key)
    ).first()
    return Failures(*row) if row else None


def count_failure(connection: Connection, key: str, *, now: int, since: int) -> None:
    """Count one more failure under a key; those before `since` count no more.

    One statement, so that none is lost when several go wrong at the same time.
    """
    table = tables.failed_login
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    counted = case((table.c.last < since, 1), else_=table.c.failures + 1)
    statement = dialect.insert(table).values(key=key, failures=1, last=now)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[table.c.key], set_={"failures": counted, "last": now}
        )
    )


def forgive(connection: Connection, key: str) -> None:
    """Forget what went wrong under a key."""
    connection.execute(delete(tables.failed_login).filter_by(key=key))


def forget_failures(connection: Connection, *, before: int) -> None:
    """Forget what went wrong long ago."""
    table = tables.failed_login
    connection.execute(delete(table).where(table.c.last < before))
