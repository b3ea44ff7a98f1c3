"""`survey-app import`, typed by somebody with a cupboard of paper sheets.

1. It says how the file was understood, shows the assignment, and asks before anything is stored.
2. A dry run stores nothing; the assignment can be saved, changed and used.
3. Problems are listed by column and rows, and nothing is taken in.
4. What was only guessed is not taken in unseen; a second file of the same size is mentioned.
5. A mistake gets a sentence with a way out.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from survey_app.cli import main
from survey_app.config import Settings
from survey_app.services import fielding
from survey_app.services.importing import assignment_from
from tests.support_field import Field, field_in, migrated
from tests.support_import import csv_file

ROWS = [
    ["ID", "E-Mail", "Das Angebot hat mir insgesamt gefallen.", "Wie alt bist du?"],
    [1, "mira@beispiel.example", "stimmt genau", "14 oder 15"],
    [2, "ali@beispiel.example", "teils/teils", ""],
]
SHOWN = """\
antworten.csv: CSV-Datei, Zeichen: UTF-8, Trennzeichen: Komma
Überschriften: Zeile 1; darunter 2 Zeilen.

Geratene Zuordnung (? bitte prüfen):
    A  ID                                           wird nie übernommen (Nummer der Rückmeldung)
    B  E-Mail                                       wird nie übernommen (E-Mail-Adresse)
    C  Das Angebot hat mir insgesamt gefallen.      → k1
    D  Wie alt bist du?                             → alter

"""
CHECKED = "Geprüft: 2 Rückmeldungen, 0 Freitexte.\n"


@pytest.fixture
def field(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Field]:
    """Give a measure; the command line works on its database."""
    monkeypatch.setenv("SURVEY_DATABASE_URL", sqlite_url)
    with migrated(sqlite_url) as database:
        yield field_in(database)


def typed(*words: str, answer: str = "") -> Result:
    days = () if "--from" in words else ("--from", "2024-10-01", "--to", "12.10.2024")
    asked = () if "--questionnaire" in words else ("--questionnaire", "kern-jugend")
    return CliRunner().invoke(main, ["import", *words, *days, *asked], input=answer)


def imported(field: Field) -> int:
    """Return how many waves there are beside the one that is open."""
    fielded = fielding.fielded_measure(
        field.database, field.network, field.measure, Settings().today()
    )
    assert fielded is not None
    return len(fielded.waves) - 1


def test_it_shows_asks_and_takes_in(field: Field, tmp_path: Path) -> None:
    file = csv_file(tmp_path, ROWS)
    refused = typed(str(file), "--measure", "Sommercamp", answer="n\n")
    assert (refused.exit_code, imported(field)) == (1, 0)
    result = typed(str(file), "--measure", str(field.measure), answer="y\n")
    assert result.output.startswith(SHOWN + CHECKED)
    assert "Sommercamp: 2 Rückmeldungen übernehmen und auszählen?" in result.output
    assert "Übernommen, abgeschlossen und ausgezählt. Code der Erhebung: " in result.output
    assert (result.exit_code, imported(field)) == (0, 1)
    code = result.output.split()[-1]
    again = CliRunner().invoke(main, ["wave", "recount", code])
    assert again.output == "Die Nachzählung ergibt dasselbe.\n"


def test_a_dry_run_stores_nothing_and_saves_the_assignment(field: Field, tmp_path: Path) -> None:
    file, saved = csv_file(tmp_path, ROWS), tmp_path / "zuordnung.json"
    result = typed(str(file), "--measure", "Sommercamp", "--dry-run", "--save-mapping", str(saved))
    assert result.output == (
        f"{SHOWN}Die Zuordnung liegt in {saved}. Nach dem Ändern: --mapping {saved}\n\n{CHECKED}"
    )
    assert (result.exit_code, imported(field)) == (0, 0)
    assert [each.to for each in assignment_from(saved.read_text()).columns] == ["k1", "alter"]
    saved.write_text(saved.read_text().replace('"k1"', '"k2"'))
    result = typed(str(file), "--measure", "Sommercamp", "--mapping", str(saved), "--yes")
    assert "Das Angebot hat mir insgesamt gefallen.      → k2" in result.output
    assert (result.exit_code, imported(field)) == (0, 1)


def test_problems_are_listed_and_nothing_is_taken_in(field: Field, tmp_path: Path) -> None:
    rows = [*ROWS, [3, "x@beispiel.example", "na ja", "elf"], [4, "", "na ja", ""]]
    result = typed(str(csv_file(tmp_path, rows)), "--measure", "Sommercamp", "--yes")
    unknown = (
        "„%s“ gehört zu keiner Antwort dieser Frage. Ordnen Sie den Wert einer Antwort zu, oder"
        " berichtigen Sie die Datei."
    )
    assert result.stdout.endswith(
        f"Fehler:\n  Spalte C, Zeilen 4–5: {unknown % 'na ja'}\n"
        f"  Spalte D, Zeile 4: {unknown % 'elf'}\n"
        "Geprüft: 2 Rückmeldungen, 0 Freitexte.\n"
        "Ausgelassen: 2 Zeilen, davon ohne Antwort 2, nie abgeschickt 0.\n"
    )
    assert result.stderr == "Error: Übernommen wurde nichts.\n"
    assert (result.exit_code, imported(field)) == (1, 0)


def test_what_was_only_guessed_is_not_taken_in_unseen(field: Field, tmp_path: Path) -> None:
    file = csv_file(tmp_path, [["k1"], ["A5"]])
    result = typed(str(file), "--measure", "Sommercamp", "--yes")
    assert "„A5“ → 5 ?" in result.stdout
    assert result.stderr == (
        "Error: Ein Teil der Zuordnung ist nur geraten (?). Legen Sie sie mit --save-mapping ab,"
        " prüfen Sie sie und geben Sie sie mit --mapping an, oder lassen Sie --yes weg.\n"
    )
    assert imported(field) == 0
    assert typed(str(file), "--measure", "Sommercamp", answer="y\n").exit_code == 0
    assert imported(field) == 1


def test_a_second_file_of_the_same_size_is_mentioned(field: Field, tmp_path: Path) -> None:
    file = str(csv_file(tmp_path, ROWS))
    outputs = [typed(file, "--measure", "Sommercamp", "--yes").output for _ in range(2)]
    said = "wurde schon einmal eine Datei mit genau 2 Rückmeldungen zu diesem Fragebogen"
    assert [said in output for output in outputs] == [False, True]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--measure", "Camp"), "Die Maßnahme „Camp“ gibt es nicht. Nehmen Sie die Nummer:"),
        (
            ("--measure", "Sommercamp", "--network", "Kreis Nirgendwo"),
            "Nennen Sie mit --network eines der Netzwerke: Kreis Beispiel.",
        ),
        (
            ("--measure", "Sommercamp", "--questionnaire", "kern"),
            "Den Fragebogen „kern“ gibt es nicht. Es gibt: gesundheitskompetenz, kern-jugend",
        ),
        (
            ("--measure", "Sommercamp", "--from", "2024-10-02", "--to", "2024-10-01", "--yes"),
            "Das Ende liegt vor dem Anfang. Bitte prüfen Sie die beiden Tage.",
        ),
        (
            ("--measure", "Sommercamp", "--sheet", "Tabelle2"),
            "Das Blatt „Tabelle2“ gibt es nicht. Es gibt: –.",
        ),
    ],
)
def test_a_mistake_gets_a_sentence(
    field: Field, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    result = typed(str(csv_file(tmp_path, ROWS)), *words)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert imported(field) == 0


def test_of_two_networks_one_must_be_named(field: Field, tmp_path: Path) -> None:
    field_in(field.database, name="Kreis Nebenan")
    file = str(csv_file(tmp_path, ROWS))
    result = typed(file, "--measure", "Sommercamp", "--yes")
    assert "Kreis Beispiel, Kreis Nebenan" in result.stderr
    words = ("--measure", "Sommercamp", "--network", "Kreis Beispiel", "--yes")
    assert typed(file, *words).exit_code == 0
    assert imported(field) == 1


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\0\0\0", b"PK\3\4kaputt"])
def test_an_unreadable_file_gets_a_sentence(field: Field, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "datei").write_bytes(content)
    result = typed(str(tmp_path / "datei"), "--measure", "Sommercamp")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: D")
    assert result.exception is None or isinstance(result.exception, SystemExit)
