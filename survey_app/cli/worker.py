"""`survey-app worker`: draws the big prints that somebody ordered (docs/jobs.md).

`survey-app serve` starts one beside itself, so a small installation needs no second program. Such a
worker has the server at the other end of its standard input and ends when the server does, however
that ended.
"""

import os
import signal
import sys
import time
from threading import Thread
from typing import Final

import click

from survey_app.cli._opening import directory_in_force, ready, settings_in_force
from survey_app.config import Settings
from survey_app.languages import load_languages
from survey_app.rendering.pdf import PdfPool
from survey_app.services.job_queue import JobQueue
from survey_app.services.job_work import Press, alone, do_job, take_over
from survey_app.services.jobs import private_folder
from survey_app.storage.database import Database

PATIENCE: Final = 5.0  # seconds to finish; what is not finished is gone on with later


@click.command()
@click.option("--beside", is_flag=True, hidden=True, help="Endet mit dem Server, der ihn startet.")
@click.option(
    "--processes",
    default=2,
    show_default=True,
    type=click.IntRange(1, 16),
    help="So viele Seiten werden zugleich gezeichnet.",
)
def command(beside: bool, processes: int) -> None:
    """Zeichnet, was als Sammeldruck bestellt ist. Es arbeitet immer nur einer; ein zweiter wartet.

    „survey-app serve“ startet von selbst einen.
    """
    settings = settings_in_force()
    if beside:
        Thread(target=_end_with_the_server, daemon=True).start()
    folder = private_folder(settings.jobs_folder)
    with ready(settings) as database, alone(folder), PdfPool(processes) as pool:
        queue = JobQueue(database.url, folder)
        press = press_for(settings, database, pool)
        take_over(press, queue)
        queue.work(lambda network, job: do_job(press, network, job), patience=PATIENCE)
        queue.close()


def press_for(settings: Settings, database: Database, pool: PdfPool) -> Press:
    """Return what draws as the server of these settings would."""
    languages, directory = load_languages(), directory_in_force(settings)
    return Press(
        database=database,
        pool=pool,
        folder=private_folder(settings.jobs_folder),
        public_url=settings.public_url,
        policy=settings.policy,
        recount_days=settings.recount_days,
        words=lambda code, polite: (
            languages.polite(languages.all[code]) if polite else languages.all[code]
        ),
        help_card=directory.help_for,
        today=settings.today,
        now=time.time,
    )


def _end_with_the_server() -> None:
    """Wait until the other end of our input is closed, and end."""
    while sys.stdin.buffer.read(1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
