"""Several statements on one scale, under one stem.

Each statement (item) is a variable of its own; the battery only spares the reader the repetition.
On a phone it is shown as single statements with a steady answer row.
"""

import random
from collections.abc import Mapping
from typing import Literal

from pydantic import Field, PrivateAttr

from survey_app.domain.codebook import Sensitivity, Variable
from survey_app.domain.messages import InvalidAnswer, Problem
from survey_app.domain.questions.base import CoreName, Name, Question, read_code
from survey_app.domain.questions.rating import scale_variable, simulate_rating
from survey_app.domain.response import Answers, RawAnswers, Value
from survey_app.domain.scales import Scale
from survey_app.domain.text import Definition, Text


class Item(Definition):
    """One statement of a battery; its own sensitivity may be higher than the battery's."""

    id: Name
    text: Text
    sensitivity: Sensitivity | None = None
    core: CoreName | None = None
    mirror: Name | None = None


class Battery(Question):
    """Rate each statement on the same scale."""

    kind: Literal["battery"]
    scale: Name
    items: tuple[Item, ...] = Field(min_length=2, max_length=30)
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
        """Return one variable per statement."""
        return tuple(
            scale_variable(
                name=item.id,
                question=self.id,
                text=item.text,
                stem=self.text,
                sensitivity=item.sensitivity or self.sensitivity,
                scale=self._scale,
                core=item.core,
                mirror=item.mirror,
            )
            for item in self.items
        )

    def read(self, raw: RawAnswers) -> Answers:
        """Return the chosen code of each statement."""
        answers: dict[str, Value] = {}
        problems: list[Problem] = []
        for item in self.items:
            try:
                answers |= read_code(raw, item.id, self._scale.codes, refusal=self._scale.refusal)
            except InvalidAnswer as invalid:
                problems.extend(invalid.problems)
        if problems:
            raise InvalidAnswer(*problems)
        return answers

    def simulate(self, chance: random.Random, mood: float) -> RawAnswers:
        """Rate each statement."""
        raw: dict[str, object] = {}
        for item in self.items:
            raw |= simulate_rating(chance, mood, item.id, self._scale)
        return raw  # type: ignore[return-value]
