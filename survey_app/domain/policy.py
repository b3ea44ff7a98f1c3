"""The protection limits in force: `SURVEY_POLICY` can raise them, nothing can lower them.

`FLOOR` is the least that ANONYMITY.md promises, `IN_USE` what holds without any configuration. What
the limits do to a table is said in domain/disclosure.py.
"""

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import Field, model_validator

from survey_app.domain.codebook import Sensitivity
from survey_app.domain.messages import N_, Fault, Message, refuse
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.tabulation import FrequencyTable
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
    `group_of_feedback` is the least group of a breakdown for A, `group` for B and C. An institution
    with more than `dominant_from` percent of a roll-up must agree to it.
    """

    rules: dict[Sensitivity, ClassRule] = Field(default_factory=lambda: dict(IN_USE))
    text_block: int = Field(default=10, ge=10)
    text_count: int = Field(default=3, ge=3)
    mean_from: int = Field(default=10, ge=10)
    percent_from: int = Field(default=20, ge=20)
    tenths_from: int = Field(default=10, ge=10)
    group_of_feedback: int = Field(default=10, ge=10)
    group: int = Field(default=30, ge=30)
    dominant_from: int = Field(default=70, ge=34, le=70)

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

    def smallest_group(self, sensitivity: Sensitivity) -> int:
        """Return the least group of a breakdown for one sensitivity."""
        return self.group_of_feedback if sensitivity is A else self.group

    def promised_minimum(self, questionnaire: Questionnaire) -> int:
        """Return the number of people that the phone may promise: the least rule in use."""
        asked = questionnaire.sensitivities() or {Sensitivity.A}
        return min(self.rule(sensitivity).smallest_block for sensitivity in asked)


LOWERED = N_("%(rule)s darf nicht kleiner sein als %(floor)s. Erhöhen ist erlaubt, senken nicht")
