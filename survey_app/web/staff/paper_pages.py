"""A questionnaire as it is typed in from paper: rows, their numbers and the keys of their answers.

A row is one thing to answer: a question, a statement, an option that gets a place or points. It is
read off the codebook, so no kind of question is named here. Rows of one question stand together;
what a phone would not show is not typed in either (`show_if`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby

from survey_app.domain.codebook import Level, Variable
from survey_app.domain.collector import printed_code
from survey_app.domain.measure import Measure
from survey_app.domain.messages import Message, Problem, Words
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questions.base import Question
from survey_app.domain.response import Code, RawAnswers
from survey_app.domain.text import Text
from survey_app.domain.wave import Phase
from survey_app.languages import Language
from survey_app.rendering.paper_conditions import told
from survey_app.rendering.paper_numbers import PaperNumbers, keys_of
from survey_app.web.staff.pages import StaffPage, WaveView


@dataclass(frozen=True)
class Choice:
    """One answer of a row, and the key that gives it."""

    code: Code
    text: Text
    key: str

    @property
    def says_its_key(self) -> bool:
        """Return whether its wording is nothing but its key, or its place: "3", "3."."""
        return self.text.german.rstrip(".") == self.key


@dataclass(frozen=True)
class Row:
    """One thing to answer. `number` is what stands before it on paper, "3a".

    `text` is None where the question says it all. `bounds` are those of a number that is written.
    """

    number: str
    variable: Variable
    text: Text | None
    choices: tuple[Choice, ...] = ()

    @property
    def name(self) -> str:
        """Return the name of its form field."""
        return self.variable.name

    @property
    def is_text(self) -> bool:
        """Return whether words are written here."""
        return self.variable.level is Level.TEXT

    @property
    def bounds(self) -> str | None:
        """Return lowest and highest number where one is written, as the script reads it."""
        bands = self.variable.bands
        return f"{bands[0][0]} {bands[-1][1]}" if bands else None


@dataclass(frozen=True)
class Moment:
    """Rows under one heading: of a question that looks back and at now there are two."""

    heading: Text | None
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Group:
    """One question with its rows. `condition` says in words when it is asked at all.

    Of a question with `fills_up` who answers a part has answered all of it: the rest is 0.
    """

    question: Question
    number: str
    moments: tuple[Moment, ...]
    condition: str
    fills_up: bool

    @property
    def only_row(self) -> Row | None:
        """Return its row if the question is one itself."""
        rows = [row for moment in self.moments for row in moment.rows]
        return rows[0] if len(rows) == 1 and rows[0].text is None else None


def groups_of(questionnaire: Questionnaire, words: Words) -> Iterator[Group]:
    """Yield the questions that ask something, in the order of the paper."""
    numbers = PaperNumbers(questionnaire)
    for question in questionnaire.questions:
        if question.fields:
            yield Group(
                question,
                numbers.numbers[question.id],
                tuple(_moments(question, numbers)),
                told(question.show_if, numbers.places, words) if question.show_if else "",
                _fills_up(question),
            )


def _moments(question: Question, numbers: PaperNumbers) -> Iterator[Moment]:
    asked = {variable.name: variable for variable in question.variables()}
    fields = [asked[name] for name in question.fields]
    for stem, together in groupby(fields, key=lambda variable: variable.stem):
        heading = stem if stem != question.text else None
        yield Moment(heading, tuple(_row(question, variable, numbers) for variable in together))


def _row(question: Question, variable: Variable, numbers: PaperNumbers) -> Row:
    keys = () if variable.bands else keys_of(question, variable)
    labels = () if variable.bands else variable.labels
    choices = (Choice(label.code, label.text, key) for label, key in zip(labels, keys, strict=True))
    text = None if variable.stem is None else variable.text
    return Row(numbers.places[variable.name].number, variable, text, tuple(choices))


def _fills_up(question: Question) -> bool:
    """Return whether answering one field answers the others, too: of points the rest is 0."""
    asked = [variable for variable in question.variables() if variable.name in question.fields]
    return len(asked) > 1 and all(variable.level is Level.NUMERIC for variable in asked)


@dataclass(frozen=True)
class PaperPage(StaffPage):
    """One empty sheet, or one that came back; without `submission` nothing can be typed in.

    `notice` names what is said above it: taken_back, empty, conflict, early, late.
    """

    measure: Measure
    view: WaveView
    groups: tuple[Group, ...]
    forms: tuple[Language, ...]
    count: int = 0
    can_take_back: bool = False
    submission: str | None = None
    sent: RawAnswers = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    notice: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes that sheets of this wave may carry."""
        return tuple(printed_code(each.code) for each in self.view.fielded.collectors)

    @property
    def last_day(self) -> date:
        """Return the last day on which sheets can be typed in."""
        return self.view.wave.closes_on

    @property
    def is_planned(self) -> bool:
        """Return whether the wave has not begun."""
        return self.view.fielded.phase is Phase.PLANNED

    @cached_property
    def messages(self) -> dict[str, Message]:
        """Return what is wrong, by field or question."""
        return {problem.field: problem.message for problem in self.problems}

    @cached_property
    def wrong(self) -> tuple[tuple[str, str, Message], ...]:
        """Return what is wrong in order: the number on the paper, the field to go to, why."""
        rows = {row.name: row for group in self.groups for m in group.moments for row in m.rows}
        of_question = {
            group.question.id: Row(group.number, group.moments[0].rows[0].variable, None)
            for group in self.groups
        }
        found = of_question | rows
        return tuple(
            (found[each.field].number, found[each.field].name, each.message)
            for each in self.problems
        )

    def is_chosen(self, name: str, code: Code) -> bool:
        """Return whether an answer was chosen in the form that came back."""
        return str(code) in self.sent.get(name, ())

    def is_blank(self, name: str) -> bool:
        """Return whether nothing was chosen."""
        return not "".join(self.sent.get(name, ()))

    def typed(self, name: str) -> str:
        """Return what was typed into a field."""
        return "".join(self.sent.get(name, ())[:1])
