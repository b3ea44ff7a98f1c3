"""A recount after a release: where several answers are allowed, every tick names two groups.

1. Of own behaviour (B) and feelings (C) a table with several answers is replaced only if those who
   came, and those who went, would be released as a table of their own: those who ticked and those
   who did not. Shown for every pair of small tables.
2. Eight forgotten sheets on which all ticked the same, or nothing, stay forgotten.
3. Of feedback (A) it is enough that no number moves by fewer than a block.
"""

from itertools import product

import pytest

from survey_app.domain.block import Block
from survey_app.domain.codebook import Sensitivity
from survey_app.domain.disclosure import Released, release
from survey_app.domain.questionnaire import Audience
from survey_app.domain.recount import LEAST, may_replace
from survey_app.domain.tabulation import Cell, FrequencyTable

A, B, C = Sensitivity.A, Sensitivity.B, Sensitivity.C


def ticked(base: int, *counts: int, sensitivity: Sensitivity = B) -> FrequencyTable:
    return FrequencyTable(
        variable="orte",
        sensitivity=sensitivity,
        multiple=True,
        cells=tuple(Cell(code=code, count=count) for code, count in enumerate(counts, 1)),
        base=base,
        coarse=tuple((code,) for code, _ in enumerate(counts, 1)),
    )


def block(table: FrequencyTable) -> Block:
    return Block(
        questionnaire="kern",
        version="1.0.0",
        fingerprint="12",
        audience=Audience.YOUNG_PEOPLE,
        base=table.base,
        tables=(table,),
    )


def is_replaced(old: FrequencyTable, new: FrequencyTable) -> bool:
    return may_replace(block(old), block(new))


@pytest.mark.parametrize("sensitivity", [B, C])
def test_those_who_came_would_be_a_table(sensitivity: Sensitivity) -> None:
    """Rule 1: both ways, whoever is more."""
    old = ticked(20, 10, 9, sensitivity=sensitivity)
    for base, one, two in product((30, 34), range(6, 27), range(6, 27)):
        new = ticked(base, one, two, sensitivity=sensitivity)
        came = ticked(base - 20, max(one - 10, 0), max(two - 9, 0), sensitivity=sensitivity)
        is_sum = one >= 10 and two >= 9 and max(one - 10, two - 9) <= base - 20
        expected = is_sum and isinstance(release(came, LEAST), Released)
        was_shown = isinstance(release(new, LEAST), Released)
        assert is_replaced(old, new) is expected, new
        assert is_replaced(new, old) is (expected or not was_shown), new


@pytest.mark.parametrize("came", [(8, 4), (0, 4), (8, 0), (0, 0), (7, 4), (1, 4)])
def test_forgotten_sheets_on_which_all_is_alike_stay_forgotten(came: tuple[int, int]) -> None:
    """Rule 2."""
    old = ticked(20, 10, 9)
    assert not is_replaced(old, ticked(28, 10 + came[0], 9 + came[1]))
    assert is_replaced(old, ticked(28, 10 + 4, 9 + 5))


@pytest.mark.parametrize("to", [(18, 9), (10, 17), (2, 9), (10, 9)])
def test_ticks_that_move_by_themselves_are_somebodys(to: tuple[int, int]) -> None:
    """Rule 1: the same people, eight of whom had all (not) ticked one and the same."""
    old = ticked(20, 10, 9)
    assert is_replaced(old, ticked(20, *to)) is (to == (10, 9))


def test_feedback_moves_by_blocks() -> None:
    """Rule 3."""
    old = ticked(20, 10, 9, sensitivity=A)
    assert is_replaced(old, ticked(25, 15, 9, sensitivity=A))
    assert not is_replaced(old, ticked(25, 14, 9, sensitivity=A))
    assert not is_replaced(old, ticked(24, 15, 9, sensitivity=A))
