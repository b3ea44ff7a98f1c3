"""People with phones: each opens the page, reads the submission id in it, and sends a form.

    python -m benchmarks.phones '{"port": 8000, "path": "/q/…", "forms": "forms.txt", …}'

runs in a process of its own, so that it takes no time from the server's Python, and prints what it
saw as JSON. A phone opens a connection, asks for the page, sends the form over the same connection
and closes it. `forms` has one form per line, urlencoded and without a submission id. With `pages`
false a phone invents its id and only sends. With `within` phones do not come one after the other:
all of them come at times spread over so many seconds, and each takes as long to answer.
"""

import asyncio
import json
import random
import re
import secrets
import sys
import time
from collections import Counter
from collections.abc import Awaitable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SUBMISSION = re.compile(rb'name="submission"[^>]*value="([A-Za-z0-9_-]{22})"')
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
PATIENCE = 30.0


@dataclass(frozen=True)
class Task:
    """What the phones shall do."""

    port: int
    path: str
    forms: str
    phones: int
    journeys: int
    seconds: float
    pages: bool = True
    within: float | None = None


@dataclass
class Seen:
    """What the phones saw: seconds per page and per submission, and the answers by status."""

    pages: list[float] = field(default_factory=list)
    submissions: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    elapsed: float = 0.0

    def note(self, status: str) -> None:
        """Count one answer, or one failure by its name."""
        self.statuses[status] += 1


async def run(task: Task) -> Seen:
    """Let the phones come, and return what they saw."""
    seen, forms = Seen(), Path(task.forms).read_bytes().splitlines()
    started = time.perf_counter()
    if task.within is None:
        left = iter(range(task.journeys))
        deadline = started + task.seconds
        people = [
            _one_after_the_other(task, forms, left, deadline, seen) for _ in range(task.phones)
        ]
    else:
        people = [_at_some_moment(task, forms, n, task.within, seen) for n in range(task.journeys)]
    await asyncio.gather(*people)
    seen.elapsed = time.perf_counter() - started
    return seen


async def _one_after_the_other(
    task: Task, forms: list[bytes], left: Any, deadline: float, seen: Seen
) -> None:
    for number in left:
        if time.perf_counter() > deadline:
            return
        await _noted(_journey(task, forms[number % len(forms)], 0.0, seen), seen)


async def _at_some_moment(
    task: Task, forms: list[bytes], number: int, within: float, seen: Seen
) -> None:
    chance = random.Random(number)
    await asyncio.sleep(chance.uniform(0, within))
    await _noted(_journey(task, forms[number % len(forms)], within, seen), seen)


async def _noted(journey: Awaitable[None], seen: Seen) -> None:
    try:
        await asyncio.wait_for(journey, PATIENCE + 2 * PATIENCE)
    except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
        seen.note(type(error).__name__)


async def _journey(task: Task, form: bytes, thinking: float, seen: Seen) -> None:
    phone = await _Phone.open(task.port)
    try:
        submission = secrets.token_urlsafe(16).encode()
        if task.pages:
            started = time.perf_counter()
            status, page = await phone.ask(b"GET", task.path)
            seen.pages.append(time.perf_counter() - started)
            found = SUBMISSION.search(page)
            if status != "200" or found is None:
                seen.note(f"page {status}")
                return
            submission = found[1]
        if thinking:  # the connection of a phone that is being looked at does not stay open
            await phone.close()
            await asyncio.sleep(thinking)
            phone = await _Phone.open(task.port)
        started = time.perf_counter()
        status, _ = await phone.ask(b"POST", task.path, form + b"&submission=" + submission)
        seen.submissions.append(time.perf_counter() - started)
        seen.note(status)
    finally:
        await phone.close()


class _Phone:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, port: int) -> "_Phone":
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def ask(self, method: bytes, path: str, body: bytes = b"") -> tuple[str, bytes]:
        """Send a request and return status and content of the answer."""
        lines = [
            b"%s %s HTTP/1.1" % (method, path.encode()),
            b"Host: 127.0.0.1",
            b"Accept-Language: de-DE,de;q=0.9",
            b"Content-Type: application/x-www-form-urlencoded",
            b"Content-Length: %d" % len(body),
        ]
        self._writer.write(b"\r\n".join(lines) + b"\r\n\r\n" + body)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = LENGTH.search(head)
        content = await self._reader.readexactly(int(length[1])) if length else b""
        return head.split(b" ", 2)[1].decode(), content

    async def close(self) -> None:
        self._writer.close()


if __name__ == "__main__":
    result = asyncio.run(run(Task(**json.loads(sys.argv[1]))))
    json.dump(vars(result), sys.stdout)
