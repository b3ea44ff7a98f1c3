"""A text between the questions: an explanation, a pictogram, the help card. Nothing to answer."""

import random
from typing import Literal

from survey_app.domain.codebook import Variable
from survey_app.domain.pictures import Picture
from survey_app.domain.questions.base import Question
from survey_app.domain.response import Answers, RawAnswers


class Information(Question):
    """Show `text`, with `picture` beside it, and the help card below it if `help_card`."""

    kind: Literal["information"]
    picture: Picture | None = None
    help_card: bool = False

    @property
    def shows_help(self) -> bool:
        """Return what the author declared."""
        return self.help_card

    def variables(self) -> tuple[Variable, ...]:
        """Return none: there is nothing to count."""
        return ()

    def read(self, raw: RawAnswers) -> Answers:
        """Return no answers."""
        return {}

    def simulate(self, chance: random.Random, mood: float) -> RawAnswers:
        """Send nothing."""
        return {}
