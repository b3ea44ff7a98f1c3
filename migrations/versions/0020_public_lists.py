"""Networks that show their measures in public."""

import sqlalchemy as sa
from alembic import op

from survey_app.storage import walls

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; a network without a row shows nothing."""
    op.create_table(
        "public_list",
        sa.Column("network", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_public_list_network"),
        sa.PrimaryKeyConstraint("network", name="pk_public_list"),
        sa.UniqueConstraint("slug", name="uq_public_list_slug"),
    )
    walls.protect(op.get_bind(), "public_list")


def downgrade() -> None:
    """Drop it; addresses that were printed are lost."""
    walls.tear_down(op.get_bind(), "public_list")
    op.drop_table("public_list")
