"""What the pages of an import show."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_, Message, Words
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.response import REFUSED
from survey_app.domain.text import Text
from survey_app.services.importing.assignment import ColumnAssignment
from survey_app.services.importing.checking import Rehearsal
from survey_app.services.importing.keeping import Kept
from survey_app.services.importing.surveying import Column, Survey
from survey_app.services.importing.targets import Role, Target, targets_of
from survey_app.services.importing.values import UNANSWERED
from survey_app.web.staff.import_forms import ValueRow, value_rows
from survey_app.web.staff.pages import FormPage, StaffPage

LONGEST = 90
ROWS_SHOWN = 12
MISSING = {UNANSWERED: N_("fehlt"), REFUSED: N_("möchte ich nicht sagen")}
KINDS = {
    Role.SEVERAL: N_("mehrere Antworten in einer Zelle"),
    Role.ORDER: N_("Reihenfolge in einer Zelle"),
    Role.TICK: N_("angekreuzt: %(option)s"),
    Role.PLACE: N_("Platz %(place)s"),
}

Choice = tuple[str, str]
"""Value and label of an option of a list."""


@dataclass(frozen=True)
class UploadPage(FormPage):
    """Which file. `is_gone` says that one was there, and is not any more.

    `saved` are questionnaire and name of the assignments that the network has kept.
    """

    measure: Measure
    is_gone: bool = False
    saved: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ForgetPage(StaffPage):
    """The last question before an assignment is deleted."""

    measure: Measure
    name: str
    questionnaire: Text | None


@dataclass(frozen=True)
class ColumnView:
    """A column with what is chosen for it; `kind` says why a personal one is not offered."""

    letter: str
    header: str
    kind: str
    filled: int
    target: str
    is_doubtful: bool
    open_values: tuple[ValueRow, ...] = ()
    plain_values: tuple[ValueRow, ...] = ()
    codes: tuple[Choice, ...] = ()
    rest: str = ""


@dataclass(frozen=True)
class ImportPage(StaffPage):
    """A page about a file that is kept."""

    measure: Measure
    kept: Kept
    questionnaire: Questionnaire


@dataclass(frozen=True)
class AssignPage(ImportPage):
    """The assignment, column by column. `groups` are the targets, question by question."""

    survey: Survey
    columns: tuple[ColumnView, ...]
    groups: tuple[tuple[str, tuple[Choice, ...]], ...]

    @property
    def doubtful(self) -> int:
        """Return how many columns were only guessed, wholly or in part."""
        return sum(
            column.is_doubtful or any(row.is_doubtful for row in column.open_values)
            for column in self.columns
        )


@dataclass(frozen=True)
class CheckPage(ImportPage):
    """The result of the dry run. `problems` are faults of the assignment itself."""

    rehearsal: Rehearsal | None
    problems: tuple[Message, ...]
    is_same_size: bool
    policy: DisclosurePolicy
    name_problem: Message | None = None
    saved_as: str = ""

    @property
    def rows_shown(self) -> int:
        """Return how many stretches of rows are named of one problem."""
        return ROWS_SHOWN

    @property
    def minimum(self) -> int:
        """Return the number of answers below which nothing is shown."""
        return self.policy.promised_minimum(self.questionnaire)

    @property
    def sheets(self) -> int:
        """Return how many answers would be taken in."""
        return len(self.rehearsal.sheets) if self.rehearsal else 0


def column_views(
    kept: Kept, survey: Survey, questionnaire: Questionnaire, words: Words
) -> tuple[ColumnView, ...]:
    """Return the columns of a file as they are shown; empty ones are not."""
    targets = targets_of(questionnaire)
    given = {each.column: each for each in kept.assignment.columns}
    return tuple(
        _column_view(column, given.get(column.letter), targets, kept, words)
        for column in survey.columns
        if column.filled or column.header
    )


def _column_view(
    column: Column,
    given: ColumnAssignment | None,
    targets: Mapping[str, Target],
    kept: Kept,
    words: Words,
) -> ColumnView:
    target = targets.get(given.to) if given else None
    rows: tuple[ValueRow, ...] = ()
    if given is not None and target is not None:
        rows = tuple(value_rows(column, given, target, kept.doubtful))
    return ColumnView(
        letter=column.letter,
        header=_shortened(column.header),
        kind=column.personal.label if column.personal else "",
        filled=column.filled,
        target=target.key if target else "",
        is_doubtful=(column.letter, "") in kept.doubtful,
        open_values=tuple(row for row in rows if not row.is_plain),
        plain_values=tuple(row for row in rows if row.is_plain),
        codes=tuple(code_choices(target, words)) if target and target.is_closed else (),
        rest="" if given is None or given.rest is None else str(given.rest),
    )


def code_choices(target: Target, words: Words) -> Iterator[Choice]:
    """Yield what a text can mean."""
    for label in target.labels:
        yield str(label.code), label.text.said(words.code)
    yield UNANSWERED, words.gettext(MISSING[UNANSWERED])
    if target.refusal:
        yield REFUSED, words.gettext(MISSING[REFUSED])


def target_groups(
    questionnaire: Questionnaire, words: Words
) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """Return the targets question by question, each with the text of its question."""
    texts = {question.id: question.text.said(words.code) for question in questionnaire.questions}
    grouped = groupby(targets_of(questionnaire).values(), key=lambda target: target.question)
    return tuple(
        (_shortened(texts[name]), tuple(_choice(target, words) for target in targets))
        for name, targets in grouped
    )


def _choice(target: Target, words: Words) -> Choice:
    kind = KINDS.get(target.role)
    if kind is None:
        return target.key, _shortened(target.texts[-1].said(words.code))
    values = {"option": target.texts[-1].said(words.code), "place": target.place}
    return target.key, _shortened(Message(kind, values).said(words))


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
