"""The format as JSON Schema, for editors.

1. Every key is described, in German and in English; no description is left over.
2. The schema accepts what is shipped.
3. A real editor's language server completes keys and underlines mistakes (where it is installed).
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from survey_app.data import data_dir
from survey_app.instruments.descriptions import GENERAL, SPECIAL, description
from survey_app.instruments.library import Library
from survey_app.instruments.schema import questionnaire_schema, schema_file
from tests.instruments.language_server import Editor, editor_in, program
from tests.instruments.test_reader import SOUND


def described() -> list[tuple[str, str, dict[str, Any]]]:
    """Return part, key and schema of every key of the format."""
    schema = questionnaire_schema()
    parts = {**schema["$defs"], "Questionnaire": schema}
    return [
        (part, key, value)
        for part, definition in parts.items()
        for key, value in definition.get("properties", {}).items()
    ]


@pytest.mark.parametrize(("part", "key", "value"), described(), ids=str)
def test_every_key_is_described_in_two_languages(
    part: str, key: str, value: dict[str, Any]
) -> None:
    """Rule 1."""
    german, english = value["description"].split("\n\n")
    assert description(part, key) == value["description"]
    assert german[0].isalnum() or german[0] in "„'"
    assert german.endswith((".", "}"))
    assert re.fullmatch(r"[A-Za-z0-9 .,:’“”'{}\[\]+…/–−(-]+.*", english)


def test_no_description_is_left_over() -> None:
    """Rule 1: what was renamed does not linger."""
    keys = {(part, key) for part, key, _ in described()}
    assert {(part, key) for part, special in SPECIAL.items() for key in special} - keys == {
        ("Option", "exclusive")  # of ChoiceOption, which is an Option
    }
    assert set(GENERAL) <= {key for _, key in keys}


# A real language server


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """Give an editor on a folder with the schema in it."""
    if program() is None:
        pytest.skip(
            "yaml-language-server is not installed (npm install -g yaml-language-server, or name"
            " it in YAML_LANGUAGE_SERVER)"
        )
    folder = tmp_path_factory.mktemp("editor")
    (folder / "questionnaire.schema.json").write_text(schema_file(), encoding="utf-8")
    with editor_in(folder) as opened:
        yield opened


HEAD = "# yaml-language-server: $schema=./questionnaire.schema.json\n"


@pytest.mark.parametrize("file", Library(data_dir("questionnaires")).files(), ids=lambda f: f.stem)
def test_editor_underlines_nothing_in_what_is_shipped(editor: Editor, file: Path) -> None:
    """Rules 2 and 3."""
    assert editor.open(file.name, file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("minutes: 3", "minutes: drei", 6),
        ("kind: rating", "kind: slider", 18),
        ("audience: young_people", "audience: teachers", 3),
        ("text: Gut.", "txet: Gut.", 20),
        ("{de: Probe, en: Trial}", "{en: Trial}", 5),
        ("at_most: 1", "at_most: eins", 23),
    ],
)
def test_editor_underlines_a_mistake(editor: Editor, old: str, new: str, line: int) -> None:
    """Rule 3: in the line where it is."""
    found = editor.open(f"falsch{line}.yaml", HEAD + SOUND.replace(old, new, 1))
    assert line in {each["range"]["start"]["line"] for each in found}


def test_editor_completes_keys_and_explains_them(editor: Editor) -> None:
    """Rule 3: a new question gets all its keys proposed, in both languages."""
    typed = HEAD + SOUND + "      - id: neu\n        kind: ranking\n        \n"
    editor.open("neu.yaml", typed)
    line = typed.count("\n") - 1
    proposed = editor.proposals("neu.yaml", line, 8)
    assert {"text", "options", "hint", "sensitivity", "show_if", "easy"} <= proposed.keys()
    assert "scale" not in proposed  # of other kinds
    german, english = description("Ranking", "hint").split("\n\n")
    assert german in proposed["hint"]
    assert english in proposed["hint"]


def test_editor_completes_values(editor: Editor) -> None:
    """Rule 3."""
    typed = HEAD + SOUND.replace("audience: young_people", "audience: ")
    editor.open("wert.yaml", typed)
    assert {"young_people", "professionals"} <= editor.proposals("wert.yaml", 3, 10).keys()


def test_editor_explains_a_key_under_the_mouse(editor: Editor) -> None:
    """Rule 3."""
    editor.open("maus.yaml", HEAD + SOUND)
    assert "Wie lange das Ausfüllen dauert." in editor.explanation("maus.yaml", 6, 2)
