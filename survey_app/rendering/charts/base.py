"""What all charts are made of: a few shapes, their colours, and the size of the paper.

Coordinates are in the unit of the frame, from its upper left corner. Shapes carry numbers, not
text: the template writes them without a locale, since a German "8,5" would break the picture.

Colours are the palette's ink and accent, lightened. An ordered scale runs from accent through a
pale middle to ink, and each half gets darker towards its end; its low half is hatched. So order and
side survive a school's black-and-white printer.
"""

from collections.abc import Iterator
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass
from functools import cache
from math import ceil
from typing import Final

from survey_app.domain.comparison import GroupChange, LookBack, MirroredPair
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.messages import Words
from survey_app.domain.results import ResultRow
from survey_app.rendering.metrics import MM_PER_POINT, width_of
from survey_app.rendering.palette import PALETTE

Thing = ResultRow | MirroredPair | GroupChange | LookBack
DIGIT_WIDTH: Final = 0.5  # of the type size; Source Sans 3 has figures of equal width
HALF_FIGURE: Final = 0.33  # half the height of a figure, to set it on the middle of a bar


@dataclass(frozen=True)
class Frame:
    """How large one drawing is: width, height and type size, in `unit` (empty on screens)."""

    width: float
    height: float
    type_size: float
    unit: str = ""


@dataclass(frozen=True)
class Pen:
    """What a chart needs beside the data: the size, the language, and when few are few."""

    frame: Frame
    words: Words
    policy: DisclosurePolicy


@dataclass(frozen=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True)
class Rules:
    """Straight lines of one kind: from (x1, y1) to (x2, y2) each."""

    lines: tuple[tuple[float, float, float, float], ...]
    colour: str
    thickness: float


@dataclass(frozen=True)
class Dot:
    """A circle, or a square standing on its corner: two groups differ in form, not in colour."""

    x: float
    y: float
    radius: float
    fill: str
    edge: str
    diamond: bool = False

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """Return the corners of the diamond."""
        reach = 1.25 * self.radius
        return (
            (self.x, self.y - reach),
            (self.x + reach, self.y),
            (self.x, self.y + reach),
            (self.x - reach, self.y),
        )


@dataclass(frozen=True)
class Figure:
    """A number or a short code, centred on x, standing on y."""

    x: float
    y: float
    text: str
    fill: str

    def start(self, frame: Frame) -> float:
        """Return where it starts when it is set in our bold face."""
        return self.x - width_of(self.text, frame.type_size / MM_PER_POINT, "Bold") / 2


@dataclass(frozen=True)
class Drawing:
    """One picture; `title` says its finding."""

    frame: Frame
    title: str
    boxes: tuple[Box, ...] = ()
    rules: tuple[Rules, ...] = ()
    dots: tuple[Dot, ...] = ()
    figures: tuple[Figure, ...] = ()


def lightened(colour: str, share: float) -> str:
    """Return `colour` brought closer to white by `share`, as vivid as before.

    >>> lightened("#000000", 0.5), lightened("#1d1442", 1.0)
    ('#808080', '#ffffff')
    """
    hue, light, vividness = rgb_to_hls(*(channel / 255 for channel in _channels(colour)))
    rgb = hls_to_rgb(hue, light + share * (1 - light), vividness)
    return "#" + "".join(f"{round(255 * part):02x}" for part in rgb)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2, from 0 (black) to 1 (white)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@cache
def readable_on(fill: str) -> str:
    """Return white or black, whichever contrasts more with `fill`: one of them always does."""
    light, ground, dark = (luminance(c) + 0.05 for c in (PALETTE.paper, fill, PALETTE.code))
    return PALETTE.paper if light / ground > ground / dark else PALETTE.code


NEUTRAL: Final = lightened(PALETTE.line, 0.6)
TRACK: Final = lightened(PALETTE.line, 0.65)
PALEST: Final = 0.66
PALE_FROM: Final = 0.3  # luminance; paler tones are hatched in dark


@cache
def tones(steps: int) -> tuple[str, ...]:
    """Return the colours of an ordered scale from its low to its high end."""
    half = steps // 2
    shares = [PALEST * (1 - step / (half - 1)) for step in range(half)] if half > 1 else [0.3]
    low = [lightened(PALETTE.accent, share) for share in reversed(shares)]
    high = [lightened(PALETTE.ink, share) for share in shares]
    return (*low, *([NEUTRAL] if steps % 2 else []), *high)


@cache
def hatches(steps: int) -> tuple[str, ...]:
    """Return the colour of the hatching of each step; empty where a step is plain."""
    low = tones(steps)[: steps // 2]
    drawn = [PALETTE.paper if luminance(tone) < PALE_FROM else PALETTE.accent for tone in low]
    return (*drawn, *[""] * (steps - len(low)))


def hatching(
    left: float, right: float, top: float, bottom: float, gap: float
) -> Iterator[tuple[float, float, float, float]]:
    """Yield the slanted lines of a hatched rectangle; those of neighbours go on from one another.

    >>> list(hatching(0, 2, 0, 2, 2))
    [(0, 2, 2, 0)]
    """
    height = bottom - top
    for place in range(ceil((left - height) / gap), ceil(right / gap)):
        start = place * gap
        x1, x2 = max(left, start), min(right, start + height)
        if x2 > x1:
            yield x1, bottom - (x1 - start), x2, bottom - (x2 - start)


def fits(text: str, width: float, frame: Frame) -> bool:
    """Return whether a figure has room in a bar of this width."""
    return (len(text) * DIGIT_WIDTH + 0.5) * frame.type_size <= width


def on_middle(x: float, y: float, text: str, fill: str, frame: Frame) -> Figure:
    """Return a figure whose middle is at (x, y)."""
    return Figure(x, y + HALF_FIGURE * frame.type_size, text, fill)
