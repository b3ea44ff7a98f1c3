"""The dry run: every row read as a phone's form is read, every problem with its place.

A row becomes a form (fields and values) and is read by the questionnaire itself: what a phone may
not send, a file may not bring, and what a phone need not answer may be missing here. The result is
held in memory in the form in which it would be stored, without a row number and not in the order of
the file; a hundred thousand sheets take some thirty megabytes.
"""

import random
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Final

from survey_app.domain.messages import (
    N_,
    NN_,
    Fault,
    InvalidDefinition,
    Message,
    refuse,
)
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.response import Answers, RawAnswers
from survey_app.services.collecting import SealedSheet
from survey_app.services.importing import personal
from survey_app.services.importing.assignment import (
    Assignment,
    ColumnAssignment,
    refuse_contradictions,
)
from survey_app.services.importing.folding import folded
from survey_app.services.importing.surveying import Column, Survey
from survey_app.services.importing.targets import targets_of
from survey_app.services.importing.values import REFUSALS, Cells
from survey_app.tables import Copy
from survey_app.tables.base import Row

MOST_DIFFERENT: Final = 50
"""Different problems of a column; each may occur in any number of rows."""


@dataclass(frozen=True)
class RowProblem:
    """What is wrong, in which column, and in which rows as a spreadsheet numbers them."""

    column: Column
    message: Message
    rows: Sequence[int]

    def ranges(self, most: int | None = None) -> str:
        """Return the rows, neighbours joined: ``3–5, 9``; after `most` of them an ellipsis."""
        parts = list(islice(_ranges(self.rows), None if most is None else most + 1))
        if most is not None and len(parts) > most:
            parts[most:] = ["…"]
        return ", ".join(parts)


@dataclass(frozen=True)
class Rehearsal:
    """What would happen. `sheets` and `texts` are what would be stored, in no order.

    `unsent` counts forms that were begun and never sent, `empty` rows without an answer.
    """

    questionnaire: Questionnaire
    problems: tuple[RowProblem, ...]
    doubts: tuple[Message, ...]
    empty: int
    unsent: int
    sheets: Sequence[str] = field(repr=False)
    texts: Sequence[tuple[str, str]] = field(repr=False)

    @property
    def is_sound(self) -> bool:
        """Return whether it may be taken in."""
        return not self.problems and bool(self.sheets)


def rehearsed(
    copy: Copy,
    survey: Survey,
    assignment: Assignment,
    questionnaire: Questionnaire,
    *,
    refusals: Iterable[str] = (),
    seen: Callable[[int], object] = lambda _: None,
) -> Rehearsal:
    """Read the whole table without storing anything.

    Raises InvalidDefinition if the assignment does not fit; each fault names the letter of its
    column. `refusals` are further words for "weiß nicht"; `seen` hears how many rows were read
    since the last time.
    """
    if assignment.questionnaire != questionnaire.id:
        values = {"its": assignment.questionnaire, "ours": questionnaire.id}
        raise InvalidDefinition(Fault(Message(OTHER_QUESTIONNAIRE, values)))
    refuse_contradictions(assignment, targets_of(questionnaire))
    columns, doubts = placed(assignment, survey)
    if not columns:
        raise InvalidDefinition(Fault(Message(NOTHING_ASSIGNED)))
    words = REFUSALS | frozenset(map(folded, refusals))
    targets = targets_of(questionnaire)
    readers = [
        Reader(column, Cells(targets[each.to], each, words)) for column, each in columns.items()
    ]
    check = _Check(questionnaire, readers, survey.column(assignment.sent))
    for number, row in enumerate(copy, start=1):
        if number > survey.header[1]:
            check.take(number, row)
        if number % 1000 == 0:
            seen(1000)
    return check.result(doubts)


def placed(
    assignment: Assignment, survey: Survey
) -> tuple[dict[Column, ColumnAssignment], tuple[Message, ...]]:
    """Return the columns of this file that an assignment means, and what is not there."""
    found: dict[Column, ColumnAssignment] = {}
    doubts, faults = [], []
    for each in assignment.columns:
        column = _meant(each, survey, found)
        if column is None:
            doubts.append(Message(NO_COLUMN, {"header": each.header or each.column}))
        elif column.personal is not None:
            values = {"column": column.letter, "kind": Message(column.personal.label)}
            faults.append(Fault(Message(PERSONAL, values), (each.column,)))
        else:
            found[column] = each
    refuse(faults)
    return found, tuple(doubts)


def fitted(assignment: Assignment, survey: Survey) -> Assignment:
    """Return an assignment with the letters of this file; what is not there is left out."""
    found: dict[Column, ColumnAssignment] = {}
    for each in assignment.columns:
        column = _meant(each, survey, found)
        if column is not None and column.personal is None:
            found[column] = each.model_copy(update={"column": column.letter})
    sent = assignment.sent if survey.column(assignment.sent) else ""
    return assignment.model_copy(update={"columns": tuple(found.values()), "sent": sent})


def _meant(each: ColumnAssignment, survey: Survey, taken: Mapping[Column, object]) -> Column | None:
    """Return the column with this header; of several the one with this letter, else the first."""
    there = survey.column(each.column)
    if not each.header:
        return there
    same = [c for c in survey.columns if c.header == each.header and c not in taken]
    return there if there in same else next(iter(same), None)


class Reader:
    """Puts the cells of one column into forms."""

    def __init__(self, column: Column, cells: Cells) -> None:
        self.column, self.cells = column, cells
        self.position = column.position


class _Check:
    """Collects sheets and problems, row by row."""

    def __init__(
        self, questionnaire: Questionnaire, readers: Sequence[Reader], sent: Column | None
    ) -> None:
        self._questionnaire = questionnaire
        self._readers = readers
        self._sent = None if sent is None else sent.position
        self._columns = _columns_by_field(readers)
        self._conditional = [
            (question.show_if, question.fields)
            for question in questionnaire.questions
            if question.show_if is not None
        ]
        self._problems: dict[Column, dict[str, tuple[Message, array[int]]]] = {}
        self._sheets: list[str] = []
        self._texts: list[tuple[str, str]] = []
        self._empty = self._unsent = self._hidden = self._contacts = 0

    def take(self, number: int, row: Row) -> None:
        """Read one row."""
        if row and self._sent is not None and not "".join(row[self._sent : self._sent + 1]):
            self._unsent += 1
            return
        raw = self._raw(number, row)
        reading = self._questionnaire.read(raw)
        for problem in reading.problems:
            column = self._columns.get(problem.field, self._readers[0].column)
            self._note(number, column, Message(ON_A_PHONE, {"said": problem.message}))
        if reading.answers:
            self._keep(raw, reading.answers)
        else:
            self._empty += 1

    def _raw(self, number: int, row: Row) -> RawAnswers:
        raw: dict[str, list[str]] = {}
        for reader in self._readers:
            text = row[reader.position] if reader.position < len(row) else ""
            if text:
                meaning = reader.cells.meaning(text)
                if meaning.fault is not None:
                    self._note(number, reader.column, meaning.fault)
                for name, value in meaning.raw:
                    raw.setdefault(name, []).append(value)
        return raw

    def _note(self, number: int, column: Column, message: Message) -> None:
        known = self._problems.setdefault(column, {})
        if len(known) >= MOST_DIFFERENT and str(message) not in known:
            message = Message(MORE)
        known.setdefault(str(message), (message, array("I")))[1].append(number)

    def _keep(self, raw: RawAnswers, answers: Answers) -> None:
        sheet = SealedSheet.of(self._questionnaire, answers)
        self._sheets.append(sheet.answers)
        for variable, text in sheet.texts.items():
            if text is not None:
                self._texts.append((variable, text))
                self._contacts += personal.may_hold_contact(text)
        for condition, fields in self._conditional:
            if any(name in raw for name in fields) and not condition.holds(answers):
                self._hidden += 1

    def result(self, doubts: Sequence[Message]) -> Rehearsal:
        """Return what was found; from here on nothing tells which row a sheet came from."""
        chance = random.SystemRandom()
        chance.shuffle(self._sheets)
        chance.shuffle(self._texts)
        return Rehearsal(
            questionnaire=self._questionnaire,
            problems=tuple(self._listed()),
            doubts=(*doubts, *self._doubts()),
            empty=self._empty,
            unsent=self._unsent,
            sheets=self._sheets,
            texts=self._texts,
        )

    def _listed(self) -> Iterator[RowProblem]:
        for column in sorted(self._problems, key=lambda each: each.position):
            for message, rows in self._problems[column].values():
                yield RowProblem(column, message, rows)

    def _doubts(self) -> Iterator[Message]:
        if self._hidden:
            yield Message.counted(NOT_ASKED, self._hidden, {"n": self._hidden})
        if self._contacts:
            yield Message.counted(CONTACTS, self._contacts, {"n": self._contacts})


def _columns_by_field(readers: Sequence[Reader]) -> dict[str, Column]:
    """Return the first column that fills a field, for whoever complains about it."""
    columns: dict[str, Column] = {}
    for reader in readers:
        target = reader.cells.target
        for name in (target.field, target.question, *map(str, target.by_code)):
            columns.setdefault(name, reader.column)
    return columns


def _ranges(rows: Sequence[int]) -> Iterator[str]:
    start = last = 0
    for row in chain(rows, [0]):
        if start and row != last + 1:
            yield str(start) if start == last else f"{start}–{last}"
            start = row
        start, last = start or row, row


OTHER_QUESTIONNAIRE = N_(
    "Die Zuordnung gehört zum Fragebogen „%(its)s“, nicht zu „%(ours)s“. Nehmen Sie den anderen"
    " Fragebogen oder eine neue Zuordnung."
)
NOTHING_ASSIGNED = N_(
    "Keine Spalte ist einer Frage zugeordnet. Prüfen Sie den Fragebogen und die Zeilen mit den"
    " Überschriften."
)
NO_COLUMN = N_("Die Spalte „%(header)s“ aus der Zuordnung gibt es in dieser Datei nicht.")
PERSONAL = N_(
    "Spalte %(column)s (%(kind)s) wird nicht übernommen: Sie könnte verraten, wer geantwortet hat."
    " Nehmen Sie sie aus der Zuordnung."
)
ON_A_PHONE = N_(
    "So hätte niemand antworten können. Auf dem Handy hieße es: „%(said)s“ Berichtigen Sie die"
    " Datei."
)
MORE = N_(
    "Noch mehr Werte, die zu keiner Antwort gehören. Vielleicht steht in der Spalte etwas anderes."
)
NOT_ASKED = NN_(
    "1 Antwort fällt weg: Die Frage wird nach den Antworten davor nicht gestellt.",
    "%(n)s Antworten fallen weg: Die Fragen werden nach den Antworten davor nicht gestellt.",
)
CONTACTS = NN_(
    "In 1 Freitext steht vielleicht eine Adresse oder Telefonnummer. Achten Sie bei der Durchsicht"
    " darauf.",
    "In %(n)s Freitexten steht vielleicht eine Adresse oder Telefonnummer. Achten Sie bei der"
    " Durchsicht darauf.",
)
