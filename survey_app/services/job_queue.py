"""The queue of jobs: huey, with nothing in it but two numbers (docs/adr/011).

huey stores pickles by default, and whoever can write to its database could run code in the worker.
Ours are JSON: the network and the id of a job. On SQLite the queue has a file of its own beside the
files of the jobs, so that a worker that looks for work never holds up a phone; on PostgreSQL it has
tables of its own (`huey_…`), and a worker is woken when something comes.

The queue only says that there is work. What is to be done, and how far it has come, stands in the
table of jobs: huey forgets a task the moment a worker takes it, the table does not.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from huey import Huey, PostgresHuey, SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer
from sqlalchemy import URL

NAME: Final = "mitreden"
FILE: Final = "queue.sqlite"
LONGEST_SLEEP: Final = 1.0  # seconds between two looks at an empty queue on SQLite

Deed = Callable[[int, int], object]


class PlainSerializer(Serializer):  # type: ignore[misc]  # huey has no types
    """Tasks as JSON: nothing that is read from a queue is executed."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Any:
        return Message(*json.loads(bytes(data)))


class JobQueue:
    """The queue beside a database. The server puts jobs in, a worker takes them out."""

    def __init__(self, url: URL, folder: Path) -> None:
        self._huey = _huey(url, folder)
        self._deed: Deed | None = None
        self._task = self._huey.task(name="job")(self._work)

    def put(self, network: int, job: int) -> None:
        """Say that a job waits.

        Orders are seldom and huey holds a connection per thread: it is closed again at once.
        """
        try:
            self._task(network, job)
        finally:
            self.close()

    def empty(self) -> None:
        """Forget everything that waits."""
        self._huey.storage.flush_queue()

    def work(self, deed: Deed, *, patience: float) -> None:
        """Do `deed` with every job that comes, until this process is told to end.

        It then has `patience` seconds to finish; what is not finished is found again later.
        """
        self._deed = deed
        consumer = self._huey.create_consumer(
            workers=1,
            periodic=False,
            max_delay=LONGEST_SLEEP,
            scheduler_interval=60,
            shutdown_timeout=patience,
            graceful_signal="TERM",
        )
        consumer.run()

    def close(self) -> None:
        """Close the connection."""
        self._huey.storage.close()

    def _work(self, network: int, job: int) -> None:
        if self._deed is not None:
            self._deed(network, job)


def _huey(url: URL, folder: Path) -> Huey:
    common = {"results": False, "serializer": PlainSerializer()}
    if url.get_backend_name() == "postgresql":
        dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        return PostgresHuey(NAME, dsn=dsn, **common)
    return SqliteHuey(NAME, filename=str(folder / FILE), fsync=True, **common)
