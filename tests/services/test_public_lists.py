"""Showing a list of measures to everybody.

1. A network shows nothing until somebody switches its list on; then only measures that are
   published. Off, unpublished, misspelt and never heard of are all None.
2. Switched off and on again it has the same addresses, and each switch that changes something is a
   line in the audit log.
3. Two networks whose names read the same in an address get two addresses.
4. What young people said is the echo behind the code, from the same day on; until then there is
   neither a result nor a commitment. What professionals said is not shown.
5. A measure is found by the key at the end of its name, whatever stands before it; the key of
   another network finds nothing, and neither does a number.
6. What is shown is read behind the wall of its network; only the address is looked up without one.
7. However many measures are published, a list costs the same number of statements.
8. Before switching on, staff learn how much will be seen, which texts name an institution, and where
   a town has one school only.
9. The door of a phone knows where the list is, for no statement more.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from survey_app.domain.commitment import Status
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.measure import Law, Publication, Setting
from survey_app.services import (
    closing,
    collecting,
    measures,
    promising,
    public_lists,
    returning,
)
from survey_app.services.acting import By
from survey_app.services.public_lists import Shown, ShownMeasure
from survey_app.storage import places, schema
from survey_app.storage.walls import BOUND
from tests.support_field import ALBRECHT, BOAT, TODAY, WAVE, Field, field_in, migrated

POLICY = DisclosurePolicy()
OUT = TODAY + timedelta(days=14)
SLUG = "kreis-beispiel"


@pytest.fixture
def field(database_url: str) -> Iterator[Field]:
    with migrated(database_url) as database:
        yield field_in(database)


def counted(field: Field, answers: int = 12) -> None:
    for number in range(answers):
        field.send({"k1": ["1" if number % 3 == 0 else "3"], "k9": ["GEHEIM"]})
    closing.close_wave(field.database, field.network, field.wave, today=TODAY, actor=ALBRECHT)
    promising.promise(
        field.database, field.network, field.measure, BOAT, today=TODAY, actor=ALBRECHT
    )


def publish(
    field: Field, measure: int | None = None, step: Publication = Publication.PUBLISHED
) -> None:
    by = By(ALBRECHT, TODAY)
    assert measures.publish(field.database, field.network, measure or field.measure, step, by)


def switch_on(field: Field, network: int | None = None) -> str:
    public = public_lists.switch_on(
        field.database, network or field.network, today=TODAY, actor=ALBRECHT
    )
    assert public is not None
    return public.slug


def switch_off(field: Field) -> None:
    public_lists.switch_off(field.database, field.network, today=TODAY, actor=ALBRECHT)


def seen(field: Field, slug: str = SLUG, today: date = OUT) -> Shown | None:
    return public_lists.shown(field.database, slug, today)


def only_name(field: Field) -> str:
    shown = seen(field)
    assert shown is not None
    (listed,) = shown.measures
    return listed.name


def one(field: Field, name: str, slug: str = SLUG, today: date = OUT) -> ShownMeasure | None:
    return public_lists.shown_measure(field.database, slug, name, policy=POLICY, today=today)


# Rule 1


def test_nothing_is_shown_before_somebody_switches_it_on(field: Field) -> None:
    publish(field)
    assert seen(field) is None
    assert switch_on(field) == SLUG
    shown = seen(field)
    assert shown is not None
    assert [each.title for each in shown.measures] == ["Sommercamp"]


def test_only_what_is_published_is_shown(field: Field) -> None:
    switch_on(field)
    publish(field)
    name = only_name(field)
    for step in (Publication.DRAFT, Publication.CHECKED, Publication.APPROVED):
        publish(field, step=step)
        assert seen(field) == Shown(field.door.network, f"/massnahmen/{SLUG}", ())
        assert one(field, name) is None


def test_what_is_off_or_misspelt_is_nothing(field: Field) -> None:
    publish(field)
    switch_on(field)
    name = only_name(field)
    assert one(field, name) is not None
    assert one(field, name, slug="kreis-beispie") is None
    assert one(field, f"{name}x") is None
    switch_off(field)
    assert seen(field) is None
    assert one(field, name) is None


# Rule 2


def test_addresses_come_back_and_switching_is_noted(field: Field) -> None:
    publish(field)
    switch_on(field)
    before = only_name(field)
    switch_on(field)
    switch_off(field)
    switch_off(field)
    assert switch_on(field) == SLUG
    assert only_name(field) == before
    with field.database.read() as connection:
        table = schema.audit
        statement = select(table.c.action, table.c.subject).order_by(table.c.number)
        noted = connection.execute(
            statement.where(table.c.network == field.network, table.c.action.endswith("list"))
        )
        assert [tuple(row) for row in noted] == [
            ("open public list", SLUG),
            ("close public list", SLUG),
            ("open public list", SLUG),
        ]


def test_who_never_had_a_list_has_none_to_switch_off(field: Field) -> None:
    done = {"today": TODAY, "actor": ALBRECHT}
    assert public_lists.switch_off(field.database, field.network, **done) is None  # type: ignore[arg-type]
    assert public_lists.switch_on(field.database, field.network + 1, **done) is None  # type: ignore[arg-type]


# Rule 3


def test_names_that_read_the_same_get_two_addresses(field: Field) -> None:
    with field.database.write() as connection:
        other = places.add_network(
            connection, "Kreis „Beispiel“", "b@beispiel.example", sample=True
        )
    own, their = field.database.of(field.network), field.database.of(other.id)
    first = public_lists.switch_on(own, field.network, today=TODAY, actor=ALBRECHT)
    second = public_lists.switch_on(their, other.id, today=TODAY, actor=ALBRECHT)
    assert first is not None
    assert second is not None
    assert (first.slug, second.slug) == (SLUG, f"{SLUG}-2")
    assert first.secret != second.secret
    for slug, name in ((SLUG, "Kreis Beispiel"), (f"{SLUG}-2", "Kreis „Beispiel“")):
        shown = seen(field, slug)
        assert shown is not None
        assert shown.network.name == name


# Rule 4


def test_results_are_the_echo_behind_the_code_from_the_same_day_on(field: Field) -> None:
    counted(field)
    publish(field)
    switch_on(field)
    name = only_name(field)
    before = one(field, name, today=OUT - timedelta(days=1))
    assert before is not None
    assert (before.results, before.commitments, before.listed.promised) == ((), (), 0)
    after = one(field, name)
    assert after is not None
    (result,) = after.results
    door = collecting.find_door(field.database, field.door.collector.code, POLICY)
    assert door is not None
    assert result.echo == returning.with_echo(field.database, door, policy=POLICY, today=OUT).echo
    assert [each.wish for each in after.commitments] == ["Ein Boot"]
    assert after.listed.successes == ("Ein Boot",)
    assert "GEHEIM" not in repr(after)


def test_too_few_answers_stay_withheld(field: Field) -> None:
    counted(field, answers=4)
    publish(field)
    switch_on(field)
    shown = one(field, only_name(field))
    assert shown is not None
    (result,) = shown.results
    assert (result.echo.large, result.echo.further) == ((), ())


def test_what_professionals_said_is_not_shown(database_url: str) -> None:
    asked = WAVE.replace("audience: young_people", "audience: professionals")
    with migrated(database_url) as database:
        field = field_in(database, questionnaire=asked)
        counted(field)
        publish(field)
        switch_on(field)
        shown = one(field, only_name(field))
        assert shown is not None
        assert (shown.results, shown.commitments) == ((), ())


def test_what_is_done_comes_first(field: Field) -> None:
    earlier = replace(BOAT, wish="Pausen", status=Status.STARTED, due_on=TODAY)
    promising.promise(
        field.database, field.network, field.measure, earlier, today=TODAY, actor=ALBRECHT
    )
    counted(field)
    publish(field)
    switch_on(field)
    shown = one(field, only_name(field))
    assert shown is not None
    assert [each.wish for each in shown.commitments] == ["Ein Boot", "Pausen"]


# Rule 5


def test_key_finds_a_measure_and_nothing_else_does(field: Field) -> None:
    publish(field)
    switch_on(field)
    name = only_name(field)
    key = name.rpartition("-")[2]
    assert one(field, key) == one(field, f"frueher-{key}") == one(field, name)
    for wrong in (str(field.measure), f"sommercamp-{field.measure}", "sommercamp", key.upper()):
        assert one(field, wrong) is None


def test_key_of_another_network_finds_nothing(field: Field) -> None:
    publish(field)
    switch_on(field)
    name = only_name(field)
    with field.database.write() as connection:
        other = places.add_network(connection, "Kreis Nachbar", "n@beispiel.example", sample=True)
    assert switch_on(field, other.id) == "kreis-nachbar"
    assert one(field, name, slug="kreis-nachbar") is None


# Rules 6 and 7


@contextmanager
def statements(field: Field) -> Iterator[list[tuple[str, object]]]:
    """Note every statement and the network its connection is bound to."""
    noted: list[tuple[str, object]] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        bound = connection.get_execution_options().get(BOUND)  # type: ignore[attr-defined]
        if statement.startswith(("SELECT", "INSERT", "UPDATE")) and "set_config" not in statement:
            noted.append((statement, bound))

    event.listen(field.database.engine, "before_cursor_execute", note)
    yield noted
    event.remove(field.database.engine, "before_cursor_execute", note)


def test_only_the_address_is_looked_up_without_a_network(field: Field) -> None:
    counted(field)
    publish(field)
    switch_on(field)
    name = only_name(field)
    for look in (lambda: seen(field), lambda: one(field, name)):
        with statements(field) as noted:
            assert look() is not None
        (first, bound), *others = noted
        assert bound is None
        assert "FROM public_list" in first
        assert {bound for _, bound in others} == {field.network}


def test_long_list_costs_the_statements_of_a_short_one(field: Field) -> None:
    publish(field)
    switch_on(field)
    with statements(field) as short:
        seen(field)
    for number in range(5):
        publish(field, field.plan(title=f"Turnier {number}"))
    with statements(field) as long:
        shown = seen(field)
    assert shown is not None
    assert len(shown.measures) == 6
    assert len(long) == len(short)


# Rule 8


def test_staff_learn_what_will_be_seen(field: Field) -> None:
    counted(field)
    publish(field)
    publish(field, field.plan())
    field.plan(title="Noch ein Entwurf")
    before = public_lists.prospect(field.database, field.network, OUT)
    assert (before.known, before.is_open) == (None, False)
    counts = (len(before.candidates), before.with_results, before.promised, before.held_back)
    assert counts == (2, 1, 1, 1)
    switch_on(field)
    assert public_lists.prospect(field.database, field.network, OUT).is_open


def test_staff_are_told_what_gives_an_institution_away(field: Field) -> None:
    counted(field)
    publish(field)
    publish(field, field.plan())
    prospect = public_lists.prospect(field.database, field.network, OUT)
    (doubtful,) = prospect.doubtful
    assert doubtful.listed.title == "Sommercamp"
    assert (doubtful.named, doubtful.only_school) == (("Schule am See",), "Brüggen")
    with field.database.write() as connection:
        town = places.municipalities(connection, field.network)[0].id
        places.add_site(connection, field.network, town, "Zweite Schule", Setting.SCHOOL)
        places.add_organisation(connection, field.network, "Noch ein Amt", Law.GDPR)
    (doubtful,) = public_lists.prospect(field.database, field.network, OUT).doubtful
    assert doubtful.only_school is None


def test_who_decides_is_a_name_as_well(field: Field) -> None:
    """Without a commitment the page says who decides: that may be the school itself."""
    publish(field)
    (before,) = public_lists.prospect(field.database, field.network, OUT).candidates
    with field.database.write() as connection:
        town = places.municipalities(connection, field.network)[0].id
        places.add_site(connection, field.network, town, "Jugendamt", Setting.YOUTH_CENTRE)
    (after,) = public_lists.prospect(field.database, field.network, OUT).candidates
    assert (before.named, after.named) == ((), ("Jugendamt",))


def test_staff_may_look_before(field: Field) -> None:
    counted(field)
    looked = public_lists.measure_as_staff_see_it(
        field.database, field.network, field.measure, policy=POLICY, today=OUT
    )
    assert looked is not None
    shown, publication = looked
    assert publication is Publication.DRAFT
    assert len(shown.results) == 1
    away = public_lists.measure_as_staff_see_it(
        field.database, field.network + 1, field.measure, policy=POLICY, today=OUT
    )
    assert away is None


# Rule 9


def test_phones_are_told_where_the_list_is_for_nothing(field: Field) -> None:
    code = field.door.collector.code
    with statements(field) as before:
        door = collecting.find_door(field.database, code, POLICY)
    assert door is not None
    assert door.public_list is None
    switch_on(field)
    with statements(field) as after:
        door = collecting.find_door(field.database, code, POLICY)
    assert door is not None
    assert door.public_list == f"/massnahmen/{SLUG}"
    assert len(after) == len(before)
