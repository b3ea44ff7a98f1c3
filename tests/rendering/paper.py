"""What a test sees of a PDF: its text, its words with their places, its pixels, its structure."""

import html
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from gettext import NullTranslations
from io import BytesIO
from typing import Any, Final

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import zxingcpp
from babel import Locale
from PIL import Image

from survey_app.languages import Language

MM: Final = 72 / 25.4
WRAPPERS: Final = {"Span", "NonStruct"}

GERMAN: Final = Language("de", Locale.parse("de"), NullTranslations)


class Catalogue(NullTranslations):
    """A catalogue that is a dictionary."""

    def __init__(self, sentences: dict[str, str]) -> None:
        super().__init__()
        self.sentences = sentences

    def gettext(self, message: str) -> str:
        """Return the translation, or the German sentence."""
        return self.sentences.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the translation of the form that German would take."""
        return self.gettext(msgid1 if n == 1 else msgid2)


def language(code: str, **sentences: str) -> Language:
    """Return a language with a few sentences; the others stay German."""
    return Language(code, Locale.parse(code), lambda: Catalogue(sentences))


@dataclass(frozen=True)
class Word:
    """A word on paper and its box in points from the upper left corner."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


def text(pdf: bytes) -> str:
    """Return the text in the order of the file; any white space is one space."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return " ".join(" ".join(pages).split())


def words(pdf: bytes) -> list[Word]:
    """Return every word with its place."""
    found = []
    command = ["pdftotext", "-bbox", "-", "-"]
    told = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    for number, page in enumerate(told.split("<page ")[1:]):
        for box, word in re.findall(r"<word (.*?)>(.*?)</word>", page):
            places = (float(place) for place in re.findall(r'="(.*?)"', box))
            left, top, right, bottom = places
            found.append(Word(number, html.unescape(word), left, top, right, bottom))
    return found


def pixels(pdf: bytes, *, dpi: float, page: int = 0) -> Image.Image:
    """Return a page as a greyscale picture."""
    document = pypdfium2.PdfDocument(pdf)
    image: Image.Image = document[page].render(scale=dpi / 72).to_pil().convert("L")
    document.close()
    return image


def decoded(image: Image.Image) -> list[str]:
    """Return what a scanner reads."""
    return [code.text for code in zxingcpp.read_barcodes(image)]


def codes_on(pdf: bytes, *, dpi: float) -> list[Word]:
    """Return the squares of the QR codes on the first page, in points."""
    points = 72 / dpi
    squares = [each.position for each in zxingcpp.read_barcodes(pixels(pdf, dpi=dpi))]
    return [
        Word(
            0,
            "QR",
            square.top_left.x * points,
            square.top_left.y * points,
            square.bottom_right.x * points,
            square.bottom_right.y * points,
        )
        for square in squares
    ]


def open_pdf(pdf: bytes) -> pikepdf.Pdf:
    """Return the structure of the file."""
    return pikepdf.open(BytesIO(pdf))


def structure(pdf: bytes) -> list[tuple[str, str]]:
    """Return the tagged elements in reading order: kind and alternative text; without wrappers."""
    with open_pdf(pdf) as opened:
        found = list(_elements(opened.Root.StructTreeRoot.K))
    return [(kind, said) for kind, said in found if kind not in WRAPPERS]


def _elements(node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield str(node.S)[1:], str(node.get("/Alt", ""))
        yield from _elements(node.get("/K", pikepdf.Array()))


def at_the_edge(found: Iterable[Word], edge: float, width: float, height: float) -> list[str]:
    """Return the words that a printer cuts off: all lengths in points."""
    return [
        word.text
        for word in found
        if word.left < edge
        or word.top < edge
        or word.right > width - edge
        or word.bottom > height - edge
    ]


def over_one_another(one: Word, other: Word) -> bool:
    """Tell whether the middle thirds of two words touch; whole boxes of tight lines do."""
    thirds = [((word.bottom - word.top) / 3, word) for word in (one, other)]
    (top, bottom), (other_top, other_bottom) = (
        (word.top + third, word.bottom - third) for third, word in thirds
    )
    beside = one.right <= other.left or other.right <= one.left
    return not (beside or bottom <= other_top or other_bottom <= top)


def letters(said: str) -> str:
    """Return a text without spaces and hyphens."""
    return "".join(said.replace("-", "").replace("\N{HYPHEN}", "").split())
