"""Files as they come. Every name, address and answer in them is invented.

1. Exports of Microsoft Forms, Google Forms and LimeSurvey (full texts and codes) are understood as
   they are, and so are files with older encodings, other signs, decimal commas, several rows of
   headers, merged cells, empty rows, formulas, several sheets.
2. What is wrong is named with column, rows and a remedy; a cell is quoted only from a column that is
   assigned to a closed question.
3. What was only guessed is marked.
"""

import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from survey_app.domain.messages import InvalidDefinition
from survey_app.services.importing import Assignment, ColumnAssignment
from tests.support_import import (
    Outcome,
    assigned,
    csv_file,
    dry_run,
    look,
    summer,
    xlsx_file,
)

UNKNOWN = (
    "„%s“ gehört zu keiner Antwort dieser Frage. Ordnen Sie den Wert einer Antwort zu, oder"
    " berichtigen Sie die Datei."
)

FAILED = (
    "Hier steht ein Fehler von Excel statt eines Textes. Leeren oder berichtigen Sie die Zelle."
)
MORE = (
    "Noch mehr Werte, die zu keiner Antwort gehören. Vielleicht steht in der Spalte etwas anderes."
)
NOT_ASKED = "1 Antwort fällt weg: Die Frage wird nach den Antworten davor nicht gestellt."
CONTACT = (
    "In 1 Freitext steht vielleicht eine Adresse oder Telefonnummer. Achten Sie bei der Durchsicht"
    " darauf."
)


def answers(outcome: Outcome) -> list[dict[str, Any]]:
    """Return the sheets as mappings; there must not be a problem."""
    assert outcome.problems == []
    return [json.loads(sheet) for sheet in outcome.sheets]


def test_microsoft_forms(tmp_path: Path) -> None:
    """Semicolons between several answers, one at the end; an order as a list."""
    rows = [
        [
            *("ID", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name"),
            *("Das Camp hat mir gefallen.", "Was hat dir gefallen?", "Wie alt bist du?"),
            *("Was war dir am wichtigsten?", "Was war richtig gut?"),
        ],
        [
            *(1, "10.12.24 9:00:01", "10.12.24 9:03:11", "anonymous", ""),
            *("stimmt genau", "Musik;Sport, Spiel;", "14 oder 15"),
            *("der See;die Leute;das Feuer;", "Der See\nund die Sonne"),
        ],
        [
            *(2, "10.12.24 9:00:01", "10.12.24 9:03:11", "mira@beispiel.example", "Mira Muster"),
            *("Keine Angabe", "nichts davon;", "", "", ""),
        ],
    ]
    outcome = dry_run(xlsx_file(tmp_path, rows), summer())
    assert assigned(outcome) == {
        "F": "k1",
        "G": "gefallen",
        "H": "alter",
        "I": "wichtig",
        "J": "k9",
    }
    assert answers(outcome) == [
        {
            "alter": "a14",
            "gefallen": ["musik", "sport"],
            "k1": 5,
            "wichtig__feuer": 3,
            "wichtig__leute": 2,
            "wichtig__see": 1,
        },
        {"gefallen": ["nichts"], "k1": "refused"},
    ]
    assert outcome.texts == [("k9", "Der See\nund die Sonne")]


def test_google_forms(tmp_path: Path) -> None:
    """Commas between several answers, also inside one; a grid with its statements in brackets."""
    rows = [
        [
            "Zeitstempel",
            "Wie sehr stimmt das? [Ich konnte mitreden.]",
            "Wie sehr stimmt das? [Ich war müde, oft.]",
            "Was hat dir gefallen? ",
            "Wie zufrieden bist du?",
            "Wie viele Stunden warst du da?",
        ],
        [
            "2024/10/12 9:00:01 AM MEZ",
            "stimmt eher",
            "teils/teils",
            "Musik, Sport, Spiel, das Essen",
            8,
            12,
        ],
        ["2024/10/12 9:01:30 AM MEZ", "", "stimmt genau", "Sport, Spiel", 0, ""],
    ]
    outcome = dry_run(csv_file(tmp_path, rows), summer())
    assert assigned(outcome) == {
        "B": "w1",
        "C": "w2",
        "D": "gefallen",
        "E": "leben",
        "F": "stunden",
    }
    assert answers(outcome) == [
        {"gefallen": ["musik", "sport", "essen"], "leben": 8, "stunden": 12, "w1": 4, "w2": 3},
        {"gefallen": ["sport"], "leben": 0, "w2": 5},
    ]


LIME_HEAD = ["id", "submitdate", "lastpage", "startlanguage", "seed", "ipaddr"]


def test_limesurvey_with_codes(tmp_path: Path) -> None:
    """Codes of questions and answers; who never sent the form is left out; A1 is only a guess."""
    rows = [
        [*LIME_HEAD, "G01Q01_k1", "gefallen[musik]", "gefallen[sport]", "gefallen[essen]", "alter"],
        [1, "2024-10-12 09:00:01", 2, "de", 17, "203.0.113.7", "A5", "Y", "N", "Y", "a14"],
        [2, "", 1, "de", 18, "203.0.113.8", "A1", "Y", "", "", ""],
        [3, "2024-10-12 09:00:01", 2, "tr", 19, "203.0.113.9", "A2", "", "", "", "-oth-"],
    ]
    outcome = dry_run(csv_file(tmp_path, rows), summer())
    assert assigned(outcome) == {
        "G": "k1",
        "H": "gefallen=musik",
        "I": "gefallen=sport",
        "J": "gefallen=essen",
        "K": "alter",
    }
    assert outcome.problems == [("K", "4", UNKNOWN % "-oth-")]
    assert outcome.rehearsal.unsent == 1
    assert outcome.sheets == ['{"alter":"a14","gefallen":["musik","essen"],"k1":5}', '{"k1":2}']
    with look(tmp_path / "antworten.csv", summer()) as found:
        assert found.guess.doubtful == {("G", "A1"), ("G", "A2"), ("G", "A5")}


def test_limesurvey_with_full_texts(tmp_path: Path) -> None:
    """Texts of questions with tags and numbers, answers in words, places of an order."""
    rows = [
        [
            *("Antwort ID", "Datum Abgeschickt", "Letzte Seite", "Startsprache", "IP-Adresse"),
            "<p>G01Q01. Das Camp hat mir gefallen.</p>",
            "Was hat dir gefallen? [Musik]",
            "Was hat dir gefallen? [Sport, Spiel]",
            "Was war dir am wichtigsten? [Rang 1]",
            "Was war dir am wichtigsten? [Rang 2]",
            "Gesamtzeit",
            "Gruppenzeit: Alles",
        ],
        [
            *(1, "2024-10-12 09:00:01", 2, "de", "203.0.113.7"),
            *("stimmt genau", "Ja", "Nein", "der See", "die Leute", 61.2, 61.2),
        ],
    ]
    outcome = dry_run(csv_file(tmp_path, rows), summer())
    assert answers(outcome) == [
        {"gefallen": ["musik"], "k1": 5, "wichtig__leute": 2, "wichtig__see": 1}
    ]
    with look(tmp_path / "antworten.csv", summer()) as found:
        personal = {c.letter: c.personal.value for c in found.survey.columns if c.personal}
    assert personal == {
        "A": "number",
        "B": "time",
        "C": "number",
        "D": "language",
        "E": "machine",
        "K": "time",
        "L": "time",
    }


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [
        ("cp1252", ";"),
        ("utf-8-sig", ";"),
        ("utf-16", "\t"),
        ("utf-16-le", "\t"),
        ("mac_roman", ";"),
        ("cp850", ";"),
        ("utf-8", "|"),
    ],
)
def test_encodings_and_signs(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [
        ["Ich war müde, oft.", "Wie zufrieden bist du?", "Was war richtig gut?"],
        ["stimmt genau", "10 – völlig" if encoding != "cp850" else "10", "Die Größe; das Gefühl"],
    ]
    outcome = dry_run(csv_file(tmp_path, rows, delimiter=delimiter, encoding=encoding), summer())
    assert answers(outcome) == [{"leben": 10, "w2": 5}]
    assert outcome.texts == [("k9", "Die Größe; das Gefühl")]


def test_turkish_answers_in_a_turkish_file(tmp_path: Path) -> None:
    rows = [
        ["Kampı beğendim.", "Kaç yaşındasın?", "Neyi beğendin?"],
        ["tamamen doğru", "13 veya daha küçük", "Müzik;Spor, oyun"],
    ]
    file = csv_file(tmp_path, rows, delimiter=";", encoding="cp1254")
    assert answers(dry_run(file, summer())) == [
        {"alter": "u14", "gefallen": ["musik", "sport"], "k1": 5}
    ]


def test_decimal_commas_and_thousands(tmp_path: Path) -> None:
    """3,0 is three. "1.500" hours fit as a thousand; "2.000" could be two or two thousand."""
    rows = [
        ["k1", "Wie viele Stunden warst du da?"],
        ["5,0", "12,00"],
        ["4.0", "1.500"],
        ["3", "7 Stunden"],
        ["2", "2.000"],
        ["1,5", "2,5"],
    ]
    outcome = dry_run(csv_file(tmp_path, rows, delimiter=";"), summer())
    assert outcome.problems == [
        ("A", "6", UNKNOWN % "1,5"),
        ("B", "5", UNKNOWN % "2.000"),
        ("B", "6", UNKNOWN % "2,5"),
    ]
    assert outcome.sheets[:2] == ['{"k1":2}', '{"k1":3,"stunden":7}']
    assert outcome.sheets[2:] == ['{"k1":4,"stunden":1500}', '{"k1":5,"stunden":12}']


def test_merged_headers_in_several_rows(tmp_path: Path) -> None:
    """A title, a gap, headers of headers over merged cells, then the headers."""
    rows = [
        ["Rückmeldungen Sommercamp (erfunden)"],
        [],
        ["Nr.", "Vor dem Camp", "Jetzt", "Wie sehr stimmt das?", None, "Alter"],
        [None, "Ich weiß Bescheid.", "Ich weiß Bescheid.", "Ich konnte mitreden.", "w2", None],
        [1, 2, 4, 5, 3, "14 oder 15"],
        [],
        [2, 1, 5, 4, "k. A.", "u14"],
    ]
    merged = ["A1:F1", "A3:A4", "D3:E3", "F3:F4"]
    outcome = dry_run(xlsx_file(tmp_path, rows, merged=merged), summer())
    assert outcome.assignment.header == (3, 4)
    assert assigned(outcome) == {
        "B": "v1__then",
        "C": "v1__now",
        "D": "w1",
        "E": "w2",
        "F": "alter",
    }
    assert answers(outcome) == [
        {"alter": "a14", "v1__now": 4, "v1__then": 2, "w1": 5, "w2": 3},
        {"alter": "u14", "v1__now": 5, "v1__then": 1, "w1": 4, "w2": "refused"},
    ]
    assert outcome.rehearsal.empty == 1


def test_answers_that_are_also_headers_stay_answers(tmp_path: Path) -> None:
    """Options head columns in one file and stand in cells in the next."""
    rows = [["gefallen", "Was war dir am wichtigsten?"], ["Musik", "der See"], ["das Essen", ""]]
    outcome = dry_run(csv_file(tmp_path, rows), summer())
    assert outcome.assignment.header == (1, 1)
    assert answers(outcome) == [
        {"gefallen": ["essen"]},
        {"gefallen": ["musik"], "wichtig__see": 1},
    ]


def test_doubled_headers(tmp_path: Path) -> None:
    """The first column gets the question; the second may be chosen instead, but not too."""
    rows = [["k1", "Das Camp hat mir gefallen.", "k1"], [5, 4, 3]]
    file = csv_file(tmp_path, rows)
    outcome = dry_run(file, summer())
    assert assigned(outcome) == {"A": "k1"}
    assert answers(outcome) == [{"k1": 5}]
    third = ColumnAssignment(column="C", header="k1", to="k1")
    assert answers(dry_run(file, summer(), Assignment(questionnaire="sommer", columns=(third,))))
    both = Assignment(questionnaire="sommer", columns=(outcome.assignment.columns[0], third))
    with pytest.raises(InvalidDefinition, match="Spalte A und C sind derselben Frage zugeordnet"):
        dry_run(file, summer(), both)


def test_formula_cells_count_with_their_value(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "formeln.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["k1", "alter"])
        sheet.write_formula(1, 0, "=2+3", value=5)
        sheet.write_formula(1, 1, '=IF(A2>3,"14 oder 15","")', value="14 oder 15")
        sheet.write_formula(2, 0, "=A9/0", value="#DIV/0!")
    outcome = dry_run(tmp_path / "formeln.xlsx", summer())
    assert outcome.sheets == ['{"alter":"a14","k1":5}']
    assert outcome.problems == [("A", "3", UNKNOWN % "#DIV/0!")]


def test_the_sheet_that_names_most_questions_is_read(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "blätter.xlsx") as book:
        book.add_worksheet("Anleitung").write_row(0, 0, ["Bitte lesen"])
        book.add_worksheet("Antworten").write_row(0, 0, ["k1", "k2", "alter"])
        book.get_worksheet_by_name("Antworten").write_row(1, 0, [5, 4, "u14"])
        book.add_worksheet("Codebuch").write_column(0, 0, ["k1", "k2", "alter"])
    file = tmp_path / "blätter.xlsx"
    outcome = dry_run(file, summer())
    assert outcome.assignment.sheet == "Antworten"
    assert answers(outcome) == [{"alter": "u14", "k1": 5, "k2": 4}]
    with look(file, summer(), sheet="Codebuch") as found:
        assert found.sheet == "Codebuch"


def test_excel_made_days_of_answers(tmp_path: Path) -> None:
    rows = [["alter", "k9"], ["2024-02-01", "gut"], ["1. Feb", "#REF!"]]
    outcome = dry_run(csv_file(tmp_path, rows), summer())
    made_a_day = (
        "„%s“ ist ein Datum; vielleicht hat Excel es aus einer Antwort wie „1-2“ gemacht. Ordnen"
        " Sie den Wert zu, oder berichtigen Sie die Datei."
    )
    assert outcome.problems == [
        ("A", "2", made_a_day % "2024-02-01"),
        ("A", "3", made_a_day % "1. Feb"),
        ("B", "3", FAILED),
    ]


def test_a_file_without_headers(tmp_path: Path) -> None:
    """Columns are named by their letters, and nothing of the first row is kept."""
    file = csv_file(tmp_path, [[5, "Geheimnis"], [4, "auch eins"]])
    with look(file, summer(), header=(0, 0)) as found:
        assert found.guess.assignment.columns == ()
        assert [column.header for column in found.survey.columns] == ["", ""]
    by_hand = Assignment(
        questionnaire="sommer",
        header=(0, 0),
        columns=(
            ColumnAssignment(column="A", to="k1"),
            ColumnAssignment(column="B", to="k9"),
        ),
    )
    outcome = dry_run(file, summer(), by_hand)
    assert answers(outcome) == [{"k1": 4}, {"k1": 5}]
    assert "Geheimnis" not in by_hand.as_text()


def test_answers_nobody_could_have_given(tmp_path: Path) -> None:
    """What a phone would refuse, a file may not bring; the sentence of the phone says why."""
    rows = [
        ["gefallen", "stunden", "wichtig__leute", "wichtig__see", "geld__boote", "geld__zelte"],
        ["musik;nichts", 1, 1, 2, 2, 3],
        ["musik", 4000, 1, 1, 2, 2],
        ["musik", 1, 1, 3, 3, 3],
    ]
    outcome = dry_run(csv_file(tmp_path, rows), summer())
    said = [(column, row, sentence.split("„", 1)[1]) for column, row, sentence in outcome.problems]
    assert [(column, row) for column, row, _ in said] == [
        ("A", "2"),
        ("B", "3"),
        ("C", "4"),
        ("D", "3"),
        ("E", "4"),
    ]
    assert said[1][2] == ("Bitte gib eine Zahl von 0 bis 3000 ein.“ Berichtigen Sie die Datei.")


def test_a_problem_in_many_rows_is_one_line(tmp_path: Path) -> None:
    rows = [["k1"], *[["trifft zu"] if number % 10 else [5] for number in range(2, 40)]]
    outcome = dry_run(csv_file(tmp_path, rows), summer())
    assert outcome.problems == [("A", "2–9, 11–19, 21–29, 31–39", UNKNOWN % "trifft zu")]
    (problem,) = outcome.rehearsal.problems
    assert problem.ranges(most=2) == "2–9, 11–19, …"


def test_a_column_of_something_else_does_not_flood_the_list(tmp_path: Path) -> None:
    rows = [["k1"], *[[f"Satz {number}"] for number in range(400)]]
    outcome = dry_run(csv_file(tmp_path, rows), summer())
    assert len(outcome.problems) == 51
    assert outcome.problems[-1] == (
        "A",
        "52–401",
        MORE,
    )


def test_hidden_answers_and_contacts_are_told(tmp_path: Path) -> None:
    rows = [
        ["k1", "warum", "k9"],
        [5, "trotzdem etwas", "Ruft mich an: 0170 1234567"],
        [1, "zu laut", "gut"],
    ]
    outcome = dry_run(csv_file(tmp_path, rows), summer())
    assert [str(doubt) for doubt in outcome.rehearsal.doubts] == [NOT_ASKED, CONTACT]
    assert outcome.texts == [
        ("k9", "Ruft mich an: 0170 1234567"),
        ("k9", "gut"),
        ("warum", "zu laut"),
    ]


@pytest.mark.parametrize("strange", ["-" * 30_000, "a" * 30_000, "x;" * 15_000, "( [" * 10_000])
def test_endless_cells_cost_no_time(tmp_path: Path, strange: str) -> None:
    """Patterns that look for codes and addresses meet texts that are made to keep them busy."""
    rows = [[strange, "k1", "gefallen", "Was war richtig gut?"], [strange] * 4, [1, 5, "", ""]]
    outcome = dry_run(xlsx_file(tmp_path, rows), summer())
    assert [(column, rows) for column, rows, _ in outcome.problems] == [
        *(("B", "2"), ("C", "2"), ("D", "2")),
    ]
