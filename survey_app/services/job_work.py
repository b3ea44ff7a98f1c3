"""Doing jobs: what a worker does with an order.

A job is drawn part by part, a wave's posters or a measure's sheet at a time, each into a file of
its own; then the files are bound or packed, and removed. Between two parts the worker looks whether
it is still wanted. Whoever takes over after a worker was killed finds the parts that are drawn and
goes on behind them: a part appears under its name only when it is whole.

One worker at a time owns the folder (a lock that the kernel opens when its process ends, however it
ends). So whatever runs when a worker begins was left behind by another one, and is begun again.
A second worker waits for its turn.

Documents are drawn in the child processes of a pool (rendering/pdf.py). What a worker holds in
memory is one part for each of them.
"""

import fcntl
import logging
import re
import shutil
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from survey_app.domain.directory import HelpCard
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.job import MOST_ATTEMPTS, SECONDS_KEPT, Bundle, Job, Reason, State, What
from survey_app.domain.messages import Words
from survey_app.domain.questionnaire import Audience
from survey_app.domain.text import FALLBACK
from survey_app.rendering.binding import BindingFailed, bind, pack
from survey_app.rendering.pdf import Document, PdfPool, RenderingFailed
from survey_app.rendering.sheet import sheet_document
from survey_app.services import branding, evaluating, fielding, printing
from survey_app.services.job_queue import JobQueue
from survey_app.services.jobs import RESULT, folder_of
from survey_app.storage import jobs, measures, waves
from survey_app.storage.database import Database

log = logging.getLogger(__name__)

LOCK: Final = "worker.lock"
UNFIT_FOR_NAMES: Final = re.compile(r'[\x00-\x1f\x7f"*/:<>?\\|.]+')
LONGEST_NAME: Final = 80


class NoLongerWanted(Exception):
    """Raised between two parts when a job was cancelled or removed."""


class PartFailed(Exception):
    """Raised with the name of the part that could not be drawn."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


@dataclass(frozen=True)
class Press:
    """Everything that is needed to draw: as the server has it, so that nothing looks different.

    `words` gives a language by its code, in its polite form if asked for; `now` are seconds since
    1970.
    """

    database: Database
    pool: PdfPool
    folder: Path
    public_url: str
    policy: DisclosurePolicy
    recount_days: int
    words: Callable[[str, bool], Words]
    help_card: Callable[[str], HelpCard]
    today: Callable[[], date]
    now: Callable[[], float]


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the one worker of this folder; whoever comes second waits."""
    with (folder / LOCK).open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def take_over(press: Press, queue: JobQueue) -> int:
    """Put everything that is not finished into the queue, and nothing else; return how much."""
    queue.empty()
    with press.database.read() as connection:
        left = jobs.unfinished(connection)
    for job in left:
        queue.put(job.network, job.id)
    return len(left)


def do_job(press: Press, network: int, number: int) -> None:
    """Draw a job from where it stands to its end; whatever goes wrong is written into it."""
    job = _begun(press, network, number)
    if job is None:
        return
    if job.attempts > MOST_ATTEMPTS:
        _end(press, job, State.FAILED, Reason.ENDED_WORKERS, _name_at(press, job))
        return
    try:
        _draw(press, job)
    except NoLongerWanted:
        shutil.rmtree(folder_of(press.folder, job), ignore_errors=True)
    except PartFailed as failed:
        _end(press, job, State.FAILED, Reason.NOT_DRAWN, failed.place)
    except BindingFailed:
        _end(press, job, State.FAILED, Reason.NOT_BOUND, "")
    except Exception as error:  # noqa: BLE001 - the job must hear of it, and the next one be done
        _end(press, job, State.FAILED, Reason.UNFORESEEN, _name_at(press, job))
        where = "".join(traceback.format_tb(error.__traceback__))
        log.error("A job failed: %s\n%s", type(error).__qualname__, where)  # not with what


def _begun(press: Press, network: int, number: int) -> Job | None:
    """Note that a job is being done, and return it; None if nobody wants it any more."""
    with press.database.write() as connection:
        job = jobs.get(connection, network, number)
        if job is None or job.state.is_over:
            return None
        more = {"state": State.RUNNING, "attempts": job.attempts + 1}
        jobs.change(connection, network, number, within=jobs.UNFINISHED, **more)
        return jobs.get(connection, network, number)


def _draw(press: Press, job: Job) -> None:
    place = folder_of(press.folder, job)
    place.mkdir(mode=0o700, exist_ok=True)
    with ThreadPoolExecutor(press.pool.workers, "job") as threads:
        try:
            drawn = threads.map(lambda at: _draw_part(press, job, at), range(job.total))
            for done, _ in enumerate(drawn, start=1):
                _note(press, job, done)
        finally:
            threads.shutdown(cancel_futures=True)
    parts = sorted(place.glob("[0-9]*.pdf"))
    if not parts:
        _end(press, job, State.FAILED, Reason.NOTHING_LEFT, "")
        return
    _put_together(job, place, parts)
    _end(press, job, State.DONE)
    for part in parts:
        part.unlink()


def _draw_part(press: Press, job: Job, at: int) -> None:
    """Draw one part into its file, unless that was done before or it is not there any more."""
    place, start = folder_of(press.folder, job), f"{at + 1:04}"
    if any(place.glob(f"{start} *.pdf")):
        return
    part = _part(press, job, job.order.ids[at])
    if part is None:
        return
    name, document = part
    try:
        pdf = press.pool.render(document)
    except RenderingFailed as error:
        raise PartFailed(name) from error
    half = place / f"{start}.half"
    half.write_bytes(pdf)
    half.replace(place / f"{start} {file_name(name)}.pdf")


def _put_together(job: Job, place: Path, parts: Sequence[Path]) -> None:
    half = place / f"{RESULT}.half"
    if job.order.bundle is Bundle.PDF:
        bind(parts, half)
    else:
        pack({part.name: part for part in parts}, half)
    half.replace(place / f"{RESULT}.{job.order.bundle}")


def _part(press: Press, job: Job, number: int) -> tuple[str, Document] | None:
    if job.order.what is What.POSTERS:
        return _posters(press, job, number)
    return _sheet(press, job, number)


def _sheet(press: Press, job: Job, number: int) -> tuple[str, Document] | None:
    """Return the sheet of a measure, which passed the same disclosure as a single one."""
    sheet = evaluating.sheet_of(
        press.database.of(job.network),
        job.network,
        number,
        policy=press.policy,
        as_of=press.today(),
        recount_days=press.recount_days,
    )
    if sheet is None or not sheet.results:
        return None
    return sheet.measure.title, sheet_document(sheet, press.words("de", True))


def _posters(press: Press, job: Job, number: int) -> tuple[str, Document] | None:
    """Return the posters of a wave, a page for each way in, in the look of the network."""
    database = press.database.of(job.network)
    with database.read() as connection:
        wave = waves.get(connection, job.network, number)
    fielded = fielding.fielded_measure(
        database, job.network, wave.measure if wave else 0, press.today()
    )
    if wave is None or fielded is None:
        return None
    collectors = next(each.collectors for each in fielded.waves if each.wave.id == number)
    kind = printing.formats()[job.order.form]
    is_polite = wave.audience is Audience.PROFESSIONALS
    look = branding.branding_of(database, job.network)
    spoken = job.order.language if job.order.language in wave.questionnaire.languages else FALLBACK
    what = [
        printing.invitation_of(
            fielded.measure,
            wave,
            collector,
            press.words(spoken, is_polite),
            branding=look,
            public_url=press.public_url,
            policy=press.policy,
            help_card=press.help_card(fielded.measure.network.name),
        )
        for collector in collectors
    ]
    words = press.words(spoken, is_polite or kind.for_grown_ups)
    return fielded.measure.title, kind.document(what, words)


def _note(press: Press, job: Job, done: int) -> None:
    """Write down how far it is, and stop if it is not wanted any more."""
    with press.database.write() as connection:
        wanted = jobs.change(connection, job.network, job.id, within=(State.RUNNING,), done=done)
    if not wanted:
        raise NoLongerWanted


def _end(
    press: Press, job: Job, state: State, reason: Reason = Reason.NONE, place: str = ""
) -> None:
    with press.database.write() as connection:
        jobs.change(
            connection,
            job.network,
            job.id,
            within=(State.RUNNING,),
            state=state,
            reason=reason,
            place=place,
            until=int(press.now()) + SECONDS_KEPT,
        )


def _name_at(press: Press, job: Job) -> str:
    """Return the title of the measure at which a job stands."""
    number = job.order.ids[min(job.done, job.total - 1)]
    with press.database.read() as connection:
        if job.order.what is What.POSTERS:
            wave = waves.get(connection, job.network, number)
            number = wave.measure if wave else 0
        measure = measures.get(connection, job.network, number)
    return measure.title if measure else ""


def file_name(title: str) -> str:
    """Return a title as people recognise it in a folder, without what folders cannot have."""
    return " ".join(UNFIT_FOR_NAMES.sub(" ", title).split())[:LONGEST_NAME].strip() or "-"
