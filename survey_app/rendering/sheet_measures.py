"""The measures of a sheet that heights are computed from: widths, densities, lines, headings.

They mirror ``styles/sheet.css``; see sheet_heights.py.
"""

from dataclasses import dataclass
from typing import Final

from survey_app.rendering.metrics import MM_PER_POINT, lines_of

WIDTH: Final = 180.0
HALF: Final = 88.0
THIRD: Final = 57.3
FACT: Final = 42.0
FIGURES: Final = 40.0  # the three columns of figures beside the bars
SIDES: Final = 46.0  # the three columns of figures beside the dots
LEADING: Final = 1.25
HAIR: Final = 0.2
SMALL: Final = 8.0


@dataclass(frozen=True)
class Density:
    """How closely a page is set.

    text: type of statements; bar: height of bars; pad: above and below a row; gap: above a
    heading; statement: width of the column of statements.
    """

    text: float
    bar: float
    pad: float
    gap: float
    statement: float

    @property
    def bar_width(self) -> float:
        """Return the width of bars: what statements and figures leave."""
        return WIDTH - self.statement - 4 - FIGURES - 2

    @property
    def dots_width(self) -> float:
        """Return the width of paired dots."""
        return WIDTH - self.statement - 4 - SIDES - 2

    @property
    def columns(self) -> float:
        """Return the height of a picture with columns."""
        return 8 + 1.6 * self.bar


def line(size: float, leading: float = LEADING) -> float:
    """Return the height of one line."""
    return size * MM_PER_POINT * leading


def text(words: str, width: float, size: float, face: str = "Regular") -> float:
    """Return the height of a paragraph."""
    return lines_of(words, width, size, face) * line(size)


def heading(words: str, density: Density, width: float = WIDTH) -> float:
    """Return the height of a section's heading with the gap above it."""
    return density.gap + 2.0 + lines_of(words, width, 11, "Bold") * line(11)


def head() -> float:
    """Return the height of a table's head."""
    return 0.8 + line(SMALL)
