"""The master data of a measure, its parts, and how good the practice is.

1. Nothing is needed; what is unknown is None and no zero.
2. As a document it is as short as what is known, and comes back as the same value.
3. What contradicts itself, is too much or unknown to the format is refused.
4. Sums say nothing where a summand is unknown: contact hours need hours and heads of every date.
5. A copy takes the plan along and leaves what came of it.
6. A part is filled as soon as it says anything.
7. Every list has a German word for each of its values, and there are twelve criteria.
8. White spots count a measure at each of its topics and once in every sum.
"""

from collections.abc import Iterable
from datetime import date
from enum import Enum

import pytest
from pydantic import ValidationError

from survey_app.domain.good_practice import Criterion, Rated, Rating
from survey_app.domain.master_data import (
    NOTHING_YET,
    Approach,
    Attendance,
    Consequence,
    Costs,
    Decision,
    FieldOfAction,
    Funding,
    MasterData,
    Occasion,
    Participation,
    ParticipationStage,
    Realisation,
    TargetGroup,
)
from survey_app.domain.measure import Municipality, Publication, Setting, Topic
from survey_app.domain.parts import Part
from survey_app.domain.selection import DISTRICT, Counted, Order, Selection, Standing, WhiteSpots

FULL = MasterData(
    carried_out_by="Theater am Eck",
    field_of_action=FieldOfAction.STRESS,
    approach=Approach.BOTH,
    target_group=TargetGroup(age_from=12, age_to=16, special_need="neu zugewandert"),
    participation=Participation(stage=ParticipationStage.DECISION, decided="Das Thema."),
    attendance=Attendance(
        occasions=(
            Occasion(day=date(2026, 11, 2), minutes=90, attended=20),
            Occasion(day=date(2026, 11, 9), minutes=120, attended=18),
        ),
        registered=25,
        professionals=2,
    ),
    costs=Costs(
        planned=100_000,
        actual=95_050,
        own_funds=5_050,
        funding=(Funding(funder="AOK", cents=60_000), Funding(funder="TK", cents=30_000)),
        staff_minutes=600,
    ),
    realisation=Realisation(partners=("Bücherei",), structure="gut", deviations="Regen"),
    quality=(Rated(criterion=Criterion.CONCEPT, rating=Rating.LARGELY),),
    consequence=Consequence(
        decision=Decision.ADAPT, responsible="Jugendamt", due_on=date(2027, 3, 1)
    ),
)


def test_nothing_is_needed() -> None:
    assert MasterData() == NOTHING_YET
    assert NOTHING_YET.model_dump_json(exclude_defaults=True) == "{}"
    assert (NOTHING_YET.costs.funded, NOTHING_YET.attendance.minutes) == (None, None)


@pytest.mark.parametrize("known", [NOTHING_YET, FULL])
def test_a_document_comes_back_as_the_same_value(known: MasterData) -> None:
    document = known.model_dump_json(exclude_defaults=True)
    assert MasterData.model_validate_json(document) == known


@pytest.mark.parametrize(
    "document",
    [
        '{"names": ["Mira"]}',
        '{"target_group": {"age_from": 16, "age_to": 12}}',
        '{"target_group": {"age_from": 100}}',
        '{"participation": {"stage": 10}}',
        '{"costs": {"planned": -1}}',
        '{"costs": {"planned": 12.5}}',
        '{"costs": {"funding": [{"funder": ""}]}}',
        '{"attendance": {"occasions": [{"day": "gestern"}]}}',
        '{"quality": [{"criterion": "concept", "rating": "5"}]}',
    ],
)
def test_what_makes_no_sense_is_refused(document: str) -> None:
    with pytest.raises(ValidationError):
        MasterData.model_validate_json(document)


def test_sums_need_their_summands() -> None:
    assert FULL.costs.funded == 90_000
    assert FULL.attendance.minutes == 210
    assert FULL.attendance.contact_minutes == 90 * 20 + 120 * 18
    half_known = Attendance(
        occasions=(*FULL.attendance.occasions, Occasion(day=date(2026, 11, 16), minutes=60))
    )
    assert (half_known.minutes, half_known.contact_minutes) == (270, None)


def test_a_copy_takes_the_plan_along_and_leaves_what_came_of_it() -> None:
    copied = FULL.for_a_copy()
    assert (copied.attendance, copied.consequence) == (Attendance(), Consequence())
    assert (copied.costs.actual, copied.costs.staff_minutes) == (None, None)
    assert (copied.costs.planned, copied.costs.funding) == (100_000, FULL.costs.funding)
    assert copied.realisation == Realisation(partners=("Bücherei",), structure="gut")
    kept = ("target_group", "participation", "approach", "field_of_action", "quality")
    assert all(getattr(copied, name) == getattr(FULL, name) for name in kept)


def test_a_rating_is_a_step_or_does_not_apply() -> None:
    assert [rating.step for rating in Rating] == [0, 1, 2, 3, 4, None]
    assert FULL.rating_of(Criterion.CONCEPT) is Rating.LARGELY
    assert FULL.rating_of(Criterion.SETTING) is None


@pytest.mark.parametrize(
    "kinds",
    [
        *(Topic, Setting, Publication, FieldOfAction, Approach, ParticipationStage, Decision),
        *(Criterion, Rating, Part, Standing, Order),
    ],
)
def test_every_value_has_a_word_of_its_own(kinds: Iterable[Enum]) -> None:
    labels = [kind.label for kind in kinds]  # type: ignore[attr-defined]
    assert len(labels) == len(set(labels))
    assert all(labels)


def test_there_are_twelve_criteria_nine_stages_and_nine_parts() -> None:
    assert (len(Criterion), len(ParticipationStage), len(Part)) == (12, 9, 9)
    assert Part.BASICS.next is Part.GOALS
    assert Part.CONSEQUENCE.next is None


def test_white_spots_count_a_measure_at_each_of_its_topics() -> None:
    towns = (Municipality(1, 1, "05166004", "Brüggen"), Municipality(2, 1, "05166012", "Kempen"))
    spots = WhiteSpots(
        towns,
        (
            Counted((1,), (Topic.STRESS, Topic.MOVEMENT), 2),
            Counted((1,), (Topic.STRESS,), 1),
            Counted((DISTRICT,), (Topic.STRESS,), 4),
        ),
    )
    assert [spots.cell(1, topic) for topic in (Topic.STRESS, Topic.MOVEMENT)] == [3, 2]
    assert (spots.of_place(1), spots.of_place(2), spots.of_place(DISTRICT)) == (3, 0, 4)
    assert (spots.on_topic(Topic.STRESS), spots.on_topic(Topic.MOVEMENT), spots.all) == (7, 2, 7)
    assert [town.name for town in spots.without_any] == ["Kempen"]


def test_an_empty_selection_is_everything() -> None:
    assert Selection(order=Order.TITLE).is_everything
    assert not Selection(municipality=DISTRICT).is_everything
    assert Selection(text="  Stress   Camp ").words == ("Stress", "Camp")
