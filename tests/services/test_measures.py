"""Master data and goals in the database, changed part by part.

1. What was stated comes back as it was stated, on both databases; a change touches its part only.
2. Goals are free until a wave opens; afterwards what was promised stays on record, in the goal and
   in the audit log, and no goal goes away.
3. A copy has the plan and the goals, with a day of their own, and nothing that came of the first.
4. Only a measure without waves can be removed, with everything that belongs to it.
5. What belongs to another network is as missing as what never was, and stays as it is.
6. Every change writes one line into the audit log; what changes nothing writes none.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from survey_app.domain.commitment import NewCommitment, Status
from survey_app.domain.goal import Indicator, NewGoal, Stage
from survey_app.domain.measure import NewMeasure, Publication, Setting, Topic
from survey_app.domain.messages import InvalidDefinition
from survey_app.domain.parts import Part
from survey_app.services import fielding, measures, promising
from survey_app.services.acting import By
from survey_app.services.measures import KnownMeasure
from survey_app.storage import schema
from tests.domain.test_master_data import FULL
from tests.support_field import ALBRECHT, TODAY, Field, field_in

BY = By(ALBRECHT, TODAY)
TOMORROW = By(ALBRECHT, TODAY + timedelta(days=1))
HELP = NewGoal(
    text="Sie wissen, wo es Hilfe gibt.",
    indicator=Indicator("kern-jugend", "k8"),
    target=80,
    stage=Stage.KNOWLEDGE,
)
LIKED = NewGoal(text="Es gefällt.", indicator=Indicator("kern-jugend", "k1"), target=70)


def known(field: Field, measure: int, by: By = BY) -> KnownMeasure:
    found = measures.known_measure(field.database, field.network, measure, by.today)
    assert found is not None
    return found


def open_wave(field: Field, measure: int, opens_on: date = TODAY) -> None:
    wave = fielding.plan_wave(
        field.database,
        field.network,
        measure,
        field.door.wave.questionnaire,
        opens_on=opens_on,
        closes_on=opens_on + timedelta(days=7),
        today=min(opens_on, TODAY),
    )
    assert wave is not None


def set_goals(field: Field, measure: int, *goals: NewGoal | None, by: By = BY) -> None:
    places = (*goals, None, None, None)[:3]
    assert measures.set_goals(field.database, field.network, measure, places, by)


def lines(field: Field) -> list[tuple[str, str, str]]:
    """Return the lines about measures in the audit log."""
    table = schema.audit
    columns = (table.c.action, table.c.subject, table.c.detail)
    with field.database.read() as connection:
        statement = select(*columns).where(table.c.subject.like("measure %"))
        return [tuple(row) for row in connection.execute(statement.order_by(table.c.number))]


def test_what_was_stated_comes_back(field: Field) -> None:
    number = field.plan()

    def change(new: NewMeasure) -> NewMeasure:
        return replace(
            new,
            secondary_topics=(Topic.STRESS, Topic.MOVEMENT),
            setting=Setting.ONLINE,
            district_wide=True,
            funders=("AOK", "TK"),
            master=FULL,
        )

    assert measures.change_measure(field.database, field.network, number, Part.BASICS, change, BY)
    measure = known(field, number).measure
    assert measure.topics == (Topic.MEDIA_LITERACY, Topic.STRESS, Topic.MOVEMENT)
    assert (measure.setting, measure.kind_of_place) == (Setting.ONLINE, Setting.ONLINE)
    assert (measure.district_wide, measure.funders, measure.master) == (True, ("AOK", "TK"), FULL)
    assert known(field, number).filled == frozenset(Part) - {Part.GOALS}


def test_a_change_touches_its_part_only(field: Field) -> None:
    number = field.plan(master=FULL)

    def change(new: NewMeasure) -> NewMeasure:
        return replace(new, master=new.master.model_copy(update={"quality": ()}))

    measures.change_measure(field.database, field.network, number, Part.QUALITY, change, BY)
    assert known(field, number).measure.master == FULL.model_copy(update={"quality": ()})


def test_a_topic_twice_names_its_field(field: Field) -> None:
    number = field.plan()

    def change(new: NewMeasure) -> NewMeasure:
        return replace(new, secondary_topics=(new.topic,))

    with pytest.raises(InvalidDefinition) as refused:
        measures.change_measure(field.database, field.network, number, Part.BASICS, change, BY)
    assert [fault.at for fault in refused.value.faults] == [("second_topic",)]


def test_every_change_writes_one_line(field: Field) -> None:
    number = field.plan()
    subject = f"measure {number}"

    def change(new: NewMeasure) -> NewMeasure:
        return replace(new, title="Anders")

    for _ in range(2):  # the second time nothing changes
        measures.change_measure(field.database, field.network, number, Part.BASICS, change, BY)
        measures.publish(field.database, field.network, number, Publication.CHECKED, BY)
        set_goals(field, number, LIKED)
    assert lines(field) == [
        ("change_measure", subject, "grunddaten"),
        ("publish_measure", subject, "draft → checked"),
        ("set_goal", subject, "goal 1: – → „Es gefällt.“, kern-jugend:k1, 70 %, stage 3"),
    ]


def test_goals_are_free_until_a_wave_opens(field: Field) -> None:
    number = field.plan()
    set_goals(field, number, HELP, LIKED)
    set_goals(field, number, None, replace(LIKED, target=60), by=TOMORROW)
    (goal,) = known(field, number).goals
    assert (goal.place, goal.target, goal.set_on) == (2, 60, TOMORROW.today)
    assert (goal.set_late, goal.former) == (False, ())
    assert measures.goals_of(field.database, known(field, number).measure) == (goal,)


def test_a_target_set_on_the_opening_day_before_the_wave_is_in_time(field: Field) -> None:
    number = field.plan()
    set_goals(field, number, HELP)
    open_wave(field, number)
    found = known(field, number)
    assert found.first_opened == TODAY
    assert not found.goals[0].is_late(found.first_opened)


def test_afterwards_what_was_promised_stays_on_record(field: Field) -> None:
    number = field.plan()
    set_goals(field, number, HELP)
    open_wave(field, number)
    set_goals(field, number, replace(HELP, target=50), LIKED, by=TOMORROW)
    first, second = known(field, number).goals
    assert (first.target, first.set_late, second.set_late) == (50, True, True)
    assert [(each.target, each.set_on, each.replaced_on) for each in first.former] == [
        (80, TODAY, TOMORROW.today)
    ]
    assert [detail for action, _, detail in lines(field) if "late" in detail] == [
        (
            "goal 1 late: „Sie wissen, wo es Hilfe gibt.“, kern-jugend:k8, 80 %, stage 4"
            " → „Sie wissen, wo es Hilfe gibt.“, kern-jugend:k8, 50 %, stage 4"
        ),
        "goal 2 late: – → „Es gefällt.“, kern-jugend:k1, 70 %, stage 3",
    ]


def test_afterwards_no_goal_goes_away(field: Field) -> None:
    number = field.plan()
    set_goals(field, number, HELP, LIKED)
    open_wave(field, number)
    with pytest.raises(InvalidDefinition) as refused:
        set_goals(field, number, HELP)
    assert [fault.at for fault in refused.value.faults] == [("text_2",)]
    assert len(known(field, number).goals) == 2


def test_a_fault_names_the_place_of_its_goal(field: Field) -> None:
    with pytest.raises(InvalidDefinition) as refused:
        set_goals(field, field.plan(), HELP, replace(LIKED, text="", indicator=None))
    assert [fault.at for fault in refused.value.faults] == [("text_2",), ("indicator_2",)]


def test_a_copy_has_the_plan_and_nothing_that_came_of_it(field: Field) -> None:
    number = field.plan(master=FULL, invited=40, participants=30, district_wide=True)
    set_goals(field, number, HELP, by=BY)
    open_wave(field, number)
    set_goals(field, number, replace(HELP, target=50), by=BY)
    later = TODAY + timedelta(days=365)
    copied = measures.copy_measure(
        field.database,
        field.network,
        number,
        title="Werkstatt 2",
        starts_on=later,
        ends_on=later,
        by=TOMORROW,
    )
    assert copied is not None
    found = known(field, copied, TOMORROW)
    assert not found.has_waves
    assert (found.measure.title, found.measure.starts_on) == ("Werkstatt 2", later)
    assert (found.measure.invited, found.measure.participants) == (None, None)
    assert (found.measure.district_wide, found.measure.master) == (True, FULL.for_a_copy())
    (goal,) = found.goals
    assert (goal.target, goal.set_on, goal.set_late, goal.former) == (50, TOMORROW.today, False, ())


def test_a_copy_needs_days_that_make_sense(field: Field) -> None:
    yesterday = TODAY - timedelta(days=1)
    with pytest.raises(InvalidDefinition) as refused:
        measures.copy_measure(
            field.database,
            field.network,
            field.plan(),
            title="Werkstatt",
            starts_on=TODAY,
            ends_on=yesterday,
            by=BY,
        )
    assert [fault.at for fault in refused.value.faults] == [("ends_on",)]


def test_a_measure_without_waves_goes_with_all_that_belongs_to_it(field: Field) -> None:
    number = field.plan()
    set_goals(field, number, HELP)
    promise = NewCommitment(
        wish="Mehr Zeit.",
        status=Status.DONE,
        answer="Gibt es.",
        office="Jugendamt",
        decided_on=TODAY,
    )
    promising.promise(field.database, field.network, number, promise, today=TODAY, actor=ALBRECHT)
    assert measures.remove_measure(field.database, field.network, number, BY)
    assert measures.known_measure(field.database, field.network, number, TODAY) is None
    with field.database.read() as connection:
        for table in (schema.goal, schema.commitment):
            assert connection.execute(select(table).filter_by(measure=number)).all() == []
    assert lines(field)[-1] == ("remove_measure", f"measure {number}", "")


def test_a_measure_with_waves_stays(field: Field) -> None:
    with pytest.raises(InvalidDefinition):
        measures.remove_measure(field.database, field.network, field.measure, BY)
    assert known(field, field.measure).has_waves


def test_a_foreign_measure_is_as_missing_as_none(field: Field) -> None:
    away = field_in(field.database, name="Kreis Nachbar")
    stranger, number = away.network, field.plan()
    set_goals(field, number, HELP)
    before = known(field, number)

    def change(new: NewMeasure) -> NewMeasure:
        return replace(new, title="Gekapert")

    database = field.database
    for measure in (number, 4711):
        assert measures.known_measure(database, stranger, measure, TODAY) is None
        assert not measures.change_measure(database, stranger, measure, Part.BASICS, change, BY)
        assert not measures.publish(database, stranger, measure, Publication.CHECKED, BY)
        assert not measures.set_goals(database, stranger, measure, (LIKED, None, None), BY)
        assert not measures.remove_measure(database, stranger, measure, BY)
        copied = measures.copy_measure(
            database, stranger, measure, title="x", starts_on=TODAY, ends_on=TODAY, by=BY
        )
        assert copied is None
    assert known(field, number) == before
