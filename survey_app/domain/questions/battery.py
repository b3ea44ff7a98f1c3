"""Several statements on one scale, under one stem.

Each statement (item) is a variable of its own; the battery only spares the reader the repetition.
On a phone it is shown as single statements with a steady answer row.
"""

import random
from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from survey_app.domain.codebook import Sensitivity, Variable
from survey_app.domain.questions.base import CoreName, Name, ScaledQuestion
from survey_app.domain.questions.rating import read_codes, scale_variable, simulate_rating
from survey_app.domain.response import Answers, RawAnswers
from survey_app.domain.text import Worded


class Statement(Worded):
    """One of several statements; its own sensitivity may be higher than that of the question."""

    id: Name
    sensitivity: Sensitivity | None = None
    reverse: bool = False


class Item(Statement):
    """One statement of a battery."""

    core: CoreName | None = None
    mirror: Name | None = None


class Battery(ScaledQuestion):
    """Rate each statement on the same scale."""

    kind: Literal["battery"]
    items: tuple[Item, ...] = Field(min_length=2, max_length=30)

    @property
    def times_asked(self) -> int:
        """Return how many statements there are to rate."""
        return len(self.fields)

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
                reverse=item.reverse,
            )
            for item in self.items
        )

    def read(self, raw: RawAnswers) -> Answers:
        """Return the chosen code of each statement."""
        return read_codes(raw, self.fields, self._scale)

    def simulate(self, chance: random.Random, mood: float) -> RawAnswers:
        """Rate each statement."""
        raw: dict[str, Sequence[str]] = {}
        for item in self.items:
            lean = 1 - mood if item.reverse else mood
            raw |= simulate_rating(chance, lean, item.id, self._scale)
        return raw
