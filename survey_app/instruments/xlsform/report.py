"""What to tell somebody whose XLSForm was carried over: cell, reason, remedy.

Notes that say the same of the same column are one note with several cells: a form of a hundred
required questions has one line about that, not a hundred.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from survey_app.instruments.places import quoted

MOST_CELLS = 12


class Kind(StrEnum):
    """What became of a cell; the value is the heading of the list."""

    LOST = "Nicht übernommen"
    CHANGED = "Geändert"
    CHECK = "Bitte prüfen"


@dataclass(frozen=True)
class Cell:
    """The address of a cell, or, without row or column, of a row, a column or a sheet."""

    sheet: str
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        """Return the address as a spreadsheet shows it: ``C12``, ``Zeile 12``, ``Spalte C``."""
        if self.row is None:
            return f"Spalte {self.column}" if self.column else ""
        return f"{self.column}{self.row}" if self.column else f"Zeile {self.row}"


@dataclass(frozen=True)
class Note:
    """One sentence about one or several cells of a column."""

    kind: Kind
    cells: tuple[Cell, ...]
    sentence: str

    def __str__(self) -> str:
        """Return places and sentence: ``survey, C12, C15: …``."""
        named = [str(cell) for cell in self.cells[:MOST_CELLS] if str(cell)]
        if len(self.cells) > MOST_CELLS:
            named.append(f"und {len(self.cells) - MOST_CELLS} weitere")
        stop = "" if self.sentence.endswith((".", "?", "!")) else "."
        return f"{', '.join([self.cells[0].sheet, *named])}: {self.sentence}{stop}"


class UnusableForm(ValueError):
    """Raised for a file that cannot become a questionnaire; says why, sentence by sentence."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


SHEETS = ("survey", "choices", "settings")


def _rank(note: Note) -> tuple[int, int, str, int, int, str]:
    """Return where a note stands: what is lost first, then sheet by sheet from top to bottom."""
    sheet, row, column = note.cells[0].sheet, note.cells[0].row, note.cells[0].column
    known = SHEETS.index(sheet) if sheet in SHEETS else len(SHEETS)
    return list(Kind).index(note.kind), known, sheet, row or 0, len(column), column


@dataclass
class Report:
    """Collects notes while a form is carried over."""

    _notes: dict[tuple[Kind, str, str, str], list[Cell]] = field(default_factory=dict)

    def lost(self, cell: Cell, sentence: str, **values: object) -> None:
        """Note that something is not carried over."""
        self._add(Kind.LOST, cell, sentence, values)

    def changed(self, cell: Cell, sentence: str, **values: object) -> None:
        """Note that something is carried over, but not as it was."""
        self._add(Kind.CHANGED, cell, sentence, values)

    def check(self, cell: Cell, sentence: str, **values: object) -> None:
        """Note an assumption."""
        self._add(Kind.CHECK, cell, sentence, values)

    def notes(self) -> tuple[Note, ...]:
        """Return everything, what is lost first."""
        notes = [
            Note(kind, tuple(dict.fromkeys(cells)), sentence)
            for (kind, _, _, sentence), cells in self._notes.items()
        ]
        return tuple(sorted(notes, key=_rank))

    def sentences(self, kind: Kind) -> Iterable[str]:
        """Return the notes of one kind as lines."""
        return [str(note) for note in self.notes() if note.kind is kind]

    def _add(self, kind: Kind, cell: Cell, sentence: str, values: dict[str, object]) -> None:
        said = sentence % {name: quoted(value) for name, value in values.items()}
        self._notes.setdefault((kind, cell.sheet, cell.column, said), []).append(cell)
