"""Who somebody is at the provider that signs people on: its name and its number for the person."""

from sqlalchemy import Connection, delete, insert, select

from survey_app.storage import schema, staff
from survey_app.storage.staff import Account
from survey_app.storage.walls import Crossing, across


def bound_to(connection: Connection, issuer: str, subject: str) -> Account | None:
    """Return the account of somebody whom the provider `issuer` calls `subject`."""
    table = schema.sign_on
    where = (table.c.issuer == issuer, table.c.subject == subject)
    statement = select(table.c.network, table.c.account).where(*where)
    row = connection.execute(statement.execution_options(**across(Crossing.LOGIN))).first()
    found = staff.of_network(connection, row.network, row.account) if row else []
    return found[0] if found else None


def bind(connection: Connection, account: Account, *, issuer: str, subject: str) -> None:
    """Store who somebody is there; refused by the database if the account is bound already."""
    values = {
        "account": account.id,
        "network": account.network.id,
        "issuer": issuer,
        "subject": subject,
    }
    connection.execute(insert(schema.sign_on).values(values))


def release(connection: Connection, network: int, account: int) -> bool:
    """Forget it; return whether there was something to forget."""
    statement = delete(schema.sign_on).filter_by(network=network, account=account)
    return connection.execute(statement).rowcount > 0


def bound(connection: Connection, network: int) -> set[int]:
    """Return the accounts of a network that are bound."""
    table = schema.sign_on
    return set(connection.scalars(select(table.c.account).where(table.c.network == network)))
