"""A measure in several municipalities.

`measure.municipality` stays: where the measure is at home. What stands here comes beside it.
"""

import sqlalchemy as sa
from alembic import op

from survey_app.storage import walls

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TABLE = "measure_municipality"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        TABLE,
        sa.Column("measure", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("municipality", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["measure"], ["measure.id"], name=f"fk_{TABLE}_measure"),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=f"fk_{TABLE}_municipality"
        ),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name=f"fk_{TABLE}_network"),
        sa.PrimaryKeyConstraint("measure", "municipality", name=f"pk_{TABLE}"),
    )
    for column in ("municipality", "network"):
        op.create_index(f"ix_{TABLE}_{column}", TABLE, [column])
    walls.protect(op.get_bind(), TABLE)


def downgrade() -> None:
    """Drop it; each measure is back in the one municipality where it is at home."""
    walls.tear_down(op.get_bind(), TABLE)
    op.drop_table(TABLE)
