"""Answers that were collected elsewhere come in: an import.

incoming.py     a file is opened, copied and looked at
surveying.py    where its headers stand, what its columns hold
personal.py     columns that say who answered; they are never read
targets.py      what a column can answer
guessing.py     the first draft of an assignment
assignment.py   the assignment: shown, corrected, kept
values.py       what one cell means
checking.py     the dry run
storing.py      all or nothing: a wave that is closed and counted
keeping.py      a file between two pages of the browser

    with incoming(path, questionnaire) as file:
        rehearsal = rehearsed(file.copy, file.survey, file.guess.assignment, questionnaire)
        if rehearsal.is_sound:
            take_in(database, occasion, rehearsal, today=…, actor=…)
"""

from survey_app.services.importing.assignment import Assignment, ColumnAssignment, assignment_from
from survey_app.services.importing.checking import Rehearsal, RowProblem, rehearsed
from survey_app.services.importing.incoming import Incoming, incoming
from survey_app.services.importing.storing import (
    Imported,
    Occasion,
    faults_of,
    forget_assignment,
    same_size,
    save_assignment,
    saved_assignment,
    saved_assignments,
    take_in,
)
from survey_app.services.importing.values import REFUSAL
from survey_app.tables import Limits, UnreadableTable

__all__ = [
    "REFUSAL",
    "Assignment",
    "ColumnAssignment",
    "Imported",
    "Incoming",
    "Limits",
    "Occasion",
    "Rehearsal",
    "RowProblem",
    "UnreadableTable",
    "assignment_from",
    "faults_of",
    "forget_assignment",
    "incoming",
    "rehearsed",
    "same_size",
    "save_assignment",
    "saved_assignment",
    "saved_assignments",
    "take_in",
]
