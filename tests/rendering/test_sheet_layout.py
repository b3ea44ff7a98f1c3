"""How the sheet is made to fit: measured before it is drawn, and compared with the drawn page.

1. The computed height of a page is that of the drawn page.
2. A text never takes more lines on paper than were counted for it, and at most one less.
3. A page with less on it is set airier; one that is too full loses rows, never type size.
4. Any measure fits: hundreds of random titles, wordings, waves and group sizes.
"""

from dataclasses import replace
from itertools import groupby
from random import Random

import pytest

from survey_app.domain.finding import Place
from survey_app.domain.measure import Organisation
from survey_app.domain.sheet import EvaluationSheet
from survey_app.domain.wave import Point
from survey_app.rendering import sheet_heights, sheet_layout, sheet_measures
from survey_app.rendering.metrics import lines_of, shortened, width_of
from survey_app.rendering.pdf import Document, PdfPool
from survey_app.rendering.sheet import paper, sheet_document
from survey_app.rendering.sheet_layout import ONE, PAGE, TWO, Layout, fitted, title_size
from survey_app.rendering.sheet_page import sheet_page
from survey_app.rendering.sheet_parts import Style
from tests.rendering.paper import GERMAN, MM, words
from tests.support_sheets import (
    COMMITMENTS,
    GOALS,
    MEDIA,
    PROFESSIONALS,
    SITUATIONS,
    SOMMERCAMP,
    WORKSHOP,
    YOUNG,
    at,
    full_sheet,
    questionnaire,
    result,
    sheet_of,
    simulated,
)

SENTENCE = (
    "Ich weiß jetzt besser, wo ich Hilfe bekomme, wenn es mir oder einer Freundin in der"
    " Ganztagsbetreuung einmal ziemlich schlecht geht."
)
ARABIC = (
    "أعرف الآن بشكل أفضل أين أجد المساعدة عندما لا أكون أنا أو إحدى صديقاتي بخير في المدرسة أو في"
    " البيت أو في أي مكان آخر."
)


def layout_of(sheet: EvaluationSheet) -> Layout:
    """Return the pages as they were made to fit."""
    policy = sheet.method.policy
    return fitted(lambda density: sheet_page(sheet, Style(GERMAN, policy, paper(density))))


def height_of_page_one(layout: Layout) -> float:
    """Return the computed height with the airiness that was chosen."""
    setting = layout.one
    (density,) = [each for each in ONE if each.bar == layout_bar(layout)]
    density = replace(density, pad=setting.pad, gap=setting.gap)
    return sheet_heights.page_one(layout.page, density, title=layout.title)


def layout_bar(layout: Layout) -> float:
    """Return the height of the bars that were drawn on page 1."""
    assert layout.page.core is not None
    drawings = [row.drawing for table in layout.page.core.tables for row in table.rows]
    return next(drawing.frame.height for drawing in drawings if drawing)


@pytest.mark.parametrize("name", ["Sommercamp", "nine answers", "many waves", "long everything"])
def test_the_computed_height_is_that_of_the_page(name: str, pool: PdfPool) -> None:
    sheet = SITUATIONS[name]()
    found = words(pool.render(sheet_document(sheet, GERMAN)))
    lowest = max(w.bottom for w in found if w.page == 0 and w.bottom < 283 * MM) / MM - 15
    spare = height_of_page_one(layout_of(sheet)) - lowest
    assert 0 <= spare <= 6.5  # never higher than computed; the strip's padding and a line less


@pytest.mark.parametrize("size", [8.0, 9.5, 14.0])
@pytest.mark.parametrize("sentence", [SENTENCE, ARABIC], ids=["German", "Arabic"])
def test_a_text_takes_the_lines_that_were_counted(
    sentence: str, size: float, pool: PdfPool
) -> None:
    widths = range(30, 181, 10)
    paragraphs = "".join(f'<p style="width:{width}mm">{sentence}</p>' for width in widths)
    style = f"p {{ font-size: {size}pt; line-height: 1.25; break-after: page }}"
    found = words(
        drawn(pool, f'<html lang="de"><title>x</title><style>{style}</style>{paragraphs}')
    )
    for page, width in enumerate(widths):
        lines = len({round(word.top) for word in found if word.page == page})
        spare = 1 if sentence is SENTENCE else 1 + lines // 2  # joined letters are narrower
        assert lines <= lines_of(sentence, width, size) <= lines + spare


def drawn(pool: PdfPool, html: str) -> bytes:
    """Return the PDF of some HTML."""
    return pool.render(Document(html))


def test_a_word_wider_than_its_column_is_counted_in_pieces() -> None:
    word = "Gesundheitskompetenzförderungsnetzwerk"
    assert lines_of(word, width_of(word, 9) / 2.5, 9) == 3


def test_shortened_text_says_so_and_fits() -> None:
    cut = shortened(SENTENCE, 2, 60, 9)
    assert cut.endswith(" …")
    assert SENTENCE.startswith(cut.removesuffix(" …"))
    assert lines_of(cut, 60, 9) == 2
    assert shortened("Kurz.", 2, 60, 9) == "Kurz."


@pytest.mark.parametrize(
    ("title", "size"), [("Selfie", 27), ("Sommercamp " * 7, 18), ("Sommercamp " * 30, 14)]
)
def test_a_title_is_as_large_as_two_lines_allow(title: str, size: float) -> None:
    assert title_size(title.strip()) == size


def test_less_on_a_page_is_set_airier() -> None:
    few, many = layout_of(SITUATIONS["nine answers"]()), layout_of(SITUATIONS["many waves"]())
    assert few.two.pad > many.two.pad
    assert few.two.text > many.two.text
    assert min(each.text for each in (*ONE, *TWO)) == 8.0


def test_a_full_page_loses_rows_and_says_how_many() -> None:
    page = layout_of(SITUATIONS["many waves"]()).page
    shown = [
        sum(len(table.rows) for table in section.tables) + len(section.panels)
        for section in page.sections
    ]
    left_out = [section.left_out for section in page.sections]
    among_the_pairs = len(page.pairs)
    assert sum(shown) + sum(left_out) + page.left_out + among_the_pairs == 20
    assert sum(left_out) > 0


def test_a_page_explains_every_scale_it_shows_once() -> None:
    for make in SITUATIONS.values():
        tables = [t for section in layout_of(make()).page.sections for t in section.tables]
        legends = [t.labels for t in tables if t.legend]
        assert legends == [labels for labels, _ in groupby(t.labels for t in tables)]


def random_sheet(chance: Random) -> EvaluationSheet:
    """Return a sheet with anything people could come up with."""

    def wording(most: int) -> str:
        picked = chance.choices([*SENTENCE.split(), "Medienkompetenzförderung"], k=most)
        return " ".join(picked)

    forms = [questionnaire(text) for text in (YOUNG, PROFESSIONALS, MEDIA, WORKSHOP)]
    results = [
        at(chance.choice(list(Point)), result(form, simulated(form, size), number=number))
        for number, form in enumerate(chance.choices(forms, k=chance.randint(0, 7)), start=1)
        for size in [chance.choice([0, 4, 9, 18, 30])]
    ]
    measure = replace(
        SOMMERCAMP,
        title=wording(chance.randint(1, 20))[:200],
        organisation=Organisation(1, 1, wording(chance.randint(1, 30))),
        site=chance.choice([None, SOMMERCAMP.site]),
        participants=chance.choice([None, 3, 400]),
        funders=tuple(wording(3) for _ in range(chance.randint(0, 12))),
    )
    if chance.random() < 0.3:
        return sheet_of(measure, *results)
    return full_sheet(
        measure,
        *results,
        goals=tuple(replace(goal, text=wording(chance.randint(3, 40))) for goal in GOALS),
        commitments=tuple(
            replace(COMMITMENTS[0], answer=wording(chance.randint(3, 50)))
            for _ in range(chance.randint(0, 9))
        ),
        edits={place: wording(chance.randint(3, 45))[:350] for place in Place},
    )


@pytest.mark.parametrize("seed", range(60))
def test_any_measure_fits(seed: int) -> None:
    layout = layout_of(random_sheet(Random(seed)))
    assert sheet_heights.page_two(layout.page, TWO[-1]) <= PAGE
    assert sheet_heights.page_one(layout.page, ONE[-1], title=layout.title) <= PAGE


def test_many_measures_have_two_pages_each(pool: PdfPool) -> None:
    documents = [sheet_document(random_sheet(Random(seed)), GERMAN) for seed in range(16)]
    for pdf in pool.render_many(documents):
        assert {word.page for word in words(pdf)} == {0, 1}


def test_sizes_in_python_and_in_the_stylesheet_agree() -> None:
    for density in (*ONE, *TWO):
        assert density.statement + 4 + density.bar_width + 2 + 40 == sheet_measures.WIDTH
        assert density.statement + 4 + density.dots_width + 2 + 46 == sheet_measures.WIDTH
    assert sheet_layout.PAGE < 266.9
