"""Reading the audit log: page by page, as a file, and whether its chain is whole."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from survey_app.domain.messages import N_, Words
from survey_app.rendering.exports.base import safe
from survey_app.services import audit_words
from survey_app.storage import audit
from survey_app.storage.audit import EVERYTHING, Break, Chain, Choice, Fault, Line
from survey_app.storage.database import Database

__all__ = ["EVERYTHING", "Break", "Chain", "Choice", "Fault", "Line"]

LINES_PER_PAGE: Final = 50
HEADS: Final = (
    N_("Zeile"),
    N_("Tag"),
    N_("Wer"),
    N_("Was"),
    N_("Woran"),
    N_("Näheres"),
    N_("Prüfsumme"),
)


@dataclass(frozen=True)
class Look:
    """What somebody asked for. `titles` are those of the measures that lines are about, by subject.

    `actors` and `actions` are all there are in this network, for choosing.
    """

    lines: tuple[Line, ...]
    titles: dict[str, tuple[int, str]]
    matching: int
    page: int
    pages: int
    actors: tuple[str, ...]
    actions: tuple[str, ...]
    chain: Chain


def look(database: Database, network: int, choice: Choice, page: int) -> Look:
    """Return one page of the log, the newest lines first, and the state of its whole chain."""
    with database.read() as connection:
        matching = audit.count(connection, network, choice)
        pages = max(1, -(-matching // LINES_PER_PAGE))
        page = min(page, pages)
        skip = (page - 1) * LINES_PER_PAGE
        lines = audit.page(connection, network, choice, skip=skip, most=LINES_PER_PAGE)
        return Look(
            lines=tuple(lines),
            titles=audit.titles(connection, network, {line.subject for line in lines}),
            matching=matching,
            page=page,
            pages=pages,
            actors=tuple(audit.actors(connection, network)),
            actions=tuple(audit.actions(connection, network)),
            chain=audit.checked(connection, network),
        )


def checked(database: Database, network: int, seen: dict[int, str] | None = None) -> Chain:
    """Walk the chain; `seen` are digests that somebody noted elsewhere, by the number of the line.

    Only they can show that the end of a chain was cut off, or all of it made anew.
    """
    with database.read() as connection:
        return audit.checked(connection, network, seen or {})


def latest(database: Database, network: int, most: int) -> list[Line]:
    """Return the newest lines, the newest first."""
    with database.read() as connection:
        return audit.page(connection, network, EVERYTHING, skip=0, most=most)


def as_file(database: Database, network: int, choice: Choice, words: Words) -> bytes:
    """Return all lines that are wanted as a table that a German Excel opens by a double click."""
    with database.read() as connection:
        lines = audit.page(connection, network, choice, skip=0, most=None)
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(words.gettext(head) for head in HEADS)
    writer.writerows(_cells(line, words) for line in lines)
    return file.getvalue().encode("utf-8-sig")


def _cells(line: Line, words: Words) -> Iterable[object]:
    details = audit_words.details_said(line.detail)
    return (
        line.number,
        line.day.isoformat(),
        safe(audit_words.actor_said(line.actor).said(words)),
        safe(audit_words.action_said(line.action).said(words)),
        safe(audit_words.subject_said(line.subject).said(words)),
        safe(", ".join(detail.said(words) for detail in details)),
        line.digest,
    )
