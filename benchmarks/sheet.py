"""An evaluation sheet: from its value to PDF in a warm process, and to HTML.

Against: 0.25 s and 30 ms. The sheet is the fullest of the sample district; each round differs in
its date, so that nothing is taken from a cache.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from benchmarks.figures import Figure, at_most, note
from benchmarks.stage import Stage
from survey_app.data import data_dir
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.sheet import EvaluationSheet
from survey_app.languages import load_languages
from survey_app.rendering.pdf import PdfPool
from survey_app.rendering.sheet import sheet_document, sheet_html
from survey_app.services.evaluating import sheet_of
from survey_app.services.fielding import fielded_measures
from survey_app.services.sample import fill_sample
from survey_app.storage import migrating
from survey_app.storage.database import Database

ROUNDS = 12


def measure(stage: Stage) -> Iterator[Figure]:
    """Yield the medians."""
    sheet = fullest_sheet(stage)
    words = load_languages().all["de"]
    yield note("waves on the sheet", len(sheet.results), "")
    html = _median(lambda day: sheet_html(_of(sheet, day), words))
    yield at_most("HTML", 1000 * html, 30, "ms")
    with PdfPool(workers=1) as pool:
        pdf = _median(lambda day: pool.render(sheet_document(_of(sheet, day), words)))
    yield at_most("PDF, warm", 1000 * pdf, 250, "ms")


def fullest_sheet(stage: Stage) -> EvaluationSheet:
    """Return the sheet of the sample district with the most results."""
    database, today = Database(stage.sqlite_url()), datetime.now(UTC).date()
    migrating.upgrade(database, data_dir("migrations"))
    network = fill_sample(database, stage.questionnaires.get, today)
    sheets = [
        sheet_of(
            database,
            network.id,
            fielded.measure.id,
            policy=DisclosurePolicy(),
            as_of=today,
            recount_days=14,
        )
        for fielded in fielded_measures(database, network.id, today)
    ]
    database.close()
    return max((sheet for sheet in sheets if sheet), key=lambda sheet: len(sheet.results))


def _of(sheet: EvaluationSheet, day: int) -> EvaluationSheet:
    return replace(sheet, as_of=sheet.as_of + timedelta(days=day))


def _median(draw: Callable[[int], object]) -> float:
    """Return the median of the seconds that a round takes; the first one warms up."""
    times = []
    for day in range(ROUNDS + 1):
        started = time.perf_counter()
        draw(day)
        times.append(time.perf_counter() - started)
    return statistics.median(times[1:])
