"""Answers to young people: the day of their results, and what becomes of what they said."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the day, which nobody has chosen yet, and the table of commitments."""
    op.add_column("wave", sa.Column("results_on", sa.Date()))
    op.create_table(
        "commitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("measure", sa.Integer(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("office", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["measure"], ["measure.id"], name="fk_commitment_measure"),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_commitment_network"),
        sa.PrimaryKeyConstraint("id", name="pk_commitment"),
    )
    op.create_index("ix_commitment_measure", "commitment", ["measure"])
    op.create_index("ix_commitment_network", "commitment", ["network"])


def downgrade() -> None:
    """Drop both: every promise is lost."""
    op.drop_table("commitment")
    op.drop_column("wave", "results_on")
