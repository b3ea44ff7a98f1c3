"""Spreadsheets for tests: a table as text becomes an .xlsx.

    type         | name | label
    text         | was  | Was war gut?

A cell ``=1+1`` is a formula (with the value of `computed`), ``#12`` the number 12, ``#1.5`` the
number 1.5, ``#true`` a switch, ``\\n`` inside a cell a line break.
"""

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet


def xlsx(*, computed: str = "", merged: Iterable[str] = (), **sheets: str) -> bytes:
    """Return an .xlsx with these sheets; `merged` are ranges of the first, e.g. ``C1:D1``."""
    file = BytesIO()
    book = Workbook(file, {"in_memory": True})
    for name, table in sheets.items():
        sheet = book.add_worksheet(name)
        for number, line in enumerate(_lines(table)):
            for at, cell in enumerate(line.split("|")):
                _write(sheet, number, at, cell.strip().replace("\\n", "\n"), computed)
        for cells in merged if sheet is book.worksheets()[0] else ():
            sheet.merge_range(cells, _first(table, cells))
    book.close()
    return file.getvalue()


def _lines(table: str) -> list[str]:
    """Return the lines of a table; one that holds a dot only is an empty row."""
    return [line if line.strip() != "." else "" for line in table.strip().splitlines()]


def _first(table: str, cells: str) -> str:
    return _lines(table)[0].split("|")[ord(cells[0]) - ord("A")].strip()


def _write(sheet: Worksheet, row: int, column: int, cell: str, computed: str) -> None:
    value: Any = cell
    if cell.startswith("="):
        sheet.write_formula(row, column, cell, None, computed)
    elif re.fullmatch(r"#(true|false|[0-9.]+)", cell):
        word = cell[1:]
        value = word == "true" if word in ("true", "false") else float(word)
        sheet.write(row, column, value)
    elif cell:
        sheet.write_string(row, column, cell)
