"""The public list of a network: switched on by its coordinators, read by everybody.

Whoever reads it knows no network, only an address. One statement looks across networks: which list
is on at this address. All that is then shown is read as that network's own database shows it
(`Database.of`), so that on PostgreSQL the wall stands before everybody who has no login.

What is off, what is not published and what never was are all None.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from survey_app.domain.commitment import Commitment, Status
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.measure import Measure, Network, Publication, Setting, Site
from survey_app.domain.public_list import (
    Listed,
    PublicList,
    heard_in,
    key_in,
    key_of,
    listed,
    names_in,
    slug_of,
)
from survey_app.domain.wave import Wave
from survey_app.storage import audit, commitments, measures, places, public_lists, waves
from survey_app.storage.database import Database

if TYPE_CHECKING:
    from survey_app.domain.echo import Echo

MOST_OF_A_NAME: Final = 99  # networks whose names read the same in an address


@dataclass(frozen=True)
class Shown:
    """A list as everybody sees it; `path` is its address."""

    network: Network
    path: str
    measures: tuple[Listed, ...]


@dataclass(frozen=True)
class Result:
    """What came of asking young people once."""

    wave: Wave
    echo: "Echo"


@dataclass(frozen=True)
class ShownMeasure:
    """A measure as everybody sees it: the facts, what young people said, what became of it."""

    network: Network
    path: str
    organisation: str
    listed: Listed
    results: tuple[Result, ...]

    @property
    def commitments(self) -> tuple[Commitment, ...]:
        """Return what became of it, what is done first; known once results are out."""
        promised = self.results[0].echo.commitments if self.results else ()
        return tuple(sorted(promised, key=lambda each: each.status is not Status.DONE))


@dataclass(frozen=True)
class Candidate:
    """A measure that stands on the list, for staff.

    `named` are institutions that its public texts name. `only_school` is the name of the town of
    which everybody knows that it has one school.
    """

    id: int
    listed: Listed
    named: tuple[str, ...]
    only_school: str | None


@dataclass(frozen=True)
class Prospect:
    """What staff see before they switch a list on or off.

    `held_back` measures are not published.
    """

    known: PublicList | None
    candidates: tuple[Candidate, ...]
    held_back: int

    @property
    def is_open(self) -> bool:
        """Return whether the list is on."""
        return self.known is not None and self.known.is_open

    @property
    def with_results(self) -> int:
        """Return of how many measures results can be read."""
        return sum(each.listed.has_results for each in self.candidates)

    @property
    def promised(self) -> int:
        """Return how many answers to wishes can be read."""
        return sum(each.listed.promised for each in self.candidates)

    @property
    def doubtful(self) -> tuple[Candidate, ...]:
        """Return the measures somebody should look at again."""
        return tuple(each for each in self.candidates if each.named or each.only_school)


def shown(database: Database, slug: str, today: date) -> Shown | None:
    """Return the list with this address, if it is on."""
    public = _open_at(database, slug)
    if public is None:
        return None
    with database.of(public.network).read() as connection:
        owner = places.get_network(connection, public.network)
        published = public_lists.published(connection, public.network)
        entries = _listed(connection, public, published, today)
    return Shown(owner, public.path, entries) if owner else None


def shown_measure(
    database: Database, slug: str, name: str, *, policy: DisclosurePolicy, today: date
) -> ShownMeasure | None:
    """Return the measure with this name on the list with this address, if both are public.

    Only the key at the end of the name counts.
    """
    public = _open_at(database, slug)
    if public is None:
        return None
    own, key = database.of(public.network), key_in(name)
    with own.read() as connection:
        published = public_lists.published(connection, public.network)
    for measure in published:
        if key_of(public.secret, measure.id) == key:
            return _measure(own, public, measure, policy, today)
    return None


def measure_as_staff_see_it(
    database: Database, network: int, measure: int, *, policy: DisclosurePolicy, today: date
) -> tuple[ShownMeasure, Publication] | None:
    """Return a measure as it would stand on the list, and how far it is from being published."""
    with database.read() as connection:
        public = public_lists.get(connection, network) or _unborn(network, today)
        found = measures.get(connection, network, measure)
    if found is None:
        return None
    return _measure(database, public, found, policy, today), found.publication


def prospect(database: Database, network: int, today: date) -> Prospect:
    """Return what everybody would see, and what to look at again before."""
    with database.read() as connection:
        known = public_lists.get(connection, network)
        public = known or _unborn(network, today)
        everything = measures.all_of(connection, network)
        published = public_lists.published(connection, network)
        sites = places.sites(connection, network)
        entries = _listed(connection, public, published, today)
        promised = _by_measure(commitments.of_network(connection, network))
    candidates = tuple(
        _candidate(measure, entry, promised.get(measure.id, ()), sites)
        for measure, entry in zip(published, entries, strict=True)
    )
    return Prospect(known, candidates, len(everything) - len(published))


def candidate(database: Database, network: int, measure: int, today: date) -> Candidate | None:
    """Return a measure as it would stand on the list, and what to look at again before."""
    with database.read() as connection:
        public = public_lists.get(connection, network) or _unborn(network, today)
        found = measures.get(connection, network, measure)
        if found is None:
            return None
        (entry,) = _listed(connection, public, [found], today)
        promised = _by_measure(commitments.of_network(connection, network))
        sites = places.sites(connection, network)
    return _candidate(found, entry, promised.get(measure, ()), sites)


def switch_on(database: Database, network: int, *, today: date, actor: str) -> PublicList | None:
    """Show the list to everybody; None if there is no such network."""
    with database.write() as connection:
        owner = places.get_network(connection, network)
        if owner is None:
            return None
        known = public_lists.get(connection, network) or _first(connection, owner, today)
        return _switched(connection, known, today, actor, is_open=True)


def switch_off(database: Database, network: int, *, today: date, actor: str) -> PublicList | None:
    """Show the list to nobody any more; None if the network never had one."""
    with database.write() as connection:
        known = public_lists.get(connection, network)
        return known and _switched(connection, known, today, actor, is_open=False)


def _open_at(database: Database, slug: str) -> PublicList | None:
    with database.read() as connection:
        return public_lists.open_at(connection, slug)


def _listed(
    connection: Connection, public: PublicList, published: Sequence[Measure], today: date
) -> tuple[Listed, ...]:
    its_waves = waves.of_measures(connection, public.network, [each.id for each in published])
    promised = _by_measure(commitments.of_network(connection, public.network))
    return tuple(
        listed(
            measure,
            [wave for wave in its_waves if wave.measure == measure.id],
            promised.get(measure.id, ()),
            public.secret,
            today,
        )
        for measure in published
    )


def _measure(
    database: Database, public: PublicList, measure: Measure, policy: DisclosurePolicy, today: date
) -> ShownMeasure:
    from survey_app.services.returning import echo_of_wave  # a phone's server starts lean

    with database.read() as connection:
        (entry,) = _listed(connection, public, [measure], today)
        its_waves = waves.of_measures(connection, public.network, [measure.id])
    out = [wave for wave in heard_in(its_waves) if wave.gives_results(today)]
    echoes = [(wave, echo_of_wave(database, wave, policy, today=today)) for wave in out]
    return ShownMeasure(
        measure.network,
        public.path,
        measure.organisation.name,
        entry,
        tuple(Result(wave, echo) for wave, echo in echoes if echo is not None),
    )


def _candidate(
    measure: Measure, entry: Listed, promised: Sequence[Commitment], sites: Sequence[Site]
) -> Candidate:
    said = [
        text for each in promised for text in (each.wish, each.answer, each.reason, each.office)
    ]
    decides = () if promised else (measure.organisation.name,)  # "Was sich ändert, entscheidet: …"
    names = [site.name for site in sites]
    return Candidate(
        id=measure.id,
        listed=entry,
        named=names_in([measure.title, measure.summary, *said, *decides], names),
        only_school=_only_school(measure, sites),
    )


def _only_school(measure: Measure, sites: Iterable[Site]) -> str | None:
    """Return the town whose one school this must be."""
    town = measure.municipality
    schools = [
        site.id for site in sites if site.setting is Setting.SCHOOL and site.municipality == town.id
    ]
    is_there = measure.site is not None and measure.site.id in schools
    names_one_town = not measure.district_wide and len(measure.municipalities) == 1
    return town.name if is_there and names_one_town and len(schools) == 1 else None


def _by_measure(promised: Iterable[Commitment]) -> Mapping[int, list[Commitment]]:
    found: dict[int, list[Commitment]] = {}
    for each in promised:
        found.setdefault(each.measure, []).append(each)
    return found


def _unborn(network: int, today: date) -> PublicList:
    """Return a list for a look ahead; its keys are nobody's."""
    return PublicList(network, "vorschau", b"", is_open=False, since=today)


def _first(connection: Connection, owner: Network, today: date) -> PublicList:
    """Make the list of a network; networks out of sight may have taken an address."""
    slug = slug_of(owner.name, "netzwerk")
    for number in range(1, MOST_OF_A_NAME + 1):
        tried = slug if number == 1 else f"{slug}-{number}"
        new = PublicList(owner.id, tried, secrets.token_bytes(16), is_open=False, since=today)
        if public_lists.add(connection, new):
            return new
        made_meanwhile = public_lists.get(connection, owner.id)
        if made_meanwhile is not None:
            return made_meanwhile
    raise RuntimeError(f"no address is left for network {owner.id}")


def _switched(
    connection: Connection, known: PublicList, today: date, actor: str, *, is_open: bool
) -> PublicList:
    if known.is_open is is_open:
        return known
    switched = replace(known, is_open=is_open, since=today)
    public_lists.change(connection, switched)
    audit.note(
        connection,
        network=known.network,
        day=today,
        actor=actor,
        action="open public list" if is_open else "close public list",
        subject=known.slug,
    )
    return switched
