"""The tables.

Every table below `network` carries its network. Every table that grows with answers carries the
wave at the head of its primary key, so that it can be split by wave; its second part is random,
and on SQLite the table is WITHOUT ROWID: what is stored has no order but that of random keys.

There is no column for who, when, from where or in which language, in any table of answers.
"""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _network() -> Column[Any]:
    return Column("network", ForeignKey("network.id"), nullable=False, index=True)


network = Table(
    "network",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("contact", String(200), nullable=False),
    Column("sample", Boolean, nullable=False, default=False),
)

branding = Table(
    "branding",
    metadata,
    Column("network", ForeignKey("network.id"), primary_key=True, autoincrement=False),
    Column("accent", String(7), nullable=False),
    Column("logo_kind", String(3)),
    Column("logo", LargeBinary),
    Column("logo_width", Float),
    Column("logo_height", Float),
)

municipality = Table(
    "municipality",
    metadata,
    Column("id", Integer, primary_key=True),
    _network(),
    Column("ags", String(8), nullable=False),
    Column("name", String(200), nullable=False),
    UniqueConstraint("network", "ags"),
)

organisation = Table(
    "organisation",
    metadata,
    Column("id", Integer, primary_key=True),
    _network(),
    Column("name", String(200), nullable=False),
    Column("law", String(20), nullable=False),
    UniqueConstraint("network", "name"),
)

site = Table(
    "site",
    metadata,
    Column("id", Integer, primary_key=True),
    _network(),
    Column("municipality", ForeignKey("municipality.id"), nullable=False),
    Column("name", String(200), nullable=False),
    Column("setting", String(20), nullable=False),
    UniqueConstraint("network", "municipality", "name"),
)

measure = Table(
    "measure",
    metadata,
    Column("id", Integer, primary_key=True),
    _network(),
    Column("title", String(200), nullable=False),
    Column("summary", Text, nullable=False),
    Column("topic", String(40), nullable=False),
    Column("municipality", ForeignKey("municipality.id"), nullable=False),
    Column("organisation", ForeignKey("organisation.id"), nullable=False),
    Column("site", ForeignKey("site.id")),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("sessions", Integer, nullable=False),
    Column("invited", Integer),
    Column("participants", Integer),
    Column("funders", Text, nullable=False, default="[]"),
)

wave = Table(
    "wave",
    metadata,
    Column("id", Integer, primary_key=True),
    _network(),
    Column("measure", ForeignKey("measure.id"), nullable=False, index=True),
    Column("questionnaire", Text, nullable=False),
    Column("opens_on", Date, nullable=False),
    Column("closes_on", Date, nullable=False),
    Column("expected", Integer),
    Column("closed_on", Date),
    Column("results_on", Date),
)

collector = Table(
    "collector",
    metadata,
    Column("code", String(10), primary_key=True),
    _network(),
    Column("wave", ForeignKey("wave.id"), nullable=False, index=True),
    Column("label", String(100), nullable=False, default=""),
    Column("shared_device", Boolean, nullable=False, default=False, server_default=false()),
    Column("offline_queue", Boolean, nullable=False, default=False, server_default=false()),
)

wave_secret = Table(
    "wave_secret",
    metadata,
    Column("wave", ForeignKey("wave.id"), primary_key=True, autoincrement=False),
    Column("secret", LargeBinary(32), nullable=False),
)

# A wave has keys only if some way in has a queue: what waits there is sealed to the public one.
wave_key = Table(
    "wave_key",
    metadata,
    Column("wave", ForeignKey("wave.id"), primary_key=True, autoincrement=False),
    Column("private", LargeBinary(32), nullable=False),
    Column("public", LargeBinary(65), nullable=False),
)


def _answers(name: str, *columns: Column[Any]) -> Table:
    # No foreign key: PostgreSQL would lock, and mark, the one row of the wave for every answer.
    return Table(
        name,
        metadata,
        Column("wave", Integer, primary_key=True, autoincrement=False),
        Column("key", LargeBinary(32), primary_key=True),
        *columns,
        sqlite_with_rowid=False,
    )


open_sheet = _answers("open_sheet", Column("answers", Text, nullable=False))

open_text = _answers(
    "open_text",
    Column("variable", String(31), nullable=False),
    Column("text", Text, nullable=False),
)

closed_sheet = _answers("closed_sheet", Column("answers", Text, nullable=False))

review_text = _answers(
    "review_text",
    Column("variable", String(31), nullable=False),
    Column("text", Text, nullable=False),
)

# What must be gone, to the last byte, when a wave is closed, and when its retention is over.
FROM_PHONES = (open_sheet, open_text, wave_secret, wave_key)
SHUFFLED = (closed_sheet, review_text)

# Tables that hold deleted rows in their files until they are scrubbed: one line per deletion.
trace = Table(
    "trace",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("table", String(40), nullable=False),
)

block = Table(
    "block",
    metadata,
    Column("wave", ForeignKey("wave.id"), primary_key=True, autoincrement=False),
    _network(),
    Column("content", Text, nullable=False),
    Column("replaced_on", Date),
)

# Waves whose answers were collected elsewhere (services/importing).
imported_wave = Table(
    "imported_wave",
    metadata,
    Column("wave", ForeignKey("wave.id"), primary_key=True, autoincrement=False),
    _network(),
)

# What a person assigned once, to be used again: columns to questions, texts to answers.
saved_assignment = Table(
    "saved_assignment",
    metadata,
    Column("id", Integer, primary_key=True),
    _network(),
    Column("questionnaire", String(50), nullable=False),
    Column("name", String(100), nullable=False),
    Column("content", Text, nullable=False),
    UniqueConstraint("network", "questionnaire", "name"),
)

commitment = Table(
    "commitment",
    metadata,
    Column("id", Integer, primary_key=True),
    _network(),
    Column("measure", ForeignKey("measure.id"), nullable=False, index=True),
    Column("wish", Text, nullable=False),
    Column("status", String(20), nullable=False),
    Column("answer", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("office", String(200), nullable=False),
    Column("due_on", Date),
    Column("decided_on", Date, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    _network(),
    Column("day", Date, nullable=False),
    Column("actor", String(200), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("detail", Text, nullable=False),
)

staff = Table(
    "staff",
    metadata,
    Column("id", Integer, primary_key=True),
    _network(),
    Column("email", String(255), nullable=False, unique=True),
    Column("password", String(255), nullable=False),
    Column("active", Boolean, nullable=False, default=True),
    Column("fs_uniquifier", String(64), nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("reach", String(20), nullable=False),
    Column("place", Integer),
)

Index("ix_wave_due", wave.c.closed_on, wave.c.closes_on)
