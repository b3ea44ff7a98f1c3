"""Designs: how often young people are asked, and what that can show.

    once              after the measure: how it was, what it gave
    before and after  two groups of answers, not linked: whether the group as a whole has moved
    retrospective     after the measure, looking back: what changed for each, as they see it

No design on offer links two sheets of one person: the first and the second time are two independent
groups (EVALUATION 3.4, order of preference 1). The retrospective design needs questions of the kind
`then_now`, which ask for then and now on two pages of one sitting (preference 2).

A design is a proposal. It becomes waves, each of which can be moved, closed and printed on its own;
only the point in the design (`wave.Point`) remembers which of them belong side by side.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from survey_app.domain.messages import N_, Message
from survey_app.domain.questionnaire import Audience, Questionnaire
from survey_app.domain.wave import Point

DAYS_OPEN: Final = timedelta(days=14)
SMALL_GROUP: Final = 30  # per group; even 90 pairs show no less than d = 0.3 (EVALUATION 3.4)


class Design(StrEnum):
    """How often young people are asked."""

    ONCE = "once"
    BEFORE_AFTER = "before_after"
    RETROSPECTIVE = "retrospective"

    @property
    def about(self) -> "About":
        """Return what to know before choosing it."""
        return ABOUT[self]

    @property
    def points(self) -> tuple[Point, ...]:
        """Return when young people are asked, in order."""
        if self is Design.BEFORE_AFTER:
            return (Point.BEFORE, Point.AFTER)
        return (Point.ONCE,)


@dataclass(frozen=True)
class About:
    """A design in plain words: what it is, what it shows, what it cannot, when it is right."""

    title: str
    what: str
    shows: str
    hides: str
    when: str


@dataclass(frozen=True)
class Days:
    """From when to when a wave is open, both days included."""

    opens_on: date
    closes_on: date


@dataclass(frozen=True)
class NewWave:
    """A wave that is to be planned."""

    questionnaire: Questionnaire
    point: Point
    days: Days
    expected: int | None = None

    @property
    def audience(self) -> Audience:
        """Return who is asked."""
        return self.questionnaire.audience


def looks_back(questionnaire: Questionnaire) -> bool:
    """Return whether it asks for then and now in one sitting."""
    return any(variable.is_derived for variable in questionnaire.codebook())


def is_about_the_measure(questionnaire: Questionnaire) -> bool:
    """Return whether it has core questions: how the measure was, which nobody can say before."""
    return any(variable.core for variable in questionnaire.codebook())


def suits(design: Design, questionnaire: Questionnaire) -> bool:
    """Return whether young people can be asked this in this design."""
    if questionnaire.audience is not Audience.YOUNG_PEOPLE or not questionnaire.fieldable:
        return False
    if design is Design.RETROSPECTIVE:
        return looks_back(questionnaire)
    can_be_asked_before = not (looks_back(questionnaire) or is_about_the_measure(questionnaire))
    return design is Design.ONCE or can_be_asked_before


def proposed_days(point: Point, *, starts_on: date, ends_on: date, today: date) -> Days:
    """Return when to ask, from the days of the measure: before on its first day, else on its last.

    Days that have passed are replaced by today.
    """
    if point is Point.BEFORE:
        day = max(starts_on, today)
        return Days(day, day)
    opens_on = max(ends_on, today)
    return Days(opens_on, opens_on + DAYS_OPEN)


def begins_too_early(before: Days, after: Days) -> bool:
    """Return whether the second time begins while the first is not over; one day may be both."""
    return after.opens_on < before.closes_on


def doubts(waves: tuple[NewWave, ...], *, starts_on: date) -> Iterator[Message]:
    """Yield what somebody should know who is about to plan these waves."""
    by_point = {wave.point: wave for wave in waves if wave.audience is Audience.YOUNG_PEOPLE}
    before, after = by_point.get(Point.BEFORE), by_point.get(Point.AFTER)
    if before is None or after is None:
        return
    if before.days.closes_on > starts_on:
        yield Message(BEGUN, {"day": starts_on})
    if before.days.closes_on >= after.days.opens_on:
        yield Message(SAME_DAY)
    if before.expected is not None and before.expected < SMALL_GROUP:
        yield Message(FEW, {"n": before.expected})


ABOUT: Final = {
    Design.ONCE: About(
        title=N_("Einmal, am Ende"),
        what=N_("Eine Umfrage, wenn das Angebot vorbei ist."),
        shows=N_("Wie es war, was es gebracht hat und was sich die Jugendlichen wünschen."),
        hides=N_("Ob sich durch das Angebot etwas verändert hat."),
        when=N_("Fast immer richtig: ein Workshop, ein Projekttag, eine Freizeit."),
    ),
    Design.BEFORE_AFTER: About(
        title=N_("Davor und danach"),
        what=N_(
            "Dieselbe Umfrage zweimal: am ersten und am letzten Tag, jede mit eigenem Poster. Die"
            " Bögen einer Person werden nicht verbunden."
        ),
        shows=N_("Ob die Gruppe danach anders antwortet als davor."),
        hides=N_(
            "Wer sich verändert hat, und ob es am Angebot lag: Eine Vergleichsgruppe gibt es nicht,"
            " und vielleicht antworten nicht beide Male dieselben."
        ),
        when=N_(
            "Bei Angeboten über mehrere Wochen, am besten mit 30 Jugendlichen oder mehr, die von"
            " Anfang bis Ende dabei sind."
        ),
    ),
    Design.RETROSPECTIVE: About(
        title=N_("Rückblick: damals und jetzt"),
        what=N_(
            "Eine Umfrage am Ende. Sie fragt erst, wie es vor dem Angebot war, und auf einer neuen"
            " Seite, wie es jetzt ist."
        ),
        shows=N_("Was sich für die Einzelnen verändert hat, so wie sie es selbst sehen."),
        hides=N_(
            "Wie es vorher wirklich war: Wer zurückblickt, sieht manches anders. Auch hier gibt es"
            " keine Vergleichsgruppe."
        ),
        when=N_("Bei kurzen Angeboten, wenn davor keine Zeit für eine Umfrage ist."),
    ),
}

BEGUN = N_(
    "Die Maßnahme hat am %(day)s begonnen. Wer erst danach zum ersten Mal antwortet, kennt sie"
    " schon; der Unterschied fällt dann kleiner aus."
)
SAME_DAY = N_(
    "Beide Umfragen sind an einem Tag zugleich offen. Hängen Sie das zweite Poster erst auf, wenn"
    " das Angebot vorbei ist. Bei einem einzigen Tag ist der Rückblick meist die bessere Wahl."
)
FEW = N_(
    "Bei %(n)s Jugendlichen zeigt der Vergleich nur große Veränderungen. Kleine verschwinden im"
    " Zufall."
)
AFTER_BEFORE = N_(
    "Die zweite Umfrage beginnt, bevor die erste zu Ende ist. Bitte prüfen Sie die Tage."
)
NOT_SUITABLE = N_("Dieser Fragebogen passt nicht zu diesem Weg. Bitte wählen Sie aus der Liste.")
