"""Free text: "Was sollen wir ändern?".

A text never stays with the other answers: it is stored apart from the sheet, under a key that
leads nowhere, and shown to nobody before a named person has reviewed it (ANONYMITY.md). All that
is counted is how many people wrote something.
"""

import random
from typing import Literal

from pydantic import Field

from survey_app.domain.codebook import Level, Variable
from survey_app.domain.messages import N_, InvalidAnswer, Message, Problem
from survey_app.domain.questions.base import CoreName, Name, Question, first_answer
from survey_app.domain.response import Answers, RawAnswers
from survey_app.domain.text import tidied

TOO_LONG = N_(
    "Dein Text ist zu lang: %(length)s Zeichen, möglich sind %(maximum)s. Bitte kürze ihn."
)

SAMPLE_TEXTS = (
    "(Beispieltext) Die Gruppenarbeit hat Spaß gemacht.",
    "(Beispieltext) Mehr Pausen wären gut.",
    "(Beispieltext) Gerne noch einmal, aber länger.",
    "(Beispieltext) Die Übungen waren nützlich.",
    "(Beispieltext) Es war manchmal zu laut.",
)


class OpenText(Question):
    """Write up to `max_length` characters."""

    kind: Literal["open_text"]
    max_length: int = Field(default=500, ge=1, le=2000)
    core: CoreName | None = None
    mirror: Name | None = None

    def variables(self) -> tuple[Variable, ...]:
        """Return the one variable: whether something was written."""
        return (
            Variable(
                name=self.id,
                question=self.id,
                text=self.text,
                level=Level.TEXT,
                sensitivity=self.sensitivity,
                core=self.core,
                mirror=self.mirror,
            ),
        )

    def read(self, raw: RawAnswers) -> Answers:
        """Return the text, tidied."""
        text = tidied(first_answer(raw, self.id) or "")
        if len(text) > self.max_length:
            message = Message(TOO_LONG, {"length": len(text), "maximum": self.max_length})
            raise InvalidAnswer(Problem(self.id, message))
        return {self.id: text} if text else {}

    def simulate(self, chance: random.Random, mood: float) -> RawAnswers:
        """Write a sentence that says it is a sample; most people write nothing."""
        if chance.random() < 0.7:
            return {}
        return {self.id: [chance.choice(SAMPLE_TEXTS)]}
