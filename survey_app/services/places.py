"""The places of a network: municipalities, organisations, sites; added, changed, removed.

Nothing is removed that is still used: a measure keeps its town, and an account that is limited to a
site would be limited to nothing. What uses it is named, so that somebody can go there first.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Row

from survey_app.domain.measure import Municipality, Organisation, Site
from survey_app.domain.messages import N_, Fault, Message, refuse
from survey_app.domain.places import (
    UNUSED,
    NewMunicipality,
    NewOrganisation,
    NewSite,
    PlaceKind,
    Uses,
)
from survey_app.services.fielding import NOT_OF_THIS_NETWORK
from survey_app.services.once_more import once_more
from survey_app.storage import audit, place_records, places
from survey_app.storage.database import Database
from survey_app.storage.place_records import NewPlace

Place = Municipality | Organisation | Site

READ: Final[Mapping[PlaceKind, Callable[[Row[Any]], Place]]] = {
    PlaceKind.MUNICIPALITY: places.municipality_from,
    PlaceKind.ORGANISATION: places.organisation_from,
    PlaceKind.SITE: places.site_from,
}


@dataclass(frozen=True)
class KnownPlaces:
    """All places of a network, each kind by name, and who uses them."""

    municipalities: tuple[Municipality, ...]
    organisations: tuple[Organisation, ...]
    sites: tuple[Site, ...]
    uses: Mapping[PlaceKind, Mapping[int, Uses]]

    def uses_of(self, kind: PlaceKind, number: int) -> Uses:
        """Return who uses a place."""
        return self.uses[kind].get(number, UNUSED)


def known_places(database: Database, network: int) -> KnownPlaces:
    """Return all places of a network."""
    with database.read() as connection:
        return KnownPlaces(
            municipalities=tuple(places.municipalities(connection, network)),
            organisations=tuple(places.organisations(connection, network)),
            sites=tuple(places.sites(connection, network)),
            uses={kind: place_records.uses(connection, kind, network) for kind in PlaceKind},
        )


def find(database: Database, kind: PlaceKind, network: int, number: int) -> Place | None:
    """Return one place; a foreign one is as good as missing."""
    with database.read() as connection:
        row = place_records.get(connection, kind, network, number)
    return READ[kind](row) if row else None


def uses_of(database: Database, kind: PlaceKind, network: int, number: int) -> Uses:
    """Return who uses a place."""
    with database.read() as connection:
        return place_records.uses(connection, kind, network).get(number, UNUSED)


@once_more
def add(database: Database, network: int, new: NewPlace, *, today: date, actor: str) -> int:
    """Store a place and return its id; raises InvalidDefinition with the names of the fields."""
    kind = kind_of(new)
    with database.write() as connection:
        refuse(_faults(connection, network, new, today))
        number = place_records.add(connection, kind, network, new)
        _note(connection, network, kind, number, "add", new.name, today=today, actor=actor)
    return number


@once_more
def change(
    database: Database, network: int, number: int, new: NewPlace, *, today: date, actor: str
) -> bool:
    """Store what is stated about a place now; return False if it is not of this network.

    Raises InvalidDefinition as `add` does.
    """
    kind = kind_of(new)
    with database.write() as connection:
        row = place_records.get(connection, kind, network, number)
        if row is None:
            return False
        refuse(_faults(connection, network, new, today, itself=number))
        changed = [name for name, value in asdict(new).items() if getattr(row, name) != value]
        if changed:
            place_records.change(connection, kind, network, number, new)
            said = f"{new.name}: {', '.join(changed)}"
            _note(connection, network, kind, number, "change", said, today=today, actor=actor)
    return True


@once_more
def remove(
    database: Database, kind: PlaceKind, network: int, number: int, *, today: date, actor: str
) -> Uses | None:
    """Remove a place that nothing uses and return what does; None if it is not of this network."""
    with database.write() as connection:
        row = place_records.get(connection, kind, network, number)
        if row is None:
            return None
        used = place_records.uses(connection, kind, network).get(number, UNUSED)
        if not used:
            place_records.remove(connection, kind, network, number)
            _note(connection, network, kind, number, "remove", row.name, today=today, actor=actor)
        return used


def kind_of(new: NewPlace) -> PlaceKind:
    """Return what kind of place is stated."""
    kinds = {
        NewMunicipality: PlaceKind.MUNICIPALITY,
        NewOrganisation: PlaceKind.ORGANISATION,
        NewSite: PlaceKind.SITE,
    }
    return kinds[type(new)]


def _faults(
    connection: Connection, network: int, new: NewPlace, today: date, *, itself: int | None = None
) -> list[Fault]:
    match new:
        case NewMunicipality():
            towns = places.municipalities(connection, network)
            same = [town for town in towns if town.ags == new.ags and town.id != itself]
            taken = [Fault(Message(AGS_TAKEN, {"name": same[0].name}), ("ags",))] if same else []
            return [*new.faults(today), *taken]
        case NewOrganisation():
            names = {each.name: each.id for each in places.organisations(connection, network)}
            return _faults_of_name(names.get(new.name), itself)
        case NewSite():
            return _faults_of_site(connection, network, new, itself)


def _faults_of_site(
    connection: Connection, network: int, new: NewSite, itself: int | None
) -> list[Fault]:
    towns = {town.id for town in places.municipalities(connection, network)}
    if new.municipality not in towns:
        return [*new.faults(), Fault(Message(NOT_OF_THIS_NETWORK), ("municipality",))]
    there = {
        site.name: site.id
        for site in places.sites(connection, network)
        if site.municipality == new.municipality
    }
    return [*new.faults(), *_faults_of_name(there.get(new.name), itself)]


def _faults_of_name(taken_by: int | None, itself: int | None) -> list[Fault]:
    return [] if taken_by in (None, itself) else [Fault(Message(NAME_TAKEN), ("name",))]


def _note(
    connection: Connection,
    network: int,
    kind: PlaceKind,
    number: int,
    deed: str,
    detail: str,
    *,
    today: date,
    actor: str,
) -> None:
    audit.note(
        connection,
        network=network,
        day=today,
        actor=actor,
        action=f"{deed} {kind.value}",
        subject=f"{kind.value} {number}",
        detail=detail,
    )


AGS_TAKEN: Final = N_("Diesen Gemeindeschlüssel hat hier schon „%(name)s“. Bitte prüfen Sie ihn.")
NAME_TAKEN: Final = N_("Diesen Namen gibt es hier schon. Bitte wählen Sie einen, der ihn ergänzt.")
