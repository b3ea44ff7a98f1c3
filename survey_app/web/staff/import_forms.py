"""What is asked when answers come in from a file, and how the assignment is read from its page.

The page of the assignment has a list for each column and one for each text that needs a meaning;
their names hold the letters of the column and the place of the text: `zu-F`, `wert-F-0`, `rest-F`.
A form says again what explains itself; kept is only what does not.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from survey_app.domain.messages import N_, Words
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.response import Code
from survey_app.services.importing.assignment import (
    MISSING_CODES,
    Assignment,
    ColumnAssignment,
)
from survey_app.services.importing.surveying import Column, Survey
from survey_app.services.importing.targets import Role, Target, targets_of
from survey_app.services.importing.values import Cells
from survey_app.web.staff import forms

MOST_VALUES: Final = 60
"""Texts of one column that are shown; what is left out has the meaning of the rest."""
SEVERAL_IN_A_CELL: Final = (Role.SEVERAL, Role.ORDER)

NO_FILE: Final = N_("Bitte wählen Sie eine Datei aus.")
FILE_HINT: Final = N_(
    "Excel (.xlsx) oder CSV, höchstens 10 MB. Auch Exporte von LimeSurvey, Microsoft Forms und"
    " Google Forms, wie sie sind."
)
GUESS: Final = N_("neu vorschlagen lassen")


class UploadForm(FlaskForm):
    """Which file, and what it does not say itself."""

    file = FileField(N_("Datei"), description=FILE_HINT, validators=[FileRequired(NO_FILE)])
    questionnaire = SelectField(
        N_("Fragebogen"),
        description=N_("Der Fragebogen, auf den die Antworten passen."),
        validators=[forms.needed(forms.CHOOSE)],
    )
    opens_on = forms.a_day(N_("Erster Tag"), N_("Von wann die Antworten sind."))
    closes_on = forms.a_day(N_("Letzter Tag"))
    expected = forms.a_size(N_("Größe der Gruppe"), N_("Wie viele konnten antworten?"))
    assignment = SelectField(
        N_("Zuordnung"),
        description=N_("Welche Spalte welche Frage beantwortet. Sie sehen sie gleich."),
    )
    sheet = StringField(
        N_("Blatt"),
        description=N_("Nur bei Excel, wenn das falsche gelesen wird."),
        validators=[Length(max=100, message=forms.TOO_LONG)],
    )

    def offer(
        self,
        questionnaires: Mapping[str, Questionnaire],
        saved: Iterable[tuple[str, str]],
        words: Words,
    ) -> None:
        """Fill the lists; `saved` are questionnaire and name of assignments that were kept."""
        self.questionnaire.choices = forms.listed(
            (name, forms.described(each, words)) for name, each in questionnaires.items()
        )
        kept = [
            (f"{name}/{saved_as}", f"{saved_as} ({questionnaires[name].title.said(words.code)})")
            for name, saved_as in saved
            if name in questionnaires
        ]
        self.assignment.choices = [
            SelectChoice("", words.gettext(GUESS)),
            *(SelectChoice(value, label) for value, label in kept),
        ]

    @property
    def saved(self) -> tuple[str, str] | None:
        """Return questionnaire and name of the chosen assignment, None to have one guessed."""
        questionnaire, _, name = (self.assignment.data or "").partition("/")
        return (questionnaire, name) if name else None


@dataclass(frozen=True)
class ValueRow:
    """A text of a column: the name of its list, what it means now, and whether by itself."""

    field: str
    text: str
    chosen: str
    is_plain: bool
    is_doubtful: bool


def value_rows(
    column: Column, given: ColumnAssignment, target: Target, doubtful: frozenset[tuple[str, str]]
) -> Iterator[ValueRow]:
    """Yield the texts of a column of answers."""
    if not target.is_closed:
        return
    assigned, alone = Cells(target, given), Cells(target, _bare(given))
    for place, text in enumerate(_texts(column, alone)):
        code, by_itself = assigned.code(text), alone.code(text)
        if target.role is Role.NUMBER and by_itself is not None:
            continue
        yield ValueRow(
            field=f"wert-{column.letter}-{place}",
            text=text,
            chosen="" if code is None else str(code),
            is_plain=code is not None and code == by_itself,
            is_doubtful=(column.letter, text) in doubtful,
        )


def assignment_read(
    sent: Mapping[str, str], survey: Survey, questionnaire: Questionnaire, before: Assignment
) -> Assignment:
    """Return the assignment that a page says."""
    targets, columns = targets_of(questionnaire), []
    for column in survey.columns:
        target = targets.get(sent.get(f"zu-{column.letter}", ""))
        if target is not None and column.personal is None:
            columns.append(_column_read(sent, column, target))
    left_out = before.sent if sent.get("ohne-ungesendete") else ""
    return before.model_copy(update={"columns": tuple(columns), "sent": left_out})


def header_read(sent: Mapping[str, str], before: tuple[int, int]) -> tuple[int, int]:
    """Return the rows of headers that a page says; what makes no sense changes nothing."""
    first, last = (sent.get(f"kopf-{which}", "").strip() for which in ("von", "bis"))
    if not (first.isdecimal() and last.isdecimal() and len(first + last) < 9):
        return before
    rows = int(first), int(last)
    return rows if rows == (0, 0) or 0 < rows[0] <= rows[1] <= rows[0] + 5 else before


def _column_read(sent: Mapping[str, str], column: Column, target: Target) -> ColumnAssignment:
    bare = ColumnAssignment(column=column.letter, header=column.header, to=target.key)
    codes = codes_of(target)
    alone, values = Cells(target, bare), {}
    for place, text in enumerate(_texts(column, alone)):
        code = codes.get(sent.get(f"wert-{column.letter}-{place}", ""))
        if code is not None and code != alone.code(text):
            values[text] = code
    rest = codes.get(sent.get(f"rest-{column.letter}", ""))
    return bare.model_copy(update={"values": values, "rest": rest})


def codes_of(target: Target) -> Mapping[str, Code]:
    """Return what a text of this target can mean, by how a form sends it."""
    by_code = {} if not target.is_closed else dict(target.by_code)
    return by_code | {code: code for code in MISSING_CODES}


def _bare(given: ColumnAssignment) -> ColumnAssignment:
    return given.model_copy(update={"values": {}, "rest": None})


def _texts(column: Column, cells: Cells) -> Iterator[str]:
    """Yield the single texts of a column, each once, in the order of a dictionary."""
    several = cells.target.role in SEVERAL_IN_A_CELL
    texts = (
        text for cell in column.values or () for text in (cells.pieces(cell) if several else [cell])
    )
    return islice(sorted(set(texts)), MOST_VALUES)
