"""The first page of a questionnaire, for 32 connections at once.

Against: a bare Flask route on the same server in the same run. The two take turns, five times, and
the medians are compared. Phones ask for the page compressed, so does wrk.
"""

import re
import shutil
import statistics
import subprocess
from collections.abc import Iterator

from benchmarks.figures import Figure, at_least, note
from benchmarks.servers import Server, server
from benchmarks.stage import Stage, Unavailable

CONNECTIONS = 32
SECONDS = 3
ROUNDS = 5
PER_SECOND = re.compile(r"Requests/sec: *([0-9.]+)")
FAILED = re.compile(r"Non-2xx or 3xx responses: *(\d+)")


def measure(stage: Stage) -> Iterator[Figure]:
    """Yield requests per second of both, and their ratio."""
    wave = stage.open_wave(stage.sqlite_url())
    settings = {"SURVEY_DATABASE_URL": wave.url, "SURVEY_PARTS": "respond"}
    with (
        server("bare", {}, stage.folder) as bare,
        server("respond", settings, stage.folder) as ours,
    ):
        rates = [(_rate(bare, "/"), _rate(ours, wave.path)) for _ in range(ROUNDS)]
    hello, page = (statistics.median(column) for column in zip(*rates, strict=True))
    yield note("bare Flask route", hello, "/s")
    yield note("first page, compressed", page, "/s")
    yield at_least("first page ÷ bare route", page / hello, 0.8, "")


def _rate(running: Server, path: str) -> float:
    """Return the requests that were answered per second; a refused one is an error."""
    program = shutil.which("wrk")
    if program is None:
        raise Unavailable("wrk is not installed: apt-get install wrk")
    command = [program, "--threads", "2", "--connections", f"{CONNECTIONS}"]
    command += ["--duration", f"{SECONDS}s", "--header", "Accept-Encoding: gzip"]
    command += ["--header", "Accept-Language: de-DE,de;q=0.9"]
    told = subprocess.run(
        [*command, f"http://127.0.0.1:{running.port}{path}"],
        capture_output=True,
        text=True,
        check=True,
        timeout=SECONDS + 30,
    ).stdout
    if failed := FAILED.search(told):
        raise RuntimeError(f"{path} was refused {failed[1]} times")
    found = PER_SECOND.search(told)
    assert found is not None, told
    return float(found[1])
