"""Quality standards: what a measure does well whatever its answers say (EVALUATION.md 2.4).

    target      every goal stood before the first wave opened
    response    at least half of the group of young people answered
    involved    young people had a say: stage 6 of 9 and more really is participation
    feedback    the results were out behind the code within eight weeks
    help        whoever answered saw where to find help

A standard is a share of the measures it can be judged by. What is not known does not count as met
and is counted by itself. Answers from a file were collected elsewhere: whether help was shown there
and results given back, nobody here knows.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from survey_app.domain.lights import GOOD_RESPONSE, JudgedGoal
from survey_app.domain.master_data import ParticipationStage
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_, Message
from survey_app.domain.questionnaire import Audience
from survey_app.domain.results import WaveResult, response_rate

INVOLVED_FROM: Final = ParticipationStage.CO_DETERMINATION


@dataclass(frozen=True)
class Judged:
    """A measure with its closed waves and its goals."""

    measure: Measure
    results: tuple[WaveResult, ...]
    goals: tuple[JudgedGoal, ...]

    @property
    def young(self) -> tuple[WaveResult, ...]:
        """Return the waves that young people answered."""
        return tuple(
            result for result in self.results if result.wave.audience is Audience.YOUNG_PEOPLE
        )


@dataclass(frozen=True)
class Standard:
    """`met` of `of` measures; of `unknown` of them nobody knows."""

    name: Message
    met: int
    of: int
    unknown: int


def standards(measures: Sequence[Judged], today: date) -> tuple[Standard, ...]:
    """Return all standards."""
    asked = [each for each in measures if each.results]
    young = [each for each in measures if each.young]
    due = [each for each in young if _is_due(each, today)]
    return (
        _standard(TARGET, asked, _target),
        _standard(RESPONSE, young, _response),
        _standard(INVOLVED, measures, _involved),
        _standard(FEEDBACK, due, _fed_back),
        _standard(HELP, young, _helped),
    )


def _standard(
    name: str, measures: Iterable[Judged], judge: Callable[[Judged], bool | None]
) -> Standard:
    found = [judge(each) for each in measures]
    return Standard(Message(name), found.count(True), len(found), found.count(None))


def _target(each: Judged) -> bool:
    return bool(each.goals) and not any(goal.late for goal in each.goals)


def _response(each: Judged) -> bool | None:
    rates = [response_rate(each.measure, result) for result in each.young]
    known = [rate for rate in rates if rate is not None]
    return min(known) >= GOOD_RESPONSE if known else None


def _involved(each: Judged) -> bool | None:
    stage = each.measure.master.participation.stage
    return None if stage is None else stage >= INVOLVED_FROM


def _is_due(each: Judged, today: date) -> bool:
    return all(result.imported or result.wave.gives_results(today) for result in each.young)


def _fed_back(each: Judged) -> bool | None:
    """Whoever has the code sees results within eight weeks (wave.results_by); files have none."""
    return None if any(result.imported for result in each.young) else True


def _helped(each: Judged) -> bool | None:
    return None if any(result.imported for result in each.young) else True


TARGET: Final = N_("Zielwert vor der Erhebung festgelegt")
RESPONSE: Final = N_("Rücklauf mindestens 50 %%")
INVOLVED: Final = N_("Junge Menschen haben mitbestimmt (Stufe 6 und höher)")
FEEDBACK: Final = N_("Ergebnis binnen acht Wochen zurückgegeben")
HELP: Final = N_("Hilfsangebote gezeigt")
