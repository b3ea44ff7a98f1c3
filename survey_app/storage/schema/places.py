"""The network, its colours, and the places below it."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from survey_app.storage.schema.base import metadata, network_column

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

# What everybody may see of a network; `secret` makes the names of its measures there.
public_list = Table(
    "public_list",
    metadata,
    Column("network", ForeignKey("network.id"), primary_key=True, autoincrement=False),
    Column("slug", String(80), nullable=False, unique=True),
    Column("secret", LargeBinary, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("since", Date, nullable=False),
)

municipality = Table(
    "municipality",
    metadata,
    Column("id", Integer, primary_key=True),
    network_column(),
    Column("ags", String(8), nullable=False),
    Column("name", String(200), nullable=False),
    Column("population", Integer),
    Column("population_on", Date),
    Column("population_basis", String(200), nullable=False, default="", server_default=""),
    Column("youth_population", Integer),
    UniqueConstraint("network", "ags"),
)

organisation = Table(
    "organisation",
    metadata,
    Column("id", Integer, primary_key=True),
    network_column(),
    Column("name", String(200), nullable=False),
    Column("law", String(20), nullable=False),
    Column("legal_form", String(100), nullable=False, default="", server_default=""),
    UniqueConstraint("network", "name"),
)

site = Table(
    "site",
    metadata,
    Column("id", Integer, primary_key=True),
    network_column(),
    Column("municipality", ForeignKey("municipality.id"), nullable=False),
    Column("name", String(200), nullable=False),
    Column("setting", String(20), nullable=False),
    Column("school_form", String(20)),
    UniqueConstraint("network", "municipality", "name"),
)
