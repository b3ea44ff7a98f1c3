"""Finding measures among many, in the database.

1. All words must occur, in any of title, summary, organisation and site, in capitals or not; what a
   database takes for a pattern is a character like any other.
2. Municipality, topic (also a secondary one), setting (the site's where none is stated), standing
   and year narrow the list down, together.
3. A measure for the whole district belongs to no single town; one in several towns is found in
   each of them and counts there, and once in every sum.
4. Nothing outside the network and the reach is found or counted.
5. A list is read page by page in the order somebody chose; a page beyond the end is the last.
6. White spots have the numbers of the lists behind them; 300 measures cost as many statements as 1.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from survey_app.domain.measure import Law, NewMeasure, Setting, Topic
from survey_app.domain.rights import Actor, Reach, Role
from survey_app.domain.selection import DISTRICT, Order, Selection, Standing
from survey_app.services import closing, fielding, finding
from survey_app.storage import measures, places
from tests.services.test_measures import open_wave
from tests.support_field import ALBRECHT, TODAY, Field, field_in

A_YEAR = timedelta(days=365)


def coordinator(field: Field) -> Actor:
    return Actor(field.network, Role.COORDINATOR)


def found(field: Field, selection: Selection, actor: Actor | None = None) -> list[str]:
    """Return the titles that are found."""
    who = actor or coordinator(field)
    listed = finding.find_measures(field.database, who, selection, TODAY)
    assert listed.matching == len(listed.measures)
    return [each.measure.title for each in listed.measures]


def second_town(field: Field) -> tuple[int, int, int]:
    """Add another town with an organisation and a site; return their ids."""
    with field.database.write() as connection:
        town = places.add_municipality(connection, field.network, "05166012", "Kempen")
        owner = places.add_organisation(connection, field.network, "TV Überall", Law.GDPR)
        site = places.add_site(connection, field.network, town.id, "Halle 100%", Setting.CLUB)
    return town.id, owner.id, site.id


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("sommer", ["Sommercamp"]),
        ("SOMMER see", ["Sommercamp"]),
        ("übung", ["Übungsabend"]),
        ("ÜBERALL", ["Übungsabend"]),
        ("100%", ["Übungsabend"]),
        ("%", ["Übungsabend"]),
        ("_", []),
        ("sommer übung", []),
        ("jugendamt", ["Werkstatt", "Sommercamp"]),
        ("'; DROP TABLE measure; --", []),
    ],
)
def test_all_words_must_occur_somewhere(field: Field, text: str, titles: list[str]) -> None:
    town, owner, site = second_town(field)
    field.plan()
    field.plan(title="Übungsabend", municipality=town, organisation=owner, site=site)
    assert found(field, Selection(text=text)) == titles


def test_the_list_is_narrowed_down(field: Field) -> None:
    town, owner, site = second_town(field)
    there = {"municipality": town, "organisation": owner}
    field.plan(title="Turnier", topic=Topic.MOVEMENT, site=site, **there)
    field.plan(title="Chat", secondary_topics=(Topic.STRESS,), setting=Setting.ONLINE)
    field.plan(title="Früher", starts_on=TODAY - 2 * A_YEAR, ends_on=TODAY - A_YEAR)
    for selection, titles in (
        (Selection(municipality=town), ["Turnier"]),
        (Selection(topic=Topic.MOVEMENT), ["Turnier"]),
        (Selection(topic=Topic.STRESS), ["Chat"]),
        (Selection(setting=Setting.CLUB), ["Turnier"]),
        (Selection(setting=Setting.ONLINE), ["Chat"]),
        (Selection(setting=Setting.SCHOOL), ["Sommercamp"]),
        (Selection(year=TODAY.year - 1), ["Früher"]),
        (Selection(year=TODAY.year - 2), ["Früher"]),
        (Selection(year=TODAY.year - 3), []),
        (Selection(municipality=town, topic=Topic.STRESS), []),
    ):
        assert found(field, selection) == titles, selection


def test_standing_follows_the_waves(field: Field) -> None:
    field.plan(title="Ohne")
    open_wave(field, field.plan(title="Geplant"), TODAY + timedelta(days=3))
    counted = field.plan(title="Ausgewertet")
    open_wave(field, counted)
    fielded = fielding.fielded_measure(field.database, field.network, counted, TODAY)
    assert fielded is not None
    closing.close_wave(
        field.database, field.network, fielded.waves[0].wave.id, today=TODAY, actor=ALBRECHT
    )
    open_wave(field, counted, TODAY + timedelta(days=9))
    assert {standing: found(field, Selection(standing=standing)) for standing in Standing} == {
        Standing.WITHOUT_WAVE: ["Ohne"],
        Standing.PLANNED: ["Geplant"],
        Standing.RUNNING: ["Sommercamp"],
        Standing.EVALUATED: ["Ausgewertet"],
    }


def test_what_is_district_wide_belongs_to_no_single_town(field: Field) -> None:
    field.plan(title="Aktionstag", district_wide=True)
    town = fielding.choices(field.database, field.network).municipalities[0].id
    assert found(field, Selection(municipality=town)) == ["Sommercamp"]
    assert found(field, Selection(municipality=DISTRICT)) == ["Aktionstag"]


def test_a_measure_in_several_towns_is_found_and_counted_in_each(field: Field) -> None:
    away, _, _ = second_town(field)
    field.plan(title="Netzlotsen", topic=Topic.STRESS, also_in=(away,))
    here = fielding.choices(field.database, field.network).municipalities[0].id
    who = coordinator(field)
    assert found(field, Selection(municipality=here)) == ["Netzlotsen", "Sommercamp"]
    assert found(field, Selection(municipality=away)) == ["Netzlotsen"]
    spots = finding.find_white_spots(field.database, who).spots
    assert [spots.cell(town, Topic.STRESS) for town in (here, away)] == [1, 1]
    assert (spots.on_topic(Topic.STRESS), spots.all, spots.without_any) == (1, 2, ())


def test_the_reach_of_one_town_ends_where_a_measure_is_at_home(field: Field) -> None:
    """Rule 4: as with measures for the whole district, the town it is at home in decides."""
    away, _, _ = second_town(field)
    here = fielding.choices(field.database, field.network).municipalities[0].id
    field.plan(title="Kreisweit", district_wide=True)
    field.plan(title="Netzlotsen", also_in=(away,))
    at = {
        town: Actor(field.network, Role.EVALUATOR, Reach.MUNICIPALITY, town)
        for town in (here, away)
    }
    assert found(field, Selection(), at[here]) == ["Netzlotsen", "Kreisweit", "Sommercamp"]
    assert found(field, Selection(municipality=away), at[away]) == []
    assert finding.find_white_spots(field.database, at[away]).spots.all == 0


def test_nothing_beyond_network_and_reach_is_found(field: Field) -> None:
    away = field_in(field.database, name="Kreis Nachbar")
    town, owner, site = second_town(field)
    field.plan(title="Fern", municipality=town, organisation=owner, site=site)
    network = field.network
    for actor, titles in (
        (Actor(network, Role.YOUTH_WORKER, Reach.ORGANISATION, owner), ["Fern"]),
        (Actor(network, Role.EVALUATOR, Reach.MUNICIPALITY, town), ["Fern"]),
        (Actor(network, Role.SCHOOL_CONTACT, Reach.SITE, site), ["Fern"]),
        (Actor(network, Role.YOUTH_WORKER), []),
        (Actor(away.network, Role.YOUTH_WORKER, Reach.ORGANISATION, owner), []),
    ):
        assert found(field, Selection(), actor) == titles, actor
        spots = finding.find_white_spots(field.database, actor).spots
        assert spots.all == len(titles), actor
    stranger = coordinator(away)
    for selection in (Selection(municipality=town), Selection(text="Fern")):
        assert found(field, selection, stranger) == []


def test_a_list_is_read_page_by_page_in_the_chosen_order(field: Field) -> None:
    for number in range(finding.PAGE_SIZE):
        field.plan(title=f"Abend {number:02}", starts_on=TODAY, ends_on=TODAY)
    who = coordinator(field)
    by_title = Selection(order=Order.TITLE)
    first = finding.find_measures(field.database, who, by_title, TODAY)
    last = finding.find_measures(field.database, who, by_title, TODAY, page=99)
    assert (first.page, first.pages, first.all) == (1, 2, finding.PAGE_SIZE + 1)
    assert first.measures[0].measure.title == "Abend 00"
    assert (last.page, [each.measure.title for each in last.measures]) == (2, ["Sommercamp"])
    nothing = finding.find_measures(field.database, who, Selection(text="fehlt"), TODAY)
    assert (nothing.page, nothing.pages, nothing.matching) == (1, 1, 0)


def test_white_spots_have_the_numbers_of_the_lists_behind_them(field: Field) -> None:
    town, owner, _ = second_town(field)
    there = {"municipality": town, "organisation": owner}
    field.plan(topic=Topic.STRESS, secondary_topics=(Topic.MOVEMENT,), **there)
    field.plan(topic=Topic.MOVEMENT, starts_on=date(2024, 5, 1), ends_on=date(2025, 5, 1))
    field.plan(topic=Topic.STRESS, district_wide=True)
    field.plan(topic=Topic.STRESS, also_in=(town,))
    with field.database.write() as connection:
        places.add_municipality(connection, field.network, "05166036", "Willich")
    who = coordinator(field)
    for year in (None, 2024, 2025, 2026, 2019):
        spots = finding.find_white_spots(field.database, who, year).spots
        assert [each.name for each in spots.municipalities] == ["Brüggen", "Kempen", "Willich"]
        ids = [*(each.id for each in spots.municipalities), DISTRICT]
        for place in ids:
            chosen = Selection(municipality=place, year=year)
            assert spots.of_place(place) == len(found(field, chosen))
            for topic in Topic:
                cell = spots.cell(place, topic)
                assert cell == len(found(field, replace(chosen, topic=topic))), (place, topic)
    assert finding.find_white_spots(field.database, who).years == (2026, 2025, 2024)


def test_three_hundred_measures_cost_as_many_statements_as_one(field: Field) -> None:
    statements: list[str] = []
    event.listen(
        field.database.engine,
        "before_cursor_execute",
        lambda connection, cursor, statement, *more: statements.append(statement),
    )
    who = coordinator(field)

    def cost() -> int:
        statements.clear()
        finding.find_measures(field.database, who, Selection(text="e"), TODAY)
        finding.find_white_spots(field.database, who, TODAY.year)
        return len(statements)

    one = cost()
    with field.database.read() as connection:
        known = measures.get(connection, field.network, field.measure)
    assert known is not None
    new: NewMeasure = known.as_planned()
    with field.database.write() as connection:
        for number in range(299):
            measures.add(connection, field.network, replace(new, title=f"Abend {number}"))
    assert cost() == one
