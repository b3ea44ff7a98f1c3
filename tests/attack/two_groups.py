"""Every world of one question and two groups: what follows from what is shown by group, or is not.

The histories look at what is shown; here the attacker also reasons from silence, as in
tests/domain/attacker.py: of all answers that two groups could have given, those are kept of which
the same would have been shown, and with up to two known answers in them. If in all of them
everybody else in a group said the same, that is known. Groups are smaller than any that is ever
shown (the limits for groups are lowered, those for tables are not), so that all worlds can be listed.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from survey_app.domain.codebook import Sensitivity
from survey_app.domain.questionnaire import Audience
from survey_app.domain.tabulation import Breakdown, Cell, FrequencyTable, Group
from tests.attack.rules import Rules

B, C = Sensitivity.B, Sensitivity.C
SIZES = ((8, 8), (9, 8), (12, 10), (16, 8))
MOST_KNOWN = 2
World = tuple[int, int]


def known_of_two_groups(rules: Rules) -> set[str]:
    """Return what somebody learns of a group, in any of the situations."""
    return {
        finding
        for sensitivity, coarse in ((B, ()), (C, ((1,), (2,))))
        for sizes in SIZES
        for finding in _known(rules, _question(sensitivity, coarse), sizes)
    }


def _question(sensitivity: Sensitivity, coarse: tuple[tuple[int, ...], ...]) -> FrequencyTable:
    return FrequencyTable(
        variable="q", sensitivity=sensitivity, cells=(), base=0, coarse=tuple(coarse)
    )


def _known(rules: Rules, question: FrequencyTable, sizes: World) -> Iterator[str]:
    floor = rules.policy.FLOOR
    policy = rules.policy.DisclosurePolicy.model_construct(rules=dict(floor), group=min(sizes))
    alike: dict[str, list[World]] = defaultdict(list)
    for world in ((a, b) for a in range(sizes[0] + 1) for b in range(sizes[1] + 1)):
        shown = rules.disclosure.release_block(_block(rules, question, world, sizes), policy)
        alike[repr((shown.tables, shown.breakdown))].append(world)
    for worlds in alike.values():
        yield from certain(worlds, sizes)


def _block(rules: Rules, question: FrequencyTable, yes: World, sizes: World) -> Any:
    tables = [_table(question, n, size - n) for n, size in zip(yes, sizes, strict=True)]
    by = FrequencyTable(
        variable="by",
        sensitivity=Sensitivity.A,
        cells=(Cell(code="a", count=sizes[0]), Cell(code="b", count=sizes[1])),
        base=sum(sizes),
    )
    groups = (
        Group(code=code, base=table.base, tables=(by, table))
        for code, table in zip(("a", "b"), tables, strict=True)
    )
    return rules.block.Block.model_construct(
        questionnaire="kern",
        version="1.0.0",
        fingerprint="f",
        audience=Audience.YOUNG_PEOPLE,
        base=by.base,
        tables=(by, tables[0] + tables[1]),
        texts=(),
        breakdown=Breakdown(variable="by", groups=tuple(groups)),
    )


def _table(question: FrequencyTable, yes: int, no: int) -> FrequencyTable:
    cells = (Cell(code=1, count=yes), Cell(code=2, count=no))
    return question.model_copy(update={"cells": cells, "base": yes + no})


def certain(worlds: Sequence[World], sizes: World) -> Iterator[str]:
    """Yield what follows for a group from up to two answers of its people, or of the others."""
    for ya, na, yb, nb in KNOWN:
        left = [
            (a - ya, b - yb)
            for a, b in worlds
            if a >= ya and sizes[0] - a >= na and b >= yb and sizes[1] - b >= nb
        ]
        for group, (yes, no) in enumerate([(ya, na), (yb, nb)]):
            possible = {world[group] for world in left}
            if possible == {sizes[group] - yes - no}:
                yield "everybody else in a group"
            if possible == {0}:
                yield "nobody else in a group"


KNOWN = [
    (ya, na, yb, nb)
    for ya in range(MOST_KNOWN + 1)
    for na in range(MOST_KNOWN + 1 - ya)
    for yb in range(MOST_KNOWN + 1 - ya - na)
    for nb in range(MOST_KNOWN + 1 - ya - na - yb)
]
