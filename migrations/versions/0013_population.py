"""Places in more detail.

How many people live in a municipality, when and by which count; the legal form of an organisation;
the form of a school.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

COLUMNS = {
    "municipality": (
        lambda: sa.Column("population", sa.Integer()),
        lambda: sa.Column("population_on", sa.Date()),
        lambda: sa.Column("population_basis", sa.String(200), nullable=False, server_default=""),
        lambda: sa.Column("youth_population", sa.Integer()),
    ),
    "organisation": (
        lambda: sa.Column("legal_form", sa.String(100), nullable=False, server_default=""),
    ),
    "site": (lambda: sa.Column("school_form", sa.String(20)),),
}


def upgrade() -> None:
    """Add the columns, empty."""
    for table, columns in COLUMNS.items():
        for column in columns:
            op.add_column(table, column())


def downgrade() -> None:
    """Drop them; not in a batch, which would have to drop tables that others refer to."""
    for table, columns in COLUMNS.items():
        for column in columns:
            op.drop_column(table, column().name)
