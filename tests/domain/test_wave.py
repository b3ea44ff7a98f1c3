"""Where a wave stands.

1. It is open from its first to its last day, both included.
2. After its last day it accepts nothing more, even if nobody has counted it yet.
3. A counted wave is closed on every day, and stays closed.
4. The questionnaire says who answers.
5. Results appear fourteen days after it is over, or on the day that staff chose, at most eight
   weeks after; on the day and not before, and never before it is counted.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from survey_app.domain.questionnaire import Audience
from survey_app.domain.wave import Phase, Wave
from tests.support import asking

WAVE = Wave(
    id=1,
    network=1,
    measure=1,
    questionnaire=asking("- {id: k1, kind: rating, scale: agreement, text: Gut.}"),
    opens_on=date(2026, 12, 1),
    closes_on=date(2026, 12, 12),
)


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (date(2026, 11, 30), Phase.PLANNED),
        (date(2026, 12, 1), Phase.OPEN),
        (date(2026, 12, 12), Phase.OPEN),
        (date(2026, 12, 13), Phase.ENDED),
    ],
)
def test_wave_opens_and_ends_by_its_dates(day: date, phase: Phase) -> None:
    """Rules 1 and 2."""
    assert WAVE.phase(day) is phase


@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2026, 12, 5), date(2027, 1, 1)])
def test_counted_wave_is_closed_for_good(day: date) -> None:
    """Rule 3: also if it was closed by hand before its last day."""
    assert replace(WAVE, closed_on=date(2026, 12, 5)).phase(day) is Phase.CLOSED


def test_questionnaire_says_who_answers() -> None:
    """Rule 4."""
    assert WAVE.audience is Audience.YOUNG_PEOPLE


@pytest.mark.parametrize(
    ("closed_on", "chosen", "results_from"),
    [
        (None, None, date(2026, 12, 27)),
        (date(2026, 12, 13), None, date(2026, 12, 27)),
        (date(2026, 12, 20), None, date(2026, 12, 27)),  # counted late: the promise stands
        (date(2026, 12, 5), None, date(2026, 12, 19)),  # ended by the button
        (date(2026, 12, 13), date(2026, 12, 14), date(2026, 12, 14)),
        (date(2026, 12, 13), date(2027, 2, 7), date(2027, 2, 7)),
        (date(2026, 12, 5), date(2027, 2, 7), date(2027, 1, 30)),  # eight weeks from the button
        (date(2026, 12, 13), date(2026, 1, 1), date(2026, 12, 13)),
    ],
)
def test_results_have_their_day(
    closed_on: date | None, chosen: date | None, results_from: date
) -> None:
    """Rule 5."""
    wave = replace(WAVE, closed_on=closed_on, results_on=chosen)
    assert wave.results_from == results_from
    assert wave.results_by == wave.over_on + timedelta(weeks=8)
    assert not wave.gives_results(results_from - timedelta(days=1))
    assert wave.gives_results(results_from) is (closed_on is not None)
