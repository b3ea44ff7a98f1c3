"""A wave: one questionnaire, one audience, open from one day to another.

A wave is planned, then open, then closed, and never goes back; to ask again is a new wave. It
opens and closes by its dates, both days included. `closed` means counted: the button or the
calendar ended it and the block exists. A wave whose last day is over accepts nothing more, even
in the moments before it is counted.

A wave at a school begins only when the school has agreed (domain/approval.py): until then it
`awaits_approval` and stays planned, whatever its dates say. There is no other switch; phones, paper
and files all ask the wave.

Some weeks later those who answered find the results behind the same code: staff may choose the day,
within eight weeks (giving something back within eight weeks is a quality standard, EVALUATION 2.4).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from survey_app.domain.messages import N_
from survey_app.domain.questionnaire import Audience, Questionnaire

RESULTS_AFTER: Final = timedelta(days=14)
RESULTS_WITHIN: Final = timedelta(days=56)


class Phase(StrEnum):
    """Where a wave stands on a given day."""

    PLANNED = "planned"
    OPEN = "open"
    ENDED = "ended"
    CLOSED = "closed"


class Point(StrEnum):
    """When a wave asks, within the design of its measure (domain/design.py)."""

    ONCE = "once"
    BEFORE = "before"
    AFTER = "after"

    @property
    def label(self) -> str:
        """Return the German word, to be translated."""
        return POINTS[self]


POINTS = {Point.ONCE: N_("einmal"), Point.BEFORE: N_("davor"), Point.AFTER: N_("danach")}


@dataclass(frozen=True)
class Wave:
    """One round of questions within a measure.

    `expected` is the size of the group, if known; `results_on` the day that staff chose for the
    results, if they chose one (`results_from` is the day in force). `awaits_approval` says that the
    school has not agreed.
    """

    id: int
    network: int
    measure: int
    questionnaire: Questionnaire
    opens_on: date
    closes_on: date
    expected: int | None = None
    closed_on: date | None = None
    results_on: date | None = None
    point: Point = Point.ONCE
    awaits_approval: bool = False

    @property
    def audience(self) -> Audience:
        """Return who answers."""
        return self.questionnaire.audience

    @property
    def over_on(self) -> date:
        """Return the day on which the wave is over: after its last day, or by the button before."""
        day_after = self.closes_on + timedelta(days=1)
        return min(self.closed_on or day_after, day_after)

    @property
    def results_by(self) -> date:
        """Return the last day on which the results may appear."""
        return self.over_on + RESULTS_WITHIN

    @property
    def results_from(self) -> date:
        """Return the day from which those who answered see the results."""
        chosen = self.results_on or self.over_on + RESULTS_AFTER
        return min(max(chosen, self.over_on), self.results_by)

    def gives_results(self, today: date) -> bool:
        """Return whether the results are out: the wave is counted and their day has come."""
        return self.closed_on is not None and today >= self.results_from

    def phase(self, today: date) -> Phase:
        """Return where the wave stands."""
        if self.closed_on is not None:
            return Phase.CLOSED
        if self.awaits_approval or today < self.opens_on:
            return Phase.PLANNED
        return Phase.OPEN if today <= self.closes_on else Phase.ENDED
