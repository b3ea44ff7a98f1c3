"""The audit log becomes a chain; on PostgreSQL every tenant table gets its wall.

How a line is digested stands here once more, as it was when the first chains were made: what
storage/audit.py does later must not change what this migration writes. Whoever rebuilds the table
`audit` on SQLite must make its triggers again.
"""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

from survey_app.storage import walls

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TENANTS = (
    *("branding", "municipality", "organisation", "site", "staff", "invitation", "sign_on"),
    *("measure", "goal", "commitment", "sheet_reading", "saved_assignment", "job", "audit"),
    *("wave", "collector", "approval", "imported_wave", "block"),
)
BY_WAVE = (
    *("wave_secret", "wave_key", "slip"),
    *("open_sheet", "open_text", "closed_sheet", "review_text"),
)
OF_NO_NETWORK = ("trace",)
ADDED_ONLY = "SELECT, INSERT"

NEVER_ON_SQLITE = """
CREATE TRIGGER audit_is_never_{done} BEFORE {deed} ON audit
BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END
"""
REFUSE = """
CREATE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'The audit log is append-only.' USING ERRCODE = 'restrict_violation'; END $$
"""
NEVER_ON_POSTGRES = """
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses()
"""

AUDIT = sa.table(
    "audit",
    *(sa.column(name) for name in ("id", "network", "actor", "action", "subject", "detail")),
    sa.column("day", sa.Date()),
    *(sa.column(name) for name in ("number", "before", "digest")),
)


def upgrade() -> None:
    """Chain the lines that are there, lock the log, build the walls."""
    with op.batch_alter_table("audit") as audit:
        audit.add_column(sa.Column("number", sa.Integer()))
        audit.add_column(sa.Column("before", sa.String(64)))
        audit.add_column(sa.Column("digest", sa.String(64)))
    _chain(op.get_bind())
    with op.batch_alter_table("audit") as audit:
        audit.alter_column("number", nullable=False, existing_type=sa.Integer())
        audit.alter_column("before", nullable=False, existing_type=sa.String(64))
        audit.alter_column("digest", nullable=False, existing_type=sa.String(64))
        audit.create_unique_constraint("uq_audit_network_number", ["network", "number"])
    _lock()
    _build_walls(op.get_bind())


def downgrade() -> None:
    """Tear the walls down and forget the chain; the lines stay."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        for table in ("network", *TENANTS, *BY_WAVE, *OF_NO_NETWORK):
            walls.tear_down(connection, table)
        op.execute("DROP TRIGGER audit_is_never_changed ON audit")
        op.execute("DROP FUNCTION audit_refuses()")
    else:
        for done in ("changed", "deleted"):
            op.execute(f"DROP TRIGGER audit_is_never_{done}")
    with op.batch_alter_table("audit") as audit:
        audit.drop_constraint("uq_audit_network_number", type_="unique")
        for column in ("number", "before", "digest"):
            audit.drop_column(column)


def _chain(connection: sa.Connection) -> None:
    ends: dict[int, tuple[int, str]] = {}
    for row in connection.execute(sa.select(AUDIT).order_by(AUDIT.c.id)).all():
        number, before = ends.get(row.network, (0, "0" * 64))
        line = {name: getattr(row, name) for name in ("network", "actor", "action", "subject")}
        line |= {"day": row.day.isoformat(), "detail": row.detail}
        line |= {"number": number + 1, "before": before}
        text = json.dumps(line, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        digest = hashlib.sha256(text.encode()).hexdigest()
        added = {"number": number + 1, "before": before, "digest": digest}
        connection.execute(sa.update(AUDIT).where(AUDIT.c.id == row.id).values(added))
        ends[row.network] = number + 1, digest


def _lock() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(REFUSE)
        op.execute(NEVER_ON_POSTGRES)
    else:
        op.execute(NEVER_ON_SQLITE.format(deed="UPDATE", done="changed"))
        op.execute(NEVER_ON_SQLITE.format(deed="DELETE", done="deleted"))


def _build_walls(connection: sa.Connection) -> None:
    if connection.dialect.name != "postgresql":
        return
    walls.prepare(connection)
    walls.protect(connection, "network", column="id")
    for table in TENANTS:
        rights = ADDED_ONLY if table == "audit" else walls.EVERYTHING
        walls.protect(connection, table, rights=rights)
    for table in BY_WAVE:
        walls.protect_by_wave(connection, table)
    for table in OF_NO_NETWORK:
        walls.open_to_desks(connection, table)
