"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "network",
    "municipality",
    "organisation",
    "site",
    "measure",
    "wave",
    "collector",
    "wave_secret",
    "open_sheet",
    "open_text",
    "closed_sheet",
    "review_text",
    "block",
    "staff",
    "audit",
)


def upgrade() -> None:
    """Make all tables, those first that others point to."""
    _places()
    _fielding()
    _answers()
    _results()


def downgrade() -> None:
    """Drop all tables and everything in them."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _places() -> None:
    """Networks and what they consist of."""
    op.create_table(
        "network",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_network"),
        sa.UniqueConstraint("name", name="uq_network_name"),
    )
    op.create_table(
        "municipality",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("ags", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_municipality_network"),
        sa.PrimaryKeyConstraint("id", name="pk_municipality"),
        sa.UniqueConstraint("network", "ags", name="uq_municipality_network_ags"),
    )
    op.create_index("ix_municipality_network", "municipality", ["network"])
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("law", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_organisation_network"),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
        sa.UniqueConstraint("network", "name", name="uq_organisation_network_name"),
    )
    op.create_index("ix_organisation_network", "organisation", ["network"])
    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("setting", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["municipality"], ["municipality.id"], name="fk_site_municipality"),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_site_network"),
        sa.PrimaryKeyConstraint("id", name="pk_site"),
        sa.UniqueConstraint(
            "network", "municipality", "name", name="uq_site_network_municipality_name"
        ),
    )
    op.create_index("ix_site_network", "site", ["network"])


def _fielding() -> None:
    """Measures, waves and the ways in."""
    op.create_table(
        "measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("municipality", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.Integer(), nullable=False),
        sa.Column("site", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=True),
        sa.Column("participants", sa.Integer(), nullable=True),
        sa.Column("funders", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name="fk_measure_municipality"
        ),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_measure_network"),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisation.id"], name="fk_measure_organisation"
        ),
        sa.ForeignKeyConstraint(["site"], ["site.id"], name="fk_measure_site"),
        sa.PrimaryKeyConstraint("id", name="pk_measure"),
    )
    op.create_index("ix_measure_network", "measure", ["network"])
    op.create_table(
        "wave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("measure", sa.Integer(), nullable=False),
        sa.Column("questionnaire", sa.Text(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["measure"], ["measure.id"], name="fk_wave_measure"),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_wave_network"),
        sa.PrimaryKeyConstraint("id", name="pk_wave"),
    )
    op.create_index("ix_wave_due", "wave", ["closed_on", "closes_on"])
    op.create_index("ix_wave_measure", "wave", ["measure"])
    op.create_index("ix_wave_network", "wave", ["network"])
    op.create_table(
        "collector",
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_collector_network"),
        sa.ForeignKeyConstraint(["wave"], ["wave.id"], name="fk_collector_wave"),
        sa.PrimaryKeyConstraint("code", name="pk_collector"),
    )
    op.create_index("ix_collector_network", "collector", ["network"])
    op.create_index("ix_collector_wave", "collector", ["wave"])
    op.create_table(
        "wave_secret",
        sa.Column("wave", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("secret", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["wave"], ["wave.id"], name="fk_wave_secret_wave"),
        sa.PrimaryKeyConstraint("wave", name="pk_wave_secret"),
    )


def _answers() -> None:
    """What people sent, open and closed; on SQLite without row numbers, which tell an order."""
    op.create_table(
        "open_sheet",
        sa.Column("wave", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("wave", "key", name="pk_open_sheet"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "open_text",
        sa.Column("wave", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("variable", sa.String(length=31), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("wave", "key", name="pk_open_text"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "closed_sheet",
        sa.Column("wave", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("wave", "key", name="pk_closed_sheet"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "review_text",
        sa.Column("wave", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("variable", sa.String(length=31), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("wave", "key", name="pk_review_text"),
        sqlite_with_rowid=False,
    )


def _results() -> None:
    """What was counted, who works here, and what they did."""
    op.create_table(
        "block",
        sa.Column("wave", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("replaced_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_block_network"),
        sa.ForeignKeyConstraint(["wave"], ["wave.id"], name="fk_block_wave"),
        sa.PrimaryKeyConstraint("wave", name="pk_block"),
    )
    op.create_index("ix_block_network", "block", ["network"])
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_staff_network"),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("email", name="uq_staff_email"),
        sa.UniqueConstraint("fs_uniquifier", name="uq_staff_fs_uniquifier"),
    )
    op.create_index("ix_staff_network", "staff", ["network"])
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_audit_network"),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_network", "audit", ["network"])
