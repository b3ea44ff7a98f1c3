"""What is given back: the next way to take part, and what a school was handed."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, String, Table

from survey_app.storage.schema.base import metadata, network_column

# What stands with the results (domain/taking_part.py).
taking_part = Table(
    "taking_part",
    metadata,
    Column("measure", ForeignKey("measure.id"), primary_key=True, autoincrement=False),
    network_column(),
    Column("way", String(20), nullable=False),
    Column("text", String(200), nullable=False),
    Column("day", Date),
    Column("link", String(300), nullable=False),
    Column("shown", Boolean, nullable=False),
)

# When a school or institution got the results (domain/handing_back.py).
handed_back = Table(
    "handed_back",
    metadata,
    Column("measure", ForeignKey("measure.id"), primary_key=True, autoincrement=False),
    network_column(),
    Column("day", Date, nullable=False),
    Column("by", String(100), nullable=False),
)
