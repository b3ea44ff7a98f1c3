"""What is evaluated: measures with their goals and commitments, and words changed on a sheet."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from survey_app.storage.schema.base import metadata, network_column

measure = Table(
    "measure",
    metadata,
    Column("id", Integer, primary_key=True),
    network_column(),
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
    Column("second_topic", String(40)),
    Column("third_topic", String(40)),
    Column("setting", String(20)),
    Column("district_wide", Boolean, nullable=False, default=False, server_default=false()),
    Column("publication", String(20), nullable=False, default="draft", server_default="draft"),
    Column("master", Text, nullable=False, default="{}", server_default="{}"),
)

# Where a measure takes place beside `measure.municipality`, which is where it is at home.
measure_municipality = Table(
    "measure_municipality",
    metadata,
    Column("measure", ForeignKey("measure.id"), primary_key=True, autoincrement=False),
    Column(
        "municipality",
        ForeignKey("municipality.id"),
        primary_key=True,
        autoincrement=False,
        index=True,
    ),
    network_column(),
)

# What a measure shall reach; at most three (domain/goal.py).
goal = Table(
    "goal",
    metadata,
    Column("id", Integer, primary_key=True),
    network_column(),
    Column("measure", ForeignKey("measure.id"), nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("indicator", String(100), nullable=False, default=""),
    Column("other", Text, nullable=False, default=""),
    Column("target", Integer, nullable=False),
    Column("stage", Integer, nullable=False),
    Column("set_on", Date, nullable=False),
    Column("set_late", Boolean, nullable=False, default=False),
    Column("former", Text, nullable=False, default="[]"),
    UniqueConstraint("measure", "place"),
)

# What staff wrote in the place of a generated sentence of a sheet (domain/finding.py).
sheet_edit = Table(
    "sheet_edit",
    metadata,
    Column("measure", ForeignKey("measure.id"), primary_key=True, autoincrement=False),
    Column("place", String(20), primary_key=True),
    network_column(),
    Column("text", Text, nullable=False),
    Column("edited_on", Date, nullable=False),
)

commitment = Table(
    "commitment",
    metadata,
    Column("id", Integer, primary_key=True),
    network_column(),
    Column("measure", ForeignKey("measure.id"), nullable=False, index=True),
    Column("wish", Text, nullable=False),
    Column("status", String(20), nullable=False),
    Column("answer", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("office", String(200), nullable=False),
    Column("due_on", Date),
    Column("decided_on", Date, nullable=False),
)
