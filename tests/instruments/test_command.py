"""`survey-app questionnaires`, typed by somebody who writes one.

1. Without files, `check` looks at all shipped questionnaires.
2. Errors and doubts are told apart; errors alone make the command fail.
3. `schema` prints what stands in the schema file.
"""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from survey_app.cli import main
from survey_app.data import data_dir
from tests.instruments.test_reader import SOUND


def typed(*words: str) -> Result:
    return CliRunner().invoke(main, ["questionnaires", *words])


def test_check_without_files_looks_at_what_is_shipped() -> None:
    """Rule 1."""
    result = typed("check")
    assert result.output == "3 Fragebögen geprüft: keine Fehler, keine Zweifel.\n"
    assert result.exit_code == 0


def test_errors_and_doubts_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rule 2: one file has an error, the other a doubt for each of its three German wordings."""
    monkeypatch.chdir(tmp_path)
    Path("probe.yaml").write_text(SOUND, encoding="utf-8")
    Path("leer.yaml").write_text("", encoding="utf-8")
    result = typed("check", "leer.yaml", "probe.yaml")
    fehler, zweifel = result.output.split("Zweifel:\n")
    assert fehler == (
        "Fehler:\n  leer.yaml:1:1: die Datei ist leer. Nimm einen mitgelieferten Fragebogen als"
        " Vorlage.\n"
    )
    assert zweifel.startswith("  probe.yaml:11:25: die Übersetzung fehlt: en.")
    assert zweifel.endswith("2 Fragebögen geprüft: 1 Fehler, 3 Zweifel.\n")
    assert result.exit_code == 1


def test_doubts_alone_do_not_fail(tmp_path: Path) -> None:
    """Rule 2."""
    file = tmp_path / "probe.yaml"
    file.write_text(SOUND, encoding="utf-8")
    result = typed("check", str(file))
    assert result.output.endswith("1 Fragebogen geprüft: keine Fehler, 3 Zweifel.\n")
    assert f"  {file}:20:15: " in result.output
    assert result.exit_code == 0


def test_file_that_is_not_there_is_a_sentence() -> None:
    """Rule 2."""
    result = typed("check", "nirgends.yaml")
    assert (result.exit_code, isinstance(result.exception, SystemExit)) == (2, True)
    assert "nirgends.yaml" in result.output


def test_schema_is_printed_as_it_is_shipped() -> None:
    """Rule 3."""
    shipped = data_dir("questionnaires") / "questionnaire.schema.json"
    assert typed("schema").output == shipped.read_text(encoding="utf-8")
