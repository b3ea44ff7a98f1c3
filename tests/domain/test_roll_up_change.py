"""Before and after of two groups, over several measures, with numbers reckoned by hand.

1. Shares: all before and all after are summed, and their difference has the interval of Newcombe
   with limits that know of groups; one measure alone has that of its sheet.
2. Means: Welch's interval, each spread widened by the root of the design effect.
3. Only pairs count: a measure that asked once is in no line, one with a side that is withheld keeps
   its line and is in no sum.
4. Who looks back is never summed with two groups, and another version of a question not with this.
5. What is summed is not where most answers are one institution's.
"""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from survey_app.domain.comparison import Linkage
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.measure import Measure
from survey_app.domain.response import Answers
from survey_app.domain.results import WaveResult
from survey_app.domain.roll_up_change import ONE_INSTITUTION, ONE_MEASURE, Pooled, pooled_changes
from survey_app.domain.standards import Judged
from survey_app.domain.statistics import Share
from survey_app.domain.wave import Point
from tests.domain.test_roll_up_parts import judged as looked_back
from tests.domain.test_roll_up_parts import measure
from tests.support_sheets import at, questionnaire, result

POLICY = DisclosurePolicy()
MEDIA = """
id: medien
version: 1.0.0
audience: young_people
languages: [de]
title: Medien
minutes: 2
licence: {class: A, spdx: CC-BY-4.0, holder: Mitreden}
sections:
  - id: s
    questions:
      - {id: m1, kind: rating, scale: agreement, text: Ich erkenne falsche Nachrichten.}
      - {id: m0, kind: ladder, lowest: gar nicht, highest: sehr gut, text: Wie gut geht es?}
"""
FORM = questionnaire(MEDIA)
OTHER = questionnaire(MEDIA.replace("falsche Nachrichten", "Werbung"))

Side = tuple[int, int]
"""So many agree, of so many."""


def shares(point: Point, side: Side, number: int, form: object = FORM) -> WaveResult:
    """Return a wave in which so many agree with m1."""
    yes, base = side
    people: list[Answers] = [{"m1": 4}] * yes + [{"m1": 2}] * (base - yes)
    return at(point, result(form, people, number=number))  # type: ignore[arg-type]


def pair(
    number: int, before: Side, after: Side, form: object = FORM, of: Measure | None = None
) -> Judged:
    """Return a measure that asked two groups, before and after."""
    found = (
        shares(Point.BEFORE, before, 2 * number, form),
        shares(Point.AFTER, after, 2 * number + 1, form),
    )
    return Judged(of or measure(number), found, ())


def only(*measures: Judged) -> Pooled:
    """Return the one question that is shown."""
    (found,) = pooled_changes(measures, POLICY)
    return found


def rounded(*numbers: float) -> tuple[float, ...]:
    return tuple(round(each, 4) for each in numbers)


FIRST, SECOND = pair(1, (4, 20), (12, 16)), pair(2, (6, 10), (9, 12))


def test_shares_of_two_measures() -> None:
    """Rule 1.

    Before 10 of 30, after 21 of 28. Groups of 20 and 10 count as 500/30 = 16.67, so z² grows by
    1 + 15.67 · 0.05 = 1.783 and Wilson's limits are 0.1587 and 0.5699; after, 400/28 = 14.29 and
    1.664 make 0.5111 and 0.8959. Squared and added (Newcombe): 0.4167 − 0.3362, + 0.2276.
    """
    found = only(FIRST, SECOND)
    assert (found.linkage, found.shown, found.why) == (Linkage.UNLINKED, 2, None)
    change = found.together
    assert change is not None
    assert (change.before, change.after) == (Share(10, 30), Share(21, 28))
    assert (change.people, change.effect) == ((30, 28), None)
    difference = change.difference
    assert rounded(difference.value, difference.low, difference.high) == (0.4167, 0.0805, 0.6442)


def test_one_measure_alone() -> None:
    """Rule 1: 4 of 20 and 12 of 16 with Wilson's own limits; it is no sum."""
    found = only(FIRST)
    (line,) = found.lines
    assert line.change is not None
    difference = line.change.difference
    assert rounded(difference.value, difference.low, difference.high) == (0.55, 0.2234, 0.7403)
    assert found.together is None
    assert found.why is not None
    assert found.why.text == ONE_MEASURE


def ladder(number: int, lower: int) -> Judged:
    """Return a measure: before six people each on a step and two above, after two steps higher."""

    def asked(point: Point, step: int, wave: int) -> WaveResult:
        people: list[Answers] = [{"m0": step}] * 6 + [{"m0": step + 2}] * 6
        return at(point, result(FORM, people, number=wave))

    found = asked(Point.BEFORE, lower, 2 * number), asked(Point.AFTER, lower + 2, 2 * number + 1)
    return Judged(measure(number), found, ())


def test_means_of_two_measures() -> None:
    """Rule 2.

    Before: six each on 4, 5, 6 and 7, mean 5.5, variance 30/23; after: all of it two higher. Groups
    of twelve have the design effect 1.55. Standard error √(2 · 30/23 · 1.55 / 24) = 0.4105, with
    46 degrees of freedom t = 2.0129: 2 ± 0.8262.
    """
    change = only(ladder(1, 4), ladder(2, 5)).together
    assert change is not None
    assert change.people == (24, 24)
    difference = change.difference
    assert rounded(difference.value, difference.low, difference.high) == (2.0, 1.1738, 2.8262)


def test_who_asked_once_is_in_no_line() -> None:
    """Rule 3."""
    once = Judged(measure(3), (shares(Point.ONCE, (9, 12), 9),), ())
    after = Judged(measure(4), (shares(Point.AFTER, (9, 12), 10),), ())
    assert only(FIRST, SECOND, once, after) == only(FIRST, SECOND)
    assert pooled_changes([once, after], POLICY) == ()


@pytest.mark.parametrize("small", [((2, 4), (9, 12)), ((9, 12), (2, 4))])
def test_a_withheld_side_keeps_its_line(small: tuple[Side, Side]) -> None:
    """Rule 3."""
    found = only(FIRST, SECOND, pair(3, *small))
    assert [line.change is None for line in found.lines] == [False, False, True]
    assert found.together == only(FIRST, SECOND).together


def test_looking_back_is_another_design() -> None:
    """Rule 4: two groups come first."""
    back = [looked_back(number, [(2, 4), (3, 3), (1, 4)] * 4) for number in (3, 4)]
    found = pooled_changes([*back, FIRST, SECOND], POLICY)
    assert [each.linkage for each in found] == [Linkage.UNLINKED, Linkage.LOOKING_BACK]
    assert [len(each.lines) for each in found] == [2, 2]


def test_another_wording_is_another_question() -> None:
    """Rule 4."""
    assert len(only(FIRST, pair(2, (6, 10), (9, 12), OTHER)).lines) == 1


def test_the_same_in_both_waves_or_nothing() -> None:
    """Rule 4: what was worded anew in between is not compared."""
    mixed = (shares(Point.BEFORE, (4, 20), 2), shares(Point.AFTER, (12, 16), 3, OTHER))
    assert pooled_changes([Judged(measure(1), mixed, ())], POLICY) == ()


def sites(*numbers: int) -> Sequence[Measure]:
    """Return measures at these places."""
    return [replace(measure(n), site=measure(site).site) for n, site in enumerate(numbers, 1)]


@pytest.mark.parametrize(("third", "why"), [(13, None), (12, ONE_INSTITUTION)])
def test_one_institution_is_no_sum(third: int, why: str | None) -> None:
    """Rule 5: 60 of 86 answers are 69.8 percent, 60 of 84 are 71.4."""
    one, two, three = sites(1, 1, 2)
    side = (5, 15)
    found = only(
        pair(1, side, side, of=one),
        pair(2, side, side, of=two),
        pair(3, (5, third), (5, third), of=three),
    )
    assert (found.why.text if found.why else None) == why
    assert (found.together is None) == (why is not None)
