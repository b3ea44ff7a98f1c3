"""Words that staff put in the place of generated sentences of a sheet."""

import sqlalchemy as sa
from alembic import op

from survey_app.storage import walls

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "sheet_edit",
        sa.Column("measure", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.String(length=20), nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("edited_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["measure"], ["measure.id"], name="fk_sheet_edit_measure"),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_sheet_edit_network"),
        sa.PrimaryKeyConstraint("measure", "place", name="pk_sheet_edit"),
    )
    op.create_index("ix_sheet_edit_network", "sheet_edit", ["network"])
    walls.protect(op.get_bind(), "sheet_edit")


def downgrade() -> None:
    """Drop it; sheets show the generated sentences again."""
    walls.tear_down(op.get_bind(), "sheet_edit")
    op.drop_table("sheet_edit")
