"""What happens by itself: waves close when their last day is over, and what is due is forgotten.

`survey-app serve` does this every minute; elsewhere `survey-app housekeeping` does it once and
belongs in the system's timer.
"""

import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from survey_app.services.closing import close_due_waves
from survey_app.services.importing.keeping import forget_kept
from survey_app.services.jobs import forget_jobs
from survey_app.services.retention import forget
from survey_app.services.scrubbing import scrub_traces
from survey_app.storage.database import Database


@dataclass(frozen=True)
class Housekeeping:
    """What was done: numbers only."""

    closed: int
    forgotten: int


def keep_house(
    database: Database,
    today: date,
    *,
    recount_days: int,
    text_days: int,
    jobs_folder: Path | None = None,
) -> Housekeeping:
    """Close what is due, forget what is due, given-up uploads and big prints, clean the files."""
    closed = close_due_waves(database, today)
    forgotten = forget(database, today, recount_days=recount_days, text_days=text_days)
    scrub_traces(database)  # what somebody's long transaction kept from being scrubbed before
    forget_kept(time.time())
    if jobs_folder is not None:
        forget_jobs(database, jobs_folder, time.time())
    return Housekeeping(closed, forgotten)
