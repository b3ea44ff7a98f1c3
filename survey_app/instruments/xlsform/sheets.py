"""A spreadsheet file, read carefully: its three sheets as rows of texts with addresses.

The file may come from anywhere. An .xlsx is a zip of XML: before anything is unpacked, the sizes
in its directory are added up (Python unpacks no more than is declared there), and a part that
declares entities is refused. What is left is small, so that nothing further needs guarding.

Formulas are not computed. Excel stores the last value beside each; that is taken, and said.
"""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from survey_app.instruments.xlsform.columns import Column, column
from survey_app.instruments.xlsform.report import Cell, Report, UnusableForm

MAX_BYTES = 4_000_000
MAX_UNPACKED = 8_000_000
MAX_PARTS = 500
MAX_ROWS = 3_000
MAX_COLUMNS = 200
MAX_CELLS = 1_000_000
"""Empty cells included: a row may claim 16,384 of them in thirty bytes."""
LAST_ROW = 100_000
"""Where even empty rows end: a sheet may begin at row 1,048,576."""

SHEETS = ("survey", "choices", "settings")
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
EXCEL_ERROR = re.compile(r"#(REF|NAME|VALUE|DIV/0|NULL|NUM|SPILL|CALC)[!?]|#N/A")
ENTITIES = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E", re.IGNORECASE)

# What zipfile, the XML parsers and openpyxl raise over broken files. None of them promises less.
BROKEN = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError),
    *(NotImplementedError, OSError, RuntimeError, SyntaxError, TypeError, ValueError),
    *(zipfile.BadZipFile, zlib.error),
)


@dataclass
class Row:
    """One row below the headers. Whoever asks for a cell has dealt with it."""

    sheet: str
    number: int
    cells: dict[str, str]
    columns: tuple[Column, ...]
    used: set[str] = field(default_factory=set)

    def get(self, key: str) -> str:
        """Return the text of the first column called `key`, without a language; empty if none."""
        for each in self.columns:
            if each.key == key and each.language is None and not each.is_foreign:
                self.used.add(each.letter)
                return self.cells.get(each.letter, "")
        return ""

    def texts(self, key: str) -> Iterator[tuple[Column, str]]:
        """Yield the texts of all columns called `key` whose language is known."""
        for each in self.columns:
            if each.key == key and not each.is_foreign:
                self.used.add(each.letter)
                if text := self.cells.get(each.letter, ""):
                    yield each, text

    def place(self, key: str = "") -> Cell:
        """Return the address of the cell under `key`; of the row if there is none."""
        letters = [each.letter for each in self.columns if each.key == key]
        return Cell(self.sheet, self.number, letters[0] if letters else "")

    def leftovers(self) -> Iterator[tuple[Column, Cell]]:
        """Yield the filled cells that nobody asked for."""
        for each in self.columns:
            if each.letter in self.cells and each.letter not in self.used:
                yield each, Cell(self.sheet, self.number, each.letter)


@dataclass(frozen=True)
class Sheet:
    """A sheet with its headers."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def has(self, key: str) -> bool:
        """Return whether there is a column called `key`."""
        return any(each.key == key for each in self.columns)


def read_sheets(content: bytes, report: Report) -> dict[str, Sheet]:
    """Return the sheets survey, choices and settings, as far as there are any.

    Raises UnusableForm.
    """
    _refuse_other_formats(content)
    _refuse_bombs(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of openpyxl, about drawings and the like
            return _sheets(content, report)
    except UnusableForm:
        raise
    except BROKEN:
        raise UnusableForm(DAMAGED) from None


def _refuse_other_formats(content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise UnusableForm(TOO_LARGE % (MAX_BYTES // 1_000_000))
    if content.startswith(OLD_EXCEL):
        raise UnusableForm(OLD)
    if not content.startswith(b"PK"):
        raise UnusableForm(NO_SPREADSHEET)


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED:
                raise UnusableForm(BOMB % (MAX_UNPACKED // 1_000_000))
            if any(ENTITIES.search(archive.read(part)) for part in parts):
                raise UnusableForm(DAMAGED)
    except BROKEN as error:
        if isinstance(error, UnusableForm):
            raise
        raise UnusableForm(DAMAGED) from None


def _sheets(content: bytes, report: Report) -> dict[str, Sheet]:
    values = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    formulas = load_workbook(BytesIO(content), read_only=True, keep_links=False)
    sheets: dict[str, Sheet] = {}
    for title in values.sheetnames:
        name = title.strip().lower()
        if name in SHEETS and name not in sheets:
            cells = _Cells(name, report, _formulas(formulas[title], name))
            sheets[name] = cells.sheet(values[title])
        elif any(_rows(values[title], title)):
            report.lost(Cell(title), OTHER_SHEET, title=title, known=", ".join(SHEETS))
    return sheets


def _rows(worksheet: Any, title: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a sheet as values. Raises UnusableForm before there are too many."""
    cells = 0
    if not hasattr(worksheet, "reset_dimensions"):
        return  # a sheet that is a chart
    worksheet.reset_dimensions()  # what a file says about its size may be wrong
    for number, row in enumerate(worksheet.iter_rows(values_only=True), start=1):
        cells += len(row)
        last = max((at for at, value in enumerate(row, 1) if value is not None), default=0)
        is_endless = cells > MAX_CELLS or number > LAST_ROW
        if is_endless or last > MAX_COLUMNS or (last and number > MAX_ROWS):
            raise UnusableForm(TOO_MANY % (title, MAX_ROWS, MAX_COLUMNS))
        yield row[:last]


def _formulas(worksheet: Any, title: str) -> set[tuple[int, int]]:
    """Return row and column of each cell that is computed."""
    return {
        (row, at)
        for row, cells in enumerate(_rows(worksheet, title), start=1)
        for at, value in enumerate(cells, start=1)
        if hasattr(value, "ref") or (isinstance(value, str) and re.match("=.", value))
    }


@dataclass
class _Cells:
    """Makes texts of the cells of one sheet."""

    name: str
    report: Report
    formulas: set[tuple[int, int]]

    def sheet(self, worksheet: Any) -> Sheet:
        """Return the sheet; its first row that is not empty are the headers."""
        rows = ((n, row) for n, row in enumerate(_rows(worksheet, self.name), start=1) if row)
        first, headers = next(rows, (1, ()))
        texts = self._texts(first, headers)
        columns = tuple(column(letter, text) for letter, text in texts.items())
        found = [Row(self.name, n, self._texts(n, row), columns) for n, row in rows]
        filled = [row for row in found if row.cells]
        self._report_columns_without_header(columns, filled)
        self._report_headers_twice(columns)
        return Sheet(self.name, columns, tuple(filled))

    def _texts(self, number: int, row: tuple[Any, ...]) -> dict[str, str]:
        texts = {}
        for at, value in enumerate(row, start=1):
            cell = Cell(self.name, number, get_column_letter(at))
            text = self._text(value, cell, is_formula=(number, at) in self.formulas)
            if text:
                texts[cell.column] = text
        return texts

    def _text(self, value: Any, cell: Cell, *, is_formula: bool) -> str:
        text = _spelled(value)
        if is_formula:
            self.report.check(cell, FORMULA) if text else self.report.lost(cell, NO_VALUE)
        elif isinstance(value, datetime | date | time):
            self.report.check(cell, DATE, text=text)
        if EXCEL_ERROR.fullmatch(text):
            self.report.lost(cell, ERROR, text=text)
            return ""
        return text

    def _report_columns_without_header(self, columns: tuple[Column, ...], rows: list[Row]) -> None:
        known = {each.letter for each in columns}
        for row in rows:
            for letter in row.cells.keys() - known:
                self.report.lost(Cell(self.name, row.number, letter), NO_HEADER)

    def _report_headers_twice(self, columns: tuple[Column, ...]) -> None:
        seen: set[tuple[str, str | None]] = set()
        for each in columns:
            if (each.key, each.language) in seen and not each.is_foreign:
                cell = Cell(self.name, None, each.letter)
                self.report.lost(cell, HEADER_TWICE, header=each.header)
            seen.add((each.key, each.language))


def _spelled(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()


TOO_LARGE = (
    "Die Datei ist größer als %s MB. Lösche Bilder und Blätter, die nicht zum Formular gehören."
)
OLD = (
    "Das ist eine Datei des alten Excel (.xls) oder eine mit Kennwort. Speichere sie ohne Kennwort"
    " als .xlsx."
)
NO_SPREADSHEET = "Das ist keine Excel-Datei (.xlsx). Speichere das Formular als .xlsx."
BOMB = (
    "Ausgepackt wäre die Datei größer als %s MB; so groß ist kein Formular. Lösche leere Zeilen,"
    " Bilder und Blätter, die nicht zum Formular gehören."
)
DAMAGED = "Die Datei ist beschädigt. Öffne sie in Excel oder LibreOffice und speichere sie neu."
TOO_MANY = (
    "Das Blatt „%s“ hat mehr als %s Zeilen oder %s Spalten. Lösche, was nicht zum Formular gehört,"
    " auch leere Zeilen und Spalten am Ende."
)
OTHER_SHEET = "das Blatt „%(title)s“ wird nicht gelesen. Gelesen werden: %(known)s"
FORMULA = "hier steht eine Formel. Übernommen ist der Wert, den Excel zuletzt berechnet hat"
NO_VALUE = (
    "hier steht eine Formel ohne Wert. Öffne die Datei in Excel und speichere sie, oder schreib den"
    " Text hin"
)
DATE = (
    "Excel hat hieraus ein Datum gemacht, übernommen ist „%(text)s“. Formatiere die Zelle als Text"
)
ERROR = "hier steht „%(text)s“, ein Fehler von Excel. Schreib den Text hin"
NO_HEADER = (
    "über dieser Zelle steht keine Überschrift. Schreib eine in die erste Zeile, oder hebe dort"
    " verbundene Zellen auf"
)
HEADER_TWICE = "die Überschrift „%(header)s“ gibt es zweimal. Gelesen wird nur die erste Spalte"
