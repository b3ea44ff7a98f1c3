"""What the formats have in common about groups: a tidy table of its own.

A row is one answer of one variable by one group, with the columns of the results and four more. It
stands in no table of results: whoever adds up a column there would count everybody twice. What is
not shown by group has one row with its reason; so has a breakdown that is withheld as one, without
a variable.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from survey_app.domain.by_group import ByGroup, GroupedRow
from survey_app.domain.disclosure import Withheld
from survey_app.domain.extract import Extract, Section
from survey_app.domain.messages import N_, Words
from survey_app.domain.response import Code
from survey_app.rendering.exports.base import RESULT_HEADS, Result, row_of, rows_of_table


@dataclass(frozen=True)
class GroupResult(Result):
    """One row of the table by group; `group` is None for those who gave no answer to `by`."""

    by: str
    by_question: str
    group: Code | None
    group_label: str


GROUP_HEADS: Final = {
    **RESULT_HEADS,
    "by": N_("Gruppen nach"),
    "by_question": N_("Frage nach der Gruppe"),
    "group": N_("Code der Gruppe"),
    "group_label": N_("Gruppe"),
}


def has_groups(extract: Extract) -> bool:
    """Return whether any breakdown was declared."""
    return any(section.groups for section in extract.sections)


def group_results(extract: Extract, words: Words) -> Iterator[GroupResult]:
    """Yield everything that is released by group, section by section."""
    for section in extract.sections:
        yield from section_group_results(extract, section, words)


def section_group_results(
    extract: Extract, section: Section, words: Words
) -> Iterator[GroupResult]:
    """Yield the rows of one section."""
    for each in section.groups:
        if isinstance(each.rows, Withheld):
            why = row_of(extract, section, each.by, words, withheld=each.rows)
            yield _of(replace(why, variable="", core="", question=""), each, words)
        else:
            for row in each.rows:
                yield from _rows(extract, section, each, row, words)


def _rows(
    extract: Extract, section: Section, each: ByGroup, row: GroupedRow, words: Words
) -> Iterator[GroupResult]:
    if isinstance(row.groups, Withheld):
        why = row_of(extract, section, row.variable, words, withheld=row.groups)
        yield _of(why, each, words)
        return
    for group in row.groups:
        for found in rows_of_table(extract, section, row.variable, group.table, words):
            label = each.name_of(group.code, words)
            yield _of(found, each, words, group=group.code, label=label)


def _of(
    row: Result, each: ByGroup, words: Words, *, group: Code | None = None, label: str = ""
) -> GroupResult:
    return GroupResult(
        **vars(row),
        by=each.by.name,
        by_question=each.by.text.said(words.code),
        group=group,
        group_label=label,
    )
