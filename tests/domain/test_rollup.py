"""Roll-ups: published blocks, and pools of the too-small ones, added up.

1. The sum tells of every wave that is large enough, of pools of the others, and of how many are
   left out. What is withheld for its cells is left out of its table and counted.
2. Pools are made within an area first, with the same questionnaire, and stay what they are.
3. A pool tells of a question only if all of its waves asked it alike.
4. The sum is on the scale that all tables have: no finer one can be found by subtraction.
5. One institution with more than 70 percent must agree, and is named.
6. The rest beside a town is the grains of the whole without the town: a pool of both is in neither,
   sum and rest are the whole but for it, and who dominates the rest must agree too.
"""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from survey_app.domain.block import Block
from survey_app.domain.codebook import Sensitivity
from survey_app.domain.disclosure import (
    DisclosurePolicy,
    Reason,
    Released,
    Withheld,
    release,
    sum_of,
)
from survey_app.domain.ledger import Ledger
from survey_app.domain.questionnaire import Audience
from survey_app.domain.rollup import CoreResult, Part, RolledUp, rest_of, roll_up
from survey_app.domain.tabulation import Cell, FrequencyTable

A, B, C = Sensitivity.A, Sensitivity.B, Sensitivity.C
POLICY = DisclosurePolicy()
KEMPEN, NETTETAL = 1, 2
COARSE = ((1, 2), (3,), (4, 5))


def table(
    counts: Sequence[int], sensitivity: Sensitivity = A, variable: str = "k1"
) -> FrequencyTable:
    """Return a table with codes 1, 2, …; five codes have a coarse scale."""
    cells = tuple(Cell(code=code, count=count) for code, count in enumerate(counts, start=1))
    return FrequencyTable(
        variable=variable,
        sensitivity=sensitivity,
        cells=cells,
        base=sum(counts),
        coarse=COARSE if len(counts) == 5 else (),
    )


def part(wave: int, *tables: FrequencyTable, area: int = KEMPEN, form: str = "kern") -> Part:
    """Return a wave of a measure and an institution of its own."""
    block = Block(
        questionnaire=form,
        version="1.0.0",
        fingerprint=form,
        audience=Audience.YOUNG_PEOPLE,
        base=max(each.base for each in tables),
        tables=tables,
    )
    cores = {each.variable.upper(): each.variable for each in tables}
    return Part(wave, wave, block, institution=f"site {wave}", area=area, cores=cores)


def rolled(
    parts: Sequence[Part], ledger: Ledger | None = None, agreed: Sequence[str] = ()
) -> RolledUp:
    """Return a roll-up that must be admitted."""
    outcome = roll_up("roll-up", parts, ledger or Ledger(), POLICY, agreed=agreed)
    assert isinstance(outcome, RolledUp), outcome
    return outcome


def grains_of(roll: RolledUp) -> set[tuple[int, ...]]:
    """Return the grains as tuples."""
    return {tuple(sorted(grain)) for grain in roll.release.grains}


def counts_of(result: CoreResult) -> list[int]:
    """Return the counts of a table that is released."""
    assert isinstance(result.table, Released), result.table
    return [cell.count for cell in result.table.cells]


DISTRICT = [
    part(1, table([4, 20])),
    part(2, table([1, 3])),
    part(3, table([2, 1])),
    part(4, table([11, 20]), area=NETTETAL),
    part(5, table([0, 2]), area=NETTETAL),
]


def test_the_example_of_the_module() -> None:
    """Rules 1 and 2."""
    district = rolled(DISTRICT)
    assert grains_of(district) == {(1,), (2, 3), (4,)}
    assert (district.answers, district.left_out) == (62, 1)
    assert (district.published, district.pooled) == (2, 2)
    assert counts_of(district.cores["K1"]) == [4 + 1 + 2 + 11, 20 + 3 + 1 + 20]
    kempen = rolled(DISTRICT[:3], district.admitted.ledger)
    assert grains_of(kempen) == {(1,), (2, 3)}
    later = [*DISTRICT, part(6, table([1, 2]), area=NETTETAL)]
    assert grains_of(rolled(later, kempen.admitted.ledger)) == {(1,), (2, 3), (4,), (5, 6)}


def test_what_is_left_within_areas_is_pooled_across_them() -> None:
    """Rule 2: three in one town and two in the other are five."""
    parts = [part(1, table([1, 2])), part(2, table([1, 1]), area=NETTETAL)]
    assert grains_of(rolled(parts)) == {(1, 2)}


def test_a_pool_is_used_whole_or_not_at_all() -> None:
    """Rule 2: half of it would be told by the other half."""
    parts = [part(n, table([1, 2])) for n in (1, 2, 3)]
    ledger = rolled(parts).admitted.ledger
    half = rolled(parts[:2], ledger)
    assert (grains_of(half), half.left_out, half.answers) == (set(), 2, 0)
    assert half.cores["K1"].table == Withheld(Reason.SMALL_BLOCK, 5)


def test_questionnaires_are_not_mixed_in_a_pool() -> None:
    """Rules 2 and 3."""
    parts = [part(1, table([2, 2])), part(2, table([2, 2]), form="medien")]
    assert grains_of(rolled(parts)) == set()


def test_a_table_withheld_for_its_cells_is_left_out_and_counted() -> None:
    """Rule 1: in a sum it could be narrowed down."""
    parts = [
        part(1, table([5, 5], B, "b1")),
        part(2, table([9, 1], B, "b1")),
        part(3, table([4, 8], B, "b1")),
    ]
    result = rolled(parts).cores["B1"]
    assert counts_of(result) == [9, 13]
    assert (sorted(map(sorted, result.grains)), result.withheld) == ([[1], [3]], 1)


def test_other_answers_cannot_be_added() -> None:
    """Rule 3: a questionnaire that asks the same under other answers is left out."""
    parts = [part(n, table([5, 5])) for n in (1, 2)] + [part(3, table([3, 3, 4]))]
    result = rolled(parts).cores["K1"]
    assert (counts_of(result), result.withheld) == ([10, 10], 1)


def test_sum_is_on_the_scale_that_all_have() -> None:
    """Rule 4: 30 on their coarse scale, 300 on the full one."""
    parts = [
        part(1, table([3, 3, 4, 10, 10], C, "c1")),
        part(2, table([60] * 5, C, "c1")),
        part(3, table([5] * 5, C, "c1")),
    ]
    result = rolled(parts, agreed=["site 2"]).cores["C1"]
    assert counts_of(result) == [6 + 120 + 10, 4 + 60 + 5, 20 + 120 + 10]
    assert isinstance(result.table, Released)
    assert ([cell.code for cell in result.table.cells], result.table.coarse) == (
        ["1+2", "3", "4+5"],
        True,
    )


def test_only_tables_of_one_question_are_added() -> None:
    """Rule 4."""
    two, three = (release(table([5] * n), POLICY) for n in (2, 3))
    assert isinstance(two, Released)
    assert isinstance(three, Released)
    with pytest.raises(ValueError, match="different scales"):
        sum_of([two, three])
    with pytest.raises(ValueError, match="no sum"):
        sum_of([])


@pytest.mark.parametrize(("others", "dominant"), [((8, 9), "site 1"), ((8, 10), None)])
def test_one_institution_must_not_be_the_whole(
    others: tuple[int, ...], dominant: str | None
) -> None:
    """Rule 5: 42 of 59 are more than 70 percent, 42 of 60 are not."""
    parts = [part(1, table([20, 22])), *(part(n, table([0, n])) for n in others)]
    result = rolled(parts).cores["K1"]
    assert result.dominant == dominant
    assert isinstance(result.table, Withheld) is (dominant is not None)


def test_who_dominates_may_agree() -> None:
    """Rule 5: and is named all the same."""
    parts = [part(1, table([20, 22])), part(2, table([4, 4]))]
    withheld = rolled(parts).cores["K1"]
    assert withheld.table == Withheld(Reason.DOMINATED, 70)
    assert withheld.grains == {}
    agreed = rolled(parts, agreed=["site 1"]).cores["K1"]
    assert (counts_of(agreed), agreed.dominant) == ([24, 26], "site 1")


def test_two_classes_of_one_school_are_one_institution() -> None:
    """Rule 5."""
    parts = [replace(part(n, table([6, 6])), institution="site 1") for n in (1, 2, 3)]
    assert rolled([*parts, part(4, table([4, 4]))]).cores["K1"].dominant == "site 1"


# The rest beside a town


def rest(parts: Sequence[Part], town: Sequence[int], ledger: Ledger | None = None) -> RolledUp:
    """Return the rest beside a town; it must be admitted."""
    outcome = rest_of("rest", parts, town, ledger or Ledger(), POLICY)
    assert isinstance(outcome, RolledUp), outcome
    return outcome


def test_town_and_rest_are_the_whole() -> None:
    """Rule 6."""
    parts = [part(n, table([5, 0, 7]), area=KEMPEN if n < 4 else NETTETAL) for n in range(1, 9)]
    whole, town = rolled(parts), rolled(parts[:3])
    others = rest(parts, [1, 2, 3], town.admitted.ledger)
    assert grains_of(others) == grains_of(whole) - grains_of(town)
    assert others.answers == whole.answers - town.answers
    assert (others.left_out, others.published) == (0, 5)


def test_a_pool_of_both_is_in_neither() -> None:
    """Rule 6: 4 and 3 answers are one pool of the whole; the rest does not tell of the 3."""
    small = [part(1, table([2, 1, 1])), part(2, table([1, 1, 1]), area=NETTETAL)]
    parts = [*small, *(part(n, table([5, 0, 7]), area=NETTETAL) for n in (3, 4, 5))]
    assert grains_of(rolled(parts)) == {(1, 2), (3,), (4,), (5,)}
    others = rest(parts, [1])
    assert (grains_of(others), others.left_out) == ({(3,), (4,), (5,)}, 1)
    after = rest(parts, [1], rolled(parts).admitted.ledger)
    assert grains_of(after) == grains_of(others)


def test_who_dominates_the_rest_must_agree() -> None:
    """Rule 6."""
    parts = [part(1, table([5, 0, 7])), part(2, table([40, 20, 40]), area=NETTETAL)]
    result = rest(parts, [1]).cores["K1"].table
    assert isinstance(result, Withheld)
    assert result.reason is Reason.DOMINATED
