"""The questionnaire: the one model that is the YAML, the editor's schema and the running object.

A questionnaire is frozen. A wave takes a copy of it when it opens and remembers its fingerprint,
so that a later edit of the file can never change what an answer meant. `read` turns a form into
answers, asks every question in order and leaves out what `show_if` hides: a person who goes back
and changes an earlier answer does not leave an answer behind to a question no longer asked.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from survey_app.domain.codebook import Level, Sensitivity, Variable
from survey_app.domain.conditions import Condition
from survey_app.domain.messages import N_, Fault, InvalidAnswer, Message, Problem, refuse
from survey_app.domain.questions import AnyQuestion
from survey_app.domain.questions.base import Name, Question
from survey_app.domain.response import Answers, RawAnswers, Value
from survey_app.domain.scales import Scale
from survey_app.domain.text import FALLBACK, Definition, LanguageCode, Text

QuestionnaireId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,40}$")]
Version = Annotated[str, StringConstraints(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]

OTHER_FORM_FIELDS = frozenset({"submission", "language", "csrf_token"})


class Audience(StrEnum):
    """Who answers."""

    YOUNG_PEOPLE = "young_people"
    PROFESSIONALS = "professionals"

    @property
    def label(self) -> str:
        """Return the German name, to be translated."""
        return AUDIENCES[self]


AUDIENCES = {
    Audience.YOUNG_PEOPLE: N_("Jugendliche"),
    Audience.PROFESSIONALS: N_("Fachkräfte"),
}


class Licence(Definition):
    """Under which terms the wording may be used, and whether it was validated.

    Class A: the text is shipped. Class B: only the scoring is, the operator adds the text.
    """

    class_: Literal["A", "B"] = Field(alias="class")
    spdx: str | None = None
    holder: str
    validated: bool = False


class Section(Definition):
    """Questions that belong together, under one heading."""

    id: Name
    title: Text | None = None
    introduction: Text | None = None
    questions: tuple[AnyQuestion, ...] = Field(min_length=1, max_length=60)


@dataclass(frozen=True)
class Reading:
    """A form that was read: the answers, and what was wrong with the rest."""

    answers: Answers
    problems: tuple[Problem, ...] = ()


class Questionnaire(Definition):
    """A questionnaire in one version."""

    id: QuestionnaireId
    version: Version
    audience: Audience
    languages: tuple[LanguageCode, ...] = Field(min_length=1)
    title: Text
    introduction: Text | None = None
    minutes: int = Field(ge=1, le=60)
    licence: Licence
    scales: dict[Name, Scale] = Field(default_factory=dict)
    sections: tuple[Section, ...] = Field(min_length=1, max_length=30)

    @model_validator(mode="after")
    def _hangs_together(self) -> "Questionnaire":
        placed = [
            (("sections", s, "questions", q), question)
            for s, section in enumerate(self.sections)
            for q, question in enumerate(section.questions)
        ]
        refuse([*faults_of_languages(self.languages), *faults_between(placed, self.scales)])
        for _, question in placed:
            question.bind(self.scales)
        return self

    @property
    def questions(self) -> Iterator[Question]:
        """Yield the questions in order."""
        for section in self.sections:
            yield from section.questions

    @property
    def fingerprint(self) -> str:
        """Return 16 hex digits that change with any change of the questionnaire."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()[:16]

    def canonical(self) -> str:
        """Return the questionnaire as JSON that is equal for equal questionnaires.

        What was left at its default is left out: a new key of the format changes no fingerprint.
        """
        content = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    def codebook(self) -> tuple[Variable, ...]:
        """Return all variables in the order of the questionnaire."""
        return tuple(variable for question in self.questions for variable in question.variables())

    @cached_property
    def text_fields(self) -> tuple[str, ...]:
        """Return the names of the variables that hold free text."""
        return tuple(v.name for v in self.codebook() if v.level is Level.TEXT)

    def sensitivities(self) -> frozenset[Sensitivity]:
        """Return the sensitivities of everything that is asked."""
        return frozenset(variable.sensitivity for variable in self.codebook())

    def language_for(self, wanted: str) -> str:
        """Return `wanted` if the questionnaire has it, else the fallback."""
        return wanted if wanted in self.languages else FALLBACK

    def read(self, raw: RawAnswers) -> Reading:
        """Return the answers found in a form, in the order of the questions, and the problems."""
        answers: dict[str, Value] = {}
        problems: list[Problem] = []
        for question in self.questions:
            if question.show_if is not None and not question.show_if.holds(answers):
                continue
            try:
                answers |= question.read(raw)
            except InvalidAnswer as invalid:
                problems.extend(invalid.problems)
        return Reading(answers, tuple(problems))


def faults_of_languages(languages: Sequence[str]) -> list[Fault]:
    """Return a fault if German is not among the languages."""
    if FALLBACK in languages:
        return []
    return [Fault(Message(N_("„de“ fehlt: Deutsch ist die Grundsprache")), ("languages",))]


Placed = tuple[tuple[str | int, ...], Question]


def faults_between(
    placed: Sequence[Placed],
    scales: Mapping[str, Scale],
    *,
    unreadable: frozenset[str] = frozenset(),
) -> list[Fault]:
    """Return the faults that show only when questions and scales are seen together.

    `placed` are the questions with their place, in order. `unreadable` are names of scales and
    questions that exist but have faults of their own; what refers to them is not blamed.
    """
    faults: list[Fault] = []
    earlier: dict[str, Variable] = {}
    names: set[str] = set()
    for place, question in placed:
        faults += _faults_of_condition(place, question, earlier, unreadable)
        if question.scale_name is not None and question.scale_name not in scales:
            if fault := _fault_of_scale(question.scale_name, scales, unreadable):
                faults.append(Fault(fault, (*place, "scale")))
            unreadable |= question.names
        else:
            question.bind(scales)
            earlier |= {variable.name: variable for variable in question.variables()}
        faults += _faults_of_names(place, question, names)
        names |= question.names
    return faults


def _faults_of_names(
    place: tuple[str | int, ...], question: Question, taken: set[str]
) -> Iterator[Fault]:
    for name in sorted(question.names):
        if fault := _fault_of_name(name, taken):
            yield Fault(fault, (*place, "id"))


def _fault_of_name(name: str, taken: set[str]) -> Message | None:
    if name in taken:
        return Message(
            N_("die id „%(name)s“ kommt zweimal vor. Gib einer der Fragen eine andere"),
            {"name": name},
        )
    if name in OTHER_FORM_FIELDS:
        return Message(
            N_("die id „%(name)s“ ist für das Formular reserviert. Nimm eine andere"),
            {"name": name},
        )
    return None


def _fault_of_scale(
    name: str, scales: Mapping[str, Scale], unreadable: frozenset[str]
) -> Message | None:
    if name in unreadable:
        return None
    return Message(
        N_("die Skala „%(name)s“ gibt es nicht. Es gibt: %(names)s"),
        {"name": name, "names": ", ".join(scales) or "–"},
    )


def _faults_of_condition(
    place: tuple[str | int, ...],
    question: Question,
    earlier: Mapping[str, Variable],
    unreadable: frozenset[str],
) -> list[Fault]:
    if question.show_if is None:
        return []
    faults = []
    for comparison in question.show_if.comparisons():
        name = str(comparison.question)
        if name in unreadable:
            continue
        if name not in earlier:
            faults.append(Fault(Message(NOT_EARLIER, {"name": name}), (*place, "show_if")))
            continue
        messages = _faults_of_comparison(comparison, earlier[name])
        faults += [Fault(message, (*place, "show_if")) for message in messages]
    return faults


def _faults_of_comparison(comparison: Condition, asked: Variable) -> Iterator[Message]:
    if asked.sensitivity is not Sensitivity.A:
        yield Message(TELLS_TOO_MUCH, {"name": asked.name, "sensitivity": asked.sensitivity})
    if asked.level is Level.TEXT:
        yield Message(LIES_APART, {"name": asked.name})
    for code in comparison.compared_codes():
        if asked.codes and not asked.bands and code not in asked.codes:
            known = ", ".join(map(str, asked.codes))
            yield Message(NEVER_GIVEN, {"name": asked.name, "code": code, "codes": known})


NOT_EARLIER = N_(
    "die Bedingung fragt nach „%(name)s“, aber vor dieser Frage gibt es keine Frage mit dieser id"
)
NEVER_GIVEN = N_(
    "die Frage „%(name)s“ hat keine Antwort mit dem Code „%(code)s“, die Bedingung wäre nie"
    " erfüllt. Es gibt: %(codes)s"
)
# The number of people who were asked a question is printed with its table (n). If a sensitive
# answer decided who was asked, n would give away the very count that disclosure control withholds.
TELLS_TOO_MUCH = N_(
    "die Frage „%(name)s“ ist empfindlich (sensitivity %(sensitivity)s): schon die Zahl derer, die"
    " diese Frage bekommen, würde verraten, wie dort geantwortet wurde. Stelle sie allen, oder nimm"
    " eine Bedingung mit einer Frage der Stufe A"
)
# Free text is stored apart from the other answers and is not there when they are counted.
LIES_APART = N_(
    "die Frage „%(name)s“ ist ein Freitext und wird getrennt von den anderen Antworten gespeichert."
    " Nimm eine Bedingung mit einer anderen Frage"
)
