"""Fourteen messy files on their whole way: from the upload to the counted wave, or to the refusal.

1. Ten files that hold the same twelve answers, each in another mess (encodings, semicolons, tabs,
   bars, decimal commas, merged header cells, formula cells, hidden sheets, empty rows, line breaks
   in headers), become the same twelve sheets.
2. Four hostile or broken ones (a zip bomb, declared entities, formulas never computed, half a file)
   are refused at the field, and nothing of them is stored or left lying about.
"""

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import select

from survey_app.services.importing import keeping
from survey_app.storage import schema
from tests.web.staff.office import LIST, Office, Page, Person

HEADERS = [
    "Das Angebot hat mir insgesamt gefallen.",
    "Ich habe mich dabei wohlgefühlt.",
    "Wie alt bist du?",
]
WORDS = {
    1: "stimmt gar nicht",
    2: "stimmt eher nicht",
    3: "teils/teils",
    4: "stimmt eher",
    5: "stimmt genau",
}
AGES = {"u14": "13 oder jünger", "a14": "14 oder 15", "a16": "16 oder 17", "a18": "18 oder älter"}
PEOPLE = [(n % 5 + 1, (n * 3) % 5 + 1, list(AGES)[n % 4]) for n in range(12)]
SHEETS = sorted(json.dumps({"alter": c, "k1": a, "k4": b}, sort_keys=True) for a, b, c in PEOPLE)
SPOKEN: list[list[object]] = [HEADERS, *[[WORDS[a], WORDS[b], AGES[c]] for a, b, c in PEOPLE]]
NUMBERED: list[list[object]] = [["k1", "k4", "alter"], *[[a, b, c] for a, b, c in PEOPLE]]


def table(rows: list[list[object]], delimiter: str, encoding: str, end: str = "\r\n") -> bytes:
    """Return rows as CSV in an encoding."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    return text.getvalue().encode(encoding)


def book(fill: Callable[[xlsxwriter.Workbook], object]) -> bytes:
    """Return a workbook that `fill` has filled."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as made:
        fill(made)
    return file.getvalue()


def windows() -> bytes:
    return table(SPOKEN, ";", "cp1252")


def unicode_text() -> bytes:
    """Excel's "Unicode-Text": UTF-16 with tabs."""
    return table(SPOKEN, "\t", "utf-16")


def old_dos() -> bytes:
    return table(SPOKEN, ";", "cp850")


def old_mac() -> bytes:
    return table(SPOKEN, ";", "mac_roman", end="\r")


def decimal_commas() -> bytes:
    rows = [NUMBERED[0], *[[f"{a},0", f"{b},00", c] for a, b, c in PEOPLE]]
    return table(rows, ";", "utf-8-sig")


def bars_with_a_hint() -> bytes:
    return b"sep=|\r\n" + table(SPOKEN, "|", "utf-8")


def line_breaks_and_people() -> bytes:
    """Headers over two lines, empty rows, and columns that say who answered."""
    heads = ["Name", "IP-Adresse", *[head.replace(" ", "\n", 1) for head in HEADERS]]
    people = [[f"Kind {n}", f"203.0.113.{n}", *row] for n, row in enumerate(SPOKEN[1:])]
    return table([heads, [], *people, [], ["", "", "", "", ""]], ",", "utf-8")


def merged_headers() -> bytes:
    def fill(made: xlsxwriter.Workbook) -> None:
        sheet = made.add_worksheet()
        sheet.merge_range(0, 0, 0, 2, "Rückmeldungen (erfunden)")
        sheet.merge_range(2, 0, 2, 1, "Das Angebot")
        sheet.write(2, 2, "Du")
        for at, row in enumerate([HEADERS, *SPOKEN[1:]]):
            sheet.write_row(3 + at, 0, row)

    return book(fill)


def formula_cells() -> bytes:
    def fill(made: xlsxwriter.Workbook) -> None:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, NUMBERED[0])
        for at, (a, b, c) in enumerate(PEOPLE, 1):
            sheet.write_formula(at, 0, f"={a - 1}+1", value=a)
            sheet.write_number(at, 1, b)
            sheet.write_formula(at, 2, f'="{c}"', value=c)

    return book(fill)


def sheets_and_gaps() -> bytes:
    """Notes in front, a hidden sheet with other answers, empty rows between the answers."""

    def fill(made: xlsxwriter.Workbook) -> None:
        made.add_worksheet("Anleitung").write(0, 0, "Bitte lesen")
        hidden = made.add_worksheet("Alt")
        hidden.write_row(0, 0, HEADERS)
        hidden.write_row(1, 0, ["stimmt genau"] * 2)
        hidden.hide()
        sheet = made.add_worksheet("Antworten")
        for at, row in enumerate(SPOKEN):
            sheet.write_row(at * 2, 0, row)

    return book(fill)


def zip_bomb() -> bytes:
    file = BytesIO(book(lambda made: made.add_worksheet().write_row(0, 0, ["k1"])))
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet9.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(200):
            part.write(bytes(1_000_000))
    return file.getvalue()


def declared_entities() -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><x>&l9;</x>'
    plain, file = BytesIO(merged_headers()), BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            is_sheet = name.endswith("sheet1.xml")
            target.writestr(name, head if is_sheet else source.read(name))
    return file.getvalue()


def never_computed() -> bytes:
    def fill(made: xlsxwriter.Workbook) -> None:
        sheet = made.add_worksheet()
        sheet.write(0, 0, "k1")
        sheet.write_formula(1, 0, "=2+3", value="")

    return book(fill)


def half_a_file() -> bytes:
    whole = merged_headers()
    return whole[: len(whole) // 2]


SOUND = [
    windows,
    unicode_text,
    old_dos,
    old_mac,
    decimal_commas,
    bars_with_a_hint,
    line_breaks_and_people,
    merged_headers,
    formula_cells,
    sheets_and_gaps,
]
HOSTILE = [zip_bomb, declared_entities, never_computed, half_a_file]


@pytest.fixture(autouse=True)
def folder(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the folder in which uploaded files wait."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield keeping.folder()
    monkeypatch.setattr(tempfile, "tempdir", None)


def upload(office: Office, person: Person, content: bytes) -> Page:
    address = f"{LIST}/{office.field.measure}/import"
    day = {
        "i-questionnaire": "kern-jugend",
        "i-opens_on": "2026-11-20",
        "i-closes_on": "2026-11-20",
    }
    file = {"i-file": (BytesIO(content), "antworten.xlsx")}
    return Page(person.client.post(address, data=person.page(address).form() | day | file))


def taken_in(office: Office) -> list[str]:
    """Return the sheets of all closed waves."""
    with office.database.read() as connection:
        return sorted(
            json.dumps(json.loads(text), sort_keys=True)
            for text in connection.scalars(select(schema.closed_sheet.c.answers))
        )


@pytest.mark.parametrize("mess", SOUND, ids=lambda mess: mess.__name__)
def test_the_same_answers_come_out_of_every_mess(
    office: Office, folder: Path, mess: Callable[[], bytes]
) -> None:
    """Rule 1."""
    albrecht = office.albrecht()
    kept = upload(office, albrecht, mess()).response
    assert kept.status_code == 303
    check = albrecht.client.post(kept.location, data=albrecht.page(kept.location).form()).location
    token = albrecht.page(check).form("header")["csrf_token"]
    done = albrecht.client.post(check, data={"csrf_token": token, "schritt": "übernehmen"})
    assert done.status_code == 303
    assert taken_in(office) == SHEETS
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("mess", HOSTILE, ids=lambda mess: mess.__name__)
def test_hostile_and_broken_files_are_refused(
    office: Office, folder: Path, mess: Callable[[], bytes]
) -> None:
    """Rule 2."""
    page = upload(office, office.albrecht(), mess())
    assert (page.response.status_code, list(page.problems())) == (422, ["i-file"])
    assert taken_in(office) == []
    assert list(folder.iterdir()) == []
