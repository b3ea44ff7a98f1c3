"""Starting the part for phones: time, memory, and what it does not load.

Against: 0.5 s from starting Python to a finished application, 60 MB, and none of the libraries that
log people in, draw PDFs or write files. The clock stops when the process says that its application
is there: what Python does afterwards to end an idle process is not part of a server's start.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from benchmarks.figures import Figure, at_most
from benchmarks.servers import ROOT
from benchmarks.stage import Stage

ROUNDS = 7
NOT_NEEDED = (
    *("weasyprint", "flask_security", "flask_wtf", "pyreadstat", "xlsxwriter", "ruamel"),
    "cryptography",
)
START = f"""
import json, sys
from pathlib import Path
from survey_app.app import create_app
create_app()
print("ready", flush=True)
lines = Path("/proc/self/status").read_text().splitlines()
resident = next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
loaded = [name for name in {NOT_NEEDED!r} if name in sys.modules]
print(json.dumps([resident / 1024, loaded]))
"""


def measure(stage: Stage) -> Iterator[Figure]:
    """Yield time, memory and the libraries."""
    wave = stage.open_wave(stage.sqlite_url())
    settings = {"SURVEY_DATABASE_URL": wave.url, "SURVEY_PARTS": "respond"}
    starts = [_start(os.environ | settings) for _ in range(ROUNDS)]
    yield at_most("start", statistics.median(start[0] for start in starts), 0.5, "s")
    yield at_most("memory after the start", statistics.median(s[1] for s in starts), 60, "MB")
    loaded = starts[0][2]
    verdict = ", ".join(loaded) or "none"
    yield Figure(f"loaded of {', '.join(NOT_NEEDED)}", verdict, "none", not loaded)


def _start(environment: dict[str, str]) -> tuple[float, float, list[str]]:
    """Return seconds, megabytes and the unneeded libraries of one start."""
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", START],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        said = process.stdout.readline()
        elapsed = time.perf_counter() - started
        told = process.stdout.read()
    assert said == "ready\n"
    megabytes, loaded = json.loads(told)
    return elapsed, megabytes, loaded
