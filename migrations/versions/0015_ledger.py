"""The ledger: every release, and the grain each wave belongs to.

That a wave belongs to one grain for ever is the primary key of `ledger_wave`; that nothing is taken
back is a trigger. Whoever rebuilds these tables on SQLite must make the triggers again.
"""

import sqlalchemy as sa
from alembic import op

from survey_app.storage import walls

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLES = ("ledger", "ledger_wave")

NEVER_ON_SQLITE = """
CREATE TRIGGER {table}_is_never_{done} BEFORE {deed} ON {table}
BEGIN SELECT RAISE(ABORT, 'The ledger is append-only.'); END
"""
REFUSE = """
CREATE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'The ledger is append-only.' USING ERRCODE = 'restrict_violation'; END $$
"""
NEVER_ON_POSTGRES = """
CREATE TRIGGER {table}_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuses()
"""


def upgrade() -> None:
    """Make the two tables; waves that were shown before are entered when they are shown again."""
    op.create_table(
        "ledger",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("grains", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_ledger_network"),
        sa.PrimaryKeyConstraint("id", name="pk_ledger"),
        sa.UniqueConstraint("network", "name", "digest", name="uq_ledger_network_name_digest"),
    )
    op.create_index("ix_ledger_network", "ledger", ["network"])
    op.create_table(
        "ledger_wave",
        sa.Column("wave", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("network", sa.Integer(), nullable=False),
        sa.Column("grain", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["network"], ["network.id"], name="fk_ledger_wave_network"),
        sa.ForeignKeyConstraint(["wave"], ["wave.id"], name="fk_ledger_wave_wave"),
        sa.PrimaryKeyConstraint("wave", name="pk_ledger_wave"),
    )
    op.create_index("ix_ledger_wave_network", "ledger_wave", ["network"])
    op.create_index("ix_ledger_wave_grain", "ledger_wave", ["grain"])
    _lock()
    for table in TABLES:
        walls.protect(op.get_bind(), table, rights="SELECT, INSERT")


def downgrade() -> None:
    """Drop them. What was released stays known to its readers, and nothing here knows it then."""
    connection = op.get_bind()
    for table in reversed(TABLES):
        walls.tear_down(connection, table)
        op.drop_table(table)
    if connection.dialect.name == "postgresql":
        op.execute("DROP FUNCTION ledger_refuses()")


def _lock() -> None:
    on_postgres = op.get_bind().dialect.name == "postgresql"
    if on_postgres:
        op.execute(REFUSE)
    for table in TABLES:
        if on_postgres:
            op.execute(NEVER_ON_POSTGRES.format(table=table))
        else:
            op.execute(NEVER_ON_SQLITE.format(table=table, deed="UPDATE", done="changed"))
            op.execute(NEVER_ON_SQLITE.format(table=table, deed="DELETE", done="deleted"))
