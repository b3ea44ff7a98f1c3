"""How large a text of unknown length can be set in a box of known size.

CSS cannot shrink a text to its box, and titles are written by people: 8 letters or 120, with words
such as "Medienkompetenzförderung". `fitting_size` lays the words out in lines with the
approximate widths of our letters and returns the largest of some sizes at which nothing has to
be hyphenated. A text that is too long even for the smallest size gets the smallest.

The widths are those of our heaviest font and err on the wide side; a test measures the fonts.
"""

from collections.abc import Iterable, Sequence
from math import ceil

MM_PER_POINT = 25.4 / 72

_WIDTHS = {
    0.2: " ",
    0.31: ",.:;'’‘·Iijl|ıİії",
    0.36: "!()[]/-‐•f",
    0.41: "rtłț",
    0.47: "cszçşśźżșćґгсэ_?“”„–",
    0.8: "wMW—ФМЪъжфшюЫ",
    0.95: "m%@…ЖШЩЮщы",
}
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_CAPITAL, _OTHER = 0.65, 0.57


def fitting_size(
    text: str, sizes: Sequence[float], *, width: float, height: float, leading: float = 1.25
) -> float:
    """Return the largest of `sizes` (points, falling) at which `text` fits without a broken word.

    width, height: of the box, in millimetres; leading: height of a line in ems. A newline in
    the text starts a new line.
    """
    for size in sizes:
        whole = all(ems(word) * size * MM_PER_POINT <= width for word in text.split())
        if whole and text_height(text, size, width=width, leading=leading) <= height:
            return size
    return sizes[-1]


def headline_size(
    text: str,
    sizes: Sequence[float],
    *,
    width: float,
    height: float,
    leading: float = 1.25,
    one_line: float = 0.6,
) -> float:
    """Return the same for a call, which stays on one line if it keeps `one_line` of its size."""
    size = fitting_size(text, sizes, width=width, height=height, leading=leading)
    fits = width / (ems(text) * MM_PER_POINT) if text else size
    single = next((each for each in sizes if each <= fits), 0)
    return single if size * one_line <= single < size else size


def text_height(text: str, size: float, *, width: float, leading: float = 1.25) -> float:
    """Return the height in millimetres of `text`, set `width` millimetres wide."""
    em = size * MM_PER_POINT
    lines = sum(_lines(paragraph.split(), width / em) for paragraph in text.split("\n"))
    return lines * leading * em


def _lines(words: Iterable[str], width: float) -> int:
    """Return how many lines of `width` ems the words take; a word too wide is broken."""
    lines, used = 1, 0.0
    for word in words:
        needed = ems(word)
        if used and used + _em(" ") + needed > width:
            lines, used = lines + 1, 0.0
        used += needed + (_em(" ") if used else 0.0)
        broken = max(0, ceil(used / width) - 1)
        lines, used = lines + broken, used - broken * width
    return lines


def ems(text: str) -> float:
    """Return the approximate width of `text` in ems."""
    return sum(map(_em, text))


def _em(letter: str) -> float:
    return _WIDTH.get(letter) or (_CAPITAL if letter.isupper() else _OTHER)
