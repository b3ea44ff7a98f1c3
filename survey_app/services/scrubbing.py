"""Removing from the files what was deleted from the tables (storage/traces.py)."""

from survey_app.storage import traces
from survey_app.storage.database import Database


def scrub_traces(database: Database) -> bool:
    """Scrub what deletions have left; return whether nothing remains.

    Somebody who is still reading an older state can be in the way; housekeeping comes back every
    minute.
    """
    with database.read() as connection:
        noted = traces.noted(connection)
    if not noted:
        return True
    if not database.scrub(sorted(set(noted.values()))):
        return False
    with database.write() as connection:
        traces.clear(connection, noted)
    return True
