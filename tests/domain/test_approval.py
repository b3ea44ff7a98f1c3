"""The approval of a school.

1. What is recorded is complete: a request has its day, a decision its day and who made it.
2. No day lies in the future, and no decision before its request.
3. Why a school is asked is said with the rule of its Land; a Land that is not known counts as one
   that demands it.
4. A wave that waits is planned, whatever its days say; nothing else makes it wait.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from survey_app.domain.approval import (
    DECIDED_BEFORE,
    NO_DAY,
    NO_ONE,
    NO_REQUEST,
    NO_STATUS,
    STILL_TO_COME,
    Approval,
    Status,
    faults_of,
    reason_of,
)
from survey_app.domain.measure import Municipality
from survey_app.domain.wave import Phase, Wave
from survey_app.services.lands import land_of
from tests.support_field import TODAY, WAVE, questionnaire_from

ASKED, LATER = date(2026, 10, 1), TODAY + timedelta(days=1)
GIVEN = Approval(
    status=Status.GIVEN, requested_on=ASKED, decided_on=ASKED, decided_by="Schulleitung"
)


@pytest.mark.parametrize(
    "sound",
    [
        Approval(),
        Approval(status=Status.REQUESTED, requested_on=TODAY),
        GIVEN,
        replace(GIVEN, status=Status.REFUSED, requested_on=None),
    ],
)
def test_what_is_complete_has_no_fault(sound: Approval) -> None:
    assert faults_of(sound, TODAY) == []


@pytest.mark.parametrize(
    ("approval", "field", "text"),
    [
        (Approval(status=Status.NOT_NEEDED), "status", NO_STATUS),
        (Approval(status=Status.REQUESTED), "requested_on", NO_REQUEST),
        (Approval(status=Status.REQUESTED, requested_on=LATER), "requested_on", STILL_TO_COME),
        (replace(GIVEN, decided_on=None), "decided_on", NO_DAY),
        (replace(GIVEN, decided_on=LATER), "decided_on", STILL_TO_COME),
        (replace(GIVEN, requested_on=TODAY), "decided_on", DECIDED_BEFORE),
        (replace(GIVEN, decided_by=""), "decided_by", NO_ONE),
    ],
)
def test_what_is_missing_is_named(approval: Approval, field: str, text: str) -> None:
    (fault,) = faults_of(approval, TODAY)
    assert (fault.at, fault.message.text) == ((field,), text)


def test_the_reason_is_the_rule_of_the_land() -> None:
    known = land_of(Municipality(1, 1, "05166004", "Brüggen"))
    assert "BASS 10-45 Nr. 2" in str(reason_of(known).values["cite"])
    assert str(reason_of(None)).startswith("Welche Regeln in diesem Land gelten")


@pytest.mark.parametrize("opens_in", [-30, -1, 0, 5])
def test_a_wave_that_waits_is_planned(opens_in: int) -> None:
    opens_on = TODAY + timedelta(days=opens_in)
    wave = Wave(1, 1, 1, questionnaire_from(WAVE), opens_on, opens_on + timedelta(days=7))
    waiting = replace(wave, awaits_approval=True)
    assert waiting.phase(TODAY) is Phase.PLANNED
    assert replace(waiting, closed_on=TODAY).phase(TODAY) is Phase.CLOSED
    assert wave.phase(opens_on) is Phase.OPEN
