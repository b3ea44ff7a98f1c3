"""Each format by itself, read with the programs it is made for.

1. The workbook has a native chart for each released table, with cells of that table, and none for
   what is withheld; ordered answers are columns, the others bars.
2. The SPSS file has labels for variables and values, names that SPSS takes (unique without regard
   to case, at most 64 bytes), and weighted by `count` it gives the tables that were counted by hand.
3. JSON keeps the schema that is shipped.
4. The data package is valid, its checksums are those of its files, and its table is the CSV.
5. The DDI codebook counts, and says of a withheld variable why (its schema: test_ddi.py).
6. The R script runs, reads the CSV, shows the counts, draws, and is not broken by any title.
7. Without its libraries a format is not offered.
8. A roll-up goes through the same functions.
9. Nothing of a format but `Released | Withheld` reaches a file: an extract holds no other table.
"""

import csv
import doctest
import hashlib
import importlib
import io
import json
import re
import shutil
import subprocess
import typing
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import jsonschema
import openpyxl
import pandas as pd
import pyreadstat
import pytest
from frictionless import Package, system
from frictionless import validate as validated

from survey_app.domain.codebook import Level
from survey_app.domain.disclosure import Released, Withheld
from survey_app.domain.extract import Extract, Kind, extract_of, section_of_roll_up
from survey_app.domain.ledger import Ledger
from survey_app.domain.questionnaire import Audience
from survey_app.domain.results import ResultRow
from survey_app.domain.rollup import RolledUp, roll_up
from survey_app.domain.sheet import EvaluationSheet
from survey_app.rendering.exports import FORMATS
from survey_app.rendering.exports.json import SCHEMA_FILE
from survey_app.rendering.exports.r_script import quoted
from survey_app.rendering.exports.sav import fitting, numbers_of, unused_name
from survey_app.services import exporting
from tests.domain.test_rollup import part, table
from tests.rendering.paper import GERMAN
from tests.rendering.test_exports import by_hand, injected
from tests.support_sheets import (
    POLICY,
    SITUATIONS,
    SOMMERCAMP,
    YOUNG,
    many_waves,
    questionnaire,
    result,
    sheet_of,
    sommercamp,
    werkstatt,
)

HAND_COUNTED = {1: 1, 2: 2, 3: 3, 4: 8, 5: 10}  # K1 of test_exports.by_hand
DDI = "{ddi:codebook:2_5}"
R = shutil.which("Rscript")


def file(name: str, sheet: EvaluationSheet) -> bytes:
    """Return the file."""
    return FORMATS[name].export(extract_of(sheet), GERMAN)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder."""
    return tmp_path


# The workbook


def charts(sheet: EvaluationSheet) -> list[Any]:
    """Return the charts of the workbook, as openpyxl reads them."""
    book = openpyxl.load_workbook(io.BytesIO(file("xlsx", sheet)))
    return [chart for page in book.worksheets for chart in page._charts]


def test_each_released_table_has_a_chart_of_its_own_cells() -> None:
    sheet = by_hand()
    book = openpyxl.load_workbook(io.BytesIO(file("xlsx", sheet)))
    numbers = book["Ergebnisse"]
    released = [row for row in sheet.results[0].rows if isinstance(row.table, Released)]
    drawn = charts(sheet)
    assert len(drawn) == len(released)
    for row, chart in zip(released, drawn, strict=True):
        (series,) = chart.series
        name, cells = series.val.numRef.f.split("!")
        assert name == "Ergebnisse"
        first, last = cells.replace("$", "").split(":")
        counts = [cell.value for (cell,) in numbers[first:last]]
        assert isinstance(row.table, Released)
        assert counts == [cell.count for cell in row.table.cells]
        variables = {numbers.cell(cell.row, 7).value for (cell,) in numbers[first:last]}
        assert variables == {row.variable.name}


def test_kinds_of_tables_have_kinds_of_charts() -> None:
    kinds = [
        (row.variable.level is Level.NOMINAL, chart.barDir)
        for row, chart in zip(
            (row for each in sommercamp().results for row in each.rows),
            charts(sommercamp()),
            strict=True,
        )
    ]
    assert set(kinds) == {(True, "bar"), (False, "col")}


def test_what_is_withheld_has_no_chart() -> None:
    assert charts(werkstatt()) == []
    book = openpyxl.load_workbook(io.BytesIO(file("xlsx", werkstatt())))
    assert book.sheetnames == ["Ergebnisse", "Codebuch", "Hinweise"]


def test_headings_of_charts_are_cells_and_no_formulas() -> None:
    with zipfile.ZipFile(io.BytesIO(file("xlsx", injected()))) as packed:
        parts = [packed.read(name).decode() for name in packed.namelist() if "chart" in name]
    references = [each for part in parts for each in re.findall("<c:f>(.*?)</c:f>", part)]
    assert references != []
    assert {each.partition("!")[0] for each in references} == {"Ergebnisse"}
    assert {each for part in parts for each in re.findall("<a:t>(.*?)</a:t>", part)} == {"Anzahl"}


# SPSS


def spss(sheet: EvaluationSheet, folder: Path) -> tuple[Any, Any]:
    """Return the cases and what describes them."""
    path = folder / "extract.sav"
    path.write_bytes(file("sav", sheet))
    cases, described = pyreadstat.read_sav(path)
    return cases, described


def test_spss_weighs_the_cases_into_the_tables_counted_by_hand(folder: Path) -> None:
    cases, described = spss(by_hand(), folder)
    about_k1 = cases[cases["k1"].notna()]
    assert dict(zip(about_k1["k1"], about_k1["count"], strict=True)) == HAND_COUNTED
    assert set(about_k1["base"]) == {24}
    assert described.column_names_to_labels["k1"] == "Das Angebot hat mir insgesamt gefallen."
    assert described.variable_value_labels["k1"][5] == "stimmt genau"
    assert described.variable_value_labels["alter"] == {
        1: "13 oder jünger",
        2: "14 oder 15",
        3: "16 oder 17",
        4: "18 oder älter",
    }
    assert (described.variable_measure["k1"], described.variable_measure["alter"]) == (
        "ordinal",
        "nominal",
    )
    assert described.creation_time.date() == by_hand().as_of
    assert described.file_encoding == "UTF-8"


def test_withheld_cases_have_a_reason_and_no_number(folder: Path) -> None:
    cases, described = spss(werkstatt(), folder)
    assert set(cases["status"]) == {0}
    labels = described.variable_value_labels
    assert labels["status"] == {0: "nicht ausgewiesen", 1: "ausgewiesen"}
    assert {labels["reason_code"][code] for code in cases["reason_code"]} == {"small_block"}
    for name in ("count", "percent", "base", "missing", "k1", "alter"):
        assert cases[name].isna().all()


def test_names_of_spss_are_unique_without_regard_to_case(folder: Path) -> None:
    # Questionnaires have small letters only; two questionnaires may still share a name, and one may
    # take the name of a column or a word that SPSS keeps for itself.
    text = YOUNG.replace("id: k1,", "id: count,").replace("id: k2,", "id: and,")
    again = text.replace("id: kern-jugend", "id: kern-zwei").replace("Wie alt bist du?", "Alter?")
    people = [{"count": 4, "and": 5, "alter": "a14"}] * 12
    sheet = sheet_of(
        SOMMERCAMP,
        result(questionnaire(text), people, number=1),
        result(questionnaire(again), people, number=2),
    )
    _, described = spss(sheet, folder)
    names = described.column_names
    assert len({name.upper() for name in names}) == len(names)
    assert {"count", "count_2", "count_3", "and_2", "and_3", "alter", "alter_2"} <= set(names)
    assert unused_name("ab", {"AB"}) == "ab_2"
    assert unused_name("AB", {"AB", "AB_2"}) == "AB_3"
    assert len(unused_name("x" * 100, set())) == 64
    assert unused_name("x" * 64, {"X" * 64}) == "x" * 62 + "_2"


def test_labels_of_spss_are_cut_at_letters_not_at_bytes() -> None:
    assert fitting("Ä" * 10, 20) == "Ä" * 10
    assert fitting("Ä" * 11, 20) == "Ä" * 8 + "…"
    assert fitting("eine\n  Zeile", 20) == "eine Zeile"


def test_numbers_of_codes_never_meet() -> None:
    assert numbers_of([1, 1001, "1+2", 1]) == {1: 1, 1001: 1001, "1+2": 1002}


# JSON


@pytest.mark.parametrize("name", SITUATIONS)
def test_json_is_valid_by_its_schema(name: str) -> None:
    schema = json.loads(SCHEMA_FILE.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(file("json", SITUATIONS[name]())), schema)


def test_the_schema_refuses_a_number_beside_a_reason() -> None:
    document = json.loads(file("json", werkstatt()))
    document["waves"][0]["variables"][0]["base"] = 4
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, json.loads(SCHEMA_FILE.read_text()))


# The data package


def package(sheet: EvaluationSheet) -> dict[str, bytes]:
    """Return the files of the package."""
    with zipfile.ZipFile(io.BytesIO(file("data_package", sheet))) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.mark.filterwarnings("default")  # of the library that reads
@pytest.mark.parametrize("name", ["Sommercamp", "Werkstatt", "no waves"])
def test_the_package_is_valid_with_its_checksums(name: str, folder: Path) -> None:
    path = folder / "package.zip"
    path.write_bytes(file("data_package", SITUATIONS[name]()))
    report = validated(str(path))
    assert report.flatten(["type", "note"]) == []
    assert report.valid


@pytest.mark.filterwarnings("default")
def test_a_package_that_was_changed_is_found_out(folder: Path) -> None:
    files = package(by_hand())
    files["results.csv"] = files["results.csv"].replace(b",10,42,", b",11,42,", 1)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    with system.use_context(trusted=True):
        report = validated(str(folder / "datapackage.json"))
    assert [each[0] for each in report.flatten(["type"])] == ["hash-count"]


@pytest.mark.filterwarnings("default")
def test_the_package_knows_the_types_of_its_columns(folder: Path) -> None:
    for name, content in package(by_hand()).items():
        (folder / name).write_bytes(content)
    with system.use_context(trusted=True):
        rows = Package(str(folder / "datapackage.json")).get_resource("results").read_rows()
    k1 = {row["code"]: row["count"] for row in rows if row["variable"] == "k1"}
    assert k1 == {str(code): count for code, count in HAND_COUNTED.items()}


def test_everything_in_the_package_has_its_checksum() -> None:
    files = package(sommercamp())
    sums = files.pop("SHA256SUMS").decode().splitlines()
    expected = {f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in files.items()}
    assert set(sums) == expected
    assert files["results.csv"] == file("csv_rfc4180", sommercamp())
    assert list(files) == [
        "datapackage.json",
        "results.csv",
        "codebook.csv",
        "ddi-codebook.xml",
        "mitreden.R",
        "NOTES.txt",
    ]


# DDI


def ddi(sheet: EvaluationSheet) -> Element:
    """Return the document."""
    return fromstring(file("ddi", sheet))


def test_ddi_counts_and_says_why_not() -> None:
    k1 = next(each for each in ddi(by_hand()).iter(f"{DDI}var") if each.get("name") == "k1")
    counts = {
        int(each.findtext(f"{DDI}catValu", "")): int(each.findtext(f"{DDI}catStat", ""))
        for each in k1.iter(f"{DDI}catgry")
    }
    assert counts == HAND_COUNTED
    sums = {each.get("type"): each.text for each in k1.iter(f"{DDI}sumStat")}
    assert sums == {"vald": "24", "invd": "3"}
    small = ddi(werkstatt())
    for variable in small.iter(f"{DDI}var"):
        assert "zum Schutz nicht ausgewiesen" in variable.findtext(f"{DDI}security", "")
        assert [each.tag for each in variable if each.tag.endswith("sumStat")] == []
    assert list(small.iter(f"{DDI}caseQnty")) == list(small.iter(f"{DDI}catStat")) == []


def test_ddi_leaves_out_what_xml_does_not_know() -> None:
    sheet = sheet_of(replace(SOMMERCAMP, title="Camp \x0b\x00<b>&\ufffe 😀"), *by_hand().results)
    assert ddi(sheet).findtext(f".//{DDI}titl") == "Camp <b>& 😀"


# R


def run_r(folder: Path, sheet: EvaluationSheet, more: str = "") -> str:
    """Return what the script prints, reading the files of the package."""
    if R is None:
        pytest.skip("Without Rscript (package r-base-core) the R script is only read, not run.")
    for name, content in package(sheet).items():
        (folder / name).write_bytes(content)
    script = folder / "all.R"
    script.write_bytes((folder / "mitreden.R").read_bytes() + more.encode())
    done = subprocess.run(
        [R, "--vanilla", "all.R", "results.csv"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def test_r_reads_shows_and_draws(folder: Path) -> None:
    more = (
        '\nk1 <- show_table("k1")\ncat("SUM", sum(k1$count == c("1","2","3","8","10")), "\\n")\n'
        'pdf("k1.pdf")\ndraw_table("k1")\ninvisible(dev.off())\n'
    )
    printed = run_r(folder, by_hand(), more)
    assert printed.startswith("Beispieldaten: Alle Angaben sind erfunden.\nBogen: M0007-20261121\n")
    assert "SUM 5" in printed
    assert (folder / "k1.pdf").read_bytes().startswith(b"%PDF")


def test_r_keeps_withheld_numbers_missing(folder: Path) -> None:
    more = '\ncat("LEFT", sum(!is.na(results$count)), sum(results$is_withheld), "\\n")\n'
    assert "LEFT 0 18" in run_r(folder, werkstatt(), more + 'k1 <- show_table("k1")\n')


def test_no_title_becomes_code_in_r(folder: Path) -> None:
    title = 'Camp"); system("touch evil")\n system("touch evil") # \\" 😀'
    sheet = sheet_of(replace(SOMMERCAMP, title=title), *by_hand().results)
    assert 'Camp"); system("touch evil")' in run_r(folder, sheet)
    assert not (folder / "evil").exists()
    assert quoted('a"b\\c\nd') == '"a\\"b\\\\c d"'


# All of them


def test_a_format_without_its_library_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    lacking = replace(FORMATS["sav"], needs=("a_library_that_nobody_has",))
    monkeypatch.setitem(FORMATS, "sav", lacking)
    assert set(FORMATS) - set(exporting.formats()) == {"sav"}
    with pytest.raises(KeyError):
        exporting.export("sav", by_hand(), GERMAN)


def test_a_file_comes_with_its_checksum() -> None:
    for each in exporting.all_files(extract_of(by_hand()), GERMAN):
        assert each.checksum == hashlib.sha256(file(each.name, by_hand())).hexdigest()


def rolled_up() -> Extract:
    """Return a roll-up of three waves: two large enough, and one that is left out."""
    tables = [table([1, 2, 3, 8, 10]), table([0, 1, 2, 3, 6]), table([0, 0, 1, 1, 1])]
    rolled = roll_up(
        "roll-up", [part(n, each) for n, each in enumerate(tables, 1)], Ledger(), POLICY
    )
    assert isinstance(rolled, RolledUp)
    k1 = next(each for each in questionnaire(YOUNG).codebook() if each.core == "K1")
    section = section_of_roll_up(rolled, {"K1": k1}, Audience.YOUNG_PEOPLE)
    extract = extract_of(by_hand())
    return replace(extract, kind=Kind.ROLL_UP, number="R2026", facts=(), sections=(section,))


def test_a_roll_up_takes_the_same_way(folder: Path) -> None:
    files = {each.name: each.content for each in exporting.all_files(rolled_up(), GERMAN)}
    assert set(files) == set(exporting.formats())
    rows = list(csv.DictReader(io.StringIO(files["csv_rfc4180"].decode(), newline="")))
    assert [(row["wave"], row["variable"], row["code"], row["count"]) for row in rows] == [
        ("", "K1", "1", "1"),
        ("", "K1", "2", "3"),
        ("", "K1", "3", "5"),
        ("", "K1", "4", "11"),
        ("", "K1", "5", "16"),
    ]
    jsonschema.validate(json.loads(files["json"]), json.loads(SCHEMA_FILE.read_text()))
    (folder / "roll.sav").write_bytes(files["sav"])
    cases, _ = pyreadstat.read_sav(folder / "roll.sav")
    assert list(cases["count"]) == [1, 3, 5, 11, 16]
    assert pd.isna(cases["wave"]).all()
    assert [each.get("name") for each in fromstring(files["ddi"]).iter(f"{DDI}var")] == ["K1"]


def test_an_extract_has_room_for_released_values_only() -> None:
    assert set(typing.get_args(typing.get_type_hints(ResultRow)["table"])) == {Released, Withheld}
    for section in extract_of(many_waves()).sections:
        for row in section.rows:
            assert isinstance(row.table, Released | Withheld)


@pytest.mark.parametrize("name", ["base", "ddi", "r_script", "sav"])
def test_examples_are_true(name: str) -> None:
    found = doctest.testmod(importlib.import_module(f"survey_app.rendering.exports.{name}"))
    assert (found.failed, found.attempted > 0) == (0, True)
