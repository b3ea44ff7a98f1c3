"""Those who work with Mitreden: their accounts, what they did, and what is drawn for them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from survey_app.storage.schema.base import metadata, network_column

# Lines are added, never changed: the database refuses it (migration 0014, docs/audit.md). `number`
# counts the lines of a network, `before` is the digest of the line before.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    network_column(),
    Column("day", Date, nullable=False),
    Column("actor", String(200), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("detail", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("before", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    UniqueConstraint("network", "number"),
)

staff = Table(
    "staff",
    metadata,
    Column("id", Integer, primary_key=True),
    network_column(),
    Column("email", String(255), nullable=False, unique=True),
    Column("password", String(255), nullable=False),
    Column("active", Boolean, nullable=False, default=True),
    Column("fs_uniquifier", String(64), nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("reach", String(20), nullable=False),
    Column("place", Integer),
)

# The one open link of an account, as a hash: to join, or for another password.
invitation = Table(
    "invitation",
    metadata,
    Column("account", ForeignKey("staff.id"), primary_key=True, autoincrement=False),
    network_column(),
    Column("digest", LargeBinary(32), nullable=False, unique=True),
    Column("invited_by", String(255), nullable=False),
    Column("expires_on", Date, nullable=False),
)

# Who somebody is at the provider that signs people on (OpenID Connect).
sign_on = Table(
    "sign_on",
    metadata,
    Column("account", ForeignKey("staff.id"), primary_key=True, autoincrement=False),
    network_column(),
    Column("issuer", String(255), nullable=False),
    Column("subject", String(255), nullable=False),
    UniqueConstraint("issuer", "subject"),
)

# Big prints that a worker draws (services/jobs.py): ids and plain values, no code, no answer.
job = Table(
    "job",
    metadata,
    Column("id", Integer, primary_key=True),
    network_column(),
    Column("owner", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("files", String(32), nullable=False),
    Column("order", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("total", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("reason", String(40), nullable=False),
    Column("place", String(200), nullable=False),
    Column("until", BigInteger, nullable=False),
)

# Of the token itself only a hash; what it may do is what its account may do when it is used.
api_token = Table(
    "api_token",
    metadata,
    Column("id", Integer, primary_key=True),
    network_column(),
    Column("account", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String(60), nullable=False),
    Column("digest", LargeBinary(32), nullable=False, unique=True),
    Column("made_on", Date, nullable=False),
    Column("expires_on", Date, nullable=False),
    Column("used_on", Date),
)
