"""What has been released, for ever."""

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from survey_app.storage.schema.base import metadata, network_column

# The ledger (domain/ledger.py): every release, and the grain each wave belongs to, for ever. Rows
# are added, never changed: the database refuses it (migration 0015). A grain is named by its first
# wave.
ledger = Table(
    "ledger",
    metadata,
    Column("id", Integer, primary_key=True),
    network_column(),
    Column("day", Date, nullable=False),
    Column("name", String(200), nullable=False),
    Column("grains", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    UniqueConstraint("network", "name", "digest"),
)

ledger_wave = Table(
    "ledger_wave",
    metadata,
    Column("wave", ForeignKey("wave.id"), primary_key=True, autoincrement=False),
    network_column(),
    Column("grain", Integer, nullable=False, index=True),
)
