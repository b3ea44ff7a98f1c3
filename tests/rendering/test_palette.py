"""Colours keep their contrast, in colour and on a black-and-white printer.

1. Ink, soft ink and accent reach WCAG AA (4.5:1) on paper, and both inks on the loud colours.
2. Paper and the loud colour reach it on ink.
3. A greyscale printer keeps it: it prints luminance.
4. Every colour is a CSS variable, and no stylesheet names a colour of its own.
5. Whatever colour a network may choose, text stays readable on it, and on the strip of the code.
"""

import re
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import survey_app.rendering.palette as module
from survey_app.domain.branding import contrast, nearest_usable
from survey_app.rendering.palette import PALETTE, branded

STYLES = sorted((Path(module.__file__).parent / "styles").glob("*.css"))
PAIRS = [
    *[(text, "paper") for text in ("ink", "ink_soft", "accent")],
    *[(text, ground) for text in ("ink", "ink_soft") for ground in ("loud", "loud_soft")],
    *[(text, "ink") for text in ("paper", "loud", "loud_soft")],
    ("paper", "accent"),
]


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_is_readable_on_its_ground(text: str, ground: str) -> None:
    """Rules 1 to 3."""
    colours = asdict(PALETTE)
    light, dark = sorted((luminance(colours[name]) for name in (text, ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_every_colour_is_a_css_variable() -> None:
    """Rule 4."""
    declared = dict(re.findall(r"--([\w-]+): (#\w{6});", PALETTE.css()))
    assert declared == {name.replace("_", "-"): value for name, value in asdict(PALETTE).items()}


@pytest.mark.parametrize("path", STYLES, ids=[path.name for path in STYLES])
def test_stylesheets_name_no_colour_of_their_own(path: Path) -> None:
    """Rule 4."""
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", path.read_text()) == []


@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_text_is_readable_in_every_colour_of_a_network(wish: str) -> None:
    """Rule 5: the nearest colour to any wish that is taken at all."""
    palette = branded(nearest_usable(wish))
    pairs = [
        (palette.on_loud, palette.loud),
        (palette.ink, palette.loud_soft),
        (palette.ink_soft, palette.loud_soft),
        (palette.on_deep, palette.deep),
        (palette.paper, palette.deep),
    ]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


def test_our_own_yellow_is_our_own_palette() -> None:
    """Rule 5."""
    assert branded(PALETTE.loud) is PALETTE
