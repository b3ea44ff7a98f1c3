"""What every print of a wave has in common: the invitation it makes, and its place on the page.

An `Invitation` is one way into a wave, said in one language and, in a few words each, in up to five
more. The formats beside this module lay it out: as a poster, on a card, on a sticker.

What stands where is fixed on paper; only the sizes of texts depend on their length. So each format
computes sizes (`fitting`) and hands them to its template, and nothing ever runs over.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final, Generic, Protocol, TypeVar

from markupsafe import Markup

from survey_app.domain.branding import Branding, Logo
from survey_app.domain.directory import HelpCard
from survey_app.domain.echo import Echo
from survey_app.domain.messages import N_, Words
from survey_app.rendering.palette import PALETTE, branded
from survey_app.rendering.pdf import Document, Picture
from survey_app.rendering.qr import qr_svg

HEADLINE: Final = N_("Sag uns, wie’s war!")
SCAN: Final = N_("Handykamera draufhalten")
QR_TITLE: Final = N_("QR-Code zur Umfrage")
MOST_LANGUAGES: Final = 6
SOURCE: Final = "mitreden:pictures/"


class OnPaper(Protocol):
    """What is printed for a network, whatever it is."""

    @property
    def network(self) -> str:
        """Return the name of the network."""

    @property
    def branding(self) -> Branding:
        """Return how its paper looks."""


What = TypeVar("What")


@dataclass(frozen=True)
class Call:
    """An invitation in few words, in one language."""

    language: str
    direction: str
    headline: str
    scan: str
    takes: str


@dataclass(frozen=True)
class PlacedCall:
    """The headline in one more language, in its place within a bubble, in millimetres."""

    call: Call
    start: float
    top: float
    width: float
    size: float


def call(headline: str, minutes: int, words: Words) -> Call:
    """Return the call in the language of `words`; `headline` is in it already."""
    takes = words.ngettext("%(n)s Minute", "%(n)s Minuten", minutes) % {"n": words.number(minutes)}
    return Call(words.code, words.direction, headline, words.gettext(SCAN), takes)


@dataclass(frozen=True)
class Invitation:
    """What one way into a wave says. All texts but the help are in the main language already.

    headline:      the call across the room
    title:         the measure
    site, network: where it hangs, and who asks
    contact:       whom grown-ups ask when something is unclear
    questionnaire: its title, shown small
    audience:      who is asked, e.g. "Für alle, die dabei waren"
    url:           content of the QR code, in upper case (see `qr`)
    address, code: what a person types, e.g. "umfrage.example/q" and "KQ7RM-2H8BG"
    opens_on, closes_on: first and last day, or None
    promise:       plain sentences; they name the threshold that is in force
    sample:        invented data, said on paper
    others:        the call in more languages
    help:          who listens, for the page of whoever stands in front of the class
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
    others: tuple[Call, ...] = ()
    branding: Branding = field(default_factory=Branding)
    opens_on: date | None = None
    contact: str = ""
    help: HelpCard | None = None


@dataclass(frozen=True)
class ResultsPoster:
    """What came of a wave, to be hung up: what stands behind its code (`echo`), and the code.

    title:         the measure
    site, network: where it hangs, and who asked
    organisation:  who decides what becomes of it
    url:           content of the QR code, in upper case (see `qr`)
    address, code: what a person types
    """

    echo: Echo
    title: str
    site: str
    network: str
    organisation: str
    url: str
    address: str
    code: str
    sample: bool = False
    branding: Branding = field(default_factory=Branding)


@dataclass(frozen=True)
class Format(Generic[What]):
    """One format of print; `label` and `about` are German, to be translated.

    `order` is its place in the menu, `languages` how many of them it shows, `for_grown_ups` whether
    it says "Sie".
    """

    order: int
    label: str
    about: str
    languages: int
    document: Callable[[Sequence[What], Words], Document]
    for_grown_ups: bool = False


@dataclass(frozen=True)
class LogoView:
    """A logo in its place: where its file is, and its size in millimetres."""

    source: str
    alt: str
    width: float
    height: float


def logo_view(what: OnPaper, words: Words, *, width: float, height: float) -> LogoView | None:
    """Return the logo as large as fits into a box of this size; None if there is none."""
    logo = what.branding.logo
    if logo is None:
        return None
    scale = min(width / logo.width, height / logo.height)
    alt = words.gettext("Logo: %(network)s") % {"network": what.network}
    source = SOURCE + _picture(logo.content, logo.kind).name
    return LogoView(source, alt, round(logo.width * scale, 2), round(logo.height * scale, 2))


def pictures_of(printed: Sequence[OnPaper]) -> tuple[Picture, ...]:
    """Return the logos that a document with these pages brings along, each once."""
    logos = dict.fromkeys(each.branding.logo for each in printed)
    return tuple(_picture(logo.content, logo.kind) for logo in logos if logo is not None)


def logo_document(logo: Logo) -> Document:
    """Return a page with nothing but a logo: what can be drawn here can be drawn anywhere."""
    picture = _picture(logo.content, logo.kind)
    html = (
        '<html lang="de"><head><title>Logo</title></head>'
        f'<body><img alt="Logo" src="{SOURCE}{picture.name}" style="width: 40mm"/></body></html>'
    )
    return Document(html, (), (picture,))


@lru_cache(maxsize=16)
def _picture(content: bytes, kind: str) -> Picture:
    return Picture.of(content, kind)


def leading_of(direction: str) -> float:
    """Return the line height of a headline in ems: Arabic letters reach further up and down."""
    return 1.25 if direction == "rtl" else 0.95


def colours_of(what: OnPaper) -> str:
    """Return the CSS variables of a network that has a colour of its own."""
    palette = branded(what.branding.accent)
    return "" if palette is PALETTE else palette.variables()


def qr_of(invitation: Invitation, words: Words) -> Markup:
    """Return the QR code without its border: every format leaves four modules of white around."""
    title = f"{words.gettext(QR_TITLE)}: {invitation.code}"
    return qr_svg(invitation.url, title=title, border=0)


def title_of(kind: str, invitations: Sequence[Invitation]) -> str:
    """Return the title of a document: what it is, and of what."""
    first, count = invitations[0].title, len(invitations)
    return f"{kind}: {first}" if count == 1 else f"{kind}: {first} … ({count})"
