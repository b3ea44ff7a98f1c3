"""Keeping the promise to forget: what is deleted when, and that it was.

The shuffled sheets of a closed wave stay `recount_days`, free texts at most `text_days` after
closing (ANONYMITY.md, "What is stored"). What was deleted is noted as a number.
"""

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import Connection

from survey_app.storage import audit, sheets, waves
from survey_app.storage.database import Database
from survey_app.storage.schema import SHUFFLED

RETENTION = "retention"


def forget(database: Database, today: date, *, recount_days: int, text_days: int) -> int:
    """Destroy what is due and return how many sheets and texts that were."""
    with database.write() as connection:
        gone = _forget(connection, today, recount_days, "sheets", sheets.destroy_closed)
        gone += _forget(connection, today, text_days, "texts", sheets.destroy_texts)
    if gone:
        database.scrub(SHUFFLED)
    return gone


def _forget(
    connection: Connection,
    today: date,
    days: int,
    what: str,
    destroy: Callable[[Connection, int], int],
) -> int:
    gone = 0
    for wave in waves.closed_before(connection, today - timedelta(days=days)):
        number = destroy(connection, wave.id)
        gone += number
        if number:
            audit.note(
                connection,
                network=wave.network,
                day=today,
                actor=RETENTION,
                action="forget",
                subject=f"wave {wave.id}",
                detail=f"{number} {what}",
            )
    return gone
