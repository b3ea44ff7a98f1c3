"""Stickers: 24 labels of 70 × 36 mm on A4, the most common sheet there is (3 columns, 8 rows).

The labels touch one another, so the same page printed on plain paper can be cut along its marks.
Nothing comes closer than 5 mm to an edge: office printers leave one white, and a sheet of labels
is drawn in a little askew. The code is 25 mm wide and is read from 30 cm.

A label has room for one language. Of several, the labels take turns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Final

from markupsafe import Markup

from survey_app.domain.messages import N_, Words
from survey_app.rendering.environment import render_template
from survey_app.rendering.fitting import fitting_size
from survey_app.rendering.pdf import Document
from survey_app.rendering.prints.base import (
    MOST_LANGUAGES,
    Call,
    Format,
    Invitation,
    call,
    colours_of,
    leading_of,
    qr_of,
    title_of,
)

KIND: Final = N_("Aufkleber zur Umfrage")
COLUMNS: Final = 3
ROWS: Final = 8
WIDTH: Final = 70.0
HEIGHT: Final = 36.0
MARGIN: Final = 4.5  # above the first row and below the last
TEXT_WIDTH: Final = 27.0
HEADLINE_SIZES: Final = (15, 14, 13, 12, 11, 10, 9, 8, 7, 6)


@dataclass(frozen=True)
class Label:
    """One sticker: what it calls, and where it is in millimetres; sizes in points."""

    call: Call
    left: float
    top: float
    headline: float
    scan: float


@dataclass(frozen=True)
class Sheet:
    """A sheet of stickers for one invitation."""

    invitation: Invitation
    labels: tuple[Label, ...]
    code: float
    address: float
    colours: str
    qr: Markup


def sticker_document(invitations: Sequence[Invitation], words: Words) -> Document:
    """Return a sheet of stickers for each invitation."""
    html = render_template(
        "prints/stickers.html",
        words,
        sheets=[_sheet(each, words) for each in invitations],
        columns=[column * WIDTH for column in range(1, COLUMNS)],
        rows=[MARGIN + row * HEIGHT for row in range(ROWS + 1)],
        title=title_of(words.gettext(KIND), invitations),
    )
    return Document(html, ("stickers.css",))


def _sheet(invitation: Invitation, words: Words) -> Sheet:
    own = call(invitation.headline, invitation.minutes, words)
    calls = islice(cycle((own, *invitation.others)), ROWS * COLUMNS)
    return Sheet(
        invitation=invitation,
        labels=tuple(_label(each, place) for place, each in enumerate(calls)),
        code=fitting_size(invitation.code, (11.5, 11, 10.5, 10), width=30, height=5),
        address=fitting_size(invitation.address, (7, 6.5, 6, 5.5, 5), width=30, height=5.5),
        colours=colours_of(invitation),
        qr=qr_of(invitation, words),
    )


def _label(said: Call, place: int) -> Label:
    row, column = divmod(place, COLUMNS)
    return Label(
        call=said,
        left=column * WIDTH,
        top=MARGIN + row * HEIGHT,
        headline=fitting_size(
            said.headline,
            HEADLINE_SIZES,
            width=TEXT_WIDTH,
            height=13.5,
            leading=leading_of(said.direction) + 0.05,
        ),
        scan=fitting_size(said.takes, (7.5, 7, 6.5, 6), width=30, height=3.5),
    )


FORMAT: Final = Format(
    order=4,
    label=N_("Aufkleber"),
    about=N_("24 Etiketten, 70 × 36 mm, auf A4"),
    languages=MOST_LANGUAGES,
    document=sticker_document,
)
