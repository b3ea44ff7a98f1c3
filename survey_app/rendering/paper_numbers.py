"""Where everything stands on a questionnaire on paper: its numbers, and the keys of its answers.

Whoever types a filled sheet in reads the same numbers on paper and on the screen. Questions are
counted from 1, statements of one question get letters (3a, 3b), and each answer has one key: its
place in the list (1–9, then a, b, c …), or the number itself where numbers are the answers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from survey_app.domain.codebook import Level, Variable
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questions.base import Question, ScaledQuestion
from survey_app.rendering.paper_conditions import Place

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
KEYS: Final = "123456789" + LETTERS  # no question has more than 30 answers


def key_at(position: int) -> str:
    """Return the key of the answer at a position, the first (0) being 1.

    >>> key_at(0), key_at(8), key_at(9)
    ('1', '9', 'a')
    """
    return KEYS[position]


def keys_of(question: Question, variable: Variable) -> Iterator[str]:
    """Yield the keys of the answers in their order; of places, points and steps the numbers."""
    counts = question.is_ranking or variable.level is Level.NUMERIC
    for position, code in enumerate(variable.codes):
        yield str(code) if counts else key_at(position)


@dataclass(frozen=True)
class PaperNumbers:
    """The numbers of one questionnaire."""

    questionnaire: Questionnaire

    @cached_property
    def numbers(self) -> dict[str, str]:
        """Return the number of each question that asks something."""
        asking = (question for question in self.questionnaire.questions if question.fields)
        return {question.id: str(number) for number, question in enumerate(asking, 1)}

    @cached_property
    def places(self) -> dict[str, Place]:
        """Return where each variable stands: question 3, or statement b of question 3."""
        return {
            variable.name: self._place(question, variable)
            for question in self.questionnaire.questions
            for variable in question.variables()
        }

    def _place(self, question: Question, variable: Variable) -> Place:
        number = self.numbers[question.id]
        if variable.stem is None:
            return Place(number, variable)
        if not isinstance(question, ScaledQuestion):
            return Place(number, variable, part=variable.text)
        texts = list(dict.fromkeys(v.text.german for v in question.variables()))
        letter = LETTERS[texts.index(variable.text.german) % len(LETTERS)]
        moment = variable.stem if variable.stem != question.text else None
        return Place(number + letter, variable, part=moment)
