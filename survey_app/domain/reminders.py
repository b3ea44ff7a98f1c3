"""What staff should think of today: one sentence each, with one place to go to.

Everything is computed from what is stored and the day; nothing is sent, ticked off or remembered.
A reminder goes when its reason goes. Each kind is a function that looks at one measure:

    closes soon       a wave ends today or tomorrow
    approval          a school has not agreed, and the first day is near or past
    letter            parents are to be told before the first day, and the letter is not out
    sheet             a wave was counted, and nobody has looked at the sheet since
    commitment        people answered, and no answer to them stands beside the results
    hand back         a school has not been given what was counted there
    overdue           a commitment should have been kept by now
    retention         texts or sheets are about to be deleted

Results need no reminder of their own: they appear by themselves within eight weeks (wave.py). What
can be missing after eight weeks is what becomes of them, so that is what is said then, until it is
done: a commitment, or the next way to take part. A school is to be given its results (BASS 10-45
Nr. 2); that is said until somebody has recorded it. Answers that were taken over from a file have
no code under which somebody waits for an answer.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from typing import Final

from survey_app.domain.approval import Approval, Letter, Status
from survey_app.domain.commitment import Commitment
from survey_app.domain.handing_back import HandedBack, is_at_school, is_due
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_, NN_, Message, Number
from survey_app.domain.questionnaire import Audience
from survey_app.domain.rights import Actor, Right, may
from survey_app.domain.taking_part import NextWay
from survey_app.domain.timeline import gone_on
from survey_app.domain.wave import RESULTS_WITHIN, Phase, Wave

PARENTS_AHEAD: Final = timedelta(weeks=2)
TEXTS_AHEAD: Final = timedelta(days=14)
SHEETS_AHEAD: Final = timedelta(days=3)
NOTHING_KNOWN: Final = Approval()
STOPS_AFTER: Final = timedelta(weeks=26)
"""How long somebody is asked to look at a sheet."""


class Urgency(IntEnum):
    """How soon somebody should see to it, the soonest first."""

    NOW = 1
    SOON = 2
    LATER = 3


class Place(StrEnum):
    """Where a reminder leads."""

    WAVE = "wave"
    APPROVAL = "approval"
    SHEET = "sheet"
    NEW_COMMITMENT = "new_commitment"
    COMMITMENT = "commitment"
    REVIEW = "review"
    GIVING_BACK = "giving_back"


RIGHTS: Final = {
    Place.WAVE: Right.SEE_RESULTS,
    Place.APPROVAL: Right.APPROVE,
    Place.SHEET: Right.SEE_RESULTS,
    Place.NEW_COMMITMENT: Right.PROMISE,
    Place.COMMITMENT: Right.PROMISE,
    Place.REVIEW: Right.REVIEW,
    Place.GIVING_BACK: Right.PROMISE,
}
"""Who is reminded: whoever may do something about it."""


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """One sentence, the day it is about, and the place to go to.

    `number` is the wave or the commitment, where the place is one.
    """

    urgency: Urgency
    day: date
    sentence: Message
    place: Place
    measure: Measure
    number: int | None = None

    def when(self, today: date) -> Message:
        """Return how far away the day is."""
        days = (self.day - today).days
        if days == 0:
            return Message(TODAY)
        if abs(days) == 1:
            return Message(TOMORROW if days > 0 else YESTERDAY)
        return Message.counted(IN_DAYS if days > 0 else FOR_DAYS, abs(days), {"n": abs(days)})


@dataclass(frozen=True, kw_only=True)
class WaveStanding:
    """A wave and what matters about it today.

    `ahead` is how long before its first day a school should have been asked. `sheets` and `texts`
    say whether there are any left to be deleted, `unread` whether somebody should read them first.
    """

    wave: Wave
    received: int = 0
    approval: Approval = NOTHING_KNOWN
    ahead: timedelta = timedelta()
    is_imported: bool = False
    sheets: bool = False
    texts: bool = False
    unread: bool = False


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A measure and what matters about it today; `read_on` is when its sheet was last looked at."""

    measure: Measure
    waves: tuple[WaveStanding, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    next_way: NextWay | None = None
    handed_back: HandedBack | None = None
    read_on: date | None = None
    recount_days: int
    text_days: int


Kind = Callable[[Standing, date], Iterator[Reminder]]


def reminders(standings: Iterable[Standing], actor: Actor, today: date) -> tuple[Reminder, ...]:
    """Return what somebody should think of, the most urgent first."""
    found = (each for standing in standings for kind in KINDS for each in kind(standing, today))
    mine = (each for each in found if may(actor, RIGHTS[each.place], each.measure))
    return tuple(sorted(mine, key=lambda each: (each.urgency, each.day, each.measure.title)))


def _closes_soon(standing: Standing, today: date) -> Iterator[Reminder]:
    for each in standing.waves:
        days_left = (each.wave.closes_on - today).days
        if each.wave.phase(today) is Phase.OPEN and days_left <= 1:
            values = {"received": Number(each.received), "who": Message(each.wave.audience.label)}
            yield Reminder(
                urgency=Urgency.NOW,
                day=each.wave.closes_on,
                sentence=Message.counted(ENDS, each.received, values),
                place=Place.WAVE,
                measure=standing.measure,
                number=each.wave.id,
            )


def _approval(standing: Standing, today: date) -> Iterator[Reminder]:
    """Remind of the wave that is to begin first: one record can be made for all that wait."""
    waiting = [each for each in standing.waves if each.wave.awaits_approval]
    near = [each for each in waiting if today >= each.wave.opens_on - each.ahead]
    for each in _first_to_open(each for each in near if each.wave.closed_on is None):
        opens_on = each.wave.opens_on
        is_near = today >= opens_on - timedelta(weeks=1)
        yield Reminder(
            urgency=Urgency.NOW if is_near else Urgency.SOON,
            day=opens_on,
            sentence=Message(SHUT[each.approval.status], {"day": opens_on}),
            place=Place.APPROVAL,
            measure=standing.measure,
            number=each.wave.id,
        )


def _letter(standing: Standing, today: date) -> Iterator[Reminder]:
    missing = [
        each
        for each in standing.waves
        if each.approval.letter is Letter.NEEDED
        and each.wave.phase(today) in (Phase.PLANNED, Phase.OPEN)
        and today >= each.wave.opens_on - PARENTS_AHEAD
    ]
    for each in _first_to_open(missing):
        yield Reminder(
            urgency=Urgency.SOON,
            day=each.wave.opens_on,
            sentence=Message(NO_LETTER, {"day": each.wave.opens_on}),
            place=Place.APPROVAL,
            measure=standing.measure,
            number=each.wave.id,
        )


def _sheet(standing: Standing, today: date) -> Iterator[Reminder]:
    counted = [each.wave.closed_on for each in standing.waves if each.wave.closed_on]
    last = max(counted, default=None)
    if last is None or today > last + STOPS_AFTER:
        return
    if standing.read_on is None or standing.read_on < last:
        yield Reminder(
            urgency=Urgency.SOON,
            day=last,
            sentence=Message(UNREAD, {"day": last}),
            place=Place.SHEET,
            measure=standing.measure,
        )


def _commitment(standing: Standing, today: date) -> Iterator[Reminder]:
    """Remind of an answer; of two waves that were counted, for those who have waited longest."""
    waiting = [
        each.wave
        for each in standing.waves
        if each.wave.closed_on
        and not each.is_imported
        and each.wave.audience is Audience.YOUNG_PEOPLE
    ]
    goes_on = standing.next_way is not None and standing.next_way.shown
    if standing.commitments or goes_on or not waiting:
        return
    wave = min(waiting, key=lambda each: each.over_on)
    is_late = today > wave.over_on + RESULTS_WITHIN
    are_out = wave.gives_results(today)
    sentence = LATE if is_late else OUT if are_out else UNANSWERED
    yield Reminder(
        urgency=Urgency.NOW if is_late else Urgency.SOON if are_out else Urgency.LATER,
        day=wave.over_on if is_late else wave.results_from,
        sentence=Message(sentence, {"day": wave.results_from}),
        place=Place.NEW_COMMITMENT,
        measure=standing.measure,
    )


def _hand_back(standing: Standing, today: date) -> Iterator[Reminder]:
    """Remind of the school until somebody recorded that it was given what was counted."""
    counted = [
        each.wave.closed_on
        for each in standing.waves
        if each.wave.closed_on is not None and not each.is_imported
    ]
    if not is_at_school(standing.measure) or not is_due(standing.handed_back, counted):
        return
    handed = standing.handed_back
    first = min(day for day in counted if handed is None or day > handed.day)
    is_late = today > first + RESULTS_WITHIN
    yield Reminder(
        urgency=Urgency.NOW if is_late else Urgency.SOON,
        day=first,
        sentence=Message(SCHOOL_WAITS if is_late else NOT_HANDED_BACK, {"day": first}),
        place=Place.GIVING_BACK,
        measure=standing.measure,
    )


def _overdue(standing: Standing, today: date) -> Iterator[Reminder]:
    for each in standing.commitments:
        if each.is_overdue(today) and each.due_on is not None:
            yield Reminder(
                urgency=Urgency.NOW,
                day=each.due_on,
                sentence=Message(OVERDUE, {"wish": each.wish}),
                place=Place.COMMITMENT,
                measure=standing.measure,
                number=each.id,
            )


def _review(standing: Standing, today: date) -> Iterator[Reminder]:
    for each in standing.waves:
        if each.unread and each.wave.closed_on is not None:
            day = gone_on(each.wave.closed_on, standing.text_days)
            yield Reminder(
                urgency=Urgency.NOW if today >= day - TEXTS_AHEAD else Urgency.SOON,
                day=day,
                sentence=Message(UNREAD_TEXTS, {"day": day}),
                place=Place.REVIEW,
                measure=standing.measure,
                number=each.wave.id,
            )


def _retention(standing: Standing, today: date) -> Iterator[Reminder]:
    for each in standing.waves:
        counted = each.wave.closed_on
        if counted is None:
            continue
        for there, days, ahead, sentence in (
            (each.texts, standing.text_days, TEXTS_AHEAD, TEXTS_GO),
            (each.sheets, standing.recount_days, SHEETS_AHEAD, SHEETS_GO),
        ):
            day = gone_on(counted, days)
            values = {"day": day, "who": Message(each.wave.audience.label)}
            if there and day - ahead <= today <= day:
                yield Reminder(
                    urgency=Urgency.LATER,
                    day=day,
                    sentence=Message(sentence, values),
                    place=Place.WAVE,
                    measure=standing.measure,
                    number=each.wave.id,
                )


def _first_to_open(found: Iterable[WaveStanding]) -> list[WaveStanding]:
    return sorted(found, key=lambda each: each.wave.opens_on)[:1]


KINDS: Final[tuple[Kind, ...]] = (
    _closes_soon,
    _approval,
    _letter,
    _sheet,
    _commitment,
    _hand_back,
    _overdue,
    _review,
    _retention,
)

TODAY, TOMORROW, YESTERDAY = N_("heute"), N_("morgen"), N_("gestern")
IN_DAYS = NN_("in %(n)s Tag", "in %(n)s Tagen")
FOR_DAYS = NN_("vor %(n)s Tag", "vor %(n)s Tagen")
ENDS = NN_(
    "Die Umfrage endet (%(who)s). Bisher ist %(received)s Rückmeldung da.",
    "Die Umfrage endet (%(who)s). Bisher sind %(received)s Rückmeldungen da.",
)
SHUT = {
    Status.NOT_NEEDED: N_("Die Schule hat noch nicht zugestimmt. Geplant ist der %(day)s."),
    Status.NEEDED: N_("Die Schule ist noch nicht gefragt. Geplant ist der %(day)s."),
    Status.REQUESTED: N_("Die Schule hat noch nicht zugestimmt. Geplant ist der %(day)s."),
    Status.GIVEN: N_("Die Schule hat noch nicht zugestimmt. Geplant ist der %(day)s."),
    Status.REFUSED: N_("Die Schule hat abgelehnt. Die Umfrage am %(day)s findet nicht statt."),
}
NO_LETTER = N_("Der Elternbrief ist noch nicht verteilt. Die Umfrage beginnt am %(day)s.")
UNREAD = N_("Am %(day)s wurde ausgezählt. Den Auswertungsbogen hat noch niemand angesehen.")
UNANSWERED = N_("Am %(day)s sehen die Jugendlichen die Ergebnisse. Noch steht keine Zusage dabei.")
OUT = N_("Seit dem %(day)s sehen die Jugendlichen die Ergebnisse. Noch steht keine Zusage dabei.")
LATE = N_("Seit mehr als acht Wochen warten die Jugendlichen auf eine Antwort: Was wird daraus?")
NOT_HANDED_BACK = N_("Am %(day)s wurde ausgezählt. Die Schule hat die Ergebnisse noch nicht.")
SCHOOL_WAITS = N_("Seit mehr als acht Wochen wartet die Schule auf ihre Ergebnisse.")
OVERDUE = N_("Diese Zusage ist überfällig: „%(wish)s“")
UNREAD_TEXTS = N_("Freie Texte warten auf Durchsicht. Am %(day)s werden sie gelöscht.")
TEXTS_GO = N_("Am %(day)s werden die freien Texte gelöscht (%(who)s).")
SHEETS_GO = N_(
    "Am %(day)s werden die gemischten Bögen gelöscht (%(who)s). Eine Nachzählung geht nur vorher."
)
