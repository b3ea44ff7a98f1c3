"""CSV in its dialects.

1. The sign between cells is found, whatever stands in the sentences; Excel's hint counts more.
2. Line breaks and signs in quotes belong to their cell; empty rows are rows.
3. How a file was understood is said in words.
4. Too many rows, too many columns, a cell without end and a broken letter are refused with a place
   and a remedy.
"""

from pathlib import Path

import pytest

from survey_app.tables import Limits, UnreadableTable, open_table
from tests.support_import import csv_file


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "datei.csv"
    path.write_bytes(text.encode(encoding))
    return path


def rows(path: Path, **limits: int) -> list[tuple[str, ...]]:
    return list(open_table(path, Limits(**limits)).rows(""))


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_sign_between_cells_is_found(tmp_path: Path, delimiter: str) -> None:
    table = [
        ["Wie war's, insgesamt?", "Was; und warum?", "Alter"],
        ["gut, sehr gut, und so", "der See; das Feuer\nund die Leute", "14"],
        ["2,5", "a|b", "15"],
    ]
    file = csv_file(tmp_path, table, delimiter=delimiter)
    assert rows(file) == [tuple(row) for row in table]


def test_excels_hint_counts_and_is_a_row(tmp_path: Path) -> None:
    file = written(tmp_path, "sep=|\na|b,c\n1|2,3\n")
    assert rows(file) == [(), ("a", "b,c"), ("1", "2,3")]


def test_a_single_column_has_no_sign(tmp_path: Path) -> None:
    assert rows(written(tmp_path, "k1\n5\n\n4\n")) == [("k1",), ("5",), (), ("4",)]


def test_empty_rows_and_cells_at_the_end_are_nothing(tmp_path: Path) -> None:
    file = written(tmp_path, "a;b;;\n;;;\n\n 1 ;;;\n")
    assert rows(file) == [("a", "b"), (), (), ("1",)]


def test_line_ends_of_all_systems(tmp_path: Path) -> None:
    for end in ("\n", "\r\n", "\r"):
        assert rows(written(tmp_path, f"a;b{end}1;2{end}")) == [("a", "b"), ("1", "2")]


def test_how_a_file_was_understood_is_said(tmp_path: Path) -> None:
    file = written(tmp_path, "a;ü\n1;2\n", "cp1252")
    assert str(open_table(file).said) == (
        "CSV-Datei, Zeichen: Windows-1252, Trennzeichen: Semikolon"
    )


NO_END = (
    "Eine Zelle in Zeile 2 nimmt kein Ende. Vielleicht fehlt ein Anführungszeichen. Öffnen Sie die"
    " Datei in Excel oder LibreOffice und speichern Sie sie als .xlsx."
)
ROWS = "Die Datei hat mehr als 2 Zeilen. Teilen Sie sie, oder löschen Sie leere Zeilen am Ende."
COLUMNS = "Zeile 2 hat mehr als 2 Spalten. Löschen Sie, was rechts von den Antworten steht."
BYTES = (
    "Die Datei ist größer als 0 MB. Löschen Sie Bilder und Blätter, die nicht dazugehören, oder"
    " teilen Sie die Datei."
)
EMPTY = "Die Datei ist leer. Bitte wählen Sie die Datei mit den Antworten."


@pytest.mark.parametrize(
    ("text", "limits", "sentence"),
    [
        ("", {}, EMPTY),
        ("a;b\n1;2\n3;4\n", {"rows": 2}, ROWS),
        ("a;b\n1;2;3\n", {"columns": 2}, COLUMNS),
        ("a;b\n1;2\n", {"size": 5}, BYTES),
        ('a;b\n1;"2\n' + "3;4\n" * 50_000, {}, NO_END),
    ],
    ids=["empty", "rows", "columns", "bytes", "quote"],
)
def test_what_is_too_much_is_refused(
    tmp_path: Path, text: str, limits: dict[str, int], sentence: str
) -> None:
    with pytest.raises(UnreadableTable) as refused:
        rows(written(tmp_path, text), **limits)
    assert str(refused.value) == sentence


def test_two_encodings_in_one_file_are_refused_with_the_place(tmp_path: Path) -> None:
    path = tmp_path / "datei.csv"
    path.write_bytes(("a;b\n" * 20_000).encode("utf-16") + b"x")
    with pytest.raises(UnreadableTable, match="Ab Zeile 20001 passen die Zeichen nicht"):
        rows(path)
