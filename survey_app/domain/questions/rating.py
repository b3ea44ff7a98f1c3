"""One statement on a named scale: "Das Angebot hat mir insgesamt gefallen."."""

import random
from collections.abc import Sequence
from typing import Literal

from survey_app.domain.codebook import CodeLabel, Level, Sensitivity, Variable
from survey_app.domain.messages import InvalidAnswer, Problem
from survey_app.domain.questions.base import (
    CoreName,
    Name,
    ScaledQuestion,
    read_code,
    simulate_step,
)
from survey_app.domain.response import REFUSED, Answers, RawAnswers, Value
from survey_app.domain.scales import Scale
from survey_app.domain.text import Text


class Rating(ScaledQuestion):
    """Agree or disagree with one statement, or rate one thing."""

    kind: Literal["rating"]
    reverse: bool = False
    core: CoreName | None = None
    mirror: Name | None = None

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
                reverse=self.reverse,
            ),
        )

    def read(self, raw: RawAnswers) -> Answers:
        """Return the chosen code."""
        scale = self._scale
        return read_code(raw, self.id, scale.codes, refusal=scale.refusal)

    def simulate(self, chance: random.Random, mood: float) -> RawAnswers:
        """Choose a step; now and then none, or the refusal."""
        lean = 1 - mood if self.reverse else mood
        return simulate_rating(chance, lean, self.id, self._scale)


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
    reverse: bool = False,
) -> Variable:
    """Return the variable of one statement on a scale.

    Of a statement with `reverse` the other end of the scale is the positive one.
    """
    opposite = dict(zip(scale.codes, reversed(scale.codes), strict=True))
    positive = tuple(opposite[code] for code in reversed(scale.positive))
    return Variable(
        name=name,
        question=question,
        text=text,
        stem=stem,
        level=Level.ORDINAL,
        sensitivity=sensitivity,
        labels=tuple(CodeLabel(option.code, option.text) for option in scale.options),
        refusal=scale.refusal,
        positive=positive if reverse else scale.positive,
        coarse=scale.coarse,
        core=core,
        mirror=mirror,
    )


def read_codes(raw: RawAnswers, fields: Sequence[str], scale: Scale) -> Answers:
    """Return the chosen code of each field; raises one InvalidAnswer with all problems."""
    answers: dict[str, Value] = {}
    problems: list[Problem] = []
    for field in fields:
        try:
            answers |= read_code(raw, field, scale.codes, refusal=scale.refusal)
        except InvalidAnswer as invalid:
            problems.extend(invalid.problems)
    if problems:
        raise InvalidAnswer(*problems)
    return answers


def simulate_rating(chance: random.Random, mood: float, field: str, scale: Scale) -> RawAnswers:
    """Return one statement as a person of this mood might rate it."""
    luck = chance.random()
    if luck < 0.02:
        return {}
    if luck < 0.05 and scale.refusal:
        return {field: [REFUSED]}
    return {field: [str(scale.codes[simulate_step(chance, mood, len(scale.codes))])]}
