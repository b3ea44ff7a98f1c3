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
- A sum of released tables is released: it says nothing that they do not say. On the full scale it
  is shown only if all of them are; otherwise the others could be subtracted from it.

`Released` can only be made here; everything that renders takes nothing else. Withheld is not zero:
it prints as "•" with its legend. That no *combination* of releases isolates anybody either is the
work of the ledger (domain/ledger.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import InitVar, dataclass, replace
from enum import StrEnum

from survey_app.domain.block import Block
from survey_app.domain.codebook import Sensitivity
from survey_app.domain.messages import N_, Message
from survey_app.domain.policy import FLOOR, IN_USE, ClassRule, DisclosurePolicy
from survey_app.domain.questionnaire import Audience
from survey_app.domain.response import Code
from survey_app.domain.tabulation import Cell, FrequencyTable, MissingCounts

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
    "greatest_base",
    "least_base",
    "release",
    "release_block",
    "release_breakdown",
    "sum_of",
    "withhold_block",
]


class Reason(StrEnum):
    """Why something is withheld."""

    SMALL_BLOCK = "small_block"
    SMALL_CELL = "small_cell"
    NOT_REVIEWED = "not_reviewed"
    SMALL_GROUP = "small_group"
    POOLED = "pooled"
    DOMINATED = "dominated"


@dataclass(frozen=True)
class Withheld:
    """Something that may not be shown: the reason and the limit, and no number of its own."""

    reason: Reason
    limit: int

    @property
    def message(self) -> Message:
        """Return the reason as a sentence."""
        return Message(REASONS[self.reason], {"limit": self.limit})


REASONS = {
    Reason.SMALL_BLOCK: N_("Weniger als %(limit)s Antworten: zum Schutz nicht ausgewiesen."),
    Reason.SMALL_CELL: N_(
        "Einzelne Antworten kamen von weniger als %(limit)s Personen oder von fast allen: zum"
        " Schutz nicht ausgewiesen."
    ),
    Reason.NOT_REVIEWED: N_("Die Texte sind noch nicht geprüft."),
    Reason.SMALL_GROUP: N_(
        "Mindestens eine der Gruppen hat weniger als %(limit)s Antworten: zum Schutz wird hier"
        " nicht nach Gruppen unterschieden."
    ),
    Reason.POOLED: N_(
        "Diese Antworten stehen schon zusammen mit anderen in einer Gesamtauswertung. Einzeln"
        " ausgewiesen ließen sich dort weniger als %(limit)s herausrechnen."
    ),
    Reason.DOMINATED: N_(
        "Mehr als %(limit)s %% der Antworten kommen aus einer einzigen Einrichtung: Das wäre ihr"
        " Ergebnis. Ausgewiesen wird es, wenn sie zustimmt."
    ),
}


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
    full_from = rule.full_scale_of(table)
    coarser = table.coarsened() if table.coarse and full_from else table
    shown = coarser if table.base < full_from else table
    if _names_somebody(shown, rule) or _names_somebody(coarser, rule):
        return Withheld(Reason.SMALL_CELL, rule.smallest_cell)
    return _made(table, shown.cells, coarse=shown is not table)


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


def release_breakdown(block: Block, policy: DisclosurePolicy) -> ReleasedBreakdown | None:
    """Return what of a closed wave may be shown by group; None if it keeps no breakdown.

    Nothing is if the table of the groups themselves is withheld: their bases would give it away.
    """
    if block.breakdown is None:
        return None
    by, groups = block.breakdown.variable, block.breakdown.groups
    tables: dict[str, tuple[tuple[Code | None, Released], ...] | Withheld] = {}
    sizes = next(release(table, policy) for table in block.tables if table.variable == by)
    for place, whole in enumerate(block.tables):
        if whole.variable != by:
            parts = [(group.code, group.tables[place]) for group in groups]
            withheld = sizes if isinstance(sizes, Withheld) else None
            tables[whole.variable] = withheld or _release_groups(whole, parts, policy)
    return ReleasedBreakdown(by, tables)


def _release_groups(
    whole: FrequencyTable,
    groups: Iterable[tuple[Code | None, FrequencyTable]],
    policy: DisclosurePolicy,
) -> tuple[tuple[Code | None, Released], ...] | Withheld:
    together = release(whole, policy)
    if isinstance(together, Withheld):
        return together
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
    scale = tuple(cell.code for cell in coarsest.cells)
    return [_on(scale, table, coarse=coarsest.coarse) for table in tables]


def _on(scale: tuple[Code, ...], table: Released, *, coarse: bool) -> Released:
    """Return a table with the codes of `scale`, which may join codes by a plus."""
    counts = {cell.code: cell.count for cell in table.cells}
    if tuple(counts) == scale:
        return table
    covered = [[own for own in counts if str(own) in str(code).split("+")] for code in scale]
    if not coarse or table.coarse or [c for codes in covered for c in codes] != list(counts):
        raise ValueError(f"tables of {table.variable} are on different scales")
    cells = (
        Cell(code=code, count=sum(counts[own] for own in codes))
        for code, codes in zip(scale, covered, strict=True)
    )
    return replace(table, cells=tuple(cells), coarse=coarse, seal=_SEAL)


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
    breakdown: ReleasedBreakdown | None = None

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
        tables={table.variable: release(table, policy) for table in block.tables},
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
