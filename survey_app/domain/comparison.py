"""Side by side: young people and professionals, before and after, then and now.

Two questions mirror each other when one names the other (`mirror: f1`). They are compared as two
independent groups; nothing links persons, and no significance is tested.

What changed is compared in one of three ways, and the sheet prints which (`Linkage`):

    unlinked      the same questionnaire before and after: two groups; shares or means of each
    looking back  then and now in one sitting: the changes of the same people, as they see them
    linked        pairs of sheets of one person: its place is here, nothing makes them yet

A share is compared wherever answers count as positive, a mean only of numbers (a ladder, dots, a
number): single statements on a scale of agreement have no mean. What only one of both times may
show is not compared.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from survey_app.domain.codebook import Level, Variable
from survey_app.domain.differences import (
    Difference,
    Effect,
    Moments,
    effect,
    moments,
    newcombe,
    welch,
)
from survey_app.domain.disclosure import DisclosurePolicy, Released, Withheld
from survey_app.domain.messages import N_
from survey_app.domain.statistics import Share, top_box

Tables = Mapping[str, tuple[Variable, Released | Withheld]]
LEAST_GROUP: Final = 3  # of those who changed for the better, not at all, or for the worse


@dataclass(frozen=True)
class MirroredPair:
    """One mirrored question: the share of positive answers in both groups, or why not."""

    young: Variable
    professional: Variable
    young_share: Share | Withheld
    professional_share: Share | Withheld

    @property
    def gap(self) -> int | None:
        """Return young people minus professionals in whole percentage points, if both are known."""
        if isinstance(self.young_share, Withheld) or isinstance(self.professional_share, Withheld):
            return None
        return round(100 * self.young_share.value) - round(100 * self.professional_share.value)


def positive_share(table: Released | Withheld, variable: Variable) -> Share | Withheld:
    """Return the share of positive answers, or why the table is withheld."""
    return table if isinstance(table, Withheld) else top_box(table, variable.positive)


def mirrored_pairs(
    young: Mapping[str, tuple[Variable, Released | Withheld]],
    professional: Mapping[str, tuple[Variable, Released | Withheld]],
) -> Iterator[MirroredPair]:
    """Yield the pairs in the order of the young people's questions.

    Questions without a positive answer have no share to compare.
    """
    named_by = {theirs.mirror: theirs.name for theirs, _ in professional.values() if theirs.mirror}
    for variable, table in young.values():
        name = variable.mirror or named_by.get(variable.name)
        if name is None or name not in professional:
            continue
        counterpart, theirs = professional[name]
        if variable.positive and counterpart.positive:
            yield MirroredPair(
                young=variable,
                professional=counterpart,
                young_share=positive_share(table, variable),
                professional_share=positive_share(theirs, counterpart),
            )


# What changed


class Linkage(StrEnum):
    """How the two sides of a comparison belong together."""

    LINKED = "linked"
    UNLINKED = "unlinked"
    LOOKING_BACK = "looking_back"

    @property
    def label(self) -> str:
        """Return the German word, to be translated."""
        return LINKAGES[self][0]

    @property
    def meaning(self) -> str:
        """Return in a German sentence what that can show, to be translated."""
        return LINKAGES[self][1]


@dataclass(frozen=True)
class GroupChange:
    """One question asked of two groups: before and after.

    Either both shares are there or both means, with their difference; or why there is none.
    """

    variable: Variable
    before: Share | Moments | Withheld
    after: Share | Moments | Withheld
    difference: Difference | None

    @property
    def is_of_means(self) -> bool:
        """Return whether means are compared, and not shares."""
        return isinstance(self.before, Moments)

    @property
    def scale(self) -> tuple[int, int]:
        """Return the lowest and the highest answer, if they are numbers."""
        steps = [code for code in self.variable.codes if isinstance(code, int)]
        return (min(steps), max(steps)) if steps else (0, 1)


@dataclass(frozen=True)
class Moved:
    """How many changed for the better, not at all, for the worse.

    `same` and `worse` are None where the groups are too small to stand alone; `rest` is their sum.
    """

    better: int
    same: int | None
    worse: int | None
    rest: int


@dataclass(frozen=True)
class LookBack:
    """One statement about then and now, by the same people in one sitting.

    `effect` is None where the change has no mean: too few answers, a coarse scale, or withheld.
    `scale` are the lowest and the highest answer.
    """

    variable: Variable
    scale: tuple[int, int]
    table: Released | Withheld
    then: Moments | None
    now: Moments | None
    effect: Effect | None
    moved: Moved | None

    @property
    def base(self) -> int | Withheld:
        """Return how many people answered both."""
        return self.table if isinstance(self.table, Withheld) else self.table.base


@dataclass(frozen=True)
class Comparison:
    """Everything that may have changed between two times."""

    groups: tuple[GroupChange, ...] = ()
    looking_back: tuple[LookBack, ...] = ()

    @property
    def linkages(self) -> tuple[Linkage, ...]:
        """Return in which ways is compared here."""
        found = ((self.groups, Linkage.UNLINKED), (self.looking_back, Linkage.LOOKING_BACK))
        return tuple(linkage for rows, linkage in found if rows)


def group_changes(before: Tables, after: Tables, policy: DisclosurePolicy) -> Iterator[GroupChange]:
    """Yield what two groups said to the same questions, in the order of the second time.

    A question whose answers or wording changed in between is another question.
    """
    for name, (variable, table) in after.items():
        if name not in before or before[name][0] != variable or variable.is_derived:
            continue
        earlier = before[name][1]
        change = _change_of(variable, earlier, table, policy)
        if change is not None:
            yield change


def _change_of(
    variable: Variable,
    before: Released | Withheld,
    after: Released | Withheld,
    policy: DisclosurePolicy,
) -> GroupChange | None:
    if variable.level is not Level.NUMERIC and not variable.positive:
        return None
    if isinstance(before, Withheld) or isinstance(after, Withheld):
        return _withheld(variable, before, after)
    if variable.level is Level.NUMERIC:
        one, two = moments(before, policy), moments(after, policy)
        return GroupChange(variable, one, two, welch(one, two)) if one and two else None
    first, then = (top_box(table, variable.positive) for table in (before, after))
    return GroupChange(variable, first, then, newcombe(first, then))


def _withheld(
    variable: Variable, before: Released | Withheld, after: Released | Withheld
) -> GroupChange | None:
    """Return a row without figures, if both are withheld; else its one side stands elsewhere."""
    if isinstance(before, Withheld) and isinstance(after, Withheld):
        return GroupChange(variable, before, after, None)
    return None


def looks_back(tables: Tables, policy: DisclosurePolicy) -> Iterator[LookBack]:
    """Yield the statements about then and now of which something can be said, or why not."""
    for variable, table in tables.values():
        if variable.difference is None:
            continue
        now, then = (_moments_of(tables[name][1], policy) for name in variable.difference)
        change = _moments_of(table, policy)
        steps = [code for code in tables[variable.difference[1]][0].codes if isinstance(code, int)]
        found = LookBack(
            variable=variable,
            scale=(min(steps), max(steps)),
            table=table,
            then=then,
            now=now,
            effect=effect(change, then, now) if change else None,
            moved=moved(table, variable) if isinstance(table, Released) else None,
        )
        if found.effect or found.moved or isinstance(table, Withheld):
            yield found


def _moments_of(table: Released | Withheld, policy: DisclosurePolicy) -> Moments | None:
    return None if isinstance(table, Withheld) else moments(table, policy)


def moved(table: Released, variable: Variable) -> Moved | None:
    """Return how many changed in which direction: in three groups, in two, or not at all.

    Every group that is named has at least three people, also those who are only left over.
    """
    better = top_box(table, variable.positive).count
    same = sum(cell.count for cell in table.cells if str(cell.code) == "0")
    rest = table.base - better
    if min(better, rest) < LEAST_GROUP:
        return None
    if min(same, rest - same) < LEAST_GROUP:
        return Moved(better, None, None, rest)
    return Moved(better, same, rest - same, rest)


def shown_in(changes: Iterable[GroupChange | LookBack]) -> frozenset[str]:
    """Return the names of the variables whose released figures stand in a comparison."""
    names: set[str] = set()
    for each in changes:
        names.add(each.variable.name)
        names |= set(each.variable.difference or ())
    return frozenset(names)


LINKAGES: Final = {
    Linkage.LINKED: (
        N_("verknüpft"),
        N_("Dieselben Personen vorher und nachher, ohne Vergleichsgruppe."),
    ),
    Linkage.UNLINKED: (
        N_("unverknüpft"),
        N_(
            "Zwei Gruppen, davor und danach, ohne Vergleichsgruppe: vielleicht nicht dieselben"
            " Personen."
        ),
    ),
    Linkage.LOOKING_BACK: (
        N_("rückblickend"),
        N_(
            "Dieselben Personen, aus der Erinnerung verglichen, ohne Vergleichsgruppe: so, wie sie"
            " es selbst sehen."
        ),
    ),
}
