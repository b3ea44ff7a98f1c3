"""What the figures come from: the machine, its software, the day."""

import json
import os
import platform
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import survey_app
from benchmarks.figures import Figure
from tests.fixtures.browser import chromium_program
from tests.fixtures.databases import postgres_programs

BUSY_BEFORE = os.getloadavg()[0]
PACKAGE = Path(__file__).parents[1] / ".venv/npm/benchmarks/node_modules/lighthouse/package.json"
LIBRARIES = ("flask", "granian", "psycopg", "pydantic", "sqlalchemy", "weasyprint")


def machine() -> Iterator[Figure]:
    """Yield lines about this machine."""
    yield Figure("date", f"{datetime.now(UTC):%d %B %Y}")
    yield Figure("Mitreden", survey_app.__version__)
    yield Figure("processor", f"{os.cpu_count()} cores, {_processor()}")
    yield Figure("memory", f"{_memory_gib():.0f} GiB")
    yield Figure("busy with other things before the run", f"{BUSY_BEFORE:.1f} cores (load average)")
    yield Figure(
        "system", f"{platform.freedesktop_os_release()['PRETTY_NAME']}, {platform.machine()}"
    )
    yield Figure("Python", platform.python_version())
    yield Figure("libraries", ", ".join(f"{name} {version(name)}" for name in LIBRARIES))
    programs = {
        "PostgreSQL": (postgres_programs() or Path("/")) / "postgres",
        "Chromium": chromium_program(),
        "wrk": shutil.which("wrk"),
    }
    for name, program in programs.items():
        yield Figure(name, _version_of(program))
    yield Figure("Lighthouse", _lighthouse())


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def _lighthouse() -> str:
    if not PACKAGE.exists():
        return "not installed"
    return f"Lighthouse {json.loads(PACKAGE.read_text())['version']}"


def _version_of(program: Path | str | None) -> str:
    """Return what a program says about its version, in one line."""
    if program is None or not Path(program).exists():
        return "not installed"
    said = subprocess.run(
        [program, "--version"], capture_output=True, text=True, check=False, timeout=30
    ).stdout
    return said.splitlines()[0].split(" built on")[0].strip() if said else "installed"
