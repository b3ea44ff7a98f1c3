"""What comes next: what was decided after measures, and what was promised to young people.

The list for the talk with the municipality or the group of a topic (Zwischengespräch): by day, what
has no day at the end. What is done, or will not be done, is no step any more.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from survey_app.domain.commitment import HAS_A_DAY, Commitment
from survey_app.domain.commitment import Status as Promised
from survey_app.domain.master_data import Decision
from survey_app.domain.measure import Measure

Log = tuple[tuple[Measure, tuple[Commitment, ...]], ...]


@dataclass(frozen=True)
class Step:
    """One step: of which measure, what, who sees to it, until when.

    `decision` is what becomes of the measure; None of a promise.
    """

    measure: Measure
    decision: Decision | None
    what: str
    who: str
    due_on: date | None

    def is_late(self, today: date) -> bool:
        """Return whether it should have been done by now."""
        return self.due_on is not None and self.due_on < today


def steps_of(measures: Iterable[Measure], log: Log) -> tuple[Step, ...]:
    """Return the steps in the order in which they are due."""
    found = [*_decided(measures), *_promised(log)]
    found.sort(key=lambda step: (step.due_on or date.max, step.measure.title.casefold()))
    return tuple(found)


def promised(log: Log) -> dict[Promised, int]:
    """Return how many promises there are of each status."""
    said = [each.status for _, found in log for each in found]
    return {status: said.count(status) for status in Promised}


def decided(measures: Iterable[Measure]) -> dict[Decision, int]:
    """Return how many measures go on, change, end or move elsewhere."""
    said = [measure.master.consequence.decision for measure in measures]
    return {decision: said.count(decision) for decision in Decision}


def _decided(measures: Iterable[Measure]) -> Iterator[Step]:
    for measure in measures:
        found = measure.master.consequence
        if found.decision is not None:
            yield Step(measure, found.decision, found.reason, found.responsible, found.due_on)


def _promised(log: Log) -> Iterator[Step]:
    for measure, commitments in log:
        for each in commitments:
            if each.status in HAS_A_DAY:
                yield Step(measure, None, each.answer, each.office, each.due_on)
