"""When a question is shown: `show_if`.

A condition looks at *earlier* answers only. A question that was not answered, or refused, makes
every comparison false, but for `answered: false`; only `not` turns that around. Values are compared
as they are: the text "3" is not the number 3, and a text is never "at least" anything. The same
rules run on the phone (``web/static/respond/conditions.js``), so they are few and literal.

    show_if: {question: k1, at_most: 3}
    show_if: {all: [{question: alter, one_of: [a16, a18]}, {not: {question: k1, is: 5}}]}
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field, model_validator

from survey_app.domain.messages import N_, Fault, Message, refuse
from survey_app.domain.response import Answers, Code, is_valid
from survey_app.domain.text import Definition

COMPARISONS = ("is_", "one_of", "includes", "at_least", "at_most", "answered")
COMBINATIONS = ("all_", "any_", "not_")


class Condition(Definition):
    """Either one comparison with an earlier question, or a combination of conditions."""

    question: str | None = None
    is_: Code | None = Field(default=None, alias="is")
    one_of: Annotated[tuple[Code, ...], Field(min_length=1)] | None = None
    includes: Code | None = None
    at_least: int | None = None
    at_most: int | None = None
    answered: bool | None = None

    all_: Annotated[tuple["Condition", ...], Field(min_length=1)] | None = Field(None, alias="all")
    any_: Annotated[tuple["Condition", ...], Field(min_length=1)] | None = Field(None, alias="any")
    not_: "Condition | None" = Field(default=None, alias="not")

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Condition":
        combined = [name for name in COMBINATIONS if getattr(self, name) is not None]
        compared = [name for name in COMPARISONS if getattr(self, name) is not None]
        is_comparison = self.question is not None and len(compared) == 1 and not combined
        is_combination = self.question is None and not compared and len(combined) == 1
        if not (is_comparison or is_combination):
            refuse([Fault(Message(WHAT_A_CONDITION_IS))])
        return self

    def holds(self, answers: Answers) -> bool:
        """Return whether the condition is met by what has been answered so far."""
        if self.all_ is not None:
            return all(part.holds(answers) for part in self.all_)
        if self.any_ is not None:
            return any(part.holds(answers) for part in self.any_)
        if self.not_ is not None:
            return not self.not_.holds(answers)
        return self._compare(answers)

    def _compare(self, answers: Answers) -> bool:
        value = answers.get(self.question or "")
        if self.answered is not None:
            return is_valid(value) is self.answered
        if value is None or not is_valid(value):
            return False
        if self.is_ is not None:
            return value == self.is_
        if self.one_of is not None:
            return value in self.one_of
        if self.includes is not None:
            return isinstance(value, tuple) and self.includes in value
        return isinstance(value, int) and self._within(value)

    def _within(self, value: int) -> bool:
        if self.at_least is not None:
            return value >= self.at_least
        return self.at_most is not None and value <= self.at_most

    def comparisons(self) -> Iterator["Condition"]:
        """Yield every comparison in this condition, in reading order."""
        for part in (*(self.all_ or ()), *(self.any_ or ()), *((self.not_,) if self.not_ else ())):
            yield from part.comparisons()
        if self.question is not None:
            yield self

    def compared_codes(self) -> tuple[Code, ...]:
        """Return the codes this comparison names; empty for bounds and `answered`."""
        named = (self.is_, self.includes, *(self.one_of or ()))
        return tuple(code for code in named if code is not None)

    def as_json(self) -> Mapping[str, Any]:
        """Return the condition as written in YAML, for the phone."""
        return self.model_dump(by_alias=True, exclude_none=True, mode="json")


WHAT_A_CONDITION_IS = N_(
    "eine Bedingung ist entweder ein Vergleich (question und genau eines von is, one_of, includes,"
    " at_least, at_most, answered) oder genau eines von all, any, not"
)
