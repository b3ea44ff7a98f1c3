"""How the paper of a network looks: one colour and one logo.

The colour is the ground that headlines stand on. Whoever hangs a poster in a school wants it read
from across the room, also from a copy in black and white; so a colour is taken only if text on it
is readable, and a refusal names the nearest shade that would be. A copier prints luminance, which
is what the contrast of WCAG is computed from: what passes here passes there.

    Branding(accent="#00695c")      white text, 6.6 : 1
    Branding(accent="#777777")      refused: 4.5 : 1 is reached by neither white nor our ink

A logo is kept as it was re-encoded (`rendering.logos`), never as it was uploaded.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from survey_app.domain.messages import N_, Fault, InvalidDefinition, Message, refuse

INK: Final = "#1d1442"
PAPER: Final = "#ffffff"
LOUD: Final = "#ffd23f"
PALE: Final = "#dedbe8"

READABLE: Final = 4.5  # WCAG 2.2, 1.4.3
VISIBLE: Final = 1.3  # a large area on white paper; our yellow has 1.4
STEPS: Final = 200

COLOUR: Final = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")


class LogoKind(StrEnum):
    """What a stored logo is."""

    PNG = "png"
    SVG = "svg"


@dataclass(frozen=True)
class Logo:
    """A logo that was checked and re-encoded. `width` and `height` tell its proportions."""

    kind: LogoKind
    content: bytes
    width: float
    height: float

    @property
    def media_type(self) -> str:
        """Return the media type."""
        return MEDIA_TYPES[self.kind]


MEDIA_TYPES: Final = {LogoKind.PNG: "image/png", LogoKind.SVG: "image/svg+xml"}


@dataclass(frozen=True)
class Branding:
    """The colour of a network as ``#rrggbb``, and its logo. Raises InvalidDefinition."""

    accent: str = LOUD
    logo: Logo | None = None

    def __post_init__(self) -> None:
        refuse(faults_of_colour(self.accent))


def read_colour(typed: str) -> str:
    """Return a colour as ``#rrggbb``, from ``#00695C``, ``00695c`` or ``#069``.

    Raises InvalidDefinition with the field ``accent``.
    """
    found = COLOUR.fullmatch(typed.strip())
    if found is None:
        raise InvalidDefinition(Fault(Message(NO_COLOUR, {"typed": typed[:20]}), ("accent",)))
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def faults_of_colour(colour: str) -> list[Fault]:
    """Return why a colour cannot be the ground of a headline."""
    values = {"colour": colour, "guess": nearest_usable(colour)}
    if contrast(colour, PAPER) < VISIBLE:
        return [Fault(Message(TOO_PALE, values), ("accent",))]
    if contrast(colour, text_on(colour)) < READABLE:
        return [Fault(Message(UNREADABLE, values), ("accent",))]
    return []


def text_on(ground: str) -> str:
    """Return the colour of text that is read best on `ground`: ink or paper."""
    return max((INK, PAPER), key=lambda text: contrast(text, ground))


def nearest_usable(colour: str) -> str:
    """Return the shade nearest to `colour`, darker or lighter, that can be a ground."""
    for step in range(STEPS):
        for end in (INK, PAPER):
            shade = mixed(colour, end, step / STEPS)
            if _is_usable(shade):
                return shade
    return INK


def _is_usable(colour: str) -> bool:
    seen = contrast(colour, PAPER) >= VISIBLE
    return seen and contrast(colour, text_on(colour)) >= READABLE


def mixed(colour: str, other: str, share: float) -> str:
    """Return `colour` with `share` of `other` in it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``, 0 to 1 (WCAG 2.2)."""
    shares = (channel / 255 for channel in _channels(colour))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


NO_COLOUR = N_("„%(typed)s“ ist keine Farbe. Bitte geben Sie sie so an: #00695c.")
TOO_PALE = N_("%(colour)s ist auf weißem Papier kaum zu sehen. Kräftiger wäre %(guess)s.")
UNREADABLE = N_(
    "Auf %(colour)s ist weder weiße noch dunkle Schrift gut zu lesen. Lesbar wäre %(guess)s."
)
