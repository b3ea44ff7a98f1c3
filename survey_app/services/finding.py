"""Finding measures among many, and the places and topics where there are none."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from survey_app.domain.measure import Municipality, Organisation
from survey_app.domain.rights import Actor, Reach
from survey_app.domain.selection import Selection, WhiteSpots
from survey_app.services.fielding import FieldedMeasure, with_waves
from survey_app.storage import finding, places
from survey_app.storage.database import Database

PAGE_SIZE: Final = 50


@dataclass(frozen=True)
class FoundMeasures:
    """One page of a list.

    `all` counts what somebody may see at all, `matching` what the selection leaves. `page` begins
    with 1; one beyond the last is the last.
    """

    measures: tuple[FieldedMeasure, ...]
    all: int
    matching: int
    page: int
    municipalities: tuple[Municipality, ...]
    organisations: tuple[Organisation, ...]
    years: tuple[int, ...]

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return pages_of(self.matching)


def pages_of(measures: int) -> int:
    """Return how many pages a list of this length has; an empty one has one too."""
    return max(1, -(-measures // PAGE_SIZE))


def find_measures(
    database: Database, actor: Actor, selection: Selection, today: date, *, page: int = 1
) -> FoundMeasures:
    """Return a page of the measures that somebody wants to see and may see."""
    with database.read() as connection:
        matching = finding.count(connection, actor, selection, today)
        shown = min(max(page, 1), pages_of(matching))
        skip = (shown - 1) * PAGE_SIZE
        found = finding.found(connection, actor, selection, today, skip=skip, limit=PAGE_SIZE)
        towns = places.municipalities(connection, actor.network)
        return FoundMeasures(
            measures=with_waves(connection, actor.network, found, today),
            all=finding.count(connection, actor, Selection(), today),
            matching=matching,
            page=shown,
            municipalities=_within(towns, actor),
            organisations=tuple(finding.organisations(connection, actor)),
            years=finding.years(connection, actor),
        )


@dataclass(frozen=True)
class District:
    """The white spots of a year or of all years, and which years there are."""

    spots: WhiteSpots
    years: tuple[int, ...]


def find_white_spots(database: Database, actor: Actor, year: int | None = None) -> District:
    """Return how many measures there are by municipality and topic, within somebody's reach."""
    with database.read() as connection:
        towns = places.municipalities(connection, actor.network)
        spots = WhiteSpots(_within(towns, actor), finding.counts(connection, actor, year))
        return District(spots, finding.years(connection, actor))


def towns(database: Database, actor: Actor) -> tuple[Municipality, ...]:
    """Return the municipalities that a list can be narrowed down to."""
    with database.read() as connection:
        return _within(places.municipalities(connection, actor.network), actor)


def _within(towns: list[Municipality], actor: Actor) -> tuple[Municipality, ...]:
    """Return the municipalities that can hold anything within somebody's reach."""
    if actor.reach is Reach.MUNICIPALITY:
        return tuple(town for town in towns if town.id == actor.place)
    return tuple(towns)
