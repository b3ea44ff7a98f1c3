"""Before and after in one sitting: the same statements twice, looking back and looking at now.

People who have learned something judge their earlier knowledge better afterwards than they could
before (response shift), and nobody needs a code to link two sheets. Asked side by side, though,
the two answers pull at each other; therefore "then" and "now" stand on two separate pages
(EVALUATION.md 3.4, order of preference 2).

Besides the two answers each statement has a third variable, their difference (now - then). It has
to be counted with them: once the sheets are destroyed, two tables alone no longer tell how many
people changed.
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from pydantic import Field

from survey_app.domain.codebook import CodeLabel, Level, Variable
from survey_app.domain.messages import N_, Message
from survey_app.domain.questions.base import CHANGE, ScaledQuestion, part_name
from survey_app.domain.questions.battery import Statement
from survey_app.domain.questions.rating import read_codes, scale_variable, simulate_rating
from survey_app.domain.response import Answers, RawAnswers
from survey_app.domain.scales import Scale
from survey_app.domain.text import FALLBACK, Text

THEN, NOW = "then", "now"
NOT_NUMBERS = N_(
    "then_now rechnet mit Abständen: die Codes der Skala „%(name)s“ müssen Zahlen sein, jede um 1"
    " größer als die vorige"
)


class ThenNow(ScaledQuestion):
    """Rate each statement for `then` and, on another page, for `now`."""

    kind: Literal["then_now"]
    then: Text
    now: Text
    items: tuple[Statement, ...] = Field(min_length=1, max_length=20)

    def faults_with(self, scale: Scale) -> list[Message]:
        """Return a fault if the steps of the scale are not numbers at equal distances."""
        distances = {
            isinstance(low, int) and isinstance(high, int) and high - low
            for low, high in pairwise(scale.codes)
        }
        return [] if distances == {1} else [Message(NOT_NUMBERS, {"name": self.scale})]

    @property
    def parts(self) -> tuple[str, ...]:
        """Return three names per statement."""
        return tuple(
            part_name(item.id, part) for item in self.items for part in (THEN, NOW, CHANGE)
        )

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the names of the form fields: all of then, all of now."""
        return tuple(name for _, names in self.pages for name in names)

    @property
    def pages(self) -> tuple[tuple[Text, tuple[str, ...]], ...]:
        """Return the two pages: what stands above each, and its form fields."""
        return tuple(
            (heading, tuple(part_name(item.id, moment) for item in self.items))
            for heading, moment in ((self.then, THEN), (self.now, NOW))
        )

    @property
    def times_asked(self) -> int:
        """Return how many statements there are to rate, twice."""
        return len(self.fields)

    def variables(self) -> tuple[Variable, ...]:
        """Return three variables per statement: then, now and their difference."""
        return tuple(
            variable
            for item in self.items
            for variable in (
                self._answer(item, THEN, self.then),
                self._answer(item, NOW, self.now),
                self._change(item),
            )
        )

    def read(self, raw: RawAnswers) -> Answers:
        """Return the chosen code of each statement at both moments."""
        return read_codes(raw, self.fields, self._scale)

    def simulate(self, chance: random.Random, mood: float) -> RawAnswers:
        """Rate each statement a little better now than then."""
        raw: dict[str, Sequence[str]] = {}
        for item in self.items:
            lean = 1 - mood if item.reverse else mood
            drift = -0.2 if item.reverse else 0.2
            raw |= simulate_rating(chance, lean - drift, part_name(item.id, THEN), self._scale)
            raw |= simulate_rating(chance, lean, part_name(item.id, NOW), self._scale)
        return raw

    def _answer(self, item: Statement, moment: str, stem: Text) -> Variable:
        variable = scale_variable(
            name=part_name(item.id, moment),
            question=self.id,
            text=item.text,
            stem=stem,
            sensitivity=item.sensitivity or self.sensitivity,
            scale=self._scale,
            reverse=item.reverse,
        )
        return replace(variable, stem_first=True)

    def _change(self, item: Statement) -> Variable:
        farthest = len(self._scale.codes) - 1
        steps = tuple(range(-farthest, farthest + 1))
        less, more = steps[:farthest], steps[farthest + 1 :]
        return Variable(
            name=part_name(item.id, CHANGE),
            question=self.id,
            text=item.text,
            level=Level.NUMERIC,
            sensitivity=item.sensitivity or self.sensitivity,
            labels=tuple(CodeLabel(step, Text({FALLBACK: signed(step)})) for step in steps),
            positive=less if item.reverse else more,
            coarse=(less, (0,), more),
            difference=(part_name(item.id, NOW), part_name(item.id, THEN)),
        )


def signed(step: int) -> str:
    """Return a difference as it is printed: +2, 0, −2."""
    return f"{step:+d}".replace("-", "−") if step else "0"
