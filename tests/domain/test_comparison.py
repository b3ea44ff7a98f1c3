"""Young people and professionals side by side.

1. Two questions are a pair when either names the other.
2. A pair holds the share of positive answers of both groups, or why one is withheld.
3. The gap is young people minus professionals, in whole points, and only if both are known.
4. What has no positive answer has no share: it makes no pair and never reads as 0 %.
5. Pairs come in the order of the young people's questions.
"""

from survey_app.domain.block import block_of
from survey_app.domain.codebook import Variable
from survey_app.domain.comparison import MirroredPair, mirrored_pairs
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
