"""Closing a wave: shuffle, count, destroy, on one core.

Against: 50,000 answer sheets of 12 questions per second, and twice the sheets in at most twice the
time. The sheets are put in beforehand, as they lie while a wave is open; what is measured is
`close_wave`, the button's whole work, and beside it the counting alone.
"""

import random
import secrets
import time
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import insert

from benchmarks.figures import Figure, at_least, at_most, note
from benchmarks.stage import OpenWave, Stage
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.tabulation import tabulate
from survey_app.services.closing import Closing, close_wave
from survey_app.services.collecting import SealedSheet
from survey_app.services.sample import leanings_in, simulated_form
from survey_app.storage import schema, sheets
from survey_app.storage.database import Database

SMALL, MIDDLE, LARGE = 1_000, 25_000, 50_000
KINDS_OF_PEOPLE = 2_000


def measure(stage: Stage) -> Iterator[Figure]:
    """Yield how long it takes for three sizes."""
    people = _people(stage.core)
    yield note(f"questions in {stage.core.id}", len(tuple(stage.core.questions)), "")
    times = {size: _closing_time(stage, people, size) for size in (SMALL, MIDDLE, LARGE)}
    yield note(f"closing a wave of {SMALL:,}", 1000 * times[SMALL], "ms")
    yield note(f"closing a wave of {LARGE:,}", times[LARGE], "s")
    yield at_least("closing and counting", LARGE / times[LARGE], 50_000, "sheets/s")
    yield at_most(
        f"time for {LARGE:,} ÷ time for {MIDDLE:,}", times[LARGE] / times[MIDDLE], 2.2, ""
    )
    yield note("counting alone", _counting_rate(stage.core, people), "sheets/s")


def _people(questionnaire: Questionnaire) -> list[SealedSheet]:
    """Return the sheets of some people; the others answer like one of them."""
    chance = random.Random(1)
    leanings = leanings_in(questionnaire, chance)
    forms = (simulated_form(questionnaire, chance, 0.7, leanings) for _ in range(KINDS_OF_PEOPLE))
    return [SealedSheet.of(questionnaire, questionnaire.read(form).answers) for form in forms]


def _closing_time(stage: Stage, people: list[SealedSheet], size: int) -> float:
    """Return the seconds that closing a wave of `size` takes."""
    wave = stage.open_wave(stage.sqlite_url())
    database = Database(wave.url)
    _put_in(database, wave, people, size)
    started = time.perf_counter()
    today = datetime.now(UTC).date()
    closed = close_wave(database, wave.network, wave.wave, today=today, actor="benchmark")
    elapsed = time.perf_counter() - started
    assert closed is Closing.CLOSED
    database.close()
    return elapsed


def _put_in(database: Database, wave: OpenWave, people: list[SealedSheet], size: int) -> None:
    chosen = [people[n % len(people)] for n in range(size)]
    rows = [_row(wave, answers=sheet.answers) for sheet in chosen]
    texts = [
        _row(wave, variable=variable, text=text)
        for sheet in chosen
        for variable, text in sheet.texts.items()
        if text is not None
    ]
    with database.write() as connection:
        connection.execute(insert(schema.open_sheet), rows)
        connection.execute(insert(schema.open_text), texts)


def _row(wave: OpenWave, **values: str) -> dict[str, object]:
    return {"wave": wave.wave, "key": secrets.token_bytes(32), **values}


def _counting_rate(questionnaire: Questionnaire, people: list[SealedSheet]) -> float:
    answers = [sheets.from_text(person.answers) for person in people] * 5
    started = time.perf_counter()
    tabulate(questionnaire, answers)
    return len(answers) / (time.perf_counter() - started)
