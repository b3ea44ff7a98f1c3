"""What happens to a wave, and when: from its first day to the day on which the last text is gone.

Days that staff can still move are those of the plan; what follows from them follows by itself. A
wave that was collected elsewhere, on paper or in another program, has no days on which it opened.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from survey_app.domain.messages import N_, Message
from survey_app.domain.wave import Wave


@dataclass(frozen=True)
class Step:
    """One thing that happens on a day; `is_next` is the first that is still to come."""

    what: Message
    day: date
    is_past: bool
    is_next: bool = False


def gone_on(closed_on: date, days: int) -> date:
    """Return the day on which what is kept for `days` after closing is deleted (retention)."""
    return closed_on + timedelta(days=days)


def timeline_of(
    wave: Wave, today: date, *, recount_days: int, text_days: int, imported: bool = False
) -> tuple[Step, ...]:
    """Return the steps of a wave in order."""
    steps = [] if imported else [*_asking(wave, today)]
    steps += _what_follows(wave, today, recount_days, text_days, imported=imported)
    steps.sort(key=lambda step: step.day)
    following = next((step for step in steps if not step.is_past), None)
    return tuple(replace(step, is_next=step is following) for step in steps)


def _asking(wave: Wave, today: date) -> Iterator[Step]:
    has_begun = today >= wave.opens_on and not wave.awaits_approval
    last = min(wave.closes_on, wave.closed_on or wave.closes_on)
    yield Step(Message(AWAITED if wave.awaits_approval else OPENS), wave.opens_on, has_begun)
    is_over = wave.closed_on is not None or (has_begun and today > last)
    yield Step(Message(CLOSES), last, is_over)


def _what_follows(
    wave: Wave, today: date, recount_days: int, text_days: int, *, imported: bool
) -> Iterator[Step]:
    counted = wave.closed_on or wave.over_on
    days = [
        (Message(IMPORTED if imported else COUNTED), counted),
        (Message(RETURNED), max(wave.results_from, counted)),
        (Message(SHEETS_GONE), gone_on(counted, recount_days)),
    ]
    if wave.questionnaire.text_fields:
        days.append((Message(TEXTS_GONE), gone_on(counted, text_days)))
    for what, day in days:
        yield Step(what, day, wave.closed_on is not None and day <= today)


AWAITED = N_("Sollte beginnen, wenn die Schule zustimmt")
OPENS = N_("Die Umfrage beginnt")
CLOSES = N_("Letzter Tag zum Mitmachen")
COUNTED = N_("Auszählung; der Auswertungsbogen ist da")
IMPORTED = N_("Aus einer Datei übernommen und ausgezählt; der Auswertungsbogen ist da")
RETURNED = N_("Die Befragten sehen die Ergebnisse unter demselben Code")
SHEETS_GONE = N_("Die gemischten Antwortbögen werden gelöscht")
TEXTS_GONE = N_("Die freien Texte werden gelöscht")
