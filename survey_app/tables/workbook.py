"""The sheets of an .xlsx, row by row, in little memory and in one reading.

openpyxl knows which number formats are days and how Excel counts them, and is asked for that.
Reading the rows with it alone takes about three times as long, keeps the remains of each (100,000
rows of 16 cells: the process holds 148 MB, here 105 MB), and lets a single row of a hostile file
grow without end. So the rows, a small and frozen part of the format (ECMA-376, part 1, 18.3), are
read here.

Formulas are not computed: Excel stores the last value beside each, and that is taken. A formula
without one would pass for an empty cell, that is for somebody who did not answer; it is an error.
Sheets that their author hid are not offered.
"""

import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final, TypeVar

from survey_app.domain.messages import N_, NN_, Message
from survey_app.tables.archive import DAMAGED, unsealed
from survey_app.tables.base import (
    ENDLESS_CELL,
    LAST_ROW,
    MAX_CELL,
    TOO_WIDE,
    Limits,
    Row,
    UnreadableTable,
    trimmed,
)
from survey_app.tables.markup import Handler, fed
from survey_app.tables.outline import Days, Outline, Relations, Styles, Texts

DIGITS: Final = "0123456789"
LETTERS: Final = {chr(ord("A") + number): number + 1 for number in range(26)}

Part = TypeVar("Part", bound=Handler)


class Workbook:
    """An .xlsx file."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._path, self._limits = path, limits
        with closing(unsealed(path, limits)) as archive:
            outline = _heard(archive, "xl/workbook.xml", Outline())
            relations = _heard(archive, "xl/_rels/workbook.xml.rels", Relations())
            styles = _heard(archive, "xl/styles.xml", Styles())
        self._days = Days(styles.days(), outline.is_from_1904)
        self._parts = {
            name: relations.targets[relation]
            for name, relation in outline.visible.items()
            if relation in relations.targets
        }
        self.sheets = tuple(self._parts)
        if not self.sheets:
            raise UnreadableTable(NO_SHEET)

    @property
    def said(self) -> Message:
        """Return that it is a workbook, and of how many sheets."""
        return Message.counted(SHEETS, len(self.sheets), {"n": len(self.sheets)})

    def rows(self, sheet: str) -> Iterator[Row]:
        """Yield the rows of a sheet; raises UnreadableTable."""
        return self._limits.bounded(self._rows(self._parts[sheet]))

    def _rows(self, target: str) -> Iterator[Row]:
        part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        with closing(unsealed(self._path, self._limits)) as archive:
            name = _named(archive, part)
            if name is None:
                raise UnreadableTable(DAMAGED)
            texts = _heard(archive, "xl/sharedStrings.xml", Texts())
            cells = _Cells(texts, self._days, self._limits.columns)
            for _ in fed(archive, name, cells):
                yield from cells.taken()


def _named(archive: zipfile.ZipFile, part: str) -> str | None:
    """Return how the archive spells the name of a part; programs differ in capitals."""
    return next((name for name in archive.namelist() if name.lower() == part.lower()), None)


def _heard(archive: zipfile.ZipFile, part: str, handler: Part) -> Part:
    """Let a handler hear a whole part, if it is there."""
    name = _named(archive, part)
    for _ in fed(archive, name, handler) if name else ():
        pass
    return handler


class _Cells:
    """Hears a sheet, and holds the rows that are through until they are taken."""

    def __init__(self, texts: Texts, days: Days, columns: int) -> None:
        self._texts, self._days, self._columns = texts, days, columns
        self._through: list[tuple[int, Row]] = []
        self._given = self._number = 0
        self._row: list[str] = []
        self._at: dict[str, int] = {}
        self._reference = self._type = self._style = ""
        self._pieces: list[str] = []
        self._characters = self._column = 0
        self._hears = self._is_formula = False

    def taken(self) -> Iterator[Row]:
        """Yield the rows that are through, and empty ones for those that the file leaves out."""
        for number, row in self._through:
            while self._given < number - 1:
                self._given += 1
                yield ()
            self._given = number
            yield row
        self._through.clear()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Hear that a row, a cell or its content begins."""
        if tag == "c":
            self._begin_cell(attributes)
        elif tag in ("v", "t"):
            self._hears = True
        elif tag == "f":
            self._is_formula = True
        elif tag == "row":
            self._begin_row(attributes)

    def end(self, tag: str) -> None:
        """Hear that one of them is through."""
        if tag in ("v", "t"):
            self._hears = False
        elif tag == "c":
            self._end_cell()
        elif tag == "row":
            self._through.append((self._number, trimmed(self._row)))

    def text(self, text: str) -> None:
        """Hear a piece of a value."""
        if self._hears:
            self._characters += len(text)
            if self._characters > MAX_CELL:
                raise UnreadableTable(ENDLESS_CELL, row=self._number)
            self._pieces.append(text)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = int(attributes.get("r", self._number + 1))
        if not self._number < number <= LAST_ROW:
            raise UnreadableTable(DAMAGED)
        self._number, self._row, self._column = number, [], 0

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._reference = attributes.get("r", "")
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._pieces.clear()
        self._characters = 0
        self._is_formula = False
        self._column = self._position() if self._reference else self._column + 1
        if self._column > self._columns:
            raise UnreadableTable(TOO_WIDE, row=self._number, limit=self._columns)

    def _position(self) -> int:
        letters = self._reference.rstrip(DIGITS)
        if letters not in self._at:
            position = 0
            for letter in letters[:3]:
                position = 26 * position + LETTERS[letter]
            self._at[letters] = position
        return self._at[letters]

    def _end_cell(self) -> None:
        if self._is_formula and not self._pieces and self._type != "str":  # ="" is a value
            raise UnreadableTable(UNCOMPUTED, cell=self._reference or f"{self._number}")
        if self._pieces:
            self._row += [""] * (self._column - len(self._row))
            self._row[self._column - 1] = self._spelled("".join(self._pieces))

    def _spelled(self, value: str) -> str:
        match self._type:
            case "s":
                return self._texts[int(value)].replace("\r\n", "\n").replace("_x000D_", "")
            case "n":
                is_day = self._style in self._days.styles
                return self._days.spelled(value, self._style) if is_day else _number(value)
            case "b":
                return "false" if value == "0" else "true"
        return value.replace("\r\n", "\n").replace("_x000D_", "")


def _number(value: str) -> str:
    """Return a number as people write it; Excel stores 2.2999999999999998 for 2.3."""
    if value.isdigit():
        return value
    number = float(value)
    whole = number.is_integer() and abs(number) < 1e15
    return str(int(number)) if whole else format(number, ".15g")


SHEETS = NN_("Excel-Datei mit 1 Blatt", "Excel-Datei mit %(n)s Blättern")
NO_SHEET = N_("Alle Blätter dieser Datei sind ausgeblendet. Blenden Sie das mit den Antworten ein.")
UNCOMPUTED = N_(
    "In Zelle %(cell)s steht eine Formel, die noch nie berechnet wurde. Öffnen Sie die Datei in"
    " Excel oder LibreOffice und speichern Sie sie neu."
)
