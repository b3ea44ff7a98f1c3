"""A recount after a release: two counts of the same people, and what lies between them.

Whoever kept the old sheet can subtract it from the new one. A program that forgot one answer sheet
and counts it now has published that sheet, question by question:

    old   often 9 · sometimes 8 · never 6 · n = 23
    new   often 9 · sometimes 9 · never 6 · n = 24        one person: sometimes

So a block that was shown is replaced only if the difference could have been shown by itself: those
who are in a cell now and were not before, and those who were and are not, are two groups to which
all rules of a table apply. An error that touches fewer people stays, and so do the numbers that
everybody knows; the audit log says that the recount differed. What nobody has seen yet is always
replaced.
"""

from collections.abc import Iterator
from typing import Final

from survey_app.domain.block import Block
from survey_app.domain.codebook import Sensitivity
from survey_app.domain.disclosure import FLOOR, DisclosurePolicy, Released, least_base, release
from survey_app.domain.tabulation import Breakdown, FrequencyTable

# What was shown under any limits was shown under one of these, on its full or on its coarse scale.
LEAST: Final = DisclosurePolicy(rules=dict(FLOOR))
COARSE: Final = DisclosurePolicy(
    rules={each: rule.model_copy(update={"per_step": 1_000}) for each, rule in FLOOR.items()}
)

Pair = tuple[FrequencyTable, FrequencyTable]


def may_replace(old: Block, new: Block) -> bool:
    """Return whether a block that was shown may be replaced: whether the difference is nobody's."""
    if [table.shape for table in old.tables] != [table.shape for table in new.tables]:
        return False
    if old.texts != new.texts or not _is_one_breakdown(old.breakdown, new.breakdown):
        return False
    people = abs(new.base - old.base)
    whole = zip(old.tables, new.tables, strict=True)
    return (
        (people == 0 or people >= least_base(new, LEAST))
        and all(_is_nobodys(*pair) for pair in whole)
        and all(
            _is_nobodys(*pair, least=LEAST.smallest_group(pair[0].sensitivity))
            for pair in _of_groups(old.breakdown, new.breakdown)
        )
    )


def _is_one_breakdown(old: Breakdown | None, new: Breakdown | None) -> bool:
    """Return whether not two breakdowns would be shown, one after the other."""
    return old is None or new is None or old.variable == new.variable


def _of_groups(old: Breakdown | None, new: Breakdown | None) -> Iterator[Pair]:
    if old is not None and new is not None:
        for before, after in zip(old.groups, new.groups, strict=True):
            yield from zip(before.tables, after.tables, strict=True)


def _is_nobodys(old: FrequencyTable, new: FrequencyTable, *, least: int = 0) -> bool:
    """Return whether those who came and those who went are none, or enough to be shown."""
    if old == new or not _was_shown(old):
        return True
    rule = LEAST.rule(old.sensitivity)
    enough, full = max(rule.smallest_block, least), rule.full_scale_of(old)
    seen = [(old, new, max(enough, full))] if min(old.base, new.base) >= full else []
    seen += [(old.coarsened(), new.coarsened(), enough)] if old.coarse else []
    return all(
        _can_be_shown(before, after, people) and _can_be_shown(after, before, people)
        for before, after, people in seen
    )


def _was_shown(table: FrequencyTable) -> bool:
    return any(isinstance(release(table, each), Released) for each in (LEAST, COARSE))


def _can_be_shown(old: FrequencyTable, new: FrequencyTable, least: int) -> bool:
    """Return whether those who are no longer where they were would pass as a table."""
    rule, pairs = LEAST.rule(old.sensitivity), zip(old.cells, new.cells, strict=True)
    gone = [max(was.count - now.count, 0) for was, now in pairs]
    gone += _silent_gone(old, new) if old.sensitivity is Sensitivity.A else []
    if old.multiple and rule.spare:
        return _ticks_can_be_shown(old, new, gone, least)
    if not any(gone):
        return old.sensitivity is Sensitivity.A or old.missing.total <= new.missing.total
    if old.multiple:
        return all(count == 0 or count >= least for count in gone)
    is_small = any(0 < count < rule.smallest_cell for count in gone)
    is_large = rule.spare > 0 and max(gone) > sum(gone) - rule.spare
    return sum(gone) >= least and not is_small and not is_large


def _ticks_can_be_shown(
    old: FrequencyTable, new: FrequencyTable, gone: list[int], least: int
) -> bool:
    """Return the same where several answers are allowed: a tick also names who did not tick."""
    rule, people = LEAST.rule(old.sensitivity), max(old.base - new.base, 0)
    if not people and not any(gone):
        return old.missing.total <= new.missing.total
    groups = gone + [people - count for count in gone]
    is_small = any(count < rule.smallest_cell for count in groups if count)
    return people >= least and max(groups) <= people - rule.spare and not is_small


def _silent_gone(old: FrequencyTable, new: FrequencyTable) -> list[int]:
    """Return how many are no longer without an answer, by reason: of A reasons are shown."""
    before, after = old.missing, new.missing
    return [
        max(before.unanswered - after.unanswered, 0),
        max(before.refused - after.refused, 0),
        max(before.filtered - after.filtered, 0),
    ]
