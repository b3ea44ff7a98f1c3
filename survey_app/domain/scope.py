"""What is rolled up: a year of the network, of a municipality, of a topic.

    Scope(2026)                               the whole network, for the health conference
    Scope(2026, municipality=3)               one municipality
    Scope(2026, topic=Topic.STRESS)           one topic

A measure belongs to the year in which it ends, to the municipality it is in unless it is for
several or for the whole district, and to its main topic. So roll-ups of one kind add up, and no
wave stands in two. What takes place in several municipalities is named in each (`Scope.names`).
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from survey_app.domain.measure import Measure, Topic

TOPICS_BY_KEY: Final = {topic.value: topic for topic in Topic}
_KEY = re.compile(r"netzwerk|kommune-(?P<place>[1-9][0-9]{0,9})|thema-(?P<topic>[a-z_]+)")


@dataclass(frozen=True)
class Scope:
    """What is rolled up."""

    year: int
    municipality: int | None = None
    topic: Topic | None = None

    @property
    def key(self) -> str:
        """Return how it is called in addresses and commands, beside its year."""
        if self.municipality is not None:
            return f"kommune-{self.municipality}"
        return f"thema-{self.topic.value}" if self.topic else "netzwerk"

    @property
    def has_conferences(self) -> bool:
        """Return whether the conferences of the network belong to it, those of other years too."""
        return self.municipality is None and self.topic in (None, Topic.NETWORKING)

    @classmethod
    def read(cls, year: int, key: str) -> "Scope | None":
        """Return what a key stands for."""
        found = _KEY.fullmatch(key)
        if found is None:
            return None
        topic = TOPICS_BY_KEY.get(found["topic"] or "")
        if found["topic"] and topic is None:
            return None
        return cls(year, int(found["place"]) if found["place"] else None, topic)

    def in_year(self, year: int) -> "Scope":
        """Return the same of another year."""
        return replace(self, year=year)

    def holds(self, measure: Measure) -> bool:
        """Return whether a measure belongs to it."""
        if measure.ends_on.year != self.year:
            return False
        if self.municipality is not None:
            town = measure.counted_in
            return town is not None and town.id == self.municipality
        return self.topic is None or measure.topic is self.topic

    def names(self, measure: Measure) -> bool:
        """Return whether a measure takes place in this municipality among others.

        Its answers are the district's; the roll-up of each municipality says its title alone.
        """
        if measure.ends_on.year != self.year or len(measure.municipalities) == 1:
            return False
        return self.municipality in {town.id for town in measure.municipalities}


def institution_of(measure: Measure) -> tuple[str, int]:
    """Return whose result it would be: that of the site, else of who is responsible."""
    if measure.site:
        return "site", measure.site.id
    return "organisation", measure.organisation.id
