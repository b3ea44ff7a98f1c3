"""A large invented district, for what reads many measures at once: 2,000 with a million answers.

It is written past the services: carrying out a million answers would take hours, and only what
remains of them is read. Blocks are counted from simulated people like any other.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count

from sqlalchemy import Connection

from survey_app.data import data_dir
from survey_app.domain.block import block_of
from survey_app.domain.goal import Indicator, NewGoal
from survey_app.domain.master_data import Costs, Funding, MasterData
from survey_app.domain.measure import Law, NewMeasure, Publication, Setting, Topic
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.response import Answers
from survey_app.domain.tabulation import tabulate
from survey_app.instruments.library import Library
from survey_app.services.sample import leanings_in, simulated_form
from survey_app.services.sample_district import MUNICIPALITIES
from survey_app.storage import blocks, goals, measures, migrating, places, waves
from survey_app.storage.database import Database

MEASURES = 2_000
PEOPLE = 400
MOODS = (0.45, 0.6, 0.7, 0.8)
YOUNG = (4, 24, 120, 340, 700, 1_100, 1_300)  # how many answer; a wave of four is pooled
ADULTS = (3, 9, 30)
CORE, PROFESSIONALS, CONFERENCE = "kern-jugend", "fachkraefte", "netzwerktreffen"
TOPICS = (Topic.MEDIA_LITERACY, Topic.MENTAL_HEALTH_LITERACY, Topic.STRESS, Topic.MOVEMENT)


def fill(database: Database, year: int, size: int = MEASURES) -> int:
    """Make a network whose measures were all held in a year, and return its number."""
    migrating.upgrade(database, data_dir("migrations"))
    with database.write() as connection:
        network = places.add_network(connection, "Benchmark", "bench@beispiel.example", sample=True)
        held = _Held(connection, network.id, year)
        for number, planned in enumerate(held.planned(size)):
            held.carry_out(number, planned)
    return network.id


class _Held:
    """Measures that were held, one after the other."""

    def __init__(self, connection: Connection, network: int, year: int) -> None:
        self._connection, self._network, self._year = connection, network, year
        self._chance = random.Random(1)
        library = Library(data_dir("questionnaires"))
        asked = [library.get(name) for name in (CORE, PROFESSIONALS, CONFERENCE)]
        self._asked = {each.id: each for each in asked}
        self._people = {
            each.id: [_people(each, self._chance, mood) for mood in MOODS] for each in asked
        }

    def planned(self, size: int) -> Iterator[NewMeasure]:
        """Yield measures in every town, at sites and with owners that repeat."""
        owners = [
            places.add_organisation(self._connection, self._network, f"Träger {n}", Law.GDPR)
            for n in range(40)
        ]
        towns = [
            places.add_municipality(self._connection, self._network, ags, name)
            for name, ags in MUNICIPALITIES.items()
        ]
        sites = [
            places.add_site(
                self._connection, self._network, town.id, f"Treff {n}", Setting.YOUTH_CENTRE
            )
            for n in range(20)
            for town in towns
        ]
        for n in range(size):
            site, day = sites[n % len(sites)], date(self._year, 1, 15) + timedelta(days=n % 300)
            yield NewMeasure(
                title=f"Werkstatt {n}",
                summary="Ein Nachmittag ohne Handy: Was fehlt mir, was gewinne ich?",
                topic=TOPICS[n % len(TOPICS)] if n % 500 else Topic.NETWORKING,
                municipality=site.municipality,
                organisation=owners[n % len(owners)].id,
                site=site.id,
                starts_on=day,
                ends_on=day,
                participants=1_400,
                publication=Publication.DRAFT,
                master=_master(n),
            )

    def carry_out(self, number: int, planned: NewMeasure) -> None:
        """Store a measure with a goal and what its waves came to."""
        stored = measures.add(self._connection, self._network, planned)
        goals.add(
            self._connection,
            self._network,
            stored,
            1,
            NewGoal(text="Alle kennen Hilfe.", indicator=Indicator(CORE, "k8"), target=70),
            set_on=planned.starts_on - timedelta(days=30),
            set_late=False,
        )
        if planned.topic is Topic.NETWORKING:
            self._count(stored, planned, CONFERENCE, 30)
            return
        self._count(stored, planned, CORE, YOUNG[number % len(YOUNG)])
        if number % 2:
            self._count(stored, planned, PROFESSIONALS, ADULTS[number % len(ADULTS)])

    def _count(self, measure: int, planned: NewMeasure, name: str, size: int) -> None:
        asked, network = self._asked[name], self._network
        wave = waves.add(
            self._connection,
            network=network,
            measure=measure,
            questionnaire=asked,
            opens_on=planned.ends_on,
            closes_on=planned.ends_on,
            expected=size,
            secret=bytes(32),
        )
        people = self._chance.choices(self._chance.choice(self._people[name]), k=size)
        counted = block_of(asked, tabulate(asked, people), {})
        blocks.add(self._connection, network, wave.id, counted)
        waves.mark_closed(self._connection, network, wave.id, planned.ends_on)


def _people(asked: Questionnaire, chance: random.Random, mood: float) -> Sequence[Answers]:
    leanings = leanings_in(asked, chance)
    forms = (simulated_form(asked, chance, mood, leanings) for _ in count())
    return [asked.read(form).answers for _, form in zip(range(PEOPLE), forms, strict=False)]


def _master(number: int) -> MasterData:
    funding = Funding(funder=f"Kasse {number % 7}", cents=40_000 + number)
    return MasterData(costs=Costs(planned=50_000 + number, actual=48_000, funding=(funding,)))
