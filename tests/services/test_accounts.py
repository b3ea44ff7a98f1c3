"""Accounts of staff.

1. An account belongs to one network, is found in whatever case its address is typed, and stores an
   argon2id hash of the password, whatever coding its umlauts come in.
2. Nothing that cannot log in later is stored; what is wrong is named with its argument.
3. A new password is 80 random bits in letters that cannot be confused, and long enough for itself.
4. Neither hash nor cookie value of an account is printed by accident.
"""

from collections.abc import Iterator
from unicodedata import normalize

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from survey_app.domain.messages import InvalidDefinition
from survey_app.services import Database, accounts
from survey_app.storage import places
from tests.support_field import ALBRECHT, TODAY, migrated

NETWORK = "Kreis Beispiel"
PASSWORD = "ein Satz über Äpfel"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Give a database with two networks."""
    with migrated(database_url) as opened:
        with opened.write() as connection:
            for name in (NETWORK, "Kreis Nachbar"):
                places.add_network(connection, name, "kontakt@beispiel.example", sample=True)
        yield opened


def opened(database: Database, **changes: str) -> accounts.Account:
    values = {"email": ALBRECHT, "network": NETWORK, "password": PASSWORD}
    return accounts.open_account(database, **(values | changes))


def faults(refused: pytest.ExceptionInfo[InvalidDefinition]) -> list[tuple[str, str]]:
    return [(str(fault.at[0]), str(fault.message)) for fault in refused.value.faults]


def test_an_account_is_found_in_any_case(database: Database) -> None:
    account = opened(database, email=f" {ALBRECHT.title()} ")
    assert account.email == ALBRECHT
    assert account.network.name == NETWORK
    assert accounts.account_with_email(database, ALBRECHT.upper()) == account
    assert accounts.account_logged_in(database, account.fs_uniquifier) == account
    assert accounts.account_with_email(database, "niemand@beispiel.example") is None


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
def test_the_hash_is_argon2id_of_what_was_meant(
    strong_passwords: None, database: Database, form: str
) -> None:
    account = opened(database, password=normalize(form, PASSWORD))  # type: ignore[arg-type]
    assert account.password.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert PasswordHasher().verify(account.password, normalize("NFKD", PASSWORD))


def test_what_cannot_log_in_is_refused(database: Database) -> None:
    with pytest.raises(InvalidDefinition) as refused:
        opened(database, email="albrecht", password="kurz")
    assert faults(refused) == [
        ("email", "„albrecht“ ist keine E-Mail-Adresse."),
        ("password", "Das Passwort braucht 12 bis 200 Zeichen."),
    ]
    with pytest.raises(InvalidDefinition) as refused:
        opened(database, network="Kreis Beispeil")
    assert faults(refused) == [
        (
            "network",
            "Das Netzwerk „Kreis Beispeil“ gibt es nicht. Es gibt: Kreis Beispiel, Kreis Nachbar.",
        )
    ]
    opened(database)
    with pytest.raises(InvalidDefinition) as refused:
        opened(database, email=ALBRECHT.upper(), network="Kreis Nachbar")
    assert faults(refused) == [("email", f"Für {ALBRECHT} gibt es schon ein Konto.")]


def test_another_password_replaces_the_first_and_ends_logins(database: Database) -> None:
    before = opened(database)
    accounts.set_password(
        database, email=ALBRECHT, password="ein anderer Satz", by="Betrieb", today=TODAY
    )
    after = accounts.account_with_email(database, ALBRECHT)
    assert after is not None
    assert after.fs_uniquifier != before.fs_uniquifier
    with pytest.raises(VerifyMismatchError):
        PasswordHasher().verify(after.password, normalize("NFKD", PASSWORD))
    assert PasswordHasher().verify(after.password, "ein anderer Satz")
    with pytest.raises(InvalidDefinition) as refused:
        accounts.set_password(
            database, email="x@y.example", password=PASSWORD, by="Betrieb", today=TODAY
        )
    assert faults(refused) == [("email", "Für x@y.example gibt es kein Konto.")]


def test_a_renewed_hash_keeps_logins(database: Database) -> None:
    before = opened(database)
    accounts.renew_hash(database, before, "$argon2id$neu")
    after = accounts.account_logged_in(database, before.fs_uniquifier)
    assert after is not None
    assert after.password == "$argon2id$neu"


def test_a_new_password_can_be_read_from_paper() -> None:
    made = {accounts.new_password() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        assert [len(group) for group in password.split("-")] == [4, 4, 4, 4]
        assert not set("IO01") & set(password)
        assert len(password) >= accounts.SHORTEST_PASSWORD


def test_an_account_prints_no_secret(database: Database) -> None:
    account = opened(database)
    assert account.password not in repr(account)
    assert account.fs_uniquifier not in repr(account)
