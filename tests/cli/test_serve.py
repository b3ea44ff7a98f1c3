"""`survey-app serve`, started as an operator starts it.

1. It serves the questionnaire, takes answers in, and ends when it is told to.
2. Waves that are over are closed by themselves.
3. Forms that arrive slowly or never hold nobody else up.
4. It writes nothing about requests, and ends with a remedy when the database was not made.
5. It says at its start what the database server leaves open.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from sqlalchemy import text

from survey_app.cli.db import NO_WALL
from survey_app.config import Settings
from survey_app.storage import waves
from tests.support_field import Field, field_in, migrated

SECONDS = 30
PROGRAM = str(Path(sys.executable).with_name("survey-app"))
HALF = "POST {} HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\nk1=3&"


@dataclass
class Running:
    """A server in its own process, and what it said by its end."""

    process: subprocess.Popen[str]
    port: int
    said: tuple[str, str] = ("", "")

    def address(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until_open(port: int, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise AssertionError(process.communicate()[1])


@contextmanager
def serving(url: str) -> Iterator[Running]:
    """Run the server until the block ends; it must end by itself when asked."""
    port = free_port()
    process = subprocess.Popen(
        [PROGRAM, "serve", f"--port={port}"],
        env={**os.environ, "SURVEY_DATABASE_URL": url, "SURVEY_PARTS": "respond"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        wait_until_open(port, process)
        running = Running(process, port)
        yield running
        process.terminate()
        running.said = process.communicate(timeout=SECONDS)
    finally:
        with suppress(ProcessLookupError):  # it is gone, and its workers with it
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@pytest.fixture
def field(sqlite_url: str) -> Iterator[Field]:
    """Give a wave that is open on the day the server takes for today."""
    today = Settings().today()
    with migrated(sqlite_url) as database:
        yield field_in(database, opens_on=today, closes_on=today + timedelta(days=1))


def test_server_serves_takes_in_and_ends(field: Field, sqlite_url: str) -> None:
    with serving(sqlite_url) as running:
        address = running.address(f"/q/{field.door.collector.code}")
        with urlopen(address, timeout=SECONDS) as answer:
            page = answer.read().decode()
        (submission,) = re.findall(r'name="submission" value="([^"]+)"', page)
        form = urlencode({"submission": submission, "k1": "3"}).encode()
        with urlopen(address, data=form, timeout=SECONDS) as answer:
            assert "Danke!" in answer.read().decode()
    assert running.process.returncode == 0
    assert running.said == (
        f"Mitreden läuft auf http://127.0.0.1:{running.port} – Ende mit Strg+C.\n",
        "",
    )


def test_half_sent_forms_of_a_class_hold_nobody_up(field: Field, sqlite_url: str) -> None:
    path = f"/q/{field.door.collector.code}"
    with serving(sqlite_url) as running:
        slow = [socket.create_connection(("127.0.0.1", running.port)) for _ in range(30)]
        for connection in slow:
            connection.sendall(HALF.format(path).encode())
        with urlopen(running.address(path), timeout=SECONDS) as answer:
            assert answer.status == 200
        for connection in slow:
            connection.close()


def test_wave_that_is_over_is_closed_by_itself(sqlite_url: str) -> None:
    yesterday = Settings().today() - timedelta(days=1)
    with migrated(sqlite_url) as database:
        field = field_in(database, opens_on=yesterday, closes_on=yesterday)
        with serving(sqlite_url):
            deadline = time.monotonic() + SECONDS
            closed = None
            while closed is None and time.monotonic() < deadline:
                with database.read() as connection:
                    wave = waves.get(connection, field.network, field.wave)
                assert wave is not None
                closed = wave.closed_on
    assert closed == Settings().today()


@pytest.mark.postgres
def test_it_says_that_a_table_has_no_wall(postgres_database: str) -> None:
    """Rule 5."""
    with migrated(postgres_database) as database, database.write() as connection:
        connection.execute(text("DROP POLICY wall ON measure"))
        terse = f"ALTER DATABASE {database.url.database} SET log_error_verbosity = terse"
        connection.execute(text(terse))
    with serving(postgres_database) as running:
        pass
    assert running.said[1] == f"{NO_WALL.format(tables='measure')}\n"


def test_database_that_was_not_made_names_the_remedy(tmp_path: Path) -> None:
    ended = subprocess.run(
        [PROGRAM, "serve"],
        env={**os.environ, "SURVEY_DATABASE_URL": f"sqlite:///{tmp_path}/leer.db"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "survey-app db upgrade" in ended.stderr
