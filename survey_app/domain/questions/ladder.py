"""A ladder from 0 to 10: "Wie zufrieden bist du zurzeit mit deinem Leben?".

Eleven steps with a wording for both ends (after Cantril 1965). Counted step by step; where few
people answered a sensitive question, the declared coarse scale replaces it.
"""

import random
from typing import Literal

from survey_app.domain.codebook import CodeLabel, Level, Variable
from survey_app.domain.questions.base import CoreName, Name, Question, read_code, simulate_step
from survey_app.domain.response import REFUSED, Answers, Code, RawAnswers
from survey_app.domain.text import FALLBACK, Text

STEPS = tuple(range(11))
COARSE: tuple[tuple[Code, ...], ...] = ((0, 1, 2, 3, 4, 5), (6, 7), (8, 9, 10))


class Ladder(Question):
    """Choose a step from 0 (`lowest`) to 10 (`highest`)."""

    kind: Literal["ladder"]
    lowest: Text
    highest: Text
    positive_from: Literal[6, 8] = 6  # where a group of the coarse scale begins
    refusal: bool = True
    core: CoreName | None = None
    mirror: Name | None = None

    def variables(self) -> tuple[Variable, ...]:
        """Return the one variable: the step."""
        return (
            Variable(
                name=self.id,
                question=self.id,
                text=self.text,
                level=Level.NUMERIC,
                sensitivity=self.sensitivity,
                labels=tuple(CodeLabel(step, self.label(step)) for step in STEPS),
                refusal=self.refusal,
                positive=tuple(step for step in STEPS if step >= self.positive_from),
                coarse=COARSE,
                core=self.core,
                mirror=self.mirror,
            ),
        )

    def read(self, raw: RawAnswers) -> Answers:
        """Return the step."""
        return read_code(raw, self.id, STEPS, refusal=self.refusal)

    def simulate(self, chance: random.Random, mood: float) -> RawAnswers:
        """Choose a step; now and then refuse."""
        if self.refusal and chance.random() < 0.03:
            return {self.id: [REFUSED]}
        return {self.id: [str(simulate_step(chance, mood, len(STEPS)))]}

    def label(self, step: int) -> Text:
        """Return the step's number, with the wording at both ends."""
        end = {0: self.lowest, 10: self.highest}.get(step)
        if end is None:
            return Text({FALLBACK: str(step)})
        return Text({language: f"{step} – {text}" for language, text in end.root.items()})
