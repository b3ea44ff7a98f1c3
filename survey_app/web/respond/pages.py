"""What the pages of a phone show: one frozen dataclass each."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import ClassVar

from markupsafe import Markup

from survey_app.domain.collector import printed_code
from survey_app.domain.messages import Message, Problem
from survey_app.domain.pictures import pictures_in
from survey_app.domain.questionnaire import Audience, Questionnaire, Section
from survey_app.domain.questions.base import Question
from survey_app.domain.response import Code, RawAnswers
from survey_app.domain.text import Text
from survey_app.rendering.pictures import strokes
from survey_app.services.collecting import Door, Receipt
from survey_app.web.phone import PhonePage
from survey_app.web.speaking import LanguageLink


@dataclass(frozen=True)
class StartPage(PhonePage):
    """The page where a code can be typed: what did not work, and the language asked for."""

    languages: tuple[LanguageLink, ...]
    typed: str | None = None
    asked: str | None = None


@dataclass(frozen=True)
class UnknownCodePage(PhonePage):
    """The page for every code that leads nowhere."""

    languages: tuple[LanguageLink, ...]
    typed: None = None
    asked: None = None


@dataclass(frozen=True)
class DoorPage(PhonePage):
    """A page behind a code."""

    door: Door
    languages: tuple[LanguageLink, ...]

    @property
    def legal_path(self) -> str:
        """Return the path of the survey."""
        return f"/q/{self.code}"

    @property
    def public_list(self) -> str | None:
        """Return where the network shows its measures to everybody, if it does."""
        return self.door.public_list

    @property
    def questionnaire(self) -> Questionnaire:
        """Return what is asked."""
        return self.door.wave.questionnaire

    @property
    def for_professionals(self) -> bool:
        """Return whether grown-ups answer."""
        return self.door.wave.audience is Audience.PROFESSIONALS

    @property
    def code(self) -> str:
        """Return the code as it stands on paper."""
        return printed_code(self.door.collector.code)

    @property
    def by_slip(self) -> bool:
        """Return whether people come with slips of their own; `code` leads to the results."""
        return self.door.collector.single_use

    @property
    def queue_key(self) -> str | None:
        """Return the key to which this page seals what it cannot send, in base64."""
        key = self.door.queue_key if self.door.collector.offline_queue else None
        return b64encode(key).decode() if key else None

    @property
    def results_from(self) -> date:
        """Return the day from which the results stand behind this code."""
        return self.door.wave.results_from

    @property
    def question_count(self) -> int:
        """Return how many questions there are; each statement is one, a mere text is none."""
        return sum(question.times_asked for question in self.questionnaire.questions)


@dataclass(frozen=True)
class SlipNeededPage(DoorPage):
    """The page behind the code of a way in that asks for a slip: a field for the slip's own."""

    typed: None = None
    asked: None = None


@dataclass(frozen=True)
class SlipProblem:
    """Why a form came back because of its slip: heading and advice, in German."""

    title: str
    advice: str


@dataclass(frozen=True)
class ThanksPage(DoorPage):
    """The page after sending; `receipt` says whether the answers were counted now or before.

    Without a receipt it is the page at `address`, where a reload or another language leads.
    """

    receipt: Receipt | None
    address: str | None = None

    @property
    def counted_before(self) -> bool:
        """Return whether the same answers had arrived already."""
        return self.receipt is Receipt.ALREADY_COUNTED


@dataclass(frozen=True)
class ProblemLine:
    """One line of the summary: the field, its question, and what is wrong."""

    field: str
    question: Text
    message: Message


@dataclass(frozen=True)
class FormPage(DoorPage):
    """The questionnaire, empty or with what was typed and what is wrong with it."""

    address: str
    submission: str
    sent: RawAnswers = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    nothing_answered: bool = False
    slip_problem: SlipProblem | None = None

    holds_answers: ClassVar[bool] = True

    @property
    def is_refused(self) -> bool:
        """Return whether this form came back."""
        return bool(self.problems) or self.nothing_answered or self.slip_problem is not None

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return the sections in order."""
        return self.questionnaire.sections

    @property
    def pictures(self) -> tuple[tuple[str, Markup], ...]:
        """Return the faces and pictograms of this questionnaire with their strokes."""
        return tuple((name, strokes(name)) for name in sorted(set(pictures_in(self.questionnaire))))

    @property
    def first_field(self) -> str:
        """Return the first field of the form."""
        return next(name for question in self.questionnaire.questions for name in question.fields)

    @cached_property
    def summary(self) -> tuple[ProblemLine, ...]:
        """Return the problems in order, with the wording of their questions."""
        asked = {v.name: (v.name, v.text) for v in self.questionnaire.codebook()}
        whole = {q.id: (q.fields[0], q.text) for q in self.questionnaire.questions if q.fields}
        fields = whole | asked
        return tuple(ProblemLine(*fields[p.field], p.message) for p in self.problems)

    @cached_property
    def _messages(self) -> Mapping[str, Message]:
        return {problem.field: problem.message for problem in self.problems}

    def problem(self, name: str) -> Message | None:
        """Return what is wrong with a field."""
        return self._messages.get(name)

    def has_problem(self, question: Question) -> bool:
        """Return whether something is wrong with a question or any field of it."""
        return any(name in self._messages for name in (question.id, *question.fields))

    def is_chosen(self, name: str, code: Code) -> bool:
        """Return whether an option was chosen in the form that came back."""
        return str(code) in self.sent.get(name, ())

    def typed(self, name: str) -> str:
        """Return what was typed into a field."""
        return "".join(self.sent.get(name, ())[:1])
