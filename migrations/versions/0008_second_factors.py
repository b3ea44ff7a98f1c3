"""Second factors, recovery codes, passkeys, open logins and failed ones.

Logins from before had no row: everybody logs in once more.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = ("staff_login", "second_factor", "recovery_code", "passkey", "failed_login")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "staff_login",
        sa.Column("key", sa.String(64), primary_key=True),
        _account(index=True),
        sa.Column("uniquifier", sa.String(64), nullable=False),
        sa.Column("begun", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("confirmed", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.String(60), nullable=False),
        sa.Column("via", sa.String(20), nullable=False),
    )
    op.create_table(
        "second_factor",
        _account(primary_key=True, autoincrement=False),
        sa.Column("secret", sa.Text()),
        sa.Column("next_secret", sa.Text()),
        sa.Column("since", sa.Date()),
        sa.Column("last_counter", sa.BigInteger()),
    )
    op.create_table(
        "recovery_code",
        _account(primary_key=True, autoincrement=False),
        sa.Column("digest", sa.String(64), primary_key=True),
    )
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), primary_key=True),
        _account(index=True),
        sa.Column("credential", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("used_on", sa.Date()),
    )
    op.create_table(
        "failed_login",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
    )


def downgrade() -> None:
    """Remove the tables: everybody logs in once more, with the password alone."""
    for table in TABLES:
        op.drop_table(table)


def _account(**options: bool) -> sa.Column[int]:
    owner = sa.ForeignKey("staff.id", ondelete="CASCADE")
    return sa.Column("account", sa.Integer(), owner, nullable=False, **options)
