"""Young people and professionals side by side.

1. Two questions are a pair when either names the other.
2. A pair holds the share of positive answers of both groups, or why one is withheld.
3. The gap is young people minus professionals, in whole points, and only if both are known.
4. What has no positive answer has no share: it makes no pair and never reads as 0 %.
5. Pairs come in the order of the young people's questions.
6. Two groups are compared by the share of positive answers, or by the mean of numbers.
7. A difference is after minus before; it is clear if its interval leaves out zero.
8. What one of both times may not show, or what was asked in other words, is not compared.
9. Then and now of the same people: their change; how many moved only in groups of three and more.
"""

import pytest

from survey_app.domain.block import block_of
from survey_app.domain.codebook import Variable
from survey_app.domain.comparison import (
    MirroredPair,
    Moved,
    group_changes,
    looks_back,
    mirrored_pairs,
)
from survey_app.domain.disclosure import (
    DisclosurePolicy,
    Reason,
    Released,
    Withheld,
    release_block,
)
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.response import Answers
from survey_app.domain.statistics import Share
from survey_app.domain.tabulation import tabulate
from tests.support import HEAD, asking, people, times

YOUNG = asking(
    """
- {id: k1, kind: rating, scale: agreement, mirror: f1, text: Es war gut.}
- {id: k2, kind: rating, scale: agreement, text: Es ging mich an.}
- id: k3
  kind: single_choice
  mirror: f3
  options: [{code: ja, text: Ja}, {code: nein, text: Nein}]
  text: Kommst du wieder?
- {id: k4, kind: rating, scale: agreement, mirror: nirgends, text: Es war leicht.}
- {id: k5, kind: rating, scale: agreement, text: Meine Meinung war wichtig.}
"""
)
PROFESSIONALS = asking(
    """
- {id: f5, kind: rating, scale: agreement, mirror: k5, text: Die Jugendlichen bestimmten mit.}
- {id: f1, kind: rating, scale: agreement, text: Es passte zu den Jugendlichen.}
- id: f3
  kind: single_choice
  options: [{code: ja, text: Ja}, {code: nein, text: Nein}]
  text: Kommen sie wieder?
""",
    head=HEAD.replace("young_people", "professionals"),
)

Tables = dict[str, tuple[Variable, Released | Withheld]]


def tables(questionnaire: Questionnaire, answers: list[Answers]) -> Tables:
    block = block_of(questionnaire, tabulate(questionnaire, answers), {})
    released = release_block(block, DisclosurePolicy())
    return {v.name: (v, released.tables[v.name]) for v in questionnaire.codebook()}


def pairs(young: list[Answers], professional: list[Answers]) -> list[MirroredPair]:
    return list(mirrored_pairs(tables(YOUNG, young), tables(PROFESSIONALS, professional)))


SOMMERCAMP = people(
    k1=times({5: 20, 3: 10}), k2=[5] * 30, k3=["ja"] * 30, k4=[5] * 30, k5=times({4: 15, 2: 15})
)
TEAM = people(f5=times({4: 6, 1: 2}), f1=times({5: 3, 4: 3, 1: 2}), f3=["ja"] * 8)
FOUR = people(f5=[5] * 4, f1=[5] * 4, f3=["ja"] * 4)


def test_pair_is_made_by_either_name_in_the_young_order() -> None:
    """Rules 1, 4 and 5: k3 has no positive answer, and k4 names a question nobody asked."""
    found = [(pair.young.name, pair.professional.name) for pair in pairs(SOMMERCAMP, TEAM)]
    assert found == [("k1", "f1"), ("k5", "f5")]


def test_pair_holds_both_shares() -> None:
    """Rule 2."""
    found = [(pair.young_share, pair.professional_share) for pair in pairs(SOMMERCAMP, TEAM)]
    assert found == [(Share(20, 30), Share(6, 8)), (Share(15, 30), Share(6, 8))]


def test_gap_is_in_whole_points() -> None:
    """Rule 3: 67 % - 75 %, and 50 % - 75 %: the difference of what is printed."""
    assert [pair.gap for pair in pairs(SOMMERCAMP, TEAM)] == [-8, -25]


def test_withheld_side_leaves_the_other_and_no_gap() -> None:
    """Rules 2 and 3."""
    (first, _) = pairs(SOMMERCAMP, FOUR)
    assert first.young_share == Share(20, 30)
    assert first.professional_share == Withheld(Reason.SMALL_BLOCK, 5)
    assert first.gap is None


# What changed

ASKED_TWICE = asking(
    """
- {id: m1, kind: rating, scale: agreement, text: Ich erkenne Werbung.}
- {id: m2, kind: single_choice, options: [{code: a, text: A}, {code: b, text: B}], text: Was?}
- {id: m3, kind: ladder, text: Wie sicher bist du?, lowest: gar nicht, highest: völlig}
- {id: m4, kind: rating, scale: agreement, sensitivity: C, text: Ich fühle mich allein.}
"""
)
REWORDED = asking("- {id: m1, kind: rating, scale: agreement, text: Ich erkenne jede Werbung.}")
LOOKING_BACK = asking(
    """
- id: wissen
  kind: then_now
  scale: agreement
  text: Wie sehr stimmt das?
  then: Davor
  now: Jetzt
  items: [{id: w1, text: Ich weiß Bescheid.}, {id: w2, text: Es ist mir egal., reverse: true}]
"""
)
PRE = (2, 3, 3, 2, 4, 1, 3, 2, 3, 4, 2, 3)
POST = (3, 4, 3, 3, 4, 2, 4, 4, 3, 5, 3, 3)


def twice(n: int, ladder: dict[int, int], agreed: int) -> Tables:
    answers = people(
        m1=[5] * agreed + [1] * (n - agreed), m2=["a"] * n, m3=times(ladder), m4=[1] * n
    )
    return tables(ASKED_TWICE, answers)


def test_two_groups_are_compared_by_shares_and_means() -> None:
    """Rules 6 and 7: 10 of 20 and 15 of 20; ladders 20 × 5 and 10 × 6, 10 × 8."""
    before, after = twice(20, {5: 10, 4: 10}, 10), twice(20, {6: 10, 8: 10}, 15)
    share, ladder, withheld = group_changes(before, after, DisclosurePolicy())
    assert (share.before, share.after) == (Share(10, 20), Share(15, 20))
    assert share.difference is not None
    assert round(share.difference.value, 2) == 0.25
    assert not share.difference.is_clear
    assert ladder.is_of_means
    assert ladder.scale == (0, 10)
    assert ladder.difference is not None
    assert (ladder.difference.value, ladder.difference.is_clear) == (2.5, True)
    assert (withheld.variable.name, withheld.difference) == ("m4", None)


def test_one_side_withheld_or_other_wording_is_no_comparison() -> None:
    """Rule 8."""
    four, twenty = twice(4, {5: 4}, 4), twice(20, {5: 20}, 15)
    found = group_changes(four, twenty, DisclosurePolicy())
    assert [change.variable.name for change in found] == ["m4"]  # withheld both times
    reworded = tables(REWORDED, people(m1=[5] * 20))
    assert list(group_changes(twenty, reworded, DisclosurePolicy())) == []


def test_a_look_back_is_that_of_the_test_vector() -> None:
    """Rule 9 (EVALUATION 3.4): 8 better, 4 the same, nobody worse: too few to be told apart."""
    answers = people(w1__then=PRE, w1__now=POST, w2__then=POST, w2__now=PRE)
    first, second = looks_back(tables(LOOKING_BACK, answers), DisclosurePolicy())
    for row, sign in ((first, 1), (second, -1)):
        assert row.effect is not None
        assert row.effect.change.value == sign * 0.75
        assert round(row.effect.d_av or 0, 3) == sign * 0.893
        assert row.moved == Moved(better=8, same=None, worse=None, rest=4)
    assert (first.scale, first.base) == ((1, 5), 12)


@pytest.mark.parametrize(
    ("better", "same", "worse", "moved"),
    [
        (8, 4, 3, Moved(8, 4, 3, 7)),
        (8, 4, 2, Moved(8, None, None, 6)),
        (8, 2, 0, None),
        (2, 8, 8, None),
    ],
)
def test_no_group_of_one_or_two_is_named(
    better: int, same: int, worse: int, moved: Moved | None
) -> None:
    """Rule 9."""
    then, now = [3] * (better + same + worse), [4] * better + [3] * same + [2] * worse
    answers = people(w1__then=then, w1__now=now, w2__then=then, w2__now=then)
    (first, *_) = looks_back(tables(LOOKING_BACK, answers), DisclosurePolicy())
    assert first.moved == moved


def test_too_few_for_a_mean_and_for_groups_say_nothing() -> None:
    """Rule 9: nine people, all of whom moved."""
    answers = people(w1__then=[3] * 9, w1__now=[4] * 9, w2__then=[3] * 9, w2__now=[3] * 9)
    assert list(looks_back(tables(LOOKING_BACK, answers), DisclosurePolicy())) == []
