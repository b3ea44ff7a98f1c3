"""Before and after, over the measures of a topic: by design, never mixed (EVALUATION.md 2.4).

    unlinked      before and after are two groups: the sum of all before, the sum of all after
    looking back  then and now in one sitting: the sum of the changes of the same people

Summed are released tables of waves that stand by themselves, those that the sheets of the measures
show; so nothing is told that they do not tell. A question is pooled from two measures on, and not
where most answers are one institution's. Who sat in one room answers alike: standard errors are
widened by the design effect (clustering.py), as for shares.

The forest plot has one line for each measure that asked, in the order of the alphabet, and the sum
as the last. A measure whose answers are withheld has its line too, with "•".
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from survey_app.domain.at_a_glance import before_and_after
from survey_app.domain.clustering import clustered, design_effect, typical_size
from survey_app.domain.codebook import Level, Variable
from survey_app.domain.comparison import Linkage, Tables
from survey_app.domain.differences import Difference, Effect, Moments, effect, moments, welch
from survey_app.domain.disclosure import DisclosurePolicy, Released, Withheld, sum_of
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_, Message
from survey_app.domain.questionnaire import Audience
from survey_app.domain.roll_up_core import key_of
from survey_app.domain.standards import Judged
from survey_app.domain.statistics import Share, top_box

LEAST_MEASURES: Final = 2

Sides = tuple[Released | Withheld, ...]
"""Before and after; or the changes, now and then."""


@dataclass(frozen=True)
class Change:
    """What changed: both sides, their difference, and its effect where the same people answered."""

    before: Share | Moments | None
    after: Share | Moments | None
    difference: Difference
    effect: Effect | None
    people: tuple[int, int]


@dataclass(frozen=True)
class OfMeasure:
    """One line of a forest plot; None where it is withheld."""

    measure: Measure
    change: Change | None


@dataclass(frozen=True)
class Pooled:
    """One question in one design: every measure that asked it, and all together or why not."""

    linkage: Linkage
    variable: Variable
    lines: tuple[OfMeasure, ...]
    together: Change | None
    why: Message | None

    @property
    def is_of_shares(self) -> bool:
        """Return whether shares are compared, and not means."""
        changes = (self.together, *(line.change for line in self.lines))
        return any(each and isinstance(each.before, Share) for each in changes)

    @property
    def shown(self) -> int:
        """Return of how many measures something is shown."""
        return sum(line.change is not None for line in self.lines)


@dataclass
class _Asked:
    """A question, and what each measure that asked it may show."""

    linkage: Linkage
    variable: Variable
    of: list[tuple[Measure, Sides]]


def pooled_changes(measures: Iterable[Judged], policy: DisclosurePolicy) -> tuple[Pooled, ...]:
    """Return what changed by question, first of two groups, then of those who look back."""
    asked: dict[tuple[Linkage, str, str], _Asked] = {}
    for judged in measures:
        for linkage, form, variable, sides in _questions(judged):
            known = asked.setdefault((linkage, form, variable.name), _Asked(linkage, variable, []))
            if known.variable == variable:  # worded otherwise it is another question
                known.of.append((judged.measure, sides))
    found = (_pooled(each, policy) for each in asked.values())
    order = list(Linkage)
    return tuple(
        sorted((each for each in found if each.shown), key=lambda each: order.index(each.linkage))
    )


def _questions(judged: Judged) -> Iterator[tuple[Linkage, str, Variable, Sides]]:
    """Yield each question of a measure with its tables, the latest pair of waves only."""
    for before, after in before_and_after(judged.results):
        form = after.questionnaire.id
        for name, (variable, table) in after.tables.items():
            earlier = before.tables.get(name)
            if earlier and earlier[0] == variable and _compares(variable):
                yield Linkage.UNLINKED, form, variable, (earlier[1], table)
    asked: dict[tuple[str, str], tuple[Linkage, str, Variable, Sides]] = {}
    for result in judged.results:
        if result.wave.audience is Audience.YOUNG_PEOPLE:
            for variable, sides in _looking_back(result.tables):
                key = result.questionnaire.id, variable.name
                asked[key] = (Linkage.LOOKING_BACK, key[0], variable, sides)
    yield from asked.values()


def _compares(variable: Variable) -> bool:
    return not variable.is_derived and (variable.level is Level.NUMERIC or bool(variable.positive))


def _looking_back(tables: Tables) -> Iterator[tuple[Variable, Sides]]:
    for variable, table in tables.values():
        if variable.difference is not None:
            now, then = (tables[name][1] for name in variable.difference)
            yield variable, (table, now, then)


# One question


def _pooled(asked: _Asked, policy: DisclosurePolicy) -> Pooled:
    lines = tuple(
        OfMeasure(measure, _change(asked, [sides], policy)) for measure, sides in asked.of
    )
    shown = [
        (measure, sides)
        for (measure, sides), line in zip(asked.of, lines, strict=True)
        if line.change is not None
    ]
    why = _why_not(shown, policy)
    together = None if why else _change(asked, [sides for _, sides in shown], policy)
    if together is None and why is None:
        why = Message(DIFFERENT_SCALES)
    return Pooled(asked.linkage, asked.variable, lines, together, why)


def _why_not(shown: Sequence[tuple[Measure, Sides]], policy: DisclosurePolicy) -> Message | None:
    if len(shown) < LEAST_MEASURES:
        return Message(ONE_MEASURE)
    answers: Counter[str] = Counter()
    for measure, sides in shown:
        answers[key_of(measure)] += sum(_base(side) for side in sides)
    most = max(answers.values())
    if 100 * most > policy.dominant_from * answers.total():
        return Message(ONE_INSTITUTION, {"limit": policy.dominant_from})
    return None


def _base(table: Released | Withheld) -> int:
    return 0 if isinstance(table, Withheld) else table.base


def _change(asked: _Asked, of: Sequence[Sides], policy: DisclosurePolicy) -> Change | None:
    """Return the change in the sum of some measures; of one, it is that of its sheet."""
    summed = [_sum(tables) for tables in zip(*of, strict=True)]
    tables = [each for each in summed if each is not None]
    if len(tables) < len(summed):
        return None
    sizes = [[_base(side) for side in sides] for sides in zip(*of, strict=True)]
    spreads = [_spread(each) if len(of) > 1 else 1.0 for each in sizes]
    if asked.linkage is Linkage.LOOKING_BACK:
        return _looked_back(tables, spreads[0], policy)
    return _of_groups(asked.variable, tables, sizes, spreads, policy)


def _sum(tables: Sequence[Released | Withheld]) -> Released | None:
    shown = [table for table in tables if isinstance(table, Released)]
    if len(shown) < len(tables):
        return None
    return shown[0] if len(shown) == 1 else sum_of(shown)


def _spread(sizes: Sequence[int]) -> float:
    """Return by how much groups of these sizes widen a standard error."""
    return math.sqrt(design_effect(typical_size(sizes)))


def _looked_back(
    tables: Sequence[Released], spread: float, policy: DisclosurePolicy
) -> Change | None:
    change, now, then = (moments(table, policy) for table in tables)
    if change is None:
        return None
    plain = effect(change, then, now)
    wide = effect(_widened(change, spread), then, now)
    base = tables[0].base
    return Change(then, now, wide.change, replace(plain, change=wide.change), (base, base))


def _of_groups(
    variable: Variable,
    tables: Sequence[Released],
    sizes: Sequence[Sequence[int]],
    spreads: Sequence[float],
    policy: DisclosurePolicy,
) -> Change | None:
    people = tables[0].base, tables[1].base
    if variable.level is Level.NUMERIC:
        before, after = (moments(table, policy) for table in tables)
        if before is None or after is None:
            return None
        wide = [_widened(each, by) for each, by in zip((before, after), spreads, strict=True)]
        return Change(before, after, welch(*wide), None, people)
    first, last = (top_box(table, variable.positive) for table in tables)
    return Change(first, last, _newcombe(first, last, sizes), None, people)


def _widened(each: Moments, by: float) -> Moments:
    return replace(each, sd=each.sd * by)


def _newcombe(before: Share, after: Share, sizes: Sequence[Sequence[int]]) -> Difference:
    """Return after minus before with the limits of both shares squared and added (differences.py).

    Of one measure the limits are Wilson's, as on its sheet; of several those that know of groups.
    """
    one, two = (
        clustered(share.count, own) if len(own) > 1 else share.interval
        for share, own in zip((before, after), sizes, strict=True)
    )
    value = after.value - before.value
    down = math.hypot(after.value - two.low, one.high - before.value)
    up = math.hypot(two.high - after.value, before.value - one.low)
    return Difference(value, value - down, value + up)


ONE_MEASURE: Final = N_("Erst eine Maßnahme weist diese Frage aus: Zusammen wäre es ihr Ergebnis.")
ONE_INSTITUTION: Final = N_(
    "Mehr als %(limit)s %% der Antworten kommen aus einer einzigen Einrichtung: Zusammen wäre es"
    " ihr Ergebnis."
)
DIFFERENT_SCALES: Final = N_(
    "Zusammen nicht ausgewiesen: zu wenige Antworten für einen Mittelwert."
)
