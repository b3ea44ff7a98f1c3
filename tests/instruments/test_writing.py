"""A program writes a questionnaire as an author would have.

1. What is written reads back as the same questionnaire, whatever its texts are.
2. It has the layout of the shipped files: texts below their key, answers on one line, remarks above.
3. A text stands in quotes only where YAML would misread it.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey_app.data import data_dir
from survey_app.instruments.document import parse
from survey_app.instruments.library import Library
from survey_app.instruments.reader import read_questionnaire
from survey_app.instruments.writing import as_data, scalar, written
from tests.instruments.generated import LETTERS, ODD, questionnaires

SHIPPED = Library(data_dir("questionnaires"))
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", SHIPPED.names())
def test_shipped_questionnaire_is_written_and_read(name: str) -> None:
    """Rule 1."""
    questionnaire = SHIPPED.get(name)
    text = written(as_data(questionnaire))
    assert read_questionnaire(text.encode(), "x.yaml").fingerprint == questionnaire.fingerprint


@given(data=questionnaires())
@SLOW
def test_any_questionnaire_is_written_and_read(data: dict[str, object]) -> None:
    """Rule 1."""
    questionnaire = read_questionnaire(written(data).encode(), "probe.yaml")
    assert as_data(questionnaire)["sections"] == data["sections"]
    again = read_questionnaire(written(as_data(questionnaire)).encode(), "probe.yaml")
    assert again.fingerprint == questionnaire.fingerprint


@given(text=st.one_of(st.sampled_from(ODD), st.text(LETTERS, min_size=1)))
@SLOW
def test_any_text_is_a_scalar(text: str) -> None:
    """Rule 3."""
    if "\x00" not in text:
        block = parse(f"a: {scalar(text, in_flow=False)}\n".encode(), "x").data
        flow = parse(f"a: [{{b: {scalar(text, in_flow=True)}, c: 1}}]\n".encode(), "x").data
        assert (block, flow) == ({"a": text}, {"a": [{"b": text, "c": 1}]})


@pytest.mark.parametrize(
    ("text", "block", "flow"),
    [
        ("Wie war's?", "Wie war's?", "Wie war's?"),
        ("teils, teils", "teils, teils", "'teils, teils'"),
        ("ja", "ja", "ja"),
        ("yes", "'yes'", "'yes'"),
        ("13 oder jünger", "13 oder jünger", "13 oder jünger"),
        ("13", "'13'", "'13'"),
        ("Achtung: jetzt", "'Achtung: jetzt'", "'Achtung: jetzt'"),
        ("Er sagt: Wie geht's?", '"Er sagt: Wie geht\'s?"', '"Er sagt: Wie geht\'s?"'),
        ("Zeile\nZeile", '"Zeile\\nZeile"', '"Zeile\\nZeile"'),
    ],
)
def test_quotes_stand_where_they_are_needed(text: str, block: str, flow: str) -> None:
    """Rule 3."""
    assert (scalar(text, in_flow=False), scalar(text, in_flow=True)) == (block, flow)


def test_layout_is_an_authors() -> None:
    """Rule 2."""
    data = {
        "sections": [
            {
                "questions": [
                    {
                        "options": [
                            {"text": {"de": "ja", "en": "yes"}, "code": "ja"},
                            {"code": "nein", "text": {"de": "nein"}},
                        ],
                        "text": {"de": "Warst du dabei?\nIch meine: immer?"},
                        "kind": "single_choice",
                        "id": "dabei",
                    },
                    {
                        "id": "viel",
                        "kind": "number",
                        "show_if": {"all": [{"question": "dabei", "is": "ja"}]},
                        "text": {"de": "Wie oft?", "en": "How often?"},
                        "bands": [[0, 2], [3, 9]],
                        "maximum": 9,
                    },
                ],
                "id": "eins",
            },
            {"id": "zwei", "questions": [{"id": "a", "kind": "open_text", "text": {"de": "Was?"}}]},
        ],
        "languages": ["de", "en"],
        "id": "probe",
    }
    comments = {
        (): "Zwei Zeilen\nüber allem",
        ("languages",): "Reicht das?",
        ("sections", 0, "questions", 1): "Zur Frage",
        ("sections", 0, "questions", 1, "maximum"): "Geraten",
    }
    assert written(data, comments) == LAYOUT


LAYOUT = """\
# yaml-language-server: $schema=./questionnaire.schema.json
# Zwei Zeilen
# über allem

id: probe
# Reicht das?
languages: [de, en]

sections:
  - id: eins
    questions:
      - id: dabei
        kind: single_choice
        text: |-
          Warst du dabei?
          Ich meine: immer?
        options:
          - {code: ja, text: {de: ja, en: 'yes'}}
          - {code: nein, text: nein}
      # Zur Frage
      - id: viel
        kind: number
        show_if: {all: [{question: dabei, is: ja}]}
        text:
          de: Wie oft?
          en: How often?
        # Geraten
        maximum: 9
        bands: [[0, 2], [3, 9]]

  - id: zwei
    questions:
      - id: a
        kind: open_text
        text: Was?
"""
