"""An .xlsx is a zip of XML; it may come from anywhere. What is refused before it is unpacked.

The directory of the zip says how large each part is, and Python unpacks no more than is said there.
Sheets are read as a stream, so their size costs time only; parts that are read as a whole get a
smaller limit. A workbook that takes values from other files would need them; it is refused with the
remedy.
"""

import zipfile
from pathlib import Path
from typing import Final

from survey_app.domain.messages import N_
from survey_app.tables.base import Limits, UnreadableTable

MAX_PARTS: Final = 2_000
MAX_TEXTS: Final = 64_000_000
"""Unpacked bytes of the shared texts, which are kept in memory."""
MAX_SMALL: Final = 8_000_000
"""Unpacked bytes of any other part that is read as a whole."""
SHARED_TEXTS: Final = "xl/sharedstrings.xml"
READ_WHOLE: Final = ("xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels")
ELSEWHERE: Final = "xl/externallinks/"

OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
ZIP: Final = b"PK\x03\x04"
ENCRYPTED: Final = 1  # the lowest of a part's flags


def is_archive(head: bytes) -> bool:
    """Return whether a file begins like a zip."""
    return head.startswith(ZIP)


def refuse_old_formats(head: bytes) -> None:
    """Raise UnreadableTable for the old Excel, and for a workbook behind a password."""
    if head.startswith(OLD_EXCEL):
        raise UnreadableTable(OLD)


def unsealed(path: Path, limits: Limits) -> zipfile.ZipFile:
    """Return the archive if it may be unpacked; raises UnreadableTable."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise UnreadableTable(DAMAGED) from None
    try:
        _refuse(archive.infolist(), limits)
    except UnreadableTable:
        archive.close()
        raise
    return archive


def _refuse(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    whole = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or whole > limits.unpacked or any(map(_is_too_large, parts)):
        raise UnreadableTable(BOMB, limit=limits.unpacked // 1_000_000)
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise UnreadableTable(OLD)
    if any(part.filename.lower().startswith(ELSEWHERE) for part in parts):
        raise UnreadableTable(LINKED)


def _is_too_large(part: zipfile.ZipInfo) -> bool:
    name = part.filename.lower()
    if name == SHARED_TEXTS:
        return part.file_size > MAX_TEXTS
    return name in READ_WHOLE and part.file_size > MAX_SMALL


OLD = N_(
    "Das ist eine Datei des alten Excel (.xls) oder eine mit Kennwort. Speichern Sie sie ohne"
    " Kennwort als .xlsx."
)
BOMB = N_(
    "Ausgepackt wäre die Datei größer als %(limit)s MB; so groß ist keine Tabelle mit Antworten."
    " Löschen Sie leere Zeilen, Bilder und Blätter, die nicht dazugehören."
)
LINKED = N_(
    "Diese Mappe holt Werte aus anderen Dateien. Lösen Sie die Verknüpfungen (in Excel: Daten,"
    " Verknüpfungen bearbeiten, Verknüpfung löschen) und speichern Sie die Mappe neu."
)
DAMAGED = N_(
    "Die Datei ist beschädigt. Öffnen Sie sie in Excel oder LibreOffice und speichern Sie sie neu."
)
