"""Logos that people upload: looked at, and made anew.

What is stored and printed is never the file that came, only what was understood of it. A PNG is
decoded and encoded again, which leaves out its metadata and whatever hangs behind its pixels. An
SVG stays a drawing, so that it is sharp on A3: `logo_svg` reads shapes and flat colours out of it
and writes a new one. What is not understood is refused with a way out, not dropped: half a logo is
none.

The limits keep a small file from growing large: pixels are counted before they are unpacked.
"""

from io import BytesIO
from typing import Final

from PIL import Image, UnidentifiedImageError

from survey_app.domain.branding import Logo, LogoKind
from survey_app.domain.messages import N_, Fault, InvalidDefinition, Message
from survey_app.rendering.logo_svg import cleaned_svg

LARGEST_FILE: Final = 1_000_000
LARGEST_SIDE: Final = 3000
LARGEST_KEPT: Final = 1200  # pixels: 300 dpi on the widest place a logo has, 10 cm
SMALLEST_SIDE: Final = 32
MOST_UNEVEN: Final = 12  # times as wide as high, or as high as wide
PNG_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"


def read_logo(content: bytes) -> Logo:
    """Return the logo in a PNG or SVG file. Raises InvalidDefinition with the field ``logo``."""
    if len(content) > LARGEST_FILE:
        raise refusal(TOO_LARGE, most=LARGEST_FILE // 1_000_000)
    logo = _png(content) if content.startswith(PNG_SIGNATURE) else _svg(content)
    if max(logo.width, logo.height) > MOST_UNEVEN * min(logo.width, logo.height):
        raise refusal(TOO_LONG, most=MOST_UNEVEN)
    return logo


def _png(content: bytes) -> Logo:
    try:
        with Image.open(BytesIO(content), formats=["PNG"]) as opened:
            _check_size(*opened.size)
            picture = opened.convert("RGBA")
    except InvalidDefinition:
        raise
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise refusal(BROKEN) from None
    picture = _trimmed(picture)
    picture.thumbnail((LARGEST_KEPT, LARGEST_KEPT), Image.Resampling.LANCZOS)
    saved = BytesIO()
    fresh = Image.frombytes("RGBA", picture.size, picture.tobytes())  # nothing but its pixels
    fresh.save(saved, "PNG", optimize=True)
    return Logo(LogoKind.PNG, saved.getvalue(), *map(float, picture.size))


def _check_size(width: int, height: int) -> None:
    if max(width, height) > LARGEST_SIDE:
        raise refusal(TOO_MANY_PIXELS, most=LARGEST_SIDE)
    if min(width, height) < SMALLEST_SIDE:
        raise refusal(TOO_SMALL, least=SMALLEST_SIDE)


def _trimmed(picture: Image.Image) -> Image.Image:
    """Return the picture without the transparent edges that many logos bring along."""
    box = picture.getchannel("A").getbbox()
    if box is None:
        raise refusal(EMPTY)
    return picture.crop(box)


def _svg(content: bytes) -> Logo:
    drawing = cleaned_svg(content)
    return Logo(LogoKind.SVG, drawing.text.encode(), drawing.width, drawing.height)


def refusal(sentence: str, **values: object) -> InvalidDefinition:
    """Return the refusal of a logo."""
    return InvalidDefinition(Fault(Message(sentence, values), ("logo",)))


TOO_LARGE = N_("Die Datei ist größer als %(most)s MB. Bitte verkleinern Sie das Logo.")
TOO_MANY_PIXELS = N_(
    "Das Logo ist breiter oder höher als %(most)s Bildpunkte. Bitte verkleinern Sie es."
)
TOO_SMALL = N_("Das Logo hat weniger als %(least)s Bildpunkte. Gedruckt wäre es nicht zu erkennen.")
TOO_LONG = N_(
    "Das Logo ist mehr als %(most)s-mal so lang wie breit. Bitte nehmen Sie eine andere Fassung."
)
BROKEN = N_("Die Datei lässt sich nicht als PNG lesen. Bitte speichern Sie das Logo noch einmal.")
EMPTY = N_("Das Logo ist ganz durchsichtig. Bitte nehmen Sie eine andere Fassung.")
