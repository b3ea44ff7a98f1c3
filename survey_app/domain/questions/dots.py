"""Spread a few points over options: "Wofür sollen wir das Geld ausgeben?".

Who spreads any points at all has said something about every option: one without a point got 0, and
0 is an answer. Fewer points than there are may be spread, more may not.
"""

import random
from collections.abc import Mapping
from typing import Literal

from pydantic import Field, model_validator

from survey_app.domain.codebook import CodeLabel, Level, Variable
from survey_app.domain.messages import N_, InvalidAnswer, Message, Problem, refuse
from survey_app.domain.questions.base import Question, first_answer, part_name
from survey_app.domain.response import Answers, Code, RawAnswers
from survey_app.domain.scales import Option, faults_of_options
from survey_app.domain.text import FALLBACK, Text

TOO_MANY_POINTS = N_(
    "Du hast %(spread)s Punkte verteilt, es gibt aber nur %(points)s. Bitte nimm %(excess)s weg."
)
NOT_POINTS = N_("Bitte gib eine ganze Zahl von 0 bis %(points)s ein.")


class Dots(Question):
    """Spread up to `points` points over the options."""

    kind: Literal["dots"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=10)
    points: int = Field(ge=2, le=10)

    @model_validator(mode="after")
    def _has_usable_codes(self) -> "Dots":
        refuse(faults_of_options(self.options))
        return self

    @property
    def parts(self) -> tuple[str, ...]:
        """Return one name per option."""
        return tuple(part_name(self.id, option.code) for option in self.options)

    def allows(self, answers: Answers) -> bool:
        """Return whether there are points enough for all these answers."""
        return sum(value for value in answers.values() if isinstance(value, int)) <= self.points

    def variables(self) -> tuple[Variable, ...]:
        """Return one variable per option: its points."""
        steps = range(self.points + 1)
        labels = tuple(CodeLabel(step, Text({FALLBACK: str(step)})) for step in steps)
        none: tuple[Code, ...] = (0,)
        some: tuple[Code, ...] = tuple(steps[1:])
        return tuple(
            Variable(
                name=name,
                question=self.id,
                text=option.text,
                stem=self.text,
                level=Level.NUMERIC,
                sensitivity=self.sensitivity,
                labels=labels,
                positive=some,
                coarse=(none, some),
            )
            for name, option in zip(self.parts, self.options, strict=True)
        )

    def read(self, raw: RawAnswers) -> Answers:
        """Return the points of every option, or nothing if none were spread."""
        spread = {field: self._points(field, first_answer(raw, field)) for field in self.fields}
        self._refuse_excess(spread)
        return spread if any(spread.values()) else {}

    def simulate(self, chance: random.Random, mood: float) -> RawAnswers:
        """Spread all points, more on what one likes."""
        if chance.random() < 0.05:
            return {}
        liked = chance.choices(self.fields, k=self.points)
        return {field: [str(liked.count(field))] for field in self.fields}

    def _points(self, field: str, sent: str | None) -> int:
        if sent is None:
            return 0
        if sent.strip().isdecimal() and len(sent.strip()) < 3 and int(sent) <= self.points:
            return int(sent)
        raise InvalidAnswer(Problem(field, Message(NOT_POINTS, {"points": self.points})))

    def _refuse_excess(self, spread: Mapping[str, int]) -> None:
        total = sum(spread.values())
        if total > self.points:
            values = {"spread": total, "points": self.points, "excess": total - self.points}
            raise InvalidAnswer(Problem(self.id, Message(TOO_MANY_POINTS, values)))
