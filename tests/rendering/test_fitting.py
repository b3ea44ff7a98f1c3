"""Sizes are chosen by widths that are close to the real ones and never below them.

1. A sentence is estimated at its real width in our heaviest font, plus at most a tenth.
2. The largest size at which the text fits is taken; one millimetre less takes the next size.
3. No word is broken while a smaller size would keep it whole; the smallest size takes anything.
4. A newline starts a line.
5. A call stays on one line if that costs at most two fifths of its size.
"""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import survey_app.rendering.fitting as module
from survey_app.rendering.fitting import ems, fitting_size, headline_size, text_height

FONTS = Path(module.__file__).parent / "fonts"
MM = 25.4 / 72
SENTENCES = [
    "Sag uns, wie’s war!",
    "Was hat die Fortbildung Ihnen gebracht?",
    "Klick mit Kopf: Medienwoche der Gesamtschule",
    "Selbstwirksamkeitserwartungsförderung",
    "umfrage.netzwerk-gesunde-kommune.example/q",
    "KQ7RM-2H8BG",
    "WWMMW-2WMWM",
    "Bize nasıl geçtiğini anlat!",
    "Powiedz nam, jak było!",
    "Spune-ne cum a fost!",
    "Розкажи нам, як усе було!",
    "Расскажи нам, как всё было!",
    "Съешь ещё этих мягких французских булок",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_estimate_is_the_real_width_or_a_little_more(sentence: str) -> None:
    """Rule 1."""
    font = TTFont(FONTS / "SourceSans3-Black.ttf")
    advances = [font["hmtx"][font.getBestCmap()[ord(letter)]][0] for letter in sentence]
    ratio = ems(sentence) / (sum(advances) / font["head"].unitsPerEm)
    assert 1 <= ratio <= 1.1


def test_largest_size_that_fits_is_taken() -> None:
    """Rule 2."""
    text, size = "Sag uns, wie’s war!", 40
    width = ems(text) * size * MM + 0.5
    height = text_height(text, size, width=width)
    assert height == 1.25 * (size * MM)
    assert fitting_size(text, (50, 40, 30), width=width, height=height) == 40
    assert fitting_size(text, (50, 40, 30), width=width - 1, height=height) == 30
    assert fitting_size(text, (50, 40, 30), width=width, height=height - 1) == 30


def test_word_is_broken_only_at_the_smallest_size() -> None:
    """Rule 3."""
    word = "Medienkompetenzförderung"
    assert fitting_size(word, (40, 30, 20, 10), width=100, height=100) == 20
    assert fitting_size(word, (40, 30, 20, 10), width=20, height=1) == 10
    assert text_height(word, 10, width=20) == 3 * 1.25 * (10 * MM)


def test_newline_starts_a_line() -> None:
    """Rule 4."""
    assert text_height("Ja\nNein", 10, width=100) == 2 * text_height("Ja Nein", 10, width=100)


def test_a_call_stays_on_one_line_where_that_is_cheap() -> None:
    """Rule 5."""
    sizes, said = (90, 60, 40, 20), "Sag uns, wie’s war!"
    wide = ems(said) * 60 * MM + 1
    assert fitting_size(said, sizes, width=wide, height=90) == 90
    assert headline_size(said, sizes, width=wide, height=90) == 60
    assert headline_size(said, sizes, width=wide / 2, height=90) == 60
    assert headline_size("", sizes, width=10, height=100) == 90
