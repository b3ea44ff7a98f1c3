"""CSV in all its dialects: which sign stands between two cells, and rows from then on.

The sign is the one that cuts the first lines into rows of the same length; commas inside sentences
cut them into rows of any length. Excel's own hint (``sep=;`` in the first line) counts more.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from survey_app.domain.messages import N_, Message
from survey_app.tables.base import ENDLESS_CELL, Limits, Row, UnreadableTable, trimmed
from survey_app.tables.encodings import NotText, encoding_of

DELIMITERS: Final = ";,\t|"
SAMPLE: Final = 2**16
SAMPLE_ROWS: Final = 60
HINT: Final = "sep="

NAMES: Final = {
    ";": N_("Semikolon"),
    ",": N_("Komma"),
    "\t": N_("Tabulator"),
    "|": N_("senkrechter Strich"),
}
ENCODINGS: Final = {
    "utf-8-sig": "UTF-8",
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1254": "Windows-1254",
    "cp1256": "Windows-1256",
    "cp850": "DOS (850)",
    "mac_roman": "Mac",
}


class Delimited:
    """A text file with one row after the other."""

    sheets = ("",)

    def __init__(self, path: Path, limits: Limits) -> None:
        self._path, self._limits = path, limits
        try:
            self._encoding = encoding_of(path)
        except NotText:
            raise UnreadableTable(NO_TABLE) from None
        sample = self._sample()
        self._has_hint = sample[: len(HINT)].lower() == HINT and len(sample) > len(HINT)
        self._delimiter = sample[len(HINT)] if self._has_hint else _delimiter_of(sample)

    @property
    def said(self) -> Message:
        """Return encoding and sign."""
        sign = NAMES.get(self._delimiter, self._delimiter)
        values = {"encoding": ENCODINGS[self._encoding], "delimiter": Message(sign)}
        return Message(N_("CSV-Datei, Zeichen: %(encoding)s, Trennzeichen: %(delimiter)s"), values)

    def rows(self, sheet: str = "") -> Iterator[Row]:  # noqa: ARG002 - a workbook has several
        """Yield the rows; raises UnreadableTable where they end before the file does."""
        with self._path.open(encoding=self._encoding, newline="") as file:
            yield from self._limits.bounded(self._read(file))

    def _read(self, file: io.TextIOBase) -> Iterator[Row]:
        if self._has_hint:
            file.readline()
            yield ()  # a row all the same: people count it
        rows, line = csv.reader(file, delimiter=self._delimiter), 1
        try:
            for row in rows:
                yield trimmed(row)
                line = rows.line_num + 1
        except csv.Error:
            raise UnreadableTable(ENDLESS_CELL, row=line) from None
        except UnicodeError:
            raise UnreadableTable(BROKEN_LETTERS, row=line) from None

    def _sample(self) -> str:
        try:
            with self._path.open(encoding=self._encoding, newline="") as file:
                return file.read(SAMPLE)
        except UnicodeError:
            raise UnreadableTable(NO_TABLE) from None


def _delimiter_of(sample: str) -> str:
    return max(DELIMITERS, key=lambda sign: _evenness(sample, sign))


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    """Return the share of rows that have the usual length, and that length."""
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    try:
        lengths = Counter(len(row) for row in islice(rows, SAMPLE_ROWS) if row)
    except csv.Error:
        return 0.0, 0
    longer = {length: count for length, count in lengths.items() if length > 1}
    if not longer:
        return 0.0, 0
    usual = max(longer, key=lambda length: (longer[length], length))
    return round(longer[usual] / lengths.total(), 1), usual


NO_TABLE = N_(
    "Das ist keine Tabelle, die sich lesen lässt. Speichern Sie sie als Excel-Datei (.xlsx) oder"
    " als CSV."
)
BROKEN_LETTERS = N_(
    "Ab Zeile %(row)s passen die Zeichen nicht mehr zusammen: Die Datei ist beschädigt oder aus"
    " mehreren zusammengesetzt. Öffnen Sie sie in Excel oder LibreOffice und speichern Sie sie als"
    " .xlsx."
)
