"""`survey-app questionnaires`, typed by somebody who writes one.

1. Without files, `check` looks at all shipped questionnaires.
2. Errors and doubts are told apart; errors alone make the command fail.
3. `schema` prints what stands in the schema file.
4. `--format json` says the same for editors: file, line, column, severity, message.
5. A file is checked beside what is shipped: an own questionnaire may mirror a shipped one.
"""

import json
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
    assert result.output == "10 Fragebögen geprüft: keine Fehler, keine Zweifel.\n"
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


def test_editors_get_the_same_as_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rule 4."""
    monkeypatch.chdir(tmp_path)
    Path("probe.yaml").write_text(SOUND.replace("en: Why?", "tr: Neden?"), encoding="utf-8")
    Path("leer.yaml").write_text("", encoding="utf-8")
    result = typed("check", "--format", "json", "leer.yaml", "probe.yaml")
    found = json.loads(result.output)
    assert result.exit_code == 1
    assert found[0] == {
        "file": "leer.yaml",
        "line": 1,
        "column": 1,
        "severity": "error",
        "message": "die Datei ist leer. Nimm einen mitgelieferten Fragebogen als Vorlage.",
    }
    places = [(each["file"], each["line"], each["severity"]) for each in found[1:]]
    assert places == [("probe.yaml", line, "doubt") for line in (11, 12, 20, 24, 26)]


def test_json_of_what_is_sound_is_an_empty_list() -> None:
    """Rule 4."""
    result = typed("check", "--format", "json")
    assert (json.loads(result.output), result.exit_code) == ([], 0)


def test_own_questionnaire_may_mirror_a_shipped_one(tmp_path: Path) -> None:
    """Rule 5: and what does not fit is told."""
    shipped = (data_dir("questionnaires") / "kern-jugend.yaml").read_text(encoding="utf-8")
    file = tmp_path / "eigener.yaml"
    own = shipped.replace("id: kern-jugend", "id: eigener")
    file.write_text(own, encoding="utf-8")
    assert typed("check", str(file)).exit_code == 0
    file.write_text(own.replace("mirror: f1\n", "mirror: f99\n"), encoding="utf-8")
    assert "„f99“ gibt es in keinem Fragebogen für Fachkräfte" in typed("check", str(file)).output
