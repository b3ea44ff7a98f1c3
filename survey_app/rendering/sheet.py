"""The evaluation sheet: two A4 pages for a council, and the same content for a web page.

`EvaluationSheet` decides what stands there, `sheet_page` says it in one language, `sheet_layout`
makes it fit two pages, a template sets it in type.
"""

from pathlib import Path
from typing import Final

from markupsafe import Markup

from survey_app.domain.messages import Words
from survey_app.domain.sheet import EvaluationSheet
from survey_app.rendering.charts.base import Frame, hatches, tones
from survey_app.rendering.environment import render_template
from survey_app.rendering.metrics import MM_PER_POINT
from survey_app.rendering.pdf import Document
from survey_app.rendering.sheet_groups import groups_of
from survey_app.rendering.sheet_layout import fitted
from survey_app.rendering.sheet_measures import Density
from survey_app.rendering.sheet_page import SheetPage, sheet_page
from survey_app.rendering.sheet_parts import Frames, Style

SCREEN_STYLES: Final = Path(__file__).parent / "styles" / "sheet-screen.css"
SCREEN: Final = Frames(
    bar=Frame(340, 30, 14),
    dots=Frame(340, 30, 14),
    line=Frame(160, 14, 12),
    columns=Frame(340, 96, 13),
)


def sheet_document(sheet: EvaluationSheet, words: Words) -> Document:
    """Return the sheet as a document for `PdfPool`."""
    return Document(sheet_pdf_html(sheet, words), ("sheet.css",))


def sheet_pdf_html(sheet: EvaluationSheet, words: Words, *, annex: object = None) -> str:
    """Return the two pages as a whole HTML document, to be drawn with ``sheet.css``.

    With `annex` (sheet_annex.AnnexPage) the annexes stand behind them.
    """

    def make(density: Density) -> SheetPage:
        return sheet_page(sheet, Style(words, sheet.method.policy, paper(density)))

    layout = fitted(make)
    values = {"page": layout.page, "layout": layout, "swatches": _swatches}
    if annex is None:
        return render_template("sheet.html", words, **values)
    return render_template("sheet_bundle.html", words, **values, annex=annex)


def sheet_html(sheet: EvaluationSheet, words: Words) -> Markup:
    """Return the content as a fragment for a web page, styled by `SCREEN_STYLES`.

    It starts with an h1 and needs neither scripts nor inline styles.
    """
    style = Style(words, sheet.method.policy, SCREEN)
    page = sheet_page(sheet, style)
    groups = [each for result in sheet.results for each in groups_of(result, style)]
    fragment = render_template("sheet_fragment.html", words, page=page, groups=groups)
    return Markup(fragment)  # noqa: S704 - escaped


def _swatches(steps: int) -> tuple[tuple[str, str], ...]:
    """Return ground and hatching of the steps of a scale, for its legend."""
    return tuple(zip(tones(steps), hatches(steps), strict=True))


def paper(density: Density) -> Frames:
    """Return the sizes of drawings on paper, in millimetres; type is 8 points."""
    type_size = 8 * MM_PER_POINT
    return Frames(
        bar=Frame(density.bar_width, density.bar, type_size, "mm"),
        dots=Frame(density.dots_width, density.bar, type_size, "mm"),
        line=Frame(32, 2.6, type_size, "mm"),
        columns=Frame(88, density.columns, type_size, "mm"),
    )
