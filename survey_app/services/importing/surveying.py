"""A first look at a file: where its headers stand, what its columns hold, which are personal.

The look reads all rows once and keeps, of each column, the few texts that occur in it, as long as
they are few: those are answers. A column of many different texts keeps none of them.

Headers are found by what they say: the row that names most questions is one of them, and rows
beside it that do so too. Above them a merged header leaves empty cells to its right, which are
filled with it; titles further up are passed over.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType
from typing import Final

from survey_app.services.importing import personal
from survey_app.services.importing.assignment import letter_of
from survey_app.services.importing.folding import LONGEST_HEADER, plain
from survey_app.services.importing.personal import Personal
from survey_app.tables import Copy
from survey_app.tables.base import Row

LOOKED_AT: Final = 20
"""Rows in which headers may stand."""
DIFFERENT: Final = 300
"""Texts that a column of answers may hold; several answers in one cell make many."""
CHARACTERS: Final = 40_000
SAMPLED: Final = 300
EVERY: Final = 50
MOST_ABOVE: Final = 2

Names = Callable[[str], bool]
"""Whether a header names a question."""


@dataclass(frozen=True, eq=False)  # each is there once
class Column:
    """What is known of one column. `values` is None where there are too many different ones.

    `values` counts the texts in it; of a personal column there is none.
    """

    position: int
    parts: tuple[str, ...]
    filled: int
    values: Mapping[str, int] | None
    personal: Personal | None

    @property
    def letter(self) -> str:
        """Return its name in a spreadsheet."""
        return letter_of(self.position)

    @property
    def header(self) -> str:
        """Return its headers, from top to bottom, each once."""
        return " – ".join(dict.fromkeys(self.parts))[:LONGEST_HEADER]


@dataclass(frozen=True)
class Survey:
    """A file at first sight. `header` are the first and the last row of headers, (0, 0) for none.

    `rows` counts what is filled below the headers, `empty` what is not.
    """

    header: tuple[int, int]
    columns: tuple[Column, ...]
    rows: int
    empty: int

    def column(self, letter: str) -> Column | None:
        """Return the column with these letters."""
        return next((each for each in self.columns if each.letter == letter), None)


def surveyed(
    copy: Copy,
    names: Names,
    *,
    header: tuple[int, int] | None = None,
    told: Mapping[int, Personal] = MappingProxyType({}),
    seen: Callable[[int], object] = lambda _: None,
) -> Survey:
    """Look at a table; `names` tells which texts are questions.

    Without `header` the headers are looked for. `told` are columns that are known to be personal,
    by position. `seen` hears how many rows were read since the last
    time.
    """
    first = list(islice(iter(copy), LOOKED_AT))
    header = found_header(first, names) if header is None else header
    parts = _headers(first[max(0, header[0] - 1) : header[1]])
    looks: list[_Look] = []
    rows = empty = 0
    for row in _counted(islice(iter(copy), header[1], None), seen):
        empty += not row
        rows += bool(row)
        looks += [_Look() for _ in range(len(row) - len(looks))]
        for look, text in zip(looks, row, strict=False):
            if text:
                look.see(text)
    width = max(len(looks), len(parts))
    looks += [_Look() for _ in range(width - len(looks))]
    parts += [()] * (width - len(parts))
    columns = (_column(at, each, looks[at], names, told.get(at)) for at, each in enumerate(parts))
    return Survey(header, tuple(columns), rows, empty)


def _counted(rows: Iterable[Row], seen: Callable[[int], object]) -> Iterator[Row]:
    number = 0
    for number, row in enumerate(rows, start=1):
        yield row
        if number % 1000 == 0:
            seen(1000)
    seen(number % 1000)


@dataclass
class _Look:
    """Collects what one column holds."""

    filled: int = 0
    characters: int = 0
    values: Counter[str] | None = field(default_factory=Counter)
    kinds: Counter[Personal | None] = field(default_factory=Counter)

    def see(self, text: str) -> None:
        self.filled += 1
        if self.filled <= SAMPLED or self.filled % EVERY == 0:
            self.kinds[personal.by_content(text)] += 1
        if self.values is None:
            return
        if text not in self.values:
            self.characters += len(text)
        self.values[text] += 1
        if len(self.values) > DIFFERENT or self.characters > CHARACTERS:
            self.values = None

    @property
    def personal(self) -> Personal | None:
        """Return what at least half of the cells tell."""
        told = Counter({kind: count for kind, count in self.kinds.items() if kind is not None})
        if not told:
            return None
        ((kind, count),) = told.most_common(1)
        return kind if 2 * count >= self.kinds.total() else None


def _column(
    position: int, parts: tuple[str, ...], look: _Look, names: Names, told: Personal | None
) -> Column:
    is_question = any(names(part) for part in parts)
    kind = told or look.personal
    if kind is Personal.TIME and is_question:
        kind = told  # Excel makes days of answers like "1-2"
    if kind is None and not is_question and parts:
        kind = personal.by_header(parts[-1])
    values = None if kind or look.values is None else dict(look.values.most_common())
    return Column(position, parts, look.filled, values, kind)


def found_header(rows: Sequence[Row], names: Names) -> tuple[int, int]:
    """Return the first and the last row of headers, counted from 1; (0, 0) if there are none."""
    named = [sum(names(plain(cell)) for cell in row if cell) for row in rows]
    told = [sum(personal.by_header(plain(cell)) is not None for cell in row) for row in rows]
    scores = [2 * questions + few for questions, few in zip(named, told, strict=True)]
    if not any(scores):
        return _widest(rows)
    last = scores.index(max(scores))
    first = last
    while last - first < MOST_ABOVE and first > 0 and _is_above(rows[first - 1]):
        first -= 1
    while last + 1 < len(rows) and 2 * named[last + 1] >= max(named[last], 4):
        last += 1
    return first + 1, last + 1


def _is_above(row: Row) -> bool:
    """Return whether a row holds headers of headers and not a title: there are several."""
    return sum(map(bool, row)) >= 2


def _widest(rows: Sequence[Row]) -> tuple[int, int]:
    """Return the first row with most cells, if they are words."""
    width = max((sum(map(bool, row)) for row in rows), default=0)
    for number, row in enumerate(rows, start=1):
        if width and sum(map(bool, row)) == width:
            words = sum(any(letter.isalpha() for letter in cell) for cell in row)
            return (number, number) if 2 * words >= width else (0, 0)
    return (0, 0)


def _headers(rows: Sequence[Row]) -> list[tuple[str, ...]]:
    """Return the header parts of each column; what is above reaches over the gap to its right."""
    width = max(map(len, rows), default=0)
    filled = []
    for at, row in enumerate(rows):
        cells = [plain(cell) for cell in row] + [""] * (width - len(row))
        filled.append(cells if at == len(rows) - 1 else _filled_right(cells))
    return [tuple(part for part in parts if part) for parts in zip(*filled, strict=True)]


def _filled_right(cells: Sequence[str]) -> list[str]:
    last, filled = "", []
    for cell in cells:
        last = cell or last
        filled.append(last)
    return filled
