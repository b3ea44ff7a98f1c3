"""The questionnaire: the one model that is the YAML, the editor's schema and the running object.

A questionnaire is frozen. A wave takes a copy of it when it opens and remembers its fingerprint,
so that a later edit of the file can never change what an answer meant. `read` turns a form into
answers, asks every question in order and leaves out what `show_if` hides: a person who goes back
and changes an earlier answer does not leave an answer behind to a question no longer asked.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from survey_app.domain.codebook import Level, Sensitivity, Variable
from survey_app.domain.coherence import (
    faults_between,
    faults_of_languages,
    faults_of_scores,
    faults_of_slots,
)
from survey_app.domain.messages import N_, Fault, InvalidAnswer, Message, Problem, refuse
from survey_app.domain.questions import AnyQuestion
from survey_app.domain.questions.base import Name, Question
from survey_app.domain.response import Answers, RawAnswers, Value
from survey_app.domain.scales import Scale
from survey_app.domain.scoring import Score, Scored
from survey_app.domain.text import FALLBACK, Definition, LanguageCode, Text, texts

IsoDay = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
QuestionnaireId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,40}$")]
Version = Annotated[str, StringConstraints(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]


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


class Acceptance(Definition):
    """Who accepted the licence of an instrument, and when."""

    by: str
    on: IsoDay


class Licence(Definition):
    """Under which terms the wording may be used, and whether it was validated.

    Class A: the text is shipped. Class B: only the scoring is; the text is added by the operator,
    who states in `accepted` who accepted the licence of its owner, and when. Class C may not be
    used here at all.
    """

    class_: Literal["A", "B", "C"] = Field(alias="class")
    spdx: str | None = None
    holder: str
    validated: bool = False
    accepted: Acceptance | None = None

    @model_validator(mode="after")
    def _may_be_used(self) -> "Licence":
        if self.class_ == "C":
            refuse([Fault(Message(CLASS_C, {"holder": self.holder}), ("class",))])
        return self


class EasyLanguage(Definition):
    """Whether the easy wording was tested with people who need it, by whom and when."""

    tested: bool
    by: str | None = None
    on: IsoDay | None = None


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

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was answered, neither rightly nor wrongly."""
        return not self.answers and not self.problems


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
    easy_language: EasyLanguage | None = None
    scales: dict[Name, Scale] = Field(default_factory=dict)
    sections: tuple[Section, ...] = Field(min_length=1, max_length=30)
    scores: tuple[Score, ...] = Field(default=(), max_length=20)

    @model_validator(mode="after")
    def _hangs_together(self) -> "Questionnaire":
        placed = [
            (("sections", s, "questions", q), question)
            for s, section in enumerate(self.sections)
            for q, question in enumerate(section.questions)
        ]
        between = faults_between(placed, self.scales)
        refuse([*faults_of_languages(self.languages), *between, *self._faults_of_the_rest(between)])
        return self

    def _faults_of_the_rest(self, between: Sequence[Fault]) -> Iterator[Fault]:
        yield from faults_of_slots(texts(self), self.licence.class_)
        if not between:  # without their scales, questions have no variables
            placed = [(("scores", place), score) for place, score in enumerate(self.scores)]
            variables = {variable.name: variable for variable in self._asked()}
            yield from faults_of_scores(placed, variables, validated=self.licence.validated)

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
        return self._codebook

    @cached_property
    def _codebook(self) -> tuple[Variable, ...]:
        # A roll-up asks every wave of the year for it; they share a few questionnaires.
        return (*self._asked(), *(scored.variable() for scored in self.scored()))

    def scored(self) -> tuple[Scored, ...]:
        """Return the scores with the variables of their items."""
        asked = {variable.name: variable for variable in self._asked()}
        return tuple(
            Scored(score, {name: asked[name] for name in score.items}) for score in self.scores
        )

    def _asked(self) -> Iterator[Variable]:
        for question in self.questions:
            yield from question.variables()

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

    @property
    def why_not_fieldable(self) -> Message | None:
        """Return why nobody may be asked this yet; None if they may."""
        if self.licence.class_ == "A":
            return None
        empty = sum(text.is_slot for _, text in texts(self))
        values = {"title": self.title.german, "holder": self.licence.holder, "empty": empty}
        if empty:
            return Message(EMPTY_SLOT, values, plural=EMPTY_SLOTS, n=empty)
        return Message(NOT_ACCEPTED, values) if self.licence.accepted is None else None

    @property
    def fieldable(self) -> bool:
        """Return whether a wave may ask this."""
        return self.why_not_fieldable is None

    @property
    def has_tested_easy_language(self) -> bool:
        """Return whether the easy wording may be offered as a language of its own."""
        return self.easy_language is not None and self.easy_language.tested

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


CLASS_C = N_(
    "dieses Instrument (%(holder)s) darf hier nicht eingesetzt werden: Seine Lizenz verbietet es,"
    " oder es stellt Diagnosen, und das hat in einer Klasse nichts zu suchen. Nimm eigene"
    " Fragen"
)
NOT_ACCEPTED = N_(
    "„%(title)s“ ist noch nicht einsetzbar: Niemand hat die Lizenz angenommen (%(holder)s). Tragen"
    " Sie in der Datei unter licence ein, wer das wann getan hat: accepted: {by: …, on: …}."
)
EMPTY_SLOT = N_(
    "„%(title)s“ ist noch nicht einsetzbar: Es fehlt 1 Originaltext (%(holder)s). Ersetzen Sie in"
    " der Datei {slot: …} durch den amtlichen Wortlaut."
)
EMPTY_SLOTS = N_(
    "„%(title)s“ ist noch nicht einsetzbar: Es fehlen %(empty)s Originaltexte (%(holder)s)."
    " Ersetzen Sie in der Datei jedes {slot: …} durch den amtlichen Wortlaut."
)
