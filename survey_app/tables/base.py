"""What a table is, how large it may be, and why one cannot be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from survey_app.domain.messages import N_, Message

Row = tuple[str, ...]
"""The cells of one row as texts, without the empty ones at its end."""


class UnreadableTable(ValueError):
    """Raised for a file that cannot be read; `message` says why, and what to do."""

    def __init__(self, text: str, **values: object) -> None:
        self.message = Message(text, values)
        super().__init__(str(self.message))


class Table(Protocol):
    """A file with rows."""

    @property
    def sheets(self) -> tuple[str, ...]:
        """Return the names of the sheets one can see; a text file has one without a name."""

    @property
    def said(self) -> Message:
        """Return how the file was understood, for people."""

    def rows(self, sheet: str) -> Iterator[Row]:
        """Yield the rows of a sheet from the first one on, empty ones too."""


@dataclass(frozen=True)
class Limits:
    """How large a file may be. `rows` counts those that are not empty.

    `unpacked` is what the parts of an .xlsx may add up to: its sheets shrink to a tenth.
    """

    size: int = 50_000_000
    unpacked: int = 400_000_000
    rows: int = 200_000
    columns: int = 1_000

    def refuse_size(self, size: int) -> None:
        """Raise UnreadableTable if a file is too large or has nothing in it."""
        if size == 0:
            raise UnreadableTable(EMPTY)
        if size > self.size:
            raise UnreadableTable(TOO_LARGE, limit=self.size // 1_000_000)

    def bounded(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Yield `rows`; raise UnreadableTable as soon as there are too many or too long ones."""
        filled = 0
        for number, row in enumerate(rows, start=1):
            filled += bool(row)
            if len(row) > self.columns:
                raise UnreadableTable(TOO_WIDE, row=number, limit=self.columns)
            if filled > self.rows or number > LAST_ROW:
                raise UnreadableTable(TOO_LONG, limit=self.rows)
            if row and max(map(len, row)) > MAX_CELL:
                raise UnreadableTable(ENDLESS_CELL, row=number)
            yield row


GENEROUS = Limits()

MAX_CELL = 100_000
"""Characters of one cell; Excel ends at 32,767."""
LAST_ROW = 1_048_576
"""Where Excel ends, and with it what may be empty."""


def trimmed(cells: list[str]) -> Row:
    """Return the cells without white space around them and without empty ones at the end."""
    texts = [cell.strip() for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


EMPTY = N_("Die Datei ist leer. Bitte wählen Sie die Datei mit den Antworten.")
TOO_LARGE = N_(
    "Die Datei ist größer als %(limit)s MB. Löschen Sie Bilder und Blätter, die nicht dazugehören,"
    " oder teilen Sie die Datei."
)
TOO_WIDE = N_(
    "Zeile %(row)s hat mehr als %(limit)s Spalten. Löschen Sie, was rechts von den Antworten steht."
)
TOO_LONG = N_(
    "Die Datei hat mehr als %(limit)s Zeilen. Teilen Sie sie, oder löschen Sie leere Zeilen am"
    " Ende."
)
ENDLESS_CELL = N_(
    "Eine Zelle in Zeile %(row)s nimmt kein Ende. Vielleicht fehlt ein Anführungszeichen. Öffnen"
    " Sie die Datei in Excel oder LibreOffice und speichern Sie sie als .xlsx."
)
