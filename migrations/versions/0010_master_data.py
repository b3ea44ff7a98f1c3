"""What a measure is in full: master data, goals, costs, good practice."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ADDED = (
    "second_topic",
    "third_topic",
    "setting",
    "district_wide",
    "publication",
    "master",
)


def upgrade() -> None:
    """Add what may be known of a measure, which is nothing yet, and make the table of goals."""
    for column in (
        sa.Column("second_topic", sa.String(length=40)),
        sa.Column("third_topic", sa.String(length=40)),
        sa.Column("setting", sa.String(length=20)),
        sa.Column("district_wide", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("publication", sa.String(length=20), nullable=False, server_default="draft"),
        sa.Column("master", sa.Text(), nullable=False, server_default="{}"),
    ):
        op.add_column("measure", column)
    op.create_table(
        "goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("measure", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("indicator", sa.String(length=100), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("set_late", sa.Boolean(), nullable=False),
        sa.Column("former", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["measure"], ["measure.id"], name="fk_goal_measure"),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_goal_network"),
        sa.PrimaryKeyConstraint("id", name="pk_goal"),
        sa.UniqueConstraint("measure", "place", name="uq_goal_measure_place"),
    )
    op.create_index("ix_goal_measure", "goal", ["measure"])
    op.create_index("ix_goal_network", "goal", ["network"])


def downgrade() -> None:
    """Drop both; what was known of measures beyond the needed facts is lost."""
    op.drop_table("goal")
    for column in ADDED:
        op.drop_column("measure", column)
