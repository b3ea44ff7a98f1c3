"""The small parts of an .xlsx: which sheets there are, which cells are days, the shared texts."""

from array import array
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import lru_cache
from typing import Final

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from survey_app.tables.archive import DAMAGED
from survey_app.tables.base import UnreadableTable
from survey_app.tables.markup import local

MANY: Final = 4_000_000
"""Shared texts and formats that a workbook may have."""


@dataclass
class Outline:
    """Hears xl/workbook.xml: the sheets one can see, by name, with the id of their relation."""

    visible: dict[str, str] = field(default_factory=dict)
    is_from_1904: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Hear of a sheet."""
        if tag == "sheet":
            found = local(attributes)
            if found.get("state", "visible") == "visible" and "name" in found:
                self.visible[found["name"]] = found.get("id", "")
        elif tag == "workbookPr":
            self.is_from_1904 = attributes.get("date1904", "0") in ("1", "true")

    def end(self, tag: str) -> None:
        """Hear nothing."""

    def text(self, text: str) -> None:
        """Hear nothing."""


@dataclass
class Relations:
    """Hears xl/_rels/workbook.xml.rels: where the parts lie, by the id of their relation."""

    targets: dict[str, str] = field(default_factory=dict)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Hear of a part; one that holds a chart or a dialog is no sheet."""
        if tag == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            self.targets[attributes["Id"]] = attributes["Target"]

    def end(self, tag: str) -> None:
        """Hear nothing."""

    def text(self, text: str) -> None:
        """Hear nothing."""


@dataclass
class Styles:
    """Hears xl/styles.xml: the number format of each style of a cell."""

    formats: dict[int, str] = field(default_factory=lambda: dict(BUILTIN_FORMATS))
    used: list[int] = field(default_factory=list)
    _in_cells: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Hear of a format, or of a style that uses one."""
        if tag == "numFmt":
            self.formats[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif tag == "cellXfs":
            self._in_cells = True
        elif tag == "xf" and self._in_cells:
            self.used.append(int(attributes.get("numFmtId", "0")))

    def end(self, tag: str) -> None:
        """Hear that the styles of cells are through."""
        if tag == "cellXfs":
            self._in_cells = False

    def text(self, text: str) -> None:
        """Hear nothing."""

    def days(self) -> dict[str, bool]:
        """Return the styles of days and times, and whether each is a length of time."""
        named = {str(at): self.formats.get(used, "General") for at, used in enumerate(self.used)}
        return {at: is_timedelta_format(code) for at, code in named.items() if is_date_format(code)}


class Texts:
    """Hears xl/sharedStrings.xml, and keeps the texts back to back in one piece of memory."""

    def __init__(self) -> None:
        self._all = bytearray()
        self._ends = array("L", [0])
        self._pieces: list[str] = []
        self._hears = self._is_aside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - see Handler
        """Hear that a text begins, or one about how it is pronounced."""
        if tag == "t":
            self._hears = not self._is_aside
        elif tag == "rPh":
            self._is_aside = True

    def end(self, tag: str) -> None:
        """Keep a text that is through."""
        if tag == "t":
            self._hears = False
        elif tag == "rPh":
            self._is_aside = False
        elif tag == "si":
            self._all += "".join(self._pieces).encode("utf-8", "replace")
            self._ends.append(len(self._all))
            self._pieces.clear()
            if len(self._ends) > MANY:
                raise UnreadableTable(DAMAGED)

    def text(self, text: str) -> None:
        """Hear a piece of text."""
        if self._hears:
            self._pieces.append(text)

    def __getitem__(self, number: int) -> str:
        """Return a text by its number."""
        if number < 0:
            raise IndexError(number)
        return self._all[self._ends[number] : self._ends[number + 1]].decode()


@dataclass
class Days:
    """Spells the numbers that stand for days: ``2024-10-12``, ``2024-10-12 09:00:01``."""

    styles: dict[str, bool]
    is_from_1904: bool

    def spelled(self, number: str, style: str) -> str:
        """Return the number of a cell with one of `styles` as people read it."""
        return _day(number, self.styles[style], self.is_from_1904)


@lru_cache(10_000)
def _day(number: str, is_length: bool, is_from_1904: bool) -> str:
    epoch = MAC_EPOCH if is_from_1904 else WINDOWS_EPOCH
    try:
        value = from_excel(float(number), epoch, timedelta=is_length)
    except (OverflowError, ValueError):
        return number
    if isinstance(value, datetime):
        is_day = value.time() == time()
        return value.date().isoformat() if is_day else value.isoformat(" ", "seconds")
    return str(value)
