"""How wide a text is in our font, and how many lines it takes.

The sheet has two pages, whatever people write. Who wants to know before drawing whether something
fits has to measure it the way the page will: with the widths of the same font. Kerning only makes
a text narrower, and we break at spaces only, so that a text never needs more lines than counted.
"""

from functools import cache, lru_cache
from math import ceil
from pathlib import Path
from typing import Final

FONTS: Final = Path(__file__).parent / "fonts"
MM_PER_POINT: Final = 25.4 / 72
UNKNOWN_LETTER: Final = 0.75  # of the size; wider than most letters of any script


@cache
def widths(face: str = "Regular") -> dict[int, float]:
    """Return the width of each letter of one face of Source Sans 3, in ems, by code point.

    Letters it does not have come from Noto Sans Arabic; they are taken as they stand alone, since
    joined ones are hardly ever wider.
    """
    arabic = "Regular" if face == "Regular" else "Bold"
    return _widths(f"NotoSansArabic-{arabic}") | _widths(f"SourceSans3-{face}")


def _widths(name: str) -> dict[int, float]:
    from fontTools.ttLib import TTFont  # not before something is measured: servers start lean

    with TTFont(FONTS / f"{name}.ttf", lazy=True) as font:
        advances, em = font["hmtx"], font["head"].unitsPerEm
        return {code: advances[glyph][0] / em for code, glyph in font.getBestCmap().items()}


@lru_cache(10_000)
def width_of(text: str, size: float, face: str = "Regular") -> float:
    """Return the width of `text` at `size` points, in millimetres."""
    known = widths(face)
    return size * MM_PER_POINT * sum(known.get(ord(letter), UNKNOWN_LETTER) for letter in text)


@lru_cache(10_000)
def lines_of(text: str, width: float, size: float, face: str = "Regular") -> int:
    """Return how many lines `text` takes in a column of `width` millimetres."""
    space = width_of(" ", size, face)
    lines, used = 1, 0.0
    for word in text.split(" "):
        needed = width_of(word, size, face)
        if used and used + space + needed > width:
            lines, used = lines + 1, 0.0
        if needed > width:  # a word wider than the column is broken anywhere
            lines += ceil(needed / width) - 1
            needed = width
        used += needed + (space if used else 0.0)
    return lines


def shortened(text: str, lines: int, width: float, size: float, face: str = "Regular") -> str:
    """Return `text` cut at a word so that it takes at most `lines` lines; "…" says that it is."""
    if lines_of(text, width, size, face) <= lines:
        return text
    words = text.split(" ")
    while len(words) > 1 and lines_of(" ".join(words) + " …", width, size, face) > lines:
        words.pop()
    return " ".join(words) + " …"
