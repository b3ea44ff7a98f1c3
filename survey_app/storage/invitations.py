"""Open links to an account. Of the link itself only a hash is here; an account has one at most."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, insert, select

from survey_app.storage import schema, staff
from survey_app.storage.staff import Account
from survey_app.storage.walls import Crossing, across


@dataclass(frozen=True)
class Invitation:
    """An open link: whose account it opens, who gave it, the last day it works."""

    account: Account
    invited_by: str
    expires_on: date


def put(
    connection: Connection,
    account: Account,
    *,
    digest: bytes,
    invited_by: str,
    expires_on: date,
) -> None:
    """Store a link; the one before stops working."""
    staff.lock(connection, account.network.id, account.id)
    withdraw(connection, account.network.id, account.id)
    values = {
        "account": account.id,
        "network": account.network.id,
        "digest": digest,
        "invited_by": invited_by,
        "expires_on": expires_on,
    }
    connection.execute(insert(schema.invitation).values(values))


def with_digest(connection: Connection, digest: bytes) -> Invitation | None:
    """Return the link with this hash, whether or not its last day is over."""
    table = schema.invitation
    statement = select(table).where(table.c.digest == digest)
    row = connection.execute(statement.execution_options(**across(Crossing.LOGIN))).first()
    if row is None:
        return None
    account = staff.of_network(connection, row.network, row.account)
    return Invitation(account[0], row.invited_by, row.expires_on) if account else None


def take(connection: Connection, network: int, digest: bytes) -> bool:
    """Use up a link; return whether it was still there."""
    statement = delete(schema.invitation).filter_by(network=network, digest=digest)
    return connection.execute(statement).rowcount > 0


def withdraw(connection: Connection, network: int, account: int) -> bool:
    """Delete the link of an account; return whether there was one."""
    statement = delete(schema.invitation).filter_by(network=network, account=account)
    return connection.execute(statement).rowcount > 0


def open_until(connection: Connection, network: int) -> dict[int, date]:
    """Return the last day of each link of a network, by account."""
    table = schema.invitation
    rows = connection.execute(
        select(table.c.account, table.c.expires_on).where(table.c.network == network)
    )
    return {row.account: row.expires_on for row in rows}
