"""Results by group, in the item table, on the page and in every file.

1. A question that is shown by group has a row for each group with people in it, those without an
   answer too; the numbers are those counted by hand.
2. What is not shown by group says why: too few in a group, one breakdown only, a sensitive question,
   a wave that is too small.
3. They stand in tables of their own: whoever adds up the results counts nobody twice.
4. In the item table a question with its groups stays on one page, and headings are repeated.
5. The number of withheld values in the notes of a file is that of its rows with a reason.
6. A questionnaire without a breakdown leaves no trace but a row in the file for groups.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import openpyxl
import pyreadstat
import pytest

from survey_app.domain.extract import extract_of
from survey_app.domain.response import Answers
from survey_app.domain.sheet import EvaluationSheet
from survey_app.rendering.exports import FORMATS
from survey_app.rendering.exports.json import SCHEMA_FILE
from survey_app.rendering.pdf import PdfPool
from survey_app.rendering.sheet import sheet_document
from survey_app.rendering.sheet_annex import annex_document
from tests.rendering.paper import GERMAN, text, words
from tests.rendering.test_sheet_screen import said, tree
from tests.support_sheets import (
    SITUATIONS,
    SOMMERCAMP,
    questionnaire,
    result,
    sheet_of,
    sommercamp,
)

GROUPED = """
id: kern-gruppen
version: 1.0.0
audience: young_people
languages: [de, en]
title: {de: Wie war’s?, en: How was it?}
minutes: 3
licence: {class: A, spdx: CC-BY-4.0, holder: Mitreden}
sections:
  - id: person
    questions:
      - {id: alter, kind: single_choice, breakdown: true, text: {de: Wie alt bist du?, en: Your age?},
         options: [{code: u14, text: {de: unter 14, en: below 14}},
                   {code: ab14, text: {de: 14 oder älter, en: 14 or older}}]}
      - {id: wer, kind: single_choice, breakdown: true, text: Wer bist du?,
         options: [{code: w, text: Mädchen}, {code: m, text: Junge}]}
  - id: angebot
    questions:
      - {id: k1, kind: rating, scale: agreement, core: K1, text: Es hat mir gefallen.}
      - {id: handy, kind: single_choice, sensitivity: B, text: Legst du das Handy weg?,
         options: [{code: ja, text: ja}, {code: nein, text: nein}]}
      - {id: herkunft, kind: single_choice, sensitivity: C, breakdown: true, text: Woher?,
         options: [{code: hier, text: von hier}, {code: fern, text: von weit her}]}
"""


def people(young: int, old: int, silent: int = 0) -> list[Answers]:
    """Return people of three groups; a third of each answers 4, the others 5."""
    return [
        {
            **({"alter": age} if age else {}),
            "wer": "w" if n % 2 else "m",
            "k1": 4 if n % 3 == 0 else 5,
            "handy": "ja" if n % 2 else "nein",
        }
        for age, size in (("u14", young), ("ab14", old), ("", silent))
        for n in range(size)
    ]


def sheet(*groups: Sequence[Answers]) -> EvaluationSheet:
    """Return the sheet of some waves."""
    form = questionnaire(GROUPED)
    results = [result(form, each, number=n) for n, each in enumerate(groups, start=3)]
    return sheet_of(replace(SOMMERCAMP, participants=None), *results)


def by_hand() -> EvaluationSheet:
    """Return a sheet of 42: 30 and 12, of whom every third answered 4."""
    return sheet(people(30, 12))


def file(name: str, sheet: EvaluationSheet) -> bytes:
    """Return the file."""
    return FORMATS[name].export(extract_of(sheet), GERMAN)


def rows(sheet: EvaluationSheet) -> list[dict[str, str]]:
    """Return the rows of the file for groups."""
    return list(csv.DictReader(io.StringIO(file("csv_groups", sheet).decode(), newline="")))


K1 = {
    ("u14", "unter 14"): [0, 0, 0, 10, 20],
    ("ab14", "14 oder älter"): [0, 0, 0, 4, 8],
}
TOO_SMALL = (
    "Mindestens eine der Gruppen hat weniger als %s Antworten: zum Schutz wird hier nicht nach"
    " Gruppen unterschieden."
)
ONE = "Unterschieden wird nur nach einer Frage: Zwei zusammen ergäben zu kleine Gruppen."
SENSITIVE = (
    "Nach einer persönlichen Frage wird nicht unterschieden: Schon die Größe der Gruppen wäre eine"
    " Auskunft."
)


def test_the_file_for_groups_holds_what_was_counted_by_hand() -> None:
    """Rule 1."""
    found: dict[tuple[str, str], list[int]] = {}
    for row in rows(by_hand()):
        if row["variable"] == "k1":
            found.setdefault((row["group"], row["group_label"]), []).append(int(row["count"]))
            assert (row["by"], row["by_question"]) == ("alter", "Wie alt bist du?")
            assert row["base"] == str(sum(K1[row["group"], row["group_label"]]))
    assert found == K1


def test_those_without_an_answer_are_a_group() -> None:
    """Rule 1."""
    found = [row for row in rows(sheet(people(30, 12, 10))) if row["variable"] == "k1"]
    assert [(row["group"], row["group_label"], row["base"]) for row in found[::5]] == [
        ("u14", "unter 14", "30"),
        ("ab14", "14 oder älter", "12"),
        ("", "ohne Angabe", "10"),
    ]


def why(sheet: EvaluationSheet) -> dict[tuple[str, str], str]:
    """Return the reasons in the file for groups, by breakdown and variable."""
    return {(row["by"], row["variable"]): row["reason"] for row in rows(sheet) if row["reason"]}


def test_what_is_withheld_says_why() -> None:
    """Rule 2."""
    assert why(by_hand()) == {
        ("alter", "handy"): TOO_SMALL % 30,
        ("alter", "herkunft"): "Weniger als 50 Antworten: zum Schutz nicht ausgewiesen.",
        ("wer", ""): ONE,
        ("herkunft", ""): SENSITIVE,
    }
    assert why(sheet(people(9, 9, 9)[::2])) == {
        ("alter", ""): TOO_SMALL % 10,
        ("wer", ""): TOO_SMALL % 10,
        ("herkunft", ""): SENSITIVE,
    }
    assert why(sheet(people(2, 2)))["alter", ""] == (
        "Weniger als 5 Antworten: zum Schutz nicht ausgewiesen."
    )


def test_nobody_stands_in_the_results_twice(tmp_path: Path) -> None:
    """Rule 3: not in a CSV, not in the workbook, and SPSS weighs each column by itself."""
    for name in ("csv_rfc4180", "csv_excel"):
        lines = file(name, by_hand()).decode("utf-8-sig").splitlines()
        assert sum(";k1;" in line or ",k1," in line for line in lines) == 5
    book = openpyxl.load_workbook(io.BytesIO(file("xlsx", by_hand())))
    pages = ["Ergebnisse", "Nach Gruppen", "Diagramme", "Codebuch", "Hinweise"]
    assert book.sheetnames == pages
    assert sum(row[6] == "k1" for row in book["Ergebnisse"].values) == 5
    assert sum(row[6] == "k1" for row in book["Nach Gruppen"].values) == 10
    (tmp_path / "f.sav").write_bytes(file("sav", by_hand()))
    cells, _ = pyreadstat.read_sav(str(tmp_path / "f.sav"), output_format="dict")
    weighed: dict[str, float] = {}
    for name in ("k1", "k1_by"):
        pairs = zip(cells[name], cells["count"], strict=True)
        weighed[name] = sum(count for code, count in pairs if code is not None and code == code)
    assert weighed == {"k1": 42, "k1_by": 42}


def test_json_has_them_beside_the_variables() -> None:
    """Rules 1 and 2: and keeps its schema."""
    found = json.loads(file("json", by_hand()))
    jsonschema.validate(found, json.loads(SCHEMA_FILE.read_text()))
    (wave,) = found["waves"]
    assert [(each["by"], each["status"]) for each in wave["groups"]] == [
        ("alter", "released"),
        ("wer", "withheld"),
        ("herkunft", "withheld"),
    ]
    k1 = next(each for each in wave["groups"][0]["variables"] if each["name"] == "k1")
    assert {
        (group["code"], group["label"]): [answer["count"] for answer in group["answers"]]
        for group in k1["groups"]
    } == K1


def test_ddi_names_the_group_as_universe() -> None:
    """Rule 1."""
    ddi = "{ddi:codebook:2_5}"
    root = ElementTree.fromstring(file("ddi", by_hand()))
    found = {
        each.findtext(f"{ddi}universe", ""): [int(c.text or "") for c in each.iter(f"{ddi}catStat")]
        for each in root.iter(f"{ddi}var")
        if each.get("name") == "k1"
    }
    assert found == {
        "": [0, 0, 0, 14, 28],
        "Wie alt bist du? unter 14": [0, 0, 0, 10, 20],
        "Wie alt bist du? 14 oder älter": [0, 0, 0, 4, 8],
    }
    ids = [each.get("ID") for each in root.iter(f"{ddi}var")]
    assert len(ids) == len(set(ids))


def test_the_data_package_brings_them_along() -> None:
    """Rules 1 and 6."""
    with zipfile.ZipFile(io.BytesIO(file("data_package", by_hand()))) as package:
        assert package.read("groups.csv") == file("csv_groups", by_hand())
        resources = json.loads(package.read("datapackage.json"))["resources"]
    assert [each["path"] for each in resources] == ["results.csv", "groups.csv", "codebook.csv"]
    with zipfile.ZipFile(io.BytesIO(file("data_package", sommercamp()))) as package:
        assert "groups.csv" not in package.namelist()


def test_the_page_has_a_table_for_each_question() -> None:
    """Rules 1 and 2."""
    section = next(
        each for each in tree(by_hand()).iter("section") if each.get("class") == "sheet-groups"
    )
    tables = {
        said(details.find("summary")): [[said(cell) for cell in row] for row in details.iter("tr")]
        for details in section.iter("details")
    }
    assert tables["Es hat mir gefallen."][1:] == [
        ["unter 14", "0 (0 %)", "0 (0 %)", "0 (0 %)", "10 (33 %)", "20 (67 %)", "0", "30"],
        ["14 oder älter", "0 (0 %)", "0 (0 %)", "0 (0 %)", "4 (33 %)", "8 (67 %)", "0", "12"],
    ]
    assert f"handy: • {TOO_SMALL % 30}" in [said(each) for each in section.iter("p")]


@pytest.fixture(scope="module")
def annex(pool: PdfPool) -> bytes:
    """Return the annexes of four waves with groups."""
    sheets = sheet(*(people(30 + n, 12) for n in range(4)))
    return pool.render(annex_document(sheets, GERMAN, {}))


def test_the_item_table_has_a_row_for_each_group(annex: bytes) -> None:
    """Rules 1 and 2."""
    written = text(annex)
    assert "unter 14 stimmt gar nicht: 0 (0 %) · stimmt eher nicht: 0 (0 %)" in written
    assert "stimmt eher: 4 (33 %) · stimmt genau: 8 (67 %) 12 0" in written
    assert f"handy: • {TOO_SMALL % 30}" in written
    assert f"• {ONE}" in written


def test_groups_of_a_question_stay_on_one_page(annex: bytes) -> None:
    """Rule 4: the last line of each question stands on the page of its first."""
    found = words(annex)
    assert max(word.page for word in found) >= 2
    places = [word.page for word in found if word.text == "unter" or word.text == "oder"]
    pairs = list(zip(places[::2], places[1::2], strict=True))
    assert len(pairs) >= 8
    assert [pair for pair in pairs if pair[0] != pair[1]] == []


def test_the_two_pages_leave_them_out(pool: PdfPool) -> None:
    """They have no room for them; the annexes have."""
    assert "Nach Gruppen" not in text(pool.render(sheet_document(by_hand(), GERMAN)))


# What is withheld is counted


def mixed() -> EvaluationSheet:
    """Return a sheet with waves of which everything, something and nothing is shown."""
    return sheet(people(30, 12), people(2, 1), people(60, 60), people(9, 9, 1))


SHEETS = {**SITUATIONS, "groups": by_hand, "mixed": mixed}


def rows_with_reason(name: str, sheet: EvaluationSheet) -> int:
    """Return how many rows of a file say that something is withheld."""
    if name == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(file(name, sheet)))
        pages = [page for page in book.worksheets if page.title in ("Ergebnisse", "Nach Gruppen")]
        return sum(row[20] is not None for page in pages for row in list(page.values)[1:])
    dialect: dict[str, Any] = {"delimiter": ";"} if name == "csv_excel" else {}
    found = sum(
        bool(row.get("reason_code") or row.get("Kürzel des Grundes"))
        for row in csv.DictReader(
            io.StringIO(file(name, sheet).decode("utf-8-sig"), newline=""), **dialect
        )
    )
    return found + sum(bool(row["reason_code"]) for row in rows(sheet))


@pytest.mark.parametrize("name", SHEETS)
def test_the_number_of_withheld_values_is_that_of_the_rows(name: str) -> None:
    """Rule 5."""
    one = SHEETS[name]()
    book = openpyxl.load_workbook(io.BytesIO(file("xlsx", one)))
    noted = {row[0]: row[1] for row in book["Hinweise"].values}
    counted = {each: rows_with_reason(each, one) for each in ("xlsx", "csv_excel", "csv_rfc4180")}
    assert set(counted.values()) == {int(noted["Nicht ausgewiesene Werte"])}
    document = json.loads(file("json", one))
    assert document["withheld"] == int(noted["Nicht ausgewiesene Werte"]) == marks(document)
    assert noted["•"] == "zum Schutz nicht ausgewiesen, nicht null"


def marks(thing: Any) -> int:
    """Return how often "•" stands for a value in a document."""
    if isinstance(thing, dict):
        return (thing.get("mark") == "•") + sum(map(marks, thing.values()))
    return sum(map(marks, thing)) if isinstance(thing, list) else 0


@pytest.fixture(scope="module")
def paper(pool: PdfPool) -> dict[str, str]:
    """Return the text of the two pages of each sheet."""
    drawn = pool.render_many(sheet_document(make(), GERMAN) for make in SHEETS.values())
    return dict(zip(SHEETS, map(text, drawn), strict=True))


@pytest.mark.parametrize("name", SHEETS)
def test_the_legend_counts_what_is_withheld(name: str, paper: dict[str, str]) -> None:
    """Rule 5: on paper and on the page; groups stand elsewhere and say their reasons themselves."""
    one = SHEETS[name]()
    hidden = sum(
        variable["status"] == "withheld"
        for wave in json.loads(file("json", one))["waves"]
        for variable in wave["variables"]
    )
    page = " ".join(said(each) for each in tree(one).iter("dd"))
    for written in (page, paper[name]):
        assert re.findall(r"Nicht ausgewiesene Werte: (\d+)", written) == [str(hidden)]
        assert "• heißt: zum Schutz nicht ausgewiesen, nicht null." in written


def test_without_a_breakdown_nothing_is_said() -> None:
    """Rule 6."""
    assert [row["status"] for row in rows(sommercamp())] == ["keine Gruppen vorgesehen"] * 3
    assert [wave["groups"] for wave in json.loads(file("json", sommercamp()))["waves"]] == [[]] * 3
    assert (
        "Nach Gruppen"
        not in openpyxl.load_workbook(io.BytesIO(file("xlsx", sommercamp()))).sheetnames
    )
