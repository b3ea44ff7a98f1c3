"""One answer out of several that have no order: "Wie alt bist du?", "Wo bist du dabei?"."""

import random
from typing import Literal

from pydantic import Field, model_validator

from survey_app.domain.codebook import CodeLabel, Level, Variable
from survey_app.domain.messages import refuse
from survey_app.domain.questions.base import CoreName, Name, Question, read_code
from survey_app.domain.response import Answers, RawAnswers
from survey_app.domain.scales import Option, faults_of_options


class SingleChoice(Question):
    """Choose one option; `refusal` adds "weiß nicht / möchte ich nicht sagen".

    `breakdown` declares, before the wave opens, that results may be broken down by this question.
    """

    kind: Literal["single_choice"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=30)
    refusal: bool = False
    breakdown: bool = False
    core: CoreName | None = None
    mirror: Name | None = None

    @model_validator(mode="after")
    def _has_usable_codes(self) -> "SingleChoice":
        refuse(faults_of_options(self.options))
        return self

    @property
    def is_breakdown(self) -> bool:
        """Return what the author declared."""
        return self.breakdown

    def variables(self) -> tuple[Variable, ...]:
        """Return the one variable: which option was chosen."""
        return (
            Variable(
                name=self.id,
                question=self.id,
                text=self.text,
                level=Level.NOMINAL,
                sensitivity=self.sensitivity,
                labels=tuple(CodeLabel(option.code, option.text) for option in self.options),
                refusal=self.refusal,
                core=self.core,
                mirror=self.mirror,
                breakdown=self.breakdown,
            ),
        )

    def read(self, raw: RawAnswers) -> Answers:
        """Return the chosen code."""
        codes = [option.code for option in self.options]
        return read_code(raw, self.id, codes, refusal=self.refusal)

    def simulate(self, chance: random.Random, mood: float) -> RawAnswers:
        """Choose any option; now and then none."""
        if chance.random() < 0.03:
            return {}
        return {self.id: [str(chance.choice(self.options).code)]}
