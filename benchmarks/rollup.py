"""A roll-up over 2,000 measures with a million answers, and the files of one sheet.

Against: one second for what is read and reckoned; it reads counts, never answers. The first opening
also enters 2,600 groups in the ledger. Drawing has no target of its own: a page and a PDF are
waited for, so they are noted beside it. Seconds of the processor stand there too, because they
wander less than those on the wall.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from typing import TypeVar

from benchmarks import district
from benchmarks.figures import Figure, at_most, note
from benchmarks.sheet import fullest_sheet
from benchmarks.stage import Stage
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.extract import extract_of
from survey_app.domain.rights import Actor, Role
from survey_app.domain.roll_up_report import RollUpReport
from survey_app.domain.scope import Scope
from survey_app.languages import load_languages
from survey_app.rendering.pdf import PdfPool
from survey_app.rendering.rollup import roll_up_document, roll_up_html
from survey_app.services import exporting
from survey_app.services.rolling_up import roll_up_of
from survey_app.storage.database import Database

Made = TypeVar("Made")

ROUNDS = 5


def measure(stage: Stage) -> Iterator[Figure]:
    """Yield how long the roll-up of a large network takes, and each file of a sheet."""
    database, last_year = Database(stage.sqlite_url()), datetime.now(UTC).year - 1
    network = district.fill(database, last_year)

    def opened() -> RollUpReport:
        return _opened(database.of(network), network, last_year)

    first, _, report = _timed(opened)
    again = [_timed(opened) for _ in range(ROUNDS)]
    yield note("measures", len(report.measures), "")
    yield note("answers behind them", report.rolled.answers if report.rolled else 0, "")
    yield note("opened for the first time", first, "s")
    yield at_most("opened again", statistics.median(each[0] for each in again), 1, "s")
    yield note("opened again, processor", statistics.median(each[1] for each in again), "s")
    yield from _drawn(report)
    database.close()
    yield from _files(stage)


def _opened(database: Database, network: int, year: int) -> RollUpReport:
    report = roll_up_of(
        database,
        Actor(network, Role.COORDINATOR),
        Scope(year),
        policy=DisclosurePolicy(),
        as_of=date(year + 1, 2, 1),
    )
    assert report is not None
    return report


def _drawn(report: RollUpReport) -> Iterator[Figure]:
    words = load_languages().all["de"]
    yield note("its page", _timed(lambda: roll_up_html(report, words))[0], "s")
    with PdfPool(workers=1) as pool:
        document = roll_up_document(report, words)
        pool.render(document)  # the process that draws has started
        yield note("its PDF, warm", _timed(lambda: pool.render(document))[0], "s")


def _files(stage: Stage) -> Iterator[Figure]:
    extract, words = extract_of(fullest_sheet(stage)), load_languages().all["de"]
    for name in exporting.formats():
        exporting.exported(name, extract, words)  # what it needs is loaded
        draw = partial(exporting.exported, name, extract, words)
        times = [_timed(draw)[0] for _ in range(ROUNDS)]
        yield note(f"a sheet as {name}", 1000 * statistics.median(times), "ms")


def _timed(make: Callable[[], Made]) -> tuple[float, float, Made]:
    """Return the seconds on the wall and of the processor, and what was made."""
    wall, processor = time.perf_counter(), time.process_time()
    made = make()
    return time.perf_counter() - wall, time.process_time() - processor, made
