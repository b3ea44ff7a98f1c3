"""What happens to a wave, and when.

1. A planned wave: opens, last day, counted, results, sheets gone, texts gone, in this order; the
   first that is to come is marked.
2. Days are those of the rules: results when they are chosen, deletions the day after the last day
   something is kept.
3. Who presses the button moves what follows; who has nothing written has no texts to delete.
4. Nothing has happened to a wave that waits for a school; an imported one never opened.
"""

from dataclasses import replace
from datetime import date, timedelta

from survey_app.domain.timeline import (
    AWAITED,
    CLOSES,
    COUNTED,
    IMPORTED,
    OPENS,
    RETURNED,
    SHEETS_GONE,
    TEXTS_GONE,
    Step,
    timeline_of,
)
from survey_app.domain.wave import Wave
from tests.support_field import TODAY, WAVE, questionnaire_from

OPEN, LAST = TODAY - timedelta(days=2), TODAY + timedelta(days=3)
RUNNING = Wave(1, 1, 1, questionnaire_from(WAVE), OPEN, LAST)
NO_TEXT = "\n".join(line for line in WAVE.splitlines() if "open_text" not in line)


def steps(wave: Wave, *, imported: bool = False) -> tuple[Step, ...]:
    return timeline_of(wave, TODAY, recount_days=14, text_days=90, imported=imported)


def days(found: tuple[Step, ...]) -> dict[str, date]:
    return {step.what.text: step.day for step in found}


def test_the_steps_of_a_wave_that_runs() -> None:
    found = steps(RUNNING)
    counted = LAST + timedelta(days=1)
    assert list(days(found).items()) == [
        (OPENS, OPEN),
        (CLOSES, LAST),
        (COUNTED, counted),
        (RETURNED, counted + timedelta(days=14)),
        (SHEETS_GONE, counted + timedelta(days=14)),
        (TEXTS_GONE, counted + timedelta(days=90)),
    ]
    assert [step.what.text for step in found if step.is_past] == [OPENS]
    assert [step.what.text for step in found if step.is_next] == [CLOSES]


def test_the_button_moves_what_follows() -> None:
    closed = replace(RUNNING, closed_on=TODAY, results_on=TODAY + timedelta(days=1))
    found = steps(closed)
    assert days(found)[COUNTED] == TODAY
    assert days(found)[RETURNED] == TODAY + timedelta(days=1)
    assert [step.what.text for step in found if step.is_next] == [RETURNED]


def test_without_a_text_field_there_is_none_to_delete() -> None:
    assert TEXTS_GONE not in days(
        steps(replace(RUNNING, questionnaire=questionnaire_from(NO_TEXT)))
    )


def test_nothing_has_happened_to_a_wave_that_waits() -> None:
    found = steps(replace(RUNNING, awaits_approval=True))
    assert [step.what.text for step in found if step.is_next] == [AWAITED]
    assert [step for step in found if step.is_past] == []


def test_an_imported_wave_never_opened() -> None:
    found = days(steps(replace(RUNNING, closed_on=TODAY), imported=True))
    assert IMPORTED in found
    assert {OPENS, CLOSES, COUNTED}.isdisjoint(found)
