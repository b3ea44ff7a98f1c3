"""A slip that somebody holds (domain/slip.py): which way in it opens, and whether it was used.

Printing them is in slip_printing.py; a phone's server starts without what draws PDFs.
"""

from dataclasses import dataclass

from survey_app.domain.slip import key_of
from survey_app.storage import slips
from survey_app.storage.database import Database


@dataclass(frozen=True)
class HeldSlip:
    """What is known of a slip: its way in, and whether it was used."""

    collector: str
    used: bool


def held(database: Database, code: str) -> HeldSlip | None:
    """Return what is known of a slip's code (as `collector.read_code` returns it), or None.

    Of a code that is none, of one that was withdrawn and of one whose wave is closed nothing is
    known, and all three cost the same.
    """
    with database.read() as connection:
        keys = {wave: key_of(secret, code) for wave, secret in slips.secrets(connection).items()}
        found = slips.with_one_of(connection, keys)
    return HeldSlip(*found) if found else None
