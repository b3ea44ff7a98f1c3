"""A copy of a table that can be read again and again.

Unpacking an .xlsx takes seconds; what follows (looking, checking, taking in) reads the rows more
than once. The copy is a file without a name: it disappears with the process, whatever happens to
that.
"""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TextIO

from survey_app.tables.base import Row


class Copy:
    """Rows in a file of our own."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows from the first one on; one reader at a time."""
        self._file.seek(0)
        return map(tuple, csv.reader(self._file))

    def write(self, rows: Iterable[Row]) -> None:
        """Put rows at the end."""
        csv.writer(self._file).writerows(rows)
        self._file.flush()


@contextmanager
def copied(rows: Iterable[Row]) -> Iterator[Copy]:
    """Yield a copy of `rows` that is gone afterwards."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as file:
        copy = Copy(file)
        copy.write(rows)
        yield copy


def written(file: IO[bytes], rows: Iterable[Row]) -> None:
    """Write a copy into a file that `reopened` reads."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    csv.writer(text).writerows(rows)
    text.detach()


@contextmanager
def reopened(path: Path) -> Iterator[Copy]:
    """Yield the copy in a file that has a name."""
    with path.open(encoding="utf-8", newline="") as file:
        yield Copy(file)
