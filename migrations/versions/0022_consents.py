"""Institutions that agree to their results being told as those of a municipality."""

import sqlalchemy as sa
from alembic import op

from survey_app.storage import walls

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, behind their walls."""
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("site", sa.Integer()),
        sa.Column("organisation", sa.Integer()),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("agreed_by", sa.String(length=200), nullable=False),
        sa.Column("recorded_by", sa.String(length=254), nullable=False),
        sa.Column("revoked_on", sa.Date()),
        sa.CheckConstraint("site IS NOT NULL OR organisation IS NOT NULL", name="institution"),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_consent_network"),
        sa.ForeignKeyConstraint(["site"], ["site.id"], name="fk_consent_site", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["organisation"],
            ["organisation.id"],
            name="fk_consent_organisation",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_consent"),
    )
    for column in ("network", "site", "organisation"):
        op.create_index(f"ix_consent_{column}", "consent", [column])
    op.create_table(
        "consent_use",
        sa.Column("consent", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consent"], ["consent.id"], name="fk_consent_use_consent", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_consent_use_network"),
        sa.PrimaryKeyConstraint("consent", "name", "digest", name="pk_consent_use"),
    )
    op.create_index("ix_consent_use_network", "consent_use", ["network"])
    for table in ("consent", "consent_use"):
        walls.protect(op.get_bind(), table)


def downgrade() -> None:
    """Drop them: what rests on a consent is withheld again."""
    for table in ("consent_use", "consent"):
        walls.tear_down(op.get_bind(), table)
        op.drop_table(table)
