"""Giving the results back: from which day, and by themselves.

1. A door has an echo from the day of the results on, and not before; never while nothing is counted.
2. What lies behind the door is looked up for counted waves only: an open one costs no query more.
3. Staff of the network may choose another day, within eight weeks; it is noted who did. Once the
   results are out, the day stays.
4. What another network says changes nothing.
5. Long after, when sheets and texts are destroyed, the results are the same.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.echo import Echo
from survey_app.domain.messages import InvalidDefinition
from survey_app.services import closing, collecting, retention, returning
from survey_app.services.collecting import Door
from survey_app.storage import schema
from tests.support_field import ALBRECHT, TODAY, TOMORROW, Field

POLICY = DisclosurePolicy()
FORTNIGHT = TODAY + timedelta(days=14)
EIGHT_WEEKS = TODAY + timedelta(days=56)


def counted(field: Field, answers: int = 12) -> None:
    """Let people answer, and close the wave today."""
    for number in range(answers):
        field.send({"k1": ["1" if number % 3 == 0 else "3"], "k9": ["GEHEIM"]})
    closing.close_wave(field.database, field.network, field.wave, today=TODAY, actor=ALBRECHT)


def door_on(field: Field, day: date) -> Door:
    """Return the door as a phone finds it on a day."""
    door = collecting.find_door(field.database, field.door.collector.code, POLICY)
    assert door is not None
    return returning.with_echo(field.database, door, policy=POLICY, today=day)


def move(field: Field, day: date, *, today: date = TODAY, network: int | None = None) -> bool:
    return returning.set_results_day(
        field.database,
        network or field.network,
        field.wave,
        day,
        today=today,
        actor=ALBRECHT,
    )


def audit(field: Field) -> list[tuple[str, str, str, str]]:
    table = schema.audit
    columns = (table.c.actor, table.c.action, table.c.subject, table.c.detail)
    with field.database.read() as connection:
        rows = connection.execute(select(*columns).where(table.c.action == "results_on"))
        return [(row[0], row[1], row[2], row[3]) for row in rows]


# Rule 1


def test_the_results_are_there_from_their_day_on(field: Field) -> None:
    counted(field)
    assert door_on(field, FORTNIGHT - timedelta(days=1)).echo is None
    echo = door_on(field, FORTNIGHT).echo
    assert isinstance(echo, Echo)
    assert (echo.answered, echo.large[0].tenths.full) == (12, 7)


def test_what_is_not_counted_has_no_results(field: Field) -> None:
    counted_late = TOMORROW + timedelta(days=90)
    assert door_on(field, counted_late).echo is None
    assert returning.as_it_will_be(field.database, field.door, POLICY) is None


def test_staff_may_look_before(field: Field) -> None:
    counted(field)
    door = returning.as_it_will_be(field.database, door_on(field, TODAY), POLICY)
    assert door is not None
    assert door.echo == door_on(field, FORTNIGHT).echo


# Rule 2


@contextmanager
def statements(field: Field) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(field.database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(field.database.engine, "before_cursor_execute", note)


def test_an_open_wave_costs_no_query_more(field: Field) -> None:
    with statements(field) as seen:
        returning.with_echo(field.database, field.door, policy=POLICY, today=TODAY)
    assert seen == []


def test_a_counted_wave_costs_six_queries_from_its_day_on(field: Field) -> None:
    """Block, ledger, commitments, next way, recount, reviewed texts; the first reader enters it."""
    counted(field)
    door = door_on(field, TODAY)
    with statements(field) as before:
        returning.with_echo(field.database, door, policy=POLICY, today=TODAY)
    returning.with_echo(field.database, door, policy=POLICY, today=FORTNIGHT)
    with statements(field) as after:
        returning.with_echo(field.database, door, policy=POLICY, today=FORTNIGHT)
    assert before == []
    assert [each.split()[0] for each in after if not each.startswith(("BEGIN", "ROLL"))] == [
        *["SELECT"] * 6
    ]


# Rule 3


def test_staff_choose_another_day(field: Field) -> None:
    counted(field)
    assert move(field, TODAY + timedelta(days=3))
    assert door_on(field, TODAY + timedelta(days=2)).echo is None
    assert door_on(field, TODAY + timedelta(days=3)).echo is not None
    assert audit(field) == [(ALBRECHT, "results_on", f"wave {field.wave}", "2026-11-24")]


def test_the_day_can_be_chosen_before_anybody_answers(field: Field) -> None:
    assert move(field, TODAY + timedelta(days=40))
    counted(field)
    assert door_on(field, TODAY + timedelta(days=39)).echo is None
    assert door_on(field, TODAY + timedelta(days=40)).echo is not None


@pytest.mark.parametrize(
    "day", [TODAY - timedelta(days=1), EIGHT_WEEKS + timedelta(days=1), date(2028, 1, 1)]
)
def test_a_day_that_cannot_be_is_refused(field: Field, day: date) -> None:
    counted(field)
    with pytest.raises(InvalidDefinition) as refused:
        move(field, day)
    (fault,) = refused.value.faults
    assert fault.at == ("results_on",)
    assert "spätestens nach acht Wochen" in str(fault.message)
    assert audit(field) == []


@pytest.mark.parametrize("day", [TODAY, EIGHT_WEEKS])
def test_first_and_last_day_are_possible(field: Field, day: date) -> None:
    counted(field)
    assert move(field, day)


def test_what_is_out_stays_out(field: Field) -> None:
    counted(field)
    with pytest.raises(InvalidDefinition, match="schon zu sehen"):
        move(field, EIGHT_WEEKS, today=FORTNIGHT)
    assert door_on(field, FORTNIGHT).echo is not None


# Rule 4


def test_another_network_cannot_move_the_day(field: Field) -> None:
    counted(field)
    assert not move(field, TODAY, network=field.network + 1)
    assert door_on(field, TODAY).echo is None
    assert audit(field) == []


# Rule 5


def test_results_outlive_the_sheets(field: Field) -> None:
    counted(field)
    before = door_on(field, FORTNIGHT).echo
    later = TODAY + timedelta(days=400)
    gone = retention.forget(field.database, later, recount_days=14, text_days=90)
    assert gone == 24
    assert door_on(field, later).echo == before
