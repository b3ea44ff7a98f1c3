"""A file between two pages of the browser.

What somebody uploads has to wait until they have corrected the assignment and read the result of
the dry run. It waits as a copy in a folder that only this program's user may open, under a random
name that nobody is told but the browser of whoever uploaded it, and never in the database, whose
backups live longer. Personal columns are not even copied: of each filled cell a sign remains.

The copy belongs to an account, a network and a measure: to everybody else it does not exist. It is
removed when the answers are taken in or the import is given up, and after an hour by housekeeping.
Several machines that serve the same pages need a common folder (TMPDIR), or whoever uploads is told
that the file is gone.
"""

import json
import os
import re
import secrets
import stat
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import IO, Any, Final

from survey_app.domain.questionnaire import Questionnaire
from survey_app.services.importing.assignment import Assignment, assignment_from
from survey_app.services.importing.checking import fitted
from survey_app.services.importing.guessing import Doubtful, Index
from survey_app.services.importing.incoming import Incoming, incoming
from survey_app.services.importing.personal import Personal
from survey_app.services.importing.storing import Occasion
from survey_app.services.importing.surveying import Survey, surveyed
from survey_app.tables import Copy, Limits, reopened, written
from survey_app.tables.base import Row

SECONDS_KEPT: Final = 60 * 60
FOR_BROWSERS: Final = Limits(size=10_000_000, unpacked=150_000_000, rows=20_000, columns=500)
"""Larger files are for the command line: while a file is read, a server's thread is busy."""
TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{32}")
SIGN: Final = "•"
MOST_BYTES_AT_ONCE: Final = 2**18


@dataclass(frozen=True)
class Kept:
    """What is known of a kept file. `account` is whose it is.

    `doubtful` is what of the assignment was only guessed, `told` the personal columns by position.
    """

    token: str
    account: int
    occasion: Occasion
    assignment: Assignment
    said: str
    sheets: int
    doubtful: Doubtful
    told: Mapping[int, Personal]


def keep(
    stream: IO[bytes],
    questionnaire: Questionnaire,
    occasion: Occasion,
    *,
    account: int,
    sheet: str = "",
    refusals: Sequence[str] = (),
    assignment: Assignment | None = None,
) -> Kept:
    """Look at an uploaded file and keep what is needed of it; raises UnreadableTable.

    `assignment` is a saved one; without it one is guessed.
    """
    token = secrets.token_urlsafe(24)
    raw = _path(token, "raw")
    try:
        with _private(raw) as file:
            while piece := stream.read(MOST_BYTES_AT_ONCE):
                file.write(piece)
        header = assignment.header if assignment else None
        with incoming(
            raw,
            questionnaire,
            sheet=sheet,
            header=header,
            limits=FOR_BROWSERS,
            refusals=refusals,
        ) as found:
            kept = _kept(token, found, occasion, account, assignment)
            _write_copy(kept, found)
    finally:
        raw.unlink(missing_ok=True)
    _note(kept)
    return kept


def find(token: str, *, account: int, network: int, measure: int) -> Kept | None:
    """Return a kept file of this account, network and measure, as long as it is there."""
    if not TOKEN.fullmatch(token):
        return None
    try:
        kept = _noted(token, json.loads(_path(token, "json").read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    if _is_old(_path(token, "csv"), time.time()):
        discard(token)
        return None
    theirs = (kept.account, kept.occasion.network, kept.occasion.measure)
    return kept if theirs == (account, network, measure) else None


def assign(kept: Kept, assignment: Assignment, doubtful: Doubtful = frozenset()) -> Kept:
    """Keep another assignment."""
    changed = replace(kept, assignment=assignment, doubtful=doubtful)
    _note(changed)
    return changed


@contextmanager
def looked_at(
    kept: Kept, questionnaire: Questionnaire, header: tuple[int, int] | None = None
) -> Iterator[tuple[Copy, Survey]]:
    """Yield the rows of a kept file and a first look at them."""
    index = Index(questionnaire)
    with reopened(_path(kept.token, "csv")) as copy:
        wanted = header or kept.assignment.header
        yield copy, surveyed(copy, index.names, header=wanted, told=kept.told)


def discard(token: str) -> None:
    """Remove a kept file; one that is gone already is fine."""
    for kind in ("csv", "json", "raw"):
        _path(token, kind).unlink(missing_ok=True)


def forget_kept(now: float) -> int:
    """Remove what is older than an hour and return how many files that were."""
    old = [path for path in folder().iterdir() if _is_old(path, now)]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _is_old(path: Path, now: float) -> bool:
    try:
        return now - path.stat().st_mtime > SECONDS_KEPT
    except FileNotFoundError:
        return True


def folder() -> Path:
    """Return the folder, made if it is not there; raises PermissionError if it is not ours alone.

    The folder for temporary files belongs to everybody: another user could have put a folder, or a
    link to one, in its place.
    """
    path = Path(tempfile.gettempdir(), f"mitreden-import-{os.getuid()}")
    path.mkdir(mode=0o700, exist_ok=True)
    found = path.lstat()
    is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    if not is_ours or found.st_mode & 0o077:
        raise PermissionError(f"{path} is not a folder of this user alone")
    return path


def _kept(
    token: str,
    found: Incoming,
    occasion: Occasion,
    account: int,
    assignment: Assignment | None,
) -> Kept:
    told = {each.position: each.personal for each in found.survey.columns if each.personal}
    return Kept(
        token=token,
        account=account,
        occasion=occasion,
        assignment=fitted(assignment, found.survey) if assignment else found.guess.assignment,
        said=str(found.said),
        sheets=len(found.sheets),
        doubtful=frozenset() if assignment else found.guess.doubtful,
        told=told,
    )


def _write_copy(kept: Kept, found: Incoming) -> None:
    with _private(_path(kept.token, "csv")) as file:
        written(file, _without(found.copy, kept.told, below=found.survey.header[1]))


def _without(rows: Iterable[Row], told: Mapping[int, Personal], *, below: int) -> Iterator[Row]:
    """Yield rows with a sign in place of what personal columns hold below their headers."""
    for number, row in enumerate(rows, start=1):
        if number <= below:
            yield row
        else:
            yield tuple(SIGN if text and at in told else text for at, text in enumerate(row))


@contextmanager
def _private(path: Path) -> Iterator[IO[bytes]]:
    """Open a new file that nobody else may read."""
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file


def _path(token: str, kind: str) -> Path:
    return folder() / f"{token}.{kind}"


def _note(kept: Kept) -> None:
    """Write down what is known, in one step: a second tab reads the old or the new."""
    content = {
        "account": kept.account,
        "occasion": asdict(kept.occasion),
        "assignment": kept.assignment.as_text(),
        "said": kept.said,
        "sheets": kept.sheets,
        "doubtful": sorted(kept.doubtful),
        "told": {str(at): kind.value for at, kind in kept.told.items()},
    }
    fresh = _path(f"{kept.token}.{secrets.token_hex(4)}", "json")
    with _private(fresh) as file:
        file.write(json.dumps(content, default=str).encode())
    fresh.replace(_path(kept.token, "json"))


def _noted(token: str, content: dict[str, Any]) -> Kept:
    occasion = content["occasion"]
    days = {name: date.fromisoformat(occasion[name]) for name in ("opens_on", "closes_on")}
    return Kept(
        token=token,
        account=content["account"],
        occasion=Occasion(**occasion | days),
        assignment=assignment_from(content["assignment"]),
        said=content["said"],
        sheets=content["sheets"],
        doubtful=frozenset((letter, text) for letter, text in content["doubtful"]),
        told={int(at): Personal(kind) for at, kind in content["told"].items()},
    )
