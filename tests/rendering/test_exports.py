"""The files for other programs, read back with other programs.

1. Every format is found by its module, says what it is, and gives equal bytes for equal sheets.
2. CSV for Excel has a BOM, semicolons and German headings; RFC 4180 has commas and English names.
   Both, the workbook and JSON hold the same numbers, equal to those counted by hand.
3. What is withheld has no number anywhere: not a count, not an n, not a zero. Files of a wave of
   four do not depend on what the four answered, nor on whether they were four.
4. No text becomes a formula; numbers such as -5 stay what they are.
5. Every format says "Beispieldaten" of invented data, and only of those.
6. The codebook explains every code, with sensitivity, core, mirror and label.
"""

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from survey_app.domain.extract import extract_of
from survey_app.domain.response import Answers
from survey_app.domain.sheet import EvaluationSheet
from survey_app.rendering.exports import FORMATS
from survey_app.rendering.exports.base import safe
from tests.rendering.paper import GERMAN
from tests.support_sheets import (
    MEDIA,
    NETWORK,
    SITUATIONS,
    SOMMERCAMP,
    YOUNG,
    questionnaire,
    result,
    sheet_of,
    simulated,
    sommercamp,
    werkstatt,
)

K1 = [1] * 1 + [2] * 2 + [3] * 3 + [4] * 8 + [5] * 10
PEOPLE: list[Answers] = [
    *({"k1": code, "k9": "Die Pausen."} for code in K1),
    {"k1": "refused"},
    {"k1": "refused"},
    {},
]


def by_hand() -> EvaluationSheet:
    """Return the sheet of 27 people: 24 answered K1, two did not want to, one left it out."""
    return sheet_of(SOMMERCAMP, result(questionnaire(YOUNG), PEOPLE, number=3))


def file(name: str, sheet: EvaluationSheet) -> bytes:
    """Return the file."""
    return FORMATS[name].export(extract_of(sheet), GERMAN)


def excel_rows(sheet: EvaluationSheet) -> list[dict[str, str]]:
    """Return the rows of the CSV for Excel."""
    text = file("csv_excel", sheet).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def plain_rows(sheet: EvaluationSheet) -> list[dict[str, str]]:
    """Return the rows of the CSV for R."""
    text = file("csv_rfc4180", sheet).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def workbook(sheet: EvaluationSheet) -> Any:
    """Return the workbook."""
    return openpyxl.load_workbook(io.BytesIO(file("xlsx", sheet)))


def table(page: Any) -> list[dict[str, object]]:
    """Return a worksheet as rows under their headings."""
    head, *rows = page.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def document(sheet: EvaluationSheet) -> Any:
    """Return the JSON document."""
    return json.loads(file("json", sheet))


def everything(sheet: EvaluationSheet) -> dict[str, bytes]:
    """Return all files of a sheet."""
    return {name: file(name, sheet) for name in FORMATS}


def readable(name: str, sheet: EvaluationSheet) -> str:
    """Return everything a file holds as text; a workbook is unpacked."""
    content = file(name, sheet)
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")  # a file of SPSS holds numbers between its texts
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "\n".join(packed.read(part).decode() for part in packed.namelist())


def test_formats_are_found_and_say_what_they_are() -> None:
    assert {name: (each.suffix, each.label) for name, each in FORMATS.items()} == {
        "csv_excel": ("csv", "CSV für Excel"),
        "csv_groups": ("csv", "CSV nach Gruppen"),
        "csv_rfc4180": ("csv", "CSV für R und Datenbanken"),
        "data_package": ("zip", "Datenpaket"),
        "ddi": ("xml", "DDI-Codebuch"),
        "json": ("json", "JSON für Programme"),
        "r_script": ("R", "Skript für R"),
        "sav": ("sav", "SPSS-Datei"),
        "xlsx": ("xlsx", "Excel-Arbeitsmappe"),
    }


@pytest.mark.parametrize("name", SITUATIONS)
def test_equal_sheets_give_equal_bytes(name: str) -> None:
    assert everything(SITUATIONS[name]()) == everything(SITUATIONS[name]())


def test_csv_for_excel_is_what_a_german_excel_opens() -> None:
    content = file("csv_excel", by_hand())
    assert content.startswith(b"\xef\xbb\xbfDaten;Bogen;Erhebung;Zielgruppe;")
    k1 = [row for row in excel_rows(by_hand()) if row["Variable"] == "k1"]
    assert [(row["Code"], row["Antwort"], row["Anzahl"], row["Prozent"]) for row in k1] == [
        ("1", "stimmt gar nicht", "1", "4"),
        ("2", "stimmt eher nicht", "2", "8"),
        ("3", "teils/teils", "3", "13"),
        ("4", "stimmt eher", "8", "33"),
        ("5", "stimmt genau", "10", "42"),
    ]
    missing = ("n", "fehlend", "nicht beantwortet", "weiß nicht", "nicht gefragt", "Status")
    assert [k1[0][name] for name in missing] == ["24", "3", "1", "2", "0", "ausgewiesen"]


def test_csv_for_r_is_rfc_4180() -> None:
    content = file("csv_rfc4180", by_hand())
    assert content.startswith(b"data,sheet,wave,audience,questionnaire,version,variable,core,")
    assert content.endswith(b"\r\n")
    k1 = [row for row in plain_rows(by_hand()) if row["variable"] == "k1"]
    assert [(row["code"], row["count"], row["percent"]) for row in k1] == [
        ("1", "1", "4"),
        ("2", "2", "8"),
        ("3", "3", "13"),
        ("4", "8", "33"),
        ("5", "10", "42"),
    ]
    assert {(row["wave"], row["base"], row["missing"], row["core"]) for row in k1} == {
        ("3", "24", "3", "K1")
    }


def test_free_text_is_counted_and_never_exported() -> None:
    (texts,) = [row for row in plain_rows(by_hand()) if row["variable"] == "k9"]
    assert (texts["label"], texts["count"], texts["base"]) == ("hat etwas geschrieben", "24", "")
    for name in FORMATS:
        assert "Die Pausen." not in readable(name, by_hand())


def test_the_workbook_has_results_codebook_and_notes() -> None:
    book = workbook(by_hand())
    assert book.sheetnames == ["Ergebnisse", "Diagramme", "Codebuch", "Hinweise"]
    assert [page.freeze_panes for page in book.worksheets] == ["A2", None, "A2", None]
    k1 = [row for row in table(book["Ergebnisse"]) if row["Variable"] == "k1"]
    assert [(row["Code"], row["Anzahl"], row["Prozent"], row["n"]) for row in k1] == [
        (1, 1, 4, 24),
        (2, 2, 8, 24),
        (3, 3, 13, 24),
        (4, 8, 33, 24),
        (5, 10, 42, 24),
    ]
    assert book["Hinweise"]["A1"].value == "Beispieldaten"


def test_json_keeps_its_schema() -> None:
    found = document(by_hand())
    assert (found["schema"], found["sample"], found["note"]) == (
        "mitreden-results/1",
        True,
        "Beispieldaten",
    )
    (wave,) = found["waves"]
    assert (wave["wave"], wave["audience"], wave["base"]) == (3, "young_people", 27)
    assert wave["variables"][0] == {
        "name": "k1",
        "question": "Das Angebot hat mir insgesamt gefallen.",
        "status": "released",
        "base": 24,
        "missing": {"total": 3, "unanswered": 1, "refused": 2, "filtered": 0},
        "answers": [
            {"code": 1, "label": "stimmt gar nicht", "count": 1, "percent": 4},
            {"code": 2, "label": "stimmt eher nicht", "count": 2, "percent": 8},
            {"code": 3, "label": "teils/teils", "count": 3, "percent": 13},
            {"code": 4, "label": "stimmt eher", "count": 8, "percent": 33},
            {"code": 5, "label": "stimmt genau", "count": 10, "percent": 42},
        ],
    }


def test_reasons_for_missing_answers_of_sensitive_questions_stay_inside() -> None:
    people = simulated(questionnaire(MEDIA), 28, seed=5)
    sheet = sheet_of(SOMMERCAMP, result(questionnaire(MEDIA), people))
    rows = [row for row in plain_rows(sheet) if row["variable"] == "zufrieden"]
    assert [row["code"] for row in rows] == ["0+1+2+3+4+5", "6+7", "8+9+10"]
    assert {(row["unanswered"], row["refused"], row["filtered"]) for row in rows} == {("", "", "")}
    assert {row["missing"] for row in rows} == {"2"}


@pytest.mark.parametrize(
    ("group", "codes"),
    [
        ("four of one mind", [5] * 4),
        ("four others", [1, 2, 3, 1]),
        ("three", [2] * 3),
        ("none", []),
    ],
)
def test_files_of_a_tiny_wave_do_not_depend_on_its_answers(group: str, codes: list[int]) -> None:
    def files(answers: Sequence[Answers]) -> dict[str, bytes]:
        return everything(sheet_of(SOMMERCAMP, result(questionnaire(YOUNG), answers)))

    assert files([{"k1": code, "k9": "Ich"} for code in codes]) == files([{"alter": "u14"}] * 4)


def test_what_is_withheld_has_a_reason_and_no_number() -> None:
    reason = "Weniger als 5 Antworten: zum Schutz nicht ausgewiesen."
    for row in excel_rows(werkstatt()):
        assert (row["Status"], row["Anzahl"], row["Prozent"], row["n"]) == (
            "nicht ausgewiesen",
            "•",
            "•",
            "•",
        )
    for plain in plain_rows(werkstatt()):
        numbers = ("count", "percent", "base", "missing", "unanswered", "refused", "filtered")
        assert [plain[name] for name in numbers] == [""] * 7
    reasons = {row["variable"]: row["reason"] for row in plain_rows(werkstatt())}
    assert (reasons["k1"], reasons["alter"], reasons["f6"]) == (reason, reason, reason)
    assert reasons["k9"] == "Weniger als 10 Antworten: zum Schutz nicht ausgewiesen."
    for cells in table(workbook(werkstatt())["Ergebnisse"]):
        assert [cells["Anzahl"], cells["n"], cells["fehlend"]] == ["•", "•", None]
    for wave in document(werkstatt())["waves"]:
        assert wave["base"] is None
        assert {tuple(variable) for variable in wave["variables"]} == {
            ("name", "question", "status", "reason", "reason_code", "mark")
        }


def test_a_withheld_variable_among_released_ones_says_so() -> None:
    people = [{"geraete": ("handy",), "m1": 4}] * 11 + [{"geraete": ("konsole",), "m1": 2}]
    rows = plain_rows(sheet_of(SOMMERCAMP, result(questionnaire(MEDIA), people)))
    assert [(r["count"], r["status"]) for r in rows if r["variable"] == "geraete"] == [
        ("", "nicht ausgewiesen")
    ]
    assert [(r["code"], r["count"]) for r in rows if r["variable"] == "m1"] == [
        ("1", "0"),
        ("2", "1"),
        ("3", "0"),
        ("4", "11"),
        ("5", "0"),
    ]


def injected() -> EvaluationSheet:
    """Return a sheet whose wording tries to be a formula."""
    attack = '=HYPERLINK("http://evil.example")'
    text = (
        YOUNG.replace("13 oder jünger", f"'{attack}'")
        .replace("14 oder 15", "'+49 2162 39'")
        .replace("16 oder 17", "'-5'")
        .replace("18 oder älter", "'@SUM(A1:A9)'")
        .replace("Wie alt bist du?", '"=1+1"')
    )
    measure = replace(SOMMERCAMP, title="=cmd|' /C calc'!A0")
    people: list[Answers] = [{"alter": code} for code in ("u14", "a14", "a16", "a18")] * 3
    return sheet_of(measure, result(questionnaire(text), people))


@pytest.mark.parametrize("name", ["csv_excel", "csv_rfc4180"])
def test_no_cell_of_a_csv_is_a_formula(name: str) -> None:
    text = file(name, injected()).decode("utf-8-sig")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";" if name == "csv_excel" else ",")
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@")) and cell != "-5"] == []
    assert cells.count("'=1+1") == 4
    assert cells.count("-5") == 1


def test_no_cell_of_the_workbook_is_a_formula_or_a_link() -> None:
    book = workbook(injected())
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
    assert [cell for cell in cells if cell.hyperlink] == []
    labels = [row["Antwort"] for row in table(book["Ergebnisse"]) if row["Variable"] == "alter"]
    assert labels == ['=HYPERLINK("http://evil.example")', "+49 2162 39", "-5", "@SUM(A1:A9)"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1", "'=1"),
        ("\t=1", "'\t=1"),
        ("\r", "'\r"),
        ("-5", "-5"),
        ("+3,5", "+3,5"),
        ("-5+cmd", "'-5+cmd"),
        ("– nichts", "– nichts"),
        (-5, -5),
        (0, 0),
        (None, None),
    ],
    ids=repr,
)
def test_only_text_is_made_safe(value: str | int | None, written: str | int | None) -> None:
    assert safe(value) == written


def test_invented_data_say_so_in_every_format() -> None:
    honest = replace(SOMMERCAMP, network=replace(NETWORK, sample=False))
    real = sheet_of(honest, result(questionnaire(YOUNG), PEOPLE))
    assert {row["Daten"] for row in excel_rows(by_hand())} == {"Beispieldaten"}
    assert {row["data"] for row in plain_rows(by_hand())} == {"Beispieldaten"}
    assert {row["Daten"] for row in table(workbook(by_hand())["Ergebnisse"])} == {"Beispieldaten"}
    for name in FORMATS:
        assert ("Beispieldaten" in readable(name, by_hand())) is True
        assert ("Beispieldaten" in readable(name, real)) is False
    names = [row[0] for row in workbook(real)["Hinweise"].iter_rows(values_only=True)]
    assert names[0] == "Bogen"
    assert document(real)["sample"] is False


def test_the_codebook_explains_every_code() -> None:
    entries = document(sommercamp())["codebook"]
    assert entries[0] == {
        "questionnaire": "kern-jugend",
        "version": "1.0.0",
        "fingerprint": questionnaire(YOUNG).fingerprint,
        "variable": "k1",
        "question": "Das Angebot hat mir insgesamt gefallen.",
        "stem": "",
        "level": "mit Reihenfolge",
        "multiple": False,
        "sensitivity": "A",
        "core": "K1",
        "mirror": "f1",
        "unit": "",
        "code": 1,
        "label": "stimmt gar nicht",
        "positive": False,
    }
    codes = {(each["variable"], each["code"]) for each in entries}
    wanted = {
        (variable.name, code)
        for each in sommercamp().results
        for variable in each.questionnaire.codebook()
        for code in variable.codes or (None,)
    }
    assert codes == wanted
    sensitivities = {each["variable"]: each["sensitivity"] for each in entries}
    assert (sensitivities["stunden"], sensitivities["zufrieden"]) == ("B", "C")
    assert len(table(workbook(sommercamp())["Codebuch"])) == len(entries)
