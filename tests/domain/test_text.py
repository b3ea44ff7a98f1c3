"""Wording in several languages.

1. A plain string is German; German must be there.
2. Each wording falls back on its own, and says which language it really is in.
3. Nothing can be hidden in a text: empty ones and invisible characters are refused, by language.
4. The joiners and marks of Arabic, Persian and emoji are no invisible characters.
5. A text is frozen and strict.
6. Where the wording may not be shipped there is an empty slot; nothing else is one.
7. The easy wording is a language of its own; who has none reads the plain one.
8. Every wording of a definition is found, with its place as the file spells it.
"""

import pytest
from pydantic import ValidationError

from survey_app.domain.text import EASY, Text, Worded, Wording, faults_of_wording, texts
from tests.support import as_json, asking, refusals

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


def test_slot_is_empty_until_the_official_wording_is_put_in() -> None:
    """Rule 6."""
    slot = Text.model_validate({"slot": 3})
    assert (slot.german, slot.is_slot) == ("⟨3⟩", True)
    assert Text.model_validate_json(slot.model_dump_json()) == slot
    assert not Text.model_validate("Ich war froh.").is_slot
    assert not Text.model_validate("⟨3⟩ Äpfel").is_slot


@pytest.mark.parametrize("number", [0, -1, True, "1", 1.5, None, [1]])
def test_slot_has_a_number_from_one(number: object) -> None:
    """Rule 6."""
    with pytest.raises(ValidationError):
        Text.model_validate({"slot": number})


def worded(yaml: str) -> Worded:
    return Worded.model_validate_json(as_json(yaml))


def test_easy_wording_is_a_language_of_its_own() -> None:
    """Rule 7."""
    both = worded("{text: {de: Das Angebot gefiel mir., en: I liked it.}, easy: {de: Es war gut.}}")
    assert both.text.wording(EASY) == Wording("Es war gut.", EASY)
    assert both.text.wording("en") == Wording("I liked it.", "en")
    assert both.plain.languages == {"de", "en"}
    plain = worded("{text: Das Angebot gefiel mir.}")
    assert plain.text.wording(EASY) == Wording("Das Angebot gefiel mir.", "de")


def test_what_is_read_out_may_differ_from_what_is_read() -> None:
    """Rule 7: a slash cannot be heard."""
    both = worded("{text: teils/teils, spoken: mal so und mal so}")
    assert both.spoken is not None
    assert (both.text.german, both.spoken.german) == ("teils/teils", "mal so und mal so")


def test_every_wording_is_found_where_the_file_has_it() -> None:
    """Rule 8."""
    asked = asking(
        "- {id: k1, kind: rating, scale: agreement, text: Gut., easy: Gut!, hint: Kurz.}"
    )
    found = {path: text.german for path, text in texts(asked)}
    question = ("sections", 0, "questions", 0)
    assert {path[4:]: text for path, text in found.items() if path[:4] == question} == {
        ("text",): "Gut.",
        ("easy",): "Gut!",
        ("hint",): "Kurz.",
    }
    assert found["title",] == "Probe"
    assert found["scales", "agreement", "options", 2, "text"] == "teils/teils"
