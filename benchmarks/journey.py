"""The whole journey of 32 phones: page, answers, thank-you, each answer durable on the disk.

Against: the same submit without a database, on the same server in the same run. SQLite commits with
synchronous=FULL, PostgreSQL with synchronous_commit=on. Afterwards every answer that was
acknowledged must be stored, and nothing else.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict

from benchmarks.figures import Figure, at_least, at_most, note, percentile
from benchmarks.phones import Seen, Task
from benchmarks.servers import ROOT, Server, server
from benchmarks.stage import OpenWave, Stage, Unavailable

PHONES = 32
SECONDS = 6.0
MOST_JOURNEYS = 30_000
LOCKED = "database is locked"


def measure(stage: Stage) -> Iterator[Figure]:
    """Yield the figures of SQLite and PostgreSQL."""
    alone = _submits_without_database(stage)
    yield note("submit without database", alone, "/s")
    yield from _with_database("SQLite", stage, stage.sqlite_url(), alone, 200)
    try:
        url = stage.postgres_url()
    except Unavailable as reason:
        yield Figure("PostgreSQL", f"not measured: {reason}")
        return
    yield from _with_database("PostgreSQL", stage, url, alone, 60)


def _submits_without_database(stage: Stage) -> float:
    wave = stage.open_wave(stage.sqlite_url())
    with server("respond_without_database", settings_of(wave), stage.folder) as running:
        return _rate(sent_by_phones(stage, running, wave, pages=False))


def _with_database(
    name: str, stage: Stage, url: str, alone: float, limit: float
) -> Iterator[Figure]:
    wave = stage.open_wave(url)
    with server("respond", settings_of(wave), stage.folder) as running:
        submits = sent_by_phones(stage, running, wave, pages=False)
        journeys = sent_by_phones(stage, running, wave)
        locked = running.complaints(LOCKED)
    acknowledged = submits.statuses["200"] + journeys.statuses["200"]
    failed = submits.statuses.total() + journeys.statuses.total() - acknowledged
    waited = [1000 * seconds for seconds in journeys.submissions]
    yield note(f"{name}: submits", _rate(submits), "/s")
    yield at_least(f"{name}: submit ÷ without database", _rate(submits) / alone, 0.25, "")
    yield note(f"{name}: whole journeys", _rate(journeys), "/s")
    yield note(f"{name}: submit, p50 at {PHONES} phones", percentile(waited, 50), "ms")
    yield at_most(f"{name}: submit, p99 at {PHONES} phones", percentile(waited, 99), limit, "ms")
    yield at_most(f"{name}: failed or “{LOCKED}”", failed + locked, 0, "")
    difference = abs(wave.rows() - acknowledged)
    yield at_most(
        f"{name}: acknowledged {acknowledged:,}, not stored or not sent", difference, 0, ""
    )


def settings_of(wave: OpenWave) -> dict[str, str]:
    """Return the settings of a server that serves this wave to phones only."""
    return {"SURVEY_DATABASE_URL": wave.url, "SURVEY_PARTS": "respond"}


def sent_by_phones(
    stage: Stage,
    running: Server,
    wave: OpenWave,
    *,
    pages: bool = True,
    journeys: int = MOST_JOURNEYS,
    within: float | None = None,
) -> Seen:
    """Let phones answer a wave, from a process of their own, and return what they saw."""
    task = Task(
        port=running.port,
        path=wave.path,
        forms=f"{stage.forms}",
        phones=PHONES,
        journeys=journeys,
        seconds=SECONDS,
        pages=pages,
        within=within,
    )
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.phones", json.dumps(asdict(task))],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
        timeout=300,
    ).stdout
    seen = Seen(**json.loads(told))
    seen.statuses = type(Seen().statuses)(seen.statuses)
    return seen


def _rate(seen: Seen) -> float:
    return seen.statuses["200"] / seen.elapsed
