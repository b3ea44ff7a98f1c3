"""What is rendered says no more than the values that the attack suite attacks.

1. CSV (both, and the one in the data package), workbook, JSON and SPSS file, read back, hold the
   released tables and nothing else: so what holds of the values holds of the files.
2. The page and the two pages of paper hold no counts but those of released tables.
3. Whoever changes nothing but what is withheld changes no byte: of the files, of the page, of the
   paper. Networks are drawn at random; the smallest waves have one person.
4. The same holds of roll-ups: within a pool people can change places, and what is left out can have
   answered anything.
"""

import csv
import io
import json
import random
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import openpyxl
import pyreadstat
import pytest

from survey_app.domain.codebook import Level
from survey_app.domain.disclosure import Released, ReleasedBlock, release_block
from survey_app.domain.extract import Extract, Kind, extract_of, section_of_roll_up
from survey_app.domain.ledger import Ledger
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.response import Answers
from survey_app.domain.rollup import Part, RolledUp, roll_up
from survey_app.domain.sheet import EvaluationSheet
from survey_app.domain.statistics import top_box
from survey_app.rendering.exports import FORMATS
from survey_app.rendering.pdf import PdfPool
from survey_app.rendering.sheet import sheet_document, sheet_html
from tests.rendering.paper import GERMAN, text
from tests.rendering.test_sheet_screen import said, tree
from tests.support_sheets import (
    MEDIA,
    POLICY,
    SOMMERCAMP,
    YOUNG,
    counted,
    questionnaire,
    result,
    sheet_of,
    simulated,
)

INNER = """
id: wohl
version: 1.0.0
audience: young_people
languages: [de]
title: Wie es mir geht
minutes: 2
licence: {class: A, spdx: CC-BY-4.0, holder: Mitreden}
sections:
  - id: wohl
    questions:
      - {id: handy, kind: rating, scale: agreement, sensitivity: B, text: Ich lege das Handy weg.}
      - {id: allein, kind: rating, scale: agreement, sensitivity: C, text: Ich fühle mich allein.}
      - {id: hilfe, kind: single_choice, sensitivity: B, text: Wer hilft dir?,
         options: [{code: a, text: Eltern}, {code: b, text: Freunde}, {code: c, text: niemand}]}
"""
FORMS = tuple(map(questionnaire, (YOUNG, MEDIA, INNER)))
SIZES = (1, 3, 4, 5, 7, 9, 10, 14, 22, 30, 55, 260)
SEEDS = range(16)
ON_PAPER = range(4)

Table = tuple[tuple[tuple[str, int], ...], int]
"""(code, count) of each answer, and n."""
Tables = Mapping[tuple[int, str], Table]
"""By wave and variable."""


def drawn(seed: int) -> list[tuple[Questionnaire, list[Answers]]]:
    """Return up to four waves: what was asked, and what everybody answered."""
    chance = random.Random(seed)
    return [(form := chance.choice(FORMS), few(form, chance)) for _ in range(chance.randint(1, 4))]


def few(form: Questionnaire, chance: random.Random) -> list[Answers]:
    """Return the answers of a group of any size and mood."""
    size, mood = chance.choice(SIZES), chance.choice([0.5, 0.8, 0.95])
    return simulated(form, size, mood=mood, seed=chance.getrandbits(32))


def sheet_from(waves: list[tuple[Questionnaire, list[Answers]]]) -> EvaluationSheet:
    """Return the sheet of some waves."""
    results = [result(form, people, number=n) for n, (form, people) in enumerate(waves, start=1)]
    return sheet_of(replace(SOMMERCAMP, participants=None), *results)


def tables_of(sheet: EvaluationSheet) -> Tables:
    """Return what the sheet was given to show."""
    return {
        (each.wave.id, name): (
            tuple((str(cell.code), cell.count) for cell in table.cells),
            table.base,
        )
        for each in sheet.results
        for name, table in each.released.tables.items()
        if isinstance(table, Released)
    }


def file(name: str, sheet: EvaluationSheet) -> bytes:
    """Return a file."""
    return FORMATS[name].export(extract_of(sheet), GERMAN)


def rows_of(name: str, content: bytes) -> Iterator[tuple[int, str, str, str, str]]:
    """Yield wave, variable, code, count and n of each row of a file that has rows."""
    if name == "xlsx":
        head, *lines = openpyxl.load_workbook(io.BytesIO(content))["Ergebnisse"].values
        found = [
            dict(zip(map(str, head), ["" if v is None else str(v) for v in line], strict=True))
            for line in lines
        ]
    else:
        dialect = ";" if name == "csv_excel" else ","
        rows = io.StringIO(content.decode("utf-8-sig"), newline="")
        found = list(csv.DictReader(rows, delimiter=dialect))
    english = ("wave", "variable", "code", "count", "base")
    german = ("Erhebung", "Variable", "Code", "Anzahl", "n")
    for row in found:
        wave, *rest = (row[each] for each in (english if "wave" in row else german))
        yield int(wave or 0), *rest  # 0: several waves together


def read_back(name: str, content: bytes) -> Tables:
    """Return the tables in a file."""
    if name == "json":
        return dict(_tables_in_json(content))
    if name == "data_package":
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return read_back("csv_rfc4180", package.read("results.csv"))
    tables: dict[tuple[int, str], tuple[list[tuple[str, int]], int]] = {}
    for wave, variable, code, count, base in rows_of(name, content):
        if base.isdigit():
            cells, _ = tables.setdefault((wave, variable), ([], int(base)))
            cells.append((code.removeprefix("'"), int(count)))
    return {key: (tuple(cells), base) for key, (cells, base) in tables.items()}


def _tables_in_json(content: bytes) -> Iterator[tuple[tuple[int, str], Table]]:
    for wave in json.loads(content)["waves"]:
        for each in wave["variables"]:
            if each["status"] == "released" and each["base"] is not None:
                cells = tuple((str(a["code"]), a["count"]) for a in each["answers"])
                yield (wave["wave"] or 0, each["name"]), (cells, each["base"])


READ_BACK = ("csv_excel", "csv_rfc4180", "data_package", "json", "xlsx")


@pytest.mark.parametrize("seed", SEEDS)
def test_files_hold_the_released_tables_and_no_other(seed: int) -> None:
    """Rule 1."""
    sheet = sheet_from(drawn(seed))
    for name in READ_BACK:
        assert read_back(name, file(name, sheet)) == tables_of(sheet), name


@pytest.mark.parametrize("seed", SEEDS)
def test_the_spss_file_holds_their_counts(seed: int, tmp_path: Path) -> None:
    """Rule 1: codes have numbers of their own there."""
    sheet = sheet_from(drawn(seed))
    (tmp_path / "f.sav").write_bytes(file("sav", sheet))
    columns, _ = pyreadstat.read_sav(str(tmp_path / "f.sav"), output_format="dict")
    found: dict[tuple[int, str], list[int]] = {}
    rows = zip(*(columns[name] for name in ("wave", "variable", "count", "base")), strict=True)
    for wave, variable, count, base in rows:
        if base is not None and base == base:
            found.setdefault((int(wave), variable), []).append(int(count))
    assert found == {
        key: [count for _, count in cells] for key, (cells, _) in tables_of(sheet).items()
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_the_page_holds_no_other_counts(seed: int) -> None:
    """Rule 2: row by row, and column by column where the answers stand below one another."""
    sheet = sheet_from(drawn(seed))
    shown = {tuple(count for _, count in cells) for cells, _ in tables_of(sheet).values()}
    assert {counts for counts in counts_on_page(sheet) if counts not in shown} == set()


def counts_on_page(sheet: EvaluationSheet) -> Iterator[tuple[int, ...]]:
    """Yield the counts of each table of the page: "8 (33 %)"."""
    for table in tree(sheet).iter("table"):
        rows = [[said(cell) for cell in row] for row in table.iter("tr")]
        counts = [
            [int(found[1]) for cell in row if (found := re.fullmatch(r"(\d+) \(\d+ %\)", cell))]
            for row in rows
        ]
        if any(len(row) > 1 for row in counts):
            yield from (tuple(row) for row in counts if row)
        elif any(counts):
            yield tuple(count for row in counts for count in row)


@pytest.mark.parametrize("seed", ON_PAPER)
def test_the_paper_holds_no_other_shares(seed: int, pool: PdfPool) -> None:
    """Rule 2: every "7 von 9" is a share of a released table."""
    sheet = sheet_from(drawn(seed))
    found = re.findall(r"(\d+) von (\d+)", text(pool.render(sheet_document(sheet, GERMAN))))
    assert {(int(a), int(b)) for a, b in found} - set(shares_of(sheet)) == set()


def shares_of(sheet: EvaluationSheet) -> Iterator[tuple[int, int]]:
    """Yield each count of a released table, and the positive ones together, with its n."""
    for each in sheet.results:
        for row in each.rows:
            if isinstance(row.table, Released):
                yield from ((cell.count, row.table.base) for cell in row.table.cells)
                positive = top_box(row.table, row.variable.positive)
                yield positive.count, positive.base


# Twins: the same values, other answers


def twin_of(form: Questionnaire, people: list[Answers], seed: int) -> list[Answers]:
    """Return other answers of which the same may be shown; the same ones if there are none."""
    chance, shown = random.Random(seed), released(form, people)
    if not isinstance(shown.base, int):
        return simulated(form, chance.choice([1, 2, 3, 4]), seed=chance.getrandbits(32))
    hidden = [name for name, table in shown.tables.items() if not isinstance(table, Released)]
    for _ in range(60):
        name = chance.choice(hidden or [""])
        others = simulated(form, len(people), mood=0.9, seed=chance.getrandbits(32))
        twin = [
            {**own, name: other[name]} if name in own and name in other else own
            for own, other in zip(people, others, strict=True)
        ]
        if twin != people and released(form, twin) == shown:
            return twin
    return people


def released(form: Questionnaire, people: list[Answers]) -> ReleasedBlock:
    """Return what of these answers may be shown."""
    return release_block(counted(form, people), POLICY)


def twins(seed: int) -> tuple[EvaluationSheet, EvaluationSheet, bool]:
    """Return two sheets of which the same may be shown, and whether the answers differ."""
    waves = drawn(seed)
    others = [(form, twin_of(form, people, seed)) for form, people in waves]
    return sheet_from(waves), sheet_from(others), waves != others


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_withheld_changes_no_byte(seed: int) -> None:
    """Rule 3."""
    one, other, _ = twins(seed)
    for name in FORMATS:
        assert file(name, one) == file(name, other), name
    assert sheet_html(one, GERMAN) == sheet_html(other, GERMAN)


def test_what_is_withheld_changes_nothing_on_paper(pool: PdfPool) -> None:
    """Rule 3."""
    different = [(one, other) for seed in SEEDS for one, other, differ in [twins(seed)] if differ]
    one, other = (
        [text(pdf) for pdf in pool.render_many(sheet_document(s, GERMAN) for s in sheets)]
        for sheets in zip(*different[:3], strict=True)
    )
    assert one == other


def test_twins_are_different_people() -> None:
    """Rule 3: in most networks something is withheld, and somebody else could have answered it."""
    assert sum(differ for _, _, differ in map(twins, SEEDS)) >= 8


# Roll-ups


def parts_of(groups: list[list[Answers]]) -> list[Part]:
    """Return waves of measures of their own, in two towns, that asked the core questions."""
    cores = {v.core: v.name for v in FORMS[0].codebook() if v.core and v.level is not Level.TEXT}
    return [
        Part(n, n, counted(FORMS[0], people), institution=f"site {n}", area=n % 2, cores=cores)
        for n, people in enumerate(groups, start=1)
    ]


def rolled_up(groups: list[list[Answers]]) -> RolledUp:
    """Return the roll-up of some waves."""
    everybody = [f"site {n}" for n in range(1, len(groups) + 1)]
    rolled = roll_up("2026", parts_of(groups), Ledger(), POLICY, agreed=everybody)
    assert isinstance(rolled, RolledUp)
    return rolled


def extract_from(rolled: RolledUp) -> Extract:
    """Return a roll-up on its way into a file."""
    variables = {v.core: v for v in FORMS[0].codebook() if v.core is not None}
    section = section_of_roll_up(rolled, variables, FORMS[0].audience)
    return replace(extract_of(sheet_from([])), kind=Kind.ROLL_UP, sections=(section,))


def groups_drawn(seed: int) -> list[list[Answers]]:
    """Return the answers of eight workshops and classes."""
    chance = random.Random(seed)
    sizes = [chance.choice((1, 2, 3, 4, 4, 12, 25)) for _ in range(8)]
    return [simulated(FORMS[0], size, seed=chance.getrandbits(32)) for size in sizes]


@pytest.mark.parametrize("seed", range(6))
def test_files_of_a_roll_up_hold_its_sums_and_no_other(seed: int) -> None:
    """Rules 1 and 4."""
    rolled = rolled_up(groups_drawn(seed))
    shown = {
        (0, core): (tuple((str(c.code), c.count) for c in each.table.cells), each.table.base)
        for core, each in rolled.cores.items()
        if isinstance(each.table, Released)
    }
    for name in READ_BACK:
        assert read_back(name, FORMATS[name].export(extract_from(rolled), GERMAN)) == shown, name


@pytest.mark.parametrize("seed", range(6))
def test_places_within_a_pool_change_no_byte(seed: int) -> None:
    """Rules 3 and 4."""
    groups = groups_drawn(seed)
    rolled = rolled_up(groups)
    others = rolled_up(changed_places(groups, rolled, seed))
    for name, each in FORMATS.items():
        files = [each.export(extract_from(one), GERMAN) for one in (rolled, others)]
        assert files[0] == files[1], name


def changed_places(groups: list[list[Answers]], rolled: RolledUp, seed: int) -> list[list[Answers]]:
    """Return waves in which pools are shuffled, and other people sit in what is left out."""
    chance, changed = random.Random(seed), list(groups)
    told = {wave for grain in rolled.release.grains for wave in grain}
    for grain in rolled.release.grains:
        if len(grain) > 1:
            pool = [each for wave in sorted(grain) for each in groups[wave - 1]]
            chance.shuffle(pool)
            for wave in sorted(grain):
                changed[wave - 1] = [pool.pop() for _ in groups[wave - 1]]
    for place, people in enumerate(groups):
        if place + 1 not in told:
            changed[place] = simulated(FORMS[0], len(people), seed=chance.getrandbits(32))
    return changed
