"""The block: the tables of one closed wave, counted once and never again.

Everything people see is drawn from blocks. A result that moves while answers come in gives each
new answer away (ANONYMITY.md: a teacher who reloads a live sheet after each submission learns the
complete answers of 80 % of a class); a block does not move.

A block is kept for good, long after the answer sheets are destroyed. So it keeps at most one
breakdown, and only one in which every group is large: the tables of a group of one person would be
that person's answer sheet, and two breakdowns together are a cross-table with its inside left out.
Which one is kept depends on the sizes of the groups alone, and everybody sees which one it is. So
it is never one by a sensitive question: if the second of two is shown, the first has a small group,
and if neither is, everybody may have given the same answer.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from survey_app.domain.codebook import Sensitivity
from survey_app.domain.questionnaire import Audience, Questionnaire
from survey_app.domain.tabulation import Breakdown, FrequencyTable, Tabulation
from survey_app.domain.text import Definition

SMALLEST_GROUP: Final = 10
"""The least group of a breakdown that can ever be shown (ANONYMITY.md, rule 3: n ≥ 10 for A)."""


class TextCount(Definition):
    """How many people wrote something in one free-text question."""

    variable: str
    count: int


class Block(Definition):
    """The frozen count of one closed wave."""

    questionnaire: str
    version: str
    fingerprint: str
    audience: Audience
    base: int
    tables: tuple[FrequencyTable, ...]
    texts: tuple[TextCount, ...] = ()
    breakdown: Breakdown | None = None


def block_of(
    questionnaire: Questionnaire, tabulation: Tabulation, texts: Mapping[str, int]
) -> Block:
    """Return the block of a wave; `texts` counts the free texts per variable."""
    return Block(
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        fingerprint=questionnaire.fingerprint,
        audience=questionnaire.audience,
        base=tabulation.base,
        tables=tabulation.tables,
        texts=tuple(
            TextCount(variable=name, count=texts.get(name, 0)) for name in questionnaire.text_fields
        ),
        breakdown=to_be_kept(tabulation.breakdowns),
    )


def to_be_kept(declared: Iterable[Breakdown]) -> Breakdown | None:
    """Return the first declared breakdown by feedback whose groups are empty or large enough.

    A single group is everybody once more, and keeps the place of another breakdown.
    """
    return next((each for each in declared if _is_feedback(each) and _is_of_large(each)), None)


def _is_feedback(breakdown: Breakdown) -> bool:
    """Return whether the question of a breakdown is of sensitivity A."""
    tables = breakdown.groups[0].tables
    own = next(table for table in tables if table.variable == breakdown.variable)
    return own.sensitivity is Sensitivity.A


def _is_of_large(breakdown: Breakdown) -> bool:
    sizes = [group.base for group in breakdown.groups if group.base]
    return len(sizes) > 1 and all(size >= SMALLEST_GROUP for size in sizes)
