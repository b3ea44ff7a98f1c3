"""The codebook: what can be counted, under which codes, and what the codes mean.

It is derived from the questionnaire and never written by hand. A `Variable` is one countable
thing: the answer to a question, or to one item of a battery. Tables, charts, exports and the
simulation all read variables, so that none of them needs to know a question kind.
"""

from dataclasses import dataclass
from enum import StrEnum

from survey_app.domain.response import Code
from survey_app.domain.text import Text


class Sensitivity(StrEnum):
    """How much harm a known answer could do (ANONYMITY.md, "What is released")."""

    A = "A"  # feedback on the activity
    B = "B"  # own behaviour
    C = "C"  # how I feel, body, violence, origin


class Level(StrEnum):
    """What may be computed from the codes."""

    NOMINAL = "nominal"  # names only
    ORDINAL = "ordinal"  # an order
    NUMERIC = "numeric"  # equal distances: a mean is allowed
    TEXT = "text"  # nothing but how many there are


@dataclass(frozen=True)
class CodeLabel:
    """One code and its wording."""

    code: Code
    text: Text


@dataclass(frozen=True)
class Variable:
    """One countable thing.

    `labels` lists all codes a table of this variable can show, in the order of the questionnaire.
    `multiple` says that one person may give several. `bands` turns a number into the code of its
    band: (lowest, highest, code), both ends included. `positive` and `coarse` come from the scale.
    `stem_first` says that the text alone does not tell what was meant: the stem goes before it.
    `breakdown` says that results may be broken down by this variable. `difference` names two
    variables of the same person: what is counted is the first minus the second.
    """

    name: str
    question: str
    text: Text
    level: Level
    sensitivity: Sensitivity
    labels: tuple[CodeLabel, ...] = ()
    stem: Text | None = None
    stem_first: bool = False
    multiple: bool = False
    refusal: bool = False
    bands: tuple[tuple[int, int, Code], ...] = ()
    positive: tuple[Code, ...] = ()
    coarse: tuple[tuple[Code, ...], ...] = ()
    core: str | None = None
    mirror: str | None = None
    breakdown: bool = False
    difference: tuple[str, str] | None = None
    unit: Text | None = None

    @property
    def is_derived(self) -> bool:
        """Return whether it is computed from other answers: counted, but in no form."""
        return self.difference is not None

    @property
    def codes(self) -> tuple[Code, ...]:
        """Return all codes in order."""
        return tuple(label.code for label in self.labels)

    def cell_of(self, value: Code) -> Code:
        """Return the code under which `value` is counted."""
        for lowest, highest, code in self.bands:
            if isinstance(value, int) and lowest <= value <= highest:
                return code
        return value

    def label_of(self, code: Code, language: str) -> str:
        """Return the wording of `code`; a coarse code ("1+2") joins the wordings it covers."""
        covered = str(code).split("+")
        return " / ".join(
            label.text.said(language) for label in self.labels if str(label.code) in covered
        )
