"""Every world of three situations, listed: what follows from which tables are there at all.

    which breakdown    a sensitive question and age are both declared; that groups by age are shown
                       says that those by the other are not, and that has a reason
    then and now       two tables of the same people, and a third that says how many changed
    score              two tables of the same people, and a third of their score

People are of kinds (who gave which answers), a world says how many there are of each. Of all worlds
those are kept of which the same is shown, and in which the people are that the attacker knows, two at
most. If in all of them everybody else in a group gave one answer, that is known (two_groups.py).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations_with_replacement
from typing import Any

from survey_app.domain.codebook import Sensitivity
from survey_app.domain.questionnaire import Audience
from survey_app.domain.response import Code
from survey_app.domain.tabulation import Breakdown, Cell, FrequencyTable, Group
from tests.attack.rules import Rules

MOST_KNOWN = 2
Worlds = tuple[int, ...]
Within = tuple[Sequence[int], Sequence[int]]
"""The kinds of people in a group, and those of them of whom something would be known."""


def known_of_listed(rules: Rules) -> set[str]:
    """Return what somebody learns in one of the situations."""
    return {
        *(f"which breakdown: {each}" for each in _certain(24, 3, _choice(rules), CHOICE)),
        *(f"then and now: {each}" for each in _certain(10, 4, _then_now(rules), CHANGES)),
        *(f"score: {each}" for each in _certain(10, 4, _score(rules), CHANGES)),
    }


def _certain(
    people: int, kinds: int, show: Callable[[Worlds], str], groups: Sequence[Within]
) -> Iterator[str]:
    alike: dict[str, list[Worlds]] = defaultdict(list)
    for world in worlds(people, kinds):
        alike[show(world)].append(world)
    for known in range(MOST_KNOWN + 1):
        for taken in combinations_with_replacement(range(kinds), known):
            for same in alike.values():
                yield from _of(same, [taken.count(kind) for kind in range(kinds)], groups)


def _of(same: list[Worlds], taken: list[int], groups: Sequence[Within]) -> Iterator[str]:
    others = [[n - t for n, t in zip(world, taken, strict=True)] for world in same]
    possible = [world for world in others if min(world) >= 0]
    for within, wanted in groups:
        left = {(sum(w[k] for k in within), sum(w[k] for k in wanted)) for w in possible}
        if left and all(everybody == having > 0 for everybody, having in left):
            yield "everybody else"


def worlds(people: int, kinds: int) -> Iterator[Worlds]:
    """Yield every way to divide people into kinds."""
    if kinds == 1:
        yield (people,)
        return
    for first in range(people + 1):
        yield from ((first, *rest) for rest in worlds(people - first, kinds - 1))


def _table(name: str, codes: Sequence[Code], counts: Sequence[int], **given: Any) -> FrequencyTable:
    cells = (Cell(code=code, count=count) for code, count in zip(codes, counts, strict=True))
    return FrequencyTable(
        variable=name,
        sensitivity=given.pop("sensitivity", Sensitivity.A),
        cells=tuple(cells),
        base=sum(counts),
        **given,
    )


def _shown(rules: Rules, tables: Sequence[FrequencyTable], declared: Sequence[Breakdown]) -> str:
    block = rules.block.Block.model_construct(
        questionnaire="kern",
        version="1.0.0",
        fingerprint="f",
        audience=Audience.YOUNG_PEOPLE,
        base=max(table.base for table in tables),
        tables=tuple(tables),
        texts=(),
        breakdown=rules.block.to_be_kept(declared),
    )
    shown = rules.disclosure.release_block(block, rules.policy.DisclosurePolicy())
    return repr((sorted(shown.tables.items()), shown.breakdown))


# Which breakdown

CHOICE: list[Within] = [((0, 1, 2), kinds) for kinds in ((0,), (1,), (2,), (0, 1))]


def _choice(rules: Rules) -> Callable[[Worlds], str]:
    """Three answers of C, of which the first two are one on the coarse scale; age is half and half."""

    def show(world: Worlds) -> str:
        young = [n // 2 for n in world]
        both = [young, [n - y for n, y in zip(world, young, strict=True)]]
        tables = _feeling(world), _age([sum(each) for each in both])
        by_feeling = [
            Group(code=code, base=n, tables=(_feeling(only), _age([n // 2, n - n // 2])))
            for code, n in enumerate(world, start=1)
            for only in [[n if place + 1 == code else 0 for place in range(3)]]
        ]
        by_age = [
            Group(code=code, base=sum(own), tables=(_feeling(own), _age(sizes)))
            for code, own, sizes in (
                ("jung", both[0], [sum(both[0]), 0]),
                ("alt", both[1], [0, sum(both[1])]),
            )
        ]
        declared = [
            Breakdown(variable="wie", groups=tuple(by_feeling)),
            Breakdown(variable="alter", groups=tuple(by_age)),
        ]
        return _shown(rules, tables, declared)

    return show


def _feeling(counts: Sequence[int]) -> FrequencyTable:
    coarse: tuple[tuple[Code, ...], ...] = ((1, 2), (3,))
    return _table("wie", (1, 2, 3), counts, sensitivity=Sensitivity.C, coarse=coarse)


def _age(counts: Sequence[int]) -> FrequencyTable:
    return _table("alter", ("jung", "alt"), counts)


# Then and now

CHANGES: list[Within] = [
    *(((0, 1), (kind,)) for kind in (0, 1)),  # who said 1 then: the same now, or 2
    *(((2, 3), (kind,)) for kind in (2, 3)),
    *(((0, 2), (kind,)) for kind in (0, 2)),  # who says 1 now
    *(((1, 3), (kind,)) for kind in (1, 3)),
]


def _then_now(rules: Rules) -> Callable[[Worlds], str]:
    """Two answers of B, twice: kinds are 1 and 1, 1 and 2, 2 and 1, 2 and 2."""

    def show(world: Worlds) -> str:
        stayed, rose, fell, still = world
        counted = {
            "then": ((1, 2), (stayed + rose, fell + still)),
            "now": ((1, 2), (stayed + fell, rose + still)),
            "change": ((-1, 0, 1), (fell, stayed + still, rose)),
        }
        tables = [
            _table(f"q__{moment}", codes, counts, sensitivity=Sensitivity.B)
            for moment, (codes, counts) in counted.items()
        ]
        return _shown(rules, tables, [])

    return show


# A score beside its items


def _score(rules: Rules) -> Callable[[Worlds], str]:
    """Two statements of C with two answers: kinds are 1 and 1, 1 and 2, 2 and 1, 2 and 2."""

    def show(world: Worlds) -> str:
        neither, second, first, both = world
        items = {"a": (neither + second, first + both), "b": (neither + first, second + both)}
        tables = [
            _table(name, (1, 2), counts, sensitivity=Sensitivity.C, coarse=((1,), (2,)))
            for name, counts in items.items()
        ]
        classes = (neither, second + first, both)
        score = _table(
            "wert",
            (1, 2, 3),
            classes,
            sensitivity=Sensitivity.C,
            coarse=((1,), (2,), (3,)),
            items=("a", "b"),
        )
        return _shown(rules, [*tables, score], [])

    return show
