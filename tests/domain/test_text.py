"""Wording in several languages.

1. A plain string is German; German must be there.
2. Each wording falls back on its own, and says which language it really is in.
3. Nothing can be hidden in a text: empty ones and invisible characters are refused, by language.
4. The joiners and marks of Arabic, Persian and emoji are no invisible characters.
5. A text is frozen and strict.
"""

import pytest
from pydantic import ValidationError

from survey_app.domain.text import Text, Wording, faults_of_wording
from tests.support import refusals

ARABIC = "كيف كان؟"


def test_plain_string_is_german() -> None:
    """Rule 1."""
    assert Text.model_validate("Wie war's?") == Text({"de": "Wie war's?"})


def test_text_without_german_is_refused() -> None:
    """Rule 1."""
    with pytest.raises(ValidationError) as refused:
        Text({"en": "How was it?"})
    assert refusals(refused) == [("", "der deutsche Text fehlt. Ergänze ihn unter „de“")]


def test_wording_falls_back_to_german_and_says_so() -> None:
    """Rule 2."""
    text = Text({"de": "Wie war's?", "ar": ARABIC})
    assert text.wording("ar") == Wording(ARABIC, "ar")
    assert text.wording("tr") == Wording("Wie war's?", "de")
    assert (text.said("tr"), text.german) == ("Wie war's?", "Wie war's?")
    assert text.languages == {"de", "ar"}


@pytest.mark.parametrize("empty", ["", "  ", "\n"])
def test_empty_wording_is_refused_in_its_language(empty: str) -> None:
    """Rule 3."""
    with pytest.raises(ValidationError) as refused:
        Text({"de": "Wie war's?", "en": empty})
    assert refusals(refused) == [("en", "der Text ist leer. Schreib ihn oder streiche die Zeile")]


@pytest.mark.parametrize(
    ("character", "name"),
    [("\t", "U+0009"), ("\x00", "U+0000"), ("\u202e", "U+202E"), ("\u2066", "U+2066")],
)
def test_invisible_character_is_refused_by_name(character: str, name: str) -> None:
    """Rule 3."""
    with pytest.raises(ValidationError) as refused:
        Text.model_validate(f"Ja{character}Nein")
    assert refusals(refused) == [
        ("de", f"der Text enthält das unsichtbare Zeichen {name}. Lösche es")
    ]


def test_every_fault_of_a_text_is_named_at_once() -> None:
    """Rule 3."""
    with pytest.raises(ValidationError) as refused:
        Text({"en": "", "ar": "\u202e"})
    assert [place for place, _ in refusals(refused)] == ["en", "ar", ""]


@pytest.mark.parametrize(
    "text", ["می\u200cروم", "👩\u200d🏫", "\u200fمرحبا", "Schul\u00adamt", "a\nb"]
)
def test_joiners_and_marks_are_allowed(text: str) -> None:
    """Rule 4."""
    assert faults_of_wording(text) == []


def test_text_is_frozen() -> None:
    """Rule 5."""
    with pytest.raises(ValidationError, match="frozen"):
        Text.model_validate("Ja").root = {"de": "Nein"}


@pytest.mark.parametrize("value", [5, None, True, ["Ja"], {"de": 5}, {"DE!": "Ja", "de": "Ja"}])
def test_only_texts_are_texts(value: object) -> None:
    """Rule 5."""
    with pytest.raises(ValidationError):
        Text.model_validate(value)
