"""Waves: what is asked, the ways in, what comes from phones, and the block that is counted of it.

Every table that grows with answers carries the wave at the head of its primary key, so that it can
be split by wave; its second part is random, and on SQLite the table is WITHOUT ROWID: what is
stored has no order but that of random keys. There is no column for who, when, from where or in
which language.
"""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from survey_app.storage.schema.base import metadata, network_column

wave = Table(
    "wave",
    metadata,
    Column("id", Integer, primary_key=True),
    network_column(),
    Column("measure", ForeignKey("measure.id"), nullable=False, index=True),
    Column("questionnaire", Text, nullable=False),
    Column("opens_on", Date, nullable=False),
    Column("closes_on", Date, nullable=False),
    Column("expected", Integer),
    Column("closed_on", Date),
    Column("results_on", Date),
    Column("point", String(10), nullable=False, default="once", server_default="once"),
    Column("awaits_approval", Boolean, nullable=False, default=False, server_default=false()),
)

# What a school said to a wave (domain/approval.py).
approval = Table(
    "approval",
    metadata,
    Column("wave", ForeignKey("wave.id"), primary_key=True, autoincrement=False),
    network_column(),
    Column("status", String(20), nullable=False),
    Column("requested_on", Date),
    Column("decided_on", Date),
    Column("decided_by", String(200), nullable=False),
    Column("conditions", Text, nullable=False),
    Column("letter", String(20), nullable=False),
)

# The last day on which somebody looked at the sheet of a measure; who it was is not kept.
sheet_reading = Table(
    "sheet_reading",
    metadata,
    Column("measure", ForeignKey("measure.id"), primary_key=True, autoincrement=False),
    network_column(),
    Column("read_on", Date, nullable=False),
)

collector = Table(
    "collector",
    metadata,
    Column("code", String(10), primary_key=True),
    network_column(),
    Column("wave", ForeignKey("wave.id"), nullable=False, index=True),
    Column("label", String(100), nullable=False, default=""),
    Column("shared_device", Boolean, nullable=False, default=False, server_default=false()),
    Column("offline_queue", Boolean, nullable=False, default=False, server_default=false()),
    Column("single_use", Boolean, nullable=False, default=False, server_default=false()),
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

# Keyed hashes of single-use codes (domain/slip.py). As an answer has no foreign key, so has a slip.
slip = Table(
    "slip",
    metadata,
    Column("wave", Integer, primary_key=True, autoincrement=False),
    Column("key", LargeBinary(32), primary_key=True),
    Column("collector", String(10), nullable=False),
    Column("used", Boolean, nullable=False, default=False),
    sqlite_with_rowid=False,
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
FROM_PHONES = (open_sheet, open_text, wave_secret, wave_key, slip)

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
    network_column(),
    Column("content", Text, nullable=False),
    Column("replaced_on", Date),
)

# Waves whose answers were collected elsewhere (services/importing).
imported_wave = Table(
    "imported_wave",
    metadata,
    Column("wave", ForeignKey("wave.id"), primary_key=True, autoincrement=False),
    network_column(),
)

# What a person assigned once, to be used again: columns to questions, texts to answers.
saved_assignment = Table(
    "saved_assignment",
    metadata,
    Column("id", Integer, primary_key=True),
    network_column(),
    Column("questionnaire", String(50), nullable=False),
    Column("name", String(100), nullable=False),
    Column("content", Text, nullable=False),
    UniqueConstraint("network", "questionnaire", "name"),
)

Index("ix_wave_due", wave.c.closed_on, wave.c.closes_on)

Index(
    "ix_collector_single_use",
    collector.c.wave,
    sqlite_where=collector.c.single_use,
    postgresql_where=collector.c.single_use,
)
