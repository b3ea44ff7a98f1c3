"""The attacker: somebody who sits in the class, knows one or two answers, and can compute.

What the platform shows about a group is a function of what the group answered. The attacker lists
every way in which the group *could* have answered (a `World`), keeps the worlds that would have
shown exactly what was shown and that agree with the answers they know, and looks at what is left.
If something holds in all worlds that are left, the attacker knows it. Nothing cleverer is possible:
subtraction, integer solvers and inference from a *withheld* table all come down to this.

A `Scene` is one question put to a group of one size: the kinds of people there can be, the table a
world gives, and the properties that are worth knowing of the people who are not known ("ticked
video", "is at 1 or 2"). Two findings break the promise of B and C:

    everybody else …   all others have the property
    nobody else …      of those with the property, the attacker knows every one

Other findings need no inference; they are rules that a look at the shown table can check.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement, product

from survey_app.domain.codebook import CodeLabel, Level, Sensitivity, Variable
from survey_app.domain.disclosure import Released, Withheld
from survey_app.domain.response import Code, Value
from survey_app.domain.tabulation import FrequencyTable, table_of
from survey_app.domain.text import Text

World = tuple[int, ...]
Property = frozenset[Value]

PROMISED_BASE = {Sensitivity.A: 5, Sensitivity.B: 8, Sensitivity.C: 10}
MOST_KNOWN = 2


@dataclass(frozen=True)
class Seen:
    """What anybody can see of one table."""

    cells: tuple[tuple[Code, int], ...] = ()
    base: int | None = None
    missing: object = None
    why: object = None


Show = Callable[[FrequencyTable], Seen]


def seen(result: Released | Withheld) -> Seen:
    """Return what `result` shows, without the wrapping."""
    if isinstance(result, Withheld):
        return Seen(why=(result.reason, result.limit, str(result.message)))
    cells = tuple((cell.code, cell.count) for cell in result.cells)
    return Seen(cells, result.base, result.missing)


@dataclass(frozen=True)
class Scene:
    """One question put to `base` people."""

    variable: Variable
    base: int

    @property
    def kinds_of_people(self) -> tuple[Value, ...]:
        """Return all answers one person can give."""
        if not self.variable.multiple:
            return self.variable.codes
        picks = product((False, True), repeat=len(self.variable.codes))
        ticks = (
            tuple(code for code, ticked in zip(self.variable.codes, pick, strict=True) if ticked)
            for pick in picks
        )
        return tuple(filter(None, ticks))

    @property
    def properties(self) -> Iterator[Property]:
        """Yield what is worth knowing: each answer, each tick and its absence, each coarse group."""
        people = self.kinds_of_people
        if self.variable.multiple:
            for code in self.variable.codes:
                ticked = frozenset(p for p in people if isinstance(p, tuple) and code in p)
                yield ticked
                yield frozenset(people) - ticked
        else:
            yield from (frozenset({person}) for person in people)
            yield from map(frozenset, self.variable.coarse)

    @property
    def worlds(self) -> Iterator[World]:
        """Yield how many people of each kind there could be."""
        return divisions(self.base, len(self.kinds_of_people))

    def table(self, world: World) -> FrequencyTable:
        """Return the table of one world."""
        people = zip(self.kinds_of_people, world, strict=True)
        return table_of(self.variable, (kind for kind, count in people for _ in range(count)))


def divisions(people: int, parts: int) -> Iterator[World]:
    """Yield every way to divide `people` among `parts`."""
    if parts == 1:
        yield (people,)
        return
    for first in range(people + 1):
        for rest in divisions(people - first, parts - 1):
            yield (first, *rest)


def attack(scene: Scene, show: Show) -> set[str]:
    """Return what the attacker finds in a scene, given what would be shown of each table."""
    alike: dict[Seen, list[World]] = defaultdict(list)
    for world in scene.worlds:
        alike[show(scene.table(world))].append(world)
    findings = {finding for shown in alike for finding in broken_rules(scene, shown)}
    if len({len(shown.cells) for shown in alike if shown.cells}) > 1:
        findings.add("the scale depends on the answers")
    if scene.variable.sensitivity is not Sensitivity.A:
        findings |= {found for worlds in alike.values() for found in inferences(scene, worlds)}
    return findings


def broken_rules(scene: Scene, shown: Seen) -> Iterator[str]:
    """Yield what a look at the shown table tells."""
    sensitivity = scene.variable.sensitivity
    if shown.base is None:
        return
    if shown.base < PROMISED_BASE[sensitivity]:
        yield "too few people"
    if sensitivity is Sensitivity.C and shown.base < 50:
        coarse = tuple("+".join(map(str, group)) for group in scene.variable.coarse)
        if tuple(code for code, _ in shown.cells) != coarse:
            yield "full scale"
    if sensitivity is not Sensitivity.A and shown.missing is not None:
        yield "reasons for missing answers"


def inferences(scene: Scene, worlds: Iterable[World]) -> Iterator[str]:
    """Yield what follows from knowing up to two people, if the world is one of `worlds`."""
    worlds = list(worlds)
    kinds = range(len(scene.kinds_of_people))
    for known in (
        k for n in range(MOST_KNOWN + 1) for k in combinations_with_replacement(kinds, n)
    ):
        taken = [known.count(kind) for kind in kinds]
        others = [
            rest
            for world in worlds
            if min(rest := [w - t for w, t in zip(world, taken, strict=True)]) >= 0
        ]
        if others:
            yield from _certainties(scene, taken, others)


def _certainties(scene: Scene, taken: list[int], others: list[list[int]]) -> Iterator[str]:
    people = scene.kinds_of_people
    for wanted in scene.properties:
        places = [place for place, person in enumerate(people) if person in wanted]
        left = {sum(rest[place] for place in places) for rest in others}
        if left == {scene.base - sum(taken)}:
            yield "everybody else"
        if left == {0} and any(taken[place] for place in places):
            yield "nobody else"


def question(
    sensitivity: Sensitivity,
    codes: tuple[Code, ...],
    *,
    multiple: bool = False,
    coarse: tuple[tuple[Code, ...], ...] = (),
) -> Variable:
    """Return a variable to be asked in a scene."""
    text = Text.model_validate("?")
    return Variable(
        name="v",
        question="v",
        text=text,
        level=Level.ORDINAL,
        sensitivity=sensitivity,
        labels=tuple(CodeLabel(code, text) for code in codes),
        multiple=multiple,
        coarse=coarse,
    )
