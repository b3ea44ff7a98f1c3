"""Slips on paper.

1. Every code is read at the printed size, from 100 dots per inch, in colour and in black and white;
   it is at least 25 mm wide, and each slip has the code it says.
2. Whole pages behind one sheet on top; the last page may have gaps.
3. Nothing lies on something else or nearer to the cut than printers reach; in Arabic, in three
   languages, with a long address, with invented data.
4. Where cuts begin and end there are marks.
5. The sheet on top says how to hand slips out, how many there are, and where the results will be.
6. Every slip says its sentence in each language it has room for.
"""

from dataclasses import replace
from datetime import date
from itertools import combinations
from random import Random
from unicodedata import combining

import pytest
import zxingcpp

from survey_app.domain.collector import printed_code
from survey_app.domain.slip import new_slips
from survey_app.languages import Language
from survey_app.rendering.pdf import PdfPool
from survey_app.rendering.slips import LAYOUTS, SENTENCE, SlipPaper, slip_document
from tests.rendering.paper import (
    GERMAN,
    MM,
    letters,
    open_pdf,
    over_one_another,
    pixels,
    text,
    words,
)
from tests.rendering.test_poster import ARABIC

CODES = new_slips(Random(20261121), 30)
HOST = "mitreden.kreis-musterstadt.example"
USUAL = SlipPaper(
    title="Sommercamp „Kopf frei“",
    site="Gesamtschule am See, Brüggen",
    network="Netzwerk Gesunde Kommune Kreis Viersen",
    label="Klasse 8b",
    spoken=(GERMAN,),
    address=f"{HOST}/q",
    urls=tuple(f"HTTPS://{HOST}/Q/{code}".upper() for code in CODES),
    codes=tuple(map(printed_code, CODES)),
    results_code="KQ7RM-2H8BG",
    results_from=date(2026, 12, 19),
    opens_on=date(2026, 11, 21),
    closes_on=date(2026, 12, 4),
)
PAPERS = {
    "usual": USUAL,
    "arabic": replace(USUAL, spoken=(ARABIC, GERMAN)),
    "three languages": replace(USUAL, spoken=(GERMAN, ARABIC, GERMAN), sample=True),
    "sample": replace(USUAL, sample=True),
}


def drawn(pool: PdfPool, what: str, layout: str, words: Language = GERMAN) -> bytes:
    """Return slips as PDF."""
    return pool.render(slip_document(PAPERS[what], LAYOUTS[layout], words))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("what", PAPERS)
def test_every_code_is_read_at_the_printed_size(pool: PdfPool, what: str, layout: str) -> None:
    """Rules 1 and 2."""
    pdf = drawn(pool, what, layout)
    per_page = LAYOUTS[layout].per_page
    with open_pdf(pdf) as opened:
        assert len(opened.pages) == 1 + -(-len(CODES) // per_page)
    image = pixels(pdf, dpi=100, page=1)
    for picture in (image, image.point(lambda grey: 255 * (grey > 128))):
        found = zxingcpp.read_barcodes(picture)
        assert sorted(each.text for each in found) == sorted(USUAL.urls[:per_page])
    widths = [each.position.top_right.x - each.position.top_left.x for each in found]
    assert min(widths) / 100 * 25.4 > 24.5  # the squares are found to half a pixel


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("what", PAPERS)
def test_nothing_lies_on_something_else(pool: PdfPool, what: str, layout: str) -> None:
    """Rule 3."""
    chosen = LAYOUTS[layout]
    spoken = ARABIC if what == "arabic" else GERMAN
    found = [
        word
        for word in words(drawn(pool, what, layout, spoken))
        if not all(map(combining, word.text))
    ]
    for number in {word.page for word in found}:
        on_page = [word for word in found if word.page == number]
        assert [
            (one.text, other.text)
            for one, other in combinations(on_page, 2)
            if over_one_another(one, other)
        ] == []
    for word in (each for each in found if each.page > 0):
        for start, end, offset, size in (
            (word.left, word.right, 0.0, chosen.width),
            (word.top, word.bottom, 4.5, chosen.height),
        ):
            place = (start / MM - offset) % size
            assert place > 1.5, word.text
            assert place + (end - start) / MM < size - 1.5, word.text


@pytest.mark.parametrize("layout", LAYOUTS)
def test_cuts_have_marks(pool: PdfPool, layout: str) -> None:
    """Rule 4: short dark lines at the edges."""
    chosen = LAYOUTS[layout]
    image = pixels(drawn(pool, "usual", layout), dpi=254, page=1)  # ten pixels are a millimetre
    width, height = image.size
    across = [column * chosen.width for column in range(1, chosen.columns)]
    down = [4.5 + row * chosen.height for row in range(chosen.rows + 1)]
    ends = [(round(x * 10), y) for x in across for y in (10, height - 10)]
    ends += [(x, round(y * 10)) for y in down for x in (10, width - 10)]
    darkest = [image.crop((x - 3, y - 3, x + 4, y + 4)).getextrema()[0] for x, y in ends]
    assert max(darkest) < 200


def test_the_sheet_on_top_says_what_to_do(pool: PdfPool) -> None:
    """Rule 5."""
    said = text(drawn(pool, "usual", "12"))
    for part in (
        "Alle Zettel kommen in einen Beutel oder eine Mütze.",
        "Jede Person zieht selbst einen Zettel.",
        "Sammeln Sie nichts wieder ein.",
        "Diese Codes gibt es nur auf diesem Papier.",
        "30",
        "21. November 2026 bis 4. Dezember 2026",
        f"{HOST}/q, Code KQ7RM-2H8BG",
    ):
        assert part in said


@pytest.mark.parametrize(("layout", "times"), [("12", 60), ("24", 30)])
def test_a_sentence_in_each_language(pool: PdfPool, layout: str, times: int) -> None:
    """Rule 6: the small ones have room for one."""
    on_paper = letters(text(drawn(pool, "three languages", layout)))
    assert on_paper.count(letters(SENTENCE)) == times
