"""Pictures of sheets: what somebody has looked at is what is still drawn.

1. Both pages of a situation look like the picture in `pictures/`, which a person has looked at; a
   few tiles may differ, since another version of a font tool may set a line a hair elsewhere.
2. In grey, the two halves of a scale differ by hatching, and the four lights by their signs.

After a wanted change: delete the picture, run the test once (it draws a new one and fails), look
at the new one, and only then commit it.
"""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from survey_app.rendering.charts.base import hatches, luminance, tones
from survey_app.rendering.pdf import PdfPool
from survey_app.rendering.sheet import sheet_document
from tests.rendering.paper import GERMAN, pixels
from tests.support_sheets import SITUATIONS

PICTURES = Path(__file__).parent / "pictures"
DPI = 48
TILE = 8  # pixels, some four millimetres
DIFFERENT = 40  # of 255 shades, in the mean of a tile
TOLERATED = 0.01  # of all tiles


def both_pages(pdf: bytes) -> Image.Image:
    """Return both pages side by side, in sixteen greys."""
    one, two = (pixels(pdf, dpi=DPI, page=page) for page in (0, 1))
    whole = Image.new("L", (one.width + two.width, one.height))
    whole.paste(one, (0, 0))
    whole.paste(two, (one.width, 0))
    return whole.quantize(16)


def tiles(image: Image.Image) -> NDArray[np.float64]:
    """Return the mean shade of each tile."""
    shades = np.asarray(image.convert("L"), dtype=float)
    high, wide = (side // TILE for side in shades.shape)
    cut = shades[: high * TILE, : wide * TILE].reshape(high, TILE, wide, TILE)
    return np.asarray(cut.mean(axis=(1, 3)))


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_sheet_looks_as_it_was_looked_at(name: str, pool: PdfPool) -> None:
    """Rule 1."""
    drawn = both_pages(pool.render(sheet_document(SITUATIONS[name](), GERMAN)))
    kept = PICTURES / f"{name.lower().replace(' ', '-')}.png"
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        drawn.save(kept, optimize=True)
        pytest.fail(f"{kept.name} is new: look at it before you commit it")
    differ = np.abs(tiles(drawn) - tiles(Image.open(kept))) > DIFFERENT
    assert differ.mean() <= TOLERATED, f"{name} looks different; see {kept.name} and test file"


@pytest.mark.parametrize("steps", range(2, 8))
def test_the_halves_of_a_scale_differ_in_grey(steps: int) -> None:
    """Rule 2: hatched below the middle, plain from there; lines contrast with their ground."""
    lines = hatches(steps)
    assert [bool(line) for line in lines] == [step < steps // 2 for step in range(steps)]
    for ground, line in zip(tones(steps), lines, strict=True):
        if line:
            light, dark = sorted((luminance(ground), luminance(line)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 2
