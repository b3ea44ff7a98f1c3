"""The colour of a network is one that can be read on, from across the room and on a grey copy.

1. Contrast is that of WCAG 2.2.
2. A colour is read as people write it, and refused with its field if it is none.
3. A colour on which neither ink nor white is readable is refused, and so is one that paper hides;
   the refusal names a shade that is taken.
4. That shade is always usable, and a usable colour is its own.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.domain.branding import (
    INK,
    PAPER,
    Branding,
    contrast,
    faults_of_colour,
    nearest_usable,
    read_colour,
    text_on,
)
from survey_app.domain.messages import InvalidDefinition

COLOURS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),  # the grey that every table of WCAG names
        ("#ffd23f", INK, 11.81),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    """Rule 1."""
    assert round(contrast(one, other), 2) == ratio
    assert contrast(one, other) == contrast(other, one)


@pytest.mark.parametrize("typed", ["#00695c", "00695C", " #00695C "])
def test_a_colour_is_read_as_people_write_it(typed: str) -> None:
    """Rule 2."""
    assert read_colour(typed) == "#00695c"


def test_a_short_colour_is_read() -> None:
    """Rule 2."""
    assert read_colour("#F0a") == "#ff00aa"


@pytest.mark.parametrize("typed", ["grün", "", "#12", "#1234567", "rgb(0,0,0)", "#00695c;x"])
def test_what_is_no_colour_is_refused(typed: str) -> None:
    """Rule 2."""
    with pytest.raises(InvalidDefinition) as refused:
        read_colour(typed)
    (fault,) = refused.value.faults
    assert fault.at == ("accent",)
    assert str(fault.message) == (f"„{typed}“ ist keine Farbe. Bitte geben Sie sie so an: #00695c.")


@pytest.mark.parametrize(
    ("accent", "sentence"),
    [
        (
            "#777777",
            "Auf #777777 ist weder weiße noch dunkle Schrift gut zu lesen. Lesbar wäre #767676.",
        ),
        (
            "#fffff0",
            "#fffff0 ist auf weißem Papier kaum zu sehen. Kräftiger wäre #e2e0d9.",
        ),
    ],
)
def test_a_colour_that_cannot_be_read_on_is_refused(accent: str, sentence: str) -> None:
    """Rule 3."""
    with pytest.raises(InvalidDefinition) as refused:
        Branding(accent)
    (fault,) = refused.value.faults
    assert (str(fault.message), fault.at) == (sentence, ("accent",))


@given(COLOURS)
def test_the_nearest_shade_is_usable(colour: str) -> None:
    """Rule 4."""
    shade = nearest_usable(colour)
    assert faults_of_colour(shade) == []
    assert text_on(shade) in (INK, PAPER)
    if not faults_of_colour(colour):
        assert shade == colour
