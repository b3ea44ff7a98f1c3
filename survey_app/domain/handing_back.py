"""Handing the results back to the school or institution in which young people were asked.

North Rhine-Westphalia demands it of every survey at a school (BASS 10-45 Nr. 2). Who handed them
over and when is recorded per measure. What is counted afterwards has not been handed back yet.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from survey_app.domain.measure import Measure, Setting
from survey_app.domain.messages import N_, Fault, Message

LONGEST: Final = 100
LINES: Final = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class HandedBack:
    """When results were handed back, and who did it: a name or an office, for staff only."""

    day: date
    by: str


def is_at_school(measure: Measure) -> bool:
    """Return whether a school has a right to the results."""
    return measure.site is not None and measure.site.setting is Setting.SCHOOL


def is_due(handed: HandedBack | None, counted_on: Collection[date]) -> bool:
    """Return whether somebody must still hand over what was counted on these days."""
    return bool(counted_on) and (handed is None or handed.day < max(counted_on))


def faults_of(new: HandedBack, counted_on: date | None, today: date) -> list[Fault]:
    """Return what cannot be, each with the name of its field; `counted_on` was the first count."""
    found = {
        "day": _fault_of_day(new.day, counted_on, today),
        "by": (not new.by and NO_ONE) or ((len(new.by) > LONGEST or LINES.search(new.by)) and LONG),
    }
    return [Fault(Message(text), (field,)) for field, text in found.items() if text]


def _fault_of_day(day: date, counted_on: date | None, today: date) -> str | None:
    if counted_on is None:
        return NOTHING_YET
    if day > today:
        return STILL_TO_COME
    return BEFORE if day < counted_on else None


NO_ONE = N_("Bitte nennen Sie, wer die Ergebnisse übergeben hat.")
LONG = N_("Das ist zu lang. Bitte kürzen Sie den Text.")
NOTHING_YET = N_("Noch ist nichts ausgezählt. Ergebnisse gibt es nach dem Ende der Erhebung.")
STILL_TO_COME = N_("Dieser Tag kommt erst noch. Bitte wählen Sie heute oder früher.")
BEFORE = N_("An diesem Tag war noch nichts ausgezählt. Bitte prüfen Sie den Tag.")
