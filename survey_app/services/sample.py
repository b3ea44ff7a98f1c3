"""Filling a database with the sample district, the way field work fills it.

Nothing is written past the services: measures and waves are planned, every sheet comes in through
`collecting.submit`, which also serves the phones, past waves are closed and counted, and some
wishes are answered. Only the days are given: a past wave is planned, answered and closed on the
days on which that would have happened.

The same seed gives the same district: the same codes on the posters, the same answers on the
sheets, the same counts. Each wave draws from a source of its own, so that adding a measure changes
no other. What protects answers stays unforeseeable even here: the secret of a wave, and the order
in which closing shuffles.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from survey_app.domain.approval import Approval, Letter, Status
from survey_app.domain.consent import NewConsent
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.measure import Municipality, Network, NewMeasure, Organisation, Site
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.response import RawAnswers
from survey_app.domain.wave import Phase, Point, Wave
from survey_app.services import (
    approving,
    collecting,
    consenting,
    fielding,
    handing_back,
    promising,
    public_lists,
    sample_places,
)
from survey_app.services.acting import By
from survey_app.services.closing import close_wave
from survey_app.services.collecting import Door, Receipt
from survey_app.services.sample_commitments import COMMITMENTS, NEXT_WAYS
from survey_app.services.sample_district import (
    CONSENTING,
    CONTACT,
    FUNDERS,
    MEASURES,
    MUNICIPALITIES,
    NETWORK,
    OPEN_DAYS,
)
from survey_app.services.sample_kinds import SampleMeasure, SampleWave
from survey_app.services.sample_master import say_what_is_known, set_late_goals
from survey_app.storage import places, waves
from survey_app.storage.database import Database

SEED = 2026
ACTOR = "Beispieldaten"
LESS_BEFORE = 0.16  # by how much a mood is lower before a measure

Find = Callable[[str], Questionnaire]
"""Find a questionnaire by its id: `instruments.library.Library.get`."""

Leanings = Mapping[str, float]
"""By the id of a question: what a group adds to its mood there."""


@dataclass(frozen=True)
class Places:
    """The stored places of the district, by name."""

    network: Network
    municipalities: dict[str, Municipality]
    organisations: dict[str, Organisation]
    sites: dict[str, Site]


def sample_network(database: Database) -> Network | None:
    """Return the sample network if it is there."""
    with database.read() as connection:
        return places.network_named(connection, NETWORK)


def fill_sample(
    database: Database,
    find: Find,
    today: date,
    *,
    seed: int = SEED,
    received: Callable[[int], object] = lambda _: None,
) -> Network:
    """Fill the sample district and return its network; one that is there already stays as it is.

    `received` hears after each wave how many sheets came in.
    """
    there = sample_network(database)
    if there is not None:
        return there
    known, find = _add_places(database), cache(find)
    for measure in MEASURES:
        planned = _planned(measure, known, today)
        number = fielding.plan_measure(database, known.network.id, planned)
        say_what_is_known(database, known.network.id, number, planned)
        for sample in measure.waves:
            asked = f"{sample.questionnaire} before" if _is_before(sample) else sample.questionnaire
            chance = random.Random(f"{seed} {measure.title} {asked}")  # noqa: S311
            field = _Field(database, known.network.id, chance)
            field.carry_out(number, measure, sample, find(sample.questionnaire), today)
            received(sample.answers)
        set_late_goals(database, known.network.id, number, planned, today)
        _answer_wishes(database, known.network.id, number, measure, today)
    _agree(database, known, today)
    public_lists.switch_on(database, known.network.id, today=today, actor=ACTOR)
    return known.network


@dataclass(frozen=True)
class _Field:
    """Where a wave is carried out, and the chance it depends on."""

    database: Database
    network: int
    chance: random.Random

    def carry_out(
        self,
        number: int,
        measure: SampleMeasure,
        sample: SampleWave,
        questionnaire: Questionnaire,
        today: date,
    ) -> None:
        """Plan a wave of measure `number`, let people answer it, and close it if it is over."""
        opens_on = today + timedelta(days=_first_day(measure, sample))
        wave = fielding.plan_wave(
            self.database,
            self.network,
            number,
            questionnaire,
            opens_on=opens_on,
            closes_on=opens_on + timedelta(days=OPEN_DAYS),
            expected=sample.group,
            point=sample.point,
            today=min(opens_on, today),
            chance=self.chance,
        )
        if wave is None:
            raise LookupError(f"{measure.title}: the measure is not there any more")
        if wave.awaits_approval:
            wave = self._let_school_answer(wave, today)
        self._answer(wave, sample, measure.mood - LESS_BEFORE * _is_before(sample))
        if wave.phase(today) is Phase.ENDED:
            day_after = wave.closes_on + timedelta(days=1)
            close_wave(self.database, self.network, wave.id, today=day_after, actor=ACTOR)

    def _let_school_answer(self, wave: Wave, today: date) -> Wave:
        """Record the invented answer of a school; one that is asked about later is yet to come."""
        approval = approval_of_sample(wave, today)
        day = approval.decided_on or approval.requested_on or today
        approving.record(self.database, self.network, wave.id, approval, today=day, actor=ACTOR)
        return replace(wave, awaits_approval=not approval.is_given)

    def _answer(self, wave: Wave, sample: SampleWave, mood: float) -> None:
        door = self._door(wave)
        leanings = leanings_in(wave.questionnaire, self.chance)
        for _ in range(sample.answers):
            form = simulated_form(
                wave.questionnaire, self.chance, mood, leanings, all_say=sample.all_say
            )
            page = f"{self.chance.getrandbits(128):032x}"
            submission = collecting.submit(self.database, door, page, form, wave.opens_on)
            if submission.receipt is not Receipt.COUNTED:
                raise ValueError(f"{wave.questionnaire.id}: a simulated sheet was {submission}")

    def _door(self, wave: Wave) -> Door:
        """Return the door behind the code of a wave, as a phone finds it."""
        with self.database.read() as connection:
            (collector,) = waves.collectors(connection, self.network, [wave.id])
        door = collecting.find_door(self.database, collector.code, DisclosurePolicy())
        if door is None:
            raise LookupError(f"nothing is behind the code of wave {wave.id}")
        return door


def _is_before(sample: SampleWave) -> bool:
    return sample.point is Point.BEFORE


def _first_day(measure: SampleMeasure, sample: SampleWave) -> int:
    """Return on which day a wave opens, counted from today."""
    return measure.ends - (measure.days - 1 + OPEN_DAYS if _is_before(sample) else 0)


def _answer_wishes(
    database: Database, network: int, number: int, measure: SampleMeasure, today: date
) -> None:
    for sample in COMMITMENTS.get(measure.title, ()):
        new = sample.on(today)
        promising.promise(database, network, number, new, today=new.decided_on, actor=ACTOR)
    if measure.title in NEXT_WAYS:
        next_way = NEXT_WAYS[measure.title].on(today)
        handing_back.say_next_way(database, network, number, next_way, By(ACTOR, today))


def _agree(database: Database, known: Places, today: date) -> None:
    """Record that a school lets its result be told as that of its town."""
    consent = NewConsent(
        institution=f"site {known.sites[CONSENTING.name].id}",
        agreed_on=today - timedelta(days=12),
        agreed_by="Schulleitung, nach Beschluss der Schulkonferenz",
    )
    consenting.record(database, known.network.id, consent, By(ACTOR, today))


def approval_of_sample(wave: Wave, today: date) -> Approval:
    """Return what the school said: yes, four weeks before, or nothing yet to what is planned."""
    asked_on = wave.opens_on - timedelta(weeks=6)
    if wave.opens_on > today:
        return Approval(status=Status.REQUESTED, requested_on=min(asked_on, today))
    return Approval(
        status=Status.GIVEN,
        requested_on=asked_on,
        decided_on=wave.opens_on - timedelta(weeks=4),
        decided_by="Schulleitung, nach Beteiligung der Schulkonferenz",
        conditions="Durchführung in einer Klassenleitungsstunde",
        letter=Letter.SENT,
    )


def leanings_in(questionnaire: Questionnaire, chance: random.Random) -> Leanings:
    """Return how much better or worse each question does than the others, in one group."""
    return {question.id: chance.gauss(0, 0.06) for question in questionnaire.questions}


def simulated_form(
    questionnaire: Questionnaire,
    chance: random.Random,
    mood: float,
    leanings: Leanings,
    *,
    all_say: Sequence[str] = (),
) -> RawAnswers:
    """Return what one person might send whose group is of this mood; people differ a little."""
    own_mood = chance.gauss(mood, 0.1)
    form: RawAnswers = {}
    while not form or not form.keys() >= set(all_say):  # a form with nothing in it is not sent
        form = dict(_ticked(questionnaire, chance, own_mood, leanings))
    return form


def _ticked(
    questionnaire: Questionnaire, chance: random.Random, mood: float, leanings: Leanings
) -> Iterator[tuple[str, Sequence[str]]]:
    for question in questionnaire.questions:
        on_this = min(1.0, max(0.0, mood + leanings[question.id]))
        yield from question.simulate(chance, on_this).items()


def _planned(measure: SampleMeasure, known: Places, today: date) -> NewMeasure:
    ends_on = today + timedelta(days=measure.ends)
    return NewMeasure(
        title=measure.title,
        summary=measure.summary,
        topic=measure.topic,
        municipality=known.municipalities[measure.site.municipality].id,
        also_in=tuple(known.municipalities[town].id for town in measure.also_in),
        district_wide=measure.district_wide,
        organisation=known.organisations[measure.organisation.name].id,
        site=known.sites[measure.site.name].id,
        starts_on=ends_on - timedelta(days=measure.days - 1),
        ends_on=ends_on,
        sessions=measure.sessions,
        invited=measure.invited,
        participants=measure.participants,
        funders=FUNDERS,
    )


def _add_places(database: Database) -> Places:
    with database.write() as connection:
        network = places.add_network(connection, NETWORK, CONTACT, sample=True)
        municipalities = {
            name: places.add_municipality(connection, network.id, ags, name)
            for name, ags in MUNICIPALITIES.items()
        }
        organisations = {
            owner.name: places.add_organisation(connection, network.id, owner.name, owner.law)
            for owner in dict.fromkeys(measure.organisation for measure in MEASURES)
        }
        sites = {
            site.name: places.add_site(
                connection,
                network.id,
                municipalities[site.municipality].id,
                site.name,
                site.setting,
            )
            for site in dict.fromkeys(measure.site for measure in MEASURES)
        }
        for town in municipalities.values():
            sample_places.describe(connection, town)
        for site in sites.values():
            sample_places.describe_school(connection, site)
    return Places(network, municipalities, organisations, sites)
