"""An institution agrees that its results may be told as those of its municipality.

A small town often has one secondary school. What "the young people of the town" say is then what
the pupils of one school say, and everybody there knows which. That is for the school to decide
(EVALUATION.md 2.4). Two conditions of a roll-up rest on its word:

    more than 70 % of the answers to a question come from one institution
    all measures of a municipality are held at one institution

Each may be shown if that institution agreed. Nothing else changes: three measures, thirty answers
and every limit of domain/policy.py hold all the same.

A consent holds from its day until it is revoked. What was released in the meantime stays as it was
released: a roll-up of the very same groups of people is shown again, one of any others is not.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from survey_app.domain.messages import N_, Fault, Message

LONGEST: Final = 200
_KEY = re.compile(r"(site|organisation) ([1-9][0-9]{0,9})")


@dataclass(frozen=True)
class Institution:
    """A site, or who is responsible where a measure has none (scope.institution_of)."""

    kind: str
    id: int
    name: str

    @property
    def key(self) -> str:
        """Return how roll-ups call it."""
        return f"{self.kind} {self.id}"


@dataclass(frozen=True, kw_only=True)
class NewConsent:
    """What staff record: which institution agreed, when, and who said so there."""

    institution: str
    agreed_on: date
    agreed_by: str


@dataclass(frozen=True, kw_only=True)
class Consent:
    """A consent as it is kept; `recorded_by` is the address of whoever entered it."""

    id: int
    network: int
    institution: Institution
    agreed_on: date
    agreed_by: str
    recorded_by: str
    revoked_on: date | None = None

    def holds(self, today: date) -> bool:
        """Return whether it is in force."""
        return self.agreed_on <= today and self.revoked_on is None


def institution_named(key: str, known: Iterable[Institution]) -> Institution | None:
    """Return the institution that a key stands for."""
    if _KEY.fullmatch(key) is None:
        return None
    return next((each for each in known if each.key == key), None)


def faults_of(
    new: NewConsent, today: date, known: Collection[Institution], held: Iterable[Consent]
) -> list[Fault]:
    """Return what keeps a consent from being recorded, each with the name of its field."""
    taken = {each.institution.key for each in held if each.revoked_on is None}
    found = {
        "institution": (institution_named(new.institution, known) is None and UNKNOWN)
        or (new.institution in taken and TWICE),
        "agreed_on": new.agreed_on > today and LATER,
        "agreed_by": (not new.agreed_by and NOBODY) or (len(new.agreed_by) > LONGEST and TOO_LONG),
    }
    return [Fault(Message(text), (field,)) for field, text in found.items() if text]


UNKNOWN: Final = N_("Diese Einrichtung gibt es nicht. Bitte wählen Sie aus der Liste.")
TWICE: Final = N_("Von dieser Einrichtung steht schon eine Zustimmung in der Liste.")
LATER: Final = N_("Dieser Tag liegt in der Zukunft. Bitte tragen Sie die Zustimmung danach ein.")
NOBODY: Final = N_("Bitte geben Sie an, wer dort zugestimmt hat, zum Beispiel: Schulleitung.")
TOO_LONG: Final = N_("Das ist zu lang. Bitte höchstens 200 Zeichen.")
