"""Releasing: what is shown is entered in the ledger in the same transaction, or not shown.

1. Looking at a sheet for the first time enters its waves, one by one; looking again, as a file or
   behind the code, writes nothing.
2. A roll-up pools what is too small, enters the pool, and finds it again later.
3. What was pooled is withheld on its sheet, and says why, even when the limit is lower by now; what
   was shown is never pooled.
4. A wave of another network is not in it.
5. Entries can neither be changed nor deleted, on both databases, and no wave gets a second grain.
6. What is refused leaves no entry.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DatabaseError, IntegrityError

from survey_app.domain.codebook import Sensitivity
from survey_app.domain.disclosure import DisclosurePolicy, Reason, Released, Withheld
from survey_app.domain.ledger import Refused
from survey_app.domain.measure import NewMeasure, Topic
from survey_app.domain.policy import IN_USE, ClassRule
from survey_app.domain.rollup import RolledUp
from survey_app.services import closing, collecting, evaluating, fielding, returning
from survey_app.services.releasing import released_roll_up
from survey_app.storage import measures, schema
from tests.support_field import (
    ALBRECHT,
    TODAY,
    TOMORROW,
    WAVE,
    Field,
    field_in,
    let_school_agree,
    questionnaire_from,
)

POLICY = DisclosurePolicy()
RAISED = DisclosurePolicy(rules=IN_USE | {Sensitivity.A: ClassRule(smallest_block=8)})
DAY = TODAY + timedelta(days=20)


def workshop(field: Field, sheets: int) -> Field:
    """Return the field with another measure, which so many answered, and whose wave is counted."""
    with field.database.read() as connection:
        there = measures.get(connection, field.network, field.measure)
    assert there is not None
    new = NewMeasure(
        title="Werkstatt",
        summary="Ein Nachmittag.",
        topic=Topic.MEDIA_LITERACY,
        municipality=there.municipality.id,
        organisation=there.organisation.id,
        site=None,
        starts_on=TODAY,
        ends_on=TODAY,
    )
    number = fielding.plan_measure(field.database, field.network, new)
    wave = fielding.plan_wave(
        field.database,
        field.network,
        number,
        questionnaire_from(WAVE),
        opens_on=TODAY,
        closes_on=TOMORROW,
        today=TODAY,
    )
    assert wave is not None
    let_school_agree(field.database, wave)
    fielded = fielding.fielded_measure(field.database, field.network, number, TODAY)
    assert fielded is not None
    door = collecting.find_door(field.database, fielded.waves[0].collectors[0].code, POLICY)
    assert door is not None
    other = replace(field, measure=number, door=door)
    for _ in range(sheets):
        other.send({"k1": ["3"]})
    closed = closing.close_wave(field.database, field.network, wave.id, today=TODAY, actor=ALBRECHT)
    assert closed is closing.Closing.CLOSED
    return other


def entries(field: Field) -> list[tuple[str, str, date]]:
    """Return the releases in the ledger."""
    table = schema.ledger
    statement = select(table.c.name, table.c.grains, table.c.day).order_by(table.c.id)
    with field.database.read() as connection:
        return [tuple(row) for row in connection.execute(statement)]


def look(field: Field, policy: DisclosurePolicy = POLICY) -> Released | Withheld:
    """Return the first table of the sheet of a measure."""
    sheet = evaluating.sheet_of(
        field.database.of(field.network),
        field.network,
        field.measure,
        policy=policy,
        as_of=DAY,
        recount_days=14,
    )
    assert sheet is not None
    return sheet.results[0].released.tables["k1"]


def roll(
    field: Field, *parts: Field, policy: DisclosurePolicy = POLICY, name: str = "2026"
) -> RolledUp | Refused:
    """Ask for a roll-up of the waves of some measures."""
    waves = [part.wave for part in parts]
    return released_roll_up(
        field.database.of(field.network), field.network, name, waves, policy=policy, day=DAY
    )


def rolled(
    field: Field, *parts: Field, policy: DisclosurePolicy = POLICY, name: str = "2026"
) -> RolledUp:
    """Return a roll-up that must be admitted."""
    outcome = roll(field, *parts, policy=policy, name=name)
    assert isinstance(outcome, RolledUp)
    return outcome


def test_the_first_look_enters_a_sheet(field: Field) -> None:
    """Rule 1."""
    shown = workshop(field, 6)
    assert entries(field) == []
    assert isinstance(look(shown), Released)
    entry = (f"measure {shown.measure}", f"[[{shown.wave}]]", DAY)
    assert entries(field) == [entry]
    assert isinstance(look(shown), Released)
    assert returning.as_it_will_be(field.database, shown.door, POLICY) is not None
    assert entries(field) == [entry]


def test_a_sheet_of_four_enters_nothing(field: Field) -> None:
    """Rule 1: nothing is released."""
    assert look(workshop(field, 4)) == Withheld(Reason.SMALL_BLOCK, 5)
    assert entries(field) == []


def test_a_roll_up_pools_what_is_too_small(field: Field) -> None:
    """Rule 2."""
    large, small, smaller = workshop(field, 7), workshop(field, 4), workshop(field, 3)
    first = rolled(field, large, small, smaller)
    assert (first.answers, first.published, first.pooled, first.left_out) == (14, 1, 2, 0)
    again = rolled(field, small, smaller, name="Werkstätten")
    assert (again.answers, again.pooled) == (7, 2)
    pool = [small.wave, smaller.wave]
    assert entries(field) == [
        ("2026", f"[[{large.wave}],{pool}]".replace(" ", ""), DAY),
        ("Werkstätten", f"[{pool}]".replace(" ", ""), DAY),
    ]
    assert rolled(field, large, small, smaller).release == first.release
    assert len(entries(field)) == 2


def test_a_later_workshop_does_not_join_a_pool(field: Field) -> None:
    """Rule 2: nine answers now, seven before: two more."""
    small, smaller = workshop(field, 4), workshop(field, 3)
    rolled(field, small, smaller)
    later = rolled(field, small, smaller, workshop(field, 2))
    assert (later.answers, later.pooled, later.left_out) == (7, 2, 1)


def test_what_was_pooled_is_not_shown_alone(field: Field) -> None:
    """Rule 3: six were too few while the limit was eight."""
    six, three = workshop(field, 6), workshop(field, 3)
    assert rolled(field, six, three, policy=RAISED).pooled == 2
    assert look(six) == Withheld(Reason.POOLED, 5)
    echo = returning.as_it_will_be(field.database, six.door, POLICY)
    assert echo is not None
    assert echo.echo is not None
    assert echo.echo.answered == Withheld(Reason.POOLED, 5)


def test_what_was_shown_alone_is_not_pooled(field: Field) -> None:
    """Rule 3: six were enough until the limit was eight."""
    six, three = workshop(field, 6), workshop(field, 3)
    assert isinstance(look(six), Released)
    later = rolled(field, six, three, policy=RAISED)
    assert (later.answers, later.left_out) == (0, 2)


def test_another_network_is_not_in_it(field: Field) -> None:
    """Rule 4."""
    own = workshop(field, 7)
    foreign = workshop(field_in(field.database, name="Kreis Fremd"), 7)
    both = rolled(field, own, foreign)
    assert both.answers == 7
    assert entries(field) == [("2026", f"[[{own.wave}]]", DAY)]


@pytest.mark.parametrize("table", [schema.ledger, schema.ledger_wave], ids=lambda t: t.name)
def test_nothing_is_taken_back(field: Field, table: object) -> None:
    """Rule 5."""
    look(workshop(field, 6))
    for statement in (update(table).values(network=field.network), delete(table)):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            field.database.write() as connection,
        ):
            connection.execute(statement)


def test_the_database_takes_no_second_grain(field: Field) -> None:
    """Rule 5: whatever a program does."""
    shown = workshop(field, 6)
    look(shown)
    second = insert(schema.ledger_wave).values(
        wave=shown.wave, network=field.network, grain=shown.wave + 1
    )
    with pytest.raises(IntegrityError), field.database.write() as connection:
        connection.execute(second)


def test_what_cannot_be_shown_leaves_no_pool(field: Field) -> None:
    """Rule 6: three are no pool."""
    alone = rolled(field, workshop(field, 3))
    assert (alone.answers, alone.left_out) == (0, 1)
    with field.database.read() as connection:
        assert connection.execute(select(schema.ledger_wave)).all() == []
