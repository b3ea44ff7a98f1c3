"""Invitations by link, and accounts that sign on elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "invitation",
        sa.Column("account", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("invited_by", sa.String(length=255), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["staff.id"], name="fk_invitation_account_staff"),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_invitation_network_network"),
        sa.PrimaryKeyConstraint("account", name="pk_invitation"),
        sa.UniqueConstraint("digest", name="uq_invitation_digest"),
    )
    op.create_index("ix_invitation_network", "invitation", ["network"])
    op.create_table(
        "sign_on",
        sa.Column("account", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["staff.id"], name="fk_sign_on_account_staff"),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_sign_on_network_network"),
        sa.PrimaryKeyConstraint("account", name="pk_sign_on"),
        sa.UniqueConstraint("issuer", "subject", name="uq_sign_on_issuer_subject"),
    )
    op.create_index("ix_sign_on_network", "sign_on", ["network"])


def downgrade() -> None:
    """Drop them; open links stop working, and whoever signs on elsewhere is known by e-mail."""
    op.drop_table("sign_on")
    op.drop_table("invitation")
