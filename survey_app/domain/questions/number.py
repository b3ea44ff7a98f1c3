"""A whole number with a unit: "Wie viele Stunden warst du dabei?".

What is counted are bands, never single numbers: a single large number is as good as a name. The
author declares the bands; without them the range is cut into at most five of equal width. Both
are fixed before anybody has answered, and are at once the full and the coarse scale.
"""

import random
import re
from itertools import pairwise
from typing import Literal

from pydantic import Field, model_validator

from survey_app.domain.codebook import CodeLabel, Level, Variable
from survey_app.domain.messages import N_, Fault, InvalidAnswer, Message, Problem, refuse
from survey_app.domain.questions.base import Question, first_answer
from survey_app.domain.response import Answers, RawAnswers
from survey_app.domain.text import FALLBACK, Text

MOST_BANDS = 5

NOT_A_NUMBER = N_("Bitte gib eine ganze Zahl ein, zum Beispiel %(example)s.")
OUT_OF_RANGE = N_("Bitte gib eine Zahl von %(minimum)s bis %(maximum)s ein.")


class Number(Question):
    """Type a whole number from `minimum` to `maximum`."""

    kind: Literal["number"]
    minimum: int = Field(default=0, ge=0)
    maximum: int = Field(ge=1, le=1_000_000)
    unit: Text | None = None
    bands: tuple[tuple[int, int], ...] = ()

    @model_validator(mode="after")
    def _is_consistent(self) -> "Number":
        if self.minimum >= self.maximum:
            refuse([Fault(Message(N_("minimum muss kleiner sein als maximum")), ("minimum",))])
        if self.bands and not self._bands_cover_the_range():
            refuse([Fault(Message(BANDS_LEAVE_GAPS), ("bands",))])
        return self

    def variables(self) -> tuple[Variable, ...]:
        """Return the one variable: the band."""
        bands = self.bands or equal_bands(self.minimum, self.maximum)
        named = [(low, high, str(low) if low == high else f"{low}–{high}") for low, high in bands]
        return (
            Variable(
                name=self.id,
                question=self.id,
                text=self.text,
                level=Level.ORDINAL,
                sensitivity=self.sensitivity,
                labels=tuple(CodeLabel(code, Text({FALLBACK: code})) for _, _, code in named),
                bands=tuple(named),
                coarse=tuple((code,) for _, _, code in named),
                unit=self.unit,
            ),
        )

    def read(self, raw: RawAnswers) -> Answers:
        """Return the number."""
        sent = first_answer(raw, self.id)
        if sent is None:
            return {}
        if not re.fullmatch(r"[+-]?\d{1,9}", sent.strip()):  # \d: an Arabic keyboard types ٣
            raise self._invalid(NOT_A_NUMBER, example=self.minimum + 1)
        number = int(sent)
        if not self.minimum <= number <= self.maximum:
            raise self._invalid(OUT_OF_RANGE, minimum=self.minimum, maximum=self.maximum)
        return {self.id: number}

    def simulate(self, chance: random.Random, mood: float) -> RawAnswers:
        """Type a number, more often a small one."""
        drawn = chance.triangular(self.minimum, self.maximum, self.minimum)
        return {self.id: [str(int(drawn))]}

    def _invalid(self, text: str, **values: int) -> InvalidAnswer:
        return InvalidAnswer(Problem(self.id, Message(text, values)))

    def _bands_cover_the_range(self) -> bool:
        ends_meet = all(high + 1 == low for (_, high), (low, _) in pairwise(self.bands))
        ordered = all(low <= high for low, high in self.bands)
        first, last = self.bands[0][0], self.bands[-1][1]
        return ends_meet and ordered and (first, last) == (self.minimum, self.maximum)


def equal_bands(minimum: int, maximum: int) -> tuple[tuple[int, int], ...]:
    """Return at most five bands of (nearly) equal width.

    >>> equal_bands(0, 24)
    ((0, 4), (5, 9), (10, 14), (15, 19), (20, 24))
    """
    values = maximum - minimum + 1
    count = min(MOST_BANDS, values)
    starts = [minimum + values * band // count for band in range(count + 1)]
    return tuple((low, high - 1) for low, high in pairwise(starts))


BANDS_LEAVE_GAPS = N_(
    "die Bereiche müssen lückenlos von minimum bis maximum reichen, zum Beispiel"
    " [[0, 2], [3, 5], [6, 24]]"
)
