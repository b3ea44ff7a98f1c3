"""A QR code is small, sharp and readable where it is printed smallest.

1. It is one path, drawn around the dark areas: its area is the number of dark modules.
2. It is decoded at 25 mm and 100 dpi, with a short and with a long address, in greyscale.
3. It is decoded with a tenth of it covered.
4. An upper-case address makes a smaller code than the same one in lower case.
5. The border is four modules, and none if the page provides it.
6. The title is read aloud: it becomes the alternative text of the PDF, whatever is in it.
"""

import re
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import ImageDraw
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.main import QRCode

from survey_app.rendering.pdf import Document, PdfPool
from survey_app.rendering.qr import qr_svg
from tests.rendering.paper import decoded, pixels, structure

SHORT = "HTTP://127.0.0.1:8000/Q/KQ7RM2H8BG"
LONG = "HTTPS://UMFRAGE.NETZWERK-GESUNDE-KOMMUNE.KREIS-VIERSEN.EXAMPLE/Q/KQ7RM2H8BG"
SVG = "{http://www.w3.org/2000/svg}"


def on_paper(svg: str, *, millimetres: float) -> Document:
    """Return a document with nothing but the code."""
    return Document(
        "<html lang=de><title>Probe</title><style>@page { size: 60mm; margin: 5mm }"
        f"svg {{ width: {millimetres}mm; height: {millimetres}mm }}</style>{svg}"
    )


def side(svg: str) -> int:
    """Return the number of modules from edge to edge."""
    return int(ElementTree.fromstring(svg).attrib["viewBox"].split()[2])


def area(path: str) -> float:
    """Return the area of closed lines that run around dark clockwise and around holes back."""
    total = 0
    for outline in path.strip("z").split("z"):
        points = [(0, 0)]
        for command, x, y in re.findall(r"([MHV])(\d+) ?(\d*)", outline):
            here = points[-1]
            points.append({"M": (int(x), int(y or 0)), "H": (int(x), here[1])}.get(command, here))
            if command == "V":
                points[-1] = (here[0], int(x))
        closed = [*points[1:], points[1]]
        total += sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(closed))
    return total / 2


@pytest.mark.parametrize("address", [SHORT, LONG])
def test_code_is_the_outline_of_its_dark_modules(address: str) -> None:
    """Rule 1."""
    root = ElementTree.fromstring(qr_svg(address, title="Code"))
    (path,) = root.findall(f".//{SVG}path")
    code: QRCode[Any] = QRCode(error_correction=ERROR_CORRECT_Q)
    code.add_data(address)
    assert area(path.attrib["d"]) == sum(map(sum, code.get_matrix()))
    assert [root.attrib["shape-rendering"], path.attrib["fill"]] == ["crispEdges", "#000000"]


@pytest.mark.parametrize("address", [SHORT, LONG])
def test_code_is_read_at_25_mm_and_100_dpi(pool: PdfPool, address: str) -> None:
    """Rule 2."""
    pdf = pool.render(on_paper(qr_svg(address, title="Code"), millimetres=25))
    assert decoded(pixels(pdf, dpi=100)) == [address]


def test_code_is_read_with_a_tenth_covered(pool: PdfPool) -> None:
    """Rule 3: a drawing pin in the middle."""
    image = pixels(pool.render(on_paper(qr_svg(SHORT, title="Code"), millimetres=50)), dpi=200)
    middle, reach = image.width / 2, 0.16 * image.width * 50 / 60 * 29 / 37
    ImageDraw.Draw(image).rectangle(
        (middle - reach, middle - reach, middle + reach, middle + reach), fill=128
    )
    assert decoded(image) == [SHORT]


def test_upper_case_makes_a_smaller_code() -> None:
    """Rule 4."""
    sides = [side(qr_svg(text, title="Code", border=0)) for text in (SHORT, SHORT.lower())]
    assert sides == [29, 33]


def test_border_is_four_modules() -> None:
    """Rule 5."""
    assert side(qr_svg(SHORT, title="Code")) == 29 + 2 * 4


def test_title_is_the_alternative_text(pool: PdfPool) -> None:
    """Rule 6."""
    title = 'Code <b>&amp; "mehr"</b> \u2013 رمز'
    pdf = pool.render(on_paper(qr_svg(SHORT, title=title), millimetres=25))
    assert structure(pdf) == [("Document", ""), ("Figure", title)]
