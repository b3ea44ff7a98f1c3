"""What a column can be an answer to.

A questionnaire is asked in fields; a file answers them in more ways than one. Several answers
stand in one cell (Microsoft, Google) or in a column each with a tick (LimeSurvey); an order stands
as a list, as a column for each option with its place, or as a column for each place with its
option. Each way is a `Target`, named so that a person can read it in a saved mapping:

    k1               the one answer to a field
    gefallen         several answers in one cell; or the options in their order
    gefallen=musik   whether one of them was chosen
    wichtig#1        the option in the first place

Targets are made from the codebook alone, so that a new question kind has its targets at once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from survey_app.domain.codebook import CodeLabel, Level, Variable
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questions.base import Question
from survey_app.domain.response import Code
from survey_app.domain.text import FALLBACK, Text
from survey_app.services.importing.folding import folded


class Role(StrEnum):
    """How a cell answers."""

    ONE = "one"
    NUMBER = "number"
    TEXT = "text"
    SEVERAL = "several"
    ORDER = "order"
    TICK = "tick"
    PLACE = "place"


@dataclass(frozen=True)
class Target:
    """One way to answer; see the module.

    `labels` are what a cell may say; the code of a label is what a form would send, or, where an
    order is given, the field of the option. `texts` are what a header may say, outermost first.
    """

    key: str
    role: Role
    question: str
    field: str
    texts: tuple[Text, ...]
    labels: tuple[CodeLabel, ...] = ()
    codes: tuple[str, ...] = ()
    refusal: bool = False
    place: int = 0
    unit: Text | None = None
    range: tuple[int, int] = (0, 0)

    @property
    def is_closed(self) -> bool:
        """Return whether its cells hold nothing but answers that were offered."""
        return self.role is not Role.TEXT

    @cached_property
    def known(self) -> Mapping[str, Code]:
        """Return the codes by everything that stands for one of them, folded.

        A wording that stands for two codes stands for none.
        """
        found: dict[str, Code] = {}
        twice: set[str] = set()
        for label in self.labels:
            for wording in {folded(text) for text in label.text.root.values()} - {""}:
                if found.setdefault(wording, label.code) != label.code:
                    twice.add(wording)
        return {wording: code for wording, code in found.items() if wording not in twice}

    @cached_property
    def by_code(self) -> Mapping[str, Code]:
        """Return the codes by how they are written."""
        return {str(label.code): label.code for label in self.labels}

    def names(self) -> Iterator[str]:
        """Yield the codes a header may carry, in lower case."""
        yield self.key.lower()
        yield from (code.lower() for code in self.codes)

    def said(self, language: str) -> str:
        """Return what it is, for people."""
        return " – ".join(text.said(language) for text in self.texts)


def targets_of(questionnaire: Questionnaire) -> Mapping[str, Target]:
    """Return all targets of a questionnaire by their keys, in its order."""
    found = (target for question in questionnaire.questions for target in _targets(question))
    return {target.key: target for target in found}


def _targets(question: Question) -> Iterator[Target]:
    asked = [variable for variable in question.variables() if not variable.is_derived]
    for variable in asked:
        if variable.multiple:
            yield from _several(variable)
        else:
            yield _one(variable)
    if question.is_ranking:
        yield from _order(question, asked)


def _one(variable: Variable) -> Target:
    role = Role.NUMBER if variable.bands else Role.ONE
    role = Role.TEXT if variable.level is Level.TEXT else role
    return Target(
        key=variable.name,
        role=role,
        question=variable.question,
        field=variable.name,
        texts=_texts(variable),
        labels=() if variable.bands else variable.labels,
        codes=(variable.core,) if variable.core else (),
        refusal=variable.refusal,
        unit=variable.unit,
        range=(variable.bands[0][0], variable.bands[-1][1]) if variable.bands else (0, 0),
    )


def _several(variable: Variable) -> Iterator[Target]:
    name, texts = variable.name, _texts(variable)
    yield Target(name, Role.SEVERAL, variable.question, name, texts, variable.labels)
    for label in variable.labels:
        yield Target(
            key=f"{name}={label.code}",
            role=Role.TICK,
            question=variable.question,
            field=name,
            texts=(*texts, label.text),
            labels=(label,),
            codes=(f"{name}_{label.code}", f"{name}[{label.code}]"),
        )


def _order(question: Question, parts: list[Variable]) -> Iterator[Target]:
    options = tuple(CodeLabel(part.name, part.text) for part in parts)
    name, texts = question.id, (question.text,)
    yield Target(name, Role.ORDER, name, name, texts, options)
    for place in range(1, len(parts) + 1):
        yield Target(
            key=f"{name}#{place}",
            role=Role.PLACE,
            question=name,
            field=name,
            texts=(*texts, Text({FALLBACK: f"{place}."})),
            labels=options,
            codes=(f"{name}_{place}", f"{name}[{place}]"),
            place=place,
        )


def _texts(variable: Variable) -> tuple[Text, ...]:
    return (variable.stem, variable.text) if variable.stem else (variable.text,)
