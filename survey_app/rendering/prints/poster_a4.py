"""The poster that hangs in the room: an A4 page from which a phone finds the survey.

It works from two distances. Across the room: a headline, a large QR code and the same code in
letters, for phones without a camera. At arm's length: what it is about, how long it takes, until
when, and what is promised about anonymity. The page is divided into fixed zones, so whatever the
titles are, it stays one page; sizes are chosen by `fitting`.

More languages stand in the same speech bubble, each in a cell of its own with its own direction.
The bubble grows by a row of cells or two, and the QR code, 100 mm wide otherwise, makes room.

Many posters are one document, which takes a fraction of the time of many documents.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from survey_app.domain.messages import N_, Words
from survey_app.rendering.environment import render_template
from survey_app.rendering.fitting import fitting_size, headline_size, text_height
from survey_app.rendering.pdf import Document
from survey_app.rendering.prints.base import (
    MOST_LANGUAGES,
    Call,
    Format,
    Invitation,
    LogoView,
    colours_of,
    logo_view,
    pictures_of,
    qr_of,
    title_of,
)

KIND: Final = N_("Poster zur Umfrage")
HEADLINE_SIZES: Final = (116, 100, 84, 78, 72, 66, 60, 54, 48, 42, 36, 30, 27, 24)
TITLE_SIZES: Final = (25, 22, 20, 18, 16, 15)
PROMISE_SIZES: Final = (14, 13, 12, 11, 10, 9)
CELL_SIZES: Final = (34, 31, 28, 25, 23, 21, 19, 17, 15.5, 14, 12.5, 11, 10)
SCAN_SIZES: Final = (14, 12.5, 11.5, 10.5, 9.5, 8.5)

WIDTH: Final = 166.0  # of everything but the two grounds
BUBBLE: Final = 81.0
QR: Final = 100.0
QR_BOTTOM: Final = 205.5
TAIL: Final = 14.0
AROUND: Final = 15.0  # above the headline, between it and the title, below the title
CELL: Final = (23.0, 36.0)  # least and greatest height
CELL_SCAN: Final = 11.0  # of it for the second sentence and the distances
CELL_GAP: Final = 5.0
ROWS: Final = {0: (), 1: (1,), 2: (2,), 3: (3,), 4: (2, 2), 5: (3, 2)}
HEADLINE_ROOM: Final = (58.0, 36.0, 26.0)  # by the number of rows


@dataclass(frozen=True)
class Sizes:
    """Font sizes of one poster in points, as large as its texts allow."""

    headline: float
    title: float
    scan: float
    minutes: float
    audience: float
    address: float
    code: float
    promise: float
    foot: float


@dataclass(frozen=True)
class Zones:
    """What of the page depends on the number of languages, in millimetres."""

    bubble: float
    cells: float
    cell: float
    qr: float

    @property
    def variables(self) -> str:
        """Return the zones as CSS variables."""
        return (
            f"--bubble: {self.bubble:.1f}mm; --cells: {self.cells:.1f}mm;"
            f" --cell: {self.cell:.1f}mm; --qr: {self.qr:.1f}mm;"
            f" --qr-top: {QR_BOTTOM - self.qr:.1f}mm;"
        )

    @property
    def facts(self) -> float:
        """Return the width beside the QR code."""
        return 151.5 - self.qr


@dataclass(frozen=True)
class Cell:
    """The call in one more language, and where in the bubble it stands, in millimetres."""

    call: Call
    start: float
    top: float
    width: float
    size: float
    scan_size: float


@dataclass(frozen=True)
class Page:
    """What the template needs for one poster."""

    poster: Invitation
    sizes: Sizes
    zones: Zones
    cells: tuple[Cell, ...]
    colours: str
    logo: LogoView | None
    qr: Markup


def poster_document(posters: Sequence[Invitation], words: Words) -> Document:
    """Return the posters as one document for `PdfPool`, one page each."""
    return Document(poster_html(posters, words), ("poster.css",), pictures_of(posters))


def poster_html(posters: Sequence[Invitation], words: Words) -> str:
    """Return the posters as HTML."""
    title = title_of(words.gettext(KIND), posters)
    pages = [page_of(poster, words) for poster in posters]
    return render_template("prints/poster.html", words, pages=pages, title=title)


def page_of(poster: Invitation, words: Words) -> Page:
    """Return what the template needs for one poster."""
    rows = ROWS[len(poster.others)]
    leading = _Leading.of(words.direction)
    title = fitting_size(
        poster.title, TITLE_SIZES, width=WIDTH, height=13 if rows else 16, leading=leading.title
    )
    used = text_height(poster.title, title, width=WIDTH, leading=leading.title)
    room = HEADLINE_ROOM[len(rows)] if rows else 66 - used
    headline = (headline_size if rows else fitting_size)(
        poster.headline, HEADLINE_SIZES, width=WIDTH, height=room, leading=leading.headline
    )
    height = text_height(poster.headline, headline, width=WIDTH, leading=leading.headline)
    zones = _zones(len(rows), used + height)
    logo = logo_view(poster, words, width=42, height=14)
    return Page(
        poster=poster,
        sizes=_sizes(poster, words, zones, logo, headline=headline, title=title),
        zones=zones,
        cells=tuple(_cells(poster.others, rows, zones)),
        colours=colours_of(poster),
        logo=logo,
        qr=qr_of(poster, words),
    )


@dataclass(frozen=True)
class _Leading:
    """Line heights of the bubble in ems: Arabic letters reach further up and down."""

    headline: float
    title: float
    cell: float

    @classmethod
    def of(cls, direction: str) -> "_Leading":
        return cls(1.25, 1.4, 1.35) if direction == "rtl" else cls(0.95, 1.1, 1.05)


def _zones(rows: int, said: float) -> Zones:
    """Return the zones for so many rows of cells, below `said` millimetres of headline and title.

    The code takes what the bubble leaves.
    """
    if not rows:
        return Zones(BUBBLE, 0.0, 0.0, QR)
    least, greatest = CELL
    above = 10 + said + AROUND
    cell = min(greatest, max(least, (QR_BOTTOM - QR - TAIL - above) / rows))
    cells = rows * cell
    return Zones(said + AROUND + cells, cells, cell, min(QR, QR_BOTTOM - TAIL - above - cells))


def _sizes(
    poster: Invitation,
    words: Words,
    zones: Zones,
    logo: LogoView | None,
    *,
    headline: float,
    title: float,
) -> Sizes:
    """Return the sizes for the zones of styles/poster.css; widths and heights in millimetres."""
    is_tight = zones.qr < QR
    promise = "\n".join([*poster.promise[:1], " ".join(poster.promise[1:])])
    foot = f"{poster.network}\n{poster.site} · {poster.questionnaire}"
    foot_width = WIDTH - (logo.width + 6 if logo else 0)
    return Sizes(
        headline=headline,
        title=title,
        scan=_fitting_facts(words.gettext("Handykamera draufhalten"), zones),
        minutes=60 if is_tight else 100 if poster.minutes < 10 else 76,
        audience=fitting_size(
            poster.audience,
            (16.5, 15, 13, 11),
            width=zones.facts,
            height=9 if is_tight else 18,
        ),
        address=fitting_size(poster.address, (22, 19, 16, 14, 12, 10.5), width=118, height=10),
        code=fitting_size(poster.code, (58, 54, 48, 42, 36), width=158, height=30),
        promise=fitting_size(promise, PROMISE_SIZES, width=WIDTH, height=21.5),
        foot=fitting_size(foot, (11, 10, 9, 8, 7), width=foot_width, height=11),
    )


def _fitting_facts(scan: str, zones: Zones) -> float:
    """Return the size of the first fact: on two lines, or on one where the code is smaller."""
    if zones.qr == QR:
        return 21
    return fitting_size(scan, (21, 19, 17, 15), width=zones.facts, height=9.5)


def _cells(others: Sequence[Call], rows: Sequence[int], zones: Zones) -> Iterator[Cell]:
    """Yield the cells row by row, all in one size: no language is more welcome than another.

    `start` is measured from where the main language begins.
    """
    widths = [_width(columns) for columns in rows for _ in range(columns)]
    columns = [column for count in rows for column in range(count)]
    lines = [line for line, count in enumerate(rows) for _ in range(count)]
    fitting = [_cell_sizes(*each, zones) for each in zip(others, widths, strict=True)]
    size, scan_size = (min(sizes) for sizes in zip(*fitting, strict=True)) if fitting else (0, 0)
    for call, width, column, line in zip(others, widths, columns, lines, strict=True):
        yield Cell(
            call=call,
            start=round(11 + column * (width + CELL_GAP), 1),
            top=round(zones.bubble - zones.cells + line * zones.cell, 1),
            width=round(width, 1),
            size=size,
            scan_size=scan_size,
        )


def _width(columns: int) -> float:
    return (WIDTH - (columns - 1) * CELL_GAP) / columns


def _cell_sizes(call: Call, width: float, zones: Zones) -> tuple[float, float]:
    """Return the largest sizes of the two sentences of a cell that is so wide."""
    headline = headline_size(
        call.headline,
        CELL_SIZES,
        width=width,
        height=zones.cell - CELL_SCAN,
        leading=_Leading.of(call.direction).cell,
        one_line=0.9,
    )
    said = f"{call.scan} · {call.takes}"
    return headline, fitting_size(said, SCAN_SIZES, width=width, height=6.3)


FORMAT: Final = Format(
    order=1,
    label=N_("Poster A4"),
    about=N_("Zum Aufhängen, für jeden Bürodrucker"),
    languages=MOST_LANGUAGES,
    document=poster_document,
)
