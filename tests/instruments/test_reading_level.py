"""How hard a text is to read.

1. LIX is words per sentence plus the share of words of more than six letters, computed by hand.
2. A number, a sign or a quotation mark is no word; a hyphen makes one word.
3. Sentences end at . ? ! : and at the end of a line, not at a dot inside a word.
"""

import pytest

from survey_app.instruments.reading_level import lix, longest_sentence, sentences, words


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Ich bin gern hier.", 4 / 1 + 100 * 0 / 4),
        ("Das Angebot hat mir insgesamt gefallen.", 6 / 1 + 100 * 3 / 6),
        ("Ich bin hier. Hier ist es gut.", 7 / 2 + 100 * 0 / 7),
        ("Gesundheitskompetenz", 1 + 100),
        ("", 0),
        ("123 – 456", 0),
    ],
)
def test_lix_computed_by_hand(text: str, level: float) -> None:
    """Rule 1."""
    assert lix(text) == pytest.approx(level)


def test_texts_are_measured_together() -> None:
    """Rule 1: not the mean of their levels."""
    assert lix("Ich bin hier.", "Gesundheitskompetenz") == pytest.approx(4 / 2 + 100 * 1 / 4)


def test_words() -> None:
    """Rule 2."""
    text = "„Ich“ sag’s: 3 Gesundheits-Tipps, 5 % davon!"
    assert words(text) == ["Ich", "sag’s", "Gesundheits-Tipps", "davon"]


def test_sentences() -> None:
    """Rule 3."""
    text = "Wie war’s? „Gut.“ Das zählt Nr.3 auch\nund das"
    assert sentences(text) == ["Wie war’s?", "„Gut.", "Das zählt Nr.3 auch", "und das"]
    assert longest_sentence([text, "Ja."]) == 4
