"""Keeping the promise to forget: what is deleted when, and that it was.

The shuffled sheets of a closed wave stay `recount_days`, free texts at most `text_days` after
closing (ANONYMITY.md, "What is stored"), and what was decided about them as long as they do. What
was deleted is noted as a number.
"""

from datetime import date, timedelta

from sqlalchemy import Connection, Table

from survey_app.services.scrubbing import scrub_traces
from survey_app.storage import audit, reviews, sheets, traces, waves
from survey_app.storage.database import Database
from survey_app.storage.schema import SHUFFLED, closed_sheet, review_text, text_decision

RETENTION = "retention"


def forget(database: Database, today: date, *, recount_days: int, text_days: int) -> int:
    """Destroy what is due and return how many sheets and texts that were."""
    with database.write() as connection:
        gone = _forget(connection, today, recount_days, "sheets", closed_sheet)
        gone += _forget(connection, today, text_days, "texts", review_text)
        if gone:
            traces.note(connection, (*SHUFFLED, text_decision))
    if gone:
        scrub_traces(database)
    return gone


def _forget(connection: Connection, today: date, days: int, what: str, table: Table) -> int:
    # Asked every minute: waves that have nothing left must cost nothing.
    gone = 0
    for wave in waves.closed_until(connection, today - timedelta(days=days), holding=table):
        number = sheets.destroy(connection, table, wave.id)
        if table is review_text:
            reviews.destroy_decisions(connection, wave.network, wave.id)
        gone += number
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
