"""PDFs are drawn by a pool of child processes.

WeasyPrint holds Python's lock while it draws: in a web thread it lifts the phones' p95 from 12 to
311 ms, and threads make it slower instead of faster. It also runs the most code on the most
elaborate input of this program, so it gets a process that can do little: no environment (and no
passwords in it), no files but our own, limited memory and time, least urgency. See
docs/adr/008-pdf-in-child-processes.md.

    with PdfPool(workers=4) as pool:
        pdf = pool.render(poster_document(invitations))
        pdfs = pool.render_many(poster_document(part) for part in parts)
        png = pool.preview(poster_document(invitations), width=600)

A worker is a fresh Python (`subprocess`), not a fork: a web server has threads by the time the
first PDF is asked for, and a fork after threads can deadlock. `multiprocessing` would import the
server's own main module again in every child. Requests and replies are JSON, so nothing that a
hijacked worker says is executed here. Workers start when they are needed and stay warm; the most
recently used one is taken first, so quiet hours keep one worker busy and the others asleep.

The same document gives the same bytes, whichever worker drew it and whatever it drew before.
"""

import hashlib
import json
import logging
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from math import ceil
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Any, Final, Literal, Self
from weakref import WeakSet

log = logging.getLogger(__name__)

Reason = Literal[
    "busy", "closed", "crashed", "memory", "not started", "refused", "remarks", "timeout", "too big"
]

DEFAULT_WORKERS: Final = min(4, os.cpu_count() or 1)
DEFAULT_MEMORY: Final = 1024 * 2**20
LARGEST_REQUEST: Final = 16 * 2**20
LARGEST_REPLY: Final = 128 * 2**20
START_TIMEOUT: Final = 60.0
SECONDS_TO_DIE: Final = 2.0
PACKAGE_ROOT: Final = Path(__file__).parents[2]
FOLDER_PREFIX: Final = "mitreden-pdf-"
FONTCONFIG: Final = "<fontconfig><cachedir>{folder}</cachedir></fontconfig>"
KEPT_ENVIRONMENT: Final = ("PATH", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")
INSTALL_HINT: Final = (
    "WeasyPrint needs system libraries; on Debian or Ubuntu: "
    "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)


class RenderingFailed(RuntimeError):
    """A document could not be drawn; `reason` is one word for programs.

    The text is for operators and does not quote the document, except for the `remarks` of a strict
    pool: there WeasyPrint is quoted, so that the author of a template can act.
    """

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"The PDF was not drawn ({reason}): {detail}.")
        self.reason = reason


@dataclass(frozen=True)
class Picture:
    """A picture of our own making that a document shows as ``<img src="mitreden:pictures/NAME">``.

    The name tells the content, so that equal names are equal pictures.
    """

    name: str
    base64: str

    @classmethod
    def of(cls, content: bytes, suffix: str) -> Self:
        """Return a picture named by a hash of its content."""
        name = f"{hashlib.sha256(content).hexdigest()[:16]}.{suffix}"
        return cls(name, b64encode(content).decode())


@dataclass(frozen=True)
class Document:
    """HTML with a `lang` and a title, and the names of stylesheets in ``rendering/styles/``.

    `scale` enlarges everything, the paper too: √2 makes A3 of A4.
    """

    html: str
    stylesheets: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    scale: float = 1.0


class _Worker:
    """One child process and the socket to it. Used by one thread at a time.

    `usable` is false from the moment a document is handed over until an orderly reply is back.
    """

    def __init__(self, memory: int) -> None:
        self._folder = tempfile.mkdtemp(prefix=FOLDER_PREFIX)
        ours, theirs = socket.socketpair()
        with ours, theirs:
            try:
                self._process = _start(self._folder, theirs.fileno(), memory)
            except OSError as error:
                shutil.rmtree(self._folder, ignore_errors=True)
                raise RenderingFailed("not started", f"{sys.executable}: {error}") from error
            self._pipe = Connection(ours.detach())
        self._ready = False
        self._in_order = True
        _workers.add(self)

    @property
    def usable(self) -> bool:
        return self._in_order and self._process.poll() is None

    def drawn(self, request: bytes, *, timeout: float) -> bytes:
        """Return the PDF that `request` describes."""
        self._in_order = False
        self._wait_until_ready()
        try:
            self._pipe.send_bytes(request)
            if not self._pipe.poll(timeout):
                raise RenderingFailed("timeout", f"it took longer than {timeout:g} seconds")
            said, _, pdf = self._pipe.recv_bytes(LARGEST_REPLY).partition(b"\n")
        except (EOFError, OSError) as error:
            raise RenderingFailed("crashed", self._last_words()) from error
        return self._checked(json.loads(said), pdf)

    def _checked(self, said: dict[str, Any], pdf: bytes) -> bytes:
        """Return `pdf` if the worker has drawn one; decide whether to go on with this worker."""
        failure: Reason | None = said.get("failure")
        self._in_order = failure in (None, "refused", "remarks")
        if failure:
            raise RenderingFailed(failure, said["detail"])
        if said["remarks"]:
            log.warning("WeasyPrint had remarks on a PDF, from %s", ", ".join(said["remarks"]))
        return pdf

    def _wait_until_ready(self) -> None:
        if self._ready:
            return
        try:
            if not self._pipe.poll(START_TIMEOUT):
                raise EOFError
            self._pipe.recv_bytes()
        except (EOFError, OSError) as error:
            raise RenderingFailed("not started", self._last_words()) from error
        self._ready = True

    def _last_words(self) -> str:
        """Return how the process ended; before its first document also what it complained of."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(SECONDS_TO_DIE)
        ended = f"the process ended with status {self._process.poll()}"
        if self._ready:
            return ended
        lines = Path(self._folder, "stderr").read_text(errors="replace").splitlines()
        return "; ".join([ended, *lines[-1:], INSTALL_HINT])

    def close(self) -> None:
        """End the process, whatever it is doing, and remove its files."""
        self._process.kill()
        self._process.wait()
        self._pipe.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def forget(self) -> None:
        """Let go of a worker that belongs to the process we were forked from."""
        self._pipe.close()
        self._process.returncode = 0


def _start(folder: str, descriptor: int, memory: int) -> subprocess.Popen[bytes]:
    """Start a worker that has one folder to write to and one socket to talk to."""
    Path(folder, "fonts.conf").write_text(FONTCONFIG.format(folder=folder))
    module = "survey_app.rendering.pdf_worker"
    with Path(folder, "stderr").open("wb") as stderr:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
            [sys.executable, "-P", "-m", module, str(descriptor), str(memory), folder],
            pass_fds=(descriptor,),
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            start_new_session=True,  # Ctrl-C in the server lets it finish its document
        )


def _environment(folder: str) -> dict[str, str]:
    """Return the little a worker needs to know; a fixed hash seed keeps its output the same."""
    kept = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
    return kept | {
        "FONTCONFIG_FILE": str(Path(folder, "fonts.conf")),
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": str(PACKAGE_ROOT),
        "TMPDIR": folder,
    }


class PdfPool:
    """Draws documents in up to `workers` processes; any thread may call it.

    timeout:  seconds one document may take; then its process is killed and replaced
    patience: seconds to wait for a free process
    memory:   bytes of address space one process may use
    strict:   fail a document on any remark of WeasyPrint (tests); otherwise log where in
              WeasyPrint it came from, never its text
    """

    def __init__(
        self,
        workers: int = DEFAULT_WORKERS,
        timeout: float = 30.0,
        *,
        patience: float = 60.0,
        memory: int = DEFAULT_MEMORY,
        strict: bool = False,
    ) -> None:
        self.workers = workers
        self._timeout = timeout
        self._patience = patience
        self._memory = memory
        self._strict = strict
        self._closed = False
        self._slots = _empty_slots(workers)
        _pools.add(self)

    def render(self, document: Document) -> bytes:
        """Return the document as PDF, or raise RenderingFailed."""
        return self._drawn(document)

    def preview(self, document: Document, *, width: int) -> bytes:
        """Return the first page as PNG, `width` pixels wide, or raise RenderingFailed."""
        return self._drawn(document, preview=width)

    def render_many(self, documents: Iterable[Document]) -> list[bytes]:
        """Return the PDFs in the order of the documents; a failure ends the job."""
        with ThreadPoolExecutor(self.workers, "pdf") as threads:
            try:
                return list(threads.map(self.render, documents))
            finally:
                threads.shutdown(cancel_futures=True)

    def close(self) -> None:
        """End the workers, each after the document it is drawing."""
        self._closed = True
        for _ in range(self.workers):
            if worker := self._slots.get():
                worker.close()
        for _ in range(self.workers):
            self._slots.put(None)

    def forget(self) -> None:
        """Start anew in a forked process; the workers stay with the one that started them."""
        self._slots = _empty_slots(self.workers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _drawn(self, document: Document, *, preview: int | None = None) -> bytes:
        request = self._request(document, preview)
        with self._worker() as worker:
            return worker.drawn(request, timeout=self._timeout)

    def _request(self, document: Document, preview: int | None) -> bytes:
        request = {
            "document": asdict(document),
            "preview": preview,
            "strict": self._strict,
            "seconds": ceil(self._timeout),
        }
        encoded = json.dumps(request).encode()
        if len(encoded) > LARGEST_REQUEST:
            raise RenderingFailed("too big", f"it is larger than {LARGEST_REQUEST} bytes")
        return encoded

    @contextmanager
    def _worker(self) -> Iterator[_Worker]:
        """Lend a worker; one that is not usable afterwards is ended and its place is free."""
        worker = self._taken()
        try:
            worker = worker or _Worker(self._memory)
            yield worker
        finally:
            self._slots.put(_usable(worker))

    def _taken(self) -> _Worker | None:
        """Return the worker used last, or None for the right to start one."""
        try:
            worker = self._slots.get(timeout=self._patience)
        except Empty:
            raise RenderingFailed("busy", "all processes had other documents to draw") from None
        if self._closed:
            self._slots.put(worker)
            raise RenderingFailed("closed", "the pool is closed")
        return _usable(worker)


def _empty_slots(workers: int) -> LifoQueue[_Worker | None]:
    """Return as many rights to start a worker."""
    slots: LifoQueue[_Worker | None] = LifoQueue()
    for _ in range(workers):
        slots.put(None)
    return slots


def _usable(worker: _Worker | None) -> _Worker | None:
    """Return `worker` if it can draw another document, otherwise end it."""
    if worker and not worker.usable:
        worker.close()
        return None
    return worker


_workers: WeakSet[_Worker] = WeakSet()
_pools: WeakSet[PdfPool] = WeakSet()


def _forget_inherited() -> None:
    """A server may fork after a pool was used; the child must not talk to its parent's workers."""
    for worker in _workers:
        worker.forget()
    for pool in _pools:
        pool.forget()


os.register_at_fork(after_in_child=_forget_inherited)
