"""A school's approval, and designs of waves.

Waves that are planned already stay as free to open as they were: what a school said to them was
never asked here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let a wave know its point of the design and whether it waits; make room for approvals."""
    for column in (
        sa.Column("point", sa.String(length=10), nullable=False, server_default="once"),
        sa.Column("awaits_approval", sa.Boolean(), nullable=False, server_default=sa.false()),
    ):
        op.add_column("wave", column)
    op.create_table(
        "approval",
        sa.Column("wave", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("requested_on", sa.Date()),
        sa.Column("decided_on", sa.Date()),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("letter", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_approval_network"),
        sa.ForeignKeyConstraint(["wave"], ["wave.id"], name="fk_approval_wave"),
        sa.PrimaryKeyConstraint("wave", name="pk_approval"),
    )
    op.create_index("ix_approval_network", "approval", ["network"])
    op.create_table(
        "sheet_reading",
        sa.Column("measure", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["measure"], ["measure.id"], name="fk_sheet_reading_measure"),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_sheet_reading_network"),
        sa.PrimaryKeyConstraint("measure", name="pk_sheet_reading"),
    )
    op.create_index("ix_sheet_reading_network", "sheet_reading", ["network"])


def downgrade() -> None:
    """Forget what schools said, and what belongs side by side."""
    op.drop_table("sheet_reading")
    op.drop_table("approval")
    op.drop_column("wave", "awaits_approval")
    op.drop_column("wave", "point")
