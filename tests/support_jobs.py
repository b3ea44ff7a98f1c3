"""Jobs for tests: measures to print, a press as a worker has it, and what is in a result."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from survey_app.cli.worker import press_for
from survey_app.config import Settings
from survey_app.domain.job import Bundle, Job, Order, What
from survey_app.domain.measure import NewMeasure, Topic
from survey_app.domain.rights import Actor, Role
from survey_app.rendering.pdf import PdfPool
from survey_app.services import accounts, fielding, jobs
from survey_app.services.job_queue import JobQueue
from survey_app.services.job_work import Press
from survey_app.storage import jobs as stored
from tests.support_field import ALBRECHT, TODAY, TOMORROW, WAVE, Field, questionnaire_from

NOW = 1_795_255_200.0


def settings_for(field: Field, folder: Path) -> Settings:
    """Return the settings of an installation on this database."""
    url = field.database.url.render_as_string(hide_password=False)
    return Settings(database_url=url, jobs_folder=folder, public_url="https://umfrage.example")


def press_on(field: Field, pool: PdfPool, folder: Path) -> Press:
    """Return a press that draws with `pool`."""
    return press_for(settings_for(field, folder), field.database, pool)


def queue_on(field: Field, folder: Path) -> JobQueue:
    """Return the queue of this database."""
    return JobQueue(field.database.url, jobs.private_folder(folder))


def owner_on(field: Field) -> int:
    """Open an account for Herr Albrecht and return its id."""
    account = accounts.open_account(
        field.database, email=ALBRECHT, network="Kreis Beispiel", password="ein Satz über Äpfel"
    )
    return account.id


def waves_on(field: Field, count: int) -> list[int]:
    """Plan so many measures with a wave each and return the waves."""
    choices = fielding.choices(field.database, field.network)
    planned = []
    for number in range(count):
        new = NewMeasure(
            title=f"Werkstatt {number + 1}",
            summary="Ein Nachmittag.",
            topic=Topic.MEDIA_LITERACY,
            municipality=choices.municipalities[0].id,
            organisation=choices.organisations[0].id,
            site=None,
            starts_on=TODAY,
            ends_on=TODAY,
        )
        wave = fielding.plan_wave(
            field.database,
            field.network,
            fielding.plan_measure(field.database, field.network, new),
            questionnaire_from(WAVE),
            opens_on=TODAY,
            closes_on=TOMORROW,
            today=TODAY,
        )
        assert wave is not None
        planned.append(wave.id)
    return planned


def ordered(
    field: Field,
    queue: JobQueue,
    owner: int,
    ids: list[int],
    *,
    what: What = What.POSTERS,
    bundle: Bundle = Bundle.ZIP,
) -> int:
    """Order a job and return its id."""
    return jobs.order_job(
        field.database,
        queue,
        Actor(field.network, Role.COORDINATOR),
        owner,
        Order(what=what, bundle=bundle, ids=tuple(ids)),
        now=NOW,
        today=TODAY,
        name=ALBRECHT,
    )


def job_on(field: Field, number: int) -> Job:
    """Return a job as it stands."""
    with field.database.read() as connection:
        job = stored.get(connection, field.network, number)
    assert job is not None
    return job


def wait_for(
    field: Field, number: int, until: Callable[[Job], bool], process: "subprocess.Popen[bytes]"
) -> Job:
    """Return the job when `until` holds; fail if the worker ended before."""
    while not until(job := job_on(field, number)):
        assert process.poll() is None, process.communicate()
    return job
