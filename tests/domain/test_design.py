"""Designs: what each offers, and when it asks.

1. Once and the retrospective ask one time, before and after asks two; professionals are no part of
   that.
2. A questionnaire suits a design if its questions make sense then: core questions and `then_now`
   cannot be asked before, the retrospective needs `then_now`. What may not be fielded suits none.
3. Days follow from the measure: before on its first day, else from its last; what is past is today.
4. The second time may begin on the day the first one ends, not before.
5. Who plans is told when before is no longer before, when both are open at once, when few answer.
"""

from datetime import date, timedelta

import pytest

from survey_app.domain.design import (
    BEGUN,
    FEW,
    SAME_DAY,
    Days,
    Design,
    NewWave,
    begins_too_early,
    doubts,
    proposed_days,
    suits,
)
from survey_app.domain.messages import Message
from survey_app.domain.wave import Point
from survey_app.services.choosing import questionnaires

FIRST, LAST = date(2026, 9, 1), date(2026, 11, 20)
EARLY, LATE = date(2026, 8, 1), date(2026, 12, 1)
BEFORE = Days(FIRST, FIRST)
AFTER = Days(LAST, LAST + timedelta(days=14))


def suitable(design: Design) -> set[str]:
    return {name for name, each in questionnaires().items() if suits(design, each)}


def pair(before: Days, after: Days, expected: int | None = None) -> tuple[NewWave, NewWave]:
    asked = questionnaires()["medienkompetenz"]
    return (
        NewWave(asked, Point.BEFORE, before, expected),
        NewWave(asked, Point.AFTER, after, expected),
    )


def test_one_design_asks_two_times() -> None:
    assert {design: len(design.points) for design in Design} == {
        Design.ONCE: 1,
        Design.BEFORE_AFTER: 2,
        Design.RETROSPECTIVE: 1,
    }


def test_questionnaires_suit_by_their_questions() -> None:
    once = suitable(Design.ONCE)
    assert suitable(Design.RETROSPECTIVE) == {"vorher-nachher-workshop"}
    assert once - suitable(Design.BEFORE_AFTER) == {"kern-jugend", "vorher-nachher-workshop"}
    assert {"fachkraefte", "netzwerktreffen", "who-5"} & once == set()


@pytest.mark.parametrize(
    ("point", "today", "days"),
    [
        (Point.BEFORE, EARLY, BEFORE),
        (Point.AFTER, EARLY, AFTER),
        (Point.ONCE, EARLY, AFTER),
        (Point.BEFORE, LATE, Days(LATE, LATE)),
        (Point.AFTER, LATE, Days(LATE, LATE + timedelta(days=14))),
    ],
)
def test_days_follow_from_the_measure(point: Point, today: date, days: Days) -> None:
    assert proposed_days(point, starts_on=FIRST, ends_on=LAST, today=today) == days


def test_the_second_time_comes_after_the_first() -> None:
    assert not begins_too_early(BEFORE, AFTER)
    assert not begins_too_early(BEFORE, Days(FIRST, LAST))
    assert begins_too_early(Days(FIRST, LAST), Days(FIRST, LAST))


def test_who_plans_is_told_what_weakens_the_design() -> None:
    assert list(doubts(pair(BEFORE, AFTER, 60), starts_on=FIRST)) == []
    late = Days(FIRST + timedelta(days=3), LAST)
    assert list(doubts(pair(late, AFTER, 12), starts_on=FIRST)) == [
        Message(BEGUN, {"day": FIRST}),
        Message(SAME_DAY),
        Message(FEW, {"n": 12}),
    ]
    once = NewWave(questionnaires()["kern-jugend"], Point.ONCE, AFTER, 4)
    assert list(doubts((once,), starts_on=FIRST)) == []
