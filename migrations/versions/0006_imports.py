"""Imports: which waves were collected elsewhere, and assignments to be used again."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "imported_wave",
        sa.Column("wave", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_imported_wave_network"),
        sa.ForeignKeyConstraint(["wave"], ["wave.id"], name="fk_imported_wave_wave"),
        sa.PrimaryKeyConstraint("wave", name="pk_imported_wave"),
    )
    op.create_index("ix_imported_wave_network", "imported_wave", ["network"])
    op.create_table(
        "saved_assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("questionnaire", sa.String(length=50), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_saved_assignment_network"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_assignment"),
        sa.UniqueConstraint(
            "network",
            "questionnaire",
            "name",
            name="uq_saved_assignment_network_questionnaire_name",
        ),
    )
    op.create_index("ix_saved_assignment_network", "saved_assignment", ["network"])


def downgrade() -> None:
    """Drop them; which waves were imported is forgotten, what was counted stays."""
    op.drop_table("saved_assignment")
    op.drop_table("imported_wave")
