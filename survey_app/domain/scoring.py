"""Scores: one number from several items.

    score = multiply x (sum or mean of the items, reversed where declared)

Conventions (INSTRUMENTS.md, "Scoring conventions"): a score exists only if at least the share
`min_answered` of its items was answered, usually 80 %, of three or four items all but one; items
left out within that share are taken to be the person's own mean of the others. "Weiß nicht" counts
as left out. Reversing an item means lowest + highest - answer. A cut-off is used only if its source
was confirmed (`verified`).

What is counted is never the single score but its class: the classes between the cut-offs if they
are verified, otherwise at most five classes of equal width over the possible range. Both are fixed
before anybody has answered.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import ceil
from typing import Literal

from pydantic import Field, model_validator

from survey_app.domain.codebook import CodeLabel, Level, Sensitivity, Variable
from survey_app.domain.messages import N_, Fault, Message, refuse
from survey_app.domain.response import Answers, Code
from survey_app.domain.text import FALLBACK, Definition, Text

CLASSES = 5
USUAL = 0.8


class CutOff(Definition):
    """Scores up to and including `at_most` belong to the class `label`."""

    at_most: float
    label: Text


class Score(Definition):
    """How one number is computed from several items; see the module for the formula."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,30}$")
    title: Text
    items: tuple[str, ...] = Field(min_length=2, max_length=60)
    method: Literal["sum", "mean"]
    multiply: float = Field(default=1, gt=0)
    min_answered: float | None = Field(default=None, gt=0, le=1)
    reverse: tuple[str, ...] = ()
    cut_offs: tuple[CutOff, ...] = ()
    above: Text | None = None
    verified: bool = False
    source: str | None = None
    reference: str | None = None

    @model_validator(mode="after")
    def _is_consistent(self) -> "Score":
        faults = [
            Fault(Message(NOT_AN_ITEM, {"name": name}), ("reverse", place))
            for place, name in enumerate(self.reverse)
            if name not in self.items
        ]
        faults += [
            Fault(Message(TWICE, {"name": name}), ("items", place))
            for place, name in enumerate(self.items)
            if name in self.items[:place]
        ]
        if any(low.at_most >= high.at_most for low, high in pairwise(self.cut_offs)):
            faults.append(Fault(Message(NOT_RISING), ("cut_offs",)))
        if self.cut_offs and self.above is None:
            faults.append(Fault(Message(NO_LAST_CLASS), ("cut_offs",)))
        if self.verified and self.source is None:
            faults.append(Fault(Message(NO_SOURCE), ("verified",)))
        refuse(faults)
        return self

    @property
    def needed(self) -> int:
        """Return how many items have to be answered."""
        count = len(self.items)
        if self.min_answered is None:
            return count - 1 if count in (3, 4) else ceil(round(USUAL * count, 6))
        return ceil(round(self.min_answered * count, 6))


@dataclass(frozen=True)
class Scored:
    """A score together with the variables of its items, in the order of the questionnaire."""

    score: Score
    items: Mapping[str, Variable]

    def value(self, answers: Answers) -> float | None:
        """Return the score of one person, or None if too few items were answered."""
        given = [
            sum(self._ends[name]) - answer if name in self.score.reverse else answer
            for name in self.score.items
            if isinstance(answer := answers.get(name), int)
        ]
        if len(given) < self.score.needed:
            return None
        mean = sum(given) / len(given)
        return self.score.multiply * mean * self._terms

    def class_of(self, answers: Answers) -> Code | None:
        """Return the class of one person's score, counted from 1, or None without a score."""
        value = self.value(answers)
        if value is None:
            return None
        # Rounded: a mean of thirds must not miss a limit by the last bit of a float.
        return 1 + bisect_left(self.limits, round(value, 6))

    def variable(self) -> Variable:
        """Return what is counted: the class, as sensitive as the most sensitive item."""
        classes = range(1, len(self.limits) + 2)
        return Variable(
            name=self.score.id,
            question=self.score.id,
            text=self.score.title,
            level=Level.ORDINAL,
            sensitivity=max(
                (item.sensitivity for item in self.items.values()), default=Sensitivity.A
            ),
            labels=tuple(CodeLabel(number, self._label(number)) for number in classes),
            coarse=tuple((number,) for number in classes),
        )

    @property
    def range(self) -> tuple[float, float]:
        """Return the lowest and the highest possible score."""
        lows, highs = zip(*(self._ends[name] for name in self.score.items), strict=True)
        scale = self.score.multiply * self._terms / len(self.score.items)
        return scale * sum(lows), scale * sum(highs)

    @cached_property
    def limits(self) -> Sequence[float]:
        """Return the upper ends of all classes but the last."""
        if self._has_cut_offs:
            return [cut.at_most for cut in self.score.cut_offs]
        lowest, highest = self.range
        width = (highest - lowest) / CLASSES
        return [round(lowest + width * part, 6) for part in range(1, CLASSES)]

    @property
    def _has_cut_offs(self) -> bool:
        return self.score.verified and bool(self.score.cut_offs)

    @property
    def _terms(self) -> int:
        return len(self.score.items) if self.score.method == "sum" else 1

    @cached_property
    def _ends(self) -> Mapping[str, tuple[int, int]]:
        """Return the lowest and highest code of each item."""
        steps = {
            name: [code for code in item.codes if isinstance(code, int)]
            for name, item in self.items.items()
        }
        return {name: (min(codes), max(codes)) for name, codes in steps.items()}

    def _label(self, number: int) -> Text:
        if not self._has_cut_offs:
            ends = [self.range[0], *self.limits, self.range[1]]
            return Text({FALLBACK: f"{ends[number - 1]:g}–{ends[number]:g}"})
        labels = [cut.label for cut in self.score.cut_offs]
        return [*labels, self.score.above or self.score.title][number - 1]


def faults_of_score(
    score: Score,
    variables: Mapping[str, Variable],
    taken: Set[str],
    unreadable: Set[str] = frozenset(),
) -> Iterator[Fault]:
    """Yield the faults of a score that show only beside the questions.

    `taken` are the names that are in use; items that are `unreadable` are not blamed.
    """
    for place, name in enumerate(score.items):
        if name.split("__")[0] in unreadable:
            continue
        if name not in variables:
            yield Fault(Message(NO_SUCH_ITEM, {"name": name}), ("items", place))
        elif not _is_a_number(variables[name]):
            yield Fault(Message(NO_NUMBER, {"name": name}), ("items", place))
    if score.id in taken:
        yield Fault(Message(NAME_TAKEN, {"name": score.id}), ("id",))


def _is_a_number(variable: Variable) -> bool:
    """Return whether every answer is one number that stands in the form."""
    numbers = variable.codes and all(isinstance(code, int) for code in variable.codes)
    return bool(numbers) and not variable.multiple and not variable.is_derived


NOT_AN_ITEM = N_("„%(name)s“ steht nicht unter items. Umgedreht werden kann nur, was dort steht")
NOT_RISING = N_("die Grenzen müssen von Zeile zu Zeile größer werden")
NO_LAST_CLASS = N_("es fehlt „above“: Wie heißt die Stufe über der letzten Grenze?")
NO_SOURCE = N_("verified verlangt eine Quelle. Nenne sie unter „source“")
NO_SUCH_ITEM = N_("es gibt keine Frage oder Aussage „%(name)s“. Nimm deren id")
NO_NUMBER = N_(
    "„%(name)s“ hat nicht je Person eine Zahl als Antwort. Gerechnet wird nur mit Fragen, deren"
    " Codes Zahlen sind"
)
NAME_TAKEN = N_("die id „%(name)s“ gibt es schon. Gib dem Skalenwert eine andere")
TWICE = N_("„%(name)s“ steht zweimal unter items. Streiche eins davon")
