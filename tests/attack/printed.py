"""What somebody sees who has the files only: sheets of a history, printed and read back.

The other modules attack values. Here the values are put on a sheet by the product, rendered by the
product, and read back from its files with other programs; what was read is attacked in their place.
So a number that a template or a format adds, or a group it forgets to withhold, is seen.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import lxml.html
import openpyxl

from survey_app.domain.disclosure import ReleasedBlock, ReleasedBreakdown
from survey_app.domain.extract import extract_of
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.response import Code
from survey_app.domain.results import WaveResult
from survey_app.domain.sheet import EvaluationSheet
from survey_app.rendering.exports import FORMATS
from survey_app.rendering.sheet import sheet_html
from tests.attack.houses import OurHouse, everybody
from tests.attack.rules import as_they_are
from tests.attack.schools import ASKED, BY, FORMS, GROUPS, Asked, World
from tests.attack.seen import PEOPLE, Seen, scale_of
from tests.rendering.paper import GERMAN
from tests.support_sheets import SOMMERCAMP, questionnaire, sheet_of, wave_of

SCALE = """
drei:
  options: [{code: 1, text: eins}, {code: 2, text: zwei}, {code: 3, text: drei}]
  positive: [3]
  coarse: [[1, 2], [3]]
"""
HEAD = """
id: {form}
version: 1.0.0
audience: young_people
languages: [de]
title: Bogen {form}
minutes: 3
licence: {{class: A, spdx: CC-BY-4.0, holder: Mitreden}}
sections:
  - id: alles
    questions:
      - {{id: t, kind: open_text, text: Frage t.}}
"""


class PrintingHouse(OurHouse):
    """Our house, which keeps what it shows of each wave. Rules with a fault cannot be printed."""

    def __init__(self, world: World) -> None:
        super().__init__(world, as_they_are())
        self.shown: dict[int, ReleasedBlock] = {}

    def _look_at_block(self, wave: int, released: Any) -> None:
        super()._look_at_block(wave, released)
        self.shown[wave] = released


class GroupsOfAnySize(PrintingHouse):
    """A naive house: it keeps every breakdown, and shows by group what is large enough by itself."""

    def close(self, wave: Any) -> None:
        """Keep all groups."""
        super().close(wave)
        part = self._parts[wave.id]
        kept = next(iter(wave.breakdowns), None)
        block = part.block.model_copy(update={"breakdown": kept})
        self._parts[wave.id] = replace(part, block=block)

    def set_limits(self, *, raised: bool) -> None:
        """Let groups be of any size."""
        super().set_limits(raised=raised)
        least = {"group": 1, "group_of_feedback": 1}
        self._policy = self._policy.model_copy(update=least)


def printed(house: PrintingHouse) -> EvaluationSheet:
    """Return a sheet with everything that was shown wave by wave."""
    results = [
        WaveResult(wave_of(form(house.world.by_id[wave].form), number=wave), _named(released))
        for wave, released in sorted(house.shown.items())
    ]
    return sheet_of(replace(SOMMERCAMP, participants=None), *results)


def _named(released: ReleasedBlock) -> ReleasedBlock:
    """Return the same under names that a questionnaire may have."""
    tables = {name.lower(): table for name, table in released.tables.items()}
    by_group = released.breakdown
    if isinstance(by_group, ReleasedBreakdown):
        renamed = {name.lower(): groups for name, groups in by_group.tables.items()}
        by_group = replace(by_group, tables=renamed)
    return replace(released, tables=tables, breakdown=by_group)


@cache
def form(name: str) -> Questionnaire:
    """Return the questionnaire of a form, in the words of the product."""
    lines = "".join(f"      - {_question(asked)}\n" for asked in FORMS[name])
    return questionnaire(HEAD.format(form=name) + lines, scales=SCALE)


def _question(asked: Asked) -> str:
    start = f"{{id: {asked.name.lower()}, sensitivity: {asked.sensitivity.value}, text: Frage {asked.name}."
    if asked.coarse:
        return f"{start}, kind: rating, scale: drei}}"
    options = ", ".join(f"{{code: {code}, text: Antwort {code}}}" for code in asked.codes)
    by = ", breakdown: true" if asked in BY else ""
    return f"{start}, kind: single_choice{by}, options: [{options}]}}"


# Reading back


@dataclass(frozen=True)
class Line:
    """One answer of a table in a file; `group` is empty in a table of everybody."""

    wave: int
    question: str
    group: str
    code: str
    count: int
    base: int
    missing: int


def seen_in(lines: Iterable[Line]) -> set[Seen]:
    """Return what somebody sees who reads these lines."""
    tables: dict[tuple[int, str, str], list[Line]] = {}
    for line in lines:
        tables.setdefault((line.wave, line.question, line.group), []).append(line)
    found = set()
    for (wave, name, group), own in tables.items():
        question = CALLED[name]
        where = "group" if group else "sheet"
        atoms = frozenset({(wave, _group(group))}) if group else everybody([wave])
        scale = scale_of((line.code for line in own), ASKED[question].codes)
        counts = tuple(line.count for line in own)
        found.add(Seen(question, atoms, own[0].base, scale, counts, where))
        found.add(Seen(PEOPLE, atoms, own[0].base + own[0].missing))
    return found


def _group(said: str) -> Code | None:
    return next(group for group in GROUPS if said == (group or SILENT))


CALLED = {name.lower(): name for name in ASKED}
SILENT = "ohne Angabe"
OF_LABEL = {
    **{f"Antwort {code}": str(code) for asked in ASKED.values() for code in asked.codes},
    "eins": "1",
    "zwei": "2",
    "drei": "3",
    "eins / zwei": "1+2",
}


def in_csv(sheet: EvaluationSheet) -> Iterator[Line]:
    """Yield what the files for R hold."""
    for name in ("csv_rfc4180", "csv_groups"):
        content = FORMATS[name].export(extract_of(sheet), GERMAN).decode()
        yield from _of_rows(csv.DictReader(io.StringIO(content, newline="")))


def _of_rows(rows: Iterable[dict[str, str]]) -> Iterator[Line]:
    for row in rows:
        if row["base"].isdigit():
            group = row["group"] or SILENT if "group" in row else ""
            numbers = (int(row[name]) for name in ("count", "base", "missing"))
            yield Line(int(row["wave"]), row["variable"], group, row["code"], *numbers)


def in_xlsx(sheet: EvaluationSheet) -> Iterator[Line]:
    """Yield what the workbook holds."""
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].export(extract_of(sheet), GERMAN)))
    english = {
        "Erhebung": "wave",
        "Variable": "variable",
        "Code": "code",
        "Anzahl": "count",
        "n": "base",
        "fehlend": "missing",
        "Code der Gruppe": "group",
    }
    for title in ("Ergebnisse", "Nach Gruppen"):
        if title in book.sheetnames:
            head, *lines = book[title].values
            names = [english.get(str(name), str(name)) for name in head]
            rows = ([("" if cell is None else str(cell)) for cell in line] for line in lines)
            yield from _of_rows(dict(zip(names, row, strict=True)) for row in rows)


def in_json(sheet: EvaluationSheet) -> Iterator[Line]:
    """Yield what the document for programs holds."""
    for wave in json.loads(FORMATS["json"].export(extract_of(sheet), GERMAN))["waves"]:
        number = wave["wave"]
        for variable in wave["variables"]:
            if variable["status"] == "released" and variable["base"] is not None:
                yield from _of_table(number, variable["name"], "", variable)
        for breakdown in wave["groups"]:
            for variable in breakdown.get("variables", ()):
                for group in variable.get("groups", ()):
                    name = group["code"] or SILENT
                    yield from _of_table(number, variable["name"], name, group)


def _of_table(wave: int, question: str, group: str, table: dict[str, Any]) -> Iterator[Line]:
    for answer in table["answers"]:
        counts = answer["count"], table["base"], table["missing"]["total"]
        yield Line(wave, question, group, str(answer["code"]), *counts)


def groups_on_page(sheet: EvaluationSheet) -> Iterator[Line]:
    """Yield the tables by group of the web page, in the order of the waves."""
    page = lxml.html.fromstring(str(sheet_html(sheet, GERMAN)))
    sections = page.xpath("//section[@class='sheet-groups']")
    waves = [r.wave.id for r in sheet.results if any(q in BY for q in FORMS[_form(r)])]
    for wave, section in zip(waves, sections, strict=True):
        for table in section.iter("table"):
            question = (
                _said(table.getparent().get("aria-label")).split()[1].removesuffix(".").lower()
            )
            _, *labels = [_said(cell.text_content()) for cell in table.iter("th") if _is_head(cell)]
            for row in table.xpath("tbody/tr"):
                name, *cells, missing, base = [_said(cell.text_content()) for cell in row]
                for label, cell in zip(labels, cells, strict=False):
                    count = int(cell.split()[0])
                    group = name.removeprefix("Antwort ")
                    numbers = count, int(base), int(missing)
                    yield Line(wave, question, group, OF_LABEL[label], *numbers)


def _is_head(cell: Any) -> bool:
    return bool(cell.getparent().getparent().tag == "thead")


def _form(result: WaveResult) -> str:
    return result.questionnaire.id


def _said(text: str) -> str:
    return " ".join(text.split())


def on_paper(text: str, sheet: EvaluationSheet) -> Iterator[Line]:
    """Yield the tables of the annexes, from the text of the PDF."""
    text = re.sub(r"Netzwerk Gesunde .*? M0007-\d+ ", "", text)
    text = re.sub(
        r"Datenstand \d+\. \w+ \d+ (Beispieldaten – alles erfunden )?S\. \d+/\d+ ?", "", text
    )
    text = re.sub(r"(Frage|Gruppe) Antworten: Personen \(Prozent\) n fehlt ", "", text)
    text = text[text.index("B – Alle Fragen") : text.index("C – Dateien")]
    pieces = re.split(r"Bogen \w+ Jugendliche(?:, \d+ Rückmeldungen)?", text)[1:]
    for result, piece in zip(sheet.results, pieces, strict=True):
        whole, *by_group = piece.split("Nach Gruppen: ")
        for name, row in _rows_of(whole):
            yield from _of_answers(result.wave.id, name, "", row)
        for part in by_group:
            for name, item in _items_of(part):
                for group, row in re.findall(rf"({GROUP}) ({ANSWERS} \d+ \d+)", item):
                    own = group.removeprefix("Antwort ")
                    yield from _of_answers(result.wave.id, name, own, row)


ANSWER = r"(?:Antwort \w+|eins / zwei|eins|zwei|drei): \d+ \(\d+ %\)"
ANSWERS = rf"{ANSWER}(?: · {ANSWER})*"
GROUP = rf"Antwort jung|Antwort alt|{SILENT}"


def _items_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield each question with what stands below it."""
    _, *found = re.split(r"(?i)(\w+) Frage \1\. ", text)
    yield from zip(found[::2], found[1::2], strict=True)


def _rows_of(text: str) -> Iterator[tuple[str, str]]:
    for name, item in _items_of(text):
        if row := re.match(rf"{ANSWERS} \d+ \d+", item):
            yield name, row[0]


def _of_answers(wave: int, question: str, group: str, row: str) -> Iterator[Line]:
    *_, base, missing = row.split()
    for label, count in re.findall(r"([^·:]+): (\d+) \(\d+ %\)", row):
        yield Line(
            wave, question, group, OF_LABEL[label.strip()], int(count), int(base), int(missing)
        )


READERS: dict[str, Callable[[EvaluationSheet], Iterable[Line]]] = {
    "csv": in_csv,
    "xlsx": in_xlsx,
    "json": in_json,
}


def groups_only(found: Iterable[Seen]) -> set[Seen]:
    """Return what is about groups."""
    return {each for each in found if each.where == "group"}
