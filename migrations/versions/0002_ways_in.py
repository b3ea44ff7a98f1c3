"""Ways in that have no phone or no network of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OPTIONS = ("shared_device", "offline_queue")


def upgrade() -> None:
    """Add the options of a way in, both off, and the keys that a queue is sealed with."""
    for option in OPTIONS:
        op.add_column(
            "collector",
            sa.Column(option, sa.Boolean(), nullable=False, server_default=sa.false()),
        )
    op.create_table(
        "wave_key",
        sa.Column("wave", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("private", sa.LargeBinary(length=32), nullable=False),
        sa.Column("public", sa.LargeBinary(length=65), nullable=False),
        sa.ForeignKeyConstraint(["wave"], ["wave.id"], name="fk_wave_key_wave"),
        sa.PrimaryKeyConstraint("wave", name="pk_wave_key"),
    )


def downgrade() -> None:
    """Drop them; what waits on devices can never be opened afterwards."""
    op.drop_table("wave_key")
    for option in OPTIONS:
        op.drop_column("collector", option)
