"""The tables of logging in: open logins, second factors, passkeys, wrong passwords.

They belong to an account and carry no network: they are read before anybody knows whose network it
is, and the role of the desks (walls.py) cannot see them at all.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from survey_app.storage.schema.base import metadata


def _account(*, index: bool = False, primary_key: bool = False) -> Column[Any]:
    return Column(
        "account",
        ForeignKey("staff.id", ondelete="CASCADE"),
        nullable=False,
        index=index,
        primary_key=primary_key,
        autoincrement=False,
    )


# An open login; `key` is the hash of what the cookie holds, moments are seconds since 1970. It is
# good as long as its account has the same uniquifier.
staff_login = Table(
    "staff_login",
    metadata,
    Column("key", String(64), primary_key=True),
    _account(index=True),
    Column("uniquifier", String(64), nullable=False),
    Column("begun", BigInteger, nullable=False),
    Column("seen", BigInteger, nullable=False),
    Column("confirmed", BigInteger, nullable=False),
    Column("device", String(60), nullable=False),
    Column("via", String(20), nullable=False),
)

# An app that shows codes; its secrets are encrypted. `next_secret` waits for its first code.
second_factor = Table(
    "second_factor",
    metadata,
    _account(primary_key=True),
    Column("secret", Text),
    Column("next_secret", Text),
    Column("since", Date),
    Column("last_counter", BigInteger),
)

recovery_code = Table(
    "recovery_code",
    metadata,
    _account(primary_key=True),
    Column("digest", String(64), primary_key=True),
)

passkey = Table(
    "passkey",
    metadata,
    Column("id", Integer, primary_key=True),
    _account(index=True),
    Column("credential", LargeBinary, nullable=False, unique=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("name", String(60), nullable=False),
    Column("added_on", Date, nullable=False),
    Column("used_on", Date),
)

# Wrong passwords and codes, by a keyed hash of what was tried; `last` is in seconds since 1970.
failed_login = Table(
    "failed_login",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last", BigInteger, nullable=False),
)
