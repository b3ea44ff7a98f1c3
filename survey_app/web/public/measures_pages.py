"""What the public list shows: the measures of a network, and one of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from survey_app.domain.disclosure import Withheld
from survey_app.domain.measure import Network, Topic
from survey_app.domain.messages import N_, NN_, Message, Number, Words
from survey_app.domain.public_list import Choice, Listed, Town, at_least, choice_of
from survey_app.web.phone import PhonePage
from survey_app.web.speaking import PARAMETER, LanguageLink

if TYPE_CHECKING:
    from survey_app.domain.commitment import Commitment
    from survey_app.domain.echo import Finding
    from survey_app.domain.taking_part import NextWay
    from survey_app.services.public_lists import Result, Shown, ShownMeasure

TOWN, TOPIC = "kommune", "thema"

ANSWERED = NN_(
    "%(count)s junger Mensch hat geantwortet.", "%(count)s junge Menschen haben geantwortet."
)
NOT_HERE = N_("Wie es jungen Menschen geht, steht hier nicht: Diese Seite kann jeder öffnen.")


@dataclass(frozen=True, kw_only=True)
class PublicPage(PhonePage):
    """A page of the list; `language` is the code of the one it is drawn in."""

    languages: tuple[LanguageLink, ...]
    language: str

    def says(self, number: int | None) -> Message | None:
        """Return how many people at least, in words."""
        return None if number is None else at_least(number)


@dataclass(frozen=True, kw_only=True)
class MeasuresPage(PublicPage):
    """The list, narrowed down by a choice."""

    shown: "Shown"
    choice: Choice

    @property
    def network(self) -> Network:
        """Return whose list it is."""
        return self.shown.network

    @property
    def measures(self) -> tuple[Listed, ...]:
        """Return the measures that were chosen."""
        return tuple(each for each in self.shown.measures if self.choice.holds(each))

    @property
    def years(self) -> Mapping[int, tuple[Listed, ...]]:
        """Return them by the year in which they ended, the latest first."""
        by_year = groupby(self.measures, key=lambda each: each.ends_on.year)
        return {year: tuple(measures) for year, measures in by_year}

    @property
    def towns(self) -> tuple[Town, ...]:
        """Return the municipalities to choose from, by name."""
        known = {town for each in self.shown.measures for town in each.towns}
        return tuple(sorted(known, key=lambda town: town.name.casefold()))

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Return the topics to choose from, in the order of the house."""
        known = {topic for each in self.shown.measures for topic in each.topics}
        return tuple(topic for topic in Topic if topic in known)

    @property
    def path(self) -> str:
        """Return where the form goes, and the way back to all measures."""
        return self.shown.path

    def address_of(self, measure: Listed) -> str:
        """Return where a measure is shown."""
        return f"{self.shown.path}/{measure.name}?{PARAMETER}={self.language}"


@dataclass(frozen=True, kw_only=True)
class MeasurePage(PublicPage):
    """One measure."""

    shown: "ShownMeasure"

    @property
    def network(self) -> Network:
        """Return whose measure it is."""
        return self.shown.network

    @property
    def measure(self) -> Listed:
        """Return the facts."""
        return self.shown.listed

    @property
    def back(self) -> str:
        """Return where the list is."""
        return f"{self.shown.path}?{PARAMETER}={self.language}"

    @property
    def came_true(self) -> "tuple[Commitment, ...]":
        """Return what is done."""
        return tuple(each for each in self.shown.commitments if each.status == "done")

    @property
    def others(self) -> "tuple[Commitment, ...]":
        """Return what is planned, begun or declined."""
        return tuple(each for each in self.shown.commitments if each.status != "done")

    @property
    def next_way(self) -> "NextWay | None":
        """Return how to take part next, once results are out; it belongs to the measure."""
        return next((each.echo.next_way for each in self.shown.results), None)

    @property
    def heard(self) -> str:
        """Return what stands above a wish, in German; nothing is said where nothing is shown."""
        is_said = any(not self.is_withheld(each) for each in self.shown.results)
        return N_("Das wurde gesagt") if is_said else N_("Darum geht es")

    def is_withheld(self, result: "Result") -> bool:
        """Return whether too few answered to show anything."""
        return isinstance(result.echo.answered, Withheld)

    def who_answered(self, result: "Result") -> Message:
        """Return how many answered, or that they were too few."""
        answered = result.echo.answered
        if isinstance(answered, Withheld):
            return result.echo.who_answered
        return Message.counted(ANSWERED, answered, {"count": Number(answered)})

    def notes(self, result: "Result") -> tuple[Message, ...]:
        """Return what is missing and why, said to whoever passes by."""
        from survey_app.domain.echo import NOT_IN_PUBLIC

        return tuple(
            Message(NOT_HERE) if note.text == NOT_IN_PUBLIC else note for note in result.echo.notes
        )

    def parts(self, finding: "Finding", words: Words) -> tuple[str, str, str]:
        """Return the sentence of a finding, cut around its share: that is set in large type."""
        before, share, after = finding.sentence.said(words).partition(
            finding.tenths.said.said(words)
        )
        return before.strip(), share, after.strip()


def choice_in(arguments: Mapping[str, str], measures: Iterable[Listed]) -> Choice:
    """Return what an address asks for, among what the measures have."""
    return choice_of(arguments.get(TOWN, ""), arguments.get(TOPIC, ""), measures)


def query_of(choice: Choice) -> str:
    """Return a choice as it stands in an address."""
    chosen = {TOWN: choice.town or "", TOPIC: choice.topic.value if choice.topic else ""}
    return urlencode({name: value for name, value in chosen.items() if value})
