"""Posters: one, and a hundred or three hundred in one job with four processes.

Against: 40 ms for one from a warm process; 4 s for 300, with at most 150 MB in the process that
asks for them. A job runs in a process of its own; starting and ending its four workers is part of
it.
"""

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from benchmarks.figures import Figure, at_most, note
from benchmarks.servers import ROOT
from survey_app.languages import load_languages
from survey_app.rendering.pdf import PdfPool
from survey_app.rendering.prints.base import Invitation
from survey_app.rendering.prints.poster_a4 import poster_document

if TYPE_CHECKING:
    from benchmarks.stage import Stage

PROCESSES = 4
AT_ONCE = 25  # posters in one document
ROUNDS = 20
CODE = "KM7QX-R2D"

EXAMPLE = Invitation(
    headline="Sag uns, wie’s war!",
    title="Projekttag „Echt oder Fake?“",
    site="Gesamtschule Silbergraben",
    network="Beispielnetzwerk Kreis Viersen",
    questionnaire="Wie war’s?",
    audience="Für alle, die dabei waren",
    minutes=3,
    url="HTTPS://MITREDEN.EXAMPLE/Q/",
    address="mitreden.example/q",
    code="",
    closes_on=date(2026, 12, 12),
    promise=(
        "Keine Namen, keine IP-Adresse, keine Uhrzeit.",
        "Ergebnisse gibt es nur von mindestens 5 Personen zusammen.",
    ),
    sample=True,
)


def measure(_stage: "Stage") -> Iterator[Figure]:
    """Yield the times and the memory."""
    yield at_most("one poster, warm", 1000 * _one_warm(), 40, "ms")
    seconds, _ = _job_elsewhere(100)
    yield note("100 posters in one job", seconds, "s")
    seconds, megabytes = _job_elsewhere(300)
    yield at_most("300 posters in one job", seconds, 4, "s")
    yield at_most("memory of the process that asks", megabytes, 150, "MB")


def posters(count: int) -> list[Invitation]:
    """Return posters with different codes."""
    codes = [
        f"{CODE}{first}{second}"
        for first in "ABCDEFGHJKLMNPQRST"
        for second in "UVWXYZ23456789KLMN"
    ]
    return [
        replace(EXAMPLE, code=code, url=EXAMPLE.url + code.replace("-", ""))
        for code in codes[:count]
    ]


def _one_warm() -> float:
    """Return the median of the seconds that a poster takes from HTML to PDF."""
    words = load_languages().all["de"]
    times = []
    with PdfPool(workers=1) as pool:
        for poster in posters(ROUNDS + 1):
            started = time.perf_counter()
            pool.render(poster_document([poster], words))
            times.append(time.perf_counter() - started)
    return statistics.median(times[1:])


def _job_elsewhere(count: int) -> tuple[float, float]:
    """Return seconds and megabytes of a job in a fresh process."""
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.posters", f"{count}"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
        timeout=120,
    ).stdout
    seconds, megabytes = json.loads(told)
    return seconds, megabytes


def _job(count: int) -> tuple[float, float]:
    """Draw `count` posters and return the seconds and this process's largest memory in MB."""
    words, wanted = load_languages().all["de"], posters(count)
    parts = [wanted[start : start + AT_ONCE] for start in range(0, count, AT_ONCE)]
    started = time.perf_counter()
    with PdfPool(workers=PROCESSES) as pool:
        drawn = pool.render_many(poster_document(part, words) for part in parts)
    elapsed = time.perf_counter() - started
    assert all(pdf.startswith(b"%PDF") for pdf in drawn)
    return elapsed, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(_job(int(sys.argv[1]))))
