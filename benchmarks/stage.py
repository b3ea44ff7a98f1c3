"""Where the benchmarks play: a folder, databases, a wave to answer. All of it is temporary."""

import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import psycopg
from sqlalchemy import func, select

from survey_app.data import data_dir
from survey_app.domain.measure import Law, NewMeasure, Setting, Topic
from survey_app.domain.questionnaire import Questionnaire
from survey_app.instruments.library import Library
from survey_app.services import fielding
from survey_app.services.sample import leanings_in, simulated_form
from survey_app.storage import migrating, places, schema, waves
from survey_app.storage.database import Database
from tests.fixtures import databases as servers

FORMS = 1000


class Unavailable(RuntimeError):
    """Raised when a part that a benchmark needs is not on this machine."""


@dataclass(frozen=True)
class OpenWave:
    """A wave that takes answers: where it is stored and the path a phone asks for."""

    url: str
    network: int
    wave: int
    path: str

    def rows(self) -> int:
        """Return how many sheets are stored."""
        database = Database(self.url)
        sheet = schema.open_sheet
        counted = select(func.count()).select_from(sheet).where(sheet.c.wave == self.wave)
        with database.read() as connection:
            number: int = connection.execute(counted).scalar_one()
        database.close()
        return number


class Stage:
    """The folder and the servers of one run; leaving it removes everything."""

    def __init__(self) -> None:
        self._exit = ExitStack()
        self.folder = Path(tempfile.mkdtemp(prefix="mitreden-bench-"))
        self._exit.callback(shutil.rmtree, self.folder, ignore_errors=True)
        self._databases = iter(range(1000))

    @cached_property
    def questionnaires(self) -> Library:
        """Return the shipped questionnaires."""
        return Library(data_dir("questionnaires"))

    @property
    def core(self) -> Questionnaire:
        """Return the questionnaire that young people answer most."""
        return self.questionnaires.get("kern-jugend")

    def sqlite_url(self) -> str:
        """Return the address of a new file."""
        return f"sqlite:///{self.folder}/bench-{next(self._databases)}.sqlite"

    def postgres_url(self) -> str:
        """Return the address of a new database on a server that writes to the disk."""
        name = f"bench_{next(self._databases)}"
        folder = self._postgres
        with psycopg.connect(
            host=f"{folder}", user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return servers.url_of(name, folder)

    @cached_property
    def _postgres(self) -> Path:
        return self._exit.enter_context(_postgres_server())

    def open_wave(self, url: str, questionnaire: Questionnaire | None = None) -> OpenWave:
        """Return a wave in a new database that is open today."""
        database, today = Database(url), datetime.now(UTC).date()
        migrating.upgrade(database, data_dir("migrations"))
        network, measure = _plan(database, today)
        wave = fielding.plan_wave(
            database,
            network,
            measure,
            questionnaire or self.core,
            opens_on=today - timedelta(days=2),
            closes_on=today + timedelta(days=2),
            today=today,
        )
        assert wave is not None
        with database.read() as connection:
            (collector,) = waves.collectors(connection, network, [wave.id])
        database.close()
        return OpenWave(url, network, wave.id, f"/q/{collector.code}")

    @cached_property
    def forms(self) -> Path:
        """Return a file with simulated forms, one per line."""
        core, chance = self.core, random.Random(1)
        leanings = leanings_in(core, chance)
        people = (simulated_form(core, chance, 0.7, leanings) for _ in range(FORMS))
        path = self.folder / "forms.txt"
        path.write_text("\n".join(urlencode(form, doseq=True) for form in people))
        return path

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._exit.close()


def _plan(database: Database, today: date) -> tuple[int, int]:
    """Store a network with one measure and return both ids."""
    with database.write() as connection:
        network = places.add_network(connection, "Benchmark", "bench@beispiel.example", sample=True)
        town = places.add_municipality(connection, network.id, "05166032", "Viersen")
        owner = places.add_organisation(connection, network.id, "Benchmark", Law.GDPR)
        site = places.add_site(connection, network.id, town.id, "Benchmark", Setting.YOUTH_CENTRE)
    measure = NewMeasure(
        title="Benchmark",
        summary="",
        topic=Topic.MEDIA_LITERACY,
        municipality=town.id,
        organisation=owner.id,
        site=site.id,
        starts_on=today,
        ends_on=today,
    )
    return network.id, fielding.plan_measure(database, network.id, measure)


@contextmanager
def _postgres_server() -> Iterator[Path]:
    """Run Debian's server with its own settings: it waits for the disk at every commit."""
    programs = servers.postgres_programs()
    if programs is None:
        raise Unavailable("no PostgreSQL server found: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="mitreden-bench-pg-"))
    try:
        servers.create_cluster(programs, folder)
        options = [f"-k{folder}", "--listen_addresses=", "--log_error_verbosity=terse"]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                servers.as_server_user(f"{programs}/postgres", f"-D{folder}/data", *options),
                cwd=folder,
                stdout=log,
                stderr=log,
            )
        try:
            servers.wait_until_ready(server, folder)
            yield folder
        finally:
            servers.stop_server(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
