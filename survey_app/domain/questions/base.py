"""What every question has, and what every kind must be able to do."""

import random
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Annotated, Final

from pydantic import PrivateAttr, StringConstraints

from survey_app.domain.codebook import Sensitivity, Variable
from survey_app.domain.conditions import Condition
from survey_app.domain.messages import N_, InvalidAnswer, Message, Problem
from survey_app.domain.response import REFUSED, Answers, Code, RawAnswers, Value
from survey_app.domain.scales import Scale
from survey_app.domain.text import Text, Worded

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,30}$")]
CoreName = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{1,2}$")]

NOT_AN_OPTION = N_("Diese Antwort gehört nicht zu dieser Frage. Bitte wähle noch einmal.")
ONE_ANSWER_ONLY = N_("Hier geht nur eine Antwort. Bitte wähle eine aus.")


class Question(Worded, ABC):
    """A question; its answers are stored under the names of its variables."""

    id: Name
    hint: Text | None = None
    sensitivity: Sensitivity = Sensitivity.A
    show_if: Condition | None = None

    @property
    def kind_name(self) -> str:
        """Return the name of this question's kind as it stands in YAML."""
        return str(getattr(self, "kind"))  # noqa: B009 - every kind declares its own literal

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the names of the form fields: those of the variables that a person answers."""
        return tuple(variable.name for variable in self.variables() if not variable.is_derived)

    @property
    def times_asked(self) -> int:
        """Return how often somebody is asked here: once, or once per statement."""
        return min(len(self.fields), 1)

    @property
    def names(self) -> frozenset[str]:
        """Return the names this question takes: its own, those of its items and parts."""
        items = getattr(self, "items", ())
        return frozenset({self.id, *(item.id for item in items), *self.parts})

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the names made by `part_name`; known before the scale is."""
        return ()

    def bind(self, scales: Mapping[str, Scale]) -> None:
        """Take the scale this question names, once the questionnaire is known."""

    @property
    def scale_name(self) -> str | None:
        """Return the name of the scale this question uses, if it uses one."""
        return None

    @property
    def is_breakdown(self) -> bool:
        """Return whether results may be broken down by this question."""
        return False

    @property
    def is_ranking(self) -> bool:
        """Return whether its parts are put in order, so that a list of them answers it."""
        return False

    @property
    def shows_help(self) -> bool:
        """Return whether the help card is shown here."""
        return False

    def faults_with(self, scale: Scale) -> list[Message]:
        """Return why this question cannot be asked on the scale it names."""
        return []

    def allows(self, answers: Answers) -> bool:
        """Return whether one person can give these answers of this question together.

        Parts of the question that are not among `answers` may be answered in any way.
        """
        raw = {name: sent(value) for name, value in answers.items()}
        try:
            return self.read(raw) == answers
        except InvalidAnswer:
            return False

    @abstractmethod
    def variables(self) -> tuple[Variable, ...]:
        """Return what can be counted about this question, in the order of the questionnaire."""

    @abstractmethod
    def read(self, raw: RawAnswers) -> Answers:
        """Return the answers found in a form; what was left out is left out.

        Raises InvalidAnswer with a sentence for the person who typed it.
        """

    @abstractmethod
    def simulate(self, chance: random.Random, mood: float) -> RawAnswers:
        """Return a form that a person might send; `mood` runs from 0 (poor) to 1 (delighted)."""


class ScaledQuestion(Question, ABC):
    """A question whose answers are the steps of a named scale."""

    scale: Name
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
        """Return the scale itself, once `bind` was called."""
        return self._scale


CHANGE: Final = "change"  # the part of a question that says how two answers of a person differ


def part_name(question: str, part: object) -> str:
    """Return the name of a variable that is a part of a question: an option, a moment."""
    return f"{question}__{part}"


def sent(value: Value) -> tuple[str, ...]:
    """Return an answer as a form sends it."""
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)


def first_answer(raw: RawAnswers, field: str) -> str | None:
    """Return the one value sent for `field`, None if there is none or an empty one.

    Raises InvalidAnswer if several were sent.
    """
    values = [value for value in raw.get(field, ()) if value.strip()]
    if len(values) > 1:
        raise InvalidAnswer(Problem(field, Message(ONE_ANSWER_ONLY)))
    return values[0] if values else None


def read_code(raw: RawAnswers, field: str, codes: Sequence[Code], *, refusal: bool) -> Answers:
    """Return the chosen code, the refusal, or nothing."""
    sent = first_answer(raw, field)
    if sent is None:
        return {}
    if refusal and sent == REFUSED:
        return {field: REFUSED}
    for code in codes:
        if str(code) == sent:
            return {field: code}
    raise InvalidAnswer(Problem(field, Message(NOT_AN_OPTION)))


def simulate_step(chance: random.Random, mood: float, steps: int) -> int:
    """Return a position from 0 to `steps` - 1, the higher the better the mood."""
    drawn = chance.gauss(mood, 0.24) * steps
    return min(steps - 1, max(0, int(drawn)))
