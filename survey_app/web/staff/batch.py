"""Printing many at once: posters of all waves that are asked, sheets of all that is evaluated.

    /stapel           choose, and the jobs of whoever is logged in
    /stapel/7         how far a job is; looks again by itself
    /stapel/7/datei   its file, for its owner, as long as rights and reach allow it today

A worker draws (services/job_work.py): no thread of this server waits for paper.
"""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from flask import Blueprint, Response, abort, redirect, request, url_for

from survey_app.domain.job import MOST_PARTS, Bundle, Job, Order, What
from survey_app.domain.rights import may
from survey_app.domain.text import FALLBACK
from survey_app.services import finding, jobs, printing
from survey_app.services.job_queue import JobQueue
from survey_app.web.staff.batch_pages import BatchPage, JobPage, JobView
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.selecting import arguments_of, is_wordy, selection_from
from survey_app.web.staff.views import ID, Staff

JOB: Final = f"/stapel/<{ID}:job>"
WHAT: Final = {"poster": What.POSTERS, "bogen": What.SHEETS}
KINDS: Final = {Bundle.PDF: "application/pdf", Bundle.ZIP: "application/zip"}
EVERYTHING: Final = "alle"
HOUR: Final = 3600
PIECE: Final = 2**18


class Batch:
    """The views."""

    def __init__(self, desk: Desk, staff: Staff) -> None:
        self._desk = desk
        self._house = desk.house
        self._staff = staff

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes to the blueprint of staff."""
        blueprint.add_url_rule("/stapel", "batch", self.batch, methods=["GET", "POST"])
        blueprint.add_url_rule(JOB, "job", self.job)
        blueprint.add_url_rule(f"{JOB}/datei", "job_file", self.file)
        blueprint.add_url_rule(f"{JOB}/abbrechen", "job_cancel", self.cancel, methods=["POST"])
        blueprint.add_url_rule(f"{JOB}/noch-einmal", "job_again", self.again, methods=["POST"])

    def batch(self) -> Any:
        """Show what can be printed at once, and take an order."""
        selection, what = selection_from(request.args), self._what()
        if is_wordy(request.args):
            named = arguments_of(selection) | {"was": request.args.get("was", "")}
            return redirect(url_for("staff.batch", **named), 303)  # type: ignore[arg-type]
        lines = jobs.printables(self._desk.database, self._desk.actor, what, selection, self._today)
        if request.method == "POST":
            chosen = _chosen([line.id for line in lines])
            if chosen:
                return redirect(url_for("staff.job", job=self._order(what, chosen)), 303)
        page = self._staff.drawn(
            "staff/batch.html",
            BatchPage,
            what=what,
            allowed=self._allowed,
            selection=selection,
            lines=lines,
            municipalities=finding.towns(self._desk.database, self._desk.actor),
            formats=printing.formats(),
            languages=self._house.languages.offered,
            jobs=tuple(map(self._view, self._own_jobs())),
            nothing_chosen=request.method == "POST",
        )
        return page, 422 if request.method == "POST" else 200

    def job(self, job: int) -> Any:
        """Show how far a job is."""
        return self._staff.drawn("staff/job.html", JobPage, view=self._view(self._job(job)))

    def cancel(self, job: int) -> Any:
        """Stop a job."""
        jobs.cancel(self._desk.database, self._job(job), now=self._now)
        return redirect(url_for("staff.job", job=job), 303)

    def again(self, job: int) -> Any:
        """Go on with a job that failed or was stopped."""
        jobs.try_again(self._desk.database, self._queue, self._job(job), now=self._now)
        return redirect(url_for("staff.job", job=job), 303)

    def file(self, job: int) -> Response:
        """Send the file of a job that is done."""
        found = self._job(job)
        if not jobs.may_fetch(self._desk.database, self._desk.actor, found):
            abort(404)
        path = jobs.result_of(self._house.settings.jobs_folder.resolve(), found) or abort(404)
        label = self._desk.words.gettext(found.order.what.label)
        answer = Response(_pieces(path), content_type=KINDS[found.order.bundle])
        answer.content_length = path.stat().st_size
        name = f"{label} {self._today}.{found.order.bundle}"
        answer.headers.set("Content-Disposition", "attachment", filename=name)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @property
    def _today(self) -> Any:
        return self._house.clock.today()

    @property
    def _now(self) -> float:
        return self._house.clock.moment()

    @cached_property
    def _queue(self) -> JobQueue:
        """Return the queue, opened with the first order."""
        folder = jobs.private_folder(self._house.settings.jobs_folder)
        return JobQueue(self._house.database.url, folder)

    @property
    def _allowed(self) -> tuple[What, ...]:
        return tuple(what for what in What if may(self._desk.actor, what.right))

    def _what(self) -> What:
        """Return what is asked for, or the first that whoever asks may print."""
        allowed = self._allowed or abort(403)
        what = WHAT.get(request.args.get("was", ""))
        if what is None:
            return allowed[0]
        return what if what in allowed else abort(403)

    def _order(self, what: What, ids: tuple[int, ...]) -> int:
        offered = [language.code for language in self._house.languages.offered]
        order = Order(
            what=what,
            bundle=Bundle(_one_of(request.form.get("als"), list(Bundle))),
            ids=ids,
            form=_one_of(request.form.get("format"), list(printing.formats())),
            language=_one_of(request.form.get("sprache"), [FALLBACK, *offered]),
        )
        return jobs.order_job(
            self._desk.database,
            self._queue,
            self._desk.actor,
            self._desk.account.id,
            order,
            now=self._now,
            today=self._today,
            name=self._desk.account.email,
        )

    def _job(self, job: int) -> Job:
        """Return a job of whoever asks, or answer 404."""
        account = self._desk.account
        return jobs.job_of(self._desk.database, self._desk.network, account.id, job) or abort(404)

    def _own_jobs(self) -> tuple[Job, ...]:
        return jobs.jobs_of(self._desk.database, self._desk.network, self._desk.account.id)

    def _view(self, job: Job) -> JobView:
        return JobView(job, max(1, round((job.until - self._now) / HOUR)))


def _pieces(path: Path) -> Iterator[bytes]:
    """Yield a file piece by piece; it is open only while somebody reads it."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _chosen(offered: list[int]) -> tuple[int, ...]:
    """Return the ids that were ticked, or all that are listed; never one that is not."""
    if EVERYTHING in request.form:
        return tuple(offered[:MOST_PARTS])
    ticked = set(request.form.getlist("id"))
    return tuple(each for each in offered if str(each) in ticked)


def _one_of(wanted: str | None, known: list[Any]) -> str:
    return str(wanted if wanted in known else known[0])
