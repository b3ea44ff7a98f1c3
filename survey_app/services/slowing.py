"""Whoever guesses gets slower, and nobody is locked out.

After five wrong passwords in a row each further try costs a wait that doubles: 2, 4, 8 … seconds,
at most a minute (a quarter of an hour for codes of six digits, which are easier to guess). While
it lasts nothing is checked and nothing is counted, so asking again does not prolong it. A right one
forgives everything; a day without a failure does too.

What is counted is a key, not a person: a keyed hash of the address that was typed, whether or not
there is such an account. A browser in which somebody has logged in before has a key of its own
(web/account/known.py): whoever guesses elsewhere does not slow its owner.
"""

import math
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from survey_app.storage import logins
from survey_app.storage.database import Database
from survey_app.storage.logins import Failures

FREE: Final = 5
FORGOTTEN: Final = 24 * 60 * 60


@dataclass(frozen=True)
class Pace:
    """How slow it gets at most, in seconds."""

    most: int


PASSWORDS: Final = Pace(60)
CODES: Final = Pace(15 * 60)


class TooSoon(Exception):
    """Raised for a try before its time; `seconds` are left."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def delay(failures: int, pace: Pace) -> int:
    """Return how many seconds somebody waits after so many failures in a row."""
    doublings = failures - FREE
    if doublings < 0:
        return 0
    return min(pace.most, 2 << min(doublings, 20))


def demand_patience(connection: Connection, key: str, pace: Pace, now: float) -> None:
    """Raise TooSoon if the wait of a key is not over."""
    failed = _remembered(connection, key, now)
    left = failed.last + delay(failed.count, pace) - now
    if left > 0:
        raise TooSoon(math.ceil(left))


def note_failure(connection: Connection, key: str, now: float) -> None:
    """Remember that somebody was wrong."""
    since = int(now) - FORGOTTEN
    logins.forget_failures(connection, before=since)
    logins.count_failure(connection, key, now=int(now), since=since)


def check_patience(database: Database, key: str, pace: Pace, now: float) -> None:
    """Do what `demand_patience` does, before something expensive."""
    with database.read() as connection:
        demand_patience(connection, key, pace, now)


def fail(database: Database, key: str, now: float) -> None:
    """Store that somebody was wrong."""
    with database.write() as connection:
        note_failure(connection, key, now)


def forgive(database: Database, key: str) -> None:
    """Forget what went wrong; writes only if something did."""
    with database.read() as connection:
        if logins.failures(connection, key) is None:
            return
    with database.write() as connection:
        logins.forgive(connection, key)


def _remembered(connection: Connection, key: str, now: float) -> Failures:
    failed = logins.failures(connection, key)
    if failed is None or now - failed.last > FORGOTTEN:
        return Failures(0, 0)
    return failed
