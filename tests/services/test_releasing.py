"""Releasing: what is shown is entered in the ledger in the same transaction, or not shown.

1. Looking at a sheet for the first time enters its waves, one by one; looking again, as a file or
   behind the code, writes nothing.
2. A roll-up pools what is too small, enters the pool, and finds it again later.
3. What was pooled is withheld on its sheet, and says why, even when the limit is lower by now; what
   was shown is never pooled.
4. A wave of another network is not in it.
5. Entries can neither be changed nor deleted, on both databases, and no wave gets a second grain.
6. What is refused leaves no entry.
7. What was released before is shown to whoever reads without waiting for whoever writes.
8. What somebody else pooled in the meantime stays a pool: the roll-up is worked out again.
9. Whoever read a count that was replaced before anybody saw it shows the new one: of nothing two
   counts are shown, one after the other, whatever happens between reading and showing.
10. Many who ask at once for roll-ups that share small waves are all shown the same pools.
11. What is in a pool is never replaced: a recount of four people is of four people in the pool too.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import delete, event, insert, select, update
from sqlalchemy.exc import DatabaseError, IntegrityError

from survey_app.domain.block import Block
from survey_app.domain.codebook import Sensitivity
from survey_app.domain.disclosure import DisclosurePolicy, Reason, Released, Withheld
from survey_app.domain.ledger import Refused
from survey_app.domain.measure import NewMeasure, Topic
from survey_app.domain.policy import IN_USE, ClassRule
from survey_app.domain.rollup import RolledUp
from survey_app.services import closing, collecting, evaluating, fielding, returning
from survey_app.services.releasing import released_roll_up
from survey_app.storage import blocks, measures, schema
from survey_app.storage.database import Database
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


def test_reading_again_waits_for_nobody(field: Field) -> None:
    """Rule 7."""
    parts = [workshop(field, 3), workshop(field, 4), workshop(field, 12)]
    first = rolled(field, *parts)
    statements: list[str] = []
    engine = field.database.engine
    event.listen(engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    again = rolled(field, *parts)
    assert (again.release, again.admitted.new) == (first.release, frozenset())
    assert [each for each in statements if "INSERT" in each or "IMMEDIATE" in each] == []
    assert [each for each in statements if "advisory" in each] == []


def test_what_was_pooled_meanwhile_stays_a_pool(field: Field) -> None:
    """Rule 8."""
    one, two, three = workshop(field, 3), workshop(field, 4), workshop(field, 2)
    elsewhere = replace(
        field, database=Database(field.database.url.render_as_string(hide_password=False))
    )

    coming = ["earlier"]

    def somebody_is_faster(*given: str) -> None:
        if coming and ("IMMEDIATE" in given[2] or "advisory" in given[2]):
            rolled(elsewhere, one, two, name=coming.pop())

    event.listen(field.database.engine, "before_cursor_execute", somebody_is_faster)
    found = rolled(field, one, two, three)
    elsewhere.database.close()
    assert found.release.grains == frozenset({frozenset({one.wave, two.wave})})
    assert (found.left_out, found.answers) == (1, 7)
    assert [name for name, _, _ in entries(field)] == ["earlier", "2026"]


def counted(field: Field) -> Block:
    """Return the block of a wave."""
    with field.database.read() as connection:
        return blocks.of_waves(connection, field.network, [field.wave])[field.wave]


def put(field: Field, block: Block) -> None:
    """Put a block in the place of the right one, as a wrong program would have counted it."""
    where, values = schema.block.c.wave == field.wave, {"content": block.model_dump_json()}
    with field.database.write() as connection:
        connection.execute(update(schema.block).where(where).values(values))


def miscounted(field: Field) -> None:
    """Count one answer less."""
    right = counted(field)
    tables = tuple(
        each.model_copy(
            update={
                "cells": tuple(
                    cell.model_copy(update={"count": max(cell.count - 1, 0)}) for cell in each.cells
                ),
                "base": max(each.base - 1, 0),
            }
        )
        for each in right.tables
    )
    put(field, right.model_copy(update={"base": right.base - 1, "tables": tables}))


def elsewhere_of(field: Field) -> Field:
    """Return the same field as another process has it."""
    url = field.database.url.render_as_string(hide_password=False)
    return replace(field, database=Database(url))


def at(field: Field, moment: tuple[str, ...], then: Callable[[], object], kind: str) -> None:
    """Do something once, where a statement with one of these words is executed."""
    coming = [then]

    def now(*given: str) -> None:
        if coming and any(word in given[2] for word in moment):
            coming.pop()()

    event.listen(field.database.engine, kind, now)


BEFORE_LOCKING = ("IMMEDIATE", "advisory"), "before_cursor_execute"
AFTER_READING = ("block.content",), "after_cursor_execute"


@pytest.mark.parametrize("moment", [BEFORE_LOCKING, AFTER_READING], ids=["lock", "read"])
@pytest.mark.parametrize("somebody_looks", [True, False])
def test_of_nothing_two_counts_are_shown(
    field: Field, moment: tuple[tuple[str, ...], str], somebody_looks: bool
) -> None:
    """Rule 9: a sheet is asked for while it is counted again, and shown elsewhere."""
    shown = workshop(field, 12)
    miscounted(shown)
    other = elsewhere_of(shown)

    def meanwhile() -> None:
        found = closing.recount(
            other.database, other.network, other.wave, today=TODAY, actor=ALBRECHT
        )
        assert found is closing.Recount.REPLACED
        if somebody_looks:
            look(other)

    at(field, moment[0], meanwhile, moment[1])
    first, later = look(shown), look(other)
    other.database.close()
    assert isinstance(first, Released)
    assert (first, first.base) == (later, 12)


@pytest.mark.parametrize("moment", [BEFORE_LOCKING, AFTER_READING], ids=["lock", "read"])
def test_of_no_pool_two_counts_are_shown(field: Field, moment: tuple[tuple[str, ...], str]) -> None:
    """Rule 9: of two small waves one is counted again while both are pooled."""
    one, two = workshop(field, 4), workshop(field, 3)
    miscounted(one)
    other = elsewhere_of(field)

    def meanwhile() -> None:
        closing.recount(other.database, other.network, one.wave, today=TODAY, actor=ALBRECHT)
        rolled(other, one, two)

    at(field, moment[0], meanwhile, moment[1])
    first, later = rolled(field, one, two), rolled(other, one, two)
    other.database.close()
    assert (first.answers, first.cores) == (later.answers, later.cores)
    assert first.answers == 7


def test_many_at_once_are_shown_the_same_pools(field: Field) -> None:
    """Rule 10: each asks for another selection of the same small waves, all of them twice."""
    parts = [workshop(field, 3) for _ in range(4)]
    asked = [(0, 1), (1, 2), (2, 3), (0, 1, 2, 3)] * 2
    start = Barrier(len(asked))

    def ask(which: tuple[int, ...]) -> frozenset[frozenset[int]]:
        start.wait()
        name = "+".join(map(str, which))
        return rolled(field, *(parts[place] for place in which), name=name).release.grains

    with ThreadPoolExecutor(len(asked)) as people:
        shown = list(people.map(ask, asked))
    grains = frozenset[frozenset[int]]().union(*shown)
    assert sum(map(len, grains)) == len(frozenset().union(*grains))
    again = [ask_alone(field, [parts[place] for place in which]) for which in asked]
    assert all(first <= later for first, later in zip(shown, again, strict=True))


def ask_alone(field: Field, parts: list[Field]) -> frozenset[frozenset[int]]:
    """Return the grains of a roll-up when nobody else asks."""
    return rolled(field, *parts, name="later").release.grains


def test_what_is_in_a_pool_stays(field: Field) -> None:
    """Rule 11: one of four had said "3" and was counted as "1"."""
    one, two = workshop(field, 4), workshop(field, 3)
    right = counted(one)
    answers = {"3": 3, "1": 1}
    cells = [
        cell.model_copy(update={"count": answers.get(str(cell.code), 0)})
        for cell in right.tables[0].cells
    ]
    wrong = right.tables[0].model_copy(update={"cells": tuple(cells)})
    put(one, right.model_copy(update={"tables": (wrong, *right.tables[1:])}))
    first = rolled(field, one, two)
    found = closing.recount(field.database, field.network, one.wave, today=TODAY, actor=ALBRECHT)
    assert found is closing.Recount.KEPT
    assert rolled(field, one, two).cores == first.cores
