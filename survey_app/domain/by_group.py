"""Results by group: age, gender or role, as the questionnaire declared it before anybody answered.

Three rules decide (ANONYMITY.md, "What is released", 3; domain/block.py, domain/disclosure.py).
Each is said where it withholds something, so that nobody takes an empty place for "no difference":

    the block        keeps one breakdown, the first whose groups have ten people each
    each table       is shown for all groups of at least 10 (A) or 30 (B, C), or for none
    each cell        of each group passes the rules of every table

    Alter       k1      13 oder jünger   2 · 4 · 8    n = 14
                        14 und älter     1 · 9 · 10   n = 20
                k2, k4  •  At least one group has fewer than 30 answers …
    Geschlecht          •  One question only: two together would make groups too small …
"""

from collections.abc import Iterator
from dataclasses import dataclass

from survey_app.domain.codebook import Sensitivity, Variable
from survey_app.domain.disclosure import Reason, Released, ReleasedBreakdown, Withheld
from survey_app.domain.messages import N_, Words
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.response import Code
from survey_app.domain.results import ResultRow, WaveResult


@dataclass(frozen=True)
class GroupRow:
    """One question and one group of people: those who answered `code`, or (None) nothing."""

    code: Code | None
    row: ResultRow
    table: Released


@dataclass(frozen=True)
class GroupedRow:
    """One question, for all groups or for none."""

    variable: Variable
    groups: tuple[GroupRow, ...] | Withheld


@dataclass(frozen=True)
class ByGroup:
    """One declared breakdown of a wave: question by question, or why there is none at all."""

    by: Variable
    rows: tuple[GroupedRow, ...] | Withheld

    @property
    def withheld(self) -> int:
        """Return how many values are withheld: tables, or the breakdown as one."""
        if isinstance(self.rows, Withheld):
            return 1
        return sum(isinstance(row.groups, Withheld) for row in self.rows)

    @property
    def shown(self) -> tuple[tuple[Variable, tuple[GroupRow, ...]], ...]:
        """Return the questions that are shown by group."""
        rows = () if isinstance(self.rows, Withheld) else self.rows
        return tuple(
            (row.variable, row.groups) for row in rows if not isinstance(row.groups, Withheld)
        )

    @property
    def reasons(self) -> tuple[tuple[Withheld, tuple[Variable, ...]], ...]:
        """Return each reason with the questions that are not shown for it; none: all of them."""
        if isinstance(self.rows, Withheld):
            return ((self.rows, ()),)
        hidden = [(row.groups, row.variable) for row in self.rows]
        why = dict.fromkeys(reason for reason, _ in hidden if isinstance(reason, Withheld))
        return tuple(
            (reason, tuple(variable for own, variable in hidden if own == reason)) for reason in why
        )

    def name_of(self, code: Code | None, words: Words) -> str:
        """Return what a group is called."""
        return words.gettext(NOT_SAID) if code is None else self.by.label_of(code, words.code)


def by_group(result: WaveResult) -> tuple[ByGroup, ...]:
    """Return the breakdowns that the questionnaire of a wave declares, in its order."""
    return tuple(_breakdowns(result.questionnaire, result))


def _breakdowns(questionnaire: Questionnaire, result: WaveResult) -> Iterator[ByGroup]:
    found = result.released.breakdown
    for by in questionnaire.codebook():
        if not by.breakdown:
            continue
        if by.sensitivity is not Sensitivity.A:
            yield ByGroup(by, SENSITIVE)
        elif isinstance(found, Withheld):
            yield ByGroup(by, found)
        else:
            is_it = found.variable == by.name
            yield ByGroup(by, tuple(_rows(result, found)) if is_it else ONE_ONLY)


def _rows(result: WaveResult, found: ReleasedBreakdown) -> Iterator[GroupedRow]:
    for row in result.rows:
        groups = found.tables.get(row.variable.name)
        if isinstance(groups, Withheld):
            yield GroupedRow(row.variable, groups)
        elif groups is not None:
            shown = (
                GroupRow(code, ResultRow(row.variable, table), table) for code, table in groups
            )
            yield GroupedRow(row.variable, tuple(shown))


ONE_ONLY = Withheld(Reason.ONE_BREAKDOWN, 1)
SENSITIVE = Withheld(Reason.SENSITIVE_GROUPS, 1)
NOT_SAID = N_("ohne Angabe")
