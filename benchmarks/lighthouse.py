"""What Lighthouse says of the pages of a phone: performance, accessibility, best practices.

Google's auditor as its makers publish it (benchmarks/npm), with Debian's Chromium, as a phone on
slow 4G with a four times slower processor. It gives up to 100 points; every page shall have 98. How
a search engine would find it is not asked: the pages are for none. A page that misses is audited
up to three times, and the best counts: a busy machine takes points away and gives none.
"""

import json
import os
import random
import secrets
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, at_least
from benchmarks.journey import settings_of
from benchmarks.servers import ROOT, server
from benchmarks.stage import OpenWave, Stage, Unavailable
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.services import closing, collecting, fielding
from survey_app.services.sample import leanings_in, simulated_form
from survey_app.storage import waves
from survey_app.storage.database import Database
from tests.fixtures.browser import FLAGS, chromium_program

PROGRAM = ROOT / ".venv/npm/benchmarks/node_modules/lighthouse/cli/index.js"
CATEGORIES = ("performance", "accessibility", "best-practices")
LEAST = 98
AUDITS = 3
# Lighthouse splits its flags at blanks, and one of ours has some.
BROWSER = " ".join(["--headless", *(flag for flag in FLAGS if " " not in flag)])
ANSWERS = 30


def measure(stage: Stage) -> Iterator[Figure]:
    """Yield the points of every page."""
    if not PROGRAM.exists():
        raise Unavailable("no Lighthouse found: make .venv/npm/benchmarks/stamp, which asks npm")
    chromium = chromium_program()
    if chromium is None:
        raise Unavailable("no Chromium found: apt-get install chromium")
    wave = stage.open_wave(stage.sqlite_url())
    pages = {
        "start": "/",
        "questionnaire": wave.path,
        "thanks": f"{wave.path}/danke",
        "planned": _wave(stage, wave, opens=1, closes=7),
        "closed": _counted(stage, wave, ago=3),
        "results": _counted(stage, wave, ago=40),
        "privacy": f"{wave.path}/datenschutz",
        "imprint": f"{wave.path}/impressum",
        "accessibility statement": f"{wave.path}/barrierefreiheit",
    }
    with server("respond", settings_of(wave), stage.folder) as running:
        for name, path in pages.items():
            points = _best(f"http://127.0.0.1:{running.port}{path}", chromium)
            for category in CATEGORIES:
                what = f"{name}: {category.replace('-', ' ')}"
                yield at_least(what, points[category], LEAST, "")


def _best(address: str, chromium: str) -> dict[str, int]:
    """Return the most points that a page got, by category."""
    best = dict.fromkeys(CATEGORIES, 0)
    for _ in range(AUDITS):
        report = _audited(address, chromium)
        for category in CATEGORIES:
            points = round(100 * report["categories"][category]["score"])
            best[category] = max(best[category], points)
        if min(best.values()) >= LEAST:
            break
    return best


def _audited(address: str, chromium: str) -> dict[str, Any]:
    """Return Lighthouse's report about one page."""
    node = Path(sys.executable).with_name("node")
    options = (
        "--output=json",
        "--quiet",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={BROWSER}",
    )
    done = subprocess.run(
        [node, PROGRAM, address, *options],
        env=os.environ | {"CHROME_PATH": chromium},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    if done.returncode:
        raise RuntimeError(f"Lighthouse failed at {address}:\n{done.stderr}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _wave(stage: Stage, beside: OpenWave, *, opens: int, closes: int) -> str:
    """Plan another wave of the same measure, days away from today, and return its path."""
    today = datetime.now(UTC).date()
    database = Database(beside.url)
    with database.read() as connection:
        measure = waves.get(connection, beside.network, beside.wave)
    assert measure is not None
    planned = fielding.plan_wave(
        database,
        beside.network,
        measure.measure,
        stage.core,
        opens_on=today + timedelta(days=opens),
        closes_on=today + timedelta(days=closes),
        today=today + timedelta(days=min(opens, 0)),
    )
    assert planned is not None
    with database.read() as connection:
        (collector,) = waves.collectors(connection, beside.network, [planned.id])
    database.close()
    return f"/q/{collector.code}"


def _counted(stage: Stage, beside: OpenWave, *, ago: int) -> str:
    """Let people answer so many days ago, count the wave, and return its path."""
    path = _wave(stage, beside, opens=-ago, closes=-ago + 1)
    day = datetime.now(UTC).date() - timedelta(days=ago)
    database, chance = Database(beside.url), random.Random(1)
    door = collecting.find_door(database, path.removeprefix("/q/"), DisclosurePolicy())
    assert door is not None
    leanings = leanings_in(stage.core, chance)
    for _ in range(ANSWERS):
        form = simulated_form(stage.core, chance, 0.8, leanings)
        collecting.submit(database, door, secrets.token_urlsafe(16), form, day)
    closing.close_wave(
        database, beside.network, door.wave.id, today=day + timedelta(days=1), actor="benchmark"
    )
    database.close()
    return path
