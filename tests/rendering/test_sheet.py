"""The evaluation sheet on paper, read from the drawn PDF.

1. It has exactly two A4 pages in every situation; nothing is clipped, nothing overlaps, and
   nothing is set smaller than 8 points.
2. Its figures equal those counted by hand; below twenty answers counts come first.
3. A bar's segments have their length and their grey.
4. It is tagged PDF/UA with language, title, headings, table headers, and figures that say their
   finding.
5. A wave of four leaves no trace: the document is the same whatever the four answered.
6. What does not fit is counted and sent to the files.
7. Invented data say so on both pages; others do not.
8. Equal sheets give equal bytes; wording that fell back to German says so.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations, groupby, pairwise

import pikepdf
import pytest
from PIL import Image

from survey_app.domain.messages import Words
from survey_app.domain.response import Answers
from survey_app.domain.sheet import EvaluationSheet
from survey_app.rendering.charts.base import tones
from survey_app.rendering.pdf import PdfPool
from survey_app.rendering.sheet import sheet_document, sheet_pdf_html
from tests.rendering.paper import (
    GERMAN,
    MM,
    Word,
    language,
    open_pdf,
    pixels,
    structure,
    text,
    words,
)
from tests.support_sheets import (
    NETWORK,
    PROFESSIONALS,
    SITUATIONS,
    SOMMERCAMP,
    YOUNG,
    questionnaire,
    result,
    sheet_of,
    simulated,
)

A4 = (595.28, 841.89)
MARGIN = 15 * MM
SMALLEST_BOX = 8 * 1.2  # the box of a word in 8 points of our font is at least so high
K1 = [1] * 1 + [2] * 2 + [3] * 3 + [4] * 8 + [5] * 10


def by_hand() -> EvaluationSheet:
    """Return the sheet of 26 people: 24 answered K1, two did not want to."""
    people: list[Answers] = [{"k1": code, "k3": code} for code in K1]
    people += [{"k1": "refused"}] * 2
    return sheet_of(SOMMERCAMP, result(questionnaire(YOUNG), people))


@pytest.fixture(scope="module")
def drawn(pool: PdfPool) -> Iterator[dict[str, bytes]]:
    """Return the PDF of every situation."""
    documents = [sheet_document(make(), GERMAN) for make in SITUATIONS.values()]
    yield dict(zip(SITUATIONS, pool.render_many(documents), strict=True))
    _words.cache_clear()


@cache
def _words(pdf: bytes) -> list[Word]:
    return words(pdf)


def core(word: Word) -> tuple[float, float, float, float]:
    """Return the part of a word's box that its letters fill."""
    height = word.bottom - word.top
    return word.left + 0.3, word.top + 0.3 * height, word.right - 0.3, word.bottom - 0.3 * height


def overlap(one: Word, other: Word) -> bool:
    """Tell whether the letters of two words lie on one another."""
    left, top, right, bottom = core(one)
    left2, top2, right2, bottom2 = core(other)
    return left < right2 and left2 < right and top < bottom2 and top2 < bottom


@pytest.mark.parametrize("name", SITUATIONS)
def test_there_are_two_pages_of_a4(drawn: dict[str, bytes], name: str) -> None:
    with open_pdf(drawn[name]) as pdf:
        sizes = [tuple(round(float(side), 2) for side in page.mediabox[2:]) for page in pdf.pages]
    assert sizes == [A4, A4]


FURNITURE = {
    *("Netzwerk", "Gesunde", "Kommune", "Kreis", "Viersen", "Auswertungsbogen"),
    *("M0007-20261121", "M0008-20261121", "Datenstand", "21.", "November", "2026"),
    *("Beispieldaten", "–", "alles", "erfunden", "S.", "1/2", "2/2"),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_nothing_reaches_into_the_margins(drawn: dict[str, bytes], name: str) -> None:
    for word in _words(drawn[name]):
        assert word.left >= MARGIN - 0.5
        assert word.right <= A4[0] - MARGIN + 0.5
        _, top, _, bottom = core(word)  # the box of an Arabic word is higher than its line
        in_foot, in_head = bottom > A4[1] - MARGIN + 2, top < MARGIN - 2
        assert not (in_foot or in_head) or word.text in FURNITURE


@pytest.mark.parametrize("name", SITUATIONS)
def test_each_page_holds_what_belongs_to_it(drawn: dict[str, bytes], name: str) -> None:
    said = [" ".join(w.text for w in _words(drawn[name]) if w.page == page) for page in (0, 1)]
    for heading in ("Auf einen Blick", "Erreicht", "Nutzen"):
        assert [heading in page for page in said] == [True, False]
    for heading in ("Im Detail", "Was wir nicht wissen", "Wie gefragt und gerechnet wurde"):
        assert [heading in page for page in said] == [False, True]
    sheet = SITUATIONS[name]()
    if sheet.texts and not sheet.voices:
        assert ["Noch nicht geprüft:" in page for page in said] == [True, False]


@pytest.mark.parametrize("name", SITUATIONS)
def test_no_word_lies_on_another(drawn: dict[str, bytes], name: str) -> None:
    for _, page in groupby(_words(drawn[name]), key=lambda word: word.page):
        assert [pair for pair in combinations(page, 2) if overlap(*pair)] == []


@pytest.mark.parametrize("name", SITUATIONS)
def test_no_type_is_smaller_than_eight_points(drawn: dict[str, bytes], name: str) -> None:
    assert min(word.bottom - word.top for word in _words(drawn[name])) >= SMALLEST_BOX


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_foot_ends_both_pages_alike(drawn: dict[str, bytes], name: str) -> None:
    leaves = [word for word in _words(drawn[name]) if word.text in ("1/2", "2/2")]
    assert [(word.page, word.text) for word in leaves] == [(0, "1/2"), (1, "2/2")]


def test_figures_equal_those_counted_by_hand(pool: PdfPool) -> None:
    said = text(pool.render(sheet_document(by_hand(), GERMAN)))
    sentence = (
        "26 von 34 Teilnehmenden haben geantwortet (76 %). Etwa drei von vier (75 %, mit großer"
        " Unsicherheit) fanden das Angebot gut."
    )
    assert sentence in said
    assert "Aussagekraft: mittel 26 Antworten · 76 % Rücklauf · einmal gefragt" in said
    assert "fanden das Angebot gut: 18 von 24 (95-%-KI 55 % bis 88 %)" in said
    assert "K1 Das Angebot hat mir insgesamt gefallen. 75 % 24 2" in said
    assert " 4 8 13 33 42 " in said  # inside the bar
    assert "Rücklauf 76 % 26 von 34 Teilnehmenden" in said
    assert "Kempen (AGS 05166012)" in said
    assert "Die einzelnen Antwortbögen werden am 28. November 2026 gelöscht." in said


def test_method_names_questionnaire_thresholds_and_contact(drawn: dict[str, bytes]) -> None:
    said = text(drawn["Sommercamp"])
    form = questionnaire(YOUNG)
    assert f"(kern-jugend 1.0.0, Prüfzeichen {form.fingerprint})" in said
    assert "Rückmeldungen zum Angebot stehen ab 5 Antworten hier." in said
    coarse = "keine Gruppe unter 3, bei weniger als 50 Antworten je Stufe auf einer groben Skala."
    assert f"Eigenes Verhalten: ab 8 Antworten, {coarse}" in said
    assert f"Befinden: ab 10 Antworten, {coarse}" in said
    assert "Nicht ausgewiesene Werte: 0." in said
    assert "Rückmeldungen zur Barrierefreiheit: gesundheitsamt@kreis.example" in said


def test_below_twenty_answers_counts_come_first(pool: PdfPool) -> None:
    people: list[Answers] = [{"k1": code} for code in [5] * 10 + [4] * 4 + [3] * 3 + [1]]
    sheet = sheet_of(SOMMERCAMP, result(questionnaire(YOUNG), people))
    said = text(pool.render(sheet_document(sheet, GERMAN)))
    assert "Etwa vier von fünf (14 von 18, mit großer Unsicherheit) fanden das Angebot gut." in said
    assert "Rücklauf 18 von 34 Teilnehmenden (53 %)" in said
    assert "K1 Das Angebot hat mir insgesamt gefallen. 14 von 18 18 0" in said
    assert " 1 3 4 10 " in said  # inside the bar
    assert re.findall(r"\d+,\d+", said) == []


def test_young_people_stand_beside_professionals(pool: PdfPool) -> None:
    young: list[Answers] = [{"k1": code} for code in K1]
    theirs: list[Answers] = [{"f1": code} for code in [5] * 6 + [4] * 3 + [2] * 3]
    sheet = sheet_of(
        SOMMERCAMP,
        result(questionnaire(YOUNG), young, number=1),
        result(questionnaire(PROFESSIONALS), [*theirs, *theirs], number=2),
    )
    said = text(pool.render(sheet_document(sheet, GERMAN)))
    pair = "Das Angebot passte zu unseren Jugendlichen. 75 % n = 24 75 % n = 24 0"
    assert pair in said


def test_segments_have_their_length_and_their_grey(pool: PdfPool) -> None:
    pdf = pool.render(sheet_document(by_hand(), GERMAN))
    (figure,) = [w for w in words(pdf) if w.page == 0 and w.text == "42" and w.top < 450]
    image, scale = pixels(pdf, dpi=300), 300 / 72
    edge = figure.top + 0.02 * (figure.bottom - figure.top)
    line = [image.getpixel((x, round(edge * scale))) for x in range(image.width)]
    lengths = [line.count(grey(tone)) for tone in tones(5)]
    widths = [length / sum(lengths) for length in lengths]
    assert widths == [pytest.approx(count / 24, abs=0.02) for count in (1, 2, 3, 8, 10)]


def grey(colour: str) -> int:
    """Return the shade of a colour in a greyscale picture."""
    shade = Image.new("RGB", (1, 1), colour).convert("L").getpixel((0, 0))
    assert isinstance(shade, int)
    return shade


@pytest.mark.parametrize("name", SITUATIONS)
def test_it_is_tagged_for_those_who_listen(drawn: dict[str, bytes], name: str) -> None:
    with open_pdf(drawn[name]) as pdf:
        assert pdf.Root.Lang == "de"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.docinfo["/Title"]).startswith("Auswertungsbogen M000")
        assert "pdfuaid:part" in pdf.open_metadata()
    kinds = [kind for kind, _ in structure(drawn[name])]
    assert kinds.count("H1") == 1
    assert {"H2", "H3", "L", "LI", "P"} <= set(kinds)
    levels = [int(kind[1]) for kind in kinds if re.fullmatch("H[1-6]", kind)]
    assert all(deeper <= level + 1 for level, deeper in pairwise(levels))
    assert all(said for kind, said in structure(drawn[name]) if kind == "Figure")


def test_a_figure_says_its_finding(pool: PdfPool) -> None:
    found = structure(pool.render(sheet_document(by_hand(), GERMAN)))
    assert next(said for kind, said in found if kind == "Figure") == (
        "18 von 24: „stimmt eher / stimmt genau“. Alle Antworten: stimmt gar nicht 1,"
        " stimmt eher nicht 2, teils/teils 3, stimmt eher 8, stimmt genau 10."
    )


def test_every_cell_of_a_table_knows_its_headers(drawn: dict[str, bytes]) -> None:
    with open_pdf(drawn["Sommercamp"]) as pdf:
        cells = [node for node in nodes(pdf.Root.StructTreeRoot.K) if node.S == "/TD"]
        assert cells
        assert all(len(cell.A.Headers) > 0 for cell in cells)


def nodes(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """Yield all structure elements below one."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from nodes(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from nodes(node.get("/K", pikepdf.Array()))


@pytest.mark.parametrize("codes", [[5] * 4, [1, 2, 3, 1], [2] * 3, []])
def test_a_wave_of_four_leaves_no_trace(codes: list[int]) -> None:
    def html(answers: list[Answers]) -> str:
        return sheet_pdf_html(sheet_of(SOMMERCAMP, result(questionnaire(YOUNG), answers)), GERMAN)

    assert html([{"k1": code, "k9": "Ich"} for code in codes]) == html([{"alter": "u14"}] * 4)


def test_what_is_withheld_shows_a_sign_and_its_reason(drawn: dict[str, bytes]) -> None:
    said = text(drawn["Werkstatt"])
    assert "Gesamturteil • Weniger als 5 Antworten: zum Schutz nicht ausgewiesen." in said
    assert "Das Angebot hat mir insgesamt gefallen. • • • •" in said
    assert "• heißt: zum Schutz nicht ausgewiesen, nicht null." in said
    assert "Nicht ausgewiesene Werte: 18." in said
    assert "Rückmeldungen •" not in said


def test_what_does_not_fit_is_counted_and_sent_to_the_files(drawn: dict[str, bytes]) -> None:
    said = text(drawn["many waves"])
    left_out = [int(count) for count in re.findall(r"(\d+) weitere Fragen stehen", said)]
    assert sum(left_out) > 0
    assert sum(left_out) + shown_rows(said) == 7 + 6 + 7


def shown_rows(said: str) -> int:
    """Return how many of the rows beside the core stand on the sheet, among the pairs or not."""
    media = ("Ich kann erkennen", "Ich weiß, wie ich Werbung", "Ich kann mein Profil")
    media += ("Ich weiß, was ich tun kann", "Womit bist du", "Wie viele Stunden", "Wie zufrieden")
    theirs = ("Das Angebot passte", "waren aktiv dabei", "Der Aufwand", "Ich kann Inhalte")
    theirs += ("wissen jetzt, wo sie", "Absprachen")
    return sum(said.count(start) for start in media + theirs)


def test_the_usual_sheet_leaves_nothing_out(drawn: dict[str, bytes]) -> None:
    assert "CSV-Anhang" not in text(drawn["Sommercamp"])
    assert "Wie zufrieden bist du zurzeit mit deinem Leben?" in text(drawn["Sommercamp"])


def test_free_texts_are_counted_and_marked_unread(drawn: dict[str, bytes]) -> None:
    said = text(drawn["Sommercamp"])
    assert "Was war richtig gut? Jugendliche 15 Was sollen wir ändern? Jugendliche 7" in said
    assert "Noch nicht geprüft:" in said
    assert "Beispieltext" not in said


def test_invented_data_say_so_on_both_pages(drawn: dict[str, bytes], pool: PdfPool) -> None:
    marks = [word.page for word in _words(drawn["Sommercamp"]) if word.text == "Beispieldaten"]
    assert marks == [0, 0, 1, 1]
    honest = replace(SOMMERCAMP, network=replace(NETWORK, sample=False))
    assert "Beispieldaten" not in text(pool.render(sheet_document(sheet_of(honest), GERMAN)))


def test_equal_sheets_give_equal_bytes(drawn: dict[str, bytes], pool: PdfPool) -> None:
    again = pool.render(sheet_document(SITUATIONS["Sommercamp"](), GERMAN))
    assert again == drawn["Sommercamp"]


def test_wording_that_fell_back_says_its_language(pool: PdfPool) -> None:
    english: Words = language("en", **{"Was die Jugendlichen sagen": "What young people say"})
    sheet = sheet_of(SOMMERCAMP, result(questionnaire(YOUNG), simulated(questionnaire(YOUNG), 24)))
    html = sheet_pdf_html(sheet, english)
    assert '<html lang="en" dir="ltr">' in html
    assert "I liked the activity overall." in html
    assert '<span lang="de">Meine Meinung war hier wichtig.</span>' in html
    said = text(pool.render(sheet_document(sheet, english)))
    assert "What young people say" in said
    assert "75 %" not in said
