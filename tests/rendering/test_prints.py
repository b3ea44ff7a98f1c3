"""Every print of a wave, walked by the folder: what is printed is found, read and never cut off.

 1. Each format has the pages it promises, of the size it promises, one for each way in.
 2. Every QR code is decoded from the page as a cheap printer leaves it: at 100 dpi, the slide at
    the resolution of an old projector, also from a copy in black and white.
 3. Nothing is printed over something else, cut off, or closer to the edge than printers reach;
    with the longest texts, in Arabic, in six languages, with a logo.
 4. More languages are all there, each letter of them; labels take turns.
 5. A network's colour is the ground of the call, a logo has a description, and both leave what is
    said as it is.
 6. Invented data says so on every card and label.
 7. What is cut has its marks, and nothing else lies on them.
 8. The page for the teacher stays one page in a language that needs half as many words again.
 9. The same invitations give the same bytes.
10. The page for the teacher has the help card of the network, in the language of the page.
"""

from collections import Counter
from dataclasses import replace
from gettext import NullTranslations
from itertools import combinations
from unicodedata import combining

import pytest
from babel import Locale

from survey_app.domain.branding import PALE, Branding, Logo, LogoKind
from survey_app.domain.directory import HelpCard, HelpContact
from survey_app.domain.text import Text
from survey_app.languages import Language
from survey_app.rendering.pdf import PdfPool
from survey_app.rendering.prints import FORMATS
from survey_app.rendering.prints.base import Call, Invitation
from survey_app.services.networks import known_networks
from tests.rendering.paper import (
    GERMAN,
    MM,
    at_the_edge,
    codes_on,
    decoded,
    letters,
    open_pdf,
    over_one_another,
    pixels,
    structure,
    text,
    words,
)
from tests.rendering.test_poster import ARABIC, LONGEST, MIRA, SHORTEST, UNBREAKABLE, WERKSTATT

HELP = known_networks(None).help_for()
OWN_HELP = HelpCard(
    last_checked="2026-11-21",
    introduction=Text("Hier im Kreis hört dir jemand zu."),
    contacts=(
        *HELP.contacts,
        HelpContact(name="Sorgentelefon des Kreises Musterstadt", phone="0221 4710-100"),
        HelpContact(name="Beratung am Markt", web="https://markt.example", hours=Text("freitags")),
    ),
    emergency="110",
)
CALLS = (
    Call("en", "ltr", "Tell us how it was!", "Point your phone camera here", "3 minutes"),
    Call("tr", "ltr", "Nasıl geçtiğini bize anlat!", "Telefon kameranı koda tut", "3 dakika"),
    Call("ar", "rtl", "قل لنا كيف كان!", "وجّه كاميرا الهاتف إلى الرمز", "3 دقائق"),
    Call("uk", "ltr", "Скажи нам, як усе пройшло!", "Наведи камеру на код", "3 хвилини"),
    Call("ru", "ltr", "Скажи нам, как всё прошло!", "Наведи камеру на код", "3 минуты"),
)
MARK = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><path d="M0 0h90v30h-90z" fill="#00695c"/></svg>'
GREEN = Branding("#00695c", Logo(LogoKind.SVG, MARK, 90, 30))

USUAL = replace(WERKSTATT, help=HELP, contact="gesundheit@kreis.example")
INVITATIONS = {
    "usual": USUAL,
    "longest": replace(LONGEST, help=HELP, contact="gesundheit@kreis.example"),
    "help of one's own": replace(LONGEST, help=OWN_HELP, contact="gesundheit@kreis.example"),
    "arabic with german help": replace(MIRA, help=OWN_HELP),
    "unbreakable": UNBREAKABLE,
    "shortest": SHORTEST,
    "arabic": replace(MIRA, help=HELP),
    "two languages": replace(USUAL, others=CALLS[:1]),
    "four languages": replace(USUAL, others=CALLS[:3], branding=GREEN),
    "six languages": replace(USUAL, others=CALLS, branding=GREEN),
    "longest in six": replace(LONGEST, others=CALLS, branding=GREEN, help=HELP),
    "arabic and five": replace(MIRA, others=(*CALLS[:2], *CALLS[3:], CALLS[0]), branding=GREEN),
}
SIZES = {
    "poster_a4": (210, 297),
    "poster_a3": (297, 420),
    "table_cards": (210, 297),
    "stickers": (210, 297),
    "slide": (339, 190),
    "briefing": (210, 297),
}
COPIES = {"table_cards": 4, "stickers": 24}
DPI = {"poster_a4": 50, "poster_a3": 40, "slide": 60}
EDGE = {"slide": 3, "poster_a3": 5 * 2**0.5}


def drawn(pool: PdfPool, name: str, *invitations: Invitation) -> bytes:
    """Return invitations in one format, in the language they are written in."""
    spoken = ARABIC if invitations[0].title == MIRA.title else GERMAN
    return pool.render(FORMATS[name].document(invitations, spoken))


def edge_of(name: str) -> float:
    """Return how much of a page's edge stays free, in points."""
    return EDGE.get(name, 4) * MM


def test_every_format_is_here() -> None:
    """Rule 1: whoever adds a format says here how large it is."""
    assert SIZES.keys() == FORMATS.keys()


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_has_its_size_and_a_page_for_each_way_in(pool: PdfPool, name: str) -> None:
    """Rule 1."""
    second = replace(USUAL, code="WWMMW-2WMWM")
    with open_pdf(drawn(pool, name, USUAL, second)) as opened:
        sizes = [[round(float(edge) / MM) for edge in page.mediabox[2:]] for page in opened.pages]
    assert sizes == [list(SIZES[name])] * 2


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("what", INVITATIONS)
def test_every_code_is_read_at_the_smallest_size(pool: PdfPool, name: str, what: str) -> None:
    """Rule 2."""
    invitation = INVITATIONS[what]
    image = pixels(drawn(pool, name, invitation), dpi=DPI.get(name, 100))
    copy = image.point(lambda grey: 255 * (grey > 128))
    expected = [invitation.url] * COPIES.get(name, 1)
    assert [decoded(image), decoded(copy)] == [expected, expected]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("what", INVITATIONS)
def test_nothing_lies_on_something_else_or_is_cut_off(pool: PdfPool, name: str, what: str) -> None:
    """Rule 3."""
    pdf = drawn(pool, name, INVITATIONS[what])
    with open_pdf(pdf) as opened:
        (page,) = opened.pages
        width, height = (float(edge) for edge in page.mediabox[2:])
    found = [word for word in words(pdf) if not all(map(combining, word.text))]
    pairs = combinations([*found, *codes_on(pdf, dpi=DPI.get(name, 100))], 2)
    assert [(a.text, b.text) for a, b in pairs if over_one_another(a, b)] == []
    assert at_the_edge(found, edge_of(name), width, height) == []


MANY = [name for name, kind in FORMATS.items() if kind.languages > 1]


@pytest.mark.parametrize("name", MANY)
@pytest.mark.parametrize("what", ["two languages", "six languages", "longest in six"])
def test_all_languages_are_on_paper(pool: PdfPool, name: str, what: str) -> None:
    """Rule 4; Arabic letters come out of a PDF in another order."""
    invitation = INVITATIONS[what]
    on_paper = letters(text(drawn(pool, name, invitation)))
    calls = [each.headline for each in invitation.others if each.direction == "ltr"]
    assert [said for said in (invitation.headline, *calls) if letters(said) not in on_paper] == []
    arabic = [each.headline for each in invitation.others if each.direction == "rtl"]
    wanted, there = Counter(letters("".join(arabic))), Counter(on_paper)
    assert [letter for letter, count in wanted.items() if there[letter] < count] == []


def test_labels_take_turns(pool: PdfPool) -> None:
    """Rule 4: of 24 labels in three languages each has eight."""
    pdf = drawn(pool, "stickers", replace(USUAL, others=CALLS[:2]))
    on_paper = letters(text(pdf))
    said = (USUAL.headline, CALLS[0].headline, CALLS[1].headline)
    assert [on_paper.count(letters(each)) for each in said] == [8, 8, 8]


@pytest.mark.parametrize("name", MANY)
def test_a_colour_and_a_logo_change_nothing_that_is_said(pool: PdfPool, name: str) -> None:
    """Rule 5."""
    looks = (Branding(), Branding("#009fe3"), GREEN, Branding(PALE))
    said = {text(drawn(pool, name, replace(USUAL, branding=look))) for look in looks}
    assert len(said) == 1


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "stickers"])
def test_a_logo_is_described(pool: PdfPool, name: str) -> None:
    """Rule 5; a label has no room for a logo."""
    figures = structure(drawn(pool, name, replace(USUAL, branding=GREEN)))
    logos = [said for kind, said in figures if kind == "Figure" and said.startswith("Logo")]
    assert logos == ["Logo: Netzwerk Gesunde Kommune Kreis Viersen"] * (
        4 if name == "table_cards" else 1
    )


@pytest.mark.parametrize("name", FORMATS)
def test_the_colour_of_a_network_is_the_ground_of_the_call(pool: PdfPool, name: str) -> None:
    """Rule 5: its luminance covers more of the page than our yellow's does afterwards."""
    image = pixels(drawn(pool, name, replace(USUAL, branding=Branding("#00695c"))), dpi=40)
    yellow = pixels(drawn(pool, name, USUAL), dpi=40)
    green_grey = round(0.299 * 0 + 0.587 * 105 + 0.114 * 92)
    counts = [
        sum(image.histogram()[green_grey - 2 : green_grey + 3]) / (image.width * image.height)
        for image in (image, yellow)
    ]
    assert counts[0] > 0.05
    assert counts[1] < 0.01


@pytest.mark.parametrize("name", FORMATS)
def test_invented_data_says_so_on_every_copy(pool: PdfPool, name: str) -> None:
    """Rule 6."""
    pdf = drawn(pool, name, replace(USUAL, sample=True))
    assert text(pdf).count("Beispieldaten") == COPIES.get(name, 1)


@pytest.mark.parametrize(
    ("name", "across", "down"),
    [
        ("table_cards", [105.0], [148.5]),
        ("stickers", [70.0, 140.0], [4.5 + 36 * row for row in range(9)]),
    ],
)
def test_what_is_cut_has_its_marks(
    pool: PdfPool, name: str, across: list[float], down: list[float]
) -> None:
    """Rule 7: short dark lines at the edges, where the cuts begin and end."""
    image = pixels(drawn(pool, name, USUAL), dpi=254)  # ten pixels are a millimetre
    width, height = image.size
    ends = [(round(x * 10), y) for x in across for y in (10, height - 10)]
    ends += [(x, round(y * 10)) for y in down for x in (10, width - 10)]
    darkest = [image.crop((x - 3, y - 3, x + 4, y + 4)).getextrema()[0] for x, y in ends]
    assert max(darkest) < 230


class Wordy(NullTranslations):
    """A language that says everything with half as many words again."""

    def gettext(self, message: str) -> str:
        """Return a sentence and its first half once more."""
        said = message.split(" ")
        return " ".join([*said, *said[: len(said) // 2]])

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the German form."""
        return msgid1 if n == 1 else msgid2


@pytest.mark.parametrize("what", ["usual", "longest", "help of one's own"])
def test_the_page_for_the_teacher_stays_one_page(pool: PdfPool, what: str) -> None:
    """Rule 8."""
    wordy = Language("en", Locale.parse("en"), Wordy)
    pdf = pool.render(FORMATS["briefing"].document([INVITATIONS[what]], wordy))
    found = words(pdf)
    assert {word.page for word in found} == {0}
    assert [
        (one.text, other.text)
        for one, other in combinations([*found, *codes_on(pdf, dpi=100)], 2)
        if over_one_another(one, other)
    ] == []


def test_the_page_for_the_teacher_says_what_to_do(pool: PdfPool) -> None:
    """Rule 8: steps with their time, what to leave, who helps, and the promise."""
    said = text(drawn(pool, "briefing", USUAL))
    for part in (
        "Planen Sie 8 Minuten ein.",
        "Antworten lassen 3 Minuten",
        "kann bis zum 12. Dezember 2026 mitmachen",
        "auf Bildschirme schauen oder durch die Reihen gehen",
        "Diese Stellen helfen kostenlos und ohne Namen:",
        "Nummer gegen Kummer 116 111 Montag bis Samstag, 14 bis 20 Uhr",
        "krisenchat krisenchat.de Chat für alle unter 25 · Rund um die Uhr",
        "In Gefahr? Ruf sofort an: 112",
        "nur Ergebnisse von mindestens 10 Personen zusammen",
        "gesundheit@kreis.example",
    ):
        assert part in said


def test_the_page_for_the_teacher_has_the_help_card_of_the_network(pool: PdfPool) -> None:
    """Rule 10: its own words for it, and what is not translated in German."""
    said = text(drawn(pool, "briefing", INVITATIONS["help of one's own"]))
    for part in (
        "Hier im Kreis hört dir jemand zu.",
        "Sorgentelefon des Kreises Musterstadt 0221 4710-100",
        "Beratung am Markt markt.example freitags",
        "In Gefahr? Ruf sofort an: 110",
    ):
        assert part in said
    assert "Diese Stellen helfen" not in said
    arabic = FORMATS["briefing"].document([INVITATIONS["arabic with german help"]], ARABIC).html
    assert '<span lang="de" dir="ltr">freitags</span>' in arabic
    assert "من الاثنين إلى السبت" in arabic


def test_without_a_help_card_nobody_is_promised_help(pool: PdfPool) -> None:
    """Rule 10."""
    said = text(drawn(pool, "briefing", replace(USUAL, help=None)))
    assert "Sprechen Sie selbst an" in said
    assert "Diese Stellen helfen" not in said


@pytest.mark.parametrize("name", FORMATS)
def test_same_invitations_give_the_same_bytes(pool: PdfPool, name: str) -> None:
    """Rule 9."""
    document = FORMATS[name].document([INVITATIONS["six languages"]], GERMAN)
    assert len(set(pool.render_many([document] * 3))) == 1
