"""Which measures of many somebody wants to see, and where there are none.

A `Selection` is what a list is narrowed down by; whoever asks also has a reach, and no selection
leads beyond it. `WhiteSpots` counts measures by municipality and topic. A measure counts at each of
its topics and in each of its municipalities, and once in every sum; one for the whole district
counts in a row of its own, because nobody can tell whether it came to each town.
"""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import product

from survey_app.domain.measure import Measure, Municipality, Setting, Topic
from survey_app.domain.messages import N_


class Standing(StrEnum):
    """How far the evaluation of a measure has come."""

    WITHOUT_WAVE = "without_wave"
    PLANNED = "planned"
    RUNNING = "running"
    EVALUATED = "evaluated"

    @property
    def label(self) -> str:
        """Return the German words, to be translated."""
        return STANDINGS[self]


class Order(StrEnum):
    """In which order a list is read."""

    LATEST = "latest"
    TITLE = "title"
    MUNICIPALITY = "municipality"

    @property
    def label(self) -> str:
        """Return the German words, to be translated."""
        return ORDERS[self]


DISTRICT = 0
"""Stands for the whole district where a municipality is asked for: no id is 0."""


@dataclass(frozen=True)
class Selection:
    """What a list is narrowed down by; None and nothing mean everything.

    All words of `text` must occur, each in the title, the summary, the organisation or the site.
    `year` takes what happened at least partly in it.
    """

    text: str = ""
    municipality: int | None = None
    topic: Topic | None = None
    setting: Setting | None = None
    standing: Standing | None = None
    year: int | None = None
    order: Order = Order.LATEST

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words to look for."""
        return tuple(self.text.split())

    @property
    def is_everything(self) -> bool:
        """Return whether nothing is left out."""
        return self == Selection(order=self.order)


@dataclass(frozen=True)
class Counted:
    """How many measures have these places and these topics; a place may be `DISTRICT`."""

    places: tuple[int, ...]
    topics: tuple[Topic, ...]
    measures: int


def places_of(measure: Measure) -> tuple[int, ...]:
    """Return the places where a measure counts."""
    if measure.district_wide:
        return (DISTRICT,)
    return tuple(town.id for town in measure.municipalities)


@dataclass(frozen=True)
class WhiteSpots:
    """Measures by municipality and topic, as a table with every cell, also the empty ones."""

    municipalities: tuple[Municipality, ...]
    counts: tuple[Counted, ...]

    def cell(self, municipality: int, topic: Topic) -> int:
        """Return the number of measures of a place on a topic."""
        return self._cells[municipality, topic]

    def of_place(self, municipality: int) -> int:
        """Return the number of measures of a place."""
        return sum(each.measures for each in self.counts if municipality in each.places)

    def on_topic(self, topic: Topic) -> int:
        """Return the number of measures on a topic."""
        return sum(each.measures for each in self.counts if topic in each.topics)

    @property
    def all(self) -> int:
        """Return the number of all measures."""
        return sum(each.measures for each in self.counts)

    @property
    def without_any(self) -> tuple[Municipality, ...]:
        """Return the municipalities where nothing happens at all."""
        return tuple(each for each in self.municipalities if not self.of_place(each.id))

    @cached_property
    def _cells(self) -> Counter[tuple[int, Topic]]:
        cells: Counter[tuple[int, Topic]] = Counter()
        for each in self.counts:
            for place, topic in product(each.places, each.topics):
                cells[place, topic] += each.measures
        return cells


STANDINGS = {
    Standing.WITHOUT_WAVE: N_("noch keine Erhebung"),
    Standing.PLANNED: N_("Erhebung geplant"),
    Standing.RUNNING: N_("Erhebung läuft"),
    Standing.EVALUATED: N_("ausgewertet"),
}
ORDERS = {
    Order.LATEST: N_("Neueste zuerst"),
    Order.TITLE: N_("Titel"),
    Order.MUNICIPALITY: N_("Kommune"),
}
