"""What a roll-up says on paper and on a page: of a year, a municipality, a topic (scope.py).

    roll_up_core.py     the core questions, and of how much numbers are told
    roll_up_rest.py     a municipality beside the rest of the district
    roll_up_change.py   before and after over the measures of a topic
    roll_up_trend.py    what the conferences of a network say
    roll_up_money.py    what it cost, and who paid
    roll_up_steps.py    what comes next

Everything is in the order of the alphabet; nothing is a ranking.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from survey_app.domain.codebook import Variable
from survey_app.domain.commitment import Commitment
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.funnel import Funnel
from survey_app.domain.ledger import Refused
from survey_app.domain.lights import Light
from survey_app.domain.measure import Measure, Municipality, Network, Topic
from survey_app.domain.messages import Message
from survey_app.domain.questionnaire import Audience
from survey_app.domain.results import WaveResult
from survey_app.domain.roll_up_change import Pooled, pooled_changes
from survey_app.domain.roll_up_core import (
    CoreLine,
    can_be_asked,
    core_audiences,
    core_lines,
    core_variables,
    enough,
    funnel_of,
    too_small,
    why_not,
)
from survey_app.domain.roll_up_money import Money, money_of
from survey_app.domain.roll_up_rest import Rest, RestOfDistrict, rest_of_district
from survey_app.domain.roll_up_steps import Step, steps_of
from survey_app.domain.roll_up_trend import CONFERENCE, Trend, trend_of
from survey_app.domain.rollup import RolledUp
from survey_app.domain.scope import Scope, institution_of
from survey_app.domain.selection import Counted, WhiteSpots, places_of
from survey_app.domain.standards import Judged, Standard, standards

QUOTES: Final = "„“”\"»«‚‘'"  # before a title they are no letters

__all__ = [
    "CONFERENCE",
    "CoreLine",
    "Known",
    "RollUpReport",
    "audience_of",
    "can_be_asked",
    "report_of",
    "too_small",
    "why_not",
]


@dataclass(frozen=True)
class Reach:
    """How many took part in a municipality, beside how many young people live there.

    Who took part twice counts twice. `unknown` measures have no number; `town` is None for measures
    in several municipalities or for the whole district.
    """

    town: Municipality | None
    participations: int
    unknown: int


@dataclass(frozen=True)
class RollUpReport:
    """Everything a roll-up says.

    `rolled` is what the files contain; `why` says why there are no core questions. `shared` are
    measures that take place in this municipality among others: named, not counted. `rest` is only
    there for a municipality, `changes` for a topic, `trend` for the
    network and for the topic of networking.
    """

    scope: Scope
    network: Network
    town: Municipality | None
    as_of: date
    policy: DisclosurePolicy
    measures: tuple[Judged, ...]
    spots: WhiteSpots
    reach: tuple[Reach, ...]
    rolled: RolledUp | None
    why: Message | None
    cores: tuple[CoreLine, ...]
    funnel: tuple[Variable, Funnel] | None
    lights: Mapping[Light, int]
    standards: tuple[Standard, ...]
    money: Money
    trend: Trend | None
    commitments: tuple[tuple[Measure, tuple[Commitment, ...]], ...]
    shared: tuple[Measure, ...] = ()
    rest: RestOfDistrict | None = None
    changes: tuple[Pooled, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def number(self) -> str:
        """Return the number of this roll-up: year, scope and day of the data."""
        return f"G{self.scope.year}-{self.scope.key}-{self.as_of:%Y%m%d}"

    @property
    def institutions(self) -> int:
        """Return how many institutions the measures are from."""
        return len({institution_of(each.measure) for each in self.measures})

    @property
    def variables(self) -> Mapping[str, Variable]:
        """Return what was asked, by core question."""
        return {line.variable.core or line.variable.name: line.variable for line in self.cores}


@dataclass(frozen=True)
class Known:
    """What a report is made of; `measures` are those of the scope, `of_all_years` all there are."""

    network: Network
    towns: tuple[Municipality, ...]
    measures: tuple[Judged, ...]
    commitments: tuple[Commitment, ...]
    conferences: tuple[tuple[Measure, WaveResult], ...] = ()
    shared: tuple[Measure, ...] = ()
    of_all_years: tuple[Measure, ...] = ()
    rest: Rest | None = None


def report_of(
    scope: Scope,
    known: Known,
    rolled: RolledUp | Refused | Message,
    *,
    policy: DisclosurePolicy,
    as_of: date,
) -> RollUpReport:
    """Return the report; a message in the place of the roll-up says why there is none."""
    ordered = tuple(sorted(known.measures, key=_alphabet))
    at = {result.wave.id: each.measure for each in ordered for result in each.results}
    shown, why = enough(scope, rolled, at)
    log = tuple(_log(ordered, known.commitments))
    lines = tuple(core_lines(scope, shown, core_variables(ordered), at)) if shown else ()
    return RollUpReport(
        scope=scope,
        network=known.network,
        town=next((town for town in known.towns if town.id == scope.municipality), None),
        as_of=as_of,
        policy=policy,
        measures=ordered,
        spots=_spots(scope, known.towns, ordered),
        reach=tuple(_reach(scope, known.towns, ordered)),
        rolled=_to_be_filed(shown, lines),
        why=why,
        cores=lines,
        funnel=funnel_of(shown, lines),
        lights=Counter(goal.light for each in ordered for goal in each.goals),
        standards=standards(ordered, as_of),
        money=money_of(scope, known.of_all_years or [each.measure for each in ordered]),
        trend=trend_of(known.conferences) if scope.has_conferences else None,
        commitments=log,
        shared=tuple(sorted(known.shared, key=lambda measure: measure.title.casefold())),
        rest=rest_of_district(scope, lines, known.rest) if scope.municipality else None,
        changes=pooled_changes(ordered, policy) if scope.topic else (),
        steps=steps_of((each.measure for each in ordered), log),
    )


def audience_of(report: RollUpReport) -> Mapping[str, Audience]:
    """Return who was asked each core question."""
    return core_audiences(report.measures)


def _alphabet(each: Judged) -> tuple[object, ...]:
    measure = each.measure
    return measure.title.lstrip(QUOTES).casefold(), measure.starts_on, measure.id


def _to_be_filed(rolled: RolledUp | None, lines: Iterable[CoreLine]) -> RolledUp | None:
    """Return the roll-up without what is too small for this scope: files say no more than paper."""
    if rolled is None:
        return None
    kept = {line.variable.name for line in lines if not isinstance(line.table, Message)}
    return replace(
        rolled, cores={name: core for name, core in rolled.cores.items() if name in kept}
    )


# Reach


def _spots(scope: Scope, towns: Sequence[Municipality], measures: Iterable[Judged]) -> WhiteSpots:
    counted = Counter((places_of(each.measure), _topics(scope, each)) for each in measures)
    shown = [town for town in towns if scope.municipality in (None, town.id)]
    shown.sort(key=lambda town: town.name.casefold())
    return WhiteSpots(tuple(shown), tuple(Counted(*key, number) for key, number in counted.items()))


def _topics(scope: Scope, each: Judged) -> tuple[Topic, ...]:
    return (each.measure.topic,) if scope.topic else each.measure.topics


def _reach(
    scope: Scope, towns: Sequence[Municipality], measures: Sequence[Judged]
) -> Iterator[Reach]:
    for town in sorted(towns, key=lambda town: town.name.casefold()):
        if scope.municipality in (None, town.id):
            there = [
                each.measure
                for each in measures
                if each.measure.counted_in and each.measure.counted_in.id == town.id
            ]
            yield _reached(town, there)
    wide = [each.measure for each in measures if each.measure.counted_in is None]
    if wide:
        yield _reached(None, wide)


def _reached(town: Municipality | None, measures: Sequence[Measure]) -> Reach:
    known = [measure.participants for measure in measures if measure.participants is not None]
    return Reach(town, sum(known), len(measures) - len(known))


def _log(
    measures: Sequence[Judged], commitments: Iterable[Commitment]
) -> Iterator[tuple[Measure, tuple[Commitment, ...]]]:
    by_measure: dict[int, list[Commitment]] = {}
    for each in commitments:
        by_measure.setdefault(each.measure, []).append(each)
    for judged in measures:
        if found := by_measure.get(judged.measure.id):
            yield judged.measure, tuple(found)
