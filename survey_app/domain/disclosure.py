"""Disclosure control: what of a count may leave the platform.

The people counted are pupils of one class, and whoever reads the result sits beside them. Two
known answers must not reveal a third. The rules (ANONYMITY.md, "What is released"):

- A table answered by fewer people than the smallest block is withheld whole: in a group of four,
  three known answers reveal the fourth.
- For own behaviour (B) and how I feel (C) no single cell may be so small that it names somebody,
  and none so large that everybody is known to be in it. Then the *whole* table is withheld. Hiding
  only the small cell would hide nothing:

      often 9 · sometimes • · never 8 · n = 18      →  • is 18 - 9 - 8 = 1

- "Too small" and "too large" are one and the same reason. Who answered "yes" and read "everybody
  said the same" would know what everybody said.
- Below n = 50 a C table is released on its declared coarse scale only, and not at all if it has
  none. The choice depends on n, never on the counts. What could not be shown on the coarse scale
  is not shown on the full one either: 25 at 1 and 25 at 2 say that everybody is at the low end.
- The rules in use go further than this least (`FLOOR`): B and C tables that declare a coarse scale
  stay on it below 50 people per step. On the full scale one thin step withholds everything, so that
  a ladder of eleven steps would be shown at n = 49 and almost never at n = 60 (docs/adr/014).

- A breakdown is shown for all groups of a table or for none: a group that is left out is the whole
  minus the others. So those who did not say to which group they belong count as a group too.
- A block without a breakdown and one whose breakdown is withheld say the same words. The first has
  a small group, so whoever told them apart would know of the second that it has none.
- Statements of two moments (then and now) have a third table, how many changed. For B and C it is
  withheld, whatever is in it. Three of ten said 1 and seven 5, then and now, and three went up:
  then everybody who was at 1 is at 5 now, a group of three that no rule has looked at.
- A score beside its items has the same fault: five of ten said "no" to both of two statements, and
  five are in the highest class; then whoever said "yes" to one said so to the other. A score of two
  says that even alone. So for B and C a score is shown from five items on, and its items are not;
  below that the items are and the score is not. That depends on the questionnaire, on no count.
- A sum of released tables is released: it says nothing that they do not say. On the full scale it
  is shown only if all of them are; otherwise the others could be subtracted from it.

`Released` can only be made here; everything that renders takes nothing else. Withheld is not zero:
it prints as "•" with its legend. That no *combination* of releases isolates anybody either is the
work of the ledger (domain/ledger.py).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import InitVar, dataclass, replace

from survey_app.domain.block import Block
from survey_app.domain.codebook import Sensitivity
from survey_app.domain.policy import FLOOR, IN_USE, ClassRule, DisclosurePolicy
from survey_app.domain.questionnaire import Audience
from survey_app.domain.response import Code
from survey_app.domain.tabulation import Cell, FrequencyTable, MissingCounts
from survey_app.domain.withheld import Reason, Withheld

__all__ = [
    "FLOOR",
    "IN_USE",
    "ClassRule",
    "DisclosurePolicy",
    "Reason",
    "Released",
    "ReleasedBlock",
    "ReleasedBreakdown",
    "Withheld",
    "beside_scores",
    "greatest_base",
    "least_base",
    "release",
    "release_block",
    "release_breakdown",
    "sum_of",
    "withhold_block",
]


SCORE_FROM = 5
"""How many items a score needs: then each of its five classes is as wide as the range of one."""


class _Seal:
    """What only this module has: proof that a value passed `release`."""


_SEAL = _Seal()


@dataclass(frozen=True)
class Released:
    """A table that may be shown. Only this module makes one: `release` and its kin.

    `cells` are on the coarse scale if `coarse`. `missing` is None where even the reasons for
    missing answers would say too much (B and C); `missing_total` is always known from n.
    """

    variable: str
    cells: tuple[Cell, ...]
    base: int
    missing: MissingCounts | None
    missing_total: int
    coarse: bool
    multiple: bool
    seal: InitVar[_Seal]  # checked and not kept: a Released cannot be altered by its own seal

    def __post_init__(self, seal: _Seal) -> None:
        if seal is not _SEAL:
            raise TypeError("only disclosure.py makes a Released")


def release(table: FrequencyTable, policy: DisclosurePolicy) -> Released | Withheld:
    """Return what of `table` may leave the platform."""
    rule = policy.rule(table.sensitivity)
    least = _least(table, rule)
    if table.base < least:
        return Withheld(Reason.SMALL_BLOCK, least)
    if table.is_change and table.sensitivity is not Sensitivity.A:
        return Withheld(Reason.CHANGE, least)
    full_from = rule.full_scale_of(table)
    coarser = table.coarsened() if table.coarse and full_from else table
    shown = coarser if table.base < full_from else table
    if _names_somebody(shown, rule) or _names_somebody(coarser, rule):
        return Withheld(Reason.SMALL_CELL, rule.smallest_cell)
    return _made(table, shown.cells, coarse=shown is not table)


def beside_scores(block: Block) -> frozenset[str]:
    """Return the items that stay behind their score, and the scores that stay behind their items.

    Two scores may not share an item either: the first is shown.
    """
    scores = [table for table in block.tables if table.items]
    scores.sort(key=lambda score: score.sensitivity is Sensitivity.A)  # stable: feedback comes last
    taken: set[str] = set()
    hidden: set[str] = set()
    for score in scores:
        is_sensitive = score.sensitivity is not Sensitivity.A
        is_short = is_sensitive and len(score.items) < SCORE_FROM
        if is_short or not taken.isdisjoint(score.items):
            hidden.add(score.variable)
        elif is_sensitive:
            taken.update(score.items)
    return frozenset(taken | hidden)


def _beside_others(
    table: FrequencyTable, hidden: frozenset[str], policy: DisclosurePolicy
) -> Released | Withheld:
    least = _least(table, policy.rule(table.sensitivity))
    if table.variable in hidden and table.base >= least:
        return Withheld(Reason.SCORE, least)
    return release(table, policy)


def _least(table: FrequencyTable, rule: ClassRule) -> int:
    """Return how many answers a table needs; without a coarse scale it waits for the full one."""
    return rule.smallest_block if table.coarse else max(rule.smallest_block, rule.full_scale_from)


def _made(table: FrequencyTable, cells: tuple[Cell, ...], *, coarse: bool) -> Released:
    return Released(
        variable=table.variable,
        cells=cells,
        base=table.base,
        missing=table.missing if table.sensitivity is Sensitivity.A else None,
        missing_total=table.missing.total,
        coarse=coarse,
        multiple=table.multiple,
        seal=_SEAL,
    )


def _names_somebody(table: FrequencyTable, rule: ClassRule) -> bool:
    if rule.smallest_cell == 0 and rule.spare == 0:
        return False
    groups = _groups(table)
    too_small = any(0 < size < rule.smallest_cell for size in groups)
    too_large = rule.spare > 0 and max(groups) > table.base - rule.spare
    return too_small or too_large


def _groups(table: FrequencyTable) -> list[int]:
    """Return the sizes of all groups a table names; a tick also names those who did not tick."""
    ticked = [cell.count for cell in table.cells]
    return ticked + [table.base - count for count in ticked] if table.multiple else ticked


# Breakdowns and sums


@dataclass(frozen=True)
class ReleasedBreakdown:
    """What may be shown by group: for each table all groups that have people in it, or none.

    The group None are those who did not say to which they belong.
    """

    variable: str
    tables: Mapping[str, tuple[tuple[Code | None, Released], ...] | Withheld]


def release_breakdown(block: Block, policy: DisclosurePolicy) -> ReleasedBreakdown | Withheld:
    """Return what of a closed wave may be shown by group.

    Nothing is if the table of the groups themselves is withheld: their bases would give it away.
    Nor by a sensitive question (blocks of earlier versions may keep one; see domain/block.py).
    """
    none = Withheld(Reason.SMALL_GROUP, policy.group_of_feedback)
    if block.breakdown is None:
        return none
    by, groups = block.breakdown.variable, block.breakdown.groups
    own = next(table for table in block.tables if table.variable == by)
    hidden = beside_scores(block)
    if own.sensitivity is not Sensitivity.A or isinstance(
        _beside_others(own, hidden, policy), Withheld
    ):
        return none
    tables: dict[str, tuple[tuple[Code | None, Released], ...] | Withheld] = {}
    for place, whole in enumerate(block.tables):
        if whole.variable != by:
            parts = [(group.code, group.tables[place]) for group in groups]
            together = _beside_others(whole, hidden, policy)
            withheld = together if isinstance(together, Withheld) else None
            tables[whole.variable] = withheld or _groups_of(whole, parts, policy)
    return ReleasedBreakdown(by, tables)


def _groups_of(
    whole: FrequencyTable,
    groups: Iterable[tuple[Code | None, FrequencyTable]],
    policy: DisclosurePolicy,
) -> tuple[tuple[Code | None, Released], ...] | Withheld:
    answered = {code: table for code, table in groups if table.base}
    # All sizes before any cell: which group failed first, and why, would tell of the others.
    least = _least(whole, policy.rule(whole.sensitivity))
    limit = max(policy.smallest_group(whole.sensitivity), least)
    if any(table.base < limit for table in answered.values()):
        return Withheld(Reason.SMALL_GROUP, limit)
    shown: dict[Code | None, Released] = {}
    for code, table in answered.items():
        result = release(table, policy)
        if isinstance(result, Withheld):
            return result
        shown[code] = result
    return tuple(zip(shown, _on_one_scale(list(shown.values())), strict=True))


def sum_of(tables: Sequence[Released]) -> Released:
    """Return the sum of released tables of one question, on the scale that all of them have.

    Raises ValueError if there are none, or if they are of different questions.
    """
    alike = _on_one_scale(tables)
    first = alike[0]
    missing = [table.missing for table in alike if table.missing is not None]
    counts = zip(*([cell.count for cell in table.cells] for table in alike), strict=True)
    return replace(
        first,
        cells=tuple(
            Cell(code=cell.code, count=sum(count))
            for cell, count in zip(first.cells, counts, strict=True)
        ),
        base=sum(table.base for table in alike),
        missing=sum(missing, MissingCounts()) if len(missing) == len(alike) else None,
        missing_total=sum(table.missing_total for table in alike),
        seal=_SEAL,
    )


def _on_one_scale(tables: Sequence[Released]) -> list[Released]:
    """Return tables on the scale all of them have: a finer one would be found by subtraction."""
    if not tables:
        raise ValueError("no tables, no sum")
    coarsest = next((table for table in tables if table.coarse), tables[0])
    scale = tuple([cell.code for cell in coarsest.cells])
    return [_on(scale, table, coarse=coarsest.coarse) for table in tables]


def _on(scale: tuple[Code, ...], table: Released, *, coarse: bool) -> Released:
    """Return a table with the codes of `scale`, which may join codes by a plus."""
    if tuple([cell.code for cell in table.cells]) == scale:
        return table
    counts = {cell.code: cell.count for cell in table.cells}
    covered = [[own for own in counts if str(own) in str(code).split("+")] for code in scale]
    if not coarse or table.coarse or [c for codes in covered for c in codes] != list(counts):
        raise ValueError(f"tables of {table.variable} are on different scales")
    cells = (
        Cell(code=code, count=sum(counts[own] for own in codes))
        for code, codes in zip(scale, covered, strict=True)
    )
    return replace(table, cells=tuple(cells), coarse=coarse, seal=_SEAL)


class _Judged(Mapping[str, Released | Withheld]):
    """The tables of a block, each released or withheld when somebody asks for it.

    A roll-up looks at a few tables of thousands of blocks. What was counted is no attribute of it:
    there is nothing to be had but what `release` returns.
    """

    def __init__(self, block: Block, policy: DisclosurePolicy) -> None:
        counted = {table.variable: table for table in block.tables}
        hidden = beside_scores(block)
        known: dict[str, Released | Withheld] = {}

        def judge(name: str) -> Released | Withheld:
            if name not in known:
                known[name] = _beside_others(counted[name], hidden, policy)
            return known[name]

        self._judge, self._names = judge, tuple(counted)

    def __getitem__(self, name: str) -> Released | Withheld:
        return self._judge(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return repr(dict(self))


@dataclass(frozen=True)
class ReleasedBlock:
    """What of one closed wave may be shown. `base` is withheld with everything else."""

    questionnaire: str
    version: str
    fingerprint: str
    audience: Audience
    base: int | Withheld
    tables: Mapping[str, Released | Withheld]
    texts: Mapping[str, int | Withheld]
    breakdown: ReleasedBreakdown | Withheld

    @property
    def withheld_count(self) -> int:
        """Return how many tables and text counts are withheld."""
        values = (*self.tables.values(), *self.texts.values())
        return sum(isinstance(value, Withheld) for value in values)


def release_block(block: Block, policy: DisclosurePolicy) -> ReleasedBlock:
    """Return what of a closed wave may be shown.

    A block below the smallest of the limits in use is withheld whole, its size included: what the
    phone has promised (`DisclosurePolicy.promised_minimum`).
    """
    least = least_base(block, policy)
    if block.base < least:
        return withhold_block(block, Withheld(Reason.SMALL_BLOCK, least), policy)
    return ReleasedBlock(
        questionnaire=block.questionnaire,
        version=block.version,
        fingerprint=block.fingerprint,
        audience=block.audience,
        base=block.base,
        tables=_Judged(block, policy),
        texts={text.variable: _release_text(block, text.count, policy) for text in block.texts},
        breakdown=release_breakdown(block, policy),
    )


def withhold_block(block: Block, why: Withheld, policy: DisclosurePolicy) -> ReleasedBlock:
    """Return a closed wave of which nothing is shown, not even how many answered."""
    few = Withheld(Reason.SMALL_BLOCK, policy.text_block)
    return ReleasedBlock(
        questionnaire=block.questionnaire,
        version=block.version,
        fingerprint=block.fingerprint,
        audience=block.audience,
        base=why,
        tables={table.variable: why for table in block.tables},
        texts={text.variable: few for text in block.texts},
        breakdown=why,
    )


def least_base(block: Block, policy: DisclosurePolicy) -> int:
    """Return how many people must have answered for anything of a block to be shown."""
    return min(_smallest_blocks(block, policy))


def greatest_base(block: Block, policy: DisclosurePolicy) -> int:
    """Return how many must have answered for every table of a block to be large enough."""
    return max(_smallest_blocks(block, policy))


def _smallest_blocks(block: Block, policy: DisclosurePolicy) -> list[int]:
    found = [policy.rule(table.sensitivity).smallest_block for table in block.tables]
    return found or [policy.rule(Sensitivity.A).smallest_block]


def _release_text(block: Block, count: int, policy: DisclosurePolicy) -> int | Withheld:
    if block.base < policy.text_block:
        return Withheld(Reason.SMALL_BLOCK, policy.text_block)
    if count < policy.text_count:
        return Withheld(Reason.SMALL_CELL, policy.text_count)
    return count
