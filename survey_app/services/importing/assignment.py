"""The assignment of a file to a questionnaire: what a person shows, corrects and keeps.

It says where the headers stand, which column answers what (`targets`), and what those texts of a
column mean that do not explain themselves. Columns are named by their header, so that the same
assignment fits the next export of the same form, and by their letter, for files without headers. Of
columns that nobody assigned nothing is kept, not even the header.

    {"format": "mitreden-import/1", "questionnaire": "kern-jugend", "header": [1, 1],
     "columns": [{"column": "F", "header": "Es war gut.", "to": "k1", "values": {"trifft zu": 5}}]}
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import Field, ValidationError

from survey_app.domain.messages import N_, Fault, InvalidDefinition, Message, refuse
from survey_app.domain.response import Code, Missing
from survey_app.domain.text import Definition
from survey_app.services.importing.targets import Role, Target

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_BYTES = 1_000_000


class ColumnAssignment(Definition):
    """What one column answers.

    `values` says what a text means: a code, or `unanswered` or `refused`. `rest` says it for all
    texts that mean nothing otherwise; without it they are errors.
    """

    column: str = Field(pattern=r"^[A-Z]{1,3}$")
    header: str = Field(default="", max_length=500)
    to: str = Field(max_length=100)
    values: dict[str, Code] = Field(default_factory=dict, max_length=1000)
    rest: Code | None = None


class Assignment(Definition):
    """See the module. `header` are the first and the last row of headers, (0, 0) for none.

    `sent` is a column that has something in it only if the form was sent; other rows are left out.
    """

    format: Literal["mitreden-import/1"] = "mitreden-import/1"
    questionnaire: str = Field(max_length=50)
    sheet: str = Field(default="", max_length=100)
    header: tuple[int, int] = (1, 1)
    sent: str = Field(default="", pattern=r"^[A-Z]{0,3}$")
    columns: tuple[ColumnAssignment, ...] = Field(default=(), max_length=1000)

    def as_text(self) -> str:
        """Return it as JSON that people can read."""
        content = self.model_dump(mode="json", exclude_defaults=True)
        head = {"format": self.format, "questionnaire": self.questionnaire, "header": self.header}
        return json.dumps(head | content, ensure_ascii=False, indent=2) + "\n"


def assignment_from(text: str) -> Assignment:
    """Return the assignment that `Assignment.as_text` wrote; raises InvalidDefinition."""
    if len(text) > MOST_BYTES:
        raise InvalidDefinition(Fault(Message(NO_ASSIGNMENT, {"place": "–"})))
    try:
        return Assignment.model_validate_json(text)
    except ValidationError as error:
        place = ".".join(map(str, error.errors(include_input=False)[0]["loc"])) or "–"
        raise InvalidDefinition(Fault(Message(NO_ASSIGNMENT, {"place": place}))) from None


def refuse_contradictions(assignment: Assignment, targets: Mapping[str, Target]) -> None:
    """Raise InvalidDefinition, each fault with the letter of its column."""
    refuse([*_unknown(assignment, targets), *_twice(assignment), *_two_ways(assignment, targets)])


def _unknown(assignment: Assignment, targets: Mapping[str, Target]) -> Iterator[Fault]:
    for column in assignment.columns:
        target = targets.get(column.to)
        if target is None:
            yield _fault(column, NO_TARGET, target=column.to)
            continue
        codes = {str(label.code) for label in target.labels} | set(MISSING_CODES)
        meant = [*column.values.values(), *([] if column.rest is None else [column.rest])]
        unknown = [code for code in meant if str(code) not in codes]
        if unknown and target.role is not Role.NUMBER:
            yield _fault(column, NO_CODE, code=unknown[0], target=column.to)


def _twice(assignment: Assignment) -> Iterator[Fault]:
    counts = Counter(column.to for column in assignment.columns)
    for column in assignment.columns:
        if counts[column.to] > 1:
            others = [c.column for c in assignment.columns if c.to == column.to and c != column]
            yield _fault(column, TWICE, others=", ".join(others))


def _two_ways(assignment: Assignment, targets: Mapping[str, Target]) -> Iterator[Fault]:
    """Yield a fault for each column that answers a question as no other column of it does."""
    ways: dict[str, set[Role]] = {}
    for column in assignment.columns:
        if column.to in targets:
            target = targets[column.to]
            ways.setdefault(target.question, set()).add(target.role)
    for column in assignment.columns:
        if column.to in targets and len(ways[targets[column.to].question]) > 1:
            yield _fault(column, TWO_WAYS)


def _fault(column: ColumnAssignment, text: str, **values: object) -> Fault:
    return Fault(Message(text, {"column": column.column, **values}), (column.column,))


def letter_of(position: int) -> str:
    """Return the letters of a column, the first (0) being A.

    >>> letter_of(0), letter_of(25), letter_of(26), letter_of(701), letter_of(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    letters = ""
    position += 1
    while position:
        position, letter = divmod(position - 1, 26)
        letters = LETTERS[letter] + letters
    return letters


MISSING_CODES = (Missing.UNANSWERED.value, Missing.REFUSED.value)

NO_ASSIGNMENT = N_(
    "Das ist keine Zuordnung von Mitreden (Stelle: %(place)s). Eine neue schreibt"
    " „survey-app import … --dry-run --save-mapping DATEI“."
)
NO_TARGET = N_(
    "Spalte %(column)s: „%(target)s“ gibt es in diesem Fragebogen nicht. Ordnen Sie die Spalte neu"
    " zu, oder wählen Sie den Fragebogen, zu dem die Zuordnung gehört."
)
NO_CODE = N_(
    "Spalte %(column)s: „%(code)s“ ist keine Antwort auf „%(target)s“. Ordnen Sie die Werte dieser"
    " Spalte neu zu."
)
TWICE = N_(
    "Spalte %(column)s und %(others)s sind derselben Frage zugeordnet. Lassen Sie eine davon weg."
)
TWO_WAYS = N_(
    "Spalte %(column)s: Die Frage ist auf zwei Arten zugeordnet, einmal als Ganzes und einmal in"
    " Teilen. Bleiben Sie bei einer davon."
)
