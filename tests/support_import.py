"""Files with collected answers, made by the tests; every name and answer in them is invented.

`SUMMER` asks one question of every kind that can be answered. `csv_file` and `xlsx_file` write rows
as other programs do; `look` and `dry_run` read them as the command line does.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from survey_app.domain.questionnaire import Questionnaire
from survey_app.services import importing
from survey_app.services.importing import Assignment, Incoming, Rehearsal
from tests.support_field import questionnaire_from

SUMMER = """
id: sommer
version: 1.0.0
audience: young_people
languages: [de, en, tr]
title: {de: Sommer, en: Summer, tr: Yaz}
minutes: 3
licence: {class: A, holder: Mitreden}
scales:
  agreement:
    options:
      - {code: 1, text: {de: stimmt gar nicht, en: not true at all, tr: hiç doğru değil}}
      - {code: 2, text: {de: stimmt eher nicht, en: rather not true, tr: pek doğru değil}}
      - {code: 3, text: {de: teils/teils, en: partly, tr: kısmen doğru}}
      - {code: 4, text: {de: stimmt eher, en: rather true, tr: oldukça doğru}}
      - {code: 5, text: {de: stimmt genau, en: exactly true, tr: tamamen doğru}}
    positive: [4, 5]
    refusal: true
sections:
  - id: alles
    questions:
      - {id: k1, kind: rating, scale: agreement, core: K1, text: {de: Das Camp hat mir gefallen., en: I liked the camp., tr: Kampı beğendim.}}
      - {id: k2, kind: rating, scale: agreement, text: {de: Die Themen haben mit mir zu tun., en: The topics concern me., tr: Konular benimle ilgili.}}
      - id: w
        kind: battery
        scale: agreement
        text: {de: Wie sehr stimmt das?, en: How true is that?, tr: Bu ne kadar doğru?}
        items:
          - {id: w1, text: {de: Ich konnte mitreden., en: I had a say., tr: Söz hakkım vardı.}}
          - {id: w2, text: {de: "Ich war müde, oft.", en: "I was tired, often.", tr: Çok yoruldum.}}
      - id: gefallen
        kind: multiple_choice
        text: {de: Was hat dir gefallen?, en: What did you like?, tr: Neyi beğendin?}
        options:
          - {code: musik, text: {de: Musik, en: Music, tr: Müzik}}
          - {code: sport, text: {de: "Sport, Spiel", en: "Sports, games", tr: "Spor, oyun"}}
          - {code: essen, text: {de: das Essen, en: the food, tr: yemekler}}
          - {code: nichts, exclusive: true, text: {de: nichts davon, en: none of it, tr: hiçbiri}}
      - id: alter
        kind: single_choice
        refusal: true
        text: {de: Wie alt bist du?, en: How old are you?, tr: Kaç yaşındasın?}
        options:
          - {code: u14, text: {de: 13 oder jünger, en: 13 or younger, tr: 13 veya daha küçük}}
          - {code: a14, text: {de: 14 oder 15, en: 14 or 15, tr: 14 veya 15}}
          - {code: a16, text: {de: 16 oder älter, en: 16 or older, tr: 16 veya daha büyük}}
      - {id: stunden, kind: number, maximum: 3000, unit: {de: Stunden}, text: {de: Wie viele Stunden warst du da?, en: How many hours?, tr: Kaç saat?}}
      - {id: leben, kind: ladder, text: {de: Wie zufrieden bist du?, en: How satisfied are you?, tr: Ne kadar memnunsun?}, lowest: {de: gar nicht, en: not at all, tr: hiç}, highest: {de: völlig, en: completely, tr: tamamen}}
      - id: wichtig
        kind: ranking
        text: {de: Was war dir am wichtigsten?, en: What mattered most?, tr: En önemlisi neydi?}
        options:
          - {code: leute, text: {de: die Leute, en: the people, tr: insanlar}}
          - {code: see, text: {de: der See, en: the lake, tr: göl}}
          - {code: feuer, text: {de: das Feuer, en: the fire, tr: ateş}}
      - id: geld
        kind: dots
        points: 5
        text: {de: Wofür sollen wir das Geld ausgeben?, en: What should we spend on?, tr: Neye harcayalım?}
        options:
          - {code: boote, text: {de: Boote, en: boats, tr: tekneler}}
          - {code: zelte, text: {de: Zelte, en: tents, tr: çadırlar}}
      - id: wissen
        kind: then_now
        scale: agreement
        text: {de: Früher und heute, en: Then and now, tr: O zaman ve şimdi}
        then: {de: Vor dem Camp, en: Before the camp, tr: Kamptan önce}
        now: {de: Jetzt, en: Now, tr: Şimdi}
        items:
          - {id: v1, text: {de: Ich weiß Bescheid., en: I know about it., tr: Bunu biliyorum.}}
      - {id: warum, kind: open_text, show_if: {question: k1, at_most: 2}, text: {de: Warum nicht?, en: Why not?, tr: Neden?}}
      - {id: k9, kind: open_text, max_length: 200, text: {de: Was war richtig gut?, en: What was really good?, tr: Ne çok iyiydi?}}
"""

Rows = Iterable[Sequence[Any]]


def summer() -> Questionnaire:
    """Return the questionnaire with every kind."""
    return questionnaire_from(SUMMER)


def csv_bytes(rows: Rows, *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Return rows as CSV."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def csv_file(folder: Path, rows: Rows, *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """Write rows as CSV."""
    path = folder / "antworten.csv"
    path.write_bytes(csv_bytes(rows, delimiter=delimiter, encoding=encoding))
    return path


def xlsx_file(folder: Path, rows: Rows, *, merged: Sequence[str] = ()) -> Path:
    """Write rows as a workbook of one sheet; `merged` are ranges like ``B1:D1``."""
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    for cells in merged:
        book.active.merge_cells(cells)
    path = folder / "antworten.xlsx"
    book.save(path)
    return path


def look(path: Path, questionnaire: Questionnaire, **more: Any) -> AbstractContextManager[Incoming]:
    """Open a file."""
    return importing.incoming(path, questionnaire, **more)


@dataclass(frozen=True)
class Outcome:
    """What came of a dry run; sheets and texts in a steady order."""

    rehearsal: Rehearsal
    assignment: Assignment

    @property
    def sheets(self) -> list[str]:
        """Return what would be stored."""
        return sorted(self.rehearsal.sheets)

    @property
    def texts(self) -> list[tuple[str, str]]:
        """Return the free texts that would be stored."""
        return sorted(self.rehearsal.texts)

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """Return column, rows and sentence of each problem."""
        return [
            (each.column.letter, each.ranges(), str(each.message))
            for each in self.rehearsal.problems
        ]


def dry_run(
    path: Path, questionnaire: Questionnaire, assignment: Assignment | None = None, **more: Any
) -> Outcome:
    """Read a file with the assignment that is guessed, or with a given one."""
    header = {"header": assignment.header} if assignment else {}
    with look(path, questionnaire, **header, **more) as found:
        chosen = assignment or found.guess.assignment
        rehearsal = importing.rehearsed(found.copy, found.survey, chosen, questionnaire)
        return Outcome(rehearsal, chosen)


def assigned(outcome: Outcome) -> dict[str, str]:
    """Return what each column was taken for."""
    return {each.column: each.to for each in outcome.assignment.columns}
