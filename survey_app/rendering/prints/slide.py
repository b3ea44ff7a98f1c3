"""The slide for a projector: 16:9, one page, the same at any resolution.

It is read from the last row of a classroom, so there is little on it: the call, the code, the
letters to type, how long it takes, and the first sentence of the promise.
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
    PlacedCall,
    colours_of,
    leading_of,
    logo_view,
    pictures_of,
    qr_of,
    title_of,
)

KIND: Final = N_("Folie zur Umfrage")
WIDTH: Final = 158.0  # of the text in the bubble
HEIGHT: Final = 112.0  # of the bubble
HEADLINE_SIZES: Final = (110, 100, 92, 84, 78, 72, 66, 60, 54, 48, 42, 36, 32, 28, 24, 21)
TITLE_SIZES: Final = (26, 24, 22, 20, 18, 16, 14, 12)
CALL_SIZES: Final = (34, 30, 27, 24, 22, 20, 18, 16, 14)
ROOM: Final = ((0.0, 17.0), (32.0, 17.0), (24.0, 14.0), (20.0, 10.0))  # a row, the title
AROUND: Final = 24.0
GAP: Final = 6.0


@dataclass(frozen=True)
class Slide:
    """What the template needs for one slide; sizes in points."""

    invitation: Invitation
    headline: float
    title: float
    address: float
    promise: float
    foot: float
    others: tuple[PlacedCall, ...]
    colours: str
    logo: LogoView | None
    qr: Markup


def slide_document(invitations: Sequence[Invitation], words: Words) -> Document:
    """Return a slide for each invitation."""
    html = render_template(
        "prints/slide.html",
        words,
        slides=[_slide(each, words) for each in invitations],
        title=title_of(words.gettext(KIND), invitations),
    )
    return Document(html, ("slide.css",), pictures_of(invitations))


def _slide(invitation: Invitation, words: Words) -> Slide:
    rows = (len(invitation.others) + 1) // 2
    row, title_room = ROOM[rows]
    title = fitting_size(invitation.title, TITLE_SIZES, width=WIDTH, height=title_room, leading=1.2)
    said = text_height(invitation.title, title, width=WIDTH, leading=1.2)
    logo = logo_view(invitation, words, width=42, height=12)
    return Slide(
        invitation=invitation,
        headline=(headline_size if rows > 1 else fitting_size)(
            invitation.headline,
            HEADLINE_SIZES,
            width=WIDTH,
            height=HEIGHT - AROUND - said - rows * row,
            leading=leading_of(words.direction),
        ),
        title=title,
        address=fitting_size(invitation.address, (24, 21, 18, 15, 13, 11), width=120, height=11),
        promise=fitting_size(
            invitation.promise[0] if invitation.promise else "", (16, 14, 12), width=160, height=8
        ),
        foot=fitting_size(
            f"{invitation.network} · {invitation.site}",
            (11, 10, 9, 8),
            width=130 - (logo.width + 4 if logo else 0),
            height=11,
        ),
        others=tuple(_others(invitation.others, row, top=HEIGHT - 3 - rows * row)),
        colours=colours_of(invitation),
        logo=logo,
        qr=qr_of(invitation, words),
    )


def _others(others: Sequence[Call], row: float, *, top: float) -> Iterator[PlacedCall]:
    """Yield where the other languages stand: two in a row, a single one alone, all in one size."""
    columns = min(2, len(others))
    width = (WIDTH - (columns - 1) * GAP) / max(1, columns)
    size = min((_size(each, width, row - 3) for each in others), default=0)
    for place, call in enumerate(others):
        line, column = divmod(place, columns)
        start = round(11 + column * (width + GAP), 1)
        yield PlacedCall(call, start, round(top + line * row, 1), width, size)


def _size(call: Call, width: float, height: float) -> float:
    leading = leading_of(call.direction) + 0.1
    return fitting_size(call.headline, CALL_SIZES, width=width, height=height, leading=leading)


FORMAT: Final = Format(
    order=5,
    label=N_("Folie"),
    about=N_("16:9 für Beamer und Tafel, als PDF"),
    languages=MOST_LANGUAGES,
    document=slide_document,
)
