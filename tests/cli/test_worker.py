"""`survey-app worker`, started as an operator starts it, and ended as a power cut ends it.

1. It draws what is ordered, also what was ordered before it began.
2. Killed in the middle, it leaves a job that the next one goes on with: what was drawn is not drawn
   again, and the file has everything.
3. A second worker waits for its turn and takes over at once.
4. Told to end, it ends; beside a server it ends with it.
5. `survey-app serve` has one beside it, unless it is told not to or has no part for staff.
"""

import fcntl
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from survey_app.domain.job import Job, State
from survey_app.services import jobs
from tests.support_field import Field, field_in, migrated
from tests.support_jobs import job_on, ordered, owner_on, queue_on, settings_for, wait_for, waves_on

PROGRAM = str(Path(sys.executable).with_name("survey-app"))
SECONDS = 60
PARTS = 20


@pytest.fixture
def field(database_url: str) -> Iterator[Field]:
    """Give a field on SQLite and on PostgreSQL."""
    with migrated(database_url) as database:
        yield field_in(database)


@contextmanager
def working(field: Field, folder: Path, *options: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a worker until the block ends."""
    settings = settings_for(field, folder)
    process = subprocess.Popen(
        [PROGRAM, "worker", *options],
        env={
            **os.environ,
            "SURVEY_DATABASE_URL": settings.database_url,
            "SURVEY_JOBS_FOLDER": str(folder),
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def is_done(job: Job) -> bool:
    return job.state is State.DONE


def test_killed_in_the_middle_the_next_one_goes_on(field: Field, tmp_path: Path) -> None:
    """Rules 1 to 4."""
    folder, queue = tmp_path / "jobs", queue_on(field, tmp_path / "jobs")
    number = ordered(field, queue, owner_on(field), [field.wave, *waves_on(field, PARTS - 1)])
    with working(field, folder) as first, working(field, folder) as second:
        # Which of the two has the lock shows when it is killed.
        wait_for(field, number, lambda job: job.done >= 3, first)
        place = jobs.folder_of(folder, job_on(field, number))
        drawn = {path.name: path.stat().st_mtime_ns for path in place.glob("*.pdf")}
        (at_work,) = [process for process in (first, second) if _children(process.pid)]
        os.kill(at_work.pid, signal.SIGKILL)
        at_work.wait(SECONDS)
        left = job_on(field, number)
        assert (left.state, left.done < left.total) == (State.RUNNING, True)
        other = second if at_work is first else first
        wait_for(field, number, lambda job: job.attempts == 2, other)
        kept = {
            name: (place / name).stat().st_mtime_ns for name in drawn if (place / name).exists()
        }
        assert kept.items() <= drawn.items()
        wait_for(field, number, is_done, other)
        other.terminate()
        assert other.wait(SECONDS) == 0
    result = jobs.result_of(folder, job_on(field, number))
    assert result is not None
    with zipfile.ZipFile(result) as files:
        assert len(files.namelist()) == PARTS
        assert files.testzip() is None
    queue.close()


def _children(parent: int) -> list[int]:
    """Return the processes that a process has started."""
    tasks = Path(f"/proc/{parent}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def test_beside_a_server_it_ends_with_it(sqlite_url: str, tmp_path: Path) -> None:
    """Rule 4: the other end of its input is closed, by whatever."""
    with migrated(sqlite_url) as database:
        field = field_in(database)
        with working(field, tmp_path / "jobs", "--beside") as process:
            queue = queue_on(field, tmp_path / "jobs")
            number = ordered(field, queue, owner_on(field), [field.wave])
            wait_for(field, number, is_done, process)
            assert process.stdin is not None
            process.stdin.close()
            process.stdin = None
            assert process.wait(SECONDS) == 0
            queue.close()


def test_a_server_has_a_worker_beside_it(sqlite_url: str, tmp_path: Path) -> None:
    """Rule 5."""
    with migrated(sqlite_url) as database:
        field = field_in(database)
        queue = queue_on(field, tmp_path / "jobs")
        number = ordered(field, queue, owner_on(field), [field.wave])
        process = subprocess.Popen(
            [PROGRAM, "serve", "--port=0"],
            env={
                **os.environ,
                "SURVEY_DATABASE_URL": sqlite_url,
                "SURVEY_JOBS_FOLDER": str(tmp_path / "jobs"),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        try:
            wait_for(field, number, is_done, process)
            process.terminate()
            assert process.wait(SECONDS) == 0
            with (tmp_path / "jobs" / "worker.lock").open("wb") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # nobody has it any more
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
        queue.close()
