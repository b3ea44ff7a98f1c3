"""Cards for tables: A6, four of them on an A4 page, to be cut twice.

A card is read from half a metre, so type may be small and the code has to be short of 60 mm. The
marks for cutting stand where the cuts begin and end, and where they cross.
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

KIND: Final = N_("Tischkarten zur Umfrage")
CARDS: Final = 4
WIDTH: Final = 79.0
HEADLINE_SIZES: Final = (40, 36, 33, 30, 27, 24, 21, 18, 16, 14, 12)
TITLE_SIZES: Final = (11.5, 10.5, 9.5, 8.5)
CALL_SIZES: Final = (12, 11, 10, 9, 8, 7)
PROMISE_SIZES: Final = (8, 7.5, 7, 6.5, 6)
FOOT_SIZES: Final = (6.5, 6, 5.5, 5)
ADDRESS_SIZES: Final = (12, 11, 10, 9, 8, 7, 6)
BUBBLE_TOP: Final = 7.0
TAIL: Final = 7.0
QR_LARGEST: Final = 56.0
QR_BOTTOM: Final = 106.0
ROW: Final = 7.0
ROOM: Final = ((27.0, 9.0), (18.0, 7.0), (15.0, 7.0), (12.0, 7.0))  # headline and title, by rows
AROUND: Final = 11.0  # above the headline, between it and the title, below the title


@dataclass(frozen=True)
class Sizes:
    """Font sizes of one card in points, as large as its texts allow."""

    headline: float
    title: float
    audience: float
    address: float
    code: float
    promise: float
    foot: float


@dataclass(frozen=True)
class Card:
    """What the template needs for one card; heights in millimetres."""

    invitation: Invitation
    bubble: float
    qr_size: float
    sizes: Sizes
    others: tuple[PlacedCall, ...]
    colours: str
    logo: LogoView | None
    qr: Markup

    @property
    def variables(self) -> str:
        """Return the zones as CSS variables."""
        top = QR_BOTTOM - self.qr_size
        return (
            f"--bubble: {self.bubble:.1f}mm; --qr: {self.qr_size:.1f}mm; --qr-top: {top:.1f}mm;"
            f" {self.colours}"
        )


def table_card_document(invitations: Sequence[Invitation], words: Words) -> Document:
    """Return a page with four equal cards for each invitation."""
    html = render_template(
        "prints/table_cards.html",
        words,
        cards=[_card(each, words) for each in invitations],
        copies=CARDS,
        title=title_of(words.gettext(KIND), invitations),
    )
    return Document(html, ("table_cards.css",), pictures_of(invitations))


def _card(invitation: Invitation, words: Words) -> Card:
    rows = (len(invitation.others) + 1) // 2
    headline_room, title_room = ROOM[rows]
    leading = leading_of(words.direction)
    title = fitting_size(invitation.title, TITLE_SIZES, width=WIDTH, height=title_room)
    headline = (headline_size if rows else fitting_size)(
        invitation.headline, HEADLINE_SIZES, width=WIDTH, height=headline_room, leading=leading
    )
    said = text_height(invitation.title, title, width=WIDTH)
    said += text_height(invitation.headline, headline, width=WIDTH, leading=leading)
    bubble = said + AROUND + rows * ROW
    logo = logo_view(invitation, words, width=22, height=7)
    return Card(
        invitation=invitation,
        bubble=bubble,
        qr_size=min(QR_LARGEST, QR_BOTTOM - BUBBLE_TOP - bubble - TAIL),
        sizes=_sizes(invitation, logo, headline=headline, title=title),
        others=tuple(_others(invitation.others, top=bubble - rows * ROW)),
        colours=colours_of(invitation),
        logo=logo,
        qr=qr_of(invitation, words),
    )


def _sizes(
    invitation: Invitation, logo: LogoView | None, *, headline: float, title: float
) -> Sizes:
    """Return the sizes for the zones of styles/table_cards.css; widths and heights in mm."""
    promise = " ".join(invitation.promise)
    foot = f"{invitation.network} · {invitation.site}"
    return Sizes(
        headline=headline,
        title=title,
        audience=fitting_size(invitation.audience, (9, 8, 7), width=20, height=14),
        address=fitting_size(invitation.address, ADDRESS_SIZES, width=WIDTH, height=5),
        code=fitting_size(invitation.code, (30, 28, 26, 24), width=WIDTH, height=14),
        promise=fitting_size(promise, PROMISE_SIZES, width=WIDTH, height=10.5, leading=1.2),
        foot=fitting_size(
            foot, FOOT_SIZES, width=WIDTH - (logo.width + 3 if logo else 0), height=6, leading=1.15
        ),
    )


def _others(others: Sequence[Call], *, top: float) -> Iterator[PlacedCall]:
    """Yield where the other languages stand: two in a row, all in one size."""
    width = (WIDTH - 4) / 2
    sizes = (fitting_size(each.headline, CALL_SIZES, width=width, height=5.2) for each in others)
    size = min(sizes, default=0)
    for place, call in enumerate(others):
        row, column = divmod(place, 2)
        start = round(6 + column * (width + 4), 1)
        yield PlacedCall(call, start, round(top + row * ROW, 1), width, size)


FORMAT: Final = Format(
    order=3,
    label=N_("Tischkarten"),
    about=N_("Vier Karten in A6 auf einem Blatt A4, mit Schnittmarken"),
    languages=MOST_LANGUAGES,
    document=table_card_document,
)
