"""The product's server, with one of the applications of apps.py."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from survey_app.cli.serve import THREADS

SECONDS_TO_START = 30
ANSWERED = "answered:"
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    pid: int
    log: Path

    def answered(self) -> list[str]:
        """Return the lines about requests answered so far, if the server writes them."""
        lines = self.log.read_text(errors="replace").splitlines()
        return [line for line in lines if ANSWERED in line]

    def complaints(self, words: str) -> int:
        """Return how many lines of the log contain `words`."""
        return sum(words in line for line in self.log.read_text(errors="replace").splitlines())


@contextmanager
def server(
    application: str,
    settings: Mapping[str, str],
    folder: Path,
    *,
    threads: int = THREADS,
    noting: bool = False,
) -> Iterator[Server]:
    """Run one process of granian, as `survey-app serve` does, until the block ends.

    With `noting` it writes down every request, which costs time.
    """
    port = free_port()
    log = folder / f"{application}-{port}.log"
    options = {
        "interface": "wsgi",
        "host": "127.0.0.1",
        "port": f"{port}",
        "workers": "1",
        "blocking-threads": f"{threads}",
        "backlog": "4096",
        "log-level": "warning",
    }
    arguments = [f"--{name}={value}" for name, value in options.items()] + ["--no-ws", "--factory"]
    if noting:
        arguments += ["--access-log", f"--access-log-fmt={ANSWERED} %(path)s %(status)d"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "granian", *arguments, f"benchmarks.apps:{application}"],
            cwd=ROOT,
            env=_without_settings() | dict(settings),
            stdout=output,
            stderr=output,
        )
    try:
        _wait_until_open(process, port, log)
        yield Server(port, process.pid, log)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _without_settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("SURVEY_")}


def _wait_until_open(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"The server did not start:\n{log.read_text(errors='replace')}")
