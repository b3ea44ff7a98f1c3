"""Counting: answers → tables.

A `FrequencyTable` says how often each code of one variable was given. Its *base* (n) is the
number of people with a valid answer; everybody else is in one of the three missing counts:

    base + unanswered + refused + filtered = all responses

so that nobody is lost and nobody becomes a zero. Where several answers are allowed the cells may
add up to more than the base: the base counts people, not ticks.

Tables of the same variable can be added. A wave of any size is therefore counted in pieces with
bounded memory, and a roll-up is a sum of blocks.

Where the questionnaire declares a breakdown, everybody is counted a second time, in the group of
their answer to it; those who gave none are a group too, so that the groups add up to the whole.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import islice, starmap
from operator import add

from survey_app.domain.codebook import Level, Sensitivity, Variable
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questions.base import CHANGE, Question, part_name
from survey_app.domain.response import REFUSED, Answers, Code, Value, is_valid
from survey_app.domain.text import Definition

PIECE = 10_000


class Cell(Definition):
    """One row of a table: a code and how many people gave it."""

    code: Code
    count: int


class MissingCounts(Definition):
    """How many people gave no valid answer, by reason."""

    unanswered: int = 0
    refused: int = 0
    filtered: int = 0

    @property
    def total(self) -> int:
        """Return the number of people without a valid answer."""
        return self.unanswered + self.refused + self.filtered

    def __add__(self, other: "MissingCounts") -> "MissingCounts":
        return MissingCounts(
            unanswered=self.unanswered + other.unanswered,
            refused=self.refused + other.refused,
            filtered=self.filtered + other.filtered,
        )


class FrequencyTable(Definition):
    """How often each code of one variable was given; see the module for base and missing.

    `items` are the variables of which a score was computed.
    """

    variable: str
    sensitivity: Sensitivity
    multiple: bool = False
    cells: tuple[Cell, ...]
    base: int
    missing: MissingCounts = MissingCounts()
    coarse: tuple[tuple[Code, ...], ...] = ()
    items: tuple[str, ...] = ()

    def __add__(self, other: "FrequencyTable") -> "FrequencyTable":
        """Return the table of both groups of people together."""
        if self.shape != other.shape:
            raise ValueError(f"tables of {self.variable} and {other.variable} cannot be added")
        cells = (
            Cell(code=mine.code, count=mine.count + theirs.count)
            for mine, theirs in zip(self.cells, other.cells, strict=True)
        )
        return self.model_copy(
            update={
                "cells": tuple(cells),
                "base": self.base + other.base,
                "missing": self.missing + other.missing,
            }
        )

    @property
    def codes(self) -> tuple[Code, ...]:
        """Return the codes in order."""
        return tuple([cell.code for cell in self.cells])

    @property
    def is_change(self) -> bool:
        """Return whether it says how two answers of the same people differ (`then_now`).

        It is known by its name and its codes: blocks that were counted long ago say nothing else.
        """
        if not self.variable.endswith(part_name("", CHANGE)):
            return False
        codes = [code for code in self.codes if isinstance(code, int)]
        return bool(codes) and codes[0] < 0 and codes[0] == -codes[-1]

    @property
    def shape(self) -> tuple[object, ...]:
        """Return what two tables must have in common to be added."""
        return self.variable, self.codes, self.sensitivity, self.multiple, self.coarse

    def coarsened(self) -> "FrequencyTable":
        """Return the table on its declared coarse scale, codes joined by a plus: "1+2"."""
        counts = {cell.code: cell.count for cell in self.cells}
        cells = tuple(
            Cell(code="+".join(map(str, group)), count=sum(counts[code] for code in group))
            for group in self.coarse
        )
        return self.model_copy(update={"cells": cells, "coarse": ()})


class Group(Definition):
    """Those who gave one answer to the question of a breakdown, and their tables.

    `code` is None for those who gave none.
    """

    code: Code | None
    base: int
    tables: tuple[FrequencyTable, ...]

    def __add__(self, other: "Group") -> "Group":
        pairs = zip(self.tables, other.tables, strict=True)
        base = self.base + other.base
        return Group(code=self.code, base=base, tables=tuple(starmap(add, pairs)))


class Breakdown(Definition):
    """Everybody, in groups by their answer to one question; empty groups are there too."""

    variable: str
    groups: tuple[Group, ...]

    def __add__(self, other: "Breakdown") -> "Breakdown":
        pairs = zip(self.groups, other.groups, strict=True)
        return Breakdown(variable=self.variable, groups=tuple(starmap(add, pairs)))


class Tabulation(Definition):
    """The tables of a group of people, how many they are, and the declared breakdowns."""

    base: int
    tables: tuple[FrequencyTable, ...]
    breakdowns: tuple[Breakdown, ...] = ()

    def __add__(self, other: "Tabulation") -> "Tabulation":
        pairs = zip(self.tables, other.tables, strict=True)
        groups = zip(self.breakdowns, other.breakdowns, strict=True)
        return Tabulation(
            base=self.base + other.base,
            tables=tuple(starmap(add, pairs)),
            breakdowns=tuple(starmap(add, groups)),
        )


def tabulate(questionnaire: Questionnaire, responses: Iterable[Answers]) -> Tabulation:
    """Return the number of responses and one table per variable, free text excepted.

    `responses` is read once, in pieces; a million of them need no more memory than ten thousand.
    """
    pieces = _pieces(responses)
    first = _tabulate_piece(questionnaire, next(pieces, []))
    return reduce(add, (_tabulate_piece(questionnaire, piece) for piece in pieces), first)


def _pieces(responses: Iterable[Answers]) -> Iterator[list[Answers]]:
    remaining = iter(responses)
    while piece := list(islice(remaining, PIECE)):
        yield piece


def _tabulate_piece(questionnaire: Questionnaire, responses: Sequence[Answers]) -> Tabulation:
    return Tabulation(
        base=len(responses),
        tables=_tables(questionnaire, responses),
        breakdowns=tuple(
            Breakdown(variable=by.name, groups=tuple(_groups(questionnaire, by, responses)))
            for by in questionnaire.codebook()
            if by.breakdown
        ),
    )


def _groups(
    questionnaire: Questionnaire, by: Variable, responses: Sequence[Answers]
) -> Iterator[Group]:
    members: dict[Code | None, list[Answers]] = {code: [] for code in (*by.codes, None)}
    for answers in responses:
        given = answers.get(by.name)
        members[given if is_valid(given) and not isinstance(given, tuple) else None].append(answers)
    for code, group in members.items():
        yield Group(code=code, base=len(group), tables=_tables(questionnaire, group))


def _tables(
    questionnaire: Questionnaire, responses: Sequence[Answers]
) -> tuple[FrequencyTable, ...]:
    tables = [
        table for question in questionnaire.questions for table in tables_of(question, responses)
    ]
    tables += [
        table_of(scored.variable(), map(scored.class_of, responses)).model_copy(
            update={"items": tuple(scored.items)}
        )
        for scored in questionnaire.scored()
    ]
    return tuple(tables)


def tables_of(question: Question, responses: Sequence[Answers]) -> Iterator[FrequencyTable]:
    """Yield the tables of one question, one per variable; none for free text."""
    asked = _asked(question, responses)
    filtered = len(responses) - len(asked)
    for variable in question.variables():
        if variable.level is not Level.TEXT:
            yield table_of(variable, _values(variable, asked), filtered)


def _values(variable: Variable, responses: Sequence[Answers]) -> Iterator[Value | None]:
    if variable.difference is None:
        return (answers.get(variable.name) for answers in responses)
    return (_difference(answers, *variable.difference) for answers in responses)


def _difference(answers: Answers, minuend: str, subtrahend: str) -> int | None:
    later, earlier = answers.get(minuend), answers.get(subtrahend)
    if isinstance(later, int) and isinstance(earlier, int):
        return later - earlier
    return None


def table_of(
    variable: Variable, values: Iterable[Value | None], filtered: int = 0
) -> FrequencyTable:
    """Return the table of one variable from one value (or None) per person asked."""
    given = Counter(values)
    unanswered, refused = given.pop(None, 0), given.pop(REFUSED, 0)
    counts: Counter[Code] = Counter()
    for value, people in given.items():
        for code in value if isinstance(value, tuple) else (value,):
            if code is not None:
                counts[variable.cell_of(code)] += people
    return FrequencyTable(
        variable=variable.name,
        sensitivity=variable.sensitivity,
        multiple=variable.multiple,
        cells=tuple(Cell(code=code, count=counts[code]) for code in variable.codes),
        base=given.total(),
        missing=MissingCounts(unanswered=unanswered, refused=refused, filtered=filtered),
        coarse=variable.coarse,
    )


def _asked(question: Question, responses: Sequence[Answers]) -> Sequence[Answers]:
    if question.show_if is None:
        return responses
    return [answers for answers in responses if question.show_if.holds(answers)]
