"""Jobs as their owners see them: ordered, watched, cancelled, tried again, fetched.

Files lie in a folder that only this program's user may open, each job's under a random name, and
never in the database: a bundle of posters in a transaction would hold up the phones.
"""

import os
import secrets
import shutil
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from survey_app.domain.job import MOST_PARTS, SECONDS_KEPT, Job, Order, Reason, State, What
from survey_app.domain.measure import Measure
from survey_app.domain.rights import Actor, may
from survey_app.domain.selection import Selection
from survey_app.domain.wave import Phase, Wave
from survey_app.services.fielding import FieldedMeasure, with_waves
from survey_app.services.job_queue import JobQueue
from survey_app.storage import audit, finding, jobs, measures, waves
from survey_app.storage.database import Database

RESULT: Final = "result"
ASKED_NOW: Final = (Phase.PLANNED, Phase.OPEN)


@dataclass(frozen=True)
class Printable:
    """Something that can be printed in a batch: a wave of a measure, or the measure's sheet."""

    id: int
    measure: Measure
    wave: Wave | None = None


def printables(
    database: Database, actor: Actor, what: What, selection: Selection, today: date
) -> tuple[Printable, ...]:
    """Return what somebody may print of this selection, at most as much as a job may hold."""
    if not may(actor, what.right):
        return ()
    with database.read() as connection:
        found = finding.found(connection, actor, selection, today)
        fielded = with_waves(connection, actor.network, found, today)
    lines = [line for each in fielded for line in _printables_of(each, what)]
    return tuple(lines[:MOST_PARTS])


def _printables_of(fielded: FieldedMeasure, what: What) -> Iterable[Printable]:
    if what is What.POSTERS:
        for each in fielded.waves:
            if each.phase in ASKED_NOW and each.collectors:
                yield Printable(each.wave.id, fielded.measure, each.wave)
    elif any(each.phase is Phase.CLOSED for each in fielded.waves):
        yield Printable(fielded.measure.id, fielded.measure)


def order_job(
    database: Database,
    queue: JobQueue,
    actor: Actor,
    owner: int,
    order: Order,
    *,
    now: float,
    today: date,
    name: str,
) -> int:
    """Store an order and put it into the queue; return the id of the job.

    `name` is who ordered it, for the audit log. What is not within reach is not in the order:
    whoever calls this takes its ids from `printables`.
    """
    with database.write() as connection:
        job = jobs.add(
            connection,
            network=actor.network,
            owner=owner,
            files=secrets.token_hex(16),
            order=order,
            until=int(now) + 2 * SECONDS_KEPT,
        )
        audit.note(
            connection,
            network=actor.network,
            day=today,
            actor=name,
            action=f"print {order.what}",
            subject=f"job {job}",
            detail=f"{len(order.ids)} as {order.bundle}",
        )
    _enqueue(database, queue, actor.network, job)
    return job


def job_of(database: Database, network: int, owner: int, job: int) -> Job | None:
    """Return a job of its owner; to everybody else it does not exist."""
    with database.read() as connection:
        found = jobs.get(connection, network, job)
    return found if found and found.owner == owner else None


def jobs_of(database: Database, network: int, owner: int) -> tuple[Job, ...]:
    """Return somebody's jobs, the latest first."""
    with database.read() as connection:
        return tuple(jobs.of_owner(connection, network, owner))


def cancel(database: Database, job: Job, *, now: float) -> None:
    """Stop a job; a worker that is at it stops before the next part."""
    with database.write() as connection:
        jobs.change(
            connection,
            job.network,
            job.id,
            within=jobs.UNFINISHED,
            state=State.CANCELLED,
            until=int(now) + SECONDS_KEPT,
        )


def try_again(database: Database, queue: JobQueue, job: Job, *, now: float) -> None:
    """Put a failed or cancelled job into the queue again; parts that are drawn stay."""
    with database.write() as connection:
        changed = jobs.change(
            connection,
            job.network,
            job.id,
            within=(State.FAILED, State.CANCELLED),
            state=State.WAITING,
            attempts=0,
            reason=Reason.NONE,
            place="",
            until=int(now) + 2 * SECONDS_KEPT,
        )
    if changed:
        _enqueue(database, queue, job.network, job.id)


def may_fetch(database: Database, actor: Actor, job: Job) -> bool:
    """Return whether somebody may have the file now: rights and reach of today, not of then."""
    if job.state is not State.DONE or not may(actor, job.order.what.right):
        return False
    with database.read() as connection:
        wanted = job.order.ids
        if job.order.what is What.POSTERS:
            found = [waves.get(connection, job.network, each) for each in wanted]
            wanted = tuple({wave.measure for wave in found if wave})
        known = [measures.get(connection, job.network, each) for each in wanted]
    return all(may(actor, job.order.what.right, each) for each in known if each)


def result_of(folder: Path, job: Job) -> Path | None:
    """Return the file of a job that is done, as long as it is there."""
    path = folder_of(folder, job) / f"{RESULT}.{job.order.bundle}"
    return path if path.is_file() else None


def folder_of(folder: Path, job: Job) -> Path:
    """Return where the files of a job lie."""
    return folder / job.files


def private_folder(folder: Path) -> Path:
    """Return the folder of all jobs, made if it is not there; nobody else may open it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = folder.stat()
    if found.st_uid == os.getuid() and stat.S_IMODE(found.st_mode) & 0o077:
        folder.chmod(0o700)
    return folder.resolve()


def forget_jobs(database: Database, folder: Path, now: float) -> int:
    """Remove jobs whose day is over and all files that belong to none; return how many jobs."""
    with database.write() as connection:
        gone = jobs.forget(connection, int(now))
    if folder.is_dir():
        with database.read() as connection:
            kept = jobs.folders(connection)
        for path in folder.iterdir():
            if path.is_dir() and path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)
    return gone


def _enqueue(database: Database, queue: JobQueue, network: int, job: int) -> None:
    """Put a job into the queue; if that fails, the job says so instead of waiting for ever."""
    try:
        queue.put(network, job)
    except Exception:
        with database.write() as connection:
            jobs.change(
                connection,
                network,
                job,
                within=(State.WAITING,),
                state=State.FAILED,
                reason=Reason.NO_QUEUE,
            )
        raise
