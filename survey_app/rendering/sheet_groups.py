"""Results by group, for the item table of the annexes and for the sheet on a screen.

The two pages of paper have no room for them. Every question that is shown by group has a row for
each group, with its own n; those that are not stand together below, with the reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from survey_app.domain.by_group import ByGroup, GroupRow, by_group
from survey_app.domain.codebook import Variable
from survey_app.domain.disclosure import Withheld
from survey_app.domain.messages import N_
from survey_app.domain.results import WaveResult
from survey_app.domain.text import Wording
from survey_app.rendering.sheet_parts import WITHHELD, Count, Style, counts_of


@dataclass(frozen=True)
class GroupLine:
    """What one group answered to one question."""

    name: str
    counts: tuple[Count, ...]
    base: str
    missing: str


@dataclass(frozen=True)
class GroupedItem:
    """One question, group by group."""

    name: str
    text: Wording
    lines: tuple[GroupLine, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the answers, which are the same for all groups."""
        return tuple(count.label for count in self.lines[0].counts)


@dataclass(frozen=True)
class GroupsView:
    """One declared breakdown of a wave; `hidden` says what is not shown by group, and why."""

    title: Wording
    by: Wording
    rule: str
    items: tuple[GroupedItem, ...]
    hidden: tuple[str, ...]


def groups_of(result: WaveResult, style: Style) -> tuple[GroupsView, ...]:
    """Return the breakdowns that were declared for a wave."""
    rule = style.said(RULE, feedback=style.policy.group_of_feedback, personal=style.policy.group)
    return tuple(
        GroupsView(
            title=style.wording(result.questionnaire.title),
            by=style.wording(each.by.text),
            rule=rule,
            items=tuple(_item(each, *shown, style) for shown in each.shown),
            hidden=tuple(_hidden(each, style)),
        )
        for each in by_group(result)
    )


def _item(
    breakdown: ByGroup, variable: Variable, groups: tuple[GroupRow, ...], style: Style
) -> GroupedItem:
    return GroupedItem(
        name=variable.name,
        text=style.statement(variable),
        lines=tuple(
            GroupLine(
                name=breakdown.name_of(group.code, style.words),
                counts=counts_of(group.row, group.table, style),
                base=style.number(group.table.base),
                missing=style.number(group.table.missing_total),
            )
            for group in groups
        ),
    )


def _hidden(breakdown: ByGroup, style: Style) -> Iterator[str]:
    for why, variables in breakdown.reasons:
        reason = _reason(why, style)
        names = ", ".join(variable.name for variable in variables)
        yield f"{names}: {reason}" if names else reason


def _reason(why: Withheld, style: Style) -> str:
    return f"{WITHHELD} {why.message.said(style.words)}"


RULE = N_(
    "Nach Gruppen steht hier nur, was für jede Gruppe mindestens %(feedback)s Antworten hat, bei"
    " Fragen zum eigenen Verhalten und Befinden %(personal)s. Sonst steht es für keine."
)
