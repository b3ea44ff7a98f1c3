"""The poster that hangs in the room: an A4 page from which a phone finds the survey.

It works from two distances. Across the room: a headline, a QR code of 10 cm and the
same code in letters, for phones without a camera. At arm's length: what it is about, how long it
takes, until when, and what is promised about anonymity. The page is divided into fixed zones, so
whatever the titles are, it stays one page; sizes are chosen by `fitting`.

Many posters are one document, which takes a fraction of the time of many documents.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from survey_app.domain.messages import N_, Words
from survey_app.rendering.environment import render_template
from survey_app.rendering.fitting import fitting_size, text_height
from survey_app.rendering.pdf import Document
from survey_app.rendering.qr import qr_svg

HEADLINE: Final = N_("Sag uns, wie’s war!")
HEADLINE_SIZES: Final = (116, 100, 84, 78, 72, 66, 60, 54, 48, 42, 36, 30)
TITLE_SIZES: Final = (25, 22, 20, 18, 16, 15)
PROMISE_SIZES: Final = (14, 13, 12, 11, 10, 9)


@dataclass(frozen=True)
class Poster:
    """What one poster says. All texts are in the poster's language already.

    headline:      the call across the room
    title:         the measure
    site, network: where it hangs, and who asks
    questionnaire: its title, shown small
    audience:      who is asked, e.g. "Für alle, die dabei waren"
    url:           content of the QR code, in upper case (see `qr`)
    address, code: what a person types, e.g. "umfrage.example/q" and "KQ7RM-2H8BG"
    closes_on:     last day, or None
    promise:       plain sentences; they name the threshold that is in force
    sample:        invented data, said on paper
    """

    headline: str
    title: str
    site: str
    network: str
    questionnaire: str
    audience: str
    minutes: int
    url: str
    address: str
    code: str
    closes_on: date | None
    promise: tuple[str, ...]
    sample: bool = False


@dataclass(frozen=True)
class Sizes:
    """Font sizes of one poster in points, as large as its texts allow."""

    headline: float
    title: float
    minutes: float
    audience: float
    address: float
    code: float
    promise: float
    foot: float


@dataclass(frozen=True)
class Page:
    """What the template needs for one poster."""

    poster: Poster
    sizes: Sizes
    qr: Markup


def poster_document(posters: Sequence[Poster], words: Words) -> Document:
    """Return the posters as one document for `PdfPool`."""
    return Document(poster_html(posters, words), ("poster.css",))


def poster_html(posters: Sequence[Poster], words: Words) -> str:
    """Return the posters as HTML, one page each."""
    pages = [_page(poster, words) for poster in posters]
    title = words.gettext("Poster zur Umfrage")
    first = posters[0].title
    named = f"{title}: {first}" if len(posters) == 1 else f"{title}: {first} … ({len(posters)})"
    return render_template("poster.html", words, pages=pages, title=named)


def _page(poster: Poster, words: Words) -> Page:
    title = f"{words.gettext('QR-Code zur Umfrage')}: {poster.code}"
    qr = qr_svg(poster.url, title=title, border=0)
    return Page(poster, _sizes(poster, _Leading.of(words)), qr)


@dataclass(frozen=True)
class _Leading:
    """Line heights of the bubble in ems: Arabic letters reach further up and down."""

    headline: float
    title: float

    @classmethod
    def of(cls, words: Words) -> "_Leading":
        return cls(1.25, 1.4) if words.direction == "rtl" else cls(0.95, 1.1)


def _sizes(poster: Poster, leading: _Leading) -> Sizes:
    """Return the sizes for the zones of styles/poster.css; widths and heights in millimetres."""
    title = fitting_size(poster.title, TITLE_SIZES, width=166, height=16, leading=leading.title)
    below = text_height(poster.title, title, width=166, leading=leading.title)
    promise = "\n".join([*poster.promise[:1], " ".join(poster.promise[1:])])
    foot = f"{poster.network}\n{poster.site} · {poster.questionnaire}"
    return Sizes(
        title=title,
        headline=fitting_size(
            poster.headline, HEADLINE_SIZES, width=166, height=66 - below, leading=leading.headline
        ),
        minutes=100 if poster.minutes < 10 else 76,
        audience=fitting_size(poster.audience, (16.5, 15, 13, 11), width=51, height=18),
        address=fitting_size(poster.address, (22, 19, 16, 14, 12, 10.5), width=118, height=10),
        code=fitting_size(poster.code, (58, 54, 48, 42, 36), width=158, height=30),
        promise=fitting_size(promise, PROMISE_SIZES, width=166, height=21.5),
        foot=fitting_size(foot, (11, 10, 9, 8), width=166, height=10),
    )
