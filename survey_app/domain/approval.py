"""The approval of a school: asked for, given or refused, by whom and under which conditions.

Whether one is needed is written in the rules of the Land (domain/land.py). It is recorded per wave,
because a wave is what a school is shown: this questionnaire, these days. A wave that is planned
later has to be asked for again, though one record can be made for several at once.

Only `Status.GIVEN` lets a wave begin (`Wave.awaits_approval`). That parents are told is noted too,
but holds nothing up: it is the school that tells them.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from survey_app.domain.land import Land
from survey_app.domain.messages import N_, Fault, Message


class Status(StrEnum):
    """Where it stands."""

    NOT_NEEDED = "not_needed"
    NEEDED = "needed"
    REQUESTED = "requested"
    GIVEN = "given"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """Return the German word, to be translated."""
        return STATUSES[self]


class Letter(StrEnum):
    """Whether parents are told by letter."""

    NOT_NEEDED = "not_needed"
    NEEDED = "needed"
    SENT = "sent"

    @property
    def label(self) -> str:
        """Return the German words, to be translated."""
        return LETTERS[self]


RECORDED = (Status.NEEDED, Status.REQUESTED, Status.GIVEN, Status.REFUSED)
DECIDED = (Status.GIVEN, Status.REFUSED)
STATUSES = {
    Status.NOT_NEEDED: N_("nicht nötig"),
    Status.NEEDED: N_("noch nicht angefragt"),
    Status.REQUESTED: N_("angefragt"),
    Status.GIVEN: N_("zugestimmt"),
    Status.REFUSED: N_("abgelehnt"),
}
LETTERS = {
    Letter.NOT_NEEDED: N_("nicht nötig"),
    Letter.NEEDED: N_("nötig, noch nicht verteilt"),
    Letter.SENT: N_("verteilt"),
}


@dataclass(frozen=True, kw_only=True)
class Approval:
    """What is known about a school's approval of one wave.

    `decided_by` is a role or office, with a name if one was typed; only staff see it.
    """

    status: Status = Status.NEEDED
    requested_on: date | None = None
    decided_on: date | None = None
    decided_by: str = ""
    conditions: str = ""
    letter: Letter = Letter.NOT_NEEDED

    @property
    def is_given(self) -> bool:
        """Return whether the wave may begin."""
        return self.status is Status.GIVEN

    @property
    def is_decided(self) -> bool:
        """Return whether the school has answered."""
        return self.status in DECIDED


def faults_of(approval: Approval, today: date) -> list[Fault]:
    """Return what is missing or cannot be, each with the name of its field."""
    asked, decided = approval.requested_on, approval.decided_on
    found = {
        "status": approval.status not in RECORDED and NO_STATUS,
        "requested_on": _fault_of_request(approval, today),
        "decided_on": approval.is_decided and _fault_of_decision(asked, decided, today),
        "decided_by": approval.is_decided and not approval.decided_by and NO_ONE,
    }
    return [Fault(Message(text), (field,)) for field, text in found.items() if text]


def _fault_of_request(approval: Approval, today: date) -> str | None:
    asked = approval.requested_on
    if asked is None:
        return NO_REQUEST if approval.status is Status.REQUESTED else None
    return STILL_TO_COME if asked > today else None


def _fault_of_decision(asked: date | None, decided: date | None, today: date) -> str | None:
    if decided is None:
        return NO_DAY
    if decided > today:
        return STILL_TO_COME
    return DECIDED_BEFORE if asked is not None and decided < asked else None


def reason_of(land: Land | None) -> Message:
    """Return why a school has to agree, or need not, by the rules of its Land."""
    if land is None:
        return Message(UNKNOWN_LAND)
    rules = land.schools
    values = {
        "land": land.name,
        "decides": rules.decides,
        "cite": ", ".join(source.cite for source in rules.sources),
    }
    return Message(RULE if rules.approval else NO_RULE, values)


RULE = N_("In %(land)s entscheidet %(decides)s über eine Befragung (%(cite)s).")
NO_RULE = N_("In %(land)s muss einer Befragung niemand zustimmen (%(cite)s).")
UNKNOWN_LAND = N_(
    "Welche Regeln in diesem Land gelten, ist hier nicht hinterlegt. Mitreden geht davon aus, dass"
    " die Schule zustimmen muss."
)
NO_STATUS = N_("Bitte wählen Sie aus der Liste.")
NO_REQUEST = N_("Bitte nennen Sie den Tag der Anfrage.")
NO_DAY = N_("Bitte nennen Sie den Tag der Entscheidung.")
NO_ONE = N_("Bitte nennen Sie, wer entschieden hat, zum Beispiel: Schulleitung, Frau Kaya.")
STILL_TO_COME = N_("Dieser Tag kommt erst noch. Bitte wählen Sie heute oder früher.")
DECIDED_BEFORE = N_("Die Entscheidung liegt vor der Anfrage. Bitte prüfen Sie die beiden Tage.")
