"""Several answers out of many: "Was hat dir gefallen?".

An exclusive option ("nichts davon") stands alone: together with another it is a contradiction,
which only the person can resolve. `maximum` limits how many may be chosen.
"""

import random
from typing import Literal

from pydantic import Field, model_validator

from survey_app.domain.codebook import CodeLabel, Level, Variable
from survey_app.domain.messages import N_, Fault, InvalidAnswer, Message, Problem, refuse
from survey_app.domain.questions.base import NOT_AN_OPTION, Question
from survey_app.domain.response import Answers, Code, RawAnswers
from survey_app.domain.scales import Option, faults_of_options

TOO_MANY = N_("Bitte wähle höchstens %(maximum)s Antworten aus.")
STANDS_ALONE = N_("„%(option)s“ passt nicht zu den anderen Antworten. Bitte nimm eins davon weg.")


class ChoiceOption(Option):
    """An option of a multiple choice; `exclusive` means: this one or others, not both."""

    exclusive: bool = False


class MultipleChoice(Question):
    """Choose any number of options, or at most `maximum`."""

    kind: Literal["multiple_choice"]
    options: tuple[ChoiceOption, ...] = Field(min_length=2, max_length=30)
    maximum: int | None = Field(default=None, ge=2)

    @model_validator(mode="after")
    def _is_consistent(self) -> "MultipleChoice":
        faults = faults_of_options(self.options)
        if self.maximum is not None and self.maximum > len(self.options):
            faults.append(Fault(Message(N_("es gibt weniger Antworten als maximum")), ("maximum",)))
        refuse(faults)
        return self

    def variables(self) -> tuple[Variable, ...]:
        """Return the one variable: which options were chosen."""
        return (
            Variable(
                name=self.id,
                question=self.id,
                text=self.text,
                level=Level.NOMINAL,
                sensitivity=self.sensitivity,
                labels=tuple(CodeLabel(option.code, option.text) for option in self.options),
                multiple=True,
            ),
        )

    def read(self, raw: RawAnswers) -> Answers:
        """Return the chosen codes in the order of the options."""
        sent = {value for value in raw.get(self.id, ()) if value.strip()}
        chosen = [option for option in self.options if str(option.code) in sent]
        if len(chosen) < len(sent):
            raise InvalidAnswer(Problem(self.id, Message(NOT_AN_OPTION)))
        self._refuse_contradictions(chosen)
        codes: tuple[Code, ...] = tuple(option.code for option in chosen)
        return {self.id: codes} if codes else {}

    def simulate(self, chance: random.Random, mood: float) -> RawAnswers:
        """Choose one to three options that go together."""
        together = [option for option in self.options if not option.exclusive]
        most = min(3, len(together), self.maximum or 3)
        if not together or chance.random() < 0.05:
            return {}
        chosen = chance.sample(together, chance.randint(1, most))
        return {self.id: [str(option.code) for option in chosen]}

    def _refuse_contradictions(self, chosen: list[ChoiceOption]) -> None:
        if self.maximum is not None and len(chosen) > self.maximum:
            message = Message(TOO_MANY, {"maximum": self.maximum})
            raise InvalidAnswer(Problem(self.id, message))
        alone = next((option for option in chosen if option.exclusive), None)
        if alone is not None and len(chosen) > 1:
            message = Message(STANDS_ALONE, {"option": alone.text})
            raise InvalidAnswer(Problem(self.id, message))
