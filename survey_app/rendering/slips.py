"""Slips on paper: a sheet on top that says what to do, then pages to be cut.

The two layouts are grids without gaps, so one cut parts two slips; where the cuts begin and end
stand short lines at the edges, as on a sheet of stickers (prints/stickers.py). A slip has the QR
code, one sentence, what a person types without a camera, and small where the results will be: its
own code leads nowhere any more by then (domain/slip.py).

A slip is smaller than a label for one reason only: every code is another picture, drawn once. So a
print of some hundred takes seconds, and `MOST_AT_ONCE` keeps it below the patience of a browser.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from markupsafe import Markup

from survey_app.domain.branding import Branding
from survey_app.domain.messages import N_, Message, Words
from survey_app.rendering.environment import render_template
from survey_app.rendering.fitting import fitting_size
from survey_app.rendering.palette import PALETTE, branded
from survey_app.rendering.pdf import Document
from survey_app.rendering.prints.base import QR_TITLE, leading_of
from survey_app.rendering.qr import qr_svg

SENTENCE: Final = N_("Scannen, antworten, fertig. Dieser Zettel gilt einmal.")
RESULTS: Final = N_("Ergebnisse ab %(day)s mit dem Code")
MARGIN: Final = 4.5  # above the first row and below the last
SIZES: Final = (13, 12, 11, 10, 9, 8, 7.5, 7, 6.5, 6)
MORE_SIZES: Final = (7.5, 7, 6.5, 6, 5.5)


@dataclass(frozen=True)
class Layout:
    """One way to lay slips out on A4: a grid whose cells touch. Lengths in millimetres.

    `languages` is for how many the sentence has room, `text` the width beside the QR code, `first`
    the height of the sentence in the main language, `further` that of each other one.
    """

    name: str
    label: str
    about: str
    columns: int
    rows: int
    width: float
    height: float
    languages: int
    text: float
    first: float
    further: float

    @property
    def per_page(self) -> int:
        """Return how many slips a page has."""
        return self.columns * self.rows


LAYOUTS: Final = {
    layout.name: layout
    for layout in (
        Layout(
            name="12",
            label=N_("12 je Seite"),
            about=N_("105 × 48 mm, bis zu drei Sprachen, gut in der Hand"),
            columns=2,
            rows=6,
            width=105.0,
            height=48.0,
            languages=3,
            text=52.0,
            first=11.5,
            further=6.5,
        ),
        Layout(
            name="24",
            label=N_("24 je Seite"),
            about=N_("70 × 36 mm, eine Sprache, spart Papier"),
            columns=3,
            rows=8,
            width=70.0,
            height=36.0,
            languages=1,
            text=28.0,
            first=10.5,
            further=0.0,
        ),
    )
}


@dataclass(frozen=True)
class SlipPaper:
    """What a print of slips says. `spoken` are the languages on each slip, the main one first.

    urls, codes:   what the QR codes hold and what is typed, one of each for every slip
    address:       where a code is typed, e.g. "umfrage.example/q"
    results_code:  the code of the way in, which leads to the results
    label:         what staff call the way in
    """

    title: str
    site: str
    network: str
    label: str
    spoken: tuple[Words, ...]
    address: str
    urls: tuple[str, ...]
    codes: tuple[str, ...]
    results_code: str
    results_from: date
    opens_on: date
    closes_on: date
    sample: bool = False
    branding: Branding = field(default_factory=Branding)

    @property
    def main(self) -> Words:
        """Return the language that is written large."""
        return self.spoken[0]


@dataclass(frozen=True)
class Said:
    """A sentence in one language, and its size in points."""

    text: str
    language: str
    direction: str
    size: float


@dataclass(frozen=True)
class Cell:
    """One slip in its place."""

    left: float
    top: float
    code: str
    qr: Markup


@dataclass(frozen=True)
class Face:
    """What all slips of a print have in common; sizes in points."""

    first: Said
    others: tuple[Said, ...]
    results: str
    code: float
    address: float
    colours: str


def slip_document(paper: SlipPaper, layout: Layout, words: Words) -> Document:
    """Return the top sheet, in the language of `words`, and the pages to be cut."""
    html = render_template(
        "slips.html",
        words,
        paper=paper,
        layout=layout,
        face=_face(paper, layout),
        pages=list(_pages(paper, layout)),
        columns=[column * layout.width for column in range(1, layout.columns)],
        rows=[MARGIN + row * layout.height for row in range(layout.rows + 1)],
        title=f"{words.gettext(KIND)}: {paper.title}",
    )
    return Document(html, ("slips.css",))


def _face(paper: SlipPaper, layout: Layout) -> Face:
    first, *others = paper.spoken[: layout.languages]
    day = {"day": paper.results_from}
    width = layout.text + 2
    return Face(
        first=_said(first, SIZES, layout.text - 4, layout.first),
        others=tuple(_said(each, MORE_SIZES, layout.text - 4, layout.further) for each in others),
        results=Message(RESULTS, day).said(paper.main),
        code=fitting_size(paper.results_code, (12, 11.5, 11, 10.5, 10), width=width, height=5),
        address=fitting_size(paper.address, (7.5, 7, 6.5, 6, 5.5, 5), width=width, height=5.5),
        colours=_colours(paper.branding),
    )


def _said(words: Words, sizes: Sequence[float], width: float, height: float) -> Said:
    text, leading = words.gettext(SENTENCE), leading_of(words.direction) + 0.1
    size = fitting_size(text, sizes, width=width, height=height, leading=leading)
    return Said(text, words.code, words.direction, size)


def _pages(paper: SlipPaper, layout: Layout) -> Iterator[list[Cell]]:
    """Yield the slips of each page, row by row."""
    title = paper.main.gettext(QR_TITLE)
    for start in range(0, len(paper.codes), layout.per_page):
        chosen = slice(start, start + layout.per_page)
        yield [
            _cell(layout, place, code, qr_svg(url, title=f"{title}: {code}", border=0))
            for place, (code, url) in enumerate(
                zip(paper.codes[chosen], paper.urls[chosen], strict=True)
            )
        ]


def _cell(layout: Layout, place: int, code: str, qr: Markup) -> Cell:
    row, column = divmod(place, layout.columns)
    return Cell(column * layout.width, MARGIN + row * layout.height, code, qr)


def _colours(branding: Branding) -> str:
    palette = branded(branding.accent)
    return "" if palette is PALETTE else palette.variables()


KIND: Final = N_("Einmal-Zettel")
