"""Single-use slips, kept as keyed hashes only; big prints made by a worker."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add slips, ways in that ask for one, and jobs."""
    with op.batch_alter_table("collector") as collector:
        collector.add_column(
            sa.Column("single_use", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.create_index(
        "ix_collector_single_use",
        "collector",
        ["wave"],
        sqlite_where=sa.text("single_use"),
        postgresql_where=sa.text("single_use"),
    )
    op.create_table(
        "slip",
        sa.Column("wave", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.LargeBinary(32), nullable=False),
        sa.Column("collector", sa.String(10), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("wave", "key", name="pk_slip"),
        sqlite_with_rowid=False,
    )
    _create_jobs()


def downgrade() -> None:
    """Forget slips and jobs; ways in that asked for a slip are open to everybody again."""
    op.drop_table("job")
    op.drop_table("slip")
    op.drop_index("ix_collector_single_use", "collector")
    with op.batch_alter_table("collector") as collector:
        collector.drop_column("single_use")


def _create_jobs() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.Column("files", sa.String(32), nullable=False),
        sa.Column("order", sa.Text(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_job_network_network"),
        sa.ForeignKeyConstraint(
            ["owner"], ["staff.id"], name="fk_job_owner_staff", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
    )
    op.create_index("ix_job_network", "job", ["network"])
    op.create_index("ix_job_owner", "job", ["owner"])
