"""Tokens for reading released results from outside."""

import sqlalchemy as sa
from alembic import op

from survey_app.storage import walls

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, behind its wall."""
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("used_on", sa.Date()),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_api_token_network"),
        sa.ForeignKeyConstraint(
            ["account"], ["staff.id"], name="fk_api_token_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_api_token"),
        sa.UniqueConstraint("digest", name="uq_api_token_digest"),
    )
    op.create_index("ix_api_token_network", "api_token", ["network"])
    op.create_index("ix_api_token_account", "api_token", ["account"])
    walls.protect(op.get_bind(), "api_token")


def downgrade() -> None:
    """Drop it: programs that read results are turned away."""
    walls.tear_down(op.get_bind(), "api_token")
    op.drop_table("api_token")
