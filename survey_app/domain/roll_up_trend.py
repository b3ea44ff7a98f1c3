"""What a network does, as its own members see it: the same questions at every conference.

The questionnaire `netzwerktreffen` is answered after each meeting. What each of them may show is
set side by side, the oldest first; nothing is added up, so nothing new is told of anybody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from survey_app.domain.codebook import Variable
from survey_app.domain.differences import newcombe
from survey_app.domain.disclosure import Withheld
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_, NN_, Message
from survey_app.domain.results import WaveResult, row_of
from survey_app.domain.statistics import Share

CONFERENCE: Final = "netzwerktreffen"
"""The questionnaire that is answered at each conference of a network."""
MOST_CONFERENCES: Final = 6


@dataclass(frozen=True)
class Conference:
    """One conference: what was asked there, by core question."""

    title: str
    day: date
    base: int | Withheld
    shares: Mapping[str, Share | Withheld]


@dataclass(frozen=True)
class Trend:
    """The conferences, the oldest first, and the questions that they have in common."""

    variables: tuple[Variable, ...]
    conferences: tuple[Conference, ...]

    @property
    def finding(self) -> Message:
        """Return in a sentence how the last conference differs from the first; never why."""
        changes = [each for each in map(self._change, self.variables) if each is not None]
        if len(self.conferences) < 2:
            return Message(ONE_CONFERENCE)
        if not changes:
            return Message(NOTHING_TO_COMPARE)
        clear = sum(changes)
        if len(changes) == 1:
            return Message(ONE_CLEARLY if clear else ONE_ALIKE)
        if clear == 0:
            return Message(ALIKE)
        return Message.counted(CLEARLY, clear, {"clear": clear, "all": len(changes)})

    def _change(self, variable: Variable) -> bool | None:
        """Return whether the first and the last share differ clearly; None if one is missing."""
        ends = [self.conferences[place].shares.get(variable.core or "") for place in (0, -1)]
        first, last = ends
        if not isinstance(first, Share) or not isinstance(last, Share):
            return None
        return newcombe(first, last).is_clear


def trend_of(conferences: Iterable[tuple[Measure, WaveResult]]) -> Trend | None:
    """Return the latest conferences; None if there was none."""
    found = sorted(conferences, key=lambda each: (each[1].wave.closes_on, each[1].wave.id))
    latest = found[-MOST_CONFERENCES:]
    if not latest:
        return None
    codebook = latest[-1][1].questionnaire.codebook()
    asked = [each for each in codebook if each.core and each.positive]
    names = [variable.core for variable in asked if variable.core]
    return Trend(tuple(asked), tuple(_conference(*each, names) for each in latest))


def _conference(measure: Measure, result: WaveResult, cores: Iterable[str]) -> Conference:
    rows = {core: row_of(result, core) for core in cores}
    shares = {core: row.positive for core, row in rows.items() if row and row.positive}
    return Conference(measure.title, result.wave.opens_on, result.released.base, shares)


ONE_CONFERENCE: Final = N_("Bisher ist ein Treffen ausgewertet. Ein Verlauf zeigt sich ab zweien.")
NOTHING_TO_COMPARE: Final = N_(
    "Vom ersten und vom letzten Treffen ist keine Frage zugleich ausgewiesen."
)
ALIKE: Final = N_(
    "Beim letzten Treffen unterscheidet sich keine Antwort klar von denen beim ersten."
)
ONE_ALIKE: Final = N_(
    "Die eine Frage wird beim letzten Treffen nicht klar anders beantwortet als beim ersten."
)
ONE_CLEARLY: Final = N_(
    "Die eine Frage wird beim letzten Treffen klar anders beantwortet als beim ersten."
)
CLEARLY: Final = NN_(
    "%(clear)s von %(all)s Fragen wird beim letzten Treffen klar anders beantwortet als beim"
    " ersten.",
    "%(clear)s von %(all)s Fragen werden beim letzten Treffen klar anders beantwortet als beim"
    " ersten.",
)
