"""Jobs: drawn part by part, and told what went wrong.

1. Posters of waves become a ZIP with a file for each, or one PDF with all pages in their order.
2. Sheets are those of single downloads: what is withheld there is withheld here.
3. What is gone is left out; nothing left is a reason to fail.
4. A part that cannot be drawn names its measure; trying again goes on behind what is drawn.
5. Cancelled, a job stops before the next part and leaves no file; tried again, it is drawn.
6. A job that ended three workers is not tried a fourth time.
7. Whoever takes over puts everything unfinished into the queue once, and nothing else.
8. Its owner alone sees a job; the file takes rights and reach of the day it is fetched.
9. After a day jobs and files are gone, also files that belong to no job.
10. In the queue are two numbers, as JSON; a queue that fails leaves a job that says so.
"""

import json
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from survey_app.domain.job import PROBLEMS, Bundle, Reason, State, What
from survey_app.domain.messages import Words
from survey_app.domain.rights import Actor, Reach, Role
from survey_app.rendering.pdf import Document, PdfPool
from survey_app.services import closing, jobs
from survey_app.services.job_queue import FILE, JobQueue
from survey_app.services.job_work import Press, do_job, take_over
from tests.rendering.paper import open_pdf
from tests.rendering.paper import text as text_of
from tests.support_field import ALBRECHT, TODAY, Field
from tests.support_jobs import NOW, job_on, ordered, owner_on, press_on, queue_on, waves_on

DAY = 24 * 60 * 60


@pytest.fixture(scope="module")
def pool() -> Iterator[PdfPool]:
    """Give a warm pool."""
    with PdfPool(2, strict=True) as opened:
        yield opened


@pytest.fixture
def press(field: Field, pool: PdfPool, tmp_path: Path) -> Press:
    """Give a press whose clock stands still."""
    return replace(press_on(field, pool, tmp_path / "jobs"), now=lambda: NOW, today=lambda: TODAY)


@pytest.fixture
def queue(field: Field, tmp_path: Path) -> Iterator[JobQueue]:
    """Give the queue."""
    opened = queue_on(field, tmp_path / "jobs")
    yield opened
    opened.close()


def result(press: Press, field: Field, number: int) -> Path:
    path = jobs.result_of(press.folder, job_on(field, number))
    assert path is not None
    return path


def test_posters_become_a_zip_or_a_pdf(field: Field, press: Press, queue: JobQueue) -> None:
    """Rule 1."""
    owner, ids = owner_on(field), [field.wave, *waves_on(field, 2)]
    packed = ordered(field, queue, owner, ids)
    bound = ordered(field, queue, owner, ids, bundle=Bundle.PDF)
    for number in (packed, bound):
        do_job(press, field.network, number)
        job = job_on(field, number)
        assert (job.state, job.done, job.reason) == (State.DONE, 3, Reason.NONE)
        assert job.until == int(NOW) + DAY
        assert [path.name for path in result(press, field, number).parent.iterdir()] == [
            f"result.{job.order.bundle}"
        ]
    with zipfile.ZipFile(result(press, field, packed)) as files:
        assert files.namelist() == [
            "0001 Sommercamp.pdf",
            "0002 Werkstatt 1.pdf",
            "0003 Werkstatt 2.pdf",
        ]
        assert "Werkstatt 2" in text_of(files.read("0003 Werkstatt 2.pdf"))
    pdf = result(press, field, bound).read_bytes()
    with open_pdf(pdf) as opened:
        assert len(opened.pages) == 3
    said = text_of(pdf)
    assert said.index("Sommercamp") < said.index("Werkstatt 1") < said.index("Werkstatt 2")


@pytest.mark.parametrize(("answers", "shown"), [(12, True), (4, False)])
def test_sheets_pass_disclosure(
    field: Field, press: Press, queue: JobQueue, answers: int, *, shown: bool
) -> None:
    """Rule 2: four answers are withheld, twelve are not."""
    for _ in range(answers):
        field.send({"k1": ["3"]})
    closing.close_wave(field.database, field.network, field.wave, today=TODAY, actor=ALBRECHT)
    number = ordered(
        field, queue, owner_on(field), [field.measure], what=What.SHEETS, bundle=Bundle.PDF
    )
    do_job(press, field.network, number)
    said = text_of(result(press, field, number).read_bytes())
    assert ("12 von" in said or "12 Rückmeldungen" in said) == shown
    assert f"{answers} Rückmeldung" in said or not shown


def test_what_is_gone_is_left_out(field: Field, press: Press, queue: JobQueue) -> None:
    """Rule 3."""
    owner = owner_on(field)
    some = ordered(field, queue, owner, [999_998, field.wave, 999_999])
    do_job(press, field.network, some)
    with zipfile.ZipFile(result(press, field, some)) as files:
        assert files.namelist() == ["0002 Sommercamp.pdf"]
    none = ordered(field, queue, owner, [999_998, 999_999])
    do_job(press, field.network, none)
    job = job_on(field, none)
    assert (job.state, job.reason) == (State.FAILED, Reason.NOTHING_LEFT)


def test_a_failure_has_a_place_and_goes_on(field: Field, press: Press, queue: JobQueue) -> None:
    """Rule 4: a pool that is closed draws nothing."""
    number = ordered(field, queue, owner_on(field), [field.wave, *waves_on(field, 1)])
    with PdfPool(1) as closed:
        closed.close()
        do_job(replace(press, pool=closed), field.network, number)
    job = job_on(field, number)
    assert (job.state, job.reason, job.place) == (State.FAILED, Reason.NOT_DRAWN, "Sommercamp")
    assert jobs.result_of(press.folder, job) is None
    drawn = jobs.folder_of(press.folder, job) / "0001 Sommercamp.pdf"
    drawn.write_bytes(press.pool.render(_page("Schon da")))
    jobs.try_again(field.database, queue, job, now=NOW)
    do_job(press, field.network, number)
    assert job_on(field, number).state is State.DONE
    with zipfile.ZipFile(result(press, field, number)) as files:
        assert "Schon da" in text_of(files.read("0001 Sommercamp.pdf"))


def _page(said: str) -> Document:
    return Document(f'<html lang="de"><head><title>{said}</title></head><body>{said}</body></html>')


def test_cancelled_it_stops(field: Field, press: Press, queue: JobQueue) -> None:
    """Rule 5: in the middle, before the part that would be next."""
    number = ordered(field, queue, owner_on(field), [field.wave, *waves_on(field, 5)])

    calls: list[str] = []

    def cancel_meanwhile(code: str, polite: bool) -> Words:
        calls.append(code)
        if len(calls) == 3:
            jobs.cancel(field.database, job_on(field, number), now=NOW)
        return press.words(code, polite)

    do_job(replace(press, words=cancel_meanwhile), field.network, number)
    job = job_on(field, number)
    assert job.state is State.CANCELLED
    assert job.done < job.total
    assert not jobs.folder_of(press.folder, job).exists()
    jobs.try_again(field.database, queue, job, now=NOW)
    do_job(press, field.network, number)
    assert job_on(field, number).state is State.DONE


def test_what_ended_three_workers_is_given_up(field: Field, press: Press, queue: JobQueue) -> None:
    """Rule 6."""
    number = ordered(field, queue, owner_on(field), [field.wave])
    with field.database.write() as connection:
        connection.execute(text("UPDATE job SET attempts = 3, state = 'running'"))
    do_job(press, field.network, number)
    job = job_on(field, number)
    assert (job.state, job.reason, job.place) == (
        State.FAILED,
        Reason.ENDED_WORKERS,
        "Sommercamp",
    )


def test_who_takes_over_finds_what_is_unfinished(
    field: Field, press: Press, queue: JobQueue
) -> None:
    """Rule 7."""
    owner = owner_on(field)
    numbers = [ordered(field, queue, owner, [field.wave]) for _ in range(3)]
    do_job(press, field.network, numbers[0])
    assert take_over(press, queue) == 2
    assert take_over(press, queue) == 2
    waiting = [json.loads(bytes(each))[6] for each in vars(queue)["_huey"].storage.enqueued_items()]
    assert waiting == [[field.network, number] for number in numbers[1:]]


def test_a_job_is_its_owners_alone(field: Field, press: Press, queue: JobQueue) -> None:
    """Rule 8."""
    owner = owner_on(field)
    number = ordered(field, queue, owner, [field.wave])
    assert jobs.job_of(field.database, field.network, owner, number) is not None
    assert jobs.job_of(field.database, field.network, owner + 1, number) is None
    assert jobs.job_of(field.database, field.network + 1, owner, number) is None
    coordinator = Actor(field.network, Role.COORDINATOR)
    assert not jobs.may_fetch(field.database, coordinator, job_on(field, number))
    do_job(press, field.network, number)
    job = job_on(field, number)
    fetching = {
        coordinator: True,
        Actor(field.network, Role.EVALUATOR): False,
        Actor(field.network, Role.YOUTH_WORKER, Reach.ORGANISATION, 999): False,
    }
    assert {who: jobs.may_fetch(field.database, who, job) for who in fetching} == fetching


def test_after_a_day_everything_is_gone(field: Field, press: Press, queue: JobQueue) -> None:
    """Rule 9."""
    number = ordered(field, queue, owner_on(field), [field.wave])
    do_job(press, field.network, number)
    job = job_on(field, number)
    (press.folder / "verwaist").mkdir()
    assert jobs.forget_jobs(field.database, press.folder, NOW + DAY) == 0
    assert jobs.result_of(press.folder, job) is not None
    assert not (press.folder / "verwaist").exists()
    assert jobs.forget_jobs(field.database, press.folder, NOW + DAY + 1) == 1
    assert not jobs.folder_of(press.folder, job).exists()
    assert (press.folder.stat().st_mode & 0o777) == 0o700


def test_a_queue_that_fails_leaves_a_job_that_says_so(
    field: Field, queue: JobQueue, tmp_path: Path
) -> None:
    """Rule 10."""
    owner = owner_on(field)
    file = tmp_path / "jobs" / FILE
    if field.database.is_sqlite:
        file.write_bytes(b"no database" * 1000)
    else:
        with field.database.write() as connection:
            connection.execute(text("DROP TABLE huey_task"))
    with pytest.raises((sqlite3.DatabaseError, psycopg.Error), match=r"not a database|huey_task"):
        ordered(field, queue, owner, [field.wave])
    (job,) = jobs.jobs_of(field.database, field.network, owner)
    assert (job.state, job.reason) == (State.FAILED, Reason.NO_QUEUE)
    file.unlink(missing_ok=True)
    mended = queue_on(field, tmp_path / "jobs")
    jobs.try_again(field.database, mended, job, now=NOW)
    mended.close()
    assert job_on(field, job.id).state is State.WAITING


def test_every_reason_has_its_words() -> None:
    """Rule 4."""
    assert PROBLEMS.keys() == set(Reason)
