"""Roll-ups: what a year, a municipality or a topic says together.

1. The core questions are the sum of the released waves, small ones pooled; files say the same.
2. A measure belongs to the year in which it ends, to its municipality, to its main topic.
3. Of a municipality there are numbers from three measures, two institutions and thirty answers on.
   Before that, nothing is pooled and nothing entered for it.
4. Nearly all answers from one institution: withheld, and the reason is said.
5. Whoever has one municipality sees that roll-up only; whoever has less sees none.
6. The number of statements does not grow with the number of measures.
7. Quality standards count what is known; spending is summed by funder.
8. How a key is read; what is none is none.
9. While a year runs nothing is pooled: what is too small comes in once it is over.
"""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import event

from survey_app.domain.disclosure import DisclosurePolicy, Reason, Released, Withheld
from survey_app.domain.master_data import (
    Costs,
    Funding,
    MasterData,
    Participation,
    ParticipationStage,
)
from survey_app.domain.measure import NewMeasure, Setting, Topic
from survey_app.domain.rights import Actor, Reach, Role
from survey_app.domain.roll_up_report import RollUpReport
from survey_app.domain.scope import Scope
from survey_app.services import closing, collecting, fielding, rolling_up
from survey_app.storage import measures, places
from tests.support_field import (
    ALBRECHT,
    TODAY,
    TOMORROW,
    WAVE,
    Field,
    field_in,
    let_school_agree,
    migrated,
    questionnaire_from,
)

POLICY = DisclosurePolicy()
YEAR = Scope(TODAY.year)
AFTERWARDS = date(TODAY.year + 1, 1, 15)


@pytest.fixture
def field(database_url: str) -> Iterator[Field]:
    """Give a network with one open wave, on both databases."""
    with migrated(database_url) as database:
        yield field_in(database)


def held(field: Field, sheets: int, *, site: str = "", **changes: object) -> int:
    """Hold another measure that so many answered, two of three content, at a site of its own."""
    with field.database.write() as connection:
        there = measures.get(connection, field.network, field.measure)
        assert there is not None
        town = there.municipality.id
        name = site or f"Treff {sheets} {len(measures.all_of(connection, field.network))}"
        known = {each.name: each for each in places.sites(connection, field.network)}
        own = known.get(name) or places.add_site(
            connection, field.network, town, name, Setting.YOUTH_CENTRE
        )
    values = {
        "title": "Werkstatt",
        "summary": "Ein Nachmittag.",
        "topic": Topic.MEDIA_LITERACY,
        "municipality": town,
        "organisation": there.organisation.id,
        "site": own.id,
        "starts_on": TODAY,
        "ends_on": TODAY,
        "participants": 30,
    }
    number = fielding.plan_measure(
        field.database,
        field.network,
        NewMeasure(**(values | changes)),  # type: ignore[arg-type]
    )
    if sheets:
        _answered(field, number, sheets)
    return number


def _answered(field: Field, measure: int, sheets: int) -> None:
    wave = fielding.plan_wave(
        field.database,
        field.network,
        measure,
        questionnaire_from(WAVE),
        opens_on=TODAY,
        closes_on=TOMORROW,
        today=TODAY,
    )
    assert wave is not None
    let_school_agree(field.database, wave)
    fielded = fielding.fielded_measure(field.database, field.network, measure, TODAY)
    assert fielded is not None
    door = collecting.find_door(field.database, fielded.waves[0].collectors[0].code, POLICY)
    assert door is not None
    for number in range(sheets):
        collecting.submit(
            field.database, door, f"{number:032x}", {"k1": ["1" if number % 3 == 0 else "3"]}, TODAY
        )
    closing.close_wave(field.database, field.network, wave.id, today=TODAY, actor=ALBRECHT)


def coordinator(field: Field) -> Actor:
    return Actor(field.network, Role.COORDINATOR)


def report(
    field: Field, scope: Scope = YEAR, actor: Actor | None = None, *, as_of: date = AFTERWARDS
) -> RollUpReport:
    """Return a roll-up that must be there."""
    found = rolling_up.roll_up_of(
        field.database.of(field.network),
        actor or coordinator(field),
        scope,
        policy=POLICY,
        as_of=as_of,
    )
    assert found is not None
    return found


def town_of(field: Field) -> int:
    with field.database.read() as connection:
        return places.municipalities(connection, field.network)[0].id


def test_while_the_year_runs_nothing_is_pooled(field: Field) -> None:
    """Rule 9."""
    for sheets in (12, 15, 3, 4):
        held(field, sheets)
    for as_of, expected in ((TODAY, (27, 2, 0)), (AFTERWARDS, (34, 2, 2))):
        found = report(field, as_of=as_of).rolled
        assert found is not None
        assert (found.answers, found.published, found.pooled) == expected


def test_core_questions_are_summed_and_filed(field: Field) -> None:
    """Rule 1."""
    for sheets in (12, 15, 3, 4):
        held(field, sheets)
    found = report(field)
    assert found.rolled is not None
    assert (found.rolled.answers, found.rolled.published, found.rolled.pooled) == (34, 2, 2)
    (line,) = found.cores
    assert isinstance(line.table, Released)
    assert line.share is not None
    assert (line.variable.name, line.share.count, line.share.base) == ("K1", 22, 34)
    extract = rolling_up.extract_of(found, "2026")
    assert extract is not None
    assert [row.table for section in extract.sections for row in section.rows] == [line.table]


def test_where_a_measure_belongs(field: Field) -> None:
    """Rule 2."""
    held(field, 0, topic=Topic.STRESS, ends_on=date(TODAY.year + 1, 1, 2))
    held(field, 0, topic=Topic.STRESS, secondary_topics=(Topic.MOVEMENT,))
    held(field, 0, district_wide=True)
    found = {
        (scope.year, scope.key): len(report(field, scope).measures)
        for scope in (
            YEAR,
            Scope(TODAY.year + 1),
            Scope(TODAY.year, municipality=town_of(field)),
            Scope(TODAY.year, topic=Topic.STRESS),
            Scope(TODAY.year, topic=Topic.MOVEMENT),
        )
    }
    assert list(found.values()) == [3, 1, 2, 1, 0]


def test_what_takes_place_in_several_towns_is_named_in_each_and_counted_in_none(
    field: Field,
) -> None:
    """Rule 2: no answer is counted in two places."""
    with field.database.write() as connection:
        kempen = places.add_municipality(connection, field.network, "05166012", "Kempen")
    held(field, 34, title="Netzlotsen", also_in=(kempen.id,))
    here, there = (Scope(TODAY.year, municipality=town) for town in (town_of(field), kempen.id))
    titles = {
        scope.key: (
            [each.measure.title for each in report(field, scope).measures],
            [measure.title for measure in report(field, scope).shared],
        )
        for scope in (YEAR, here, there)
    }
    assert titles == {
        "netzwerk": (["Netzlotsen", "Sommercamp"], []),
        here.key: (["Sommercamp"], ["Netzlotsen"]),
        there.key: ([], ["Netzlotsen"]),
    }
    district = report(field, YEAR)
    assert [district.spots.of_place(town.id) for town in district.spots.municipalities] == [2, 1]
    assert district.spots.all == 2
    reached = {
        each.town.name if each.town else None: each.participations for each in district.reach
    }
    assert reached == {"Brüggen": 30, "Kempen": 0, None: 30}


def test_what_takes_place_here_too_is_not_the_rest_of_the_district(field: Field) -> None:
    """Rule 2: who was asked in both towns stands on neither side; the whole district is the rest's.

    The first town has its own people only, and the rest is "in other towns or district-wide".
    """
    with field.database.write() as connection:
        kempen = places.add_municipality(connection, field.network, "05166012", "Kempen")
    for sheets in (12, 13, 14):
        held(field, sheets)
        held(field, sheets, municipality=kempen.id, site=f"Kempen {sheets}")
    held(field, 20, title="Netzlotsen", also_in=(kempen.id,))
    held(field, 10, title="Kreisjugendtag", municipality=kempen.id, district_wide=True)
    rest = report(field, Scope(TODAY.year, municipality=town_of(field))).rest
    assert rest is not None
    assert (rest.answers, rest.measures) == (12 + 13 + 14 + 10, 4)


def test_a_municipality_needs_enough(field: Field) -> None:
    """Rule 3."""
    here = Scope(TODAY.year, municipality=town_of(field))
    for sheets in (12, 9):
        held(field, sheets)
    few = report(field, here)
    assert few.rolled is None
    assert "3 Maßnahmen, 2 Einrichtungen und 30 Antworten" in str(few.why)
    held(field, 8)  # the third, and still 29 answers
    assert report(field, here).rolled is None
    held(field, 7)
    enough = report(field, here)
    assert enough.why is None
    assert enough.cores[0].share is not None
    assert enough.cores[0].share.base == 36


def test_one_school_is_no_municipality(field: Field) -> None:
    """Rule 3."""
    here = Scope(TODAY.year, municipality=town_of(field))
    for sheets in (14, 15, 16):
        held(field, sheets, site="Schule am See")
    assert report(field, here).rolled is None


def test_nearly_all_from_one_institution(field: Field) -> None:
    """Rule 4."""
    held(field, 40, site="Große Schule")
    held(field, 6)
    held(field, 6)
    (line,) = report(field).cores
    assert isinstance(line.table, Withheld)
    assert line.table.reason is Reason.DOMINATED
    assert (line.share, line.interval) == (None, None)


def test_reach(field: Field) -> None:
    """Rule 5."""
    town = town_of(field)
    evaluator = Actor(field.network, Role.EVALUATOR, Reach.MUNICIPALITY, town)
    worker = Actor(field.network, Role.YOUTH_WORKER, Reach.ORGANISATION, 1)
    scopes = (
        YEAR,
        Scope(TODAY.year, municipality=town),
        Scope(TODAY.year, municipality=town + 1),
        Scope(TODAY.year, topic=Topic.STRESS),
    )

    def seen(actor: Actor) -> list[bool]:
        return [rolling_up.may_see(actor, scope) for scope in scopes]

    assert seen(coordinator(field)) == [True, True, True, True]
    assert seen(evaluator) == [False, True, False, False]
    assert seen(worker) == [False, False, False, False]
    offered = rolling_up.possible_roll_ups(field.database, evaluator, None, TODAY)
    assert [each.scope for each in offered.possible] == [Scope(TODAY.year, municipality=town)]
    for actor, scope in ((evaluator, YEAR), (coordinator(field), Scope(2026, municipality=99))):
        assert (
            rolling_up.roll_up_of(field.database, actor, scope, policy=POLICY, as_of=TODAY) is None
        )


def test_statements_do_not_grow(field: Field) -> None:
    """Rule 6."""
    statements: list[str] = []
    engine = field.database.engine
    event.listen(engine, "before_cursor_execute", lambda *given: statements.append(given[2]))

    def needed() -> int:
        report(field)
        statements.clear()
        report(field)
        return len(statements)

    held(field, 6)
    held(field, 7)
    few = needed()
    for sheets in (5, 6, 7, 8):
        held(field, sheets)
    assert needed() == few


def test_standards_and_money(field: Field) -> None:
    """Rule 7."""
    master = MasterData(
        participation=Participation(stage=ParticipationStage.DECISION),
        costs=Costs(planned=100_00, funding=(Funding(funder="Kasse", cents=60_00),)),
    )
    held(field, 16, master=master)
    held(field, 10, master=master)
    found = report(field, as_of=TODAY)
    assert [(each.met, each.of, each.unknown) for each in found.standards] == [
        (0, 2, 0),
        (1, 2, 0),
        (2, 3, 1),
        (0, 0, 0),
        (2, 2, 0),
    ]
    year, (funder,) = found.money.this_year, found.money.funders
    assert (year.planned.cents, year.actual.measures) == (200_00, 0)
    assert (funder.name, funder.given.cents, funder.measures) == ("Kasse", 120_00, 2)


@pytest.mark.parametrize(
    "key", ["", "kommune-", "kommune-0", "kommune-x", "thema-", "thema-oh", "x"]
)
def test_what_is_no_key(key: str) -> None:
    """Rule 8."""
    assert Scope.read(2026, key) is None


def test_keys_are_read_back() -> None:
    """Rule 8."""
    for scope in (YEAR, Scope(2026, municipality=7), Scope(2026, topic=Topic.STRESS)):
        assert Scope.read(scope.year, scope.key) == scope
