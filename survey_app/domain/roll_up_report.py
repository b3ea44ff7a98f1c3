"""What a roll-up says on paper and on a page: of a year, a municipality, a topic (scope.py).

Core questions are pooled by `rollup.roll_up`; here they only get their words, their intervals
(clustering.py) and one more condition. Few measures in a small town are one school: of a
municipality numbers are shown from three measures, two institutions and thirty answers on, each
question by itself. Everything is in the order of the alphabet; nothing is a ranking.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from survey_app.domain.clustering import clustered
from survey_app.domain.codebook import Variable
from survey_app.domain.commitment import Commitment
from survey_app.domain.disclosure import DisclosurePolicy, Released, Withheld
from survey_app.domain.funnel import Funnel, funnel
from survey_app.domain.ledger import Refused
from survey_app.domain.lights import Light
from survey_app.domain.measure import Measure, Municipality, Network, Topic
from survey_app.domain.messages import N_, Message
from survey_app.domain.questionnaire import Audience, Questionnaire
from survey_app.domain.results import WaveResult, row_of
from survey_app.domain.rollup import CoreResult, RolledUp
from survey_app.domain.scope import Scope, institution_of
from survey_app.domain.selection import DISTRICT, Counted, WhiteSpots
from survey_app.domain.standards import Judged, Standard, standards
from survey_app.domain.statistics import Interval, Share, top_box

LEAST_MEASURES: Final = 3
LEAST_INSTITUTIONS: Final = 2
LEAST_ANSWERS: Final = 30
CONFERENCE: Final = "netzwerktreffen"
"""The questionnaire that is answered at each conference of a network."""
MOST_CONFERENCES: Final = 6


@dataclass(frozen=True)
class Reach:
    """How many took part in a municipality, beside how many young people live there.

    Who took part twice counts twice. `unknown` measures have no number; `town` is None for measures
    for the whole district.
    """

    town: Municipality | None
    participations: int
    unknown: int


@dataclass(frozen=True)
class CoreLine:
    """One core question: its table or why there is none, from how many measures."""

    variable: Variable
    table: Released | Withheld | Message
    measures: int
    institutions: int
    share: Share | None
    interval: Interval | None


@dataclass(frozen=True)
class Money:
    """What was planned and spent, in cents, and how many measures said so."""

    planned: int
    planned_by: int
    actual: int
    actual_by: int
    funders: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Conference:
    """One conference: what was asked there, by core question."""

    title: str
    day: date
    base: int | Withheld
    shares: Mapping[str, Share | Withheld]


@dataclass(frozen=True)
class Trend:
    """The conferences, the oldest first, and the questions that they have in common."""

    variables: tuple[Variable, ...]
    conferences: tuple[Conference, ...]


@dataclass(frozen=True)
class RollUpReport:
    """Everything a roll-up says.

    `rolled` is what the files contain; `why` says why there are no core questions.
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
    """What a report is made of; `measures` are those of the scope, `by_wave` where a wave is."""

    network: Network
    towns: tuple[Municipality, ...]
    measures: tuple[Judged, ...]
    commitments: tuple[Commitment, ...]
    conferences: tuple[tuple[Measure, WaveResult], ...] = ()


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
    shown, why = _enough(scope, rolled, at)
    lines = tuple(_core_lines(scope, shown, ordered, at)) if shown else ()
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
        funnel=_funnel(shown, lines),
        lights=Counter(goal.light for each in ordered for goal in each.goals),
        standards=standards(ordered, as_of),
        money=_money(each.measure for each in ordered),
        trend=_trend(known.conferences) if scope == Scope(scope.year) else None,
        commitments=tuple(_log(ordered, known.commitments)),
    )


def audience_of(report: RollUpReport) -> Mapping[str, Audience]:
    """Return who was asked each core question."""
    return {
        variable.core: questionnaire.audience
        for questionnaire in _questionnaires(report.measures)
        for variable in questionnaire.codebook()
        if variable.core is not None
    }


def can_be_asked(scope: Scope, measures: Iterable[Measure]) -> bool:
    """Return whether the measures with a counted wave can be enough: before anything is pooled."""
    if scope.municipality is None:
        return True
    found = list(measures)
    institutions = {institution_of(measure) for measure in found}
    return len(found) >= LEAST_MEASURES and len(institutions) >= LEAST_INSTITUTIONS


def too_small() -> Message:
    """Return why a municipality is told of in words only."""
    values = {
        "measures": LEAST_MEASURES,
        "institutions": LEAST_INSTITUTIONS,
        "answers": LEAST_ANSWERS,
    }
    return Message(TOO_SMALL, values)


def _alphabet(each: Judged) -> tuple[object, ...]:
    measure = each.measure
    return measure.title.casefold(), measure.starts_on, measure.id


# Core questions


def _enough(
    scope: Scope, rolled: RolledUp | Refused | Message, at: Mapping[int, Measure]
) -> tuple[RolledUp | None, Message | None]:
    if isinstance(rolled, Refused):
        return None, rolled.reason
    if isinstance(rolled, Message):
        return None, rolled
    told = [at[wave] for grain in rolled.release.grains for wave in grain]
    if not told:
        return None, Message(NOTHING_YET)
    if _is_too_few(scope, told, rolled.answers):
        return None, too_small()
    return rolled, None


def _is_too_few(scope: Scope, told: Sequence[Measure], answers: int) -> bool:
    if scope.municipality is None:
        return False
    different = {measure.id: measure for measure in told}.values()
    return not can_be_asked(scope, different) or answers < LEAST_ANSWERS


def _core_lines(
    scope: Scope, rolled: RolledUp, measures: Sequence[Judged], at: Mapping[int, Measure]
) -> Iterator[CoreLine]:
    asked = _variables(measures)
    for core in sorted(rolled.cores.keys() & asked.keys(), key=_natural):
        result = rolled.cores[core]
        told = [at[wave] for grain in result.grains for wave in grain]
        yield _core_line(scope, replace(asked[core], name=core), result, told)


def _core_line(
    scope: Scope, variable: Variable, result: CoreResult, told: Sequence[Measure]
) -> CoreLine:
    measures = len({measure.id for measure in told})
    institutions = len({institution_of(measure) for measure in told})
    table: Released | Withheld | Message = result.table
    if isinstance(table, Released) and _is_too_few(scope, told, table.base):
        table = too_small()
    if not isinstance(table, Released) or not variable.positive:
        return CoreLine(variable, table, measures, institutions, None, None)
    share = top_box(table, variable.positive)
    sizes = [each.base for each in result.grains.values()]
    interval = clustered(share.count, sizes)
    return CoreLine(variable, table, measures, institutions, share, interval)


def _variables(measures: Iterable[Judged]) -> Mapping[str, Variable]:
    """Return the core questions that were asked, as they were last worded."""
    return {
        variable.core: variable
        for questionnaire in _questionnaires(measures)
        for variable in questionnaire.codebook()
        if variable.core is not None
    }


def _questionnaires(measures: Iterable[Judged]) -> Iterable[Questionnaire]:
    """Return the questionnaires that were asked, each once: reading one takes a moment."""
    found = {
        result.released.fingerprint: result.questionnaire
        for each in measures
        for result in each.results
    }
    return found.values()


def _natural(core: str) -> tuple[str, int]:
    letters = core.rstrip("0123456789")
    return letters, int(core.removeprefix(letters) or 0)


def _to_be_filed(rolled: RolledUp | None, lines: Iterable[CoreLine]) -> RolledUp | None:
    """Return the roll-up without what is too small for this scope: files say no more than paper."""
    if rolled is None:
        return None
    kept = {line.variable.name for line in lines if not isinstance(line.table, Message)}
    return replace(
        rolled, cores={name: core for name, core in rolled.cores.items() if name in kept}
    )


def _funnel(rolled: RolledUp | None, lines: Iterable[CoreLine]) -> tuple[Variable, Funnel] | None:
    for line in lines:
        if rolled and line.share:
            found = funnel(rolled.cores[line.variable.name].grains, line.variable.positive)
            return (line.variable, found) if found else None
    return None


# Reach


def _spots(scope: Scope, towns: Sequence[Municipality], measures: Iterable[Judged]) -> WhiteSpots:
    counted = Counter(
        (
            DISTRICT if each.measure.district_wide else each.measure.municipality.id,
            _topics(scope, each),
        )
        for each in measures
    )
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
                if each.measure.municipality.id == town.id and not each.measure.district_wide
            ]
            yield _reached(town, there)
    wide = [each.measure for each in measures if each.measure.district_wide]
    if wide:
        yield _reached(None, wide)


def _reached(town: Municipality | None, measures: Sequence[Measure]) -> Reach:
    known = [measure.participants for measure in measures if measure.participants is not None]
    return Reach(town, sum(known), len(measures) - len(known))


def _money(measures: Iterable[Measure]) -> Money:
    costs = [measure.master.costs for measure in measures]
    planned = [each.planned for each in costs if each.planned is not None]
    actual = [each.actual for each in costs if each.actual is not None]
    given: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for each in (funding for cost in costs for funding in cost.funding):
        given[each.funder] += each.cents or 0
        times[each.funder] += 1
    funders = tuple((name, given[name], times[name]) for name in sorted(times, key=str.casefold))
    return Money(sum(planned), len(planned), sum(actual), len(actual), funders)


# Over time


def _trend(conferences: Iterable[tuple[Measure, WaveResult]]) -> Trend | None:
    found = sorted(conferences, key=lambda each: (each[1].wave.closes_on, each[1].wave.id))
    latest = found[-MOST_CONFERENCES:]
    if not latest:
        return None
    codebook = latest[-1][1].questionnaire.codebook()
    asked = [each for each in codebook if each.core and each.positive]
    names = [variable.core for variable in asked if variable.core]
    return Trend(tuple(asked), tuple(_conference(*each, names) for each in latest))


def _conference(measure: Measure, result: WaveResult, cores: Iterable[str]) -> Conference:
    rows = {core: row_of(result, core) for core in cores}
    shares = {core: row.positive for core, row in rows.items() if row and row.positive}
    return Conference(measure.title, result.wave.opens_on, result.released.base, shares)


def _log(
    measures: Sequence[Judged], commitments: Iterable[Commitment]
) -> Iterator[tuple[Measure, tuple[Commitment, ...]]]:
    by_measure: dict[int, list[Commitment]] = {}
    for each in commitments:
        by_measure.setdefault(each.measure, []).append(each)
    for judged in measures:
        if found := by_measure.get(judged.measure.id):
            yield judged.measure, tuple(found)


NOTHING_YET: Final = N_("Noch keine Erhebung dieses Jahres ist ausgezählt und groß genug.")
TOO_SMALL: Final = N_(
    "Für Zahlen ist das zu wenig: Von einer Kommune wird ab %(measures)s Maßnahmen,"
    " %(institutions)s Einrichtungen und %(answers)s Antworten berichtet. Sonst wäre es das"
    " Ergebnis einer einzelnen Schule oder eines Treffs."
)
