"""What was deleted and is not scrubbed from the files yet."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of traces."""
    op.create_table(
        "trace",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_trace"),
    )


def downgrade() -> None:
    """Drop the table; what it noted stays unscrubbed."""
    op.drop_table("trace")
