"""A wave: one questionnaire, one audience, open from one day to another.

A wave is planned, then open, then closed, and never goes back; to ask again is a new wave. It
opens and closes by its dates, both days included. `closed` means counted: the button or the
calendar ended it and the block exists. A wave whose last day is over accepts nothing more, even
in the moments before it is counted.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from survey_app.domain.questionnaire import Audience, Questionnaire


class Phase(StrEnum):
    """Where a wave stands on a given day."""

    PLANNED = "planned"
    OPEN = "open"
    ENDED = "ended"
    CLOSED = "closed"


@dataclass(frozen=True)
class Wave:
    """One round of questions within a measure. `expected` is the size of the group, if known."""

    id: int
    network: int
    measure: int
    questionnaire: Questionnaire
    opens_on: date
    closes_on: date
    expected: int | None = None
    closed_on: date | None = None

    @property
    def audience(self) -> Audience:
        """Return who answers."""
        return self.questionnaire.audience

    def phase(self, today: date) -> Phase:
        """Return where the wave stands."""
        if self.closed_on is not None:
            return Phase.CLOSED
        if today < self.opens_on:
            return Phase.PLANNED
        return Phase.OPEN if today <= self.closes_on else Phase.ENDED
