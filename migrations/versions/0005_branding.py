"""How the paper of a network looks: its colour and its logo."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; a network without a row has our colours and no logo."""
    op.create_table(
        "branding",
        sa.Column("network", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("accent", sa.String(length=7), nullable=False),
        sa.Column("logo_kind", sa.String(length=3), nullable=True),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("logo_width", sa.Float(), nullable=True),
        sa.Column("logo_height", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_branding_network"),
        sa.PrimaryKeyConstraint("network", name="pk_branding"),
    )


def downgrade() -> None:
    """Drop the table; logos are lost."""
    op.drop_table("branding")
