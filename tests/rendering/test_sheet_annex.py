"""The annexes of a sheet.

1. A holds what funders ask for, on one page; what is not known says so.
2. B holds every question of every wave: its counts, or the reason why there are none.
3. C holds the checksums it was given.
4. It is tagged PDF/UA.
5. Sheet and annexes in one file: the same two pages and the same annexes, one run of page numbers,
   tagged, with bookmarks. Amounts are written as the language writes them.
"""

import pytest

from survey_app.languages import load_languages
from survey_app.rendering.pdf import PdfPool
from survey_app.rendering.sheet import sheet_document
from survey_app.rendering.sheet_annex import annex_document, bundle_document
from tests.rendering.paper import GERMAN, open_pdf, text, words
from tests.support_sheets import SITUATIONS

SUM = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


@pytest.fixture(scope="module")
def drawn(pool: PdfPool) -> dict[str, bytes]:
    """Return the annexes of every situation."""
    documents = [annex_document(make(), GERMAN, {"CSV": SUM}) for make in SITUATIONS.values()]
    return dict(zip(SITUATIONS, pool.render_many(documents), strict=True))


def test_annex_a_says_what_funders_ask_for(drawn: dict[str, bytes]) -> None:
    said = text(drawn["everything"])
    for fact in (
        "Handlungsfeld Stress",
        "Angemeldet 38",
        "Teilgenommen 34",
        "Personalstunden 186",
        "Erfolgskontrolle ja, mit diesem Bogen",
        "Anders als geplant Am dritten Tag Gewitter",
        "Durchgeführt von nicht erfasst",
        "Ausgegeben 5.874,50 €",
        "Beispielkasse 3.500,00 €",
    ):
        assert fact in said


@pytest.mark.parametrize("name", SITUATIONS)
def test_annex_a_fits_on_one_page(drawn: dict[str, bytes], name: str) -> None:
    pages = {word.page for word in words(drawn[name]) if word.text in ("Erfolgskontrolle", "Frist")}
    assert pages == {0}
    starts = [word.page for word in words(drawn[name]) if word.text == "B"]
    assert min(starts) == 1


def test_annex_b_holds_every_question(drawn: dict[str, bytes]) -> None:
    for name, make in SITUATIONS.items():
        said = {word.text for word in words(drawn[name])}
        for each in make().results:
            for row in each.rows:
                assert row.variable.name.split("__")[0][:8] in " ".join(said)


def test_what_is_withheld_has_its_reason(drawn: dict[str, bytes]) -> None:
    said = text(drawn["Werkstatt"])
    assert "• Weniger als 5 Antworten: zum Schutz nicht ausgewiesen. • •" in said


def test_annex_c_holds_the_checksums(drawn: dict[str, bytes]) -> None:
    assert SUM in text(drawn["everything"]).replace(" ", "")


def test_it_is_tagged(drawn: dict[str, bytes]) -> None:
    with open_pdf(drawn["everything"]) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "pdfuaid:part" in pdf.open_metadata()


@pytest.mark.parametrize("name", ["everything", "Werkstatt", "long everything"])
def test_sheet_and_annexes_in_one_file(name: str, drawn: dict[str, bytes], pool: PdfPool) -> None:
    """Rule 5."""
    sheet = SITUATIONS[name]()
    alone, whole = pool.render_many(
        [sheet_document(sheet, GERMAN), bundle_document(sheet, GERMAN, {"CSV": SUM})]
    )
    with open_pdf(whole) as pdf, open_pdf(drawn[name]) as annex:
        last, behind = len(pdf.pages), len(annex.pages)
        assert last == 2 + behind
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "pdfuaid:part" in pdf.open_metadata()
        with pdf.open_outline() as outline:
            assert [each.title for each in outline.root] == [sheet.measure.title, "Anlagen"]
            chapters = [each.title for each in outline.root[1].children]
            assert chapters == ["A – Für Förderer", "B – Alle Fragen", "C – Dateien"]
    leaves = [word.text for word in words(whole) if word.text.endswith(f"/{last}")]
    assert leaves == [f"{page}/{last}" for page in range(1, last + 1)]
    assert places(whole, {0, 1}) == places(alone, {0, 1})


def places(pdf: bytes, pages: set[int]) -> list[tuple[str, int, int]]:
    """Return the words of some pages and where they stand; page numbers differ."""
    return [
        (word.text, round(word.left), round(word.top))
        for word in words(pdf)
        if word.page in pages and "/" not in word.text and word.text != "S."
    ]


def test_amounts_are_written_as_the_language_writes_them() -> None:
    """Rule 5."""
    languages = load_languages().all
    assert {code: languages[code].money(587450) for code in ("de", "en", "tr")} == {
        "de": "5.874,50\u00a0€",
        "en": "€5,874.50",
        "tr": "€5.874,50",
    }
