"""A worker beside the server: started with it, started again if it ends, ended with it."""

import subprocess
import sys
from threading import Event, Thread
from typing import Final

PROGRAM: Final = (sys.executable, "-P", "-c", "from survey_app.cli import main; main()")
SECONDS_BETWEEN: Final = 5.0
SECONDS_TO_END: Final = 10.0


class WorkerBeside:
    """Keeps one `survey-app worker` running, from a thread of the server's parent process."""

    def __init__(self) -> None:
        self._over = Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = Thread(target=self._watch, name="worker", daemon=True)

    def start(self) -> None:
        """Begin, now."""
        self._thread.start()

    def stop(self) -> None:
        """Close the worker's input, which tells it to end, and wait until it has."""
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.is_set():
            self._process = _started()
            while self._process.poll() is None and not self._over.wait(1.0):
                pass
            if not self._over.is_set():
                self._over.wait(SECONDS_BETWEEN)
        if self._process is not None:
            _ended(self._process)


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
        [*PROGRAM, "worker", "--beside"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C reaches the server, which then ends its worker
    )


def _ended(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()
    try:
        process.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
