"""A poster is one page that a phone and a person find their way by.

 1. Each poster is one A4 page, whatever its titles are; many posters are one document.
 2. The QR code of the rendered page is decoded, also from a coarse black-and-white copy.
 3. It is 100 mm wide, with four modules of white around it, and the typed code is over 36 pt.
 4. All that the poster says is on paper, in this order.
 5. Nothing is printed over something else, cut off, or closer to the edge than printers reach.
 6. Invented data says so; a poster without a closing date says none.
 7. Arabic runs from the right: code on the right, facts on the left; address and code stay as
    they are typed.
 8. It is tagged: one heading, the QR code as a figure with a description.
 9. Texts are data.
10. The same posters give the same bytes.
"""

from dataclasses import replace
from datetime import date
from itertools import combinations
from unicodedata import combining

import pytest
import zxingcpp
from PIL import Image

from survey_app.rendering.pdf import PdfPool
from survey_app.rendering.prints.base import HEADLINE, Invitation
from survey_app.rendering.prints.poster_a4 import poster_document, poster_html
from tests.rendering.paper import (
    GERMAN,
    MM,
    Word,
    decoded,
    language,
    letters,
    open_pdf,
    over_one_another,
    pixels,
    structure,
    text,
    words,
)

ARABIC = language(
    "ar",
    **{
        "Handykamera draufhalten": "وجّه كاميرا الهاتف إلى الرمز",
        "Minuten": "دقائق",
        "Mitmachen bis": "شارك حتى",
        "Ohne Kamera eintippen:": "بدون كاميرا، اكتب:",
        "Poster zur Umfrage": "ملصق الاستبيان",
        "QR-Code zur Umfrage": "رمز الاستبيان",
    },
)

WERKSTATT = Invitation(
    headline=HEADLINE,
    title="Klick mit Kopf: Medienwoche der Gesamtschule",
    site="Gesamtschule Nettetal",
    network="Netzwerk Gesunde Kommune Kreis Viersen",
    questionnaire="Kurzfragebogen für Jugendliche",
    audience="Für alle, die dabei waren",
    minutes=3,
    url="HTTP://127.0.0.1:8000/Q/KQ7RM2H8BG",
    address="127.0.0.1:8000/q",
    code="KQ7RM-2H8BG",
    closes_on=date(2026, 12, 12),
    promise=(
        "Keine Namen, keine IP-Adresse, keine Uhrzeit.",
        "Deine Schule sieht nur Ergebnisse von mindestens 10 Personen zusammen, nach der Umfrage.",
        "Wer neben dir sitzt, kann mitlesen.",
        "Mitmachen ist freiwillig.",
    ),
)

MIRA = replace(
    WERKSTATT,
    headline="قل لنا كيف كان!",
    title="أسبوع الإعلام في المدرسة الشاملة في نيتيتال",
    audience="لكل من شارك",
    promise=(
        "لا أسماء، لا عنوان IP، لا وقت.",
        "لا ترى مدرستك إلا نتائج 10 أشخاص على الأقل معًا، وفقط بعد انتهاء الاستبيان.",
    ),
)

LONGEST = replace(
    WERKSTATT,
    headline="Was hat die Fortbildung zur psychischen Gesundheit Ihnen gebracht?",
    title="Selbstwirksamkeitserwartungsförderung und Medienkompetenzvermittlung in der "
    "Jugendfreizeiteinrichtung Oer-Erkenschwick",
    site="Städtische Gemeinschaftsschule und Jugendfreizeiteinrichtung Oer-Erkenschwick-Rapen",
    network="Netzwerk Seelische Gesundheit im Kreis Recklinghausen und angrenzender "
    "Gebietskörperschaften",
    audience="Für alle Schulsozialarbeiterinnen und Schulsozialarbeiter, Lehrerinnen und Lehrer",
    minutes=12,
    url="HTTPS://UMFRAGE.NETZWERK-SEELISCHE-GESUNDHEIT-RECKLINGHAUSEN.EXAMPLE/Q/WWMMW2WMWM",
    address="umfrage.netzwerk-seelische-gesundheit-recklinghausen.example/q",
    code="WWMMW-2WMWM",
    closes_on=date(2026, 9, 30),
    sample=True,
)

UNBREAKABLE = replace(
    LONGEST,
    headline="Donaudampfschifffahrtselektrizitätenhauptbetriebswerk",
    title="Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 2,
    audience="Schulsozialarbeiterinnenfortbildungsteilnehmende",
)

SHORTEST = replace(
    WERKSTATT, headline="Und?", title="Yoga", site="JZ", network="Netz", audience="", closes_on=None
)

GERMAN_POSTERS = {
    "usual": WERKSTATT,
    "longest": LONGEST,
    "unbreakable": UNBREAKABLE,
    "shortest": SHORTEST,
}
POSTERS = {**GERMAN_POSTERS, "arabic": MIRA}


def drawn(pool: PdfPool, *posters: Invitation) -> bytes:
    """Return the posters in the language they are written in."""
    return pool.render(poster_document(posters, ARABIC if posters[0] == MIRA else GERMAN))


def position(image: Image.Image, dpi: float) -> tuple[float, float, float]:
    """Return left edge, top edge and width of the QR code in millimetres."""
    (code,) = zxingcpp.read_barcodes(image)
    corner, right = code.position.top_left, code.position.top_right
    mm = 25.4 / dpi
    return corner.x * mm, corner.y * mm, (right.x - corner.x) * mm


@pytest.mark.parametrize("poster", POSTERS.values(), ids=POSTERS)
def test_poster_is_one_a4_page(pool: PdfPool, poster: Invitation) -> None:
    """Rule 1."""
    with open_pdf(drawn(pool, poster)) as opened:
        sizes = [[round(float(edge) / MM) for edge in page.mediabox] for page in opened.pages]
    assert sizes == [[0, 0, 210, 297]]


def test_many_posters_are_one_document(pool: PdfPool) -> None:
    """Rule 1: a page each, in their order."""
    posters = [replace(WERKSTATT, url=f"HTTP://127.0.0.1:8000/Q/KQ7RM2H8B{n}") for n in range(5)]
    pdf = drawn(pool, *posters)
    codes = [decoded(pixels(pdf, dpi=60, page=page)) for page in range(5)]
    assert codes == [[poster.url] for poster in posters]


@pytest.mark.parametrize("poster", POSTERS.values(), ids=POSTERS)
def test_code_is_read_from_the_page(pool: PdfPool, poster: Invitation) -> None:
    """Rule 2."""
    image = pixels(drawn(pool, poster), dpi=50)
    copy = image.point(lambda grey: 255 * (grey > 128))
    assert [decoded(image), decoded(copy)] == [[poster.url], [poster.url]]


@pytest.mark.parametrize("poster", [WERKSTATT, LONGEST, MIRA], ids=["usual", "longest", "arabic"])
def test_code_is_large_and_has_its_white_border(pool: PdfPool, poster: Invitation) -> None:
    """Rule 3."""
    image = pixels(drawn(pool, poster), dpi=254)
    left, top, width = (round(place) for place in position(image, 254))
    border = round(10 * 4 * 100 / 29)
    around = image.crop(
        (10 * left - border, 10 * top - border, 10 * (left + 100) + border, 10 * (top + 100))
    )
    around.paste(255, (border - 5, border - 5, around.width - border + 5, around.height))
    assert (width, around.getextrema()) == (100, (255, 255))


@pytest.mark.parametrize("poster", [WERKSTATT, LONGEST, MIRA], ids=["usual", "longest", "arabic"])
def test_typed_code_is_larger_than_36_points(pool: PdfPool, poster: Invitation) -> None:
    """Rule 3: the box of a word is at least as high as its type size."""
    (code,) = (word for word in words(drawn(pool, poster)) if word.text == poster.code)
    assert code.bottom - code.top >= 36


def test_all_that_is_said_is_on_paper(pool: PdfPool) -> None:
    """Rule 4."""
    assert text(drawn(pool, WERKSTATT)) == (
        "Sag uns, wie’s war! Klick mit Kopf: Medienwoche der Gesamtschule "
        "Handykamera draufhalten 3 Minuten Mitmachen bis 12. Dezember 2026 "
        "Für alle, die dabei waren "
        "Ohne Kamera eintippen: 127.0.0.1:8000/q KQ7RM-2H8BG "
        "Keine Namen, keine IP-Adresse, keine Uhrzeit. "
        "Deine Schule sieht nur Ergebnisse von mindestens 10 Personen zusammen, "
        "nach der Umfrage. Wer neben dir sitzt, kann mitlesen. "
        "Mitmachen ist freiwillig. "
        "Netzwerk Gesunde Kommune Kreis Viersen "
        "Gesamtschule Nettetal · Kurzfragebogen für Jugendliche"
    )


@pytest.mark.parametrize("poster", POSTERS.values(), ids=POSTERS)
def test_nothing_is_printed_over_something_else_or_cut_off(
    pool: PdfPool, poster: Invitation
) -> None:
    """Rule 5: every word is inside a margin of 5 mm, and the QR code's square is free of words."""
    pdf = drawn(pool, poster)
    found = [word for word in words(pdf) if not all(map(combining, word.text))]
    left, top, width = (place * MM for place in position(pixels(pdf, dpi=254), 254))
    code = Word(0, "QR", left, top, left + width, top + width)
    pairs = combinations([*found, code], 2)
    assert [(one.text, other.text) for one, other in pairs if over_one_another(one, other)] == []
    outside = [
        word.text
        for word in found
        if word.left < 5 * MM
        or word.right > 205 * MM
        or word.top < 5 * MM
        or word.bottom > 292 * MM
    ]
    assert outside == []


@pytest.mark.parametrize("poster", GERMAN_POSTERS.values(), ids=GERMAN_POSTERS)
def test_nothing_is_lost(pool: PdfPool, poster: Invitation) -> None:
    """Rule 5: broken over lines or not, every letter of every text is there."""
    on_paper = letters(text(drawn(pool, poster)))
    texts = (poster.headline, poster.title, poster.audience, poster.network, poster.site)
    said = [*texts, *poster.promise, poster.code, poster.address]
    assert [part for part in said if letters(part) not in on_paper] == []


def test_invented_data_says_so(pool: PdfPool) -> None:
    """Rule 6."""
    counts = [
        text(drawn(pool, replace(WERKSTATT, sample=sample))).count("Beispieldaten")
        for sample in (True, False)
    ]
    assert counts == [1, 0]


def test_poster_without_a_closing_date_says_none(pool: PdfPool) -> None:
    """Rule 6."""
    assert text(drawn(pool, replace(WERKSTATT, closes_on=None))).count("Mitmachen bis") == 0


def test_arabic_runs_from_the_right(pool: PdfPool) -> None:
    """Rule 7."""
    lefts = []
    for poster in (WERKSTATT, MIRA):
        pdf = drawn(pool, poster)
        left, _, _ = position(pixels(pdf, dpi=100), 100)
        minutes = next(word.left / MM for word in words(pdf) if word.text == "3")
        lefts.append((round(left), minutes > 105))
    assert lefts == [(22, True), (88, False)]
    typed = {MIRA.address, MIRA.code}
    assert {word.text for word in words(drawn(pool, MIRA))} & typed == typed
    with open_pdf(drawn(pool, MIRA)) as opened:
        said = (str(opened.Root.Lang), str(opened.docinfo["/Title"]))
    assert said == ("ar", f"ملصق الاستبيان: {MIRA.title}")


def test_poster_is_tagged(pool: PdfPool) -> None:
    """Rule 8: in the order in which it is read aloud."""
    kinds = [kind for kind in structure(drawn(pool, WERKSTATT)) if kind[0] in {"H1", "Figure"}]
    assert kinds == [("H1", ""), ("Figure", "QR-Code zur Umfrage: KQ7RM-2H8BG")]


def test_texts_are_data(pool: PdfPool) -> None:
    """Rule 9."""
    hostile = "<script>x</script> {{ poster }} %(n)s &amp; <img src=file:///etc/passwd>"
    poster = replace(
        WERKSTATT, headline=hostile, title=hostile, audience=hostile, promise=(hostile,)
    )
    letters = "".join(text(drawn(pool, poster)).split())
    assert letters.count("".join(hostile.split())) == 4
    assert poster_html([poster], GERMAN).count("<script") == 0


def test_same_posters_give_the_same_bytes(pool: PdfPool) -> None:
    """Rule 10."""
    document = poster_document([WERKSTATT, LONGEST], GERMAN)
    assert len(set(pool.render_many([document] * 4))) == 1
