"""What the pages of measures show: the list, the white spots, and the master data part by part."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from survey_app.domain.measure import Measure, Publication, Setting, Topic
from survey_app.domain.messages import N_, Message
from survey_app.domain.parts import Part
from survey_app.domain.selection import DISTRICT, Order, Selection, Standing, WhiteSpots
from survey_app.services.finding import District, FoundMeasures
from survey_app.services.measures import KnownMeasure
from survey_app.services.public_lists import Candidate
from survey_app.web.staff.facts import Fact, GoalFact, facts_of, goal_facts
from survey_app.web.staff.pages import FormPage, MeasureLine, StaffPage
from survey_app.web.staff.selecting import PAGE, arguments_of

PLAIN: Final = "%(it)s"


@dataclass(frozen=True)
class Chip:
    """One thing the list is narrowed down by, and the arguments of the list without it."""

    said: Message
    without: Mapping[str, str]


@dataclass(frozen=True)
class MeasuresPage(StaffPage):
    """The measures somebody asked for; `notes` say what somebody has to see to."""

    found: FoundMeasures
    selection: Selection
    lines: tuple[MeasureLine, ...]
    notes: tuple[Message, ...] = ()

    settings: tuple[Setting, ...] = tuple(Setting)
    topics: tuple[Topic, ...] = tuple(Topic)
    standings: tuple[Standing, ...] = tuple(Standing)
    orders: tuple[Order, ...] = tuple(Order)

    @property
    def years(self) -> tuple[int, ...]:
        """Return the years to choose from, the latest first."""
        return _years(self.found.years, self.selection.year)

    def at(self, number: int) -> Mapping[str, str]:
        """Return the arguments of another page of this list."""
        more = {PAGE: str(number)} if number > 1 else {}
        return arguments_of(self.selection) | more

    @property
    def chips(self) -> tuple[Chip, ...]:
        """Return what the list is narrowed down by."""
        arguments = arguments_of(self.selection)
        return tuple(
            Chip(said, {name: value for name, value in arguments.items() if name != argument})
            for argument, said in self._narrowed().items()
        )

    def _narrowed(self) -> dict[str, Message]:
        chosen = self.selection
        towns = {town.id: town.name for town in self.found.municipalities}
        words = {
            "suche": chosen.text and Message(N_("„%(text)s“"), {"text": chosen.text}),
            "kommune": chosen.municipality in towns
            and Message(PLAIN, {"it": towns.get(chosen.municipality or 0, "")}),
            "thema": chosen.topic and Message(chosen.topic.label),
            "ort": chosen.setting and Message(chosen.setting.label),
            "stand": chosen.standing and Message(chosen.standing.label),
            "jahr": chosen.year is not None and Message(PLAIN, {"it": str(chosen.year)}),
        }
        if chosen.municipality == DISTRICT:
            words["kommune"] = Message(N_("Kreisweit"))
        return {name: said for name, said in words.items() if isinstance(said, Message)}


@dataclass(frozen=True)
class WhiteSpotsPage(StaffPage):
    """Municipality × topic; `is_part` says that not the whole network can be seen."""

    district: District
    year: int | None
    is_part: bool
    topics: tuple[Topic, ...] = tuple(Topic)
    whole_district: int = DISTRICT

    @property
    def years(self) -> tuple[int, ...]:
        """Return the years to choose from, the latest first."""
        return _years(self.district.years, self.year)

    @property
    def spots(self) -> WhiteSpots:
        """Return the counts."""
        return self.district.spots

    def cell(self, municipality: int, topic: Topic | None = None) -> Mapping[str, str]:
        """Return the arguments of the list behind a cell, or behind the sum of a row."""
        return arguments_of(Selection(municipality=municipality, topic=topic, year=self.year))

    def column(self, topic: Topic) -> Mapping[str, str]:
        """Return the arguments of the list behind the sum of a column."""
        return arguments_of(Selection(topic=topic, year=self.year))


@dataclass(frozen=True)
class PartView:
    """One part of the master data as it is read; `name` is that of its page."""

    part: Part
    is_filled: bool
    facts: tuple[Fact, ...]

    @property
    def endpoint(self) -> str:
        """Return the name of the page where it is changed."""
        return endpoint_of(self.part)


@dataclass(frozen=True)
class MasterDataPage(StaffPage):
    """All that is known about a measure."""

    known: KnownMeasure
    today: date
    publications: tuple[Publication, ...]

    @property
    def hands_over(self) -> bool:
        """Return whether others take the steps after the first."""
        return Publication.PUBLISHED not in self.publications

    @property
    def measure(self) -> Measure:
        """Return the measure."""
        return self.known.measure

    @property
    def filled(self) -> int:
        """Return how many parts say something."""
        return len(self.known.filled)

    @property
    def parts(self) -> tuple[PartView, ...]:
        """Return all parts in order."""
        filled = self.known.filled
        return tuple(
            PartView(part, part in filled, facts_of(part, self.known.measure)) for part in Part
        )

    @property
    def goals(self) -> tuple[GoalFact, ...]:
        """Return the goals as they are read."""
        return goal_facts(self.known)


@dataclass(frozen=True)
class PartPage(FormPage):
    """The form of one part."""

    known: KnownMeasure
    part: Part

    @property
    def measure(self) -> Measure:
        """Return the measure."""
        return self.known.measure

    @property
    def number(self) -> int:
        """Return which of the parts it is, from 1."""
        return list(Part).index(self.part) + 1

    @property
    def all(self) -> int:
        """Return how many parts there are."""
        return len(Part)

    @property
    def template(self) -> str:
        """Return the template with the fields."""
        return f"staff/parts/{self.part.value}.html"

    @property
    def goals(self) -> Mapping[int, GoalFact]:
        """Return the goals as they stand, by place."""
        return {fact.goal.place: fact for fact in goal_facts(self.known)}


@dataclass(frozen=True)
class CopyPage(FormPage):
    """What is new when a measure is held again."""

    measure: Measure


@dataclass(frozen=True)
class PublishPage(StaffPage):
    """The last question before everybody may read about a measure."""

    measure: Measure
    candidate: Candidate


@dataclass(frozen=True)
class RemoveMeasurePage(StaffPage):
    """The last question before a measure is removed, or why it cannot be."""

    known: KnownMeasure

    @property
    def measure(self) -> Measure:
        """Return the measure."""
        return self.known.measure


def endpoint_of(part: Part) -> str:
    """Return the name of the page where a part is changed."""
    return f"edit_{part.name.lower()}"


def _years(known: tuple[int, ...], chosen: int | None) -> tuple[int, ...]:
    """Return the known years with the chosen one, which may be empty but was asked for."""
    return tuple(sorted({*known, *([chosen] if chosen else [])}, reverse=True))
