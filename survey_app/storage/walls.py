"""The walls between networks: who may look across them, and the second wall on PostgreSQL.

The first wall is the `network` that every storage function demands. The tests watch every
statement of the program: one that reads or writes a table of the workspace says which network, or
says by name why it crosses all of them:

    select(schema.wave).where(…).execution_options(**across(Crossing.DUE))

The second wall stands in PostgreSQL. A desk works in a role of its own that row-level security
shows one network: the one its transaction is bound to. With none it sees nothing. The owner of the
tables, who serves the phones, closes waves and migrates, is not asked, which costs a phone nothing
and lets a backup be complete (docs/adr/021-walls-between-networks.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, inspect, text

BOUND: Final = "network"
"""The execution option of a connection that is bound to a network."""
ACROSS: Final = "across_networks"
"""The execution option of a statement that crosses networks; its value is a `Crossing`."""

ROLE: Final = "mitreden_desk"
SETTING: Final = "mitreden.network"

# Both for this transaction only, in one round trip.
STAND_BEHIND = text(
    f"SELECT set_config('role', '{ROLE}', true), set_config('{SETTING}', :network, true)"
)
BOUND_TO: Final = f"nullif(current_setting('{SETTING}', true), '')::integer"
OF_A_WAVE: Final = "EXISTS (SELECT FROM wave WHERE wave.id = {table}.wave AND wave.network = {own})"
# A wall is no wall for a superuser, for BYPASSRLS, for the owner of a table, and for a role that
# may act as one of them; and nobody can stand behind it who may not take the role.
IS_SHUT = text("""
    SELECT NOT (rolsuper OR rolbypassrls) AND pg_has_role(current_user, oid, 'MEMBER')
        AND NOT EXISTS (SELECT FROM pg_roles AS strong
            WHERE (strong.rolsuper OR strong.rolbypassrls)
                AND pg_has_role(desk.oid, strong.oid, 'MEMBER'))
        AND NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = current_schema()::regnamespace
            AND pg_has_role(desk.oid, relowner, 'MEMBER'))
    FROM pg_roles AS desk WHERE rolname = :role
""")
WITHOUT_WALL = text("""
    SELECT DISTINCT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
        AND attname IN ('network', 'wave') AND NOT attisdropped
        AND NOT (relrowsecurity AND EXISTS (SELECT FROM pg_policy
            WHERE polrelid = pg_class.oid AND polroles = ARRAY[to_regrole(:role)::oid]))
    ORDER BY relname
""")
EVERYTHING: Final = "SELECT, INSERT, UPDATE, DELETE"


class Crossing(StrEnum):
    """Why a statement may look across all networks; docs/operations.md explains each."""

    CODE = "the code on a poster is the permission"
    DUE = "what is due is due everywhere"
    LOGIN = "an address or a cookie says whose account it is"
    NAMES = "whoever runs the installation names a network"
    PUBLIC = "the address of a public list is for everybody"
    MIGRATION = "the schema changes everywhere"


def across(reason: Crossing) -> Mapping[str, Crossing]:
    """Return the execution options of a statement that may cross networks."""
    return {ACROSS: reason}


def stand_behind(connection: Connection, network: int) -> None:
    """Show a transaction on PostgreSQL one network only, until it ends."""
    connection.execute(STAND_BEHIND, {"network": str(network)})


@dataclass(frozen=True)
class Standing:
    """How the second wall stands.

    `is_open`: the role of the desks is shown everything, or cannot be taken. `without`: tables that
    carry a network or a wave and have no wall.
    """

    is_open: bool
    without: tuple[str, ...]


def standing(connection: Connection) -> Standing:
    """Return how the second wall stands in a database on PostgreSQL."""
    role = {"role": ROLE}
    without = connection.execute(WITHOUT_WALL, role).scalars()
    return Standing(not connection.execute(IS_SHUT, role).scalar(), tuple(without))


def prepare(connection: Connection) -> None:
    """Make the role of the desks, for migrations; does nothing on SQLite.

    Roles belong to the whole server: another installation may have made it, and may need it later.
    """
    if connection.dialect.name != "postgresql":
        return
    make_role = text(f"""
        DO $$ DECLARE
            may text := CASE WHEN current_setting('server_version_num')::int < 160000
                THEN 'MEMBER' ELSE 'SET' END;
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN
                CREATE ROLE {ROLE} NOLOGIN;
            END IF;
            IF NOT pg_has_role(current_user, '{ROLE}', may) THEN
                EXECUTE format('GRANT {ROLE} TO %I', current_user);
            END IF;
            EXECUTE format('GRANT USAGE ON SCHEMA %I TO {ROLE}', current_schema());
        EXCEPTION WHEN insufficient_privilege THEN
            RAISE EXCEPTION 'The owner of the database may not make the role {ROLE}. Let a'
                ' superuser say once: CREATE ROLE {ROLE} NOLOGIN; GRANT {ROLE} TO %;',
                quote_ident(current_user);
        END $$""")
    connection.execute(make_role)


def protect(
    connection: Connection, table: str, *, column: str = "network", rights: str = EVERYTHING
) -> None:
    """Show the desks only their network's rows of a table, for migrations; not on SQLite."""
    _wall(connection, table, f"{table}.{column} = {BOUND_TO}", rights)


def protect_by_wave(connection: Connection, table: str, *, rights: str = EVERYTHING) -> None:
    """Do the same with a table whose rows belong to a wave and carry no network."""
    _wall(connection, table, OF_A_WAVE.format(table=table, own=BOUND_TO), rights)


def open_to_desks(connection: Connection, table: str, *, rights: str = EVERYTHING) -> None:
    """Let the desks use a table that belongs to no network; without this they cannot."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"GRANT {rights} ON {table} TO {ROLE}")
        _grant_numbers(connection, table)


def tear_down(connection: Connection, table: str) -> None:
    """Take back what `protect` or `open_to_desks` did."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"DROP POLICY IF EXISTS wall ON {table}")
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        connection.exec_driver_sql(f"REVOKE ALL ON {table} FROM {ROLE}")


def _wall(connection: Connection, table: str, belongs: str, rights: str) -> None:
    if connection.dialect.name != "postgresql":
        return
    open_to_desks(connection, table, rights=rights)
    connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    connection.exec_driver_sql(
        f"CREATE POLICY wall ON {table} TO {ROLE} USING ({belongs}) WITH CHECK ({belongs})"
    )


def _grant_numbers(connection: Connection, table: str) -> None:
    """Let the desks draw the next id of a table that counts its rows."""
    serial = text("SELECT pg_get_serial_sequence(:table, 'id')")
    columns = {each["name"] for each in inspect(connection).get_columns(table)}
    numbers = connection.scalar(serial, {"table": table}) if "id" in columns else None
    if numbers is not None:
        connection.exec_driver_sql(f"GRANT USAGE ON {numbers} TO {ROLE}")
