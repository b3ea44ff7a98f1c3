"""What was deleted and may still lie in the files of the database.

A deletion notes here, in its own transaction, which tables it left traces in. The note goes when
the files were scrubbed, so that neither a crash nor somebody's long transaction makes the house
forget to forget.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, Table, delete, insert, select

from survey_app.storage import schema


def note(connection: Connection, tables: Iterable[Table]) -> None:
    """Remember that rows of `tables` were deleted."""
    connection.execute(insert(schema.trace), [{"table": table.name} for table in tables])


def noted(connection: Connection) -> dict[int, str]:
    """Return the names of tables with traces, by the id of the note."""
    return dict(tuple(row) for row in connection.execute(select(schema.trace)))


def clear(connection: Connection, notes: Iterable[int]) -> None:
    """Forget notes that were dealt with; a table that was noted meanwhile stays noted."""
    connection.execute(delete(schema.trace).where(schema.trace.c.id.in_(list(notes))))
