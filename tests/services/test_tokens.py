"""Tokens with which programs read: the service.

1. A token is 256 random bits behind a prefix; only its hash is stored; it is shown once.
2. It lasts a year at most; one that is over, taken back or invented is none.
3. It can do what its account may do at that moment: without Right.EXPORT, or switched off, nothing.
4. Of its use only the last day is stored.
5. People delete their own; what is somebody else's is as missing as what never was.
6. The audit log has a line for making and for deleting, without the token and its name.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from survey_app.domain.messages import InvalidDefinition
from survey_app.domain.rights import Actor, Role
from survey_app.services import Database, accounts, tokens
from survey_app.services.accounts import Account
from survey_app.storage import schema, staff
from survey_app.storage.schema import api_token
from tests.support_field import ALBRECHT, TODAY, field_in, migrated

NETWORK, NEIGHBOUR = "Kreis Beispiel", "Kreis Nachbar"
PASSWORD = "ein Satz über Äpfel"
YEAR = timedelta(days=365)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Give two networks, each with somebody who coordinates."""
    with migrated(database_url) as opened:
        for name, email in ((NETWORK, ALBRECHT), (NEIGHBOUR, "yildiz@nachbar.example")):
            field_in(opened, name=name)
            accounts.open_account(opened, email=email, network=name, password=PASSWORD)
        yield opened


def account(database: Database, email: str = ALBRECHT) -> Account:
    """Return an account as it is now."""
    found = accounts.account_with_email(database, email)
    assert found is not None
    return found


def made(database: Database, days: int = 30, name: str = "Jahresbericht") -> str:
    """Return the secret of a new token of Herr Albrecht's."""
    whose = account(database)
    own = database.of(whose.network.id)
    new = tokens.make(own, whose, name=name, expires_on=TODAY + timedelta(days=days), today=TODAY)
    return new.secret


def test_only_a_hash_is_stored(database: Database) -> None:
    secret = made(database)
    assert (secret.startswith("mitreden_"), len(secret)) == (True, 52)
    with database.read() as connection:
        row = connection.execute(select(api_token)).one()
    assert secret not in repr(row)
    assert (len(row.digest), row.used_on) == (32, None)
    new = tokens.NewToken("Jahresbericht", TODAY, secret)
    assert secret not in repr(new)


def test_a_token_leads_to_its_account_until_its_last_day(database: Database) -> None:
    secret = made(database, days=365)
    found = tokens.holder_of(database, secret, TODAY + YEAR)
    assert found is not None
    assert found[1] == account(database)
    assert tokens.holder_of(database, secret, TODAY + YEAR + timedelta(days=1)) is None
    for invented in (
        "",
        "mitreden_",
        secret[:-1] + "!",
        secret + "x",
        secret.swapcase(),
        "x" * 9999,
    ):
        assert tokens.holder_of(database, invented, TODAY) is None


@pytest.mark.parametrize(
    ("name", "days", "place"),
    [
        *((name, 30, "name") for name in ("", "   ", "x" * 61)),
        *(("Jahresbericht", days, "expires_on") for days in (366, -1)),
    ],
)
def test_what_makes_no_token(database: Database, name: str, days: int, place: str) -> None:
    with pytest.raises(InvalidDefinition) as raised:
        made(database, days, name)
    assert [fault.at for fault in raised.value.faults] == [(place,)]


def test_nobody_has_more_than_ten(database: Database) -> None:
    for _ in range(tokens.MOST):
        made(database)
    with pytest.raises(InvalidDefinition, match="schon 10 Schlüssel"):
        made(database)


def test_rights_are_those_of_the_account_at_that_moment(database: Database) -> None:
    secret, whose = made(database), account(database)
    network = whose.network.id
    with database.write() as connection:
        staff.store_actor(connection, whose.id, Actor(network, Role.ADMINISTRATOR))
    assert tokens.holder_of(database, secret, TODAY) is None
    with database.write() as connection:
        staff.store_actor(connection, whose.id, Actor(network, Role.EVALUATOR))
    assert tokens.holder_of(database, secret, TODAY) is not None
    with database.write() as connection:
        staff.store_active(connection, network, whose.id, active=False, fs_uniquifier="x")
    assert tokens.holder_of(database, secret, TODAY) is None


def test_of_its_use_only_the_last_day_is_stored(database: Database) -> None:
    secret, whose = made(database), account(database)
    for days in (0, 0, 3):
        tokens.holder_of(database, secret, TODAY + timedelta(days=days))
    (token,) = tokens.tokens_of(database.of(whose.network.id), whose)
    assert token.used_on == TODAY + timedelta(days=3)


def test_people_delete_their_own(database: Database) -> None:
    secret, whose = made(database), account(database)
    own = database.of(whose.network.id)
    (token,) = tokens.tokens_of(own, whose)
    stranger = account(database, "yildiz@nachbar.example")
    theirs = database.of(stranger.network.id)
    assert tokens.tokens_of(theirs, stranger) == ()
    assert not tokens.revoke(theirs, stranger, token.id, today=TODAY)
    assert not tokens.revoke(own, whose, token.id + 1, today=TODAY)
    assert tokens.holder_of(database, secret, TODAY) is not None
    assert tokens.revoke(own, whose, token.id, today=TODAY)
    assert tokens.holder_of(database, secret, TODAY) is None
    assert tokens.tokens_of(own, whose) == ()


def test_the_log_has_a_line_for_both_and_not_the_name(database: Database) -> None:
    secret, whose = made(database, name="GEHEIMER NAME"), account(database)
    own = database.of(whose.network.id)
    (token,) = tokens.tokens_of(own, whose)
    tokens.revoke(own, whose, token.id, today=TODAY)
    with database.read() as connection:
        rows = connection.execute(
            select(schema.audit).where(schema.audit.c.action.like("%token"))
        ).all()
    assert [(row.actor, row.action, row.subject) for row in rows] == [
        (ALBRECHT, "make token", ALBRECHT),
        (ALBRECHT, "revoke token", ALBRECHT),
    ]
    assert "GEHEIMER" not in repr(rows)
    assert secret not in repr(rows)
