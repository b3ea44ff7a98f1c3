"""Institutions that agreed to their results being told as those of a municipality."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Integer, String, Table

from survey_app.storage.schema.base import metadata, network_column

# Of a site, or of an organisation that has none. A row is revoked, not deleted:
# what was released with it stays.
consent = Table(
    "consent",
    metadata,
    Column("id", Integer, primary_key=True),
    network_column(),
    Column("site", ForeignKey("site.id", ondelete="CASCADE"), index=True),
    Column("organisation", ForeignKey("organisation.id", ondelete="CASCADE"), index=True),
    Column("agreed_on", Date, nullable=False),
    Column("agreed_by", String(200), nullable=False),
    Column("recorded_by", String(254), nullable=False),
    Column("revoked_on", Date),
    CheckConstraint("site IS NOT NULL OR organisation IS NOT NULL", name="institution"),
)

# The releases that a consent was needed for: a roll-up by its name, and which grains it told of.
consent_use = Table(
    "consent_use",
    metadata,
    Column(
        "consent",
        ForeignKey("consent.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("name", String(200), primary_key=True),
    Column("digest", String(64), primary_key=True),
    network_column(),
    Column("used_on", Date, nullable=False),
)
