"""`survey-app serve`: the server, and the house kept in order beside it.

Granian hands a request to a Python thread before its body has arrived, so a phone in a tunnel holds
a thread until it is through. 32 threads leave room for a class of such phones. More would not be
better: with 256 of them, 200 half-sent forms harmed nobody, but when a hundred classes opened the
page within ten seconds, one in a hundred waited 3 s for it (32: 0.6 s, 4: 0.2 s). Whoever expects
malice puts a server in front that collects a request before passing it on (docs/operations.md).
How many work on the database at once is decided in web/respond/views.py.

No access log is written: who came when is nobody's business. Where Granian has no build for the
machine, `waitress-serve --threads=4 wsgi:app` serves the same, with `survey-app housekeeping` in
the system's timer.
"""

import multiprocessing
import os
import traceback
from threading import Event, Thread
from typing import Any

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.common import AbstractServer

from survey_app.cli._beside import WorkerBeside
from survey_app.cli._opening import directory_in_force, ready, settings_in_force
from survey_app.cli.db import warn_about
from survey_app.config import Part, Settings
from survey_app.services.housekeeping import keep_house
from survey_app.storage.database import Database

EVERY_SECONDS = 60
THREADS = 32


@click.command()
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Adresse, auf der gelauscht wird."
)
@click.option("--port", default=8000, show_default=True, help="Port.")
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Prozesse. Mit SQLite höchstens zwei, mit PostgreSQL einer je Prozessorkern.",
)
@click.option(
    "--worker/--no-worker",
    "beside",
    default=True,
    show_default=True,
    help="Daneben zeichnen, was als Sammeldruck bestellt wird (sonst: survey-app worker).",
)
def command(host: str, port: int, workers: int, *, beside: bool) -> None:
    """Startet Mitreden und erledigt nebenbei, was von selbst geschieht.

    Erhebungen schließen nach ihrem letzten Tag, fällige Daten werden gelöscht, Sammeldrucke werden
    gezeichnet.
    """
    settings = settings_in_force()
    directory_in_force(settings)
    with ready(settings) as database:
        warn_about(database)
        housekeeper = Housekeeper(database, settings)
        server = server_for(settings, host=host, port=port, workers=workers)
        server.on_startup(housekeeper.start)
        server.on_shutdown(housekeeper.stop)
        if beside and Part.STAFF in settings.parts:
            worker = WorkerBeside()
            server.on_startup(worker.start)
            server.on_shutdown(worker.stop)
        click.echo(f"Mitreden läuft auf http://{host}:{port} – Ende mit Strg+C.")
        server.serve()


def server_for(settings: Settings, *, host: str, port: int, workers: int) -> AbstractServer[Any]:
    """Return the server; its processes read the same settings from the environment."""
    if settings.secret_key is not None:
        os.environ["SURVEY_SECRET_KEY"] = settings.secret_key.get_secret_value()
    # A process that is forked from one with threads may inherit a lock nobody will open again.
    multiprocessing.set_start_method("spawn", force=True)
    server: AbstractServer[Any] = Granian(
        "survey_app.app:create_app",
        factory=True,
        interface=Interfaces.WSGI,
        address=host,
        port=port,
        workers=workers,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        log_access=False,
        log_level=LogLevels.error,
    )
    return server


class Housekeeper:
    """Keeps the house every minute, in a thread of the parent process."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database, self._settings = database, settings
        self._over = Event()
        self._thread = Thread(target=self._work, name="housekeeping", daemon=True)

    def start(self) -> None:
        """Begin, now."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what is being done, and end."""
        self._over.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._over.is_set():
            self._once()
            self._over.wait(EVERY_SECONDS)

    def _once(self) -> None:
        """Keep the house; a failure is reported and tried again at the next turn."""
        try:
            keep_house(
                self._database,
                self._settings.today(),
                recount_days=self._settings.recount_days,
                text_days=self._settings.text_days,
                jobs_folder=self._settings.jobs_folder,
            )
        except Exception as error:  # noqa: BLE001 - a database that restarts must not end this
            place = "".join(traceback.format_tb(error.__traceback__))
            click.echo(f"Aufräumen fehlgeschlagen: {type(error).__qualname__}\n{place}", err=True)
