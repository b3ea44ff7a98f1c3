"""The assignment: shown, corrected, kept, used again.

1. It is written as JSON that people can read and comes back equal; what is no assignment is refused
   with the place.
2. It fits the next export of the same form, also when columns have moved; what is not there is told.
3. Unknown targets and codes, a question assigned twice or in two ways, and one that belongs to another
   questionnaire are refused with the letter of the column.
4. Texts get the meaning it says: a code, unanswered, refused; the rest may have one too.
5. What is only alike is offered as a guess, and what is ambiguous is not.
"""

from pathlib import Path

import pytest

from survey_app.domain.messages import InvalidDefinition
from survey_app.services.importing import Assignment, ColumnAssignment, assignment_from
from survey_app.services.importing.assignment import letter_of
from tests.support_import import assigned, csv_file, dry_run, look, summer


def assigning(*columns: ColumnAssignment, **more: object) -> Assignment:
    return Assignment.model_validate({"questionnaire": "sommer", "columns": columns, **more})


def test_it_comes_back_equal(tmp_path: Path) -> None:
    column = ColumnAssignment(
        column="AB",
        header="Wie war's?",
        to="k1",
        values={"trifft zu": 5, "egal": "unanswered"},
        rest="refused",
    )
    written = assigning(column, header=(2, 3), sent="B", sheet="Antworten").as_text()
    assert assignment_from(written) == assigning(column, header=(2, 3), sent="B", sheet="Antworten")
    assert written.startswith('{\n  "format": "mitreden-import/1",\n  "questionnaire": "sommer"')
    assert '"trifft zu": 5' in written


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "–"),
        ("[]", "–"),
        ('{"questionnaire": "x", "columns": [{"column": "1", "to": "k1"}]}', "columns.0.column"),
        ('{"questionnaire": "x", "extra": 1}', "extra"),
        ('{"questionnaire": "x", "format": "mitreden-import/2"}', "format"),
        ("x" * 1_000_001, "–"),
    ],
)
def test_what_is_no_assignment_is_refused(text: str, place: str) -> None:
    with pytest.raises(InvalidDefinition) as refused:
        assignment_from(text)
    assert str(refused.value) == (
        f"Das ist keine Zuordnung von Mitreden (Stelle: {place}). Eine neue schreibt"
        " „survey-app import … --dry-run --save-mapping DATEI“."
    )


def test_it_fits_the_next_export(tmp_path: Path) -> None:
    first = csv_file(tmp_path, [["ID", "Frage X", "Frage Y"], [1, "trifft zu", "gut"]])
    by_hand = assigning(
        ColumnAssignment(column="B", header="Frage X", to="k1", values={"Trifft  ZU": 5}),
        ColumnAssignment(column="C", header="Frage Y", to="k9"),
    )
    assert dry_run(first, summer(), by_hand).sheets == ['{"k1":5}']
    moved = csv_file(tmp_path, [["neu", "Frage Y", "Frage X"], [1, "gut", "trifft zu"]])
    outcome = dry_run(moved, summer(), by_hand)
    assert (outcome.sheets, outcome.texts) == (['{"k1":5}'], [("k9", "gut")])
    fewer = csv_file(tmp_path, [["Frage X"], ["trifft zu"]])
    outcome = dry_run(fewer, summer(), by_hand)
    assert [str(doubt) for doubt in outcome.rehearsal.doubts] == [
        "Die Spalte „Frage Y“ aus der Zuordnung gibt es in dieser Datei nicht."
    ]


@pytest.mark.parametrize(
    ("assignment", "faults"),
    [
        (
            assigning(ColumnAssignment(column="A", to="k99")),
            [("A", "Spalte A: „k99“ gibt es in diesem Fragebogen nicht.")],
        ),
        (
            assigning(ColumnAssignment(column="A", to="k1", values={"gut": 6})),
            [("A", "Spalte A: „6“ ist keine Antwort auf „k1“.")],
        ),
        (
            assigning(ColumnAssignment(column="A", to="k1", rest="gut")),
            [("A", "Spalte A: „gut“ ist keine Antwort auf „k1“.")],
        ),
        (
            assigning(ColumnAssignment(column="A", to="k1"), ColumnAssignment(column="B", to="k1")),
            [
                ("A", "Spalte A und B sind derselben Frage zugeordnet."),
                ("B", "Spalte B und A sind derselben Frage zugeordnet."),
            ],
        ),
        (
            assigning(
                ColumnAssignment(column="A", to="gefallen"),
                ColumnAssignment(column="B", to="gefallen=musik"),
            ),
            [
                ("A", "Spalte A: Die Frage ist auf zwei Arten zugeordnet"),
                ("B", "Spalte B: Die Frage ist auf zwei Arten zugeordnet"),
            ],
        ),
        (
            assigning(
                ColumnAssignment(column="A", to="wichtig#1"),
                ColumnAssignment(column="B", to="wichtig__see"),
            ),
            [
                ("A", "Spalte A: Die Frage ist auf zwei Arten zugeordnet"),
                ("B", "Spalte B: Die Frage ist auf zwei Arten zugeordnet"),
            ],
        ),
        (
            Assignment(questionnaire="andere"),
            [("", "Die Zuordnung gehört zum Fragebogen „andere“, nicht zu „sommer“.")],
        ),
        (assigning(), [("", "Keine Spalte ist einer Frage zugeordnet.")]),
        (
            assigning(ColumnAssignment(column="Z", to="k1")),
            [("", "Keine Spalte ist einer Frage zugeordnet.")],
        ),
    ],
)
def test_contradictions_are_refused(
    tmp_path: Path, assignment: Assignment, faults: list[tuple[str, str]]
) -> None:
    with pytest.raises(InvalidDefinition) as refused:
        dry_run(csv_file(tmp_path, [["x", "y"], ["1", "2"]]), summer(), assignment)
    found = refused.value.faults
    assert ["".join(map(str, fault.at)) for fault in found] == [at for at, _ in faults]
    for fault, (_, sentence) in zip(found, faults, strict=True):
        assert str(fault.message).startswith(sentence)


def test_texts_get_the_meaning_it_says(tmp_path: Path) -> None:
    rows = [["k1"], ["1"], ["super"], ["weiß nicht"], ["Stimmt  genau!"], ["irgendwas"]]
    column = ColumnAssignment(
        column="A",
        header="k1",
        to="k1",
        values={"1": 5, "super": "refused", "weiß nicht": "unanswered"},
        rest="unanswered",
    )
    outcome = dry_run(csv_file(tmp_path, rows), summer(), assigning(column))
    assert outcome.sheets == ['{"k1":"refused"}', '{"k1":5}', '{"k1":5}']
    assert outcome.rehearsal.empty == 2


def test_what_is_alike_is_only_a_guess(tmp_path: Path) -> None:
    rows = [["Das Camp hat mir sehr gefallen", "Ich weiß Bescheid."], ["stimmt genauu", 3]]
    with look(csv_file(tmp_path, rows), summer()) as found:
        guess = found.guess
    first, second = guess.assignment.columns
    assert (first.to, first.values, second.to) == ("k1", {"stimmt genauu": 5}, "v1__then")
    assert guess.doubtful == {("A", ""), ("A", "stimmt genauu"), ("B", "")}


def test_numbers_for_missing_are_only_a_guess(tmp_path: Path) -> None:
    """-99 is never an answer; 99 could be one, but not on a scale to 5."""
    rows = [["k1", "stunden"], [99, 99], [-99, -99], [5, 3]]
    file = csv_file(tmp_path, rows)
    with look(file, summer()) as found:
        assert found.guess.doubtful == {("A", "99")}
        assert found.guess.assignment.columns[0].values == {"99": "unanswered"}
    assert dry_run(file, summer()).sheets == ['{"k1":5,"stunden":3}', '{"stunden":99}']


def test_a_code_and_a_wording_must_agree(tmp_path: Path) -> None:
    rows = [["k1"], ["5 - stimmt genau"], ["(4) stimmt eher"], ["stimmt genau (1)"]]
    outcome = dry_run(csv_file(tmp_path, rows), summer())
    assert outcome.sheets == ['{"k1":4}', '{"k1":5}']
    assert [rows for _, rows, _ in outcome.problems] == ["4"]


def test_letters_of_columns() -> None:
    assert [letter_of(n) for n in (0, 25, 26, 51, 52, 701, 702)] == [
        *("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"),
    ]


def test_columns_that_are_no_question_stay_out(tmp_path: Path) -> None:
    rows = [["Klasse", "k1", "Bemerkung der Lehrkraft"], ["8b", 5, "fleißig"]]
    outcome = dry_run(csv_file(tmp_path, rows), summer())
    assert assigned(outcome) == {"B": "k1"}
    assert outcome.texts == []
