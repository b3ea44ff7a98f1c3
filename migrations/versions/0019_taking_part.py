"""The next way to take part, and when results were handed back to a school."""

import sqlalchemy as sa
from alembic import op

from survey_app.storage import walls

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "taking_part",
        sa.Column("measure", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["measure"], ["measure.id"], name="fk_taking_part_measure"),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_taking_part_network"),
        sa.PrimaryKeyConstraint("measure", name="pk_taking_part"),
    )
    op.create_index("ix_taking_part_network", "taking_part", ["network"])
    walls.protect(op.get_bind(), "taking_part")
    op.create_table(
        "handed_back",
        sa.Column("measure", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["measure"], ["measure.id"], name="fk_handed_back_measure"),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_handed_back_network"),
        sa.PrimaryKeyConstraint("measure", name="pk_handed_back"),
    )
    op.create_index("ix_handed_back_network", "handed_back", ["network"])
    walls.protect(op.get_bind(), "handed_back")


def downgrade() -> None:
    """Drop them; pages behind a code say nothing of what comes next."""
    for table in ("handed_back", "taking_part"):
        walls.tear_down(op.get_bind(), table)
        op.drop_table(table)
