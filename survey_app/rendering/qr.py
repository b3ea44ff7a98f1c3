"""QR codes as vector pictures.

    qr_svg("HTTPS://UMFRAGE.EXAMPLE/Q/KQ7RM2H8BG", title="QR-Code zur Umfrage")

**Upper case makes a smaller code.** A QR code has an alphabet of 45 signs (0–9, A–Z, space and
``$%*+-./:``) that takes 5.5 bits a sign instead of 8. Scheme and host of an address are the same
in either case (RFC 3986, 6.2.2.1), and our own path is made to be. "HTTP://127.0.0.1:8000/Q/" and
a code need 29 × 29 modules in upper case and 33 × 33 in lower case: on the same paper each
module is larger, and an old phone reads it from further away.

Level Q restores a quarter of the code: a fold, a pen stroke, a drawing pin. The border of four
modules belongs to the code; without it scanners find nothing. (A page that leaves that much white
around it may ask for ``border=0`` and place the code by its visible edge.)

The path is the outline of the dark areas, not a pile of squares: there are no seams in which a
printer could draw hairlines, and it is a third of the size. Coordinates are whole modules; the
page decides how large they get.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

from markupsafe import Markup
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.main import QRCode

from survey_app.rendering.palette import PALETTE

BORDER: Final = 4

Point = tuple[int, int]

_SVG: Final = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img"'
    ' shape-rendering="crispEdges"><title>{title}</title>'
    '<path fill="{fill}" fill-rule="evenodd" d="{path}"/></svg>'
)


def qr_svg(text: str, *, title: str, border: int = BORDER) -> Markup:
    """Return `text` as a QR code. `title` is read aloud and becomes the alt text of a PDF."""
    rows = _modules(text, border)
    path = "".join(map(_drawn, _outlines(rows)))
    return _SVG.format(size=len(rows), title=title, fill=PALETTE.code, path=path)


def _modules(text: str, border: int) -> Sequence[Sequence[bool]]:
    """Return the rows of the code; true is dark."""
    code: QRCode[Any] = QRCode(error_correction=ERROR_CORRECT_Q, border=border)
    code.add_data(text)
    return code.get_matrix()


def _outlines(rows: Sequence[Sequence[bool]]) -> Iterator[list[Point]]:
    """Yield closed lines around the dark areas and around the holes in them."""
    ends = _edges(rows)
    while ends:
        start, *_ = ends
        line = [start]
        while len(line) == 1 or line[-1] != start:
            line.append(ends[line[-1]].pop())
            if not ends[line[-2]]:
                del ends[line[-2]]
        yield line


def _edges(rows: Sequence[Sequence[bool]]) -> dict[Point, list[Point]]:
    """Return the sides between dark and light, clockwise around the dark: ends by start."""
    dark = {(x, y): None for y, row in enumerate(rows) for x, filled in enumerate(row) if filled}
    ends = defaultdict(list)
    for x, y in dark:
        if (x, y - 1) not in dark:
            ends[x, y].append((x + 1, y))
        if (x + 1, y) not in dark:
            ends[x + 1, y].append((x + 1, y + 1))
        if (x, y + 1) not in dark:
            ends[x + 1, y + 1].append((x, y + 1))
        if (x - 1, y) not in dark:
            ends[x, y + 1].append((x, y))
    return ends


def _drawn(line: list[Point]) -> str:
    """Return a closed line as path commands, one for each change of direction."""
    steps = [f"M{line[0][0]} {line[0][1]}"]
    for (_, y), (to_x, to_y) in pairwise(line):
        axis, step = ("H", f"H{to_x}") if y == to_y else ("V", f"V{to_y}")
        if steps[-1].startswith(axis):
            steps.pop()
        steps.append(step)
    return "".join(steps) + "z"
