"""The sample district: what a year of field work leaves, invented and the same every time.

1. It is the Kreis Viersen with its nine municipalities, marked as a sample; every measure lies in
   one of them, both topics and four settings occur; the network itself met three times.
2. At least 600 sheets came in through the phones' own service: one wave of 4, one of 9, one of 150,
   many of 20 to 30, professionals in groups of 5 to 27. What was sent is what was counted.
3. Past waves are closed and counted, two are open to try, one of them half answered, one is planned.
4. The wave of 4 is withheld, and its sheet says so; one wave is told by age, as far as its groups
   are large enough for what was asked.
5. The same seed gives the same codes and the same counts; another seed gives others. Secrets are
   never the same.
6. Filling twice changes nothing.
7. Results are out under the codes of at least two waves, with commitments of every status; others
   wait for their day or for a decision.
8. Measures are known in full, in part and hardly at all; goals were set before anybody was asked,
   but for one that says it was late.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest
from sqlalchemy import select

from survey_app.data import data_dir
from survey_app.domain.block import Block
from survey_app.domain.codebook import Sensitivity
from survey_app.domain.commitment import Status
from survey_app.domain.disclosure import DisclosurePolicy, Withheld, release_breakdown
from survey_app.domain.goal import Indicator, indicators
from survey_app.domain.measure import Network, Setting, Topic
from survey_app.domain.questionnaire import Audience
from survey_app.domain.wave import Phase
from survey_app.instruments.library import Library
from survey_app.services.evaluating import sheet_of
from survey_app.services.fielding import FieldedMeasure, fielded_measures
from survey_app.services.measures import known_measure
from survey_app.services.promising import commitments_about
from survey_app.services.sample import SEED, fill_sample
from survey_app.services.sample_district import ALL_SHEETS, MEASURES, MUNICIPALITIES
from survey_app.storage import blocks, places, schema
from survey_app.storage.database import Database
from tests.support_field import TODAY, migrated

find = cache(Library(data_dir("questionnaires")).get)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Give a database with the sample district in it."""
    with migrated(f"sqlite:///{tmp_path_factory.mktemp('sample')}/sample.sqlite") as database:
        fill_sample(database, find, TODAY)
        yield database


@pytest.fixture
def network(database: Database) -> Network:
    return fill_sample(database, find, TODAY)


def measures_in(database: Database) -> tuple[FieldedMeasure, ...]:
    return fielded_measures(database, 1, TODAY)


def blocks_in(database: Database) -> dict[int, Block]:
    with database.read() as connection:
        waves = connection.execute(select(schema.wave.c.id)).scalars().all()
        return blocks.of_waves(connection, 1, waves)


def codes_in(database: Database) -> list[str]:
    with database.read() as connection:
        collectors = connection.execute(select(schema.collector.c.code)).scalars()
        return sorted(collectors)


def secrets_in(database: Database) -> set[bytes]:
    with database.read() as connection:
        return set(connection.execute(select(schema.wave_secret.c.secret)).scalars())


def test_it_is_the_district_with_its_nine_municipalities(
    database: Database, network: Network
) -> None:
    with database.read() as connection:
        towns = places.municipalities(connection, network.id)
    assert network.sample
    assert network.name == "Beispielnetzwerk Kreis Viersen"
    assert {town.name: town.ags for town in towns} == MUNICIPALITIES
    assert len(towns) == 9


def test_measures_cover_municipalities_topics_and_settings(database: Database) -> None:
    measures = [fielded.measure for fielded in measures_in(database)]
    assert len(measures) == len(MEASURES) >= 12
    assert {measure.municipality.name for measure in measures} == set(MUNICIPALITIES)
    topics = {Topic.MENTAL_HEALTH_LITERACY, Topic.MEDIA_LITERACY, Topic.NETWORKING}
    assert {measure.topic for measure in measures} == topics
    settings = {measure.site.setting for measure in measures if measure.site}
    assert settings == {*(Setting.SCHOOL, Setting.YOUTH_CENTRE, Setting.CLUB, Setting.MUNICIPALITY)}
    assert all(m.participants is None or (m.invited or 0) >= m.participants for m in measures)


def test_what_was_sent_is_what_was_counted(database: Database) -> None:
    counted = sum(block.base for block in blocks_in(database).values())
    waiting = sum(wave.received or 0 for fielded in measures_in(database) for wave in fielded.waves)
    assert counted + waiting == ALL_SHEETS >= 600


def test_waves_have_the_sizes_that_matter(database: Database) -> None:
    sizes: dict[Audience, list[int]] = {audience: [] for audience in Audience}
    for block in blocks_in(database).values():
        sizes[block.audience].append(block.base)
    young, professionals = sizes[Audience.YOUNG_PEOPLE], sizes[Audience.PROFESSIONALS]
    assert [young.count(size) for size in (4, 9, 150)] == [1, 1, 1]
    assert sum(20 <= size <= 30 for size in young) >= 6
    assert (min(professionals), max(professionals)) == (5, 27)


def test_past_waves_are_counted_and_two_are_open(database: Database) -> None:
    waves = [wave for fielded in measures_in(database) for wave in fielded.waves]
    phases = Counter(wave.phase for wave in waves)
    assert phases == {Phase.CLOSED: len(blocks_in(database)), Phase.OPEN: 2, Phase.PLANNED: 1}
    assert sorted(w.received or 0 for w in waves if w.phase is Phase.OPEN) == [0, 11]


def test_the_wave_of_four_is_withheld(database: Database, network: Network) -> None:
    (small,) = [number for number, block in blocks_in(database).items() if block.base == 4]
    (measure,) = [
        fielded.measure
        for fielded in measures_in(database)
        if small in [wave.wave.id for wave in fielded.waves]
    ]
    sheet = sheet_of(
        database,
        network.id,
        measure.id,
        policy=DisclosurePolicy(),
        as_of=TODAY,
        recount_days=14,
    )
    assert sheet is not None
    assert isinstance(sheet.results[0].released.base, Withheld)


def test_one_wave_is_told_by_age(database: Database, network: Network) -> None:
    """Rule 4: feedback from ten people in every group, own behaviour only from thirty."""
    found = {number: block for number, block in blocks_in(database).items() if block.breakdown}
    (block,) = found.values()
    assert (block.questionnaire, block.base) == ("gesundheitskompetenz", 104)
    shown = release_breakdown(block, DisclosurePolicy())
    assert not isinstance(shown, Withheld)
    by_class = {
        each.sensitivity: isinstance(shown.tables[each.variable], Withheld)
        for each in block.tables
        if each.variable in shown.tables
    }
    assert by_class == {Sensitivity.A: False, Sensitivity.B: True}
    assert [code for code, _ in shown.tables["g1"]] == ["u14", "a14", "a16", "a18"]


def test_the_same_seed_gives_the_same_district(database: Database, sqlite_url: str) -> None:
    with migrated(sqlite_url) as again:
        fill_sample(again, find, TODAY, seed=SEED)
        assert codes_in(again) == codes_in(database)
        assert blocks_in(again) == blocks_in(database)
        assert secrets_in(again).isdisjoint(secrets_in(database))


def test_another_seed_gives_another_district(database: Database, sqlite_url: str) -> None:
    with migrated(sqlite_url) as other:
        fill_sample(other, find, TODAY, seed=SEED + 1)
        assert set(codes_in(other)).isdisjoint(codes_in(database))
        assert blocks_in(other) != blocks_in(database)


def test_results_and_commitments_can_be_seen(database: Database) -> None:
    out = [
        fielded
        for fielded in measures_in(database)
        if any(wave.wave.gives_results(TODAY) for wave in fielded.waves)
    ]
    promised = {
        fielded.measure.title: commitments_about(database, 1, fielded.measure.id) for fielded in out
    }
    assert [len(each) for each in promised.values()].count(0) >= 5
    assert sum(bool(each) for each in promised.values()) >= 2
    assert {each.status for several in promised.values() for each in several} == set(Status)
    waiting = [
        wave.wave
        for fielded in measures_in(database)
        for wave in fielded.waves
        if wave.phase is Phase.CLOSED and not wave.wave.gives_results(TODAY)
    ]
    assert waiting


def test_measures_are_known_in_full_in_part_and_hardly(database: Database) -> None:
    known = [known_measure(database, 1, each.measure.id, TODAY) for each in measures_in(database)]
    filled = sorted(len(each.filled) for each in known if each)
    assert (filled[0], filled[-1]) == (2, 9)
    assert any(2 < parts < 9 for parts in filled)
    goals = [(goal, each.first_opened) for each in known if each for goal in each.goals]
    assert [goal.is_late(opened) for goal, opened in goals].count(True) == 1
    assert len(goals) > 10
    shipped = {
        str(Indicator(name, variable.name))
        for name in ("kern-jugend", "medienkompetenz")
        for variable in indicators(find(name).codebook())
    }
    assert all(str(goal.indicator) in shipped for goal, _ in goals if goal.indicator)


def test_filling_twice_changes_nothing(database: Database) -> None:
    before = (measures_in(database), blocks_in(database), secrets_in(database))
    fill_sample(database, find, TODAY)
    assert (measures_in(database), blocks_in(database), secrets_in(database)) == before


def test_it_is_filled_on_postgres_too(postgres_database: str) -> None:
    with migrated(postgres_database) as database:
        heard: list[int] = []
        fill_sample(database, find, TODAY, received=heard.append)
        assert sum(heard) == ALL_SHEETS
