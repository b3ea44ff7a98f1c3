"""Tokens with which programs read released results. Of a token itself only a hash is here."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, func, insert, select, update

from survey_app.storage import staff
from survey_app.storage.schema import api_token
from survey_app.storage.staff import Account
from survey_app.storage.walls import Crossing, across

TOKEN = (
    *(api_token.c.id, api_token.c.network, api_token.c.account, api_token.c.name),
    *(api_token.c.made_on, api_token.c.expires_on, api_token.c.used_on),
)


@dataclass(frozen=True)
class Token:
    """What is known about a token; `used_on` is the last day somebody came with it."""

    id: int
    network: int
    account: int
    name: str
    made_on: date
    expires_on: date
    used_on: date | None

    def is_over(self, today: date) -> bool:
        """Return whether its last day is over."""
        return today > self.expires_on


def add(
    connection: Connection,
    account: Account,
    *,
    name: str,
    digest: bytes,
    made_on: date,
    expires_on: date,
) -> int:
    """Store a token and return its id."""
    values = {"network": account.network.id, "account": account.id, "name": name}
    values |= {"digest": digest, "made_on": made_on, "expires_on": expires_on}
    statement = insert(api_token).values(values).returning(api_token.c.id)
    return int(connection.execute(statement).scalar_one())


def of_account(connection: Connection, network: int, account: int) -> tuple[Token, ...]:
    """Return the tokens of an account, those that are over too, the oldest first."""
    statement = select(*TOKEN).where(api_token.c.network == network, api_token.c.account == account)
    rows = connection.execute(statement.order_by(api_token.c.id))
    return tuple(Token(*row) for row in rows)


def count(connection: Connection, network: int, account: int) -> int:
    """Return how many tokens an account has."""
    statement = select(func.count()).where(
        api_token.c.network == network, api_token.c.account == account
    )
    return int(connection.execute(statement).scalar_one())


def with_digest(connection: Connection, digest: bytes) -> tuple[Token, Account] | None:
    """Return the token with this hash and whose it is, in whatever network."""
    statement = select(*TOKEN).where(api_token.c.digest == digest)
    row = connection.execute(statement.execution_options(**across(Crossing.LOGIN))).first()
    if row is None:
        return None
    token = Token(*row)
    accounts = staff.of_network(connection, token.network, token.account)
    return (token, accounts[0]) if accounts else None


def note_use(connection: Connection, network: int, token: int, day: date) -> None:
    """Remember the day on which somebody came with it."""
    statement = update(api_token).filter_by(id=token, network=network)
    connection.execute(statement.values(used_on=day))


def remove(connection: Connection, network: int, account: int, token: int) -> bool:
    """Delete a token of an account; return whether there was one."""
    statement = delete(api_token).filter_by(id=token, network=network, account=account)
    return connection.execute(statement).rowcount > 0
