"""A design becomes waves, and waves are moved.

1. Before and after makes two waves of young people with their points, and one of professionals if
   they are asked; all of it or nothing.
2. A questionnaire that does not suit, days that make no sense, a second time before the first: each
   is refused, at its field.
3. The first day can be moved until it has come, the last one until it is over; nothing into the past.
4. A wave that waits for a school can still be moved when its days are over.
5. What belongs to another network is as good as missing.
"""

from datetime import date, timedelta

import pytest

from survey_app.domain.design import AFTER_BEFORE, NOT_SUITABLE, Days, Design, NewWave
from survey_app.domain.messages import InvalidDefinition
from survey_app.domain.questionnaire import Audience
from survey_app.domain.wave import Phase, Point, Wave
from survey_app.services import designing, fielding
from survey_app.services.choosing import questionnaires
from survey_app.services.fielding import ALREADY_OVER, ENDS_BEFORE_START
from tests.support_field import ALBRECHT, TODAY, Field, field_in, let_school_agree

LATER = TODAY + timedelta(days=30)
BEFORE, AFTER = Days(TODAY, TODAY), Days(LATER, LATER + timedelta(days=14))


def twice(before: Days, after: Days, asked: str = "medienkompetenz") -> list[NewWave]:
    young = questionnaires()[asked]
    return [NewWave(young, Point.BEFORE, before, 30), NewWave(young, Point.AFTER, after, 30)]


def plan(field: Field, new: list[NewWave], network: int | None = None) -> list[Wave] | None:
    return designing.plan_design(
        field.database,
        network or field.network,
        field.measure,
        Design.BEFORE_AFTER,
        new,
        today=TODAY,
        actor=ALBRECHT,
    )


def faults(error: pytest.ExceptionInfo[InvalidDefinition]) -> list[tuple[object, str]]:
    return [(fault.at[0], fault.message.text) for fault in error.value.faults]


def waves(field: Field) -> list[Wave]:
    found = fielding.fielded_measure(field.database, field.network, field.measure, TODAY)
    assert found is not None
    return [each.wave for each in found.waves if each.wave.id != field.wave]


def test_before_and_after_with_professionals(field: Field) -> None:
    grown_up = NewWave(questionnaires()["fachkraefte"], Point.ONCE, AFTER, 6)
    made = plan(field, [*twice(BEFORE, AFTER), grown_up])
    assert made == waves(field)
    assert [(w.audience, w.point, w.opens_on, w.expected) for w in made] == [
        (Audience.YOUNG_PEOPLE, Point.BEFORE, TODAY, 30),
        (Audience.YOUNG_PEOPLE, Point.AFTER, LATER, 30),
        (Audience.PROFESSIONALS, Point.ONCE, LATER, 6),
    ]
    assert all(wave.awaits_approval for wave in made)
    found = fielding.fielded_measure(field.database, field.network, field.measure, TODAY)
    assert found is not None
    assert [len(each.collectors) for each in found.waves] == [1] * 4


@pytest.mark.parametrize(
    ("before", "after", "asked", "expected"),
    [
        (BEFORE, AFTER, "kern-jugend", [("young", NOT_SUITABLE)] * 2),
        (
            Days(TODAY, TODAY - timedelta(days=1)),
            AFTER,
            "medienkompetenz",
            [("before_closes_on", ENDS_BEFORE_START)],
        ),
        (
            BEFORE,
            Days(date(2026, 1, 1), date(2026, 1, 2)),
            "medienkompetenz",
            [("closes_on", ALREADY_OVER)],
        ),
        (Days(TODAY, LATER), Days(TODAY, LATER), "medienkompetenz", [("opens_on", AFTER_BEFORE)]),
    ],
)
def test_what_makes_no_sense_makes_nothing(
    field: Field, before: Days, after: Days, asked: str, expected: list[tuple[str, str]]
) -> None:
    with pytest.raises(InvalidDefinition) as error:
        plan(field, twice(before, after, asked))
    assert faults(error) == expected
    assert waves(field) == []


def test_a_foreign_measure_gets_no_waves(field: Field) -> None:
    stranger = field_in(field.database, name="Kreis Nachbar")
    assert plan(field, twice(BEFORE, AFTER), stranger.network) is None
    assert waves(field) == []


def move(field: Field, wave: Wave, opens_on: date, closes_on: date, today: date = TODAY) -> bool:
    return designing.move(
        field.database,
        field.network,
        wave.id,
        opens_on=opens_on,
        closes_on=closes_on,
        expected=12,
        today=today,
        actor=ALBRECHT,
    )


def planned(field: Field, days: Days) -> Wave:
    made = plan(field, twice(BEFORE, days))
    assert made is not None
    let_school_agree(field.database, made[1])
    return next(wave for wave in waves(field) if wave.id == made[1].id)


def test_days_are_moved_until_they_have_come(field: Field) -> None:
    wave = planned(field, AFTER)
    assert move(field, wave, TODAY, LATER)
    (moved,) = (each for each in waves(field) if each.id == wave.id)
    assert (moved.opens_on, moved.closes_on, moved.expected) == (TODAY, LATER, 12)
    assert moved.phase(TODAY) is Phase.OPEN
    assert move(field, wave, TODAY, TODAY)
    for opens_on, closes_on, text in (
        (LATER, LATER, designing.HAS_BEGUN),
        (TODAY, TODAY - timedelta(days=1), ENDS_BEFORE_START),
    ):
        with pytest.raises(InvalidDefinition) as error:
            move(field, wave, opens_on, closes_on)
        assert [text for _, text in faults(error)] == [text]
    with pytest.raises(InvalidDefinition) as error:
        move(field, wave, TODAY, LATER, today=TODAY + timedelta(days=1))
    assert faults(error) == [("closes_on", designing.OVER)]


def test_nothing_is_moved_into_the_past(field: Field) -> None:
    with pytest.raises(InvalidDefinition) as error:
        move(field, planned(field, AFTER), TODAY - timedelta(days=1), LATER)
    assert faults(error) == [("opens_on", designing.IN_THE_PAST)]


def test_what_waited_too_long_gets_other_days(field: Field) -> None:
    plan(field, twice(BEFORE, AFTER))
    waiting = waves(field)[0]
    assert waiting.awaits_approval
    much_later = AFTER.closes_on + timedelta(days=30)
    assert move(field, waiting, much_later, much_later, today=much_later - timedelta(days=1))


def test_a_foreign_wave_is_not_moved(field: Field) -> None:
    stranger = field_in(field.database, name="Kreis Nachbar")
    assert not designing.move(
        field.database,
        stranger.network,
        field.wave,
        opens_on=TODAY,
        closes_on=LATER,
        expected=None,
        today=TODAY,
        actor=ALBRECHT,
    )
