"""Tables of answers that were collected elsewhere: CSV and XLSX, as rows of texts.

    base.py         what a table is, how large it may be, and why one cannot be read
    encodings.py    which letters the bytes of a text file mean
    delimited.py    CSV in all its dialects
    archive.py      an .xlsx is a zip of XML: what is refused before it is unpacked
    markup.py       XML as a stream
    outline.py      the small parts of an .xlsx: sheets, formats, shared texts
    workbook.py     its rows
    copying.py      a copy that can be read again and again, and has no name

Rows come one after the other and as texts; only one of them is in memory. What a text means is
none of this room's business (services/importing).
"""

from pathlib import Path

from survey_app.tables.base import GENEROUS, Limits, Table, UnreadableTable
from survey_app.tables.copying import Copy, copied, reopened, written
from survey_app.tables.delimited import Delimited

__all__ = [
    "GENEROUS",
    "Copy",
    "Limits",
    "Table",
    "UnreadableTable",
    "copied",
    "open_table",
    "reopened",
    "written",
]


def open_table(path: Path, limits: Limits = GENEROUS) -> Table:
    """Return the table in a file, whatever its name says; raises UnreadableTable."""
    from survey_app.tables.archive import is_archive, refuse_old_formats

    limits.refuse_size(path.stat().st_size)
    with path.open("rb") as file:
        head = file.read(8)
    refuse_old_formats(head)
    if is_archive(head):
        from survey_app.tables.workbook import Workbook  # openpyxl takes a third of a second

        return Workbook(path, limits)
    return Delimited(path, limits)
