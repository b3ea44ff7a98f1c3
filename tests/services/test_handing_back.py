"""Handing back: the next way to take part, and what a school was given, on both databases.

1. What is said stands with the results of its measure until its day is over, and is kept as it was
   said; saying it again replaces it.
2. What is faulty is refused with the field that is to blame, and nothing is stored.
3. Recording that a school has its results ends the reminder, until more is counted.
4. A measure of another network is as missing as none.
5. Every deed is in the audit log, without a word of what was said.
6. Themes stand with the results once a question is concluded, and not before; texts never do.
7. A measure that is removed takes all of it along.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.echo import Echo
from survey_app.domain.handing_back import HandedBack
from survey_app.domain.messages import InvalidDefinition
from survey_app.domain.taking_part import NextWay, Way
from survey_app.domain.voices import Reviewed, ReviewedText, ReviewedTheme
from survey_app.services import closing, collecting, handing_back, returning
from survey_app.services.acting import By
from survey_app.storage import measures, reviews, schema
from tests.support_field import ALBRECHT, TODAY, Field

POLICY = DisclosurePolicy()
BY = By(ALBRECHT, TODAY)
OUT = TODAY + timedelta(days=14)
PIZZA = NextWay(
    way=Way.MEETING,
    text="17 Uhr: „Pizza“ <b> ✓ ات",
    day=OUT + timedelta(days=3),
    link="https://jugendforum.example/termine",
)
HANDED = HandedBack(TODAY, "Herr Albrecht, Jugendamt")


def counted(field: Field, answers: int = 12) -> None:
    for number in range(answers):
        field.send({"k1": ["1" if number % 3 == 0 else "3"], "k9": ["GEHEIM"]})
    closing.close_wave(field.database, field.network, field.wave, today=TODAY, actor=ALBRECHT)


def say(field: Field, new: NextWay = PIZZA, network: int | None = None) -> bool:
    there = network or field.network
    return handing_back.say_next_way(field.database, there, field.measure, new, BY)


def record(field: Field, new: HandedBack = HANDED, network: int | None = None) -> bool:
    there = network or field.network
    return handing_back.record(field.database, there, field.measure, new, BY)


def given(field: Field) -> handing_back.Given:
    return handing_back.given(field.database, field.network, field.measure)


def echo_on(field: Field, day: date) -> Echo:
    door = collecting.find_door(field.database, field.door.collector.code, POLICY)
    assert door is not None
    echo = returning.with_echo(field.database, door, policy=POLICY, today=day).echo
    assert echo is not None
    return echo


def deeds(field: Field) -> list[tuple[str, str, str]]:
    table = schema.audit
    known = table.c.action.in_(["next_way", "hand_back"])
    with field.database.read() as connection:
        rows = connection.execute(
            select(table.c.action, table.c.subject, table.c.detail)
            .where(known)
            .order_by(table.c.id)
        )
        return [(row[0], row[1], row[2]) for row in rows]


@pytest.mark.parametrize(
    "new",
    [PIZZA, NextWay(way=Way.CONTACT), NextWay(text="Kommt vorbei.", day=OUT), NextWay(text="x")],
)
def test_what_is_said_stands_with_the_results(field: Field, new: NextWay) -> None:
    """Rule 1."""
    counted(field)
    assert say(field, replace(PIZZA, text="anders"))
    assert say(field, new)
    assert given(field).next_way == new
    assert echo_on(field, OUT).next_way == new


def test_it_stands_there_until_its_day_is_over(field: Field) -> None:
    """Rule 1."""
    counted(field)
    say(field)
    days = [OUT, OUT + timedelta(days=3), OUT + timedelta(days=4)]
    assert [echo_on(field, day).next_way for day in days] == [PIZZA, PIZZA, None]
    say(field, replace(PIZZA, shown=False))
    assert echo_on(field, OUT).next_way is None


def test_what_is_faulty_is_refused(field: Field) -> None:
    """Rule 2."""
    with pytest.raises(InvalidDefinition) as refused:
        say(field, NextWay(way=Way.MEETING, text="x" * 201, link="http://jugendforum.example"))
    assert [fault.at for fault in refused.value.faults] == [("text",), ("day",), ("link",)]
    with pytest.raises(InvalidDefinition, match="nichts ausgezählt"):
        record(field)
    assert (given(field).next_way, given(field).handed_back, deeds(field)) == (None, None, [])


def test_a_school_has_its_results_until_more_is_counted(field: Field) -> None:
    """Rule 3."""
    assert not given(field).is_due
    counted(field)
    assert given(field).is_due
    assert record(field)
    assert (given(field).handed_back, given(field).is_due) == (HANDED, False)
    with field.database.write() as connection:
        later = {"closed_on": TODAY + timedelta(days=1)}
        connection.execute(schema.wave.update().values(**later))
    assert given(field).is_due


def test_a_foreign_measure_is_missing(field: Field) -> None:
    """Rule 4."""
    counted(field)
    assert not say(field, network=field.network + 1)
    assert not record(field, network=field.network + 1)
    foreign = handing_back.given(field.database, field.network + 1, field.measure)
    assert foreign == handing_back.Given(None, None, is_due=False)
    assert given(field).next_way is None


def test_the_log_knows_what_was_done_and_no_word_of_it(field: Field) -> None:
    """Rule 5."""
    counted(field)
    say(field)
    record(field)
    about = f"measure {field.measure}"
    assert deeds(field) == [("next_way", about, ""), ("hand_back", about, "2026-11-21")]


def test_themes_are_said_once_a_question_is_concluded(field: Field) -> None:
    """Rule 6."""
    counted(field)
    assert echo_on(field, OUT).heard == ()
    kept = Reviewed(
        read=12,
        texts=(ReviewedText(text="GEHEIM", chosen=True),),
        themes=(ReviewedTheme(label="Pausen", count=4), ReviewedTheme(label="Zelte", count=2)),
    )
    with field.database.write() as connection:
        reviews.conclude(connection, field.network, field.wave, "k9", kept, TODAY)
    echo = echo_on(field, OUT)
    assert [(each.theme.label, str(each.often)) for each in echo.heard] == [
        ("Pausen", "4-mal genannt")
    ]
    assert "GEHEIM" not in str(echo)


def test_a_removed_measure_takes_it_along(field: Field) -> None:
    """Rule 7."""
    with field.database.write() as connection:
        known = measures.get(connection, field.network, field.measure)
        assert known is not None
        other = measures.add(connection, field.network, known.as_planned())
    handing_back.say_next_way(field.database, field.network, other, PIZZA, BY)
    say(field)
    with field.database.write() as connection:
        measures.remove(connection, field.network, other)
    left = handing_back.given(field.database, field.network, other)
    assert (left.next_way, given(field).next_way) == (None, PIZZA)
