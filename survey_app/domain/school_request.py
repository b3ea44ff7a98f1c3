"""What a school is asked: one wave, with all that its head needs to decide.

The request says what is planned, why, for how long, and what becomes of the answers. Its dates
follow from those of the wave: parents hear of it two weeks before the first day, results are back
eight weeks after the last one at the latest, and what is destroyed is destroyed on a day that can
be named.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from survey_app.domain.codebook import Sensitivity
from survey_app.domain.directory import HelpCard, Legal
from survey_app.domain.disclosure import ClassRule, DisclosurePolicy
from survey_app.domain.land import Land, PackPart
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_, Message
from survey_app.domain.questionnaire import Audience
from survey_app.domain.towns import names_of
from survey_app.domain.wave import Wave

PARENTS_AHEAD: Final = timedelta(weeks=2)
RESULTS_AFTER: Final = timedelta(weeks=8)


@dataclass(frozen=True)
class Milestone:
    """A line of the timetable: from a day to a day, or by a day (`first` is None), what happens."""

    what: Message
    first: date | None
    last: date


@dataclass(frozen=True)
class SchoolRequest:
    """A request to one school about one wave. `recount_days` and `text_days` are the settings.

    `legal` is what is known about the organisation that asks, `help_card` what young people see.
    """

    measure: Measure
    wave: Wave
    land: Land | None
    policy: DisclosurePolicy
    recount_days: int
    text_days: int
    legal: Legal
    help_card: HelpCard
    as_of: date

    @property
    def school(self) -> str:
        """Return where it is to take place."""
        return self.measure.site.name if self.measure.site else names_of(self.measure)

    @property
    def asks_young_people(self) -> bool:
        """Return whether young people answer, so that parents are told."""
        return self.wave.audience is Audience.YOUNG_PEOPLE

    @property
    def parts(self) -> tuple[PackPart, ...]:
        """Return the parts of the pack."""
        unneeded = set() if self.asks_young_people else {PackPart.PARENTS_LETTER}
        return tuple(part for part in PackPart if part not in unneeded)

    @property
    def minimum(self) -> int:
        """Return the number of people below which nothing is shown."""
        return self.policy.promised_minimum(self.wave.questionnaire)

    @property
    def rules(self) -> tuple[tuple[Sensitivity, ClassRule], ...]:
        """Return the limits in force for what this questionnaire asks, the mildest first."""
        asked = sorted(self.wave.questionnaire.sensitivities())
        return tuple((sensitivity, self.policy.rule(sensitivity)) for sensitivity in asked)

    @property
    def timetable(self) -> tuple[Milestone, ...]:
        """Return what happens when, in order."""
        return tuple(self._milestones())

    def _milestones(self) -> Iterator[Milestone]:
        opens, closes = self.wave.opens_on, self.wave.closes_on
        decided = max(self.as_of, opens - PARENTS_AHEAD)
        counted = closes + timedelta(days=1)
        yield Milestone(Message(ASKED), self.as_of, self.as_of)
        yield Milestone(Message(DECIDED), None, decided)
        if self.asks_young_people:
            yield Milestone(Message(PARENTS_TOLD), None, decided)
        minutes = self.wave.questionnaire.minutes
        yield Milestone(Message(FIELDED, {"minutes": minutes}), opens, closes)
        yield Milestone(Message(COUNTED), counted, counted)
        yield Milestone(Message(DESTROYED), None, counted + timedelta(days=self.recount_days))
        yield Milestone(Message(RETURNED), None, closes + RESULTS_AFTER)
        if self.wave.questionnaire.text_fields:
            yield Milestone(Message(TEXTS_GONE), None, counted + timedelta(days=self.text_days))


ASKED = N_("Diese Anfrage")
DECIDED = N_("Entscheidung der Schule")
PARENTS_TOLD = N_("Der Elternbrief geht an alle Familien")
FIELDED = N_("Befragung, für alle einmal etwa %(minutes)s Minuten an einem Tag Ihrer Wahl")
COUNTED = N_(
    "Auszählung. Alles, was verraten könnte, wer wann geantwortet hat, wird dabei vernichtet"
)
DESTROYED = N_("Die gemischten Antwortbögen werden gelöscht")
RETURNED = N_("Die Ergebnisse gehen an die Schule und an die Jugendlichen zurück")
TEXTS_GONE = N_("Die freien Texte werden gelöscht")
