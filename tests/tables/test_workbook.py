"""Workbooks.

1. Texts, numbers, days, truths and errors become the texts that people read in Excel; rows keep
   their numbers, also where the file leaves some out.
2. A formula counts with the value that was computed last; one without a value is an error with its
   cell.
3. Sheets that are hidden are not offered; those of charts neither.
4. Broken, locked, old, linked and hostile files are refused before they are unpacked: a zip bomb, a
   declared entity, a row without end, a sheet that begins where Excel ends.
5. Memory does not grow with the file.
"""

import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.worksheet.worksheet import Worksheet

from survey_app.tables import Limits, Table, UnreadableTable, open_table
from tests.support_import import xlsx_file

ROOT = Path(__file__).parents[2]
MOMENT = datetime(2024, 10, 12, 9, 0, 1)  # noqa: DTZ001 - Excel knows no time zones
SHEET = "xl/worksheets/sheet1.xml"
OLD = (
    "Das ist eine Datei des alten Excel (.xls) oder eine mit Kennwort. Speichern Sie sie ohne"
    " Kennwort als .xlsx."
)
DAMAGED = (
    "Die Datei ist beschädigt. Öffnen Sie sie in Excel oder LibreOffice und speichern Sie sie neu."
)
BOMB = (
    "Ausgepackt wäre die Datei größer als 400 MB; so groß ist keine Tabelle mit Antworten. Löschen"
    " Sie leere Zeilen, Bilder und Blätter, die nicht dazugehören."
)


def made(folder: Path, fill: Callable[[Workbook, Worksheet], object]) -> Path:
    """Write a workbook that `fill` has filled."""
    book = Workbook()
    assert isinstance(book.active, Worksheet)
    fill(book, book.active)
    path = folder / "mappe.xlsx"
    book.save(path)
    return path


def changed(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Change one part of a workbook, or add it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts.get(part, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def rows(path: Path, **limits: int) -> list[tuple[str, ...]]:
    table: Table = open_table(path, Limits(**limits))
    return list(table.rows(table.sheets[0]))


def refusal(path: Path, **limits: int) -> str:
    with pytest.raises(UnreadableTable) as refused:
        rows(path, **limits)
    return str(refused.value)


def test_cells_are_what_people_read(tmp_path: Path) -> None:
    file = xlsx_file(
        tmp_path,
        [
            ["Text", " mit  Raum ", "Zeile\nzwei", "<b>&amp;"],
            [5, 5.0, 2.5, 0.1 + 0.2, -3, 1e20],
            [True, False, "#N/A", None, "letzte"],
            [date(2024, 10, 12), MOMENT, time(9, 30), timedelta(hours=30)],
        ],
    )
    assert rows(file) == [
        ("Text", "mit  Raum", "Zeile\nzwei", "<b>&amp;"),
        ("5", "5", "2.5", "0.3", "-3", "1e+20"),
        ("true", "false", "#N/A", "", "letzte"),
        ("2024-10-12", "2024-10-12 09:00:01", "09:30:00", "1 day, 6:00:00"),
    ]


def test_rows_keep_their_numbers(tmp_path: Path) -> None:
    def fill(_book: Workbook, sheet: Worksheet) -> None:
        sheet["B3"] = "drei"
        sheet["A6"] = "sechs"

    assert rows(made(tmp_path, fill)) == [(), (), ("", "drei"), (), (), ("sechs",)]


def test_other_programs_spell_the_same_differently(tmp_path: Path) -> None:
    """Inline texts, prefixed tags, cells and rows without addresses, runs of formatted text."""
    sheet = b"""<?xml version="1.0"?><x:worksheet xmlns:x="urn:y"><x:sheetData>
    <x:row><x:c t="inlineStr"><x:is><x:r><x:t>k</x:t></x:r><x:r><x:t>1</x:t></x:r></x:is></x:c>
    <x:c t="str"><x:f>A1</x:f><x:v></x:v></x:c><x:c t="str"><x:v>k2</x:v></x:c></x:row>
    <x:row><x:c><x:v>5</x:v></x:c><x:c t="b"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"""
    file = changed(xlsx_file(tmp_path, [["x"]]), SHEET, lambda _: sheet)
    assert rows(file) == [("k1", "", "k2"), ("5", "true")]


def test_days_count_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "mac.xlsx", {"date_1904": True}) as book:
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        book.add_worksheet().write_datetime(0, 0, MOMENT.replace(hour=0, second=0), day)
    assert rows(tmp_path / "mac.xlsx") == [("2024-10-12",)]


def test_a_formula_counts_with_its_last_value(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "formeln.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_formula(0, 0, "=2+3", value=5)
        sheet.write_formula(0, 2, '="ja"', value="ja")
    assert rows(tmp_path / "formeln.xlsx") == [("5", "", "ja")]


def test_a_formula_that_was_never_computed_is_an_error(tmp_path: Path) -> None:
    assert refusal(xlsx_file(tmp_path, [["k1"], [5], ["=A2"]])) == (
        "In Zelle A3 steht eine Formel, die noch nie berechnet wurde. Öffnen Sie die Datei in Excel"
        " oder LibreOffice und speichern Sie sie neu."
    )


def test_hidden_sheets_and_charts_are_not_offered(tmp_path: Path) -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        sheet.title = "Notizen"
        sheet.sheet_state = "hidden"
        book.create_sheet("Geheim").sheet_state = "veryHidden"
        book.create_sheet("Antworten").append(["k1"])
        book.create_chartsheet("Diagramm").add_chart(BarChart())

    table = open_table(made(tmp_path, fill))
    assert table.sheets == ("Antworten",)
    assert str(table.said) == "Excel-Datei mit 1 Blatt"


def test_a_workbook_of_hidden_sheets_is_refused(tmp_path: Path) -> None:
    file = changed(
        xlsx_file(tmp_path, [["k1"]]),
        "xl/workbook.xml",
        lambda xml: xml.replace(b'state="visible"', b'state="hidden"'),
    )
    assert refusal(file) == (
        "Alle Blätter dieser Datei sind ausgeblendet. Blenden Sie das mit den Antworten ein."
    )


def test_the_old_excel_and_passwords_are_refused(tmp_path: Path) -> None:
    (tmp_path / "alt.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert refusal(tmp_path / "alt.xlsx") == OLD


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_half_a_file_is_refused(tmp_path: Path, share: float) -> None:
    file = xlsx_file(tmp_path, [["k1"]] * 50)
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * share)])
    assert refusal(file) == DAMAGED


@pytest.mark.parametrize(
    "content",
    [
        b"<worksheet><sheetData><row><c></row>",
        b"<worksheet><sheetData><row r='2'/><row r='1'/></sheetData></worksheet>",
        b"<worksheet><sheetData><row r='x'/></sheetData></worksheet>",
        b"<worksheet><sheetData><row><c t='s'><v>99</v></c></row></sheetData></worksheet>",
        b"<worksheet><sheetData><row><c t='s'><v>-1</v></c></row></sheetData></worksheet>",
        b"<worksheet><sheetData><row><c><v>viel</v></c></row></sheetData></worksheet>",
        b"<worksheet><sheetData><row><c r='!1'><v>1</v></c></row></sheetData></worksheet>",
        b"\xff\xfe\x00",
    ],
)
def test_broken_sheets_are_refused(tmp_path: Path, content: bytes) -> None:
    assert refusal(changed(xlsx_file(tmp_path, [["k1"]]), SHEET, lambda _: content)) == DAMAGED


def test_links_to_other_files_are_refused(tmp_path: Path) -> None:
    file = changed(xlsx_file(tmp_path, [["k1"]]), "xl/externalLinks/externalLink1.xml", bytes)
    assert refusal(file).startswith("Diese Mappe holt Werte aus anderen Dateien. Lösen Sie")


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml"])
def test_declared_entities_are_refused(tmp_path: Path, part: str) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><x>&l9;</x>'.encode()
    assert refusal(changed(xlsx_file(tmp_path, [["k1"]]), part, lambda _: head)) == DAMAGED


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    file = xlsx_file(tmp_path, [["k1"]])
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet9.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(500):
            part.write(bytes(1_000_000))
    assert file.stat().st_size < 1_000_000
    assert refusal(file) == BOMB


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"])
def test_parts_that_are_kept_have_smaller_limits(tmp_path: Path, part: str) -> None:
    file = changed(xlsx_file(tmp_path, [["k1"]]), part, lambda xml: xml + b" " * 65_000_000)
    assert refusal(file) == BOMB


def test_thousands_of_parts_are_refused(tmp_path: Path) -> None:
    file = xlsx_file(tmp_path, [["k1"]])
    with zipfile.ZipFile(file, "a") as archive:
        for number in range(2_000):
            archive.writestr(f"xl/media/{number}.png", b"")
    assert refusal(file) == BOMB


def test_a_part_that_says_too_little_about_its_size_is_cut(tmp_path: Path) -> None:
    """The directory of the zip promises 100 bytes; the sheet ends there, in the middle of a tag."""
    file = xlsx_file(tmp_path, [["k1"]] * 1000)
    with zipfile.ZipFile(file) as archive:
        size = archive.getinfo(SHEET).file_size
    content = file.read_bytes()
    file.write_bytes(content.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little")))
    assert refusal(file) == DAMAGED


def sheet_of(cells: str) -> bytes:
    return f"<worksheet><sheetData>{cells}</sheetData></worksheet>".encode()


def test_a_cell_beyond_the_last_column_is_refused(tmp_path: Path) -> None:
    far = sheet_of('<row r="1"><c r="XFD1"><v>1</v></c></row>')
    file = changed(xlsx_file(tmp_path, [["k1"]]), SHEET, lambda _: far)
    assert refusal(file).startswith("Zeile 1 hat mehr als 1000 Spalten.")


def test_a_row_beyond_the_last_is_refused(tmp_path: Path) -> None:
    far = sheet_of('<row r="1048577"><c><v>1</v></c></row>')
    assert refusal(changed(xlsx_file(tmp_path, [["k1"]]), SHEET, lambda _: far)) == DAMAGED


def test_a_cell_without_end_is_refused(tmp_path: Path) -> None:
    endless = sheet_of(f'<row r="1"><c t="str"><v>{"x" * 200_000}</v></c></row>')
    file = changed(xlsx_file(tmp_path, [["k1"]]), SHEET, lambda _: endless)
    assert refusal(file).startswith("Eine Zelle in Zeile 1 nimmt kein Ende.")


# The kernel's own mark, because getrusage knows how large the process was that started this one.
MEASURED = """
import re, sys
from pathlib import Path
from survey_app.tables import open_table, workbook
def most():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
before = most()
table = open_table(Path(sys.argv[1]))
count = sum(1 for _ in table.rows(table.sheets[0]))
print(count, (most() - before) // 1024)
"""


def measured(file: Path) -> tuple[int, int]:
    """Return the rows of a file, and the megabytes that reading it took."""
    told = subprocess.run(
        [sys.executable, "-c", MEASURED, str(file)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    ).stdout.split()
    return int(told[0]), int(told[1])


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """60,000 rows of 8 cells are 25 MB of XML."""
    with xlsxwriter.Workbook(tmp_path / "lang.xlsx", {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(60_000):
            for column in range(8):
                sheet.write_string(row, column, "stimmt genau")
    count, megabytes = measured(tmp_path / "lang.xlsx")
    assert count == 60_000
    assert megabytes < 12


def test_memory_does_not_grow_with_a_single_row(tmp_path: Path) -> None:
    """A row that claims a million and a half cells, 45 MB of XML, which openpyxl would collect."""
    endless = sheet_of('<row r="1">' + '<c r="A1" t="str"><v>x</v></c>' * 1_500_000 + "</row>")
    file = changed(xlsx_file(tmp_path, [["k1"]]), SHEET, lambda _: endless)
    count, megabytes = measured(file)
    assert count == 1
    assert megabytes < 12
