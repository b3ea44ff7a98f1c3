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

`Released` can only be made here; everything that renders takes nothing else. Withheld is not zero:
it prints as "•" with its legend.
"""

from collections.abc import Mapping
from dataclasses import InitVar, dataclass
from enum import StrEnum
from types import MappingProxyType

from pydantic import Field, model_validator

from survey_app.domain.block import Block
from survey_app.domain.codebook import Sensitivity
from survey_app.domain.messages import N_, Fault, Message, refuse
from survey_app.domain.questionnaire import Audience, Questionnaire
from survey_app.domain.tabulation import Cell, FrequencyTable, MissingCounts
from survey_app.domain.text import Definition

A, B, C = Sensitivity.A, Sensitivity.B, Sensitivity.C


class ClassRule(Definition):
    """The limits for one sensitivity.

    `smallest_block`: least base. `smallest_cell`: least count that is not zero. `spare`: how many
    people at least must be outside the largest cell. `full_scale_from`: least base for the full
    scale. `per_step`: least base per step of the scale, where a coarse scale is declared.
    """

    smallest_block: int
    smallest_cell: int = 0
    spare: int = 0
    full_scale_from: int = 0
    per_step: int = 0

    def full_scale_of(self, table: FrequencyTable) -> int:
        """Return the least base with which `table` is shown on its full scale."""
        return max(self.full_scale_from, self.per_step * len(table.cells))


FLOOR: Mapping[Sensitivity, ClassRule] = MappingProxyType(
    {
        A: ClassRule(smallest_block=5),
        B: ClassRule(smallest_block=8, smallest_cell=3, spare=1),
        C: ClassRule(smallest_block=10, smallest_cell=3, spare=3, full_scale_from=50),
    }
)
IN_USE: Mapping[Sensitivity, ClassRule] = MappingProxyType(
    {
        A: FLOOR[A],
        B: FLOOR[B].model_copy(update={"per_step": 50}),
        C: FLOOR[C].model_copy(update={"per_step": 50}),
    }
)


class DisclosurePolicy(Definition):
    """The rules in force. They can be raised by the operator, never lowered.

    `tenths_from` is the least base of what those who answered are shown (domain/echo.py).
    """

    rules: dict[Sensitivity, ClassRule] = Field(default_factory=lambda: dict(IN_USE))
    text_block: int = Field(default=10, ge=10)
    text_count: int = Field(default=3, ge=3)
    mean_from: int = Field(default=10, ge=10)
    percent_from: int = Field(default=20, ge=20)
    tenths_from: int = Field(default=10, ge=10)

    @model_validator(mode="after")
    def _is_not_lowered(self) -> "DisclosurePolicy":
        lowered = [
            Fault(Message(LOWERED, {"rule": name, "floor": floor}), ("rules", sensitivity, name))
            for sensitivity, least in FLOOR.items()
            for name, floor in least.model_dump().items()
            if getattr(self.rules.get(sensitivity, least), name) < floor
        ]
        refuse(lowered)
        return self

    def rule(self, sensitivity: Sensitivity) -> ClassRule:
        """Return the limits for one sensitivity."""
        return self.rules.get(sensitivity, FLOOR[sensitivity])

    def promised_minimum(self, questionnaire: Questionnaire) -> int:
        """Return the number of people that the phone may promise: the least rule in use."""
        asked = questionnaire.sensitivities() or {Sensitivity.A}
        return min(self.rule(sensitivity).smallest_block for sensitivity in asked)


LOWERED = N_("%(rule)s darf nicht kleiner sein als %(floor)s. Erhöhen ist erlaubt, senken nicht")


class Reason(StrEnum):
    """Why something is withheld."""

    SMALL_BLOCK = "small_block"
    SMALL_CELL = "small_cell"
    NOT_REVIEWED = "not_reviewed"


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
}


class _Seal:
    """What only this module has: proof that a value passed `release`."""


_SEAL = _Seal()


@dataclass(frozen=True)
class Released:
    """A table that may be shown. Only `release` makes one.

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
            raise TypeError("only disclosure.release makes a Released")


def release(table: FrequencyTable, policy: DisclosurePolicy) -> Released | Withheld:
    """Return what of `table` may leave the platform."""
    rule = policy.rule(table.sensitivity)
    least = rule.smallest_block if table.coarse else max(rule.smallest_block, rule.full_scale_from)
    if table.base < least:
        return Withheld(Reason.SMALL_BLOCK, least)
    full_from = rule.full_scale_of(table)
    coarser = table.coarsened() if table.coarse and full_from else table
    shown = coarser if table.base < full_from else table
    if _names_somebody(shown, rule) or _names_somebody(coarser, rule):
        return Withheld(Reason.SMALL_CELL, rule.smallest_cell)
    return Released(
        variable=table.variable,
        cells=shown.cells,
        base=table.base,
        missing=table.missing if table.sensitivity is A else None,
        missing_total=table.missing.total,
        coarse=shown is not table,
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
    limits = [policy.rule(table.sensitivity).smallest_block for table in block.tables]
    least = min(limits, default=policy.rule(A).smallest_block)
    too_small = Withheld(Reason.SMALL_BLOCK, least) if block.base < least else None
    return ReleasedBlock(
        questionnaire=block.questionnaire,
        version=block.version,
        fingerprint=block.fingerprint,
        audience=block.audience,
        base=too_small or block.base,
        tables={table.variable: too_small or release(table, policy) for table in block.tables},
        texts={text.variable: _release_text(block, text.count, policy) for text in block.texts},
    )


def _release_text(block: Block, count: int, policy: DisclosurePolicy) -> int | Withheld:
    if block.base < policy.text_block:
        return Withheld(Reason.SMALL_BLOCK, policy.text_block)
    if count < policy.text_count:
        return Withheld(Reason.SMALL_CELL, policy.text_count)
    return count
