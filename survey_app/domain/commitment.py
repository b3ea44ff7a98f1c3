"""A commitment: what young people said, and what becomes of it.

"We ask people for an opinion and give them nothing back" is what surveys are hated for. So every
answer to a wish is public, under the code that asked: what will be done, until when, and which
office sees to it. A no is an answer too, with its reason. An office answers for it, not a private
person: the page is open to everybody who can scan a poster.

    planned → started → done
    declined, because …
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from survey_app.domain.messages import N_, Fault, Message


class Status(StrEnum):
    """How far it has come."""

    PLANNED = "planned"
    STARTED = "started"
    DONE = "done"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        """Return the German word, to be translated."""
        return STATUSES[self]


STATUSES = {
    Status.PLANNED: N_("geplant"),
    Status.STARTED: N_("angefangen"),
    Status.DONE: N_("erledigt"),
    Status.DECLINED: N_("geht nicht"),
}
HAS_A_DAY = (Status.PLANNED, Status.STARTED)
A_PERSON = re.compile(r"^(frau|herr|herrn)\b|@", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class NewCommitment:
    """What staff state.

    `wish` is what was said, in words of their own; `answer` what happens now; `reason` why nothing
    does. `due_on` is the day until which it shall be done, None once that has become idle.
    """

    wish: str
    status: Status
    answer: str = ""
    reason: str = ""
    office: str
    due_on: date | None = None
    decided_on: date

    @property
    def is_declined(self) -> bool:
        """Return whether the answer is no."""
        return self.status is Status.DECLINED

    def is_overdue(self, today: date) -> bool:
        """Return whether it should have been done by now."""
        return self.status in HAS_A_DAY and self.due_on is not None and self.due_on < today


@dataclass(frozen=True, kw_only=True)
class Commitment(NewCommitment):
    """A commitment as it is kept: it belongs to one measure of one network."""

    id: int
    network: int
    measure: int


def faults_of(new: NewCommitment, today: date) -> list[Fault]:
    """Return what keeps a commitment from being public, each with the name of its field."""
    found = {
        "answer": not new.is_declined and not new.answer and NO_ANSWER,
        "reason": new.is_declined and not new.reason and NO_REASON,
        "office": A_PERSON.search(new.office) and NO_OFFICE,
        "due_on": _fault_of_day(new),
        "decided_on": new.decided_on > today and DECIDED_LATER,
    }
    return [Fault(Message(text), (field,)) for field, text in found.items() if text]


def _fault_of_day(new: NewCommitment) -> str | None:
    if new.status not in HAS_A_DAY:
        return None
    if new.due_on is None:
        return NO_DAY
    return DUE_BEFORE_DECIDED if new.due_on < new.decided_on else None


def in_order(commitments: Iterable[Commitment]) -> tuple[Commitment, ...]:
    """Return commitments as they are read: what happens, the earliest first; then what does not."""
    return tuple(
        sorted(commitments, key=lambda each: (each.is_declined, each.due_on or date.max, each.id))
    )


NO_ANSWER = N_("Bitte schreiben Sie, was geschieht. Geschieht nichts, wählen Sie „geht nicht“.")
NO_REASON = N_("Bitte nennen Sie den Grund. Ein Nein ohne Grund ist keine Antwort.")
NO_OFFICE = N_(
    "Bitte nennen Sie eine Stelle, keine Person: Die Seite ist öffentlich. Zum Beispiel:"
    " Jugendamt, Team Prävention."
)
NO_DAY = N_("Bitte nennen Sie den Tag, bis zu dem es geschehen soll.")
DUE_BEFORE_DECIDED = N_("Dieser Tag liegt vor der Entscheidung. Bitte prüfen Sie die beiden Tage.")
DECIDED_LATER = N_("Dieser Tag kommt erst noch. Bitte wählen Sie heute oder früher.")
