"""What a person may do: role, reach and place of an account.

Accounts from before could do everything in their network but hand out accounts: coordinators.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

FORMER_ROLE = "coordinator"
FORMER_REACH = "network"


def upgrade() -> None:
    """Give every account a role; those of before are coordinators."""
    with op.batch_alter_table("staff") as staff:
        staff.add_column(
            sa.Column("role", sa.String(20), nullable=False, server_default=FORMER_ROLE)
        )
        staff.add_column(
            sa.Column("reach", sa.String(20), nullable=False, server_default=FORMER_REACH)
        )
        staff.add_column(sa.Column("place", sa.Integer()))
    with op.batch_alter_table("staff") as staff:
        staff.alter_column("role", server_default=None, existing_type=sa.String(20))
        staff.alter_column("reach", server_default=None, existing_type=sa.String(20))


def downgrade() -> None:
    """Forget who may do what."""
    with op.batch_alter_table("staff") as staff:
        for column in ("role", "reach", "place"):
            staff.drop_column(column)
