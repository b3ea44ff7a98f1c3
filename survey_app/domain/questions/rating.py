"""One statement on a named scale: "Das Angebot hat mir insgesamt gefallen."."""

import random
from collections.abc import Mapping
from typing import Literal

from pydantic import PrivateAttr

from survey_app.domain.codebook import CodeLabel, Level, Sensitivity, Variable
from survey_app.domain.questions.base import CoreName, Name, Question, read_code, simulate_step
from survey_app.domain.response import REFUSED, Answers, RawAnswers
from survey_app.domain.scales import Scale
from survey_app.domain.text import Text


class Rating(Question):
    """Agree or disagree with one statement, or rate one thing."""

    kind: Literal["rating"]
    scale: Name
    core: CoreName | None = None
    mirror: Name | None = None
    _scale: Scale = PrivateAttr()

    def bind(self, scales: Mapping[str, Scale]) -> None:
        """Take the scale."""
        self._scale = scales[self.scale]

    @property
    def scale_name(self) -> str:
        """Return the name of the scale."""
        return self.scale

    @property
    def answer_scale(self) -> Scale:
        """Return the scale itself."""
        return self._scale

    def variables(self) -> tuple[Variable, ...]:
        """Return the one variable: where on the scale."""
        return (
            scale_variable(
                name=self.id,
                question=self.id,
                text=self.text,
                sensitivity=self.sensitivity,
                scale=self._scale,
                core=self.core,
                mirror=self.mirror,
            ),
        )

    def read(self, raw: RawAnswers) -> Answers:
        """Return the chosen code."""
        return read_code(raw, self.id, self._scale.codes, refusal=self._scale.refusal)

    def simulate(self, chance: random.Random, mood: float) -> RawAnswers:
        """Choose a step; now and then none, or the refusal."""
        return simulate_rating(chance, mood, self.id, self._scale)


def scale_variable(
    *,
    name: str,
    question: str,
    text: Text,
    sensitivity: Sensitivity,
    scale: Scale,
    stem: Text | None = None,
    core: str | None = None,
    mirror: str | None = None,
) -> Variable:
    """Return the variable of one statement on a scale."""
    return Variable(
        name=name,
        question=question,
        text=text,
        stem=stem,
        level=Level.ORDINAL,
        sensitivity=sensitivity,
        labels=tuple(CodeLabel(option.code, option.text) for option in scale.options),
        refusal=scale.refusal,
        positive=scale.positive,
        coarse=scale.coarse,
        core=core,
        mirror=mirror,
    )


def simulate_rating(chance: random.Random, mood: float, field: str, scale: Scale) -> RawAnswers:
    """Return one statement as a person of this mood might rate it."""
    luck = chance.random()
    if luck < 0.02:
        return {}
    if luck < 0.05 and scale.refusal:
        return {field: [REFUSED]}
    return {field: [str(scale.codes[simulate_step(chance, mood, len(scale.codes))])]}
