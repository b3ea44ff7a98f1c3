"""A document may bring pictures along, be enlarged, and be looked at before it is downloaded.

1. A picture that came with a document is drawn; the next document does not have it any more.
2. A document reaches no picture of another name, and none in a place of ours.
3. A scaled document has a scaled page and the same words on it.
4. A preview is the first page as PNG, as wide as it was asked for, and shows what the PDF shows.
5. The server's own process does not load PDFium.
"""

import subprocess
import sys
from io import BytesIO
from math import sqrt

import pytest
from PIL import Image

from survey_app.rendering.pdf import Document, PdfPool, Picture, RenderingFailed
from tests.rendering.paper import MM, open_pdf, pixels, text

HEAD = '<html lang="de"><head><title>Probe</title></head><body style="margin: 0">'
SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9h-9z"/></svg>'
BLACK = Picture.of(SQUARE, "svg")


def showing(source: str, *pictures: Picture) -> Document:
    """Return a document that shows a picture as large as half a page."""
    tag = f'<img alt="Bild" src="{source}" style="width: 100mm; height: 100mm"/>'
    return Document(f"{HEAD}{tag}</body></html>", (), pictures)


def test_a_picture_is_drawn_and_forgotten(pool: PdfPool) -> None:
    """Rule 1."""
    source = f"mitreden:pictures/{BLACK.name}"
    drawn = pixels(pool.render(showing(source, BLACK)), dpi=25.4)
    assert drawn.getpixel((60, 60)) == 0
    for _ in range(4):
        with pytest.raises(RenderingFailed) as failure:
            pool.render(showing(source))
        assert failure.value.reason == "refused"


def test_equal_pictures_have_equal_names() -> None:
    """Rule 1."""
    assert Picture.of(SQUARE, "svg") == BLACK
    assert Picture.of(SQUARE + b" ", "svg").name != BLACK.name


@pytest.mark.parametrize(
    "source",
    [
        "mitreden:pictures/other.svg",
        f"mitreden:pictures/../pictures/{BLACK.name}",
        f"file:{BLACK.name}",
        f"data:image/svg+xml;base64,{BLACK.base64}",
    ],
)
def test_no_other_picture_is_reached(pool: PdfPool, source: str) -> None:
    """Rule 2."""
    with pytest.raises(RenderingFailed) as failure:
        pool.render(showing(source, BLACK))
    assert failure.value.reason == "refused"


def test_a_picture_cannot_take_the_place_of_a_style_sheet(pool: PdfPool) -> None:
    """Rule 2: it is named below pictures/, whatever it calls itself."""
    hostile = Picture("../styles/base.css", BLACK.base64)
    plain = pool.render(Document(f"{HEAD}<p>x</p></body></html>"))
    assert pool.render(Document(f"{HEAD}<p>x</p></body></html>", (), (hostile,))) == plain


def test_a_scaled_document_has_a_scaled_page(pool: PdfPool) -> None:
    """Rule 3."""
    page = '<html lang="de"><head><title>P</title><style>@page { size: 210mm 297mm }</style></head><body><p>Wie war’s?</p></body></html>'
    small, large = (pool.render(Document(page, scale=scale)) for scale in (1.0, sqrt(2)))
    with open_pdf(large) as opened:
        size = [round(float(edge) / MM) for edge in opened.pages[0].mediabox[2:]]
    assert size == [297, 420]
    assert text(small) == text(large) == "Wie war’s?"


def test_a_preview_is_the_first_page_as_a_picture(pool: PdfPool) -> None:
    """Rule 4."""
    document = showing(f"mitreden:pictures/{BLACK.name}", BLACK)
    png = pool.preview(document, width=200)
    with Image.open(BytesIO(png)) as picture:
        assert (picture.format, picture.width) == ("PNG", 200)
        grey = picture.convert("L")
    paper = pixels(pool.render(document), dpi=25.4)
    share = [sum(each.histogram()[:50]) / (each.width * each.height) for each in (grey, paper)]
    assert abs(share[0] - share[1]) < 0.01
    assert share[0] > 0.1


def test_a_preview_that_cannot_be_drawn_says_why(pool: PdfPool) -> None:
    """Rule 4."""
    with pytest.raises(RenderingFailed) as failure:
        pool.preview(Document("<p>x"), width=100)
    assert failure.value.reason == "refused"


def test_the_server_does_not_load_pdfium() -> None:
    """Rule 5."""
    source = (
        "import sys; from survey_app.rendering.pdf import Document, PdfPool\n"
        "with PdfPool(1) as pool:\n"
        "    pool.preview(Document('<html lang=de><title>x</title><p>x'), width=50)\n"
        "print([name for name in ('pypdfium2', 'PIL', 'weasyprint') if name in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True
    )
    assert told.stdout == "[]\n"
