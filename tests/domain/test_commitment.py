"""A commitment: what was said, and what becomes of it.

1. What is public is complete: an answer, or a reason for a no; a day by which, and not one before
   the decision; a decision that has been taken.
2. An office answers for it, not a person.
3. What happens is read before what does not, the earliest first.
4. Late is what should have been done and is not.
"""

from dataclasses import replace
from datetime import date

import pytest

from survey_app.domain.commitment import (
    Commitment,
    NewCommitment,
    Status,
    faults_of,
    in_order,
)

TODAY = date(2026, 11, 21)
PAUSES = NewCommitment(
    wish="Mehr Pausen.",
    status=Status.PLANNED,
    answer="Nach jedem Block eine halbe Stunde.",
    office="Jugendhilfe, Team Freizeit",
    due_on=date(2027, 3, 1),
    decided_on=date(2026, 11, 20),
)
NO = replace(PAUSES, status=Status.DECLINED, answer="", reason="Es fehlt der Raum.", due_on=None)


@pytest.mark.parametrize(
    "sound",
    [
        PAUSES,
        NO,
        replace(PAUSES, status=Status.DONE, due_on=None),
        replace(PAUSES, due_on=PAUSES.decided_on),
        replace(PAUSES, decided_on=TODAY),
        replace(NO, answer="Stattdessen geht es im Sommer draußen."),
        replace(PAUSES, office="Frauenhaus und Herrenberg-Schule"),
    ],
)
def test_what_is_complete_has_no_fault(sound: NewCommitment) -> None:
    """Rules 1 and 2."""
    assert faults_of(sound, TODAY) == []


@pytest.mark.parametrize(
    ("faulty", "field", "says"),
    [
        (replace(PAUSES, answer=""), "answer", "Bitte schreiben Sie, was geschieht."),
        (replace(NO, reason=""), "reason", "Ein Nein ohne Grund ist keine Antwort."),
        (replace(PAUSES, due_on=None), "due_on", "bis zu dem es geschehen soll"),
        (replace(PAUSES, due_on=date(2026, 11, 19)), "due_on", "liegt vor der Entscheidung"),
        (replace(PAUSES, decided_on=date(2026, 11, 22)), "decided_on", "kommt erst noch"),
        (replace(PAUSES, office="Frau Albrecht"), "office", "eine Stelle, keine Person"),
        (replace(PAUSES, office="herr Albrecht, Jugendamt"), "office", "eine Stelle, keine Person"),
        (replace(PAUSES, office="albrecht@stadt.example"), "office", "eine Stelle, keine Person"),
    ],
)
def test_what_is_missing_is_said_at_its_field(faulty: NewCommitment, field: str, says: str) -> None:
    """Rules 1 and 2."""
    (fault,) = faults_of(faulty, TODAY)
    assert fault.at == (field,)
    assert says in str(fault.message)


def kept(number: int, **changes: object) -> Commitment:
    values = vars(PAUSES) | {"id": number, "network": 1, "measure": 1} | changes
    return Commitment(**values)  # type: ignore[arg-type]


def test_what_happens_is_read_before_what_does_not() -> None:
    """Rule 3."""
    later = kept(1, due_on=date(2027, 9, 1))
    declined = kept(2, status=Status.DECLINED, due_on=None, reason="Kein Geld.")
    done = kept(3, status=Status.DONE, due_on=None)
    sooner = kept(4, due_on=date(2027, 1, 1))
    assert in_order([later, declined, done, sooner]) == (sooner, later, done, declined)


@pytest.mark.parametrize(
    ("status", "due_on", "late"),
    [
        (Status.PLANNED, date(2026, 11, 20), True),
        (Status.STARTED, date(2026, 11, 20), True),
        (Status.PLANNED, TODAY, False),
        (Status.DONE, date(2026, 11, 20), False),
        (Status.DECLINED, None, False),
    ],
)
def test_late_is_what_should_have_been_done(
    status: Status, due_on: date | None, late: bool
) -> None:
    """Rule 4."""
    assert kept(1, status=status, due_on=due_on).is_overdue(TODAY) is late
