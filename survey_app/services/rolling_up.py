"""Roll-ups: what a year, a municipality or a topic says together.

Read is what staff wrote down and what was released; single answers are not. However many measures
there are, the number of statements to the database stays the same.

Asking for a roll-up may make pools of what is too small, and a pool is for good (domain/ledger.py).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final, TypeVar

from survey_app.domain.at_a_glance import judged_goals
from survey_app.domain.commitment import Commitment
from survey_app.domain.consent import Consent
from survey_app.domain.disclosure import DisclosurePolicy, Released, Withheld
from survey_app.domain.extract import (
    AGS,
    MUNICIPALITY,
    Extract,
    Fact,
    Kind,
    Section,
    section_of_roll_up,
)
from survey_app.domain.goal import Goal, first_opened
from survey_app.domain.ledger import Refused
from survey_app.domain.measure import Measure, Municipality, Network, Topic
from survey_app.domain.messages import N_, Message, Words
from survey_app.domain.questionnaire import Audience
from survey_app.domain.results import WaveResult
from survey_app.domain.rights import Actor, Reach, Right, may
from survey_app.domain.roll_up_core import enough
from survey_app.domain.roll_up_report import (
    CONFERENCE,
    Known,
    RollUpReport,
    audience_of,
    can_be_asked,
    report_of,
    why_not,
)
from survey_app.domain.roll_up_rest import Rest
from survey_app.domain.rollup import RolledUp
from survey_app.domain.scope import Scope
from survey_app.domain.sheet import NO_COMPARISON
from survey_app.domain.standards import Judged
from survey_app.domain.wave import Wave
from survey_app.rendering.rollup import roll_up_document
from survey_app.services.consenting import counted_with_consent, held_by
from survey_app.services.printing import Printer
from survey_app.services.releasing import counts_of, released_blocks, released_roll_up
from survey_app.services.rolling_up_rest import rest_beside
from survey_app.services.steady import steady
from survey_app.storage import commitments, goals, imports, measures, places, waves
from survey_app.storage.database import Database

OfMeasure = TypeVar("OfMeasure", Wave, Goal)


@dataclass(frozen=True)
class Possible:
    """A roll-up somebody may ask for, and how many measures are in it."""

    scope: Scope
    town: Municipality | None
    measures: int


@dataclass(frozen=True)
class Year:
    """The roll-ups of one year, and which years there are, the latest first."""

    year: int
    years: tuple[int, ...]
    possible: tuple[Possible, ...]


def may_see(actor: Actor, scope: Scope) -> bool:
    """Return whether a roll-up lies within somebody's reach, wholly."""
    if not may(actor, Right.SEE_RESULTS):
        return False
    if actor.reach is Reach.NETWORK:
        return True
    own = actor.reach is Reach.MUNICIPALITY and scope.topic is None
    return own and scope.municipality is not None and scope.municipality == actor.place


def possible_roll_ups(database: Database, actor: Actor, year: int | None, today: date) -> Year:
    """Return what somebody may ask for; without a year in the latest that has begun."""
    with database.read() as connection:
        known = measures.all_of(connection, actor.network)
        towns = places.municipalities(connection, actor.network)
    years = tuple(sorted({measure.ends_on.year for measure in known}, reverse=True))
    begun = [each for each in years if each <= today.year] or [today.year]
    wanted = year or begun[0]
    scopes: list[tuple[Scope, Municipality | None]] = [(Scope(wanted), None)]
    scopes += [
        (Scope(wanted, municipality=town.id), town)
        for town in sorted(towns, key=lambda town: town.name.casefold())
    ]
    scopes += [(Scope(wanted, topic=topic), None) for topic in Topic]
    possible = (
        Possible(scope, town, sum(map(scope.holds, known)))
        for scope, town in scopes
        if may_see(actor, scope)
    )
    return Year(wanted, years, tuple(possible))


@steady()
def roll_up_of(
    database: Database, actor: Actor, scope: Scope, *, policy: DisclosurePolicy, as_of: date
) -> RollUpReport | None:
    """Return a roll-up; one out of reach, or of a place that is not there, is as good as none."""
    stock = _stock(database, actor.network, scope) if may_see(actor, scope) else None
    if stock is None:
        return None
    asked = (database, actor.network, f"roll-up {scope.year} {scope.key}")
    counts = counts_of(database, actor.network, stock.counted, stock.known)
    released = released_blocks(*asked, stock.counted, policy=policy, day=as_of, counts=counts)
    results = {
        wave.id: WaveResult(wave, released[wave.id], wave.id in stock.imported)
        for wave in stock.counted
        if wave.id in released
    }
    judged = tuple(_judged(stock, results, as_of))
    held = held_by(database, actor.network)
    counted = [each.measure for each in judged if each.results]
    rolled: RolledUp | Refused | Message = why_not(counted)
    if can_be_asked(scope, counted, {each.institution.key for each in held}):
        waves = [
            result.wave.id
            for each in judged
            for result in each.results
            if _counts(result, scope, as_of)
        ]
        count = partial(released_roll_up, *asked, waves, policy=policy, day=as_of, counts=counts)
        rolled = counted_with_consent(
            *asked, held, lambda agreed: count(agreed=agreed), today=as_of
        )
    rest = _rest(database, stock, scope, rolled, held, policy, as_of)
    known = Known(
        stock.network,
        stock.towns,
        judged,
        stock.commitments,
        stock.met(results),
        shared=tuple(filter(scope.names, stock.known.values())),
        of_all_years=tuple(stock.known.values()),
        rest=rest,
    )
    return report_of(scope, known, rolled, policy=policy, as_of=as_of)


def _rest(
    database: Database,
    stock: "_Stock",
    scope: Scope,
    rolled: RolledUp | Refused | Message,
    held: Sequence[Consent],
    policy: DisclosurePolicy,
    as_of: date,
) -> Rest | None:
    """Return the rest of the district, where there is something to set it beside."""
    at = {wave.id: stock.known[wave.measure] for wave in stock.waves}
    if scope.municipality is None or enough(scope, rolled, at)[0] is None:
        return None
    return rest_beside(
        database, stock.network.id, scope, stock.known, held, policy=policy, as_of=as_of
    )


def _counts(result: WaveResult, scope: Scope, as_of: date) -> bool:
    """Return whether a wave is in a roll-up: while its year runs, only if large enough alone.

    A pool is for good. Made in spring by somebody who was only looking, it would take from the
    autumn what it could have been put together with.
    """
    return scope.year < as_of.year or not isinstance(result.released.base, Withheld)


@dataclass(frozen=True)
class _Stock:
    """What is stored about a scope: its measures, and the conferences of all years."""

    network: Network
    towns: tuple[Municipality, ...]
    known: Mapping[int, Measure]
    measures: tuple[Measure, ...]
    waves: tuple[Wave, ...]
    goals: tuple[Goal, ...]
    commitments: tuple[Commitment, ...]
    imported: frozenset[int]

    @property
    def counted(self) -> tuple[Wave, ...]:
        """Return the closed waves."""
        return tuple(wave for wave in self.waves if wave.closed_on is not None)

    def met(self, results: Mapping[int, WaveResult]) -> tuple[tuple[Measure, WaveResult], ...]:
        """Return the conferences of all years."""
        return tuple(
            (self.known[result.wave.measure], result)
            for result in results.values()
            if result.questionnaire.id == CONFERENCE
        )


def _stock(database: Database, network: int, scope: Scope) -> _Stock | None:
    with database.read() as connection:
        owner = places.get_network(connection, network)
        towns = {town.id: town for town in places.municipalities(connection, network)}
        if owner is None or (scope.municipality or None) not in {None, *towns}:
            return None
        known = {measure.id: measure for measure in measures.all_of(connection, network)}
        within = tuple(measure for measure in known.values() if scope.holds(measure))
        meetings = _conferences(scope, known.values())
        numbers = list({measure.id for measure in (*within, *meetings)})
        return _Stock(
            network=owner,
            towns=tuple(towns.values()),
            known=known,
            measures=within,
            waves=tuple(waves.of_measures(connection, network, numbers)),
            goals=tuple(goals.of_measures(connection, network, numbers)),
            commitments=tuple(commitments.of_network(connection, network)),
            imported=imports.imported_waves(connection, network),
        )


def _conferences(scope: Scope, known: Iterable[Measure]) -> Sequence[Measure]:
    """Return the meetings up to this year: a roll-up of the network shows how they went on."""
    if not scope.has_conferences:
        return ()
    return [
        measure
        for measure in known
        if measure.ends_on.year <= scope.year and Topic.NETWORKING in measure.topics
    ]


def _judged(stock: _Stock, results: Mapping[int, WaveResult], today: date) -> Iterator[Judged]:
    waves_of, goals_of = _by_measure(stock.waves), _by_measure(stock.goals)
    for measure in stock.measures:
        own = waves_of.get(measure.id, [])
        found = tuple(results[wave.id] for wave in own if wave.id in results)
        wanted = goals_of.get(measure.id, [])
        opened = first_opened(own, today)
        yield Judged(measure, found, judged_goals(measure, found, wanted, opened))


def _by_measure(things: Iterable[OfMeasure]) -> Mapping[int, list[OfMeasure]]:
    found: dict[int, list[OfMeasure]] = {}
    for each in things:
        found.setdefault(each.measure, []).append(each)
    return found


# Paper and files


def roll_up_pdf(printer: Printer, report: RollUpReport, words: Words) -> bytes:
    """Return a roll-up as PDF, or raise RenderingFailed."""
    return printer.pdf(roll_up_document(report, words))


def extract_of(report: RollUpReport, title: str) -> Extract | None:
    """Return the core questions for files; None if nothing is released."""
    if report.rolled is None:
        return None
    return Extract(
        kind=Kind.ROLL_UP,
        number=report.number,
        title=title,
        as_of=report.as_of,
        sample=report.network.sample,
        network=report.network.name,
        contact=report.network.contact,
        facts=(Fact("year", YEAR, str(report.scope.year)), *_place(report)),
        sections=tuple(_sections(report, report.rolled)),
        limits=(Message(NO_COMPARISON),),
        policy=report.policy,
    )


def _place(report: RollUpReport) -> Iterator[Fact]:
    if report.town:
        yield Fact("municipality", MUNICIPALITY, report.town.name)
        yield Fact("ags", AGS, report.town.ags)
    if report.scope.topic:
        yield Fact("topic", TOPIC, report.scope.topic.label)


def _sections(report: RollUpReport, rolled: RolledUp) -> Iterator[Section]:
    """Yield the questions of each audience by themselves, and how many were asked there."""
    asked = audience_of(report)
    for audience in Audience:
        cores = {core: found for core, found in rolled.cores.items() if asked.get(core) is audience}
        tables = [found.table for found in cores.values() if isinstance(found.table, Released)]
        if cores:
            most = max((table.base + table.missing_total for table in tables), default=0)
            part = replace(rolled, cores=cores, answers=most)
            yield section_of_roll_up(part, report.variables, audience)


YEAR: Final = N_("Jahr")
TOPIC: Final = N_("Thema")
