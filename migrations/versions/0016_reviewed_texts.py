"""Decisions about free texts, and what concluded questions keep."""

import sqlalchemy as sa
from alembic import op

from survey_app.storage import walls

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TABLES = ("text_decision", "reviewed")


def upgrade() -> None:
    """Make the two tables, behind their walls."""
    op.create_table(
        "text_decision",
        sa.Column("wave", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reader", sa.Integer(), nullable=False),
        sa.Column("second", sa.Integer()),
        sa.Column("agreed", sa.Boolean()),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("themes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_text_decision_network"),
        sa.PrimaryKeyConstraint("wave", "key", name="pk_text_decision"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_text_decision_network", "text_decision", ["network"])
    op.create_table(
        "reviewed",
        sa.Column("wave", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("variable", sa.String(length=31), nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_reviewed_network"),
        sa.ForeignKeyConstraint(["wave"], ["wave.id"], name="fk_reviewed_wave"),
        sa.PrimaryKeyConstraint("wave", "variable", name="pk_reviewed"),
    )
    op.create_index("ix_reviewed_network", "reviewed", ["network"])
    for table in TABLES:
        walls.protect(op.get_bind(), table)


def downgrade() -> None:
    """Drop them: texts that were concluded are gone, those under review wait again."""
    for table in TABLES:
        walls.tear_down(op.get_bind(), table)
        op.drop_table(table)
