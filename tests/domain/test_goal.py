"""Goals: what was promised before the answers came, and what was not.

1. Before a wave opens a goal changes freely; the day of its promise moves with it.
2. Afterwards a changed promise is late for good, and keeps what it said before.
3. A wording that stays the same, or another stage, changes no promise.
4. A target that was set on the opening day, before a wave was open, is in time; one that was set
   after answers had been collected elsewhere is late.
5. Goals are locked from the first day of the first wave that is no longer planned.
6. A goal needs a sentence, one indicator and a share; each fault names its field.
7. An indicator counts positive answers of today; feelings and looking back are none.
8. An answer shows that somebody liked it or learned something, never more by itself.
"""

from datetime import date, timedelta

import pytest

from survey_app.data import data_dir
from survey_app.domain import goal as rules
from survey_app.domain.goal import FormerTarget, Goal, Indicator, NewGoal, Stage
from survey_app.domain.wave import Wave
from survey_app.instruments.library import Library
from tests.support_field import WAVE, questionnaire_from

MONDAY = date(2026, 11, 2)
FRIDAY = MONDAY + timedelta(days=4)
NEW = NewGoal(
    text="Sie wissen, wo es Hilfe gibt.", indicator=Indicator("kern-jugend", "k8"), target=80
)
GOAL = Goal(**vars(NEW), id=1, network=1, measure=1, place=1, set_on=MONDAY)
LOWER = NewGoal(text=NEW.text, indicator=NEW.indicator, target=60)


def wave(opens_on: date, **changes: object) -> Wave:
    values = {"id": 1, "network": 1, "measure": 1, "questionnaire": questionnaire_from(WAVE)}
    days = {"opens_on": opens_on, "closes_on": opens_on + timedelta(days=7)}
    return Wave(**values | days | changes)  # type: ignore[arg-type]


def test_before_a_wave_opens_a_goal_changes_freely() -> None:
    changed = GOAL.changed_to(LOWER, FRIDAY, locked=False)
    assert (changed.target, changed.set_on, changed.set_late) == (60, FRIDAY, False)
    assert changed.former == ()


def test_a_promise_that_changes_afterwards_is_late_and_keeps_what_it_said() -> None:
    changed = GOAL.changed_to(LOWER, FRIDAY, locked=True)
    assert changed.set_late
    assert changed.former == (FormerTarget(NEW.text, "kern-jugend:k8", 80, MONDAY, FRIDAY),)
    back = changed.changed_to(NEW, FRIDAY + timedelta(days=1), locked=True)
    assert [each.target for each in back.former] == [80, 60]
    assert (back.target, back.set_late) == (80, True)


def test_another_stage_is_no_other_promise() -> None:
    corrected = NewGoal(**vars(NEW) | {"stage": Stage.KNOWLEDGE})
    changed = GOAL.changed_to(corrected, FRIDAY, locked=True)
    assert (changed.stage, changed.set_on, changed.set_late) == (Stage.KNOWLEDGE, MONDAY, False)


@pytest.mark.parametrize(
    ("opened", "late"),
    [(None, False), (FRIDAY, False), (MONDAY, False), (MONDAY - timedelta(days=1), True)],
)
def test_a_target_is_late_if_answers_came_before_it(opened: date | None, late: bool) -> None:
    assert GOAL.is_late(opened) is late


def test_a_target_set_while_a_wave_was_open_is_late_whatever_the_days_say() -> None:
    late = Goal(**vars(GOAL) | {"set_late": True})
    assert late.is_late(None)
    assert late.is_late(FRIDAY)
    assert not late.was_set_before(FRIDAY)


def test_goals_are_locked_from_the_first_day_of_a_wave() -> None:
    first, second = wave(FRIDAY), wave(FRIDAY + timedelta(days=3))
    assert rules.first_opened([second, first], FRIDAY - timedelta(days=1)) is None
    assert rules.first_opened([second, first], FRIDAY) == FRIDAY
    assert rules.first_opened([wave(FRIDAY, closed_on=MONDAY)], MONDAY) == FRIDAY
    assert rules.first_opened([], FRIDAY) is None


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"text": ""}, "text", rules.NO_TEXT),
        ({"indicator": None}, "indicator", rules.NO_INDICATOR),
        ({"other": "gezählt"}, "other", rules.TWO_INDICATORS),
        ({"target": 101}, "target", rules.NO_SHARE),
        ({"target": -1}, "target", rules.NO_SHARE),
    ],
)
def test_a_fault_names_its_field(changes: dict[str, object], field: str, sentence: str) -> None:
    (fault,) = rules.faults_of(NewGoal(**vars(NEW) | changes))
    assert (fault.at, fault.message.text) == ((field,), sentence)


def test_a_sound_goal_has_no_fault() -> None:
    own_count = NewGoal(text="Jede Klasse hat Regeln.", other="Klassen mit Regeln", target=100)
    assert [*rules.faults_of(NEW), *rules.faults_of(own_count)] == []
    assert own_count.target_share == 1.0


def test_an_indicator_is_read_as_it_is_written() -> None:
    assert Indicator.read("kern-jugend:k8") == NEW.indicator
    assert Indicator.read(str(NEW.indicator)) == NEW.indicator
    assert [Indicator.read(each) for each in ("", "kern-jugend")] == [None, None]


def test_indicators_are_positive_answers_of_today_and_no_feelings() -> None:
    library = Library(data_dir("questionnaires"))
    found = {
        name: [each.name for each in rules.indicators(library.get(name).codebook())]
        for name in ("kern-jugend", "vorher-nachher-workshop", "wohlbefinden", "who-5")
    }
    assert found["kern-jugend"] == [f"k{number}" for number in range(1, 9)]
    assert all(name.endswith("__now") for name in found["vorher-nachher-workshop"])
    assert (found["wohlbefinden"], found["who-5"]) == ([], [])


def test_the_honest_stage_is_what_an_answer_can_show() -> None:
    asked = ("K1", "K3", "K5", "K8", "F1", "F4", "F5", None)
    stages = {core: rules.honest_stage(core).value for core in asked}
    assert stages == {"K1": 3, "K3": 4, "K5": 3, "K8": 4, "F1": 3, "F4": 4, "F5": 4, None: 4}
    assert [stage.value for stage in Stage if not stage.can_be_asked] == [6, 7]
