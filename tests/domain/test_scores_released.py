"""What of a score and its items is shown (domain/disclosure.py, docs/disclosure.md).

1. Of B and C a score of five items is shown, and its items are not, whatever was answered.
2. Of a shorter one the items are shown, and the score is not.
3. Of two scores that share an item the first is shown; so is no score of feedback beside a sensitive
   one of the same items.
4. Of A everything is shown. Where too few answered, that is the reason.
5. Which it is, is known before anybody answers: it depends on no count.
"""

from collections.abc import Sequence

import pytest

from survey_app.domain.block import Block
from survey_app.domain.codebook import Sensitivity
from survey_app.domain.disclosure import DisclosurePolicy, Reason, Withheld, release_block
from survey_app.domain.questionnaire import Audience
from survey_app.domain.tabulation import Cell, FrequencyTable

POLICY = DisclosurePolicy()
A, B, C = Sensitivity.A, Sensitivity.B, Sensitivity.C
FIVE = ("w1", "w2", "w3", "w4", "w5")


def table(
    name: str, sensitivity: Sensitivity, *, items: Sequence[str] = (), people: int = 12
) -> FrequencyTable:
    """Return a table of two halves, which no rule about cells objects to."""
    halves = (people // 2, people - people // 2)
    return FrequencyTable(
        variable=name,
        sensitivity=sensitivity,
        cells=tuple(Cell(code=code, count=count) for code, count in enumerate(halves, start=1)),
        base=people,
        coarse=((1,), (2,)),
        items=tuple(items),
    )


def withheld(*tables: FrequencyTable) -> dict[str, Reason]:
    """Return what is not shown, and why."""
    block = Block(
        questionnaire="kern",
        version="1.0.0",
        fingerprint="f",
        audience=Audience.YOUNG_PEOPLE,
        base=max(each.base for each in tables),
        tables=tables,
        texts=(),
    )
    shown = release_block(block, POLICY).tables
    return {name: each.reason for name, each in shown.items() if isinstance(each, Withheld)}


def items(sensitivity: Sensitivity, names: Sequence[str] = FIVE) -> list[FrequencyTable]:
    return [table(name, sensitivity) for name in names]


@pytest.mark.parametrize("sensitivity", [B, C])
def test_long_score_is_shown_without_its_items(sensitivity: Sensitivity) -> None:
    """Rule 1; another question of the block is shown as ever."""
    score, other = table("wert", sensitivity, items=FIVE), table("k1", A)
    assert withheld(*items(sensitivity), score, other) == dict.fromkeys(FIVE, Reason.SCORE)


@pytest.mark.parametrize("sensitivity", [B, C])
def test_items_are_shown_without_a_short_score(sensitivity: Sensitivity) -> None:
    """Rule 2."""
    score = table("wert", sensitivity, items=FIVE[:4])
    assert withheld(*items(sensitivity), score) == {"wert": Reason.SCORE}


def test_scores_do_not_share_an_item() -> None:
    """Rule 3."""
    feedback = table("lob", A, items=("w1", "k1"))
    first = table("wert", C, items=FIVE)
    second = table("zweiter", C, items=("w5", "w6", "w7", "w8", "w9"))
    found = withheld(feedback, first, second)
    assert found == {"lob": Reason.SCORE, "zweiter": Reason.SCORE}


def test_feedback_stands_beside_its_score() -> None:
    """Rule 4."""
    assert withheld(*items(A), table("lob", A, items=FIVE[:2])) == {}


def test_too_few_is_the_reason_where_too_few_answered() -> None:
    """Rules 4, 5: another reason would tell nothing, and this one says what helps."""
    few = table("w1", C, people=9)
    found = withheld(few, *items(C, FIVE[1:]), table("wert", C, items=FIVE))
    assert found == {"w1": Reason.SMALL_BLOCK, **dict.fromkeys(FIVE[1:], Reason.SCORE)}
