"""What staff should think of today.

1. Each kind speaks on its days only: the day before, the day itself, and not once its reason went.
2. The most urgent stands first; of equals, the one whose day comes first.
3. Only who may do something about it is reminded, and only within reach.
4. What was imported has nobody waiting behind a code; a wave that is not counted has no sheet.
5. Nothing to think of is an empty list.
6. Young people wait until there is a commitment or a next way to take part, a school until somebody
   recorded that it has what was counted; however long that takes.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from survey_app.domain import reminders as kinds
from survey_app.domain.approval import Approval, Letter, Status
from survey_app.domain.commitment import Commitment
from survey_app.domain.commitment import Status as Progress
from survey_app.domain.handing_back import HandedBack
from survey_app.domain.measure import (
    Measure,
    Municipality,
    Network,
    Organisation,
    Setting,
    Site,
    Topic,
)
from survey_app.domain.reminders import (
    Place,
    Standing,
    Urgency,
    WaveStanding,
    reminders,
)
from survey_app.domain.rights import Actor, Reach, Role
from survey_app.domain.taking_part import NextWay, Way
from survey_app.domain.wave import Wave
from tests.support_field import TODAY, WAVE, questionnaire_from

PROFESSIONALS = WAVE.replace("audience: young_people", "audience: professionals")
COORDINATOR = Actor(1, Role.COORDINATOR)
MEASURE = Measure(
    id=7,
    network=Network(1, "Kreis Beispiel", "kontakt@beispiel.example"),
    title="Sommercamp",
    summary="Eine Woche am See.",
    topic=Topic.MEDIA_LITERACY,
    municipality=Municipality(3, 1, "05166004", "Brüggen"),
    organisation=Organisation(4, 1, "Jugendamt"),
    site=None,
    starts_on=TODAY,
    ends_on=TODAY,
)
SCHOOL = Site(2, 1, 3, "Schule am See", Setting.SCHOOL)
OPEN = Wave(5, 1, 7, questionnaire_from(WAVE), TODAY - timedelta(days=3), TODAY)
PROMISE = Commitment(
    id=9,
    network=1,
    measure=7,
    wish="Längere Pausen",
    status=Progress.PLANNED,
    answer="Ab dem Sommer.",
    office="Jugendamt",
    due_on=TODAY,
    decided_on=TODAY - timedelta(days=60),
)


def in_days(number: int) -> date:
    return TODAY + timedelta(days=number)


def standing(*waves: WaveStanding, **known: object) -> Standing:
    return Standing(  # type: ignore[arg-type]
        measure=MEASURE, waves=waves, recount_days=14, text_days=90, **known
    )


def counted(days_ago: int, **changes: object) -> WaveStanding:
    day = in_days(-days_ago)
    wave = replace(OPEN, opens_on=day, closes_on=day - timedelta(days=1), closed_on=day)
    return WaveStanding(wave=wave, **changes)  # type: ignore[arg-type]


def at_school(*waves: WaveStanding, **known: object) -> Standing:
    """Return a measure at a school of which nothing else is to be said."""
    quiet = {"commitments": (replace(PROMISE, due_on=in_days(9)),), "read_on": TODAY}
    return replace(standing(*waves, **quiet | known), measure=replace(MEASURE, site=SCHOOL))


def said(found: Standing, today: date = TODAY, actor: Actor = COORDINATOR) -> list[str]:
    return [each.sentence.text for each in reminders([found], actor, today)]


@pytest.mark.parametrize(("left", "speaks"), [(2, False), (1, True), (0, True), (-1, False)])
def test_the_last_day_is_said_the_day_before(left: int, speaks: bool) -> None:
    wave = replace(OPEN, closes_on=in_days(left))
    found = reminders([standing(WaveStanding(wave=wave, received=12))], COORDINATOR, TODAY)
    assert [each.place for each in found] == [Place.WAVE] * speaks
    assert [each.urgency for each in found] == [Urgency.NOW] * speaks


@pytest.mark.parametrize(
    ("opens_in", "urgency"),
    [(43, None), (42, Urgency.SOON), (8, Urgency.SOON), (7, Urgency.NOW), (-3, Urgency.NOW)],
)
def test_a_missing_approval_is_said_as_early_as_the_land_advises(
    opens_in: int, urgency: Urgency | None
) -> None:
    wave = replace(
        OPEN, opens_on=in_days(opens_in), closes_on=in_days(opens_in + 9), awaits_approval=True
    )
    found = reminders(
        [standing(WaveStanding(wave=wave, ahead=timedelta(weeks=6)))], COORDINATOR, TODAY
    )
    assert [each.urgency for each in found] == ([urgency] if urgency else [])
    assert [(each.place, each.number) for each in found] == [(Place.APPROVAL, 5)] * len(found)
    agreed = replace(wave, awaits_approval=False)
    assert kinds.SHUT[Status.NEEDED] not in said(standing(WaveStanding(wave=agreed)))


def test_one_reminder_speaks_for_all_waves_that_wait() -> None:
    later = replace(OPEN, id=6, opens_on=in_days(9), closes_on=in_days(9), awaits_approval=True)
    first = replace(later, id=8, opens_on=in_days(2))
    waiting = [WaveStanding(wave=wave, ahead=timedelta(weeks=6)) for wave in (later, first)]
    found = reminders([standing(*waiting)], COORDINATOR, TODAY)
    assert [each.number for each in found] == [8]


def test_a_letter_is_said_two_weeks_before() -> None:
    wave = replace(OPEN, opens_on=in_days(14), closes_on=in_days(20))
    asked = Approval(status=Status.GIVEN, letter=Letter.NEEDED)
    assert said(standing(WaveStanding(wave=wave, approval=asked))) == [kinds.NO_LETTER]
    assert said(standing(WaveStanding(wave=wave, approval=asked)), in_days(-1)) == []
    sent = replace(asked, letter=Letter.SENT)
    assert said(standing(WaveStanding(wave=wave, approval=sent))) == []


def test_a_sheet_is_said_until_somebody_looked() -> None:
    assert kinds.UNREAD in said(standing(counted(3), commitments=(PROMISE,)))
    assert said(standing(counted(3), commitments=(PROMISE,), read_on=in_days(-4))) == [kinds.UNREAD]
    assert said(standing(counted(3), commitments=(PROMISE,), read_on=in_days(-3))) == []
    assert said(standing(WaveStanding(wave=OPEN), read_on=None), in_days(-2)) == []


@pytest.mark.parametrize(
    ("ago", "sentence", "urgency"),
    [
        (1, kinds.UNANSWERED, Urgency.LATER),
        (14, kinds.OUT, Urgency.SOON),
        (56, kinds.OUT, Urgency.SOON),
        (57, kinds.LATE, Urgency.NOW),
        (182, kinds.LATE, Urgency.NOW),
        (400, kinds.LATE, Urgency.NOW),
    ],
)
def test_an_answer_is_asked_for_ever_more_urgently(
    ago: int, sentence: str, urgency: Urgency
) -> None:
    (found,) = reminders([standing(counted(ago), read_on=TODAY)], COORDINATOR, TODAY)
    assert (found.sentence.text, found.urgency, found.place) == (
        sentence,
        urgency,
        Place.NEW_COMMITMENT,
    )


def test_half_a_year_later_nobody_is_reminded_of_the_sheet_any_more() -> None:
    assert said(standing(counted(183))) == [kinds.LATE]


@pytest.mark.parametrize("ago", [1, 57, 400])
def test_a_commitment_or_the_next_way_to_take_part_is_an_answer(ago: int) -> None:
    promised = {"commitments": (replace(PROMISE, due_on=in_days(9)),), "read_on": TODAY}
    assert said(standing(counted(ago), **promised)) == []
    way = NextWay(way=Way.CONTACT)
    assert said(standing(counted(ago), read_on=TODAY, next_way=way)) == []
    hidden = replace(way, shown=False)
    assert len(said(standing(counted(ago), read_on=TODAY, next_way=hidden))) == 1


@pytest.mark.parametrize(
    ("ago", "sentence", "urgency"),
    [
        (0, kinds.NOT_HANDED_BACK, Urgency.SOON),
        (56, kinds.NOT_HANDED_BACK, Urgency.SOON),
        (57, kinds.SCHOOL_WAITS, Urgency.NOW),
        (700, kinds.SCHOOL_WAITS, Urgency.NOW),
    ],
)
def test_a_school_is_given_its_results(ago: int, sentence: str, urgency: Urgency) -> None:
    found = reminders([at_school(counted(ago))], COORDINATOR, TODAY)
    assert [(each.sentence.text, each.urgency, each.place) for each in found] == [
        (sentence, urgency, Place.GIVING_BACK)
    ]
    assert [each.day for each in found] == [in_days(-ago)]


def test_a_school_is_told_of_until_it_has_everything() -> None:
    waves = (counted(30), counted(10))
    handed = HandedBack(in_days(-20), "Herr Albrecht")
    (found,) = reminders([at_school(*waves, handed_back=handed)], COORDINATOR, TODAY)
    assert found.day == in_days(-10)
    assert said(at_school(*waves, handed_back=replace(handed, day=in_days(-10)))) == []


def test_only_schools_are_told_of_and_only_what_was_counted_here() -> None:
    assert said(at_school(counted(9, is_imported=True))) == []
    assert said(at_school(WaveStanding(wave=OPEN)), in_days(-9)) == []
    centre = at_school(counted(9))
    site = replace(SCHOOL, setting=Setting.YOUTH_CENTRE)
    assert said(replace(centre, measure=replace(MEASURE, site=site))) == []


def test_nobody_waits_behind_what_was_imported_or_said_by_professionals() -> None:
    assert said(standing(counted(3, is_imported=True), read_on=TODAY)) == []
    grown_up = replace(counted(3).wave, questionnaire=questionnaire_from(PROFESSIONALS))
    assert said(standing(WaveStanding(wave=grown_up), read_on=TODAY)) == []


def test_a_commitment_that_is_overdue() -> None:
    (found,) = reminders([standing(commitments=(PROMISE,))], COORDINATOR, in_days(1))
    assert (found.place, found.number, found.urgency) == (Place.COMMITMENT, 9, Urgency.NOW)
    assert said(standing(commitments=(PROMISE,))) == []
    done = replace(PROMISE, status=Progress.DONE)
    assert said(standing(commitments=(done,)), in_days(1)) == []


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        (10, []),
        (11, [kinds.SHEETS_GO]),
        (14, [kinds.SHEETS_GO]),
        (15, []),
        (75, []),
        (76, [kinds.TEXTS_GO]),
        (90, [kinds.TEXTS_GO]),
        (91, []),
    ],
)
def test_what_is_about_to_be_deleted(ago: int, expected: list[str]) -> None:
    known = {"read_on": TODAY, "commitments": (replace(PROMISE, due_on=in_days(9)),)}
    assert said(standing(counted(ago, sheets=True, texts=True), **known)) == expected
    assert said(standing(counted(ago), **known)) == []


def test_the_most_urgent_stands_first() -> None:
    both = standing(counted(1), WaveStanding(wave=OPEN), commitments=(PROMISE,))
    late = replace(both, commitments=(replace(PROMISE, due_on=in_days(-30)),))
    assert [each.place for each in reminders([late], COORDINATOR, TODAY)] == [
        Place.COMMITMENT,
        Place.WAVE,
        Place.SHEET,
    ]


@pytest.mark.parametrize(
    ("actor", "places"),
    [
        (COORDINATOR, [Place.COMMITMENT, Place.WAVE, Place.SHEET]),
        (Actor(1, Role.EVALUATOR), [Place.WAVE, Place.SHEET]),
        (Actor(1, Role.ADMINISTRATOR), []),
        (Actor(2, Role.COORDINATOR), []),
        (
            Actor(1, Role.YOUTH_WORKER, Reach.ORGANISATION, 4),
            [
                Place.COMMITMENT,
                Place.WAVE,
                Place.SHEET,
            ],
        ),
        (Actor(1, Role.YOUTH_WORKER, Reach.ORGANISATION, 5), []),
    ],
)
def test_only_who_can_do_something_is_reminded(actor: Actor, places: list[Place]) -> None:
    late = (replace(PROMISE, due_on=in_days(-30)),)
    everything = standing(counted(1), WaveStanding(wave=OPEN), commitments=late)
    assert [each.place for each in reminders([everything], actor, TODAY)] == places


def test_days_are_said_as_people_say_them() -> None:
    (found,) = reminders([standing(WaveStanding(wave=OPEN))], COORDINATOR, TODAY)
    said_on = {day: str(found.when(in_days(day))) for day in (2, 1, 0, -1, -4)}
    assert said_on == {2: "vor 2 Tagen", 1: "gestern", 0: "heute", -1: "morgen", -4: "in 4 Tagen"}


def test_nothing_to_think_of() -> None:
    assert reminders([standing()], COORDINATOR, TODAY) == ()
    assert reminders([], COORDINATOR, TODAY) == ()
