"""`survey-app networks`, typed by whoever runs an installation.

1. Without files, `check` looks at what this installation uses: its own folder, and what is shipped.
2. Errors fail, doubts do not; `--format json` says the same for editors.
3. An installation that others can reach is told that nobody says who runs it.
4. `schema` prints the schema for editors.
5. `serve` does not begin with a file that cannot be read.
"""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from survey_app.cli import main
from survey_app.instruments.networks_schema import schema_file
from tests.instruments.test_networks import SOUND, written

OPERATOR = """
network: default
languages: [de]
operator:
  name: Kreis Beispiel
  imprint: {address: Markt 1, represented_by: Frau Beispiel, email: amt@kreis.example}
  privacy: {law: DSGVO, officer: Herr Muster, email: datenschutz@kreis.example}
  accessibility: {state: full, checked_on: '2026-11-01', feedback: barrieren@kreis.example}
"""


def typed(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the operator's own folder."""
    monkeypatch.setenv("SURVEY_NETWORKS", str(tmp_path))
    return tmp_path


def test_check_looks_at_what_is_shipped() -> None:
    """Rule 1: how old the shipped card is depends on the day this test runs."""
    result = typed("networks", "check")
    assert result.exit_code == 0
    assert "2 Dateien geprüft: keine Fehler," in result.stdout
    assert result.stderr == ""


def test_check_looks_at_the_own_folder_too(own: Path) -> None:
    """Rules 1 and 2."""
    written(own, SOUND.replace("phone:", "telefon:"))
    result = typed("networks", "check")
    assert result.exit_code == 1
    assert result.stdout.startswith("Fehler:\n  kreis.yaml:7:7: „telefon“ gibt es hier nicht.")
    assert "3 Dateien geprüft: 1 Fehler," in result.stdout


def test_one_file_alone(tmp_path: Path) -> None:
    """Rule 2: the authority it leaves open is in what is shipped."""
    file = written(tmp_path, SOUND.replace("02162 000-11", "HILFE"))
    result = typed("networks", "check", str(file))
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Zweifel:\n  {file}:7:14: „HILFE“ lässt sich nicht wählen")
    (found, *_) = json.loads(typed("networks", "check", "--format", "json", str(file)).stdout)
    assert (found["line"], found["column"], found["severity"]) == (7, 14, "doubt")


def test_operator_is_missed_until_there_is_one(own: Path) -> None:
    """Rule 3."""
    written(own)
    assert typed("networks", "check").stderr.startswith(
        "Wer diese Website betreibt, steht nirgends"
    )
    written(own, OPERATOR, "betrieb.yaml")
    result = typed("networks", "check")
    assert (result.stderr, result.exit_code) == ("", 0)


def test_schema_is_printed() -> None:
    """Rule 4."""
    assert typed("networks", "schema").stdout == schema_file()


def test_server_does_not_begin_with_a_file_that_cannot_be_read(own: Path) -> None:
    """Rule 5."""
    written(own, SOUND.replace("phone:", "telefon:"))
    result = typed("serve")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: kreis.yaml:7:7: „telefon“ gibt es hier nicht.")
