"""Sheets that were filled in on paper and are typed in: through the same door as a phone's.

A typed sheet is read, stored and counted exactly as one from a phone, and nothing on it says that
it came from paper, who typed it, or when. Its submission id is known to the browser session of
whoever types, and only until the next sheet: with it the last sheet can be taken back, which
removes its row and its free texts and gives the answers back to be corrected. Without the id nobody
finds the row again.

The audit log says who typed into which wave, how many sheets in the end, and that one was taken
back; never which. Its first line is a transaction of its own, so that it has nothing in common with
the row of a sheet (on PostgreSQL a row remembers its transaction).
"""

from datetime import date
from typing import Final

from survey_app.domain.questions.base import sent
from survey_app.domain.response import Answers, RawAnswers
from survey_app.services.collecting import Door, Receipt, Submission, keys_of_sheet, submit
from survey_app.storage import audit, sheets, waves
from survey_app.storage.database import Database

BEGUN: Final = "begin paper entry"
DONE: Final = "paper entry"
TAKEN_BACK: Final = "take back paper sheet"


def enter(
    database: Database,
    door: Door,
    submission_id: str,
    raw: RawAnswers,
    *,
    is_first: bool,
    today: date,
    actor: str,
) -> Submission:
    """Take in one sheet, as `collecting.submit` does; `is_first` is the first of a sitting."""
    submission = submit(database, door, submission_id, raw, today)
    if is_first and submission.receipt is Receipt.COUNTED:
        _note(database, door, BEGUN, today=today, actor=actor)
    return submission


def take_back(
    database: Database, door: Door, submission_id: str, *, today: date, actor: str
) -> RawAnswers | None:
    """Remove a sheet with its free texts and return its form; None if it cannot be found any more.

    That is so once the wave is over: what its sheets were known by is destroyed when it is counted.
    """
    wave, variables = door.wave.id, door.wave.questionnaire.text_fields
    with database.write() as connection:
        gate = waves.enter(connection, wave)
        if gate.secret is None or today > gate.closes_on:
            return None
        key, text_keys = keys_of_sheet(gate.secret, submission_id, variables)
        stored = sheets.open_answers(connection, wave, key)
        if stored is None:
            return None
        texts = {name: sheets.open_text(connection, wave, key) for name, key in text_keys.items()}
        sheets.remove_open(connection, wave, key)
        for text_key in text_keys.values():
            sheets.remove_open_text(connection, wave, text_key)
    _note(database, door, TAKEN_BACK, today=today, actor=actor)
    written = {name: text for name, text in texts.items() if text is not None}
    return as_form({**sheets.from_text(stored), **written})


def finish(database: Database, door: Door, count: int, *, today: date, actor: str) -> None:
    """Note how many sheets were typed in one sitting; nothing if there were none."""
    if count:
        _note(database, door, DONE, today=today, actor=actor, detail=f"{count} sheets")


def as_form(answers: Answers) -> RawAnswers:
    """Return answers as the form that was sent."""
    return {name: sent(value) for name, value in answers.items()}


def _note(
    database: Database, door: Door, action: str, *, today: date, actor: str, detail: str = ""
) -> None:
    with database.write() as connection:
        audit.note(
            connection,
            network=door.wave.network,
            day=today,
            actor=actor,
            action=action,
            subject=f"wave {door.wave.id}",
            detail=detail,
        )
