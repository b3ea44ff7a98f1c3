"""The results for a corridor: an A4 page with what came out and what happens now.

It is the page behind the code on paper (domain/echo.py), for everybody who walks past: across the
hall three findings in large words with their bars, at arm's length what was said and what becomes
of it, and the code behind which the rest stands. Bars are steps of ten, full or empty, so a copy in
grey says the same; how far a promise has come is a symbol and a word.

The page has four zones. The findings take what they need, the code stands where it always stands,
and the answers share the room between (`results_fitting`): nothing runs over, whatever was written.
Where too few answered to show anything, the poster thanks and says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from survey_app.domain.disclosure import Withheld
from survey_app.domain.echo import Echo, Finding, Mention
from survey_app.domain.messages import N_, Words
from survey_app.domain.questionnaire import Audience
from survey_app.domain.taking_part import NextWay
from survey_app.rendering.environment import render_template
from survey_app.rendering.fitting import fitting_size, text_height
from survey_app.rendering.metrics import MM_PER_POINT, lines_of
from survey_app.rendering.pdf import Document
from survey_app.rendering.prints.base import (
    Format,
    LogoView,
    ResultsPoster,
    colours_of,
    logo_view,
    pictures_of,
)
from survey_app.rendering.qr import qr_svg
from survey_app.rendering.results_fitting import (
    LEADING,
    Answers,
    block_height,
    cut,
    fitting_answers,
    size_for,
)

KIND: Final = N_("Ergebnisse der Umfrage")
QR_TITLE: Final = N_("QR-Code zu den Ergebnissen")

# The page in millimetres: see styles/results.css.
WIDTH: Final = 166.0
SHARE: Final = 48.0  # beside it 5, then what a finding says
SAID: Final = 113.0
TOP: Final = 65.0  # where the findings begin
BOTTOM: Final = 224.0  # where the zone of the code begins
THEMES: Final = 54.0
BESIDE: Final = 106.0  # the answers beside themes
HEADING: Final = 9.5
CODE: Final = 116.0  # the width beside the code
BAR: Final = 7.2  # a bar with its distances
GAP: Final = 5.0  # between two findings
NEXT_ROOM: Final = 25.0  # the next way to take part, beside the code

HEADLINE_SIZES: Final = (54, 48, 42, 36, 32, 28, 24)
TITLE_SIZES: Final = (20, 18, 16, 14, 12, 11)
SHARE_SIZES: Final = (36, 32, 28, 25, 22, 20)
SENTENCE_SIZES: Final = (18, 17, 16, 15, 14, 13, 12, 11)
NEXT_SIZES: Final = (14.0, 13.0, 12.0, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5)
NOTE_SIZES: Final = (24, 22, 20, 18, 16, 14, 13, 12, 11)
ASKED: Final = 11.0
LABEL: Final = 14.0
OFTEN: Final = 10.5


@dataclass(frozen=True)
class FindingView:
    """A finding in type: its share, what is said of it, the steps of its bar, and its place."""

    share: str
    share_size: float
    asked: str
    sentence: str
    size: float
    full: int
    is_open: bool
    top: float
    height: float

    @property
    def steps(self) -> tuple[str, ...]:
        """Return what each of ten steps is: full, perhaps, or empty; as CSS classes."""
        perhaps = self.full if self.is_open else None
        kinds = {True: " full", False: ""}
        return tuple(
            " perhaps" if step == perhaps else kinds[step < self.full] for step in range(10)
        )


@dataclass(frozen=True)
class ThemeView:
    """A theme: its label, cut to what there is room for, and how often it was named."""

    label: str
    often: str


@dataclass(frozen=True)
class NextView:
    """How to take part next; `sentence` and `day` are in the language of the page."""

    sentence: str
    text: str
    day: str
    host: str
    size: float


@dataclass(frozen=True)
class Sizes:
    """Font sizes of one poster in points."""

    headline: float
    title: float
    answered: float
    note: float
    address: float
    code: float
    foot: float


@dataclass(frozen=True)
class Page:
    """What the template needs for one poster. `now` is where the answers begin, in millimetres."""

    poster: ResultsPoster
    headline: str
    answered: str
    title: str
    notes: tuple[str, ...]
    findings: tuple[FindingView, ...]
    themes: tuple[ThemeView, ...]
    answers: Answers
    heard: str
    next_way: NextView | None
    now: float
    sizes: Sizes
    colours: str
    logo: LogoView | None
    qr: Markup


def results_document(posters: Sequence[ResultsPoster], words: Words) -> Document:
    """Return the posters as one document for `PdfPool`, one page each."""
    first = posters[0].title
    title = f"{words.gettext(KIND)}: {first}"
    pages = [page_of(poster, words) for poster in posters]
    html = render_template("prints/results.html", words, pages=pages, title=title)
    return Document(html, ("results.css",), pictures_of(posters))


def page_of(poster: ResultsPoster, words: Words) -> Page:
    """Return what the template needs for one poster."""
    echo = poster.echo
    is_withheld = isinstance(echo.answered, Withheld)
    findings = tuple(_findings(echo.large, words))
    notes = _notes(echo, words)
    note_size = _note_size(notes, words) if notes else 0
    now = _end_of(findings, notes, note_size, words)
    room = BOTTOM - now - HEADING
    themes = tuple(_themes(echo.heard, words, room))
    logo = logo_view(poster, words, width=42, height=12)
    return Page(
        poster=poster,
        headline=words.gettext(THANKS if is_withheld else CAME_OUT),
        answered="" if is_withheld else echo.who_answered.said(words),
        title=cut(poster.title, 2, WIDTH, TITLE_SIZES[-1], "Bold"),
        notes=notes,
        findings=findings,
        themes=themes,
        answers=fitting_answers(
            echo.commitments, words, width=BESIDE if themes else WIDTH, height=room
        ),
        heard=words.gettext(_heard(echo)),
        next_way=_next_way(echo.next_way, words) if echo.next_way else None,
        now=round(now, 1),
        sizes=_sizes(poster, words, note_size, logo),
        colours=colours_of(poster),
        logo=logo,
        qr=qr_svg(poster.url, title=f"{words.gettext(QR_TITLE)}: {poster.code}", border=0),
    )


def _findings(large: Sequence[Finding], words: Words) -> Iterator[FindingView]:
    """Yield the findings one below the other; a statement that says all needs no question."""
    leading, top = LEADING[words.direction], TOP
    for finding in large:
        share = finding.tenths.said.said(words)
        before, _, after = finding.sentence.said(words).partition(share)
        sentence = cut(f"{before.strip()} {after.strip()}".strip(), 2, SAID - 2, SENTENCE_SIZES[-1])
        on_one_line = size_for(sentence, SENTENCE_SIZES, SAID, 1, "Bold")
        on_two = size_for(sentence, SENTENCE_SIZES[4:], SAID, 2, "Bold")
        size = on_one_line if block_height(sentence, on_one_line, SAID, 1, "Bold") < 7 else on_two
        asked = _asked(finding, words)
        height = (
            block_height(asked, ASKED, SAID, leading, "Bold")
            + block_height(sentence, size, SAID, leading, "Bold")
            + BAR
        )
        share_size = _share_size(share)
        height = max(height, block_height(share, share_size, SHARE, leading - 0.15, "Black"))
        yield FindingView(
            share=share,
            share_size=share_size,
            asked=asked,
            sentence=sentence,
            size=size,
            full=finding.tenths.full,
            is_open=finding.tenths.is_open,
            top=round(top, 1),
            height=round(height, 1),
        )
        top += height + GAP


def _share_size(share: str) -> float:
    """Return the size of a share: on one line if that is still large, else on two."""
    on_one_line = size_for(share, SHARE_SIZES, SHARE, 1, "Black")
    is_large = on_one_line > SHARE_SIZES[-3]
    return on_one_line if is_large else size_for(share, SHARE_SIZES[2:], SHARE, 2, "Black")


def _asked(finding: Finding, words: Words) -> str:
    """Return the question, with what stood above it if there is room for both."""
    said = [text.said(words.code) for text in (finding.stem, finding.asked) if text]
    whole = " ".join(said)
    if lines_of(whole, SAID - 2, ASKED, "Bold") <= 2:
        return whole
    return cut(said[-1], 2, SAID - 2, ASKED, "Bold")


def _notes(echo: Echo, words: Words) -> tuple[str, ...]:
    """Return why there are no findings; where there are some, the rest is said behind the code."""
    if isinstance(echo.answered, Withheld):
        return (echo.who_answered.said(words),)
    return () if echo.large else tuple(note.said(words) for note in echo.notes)


def _note_size(notes: Sequence[str], words: Words) -> float:
    text = "\n".join(notes)
    leading = LEADING[words.direction]
    return fitting_size(text, NOTE_SIZES, width=WIDTH, height=60, leading=leading)


def _end_of(
    findings: Sequence[FindingView], notes: Sequence[str], size: float, words: Words
) -> float:
    """Return where the findings end, or what stands in their place."""
    if findings:
        return findings[-1].top + findings[-1].height + 6
    leading = LEADING[words.direction]
    return TOP + sum(block_height(note, size, WIDTH, leading) + 2 for note in notes) + 7


def _themes(heard: Sequence[Mention], words: Words, room: float) -> Iterator[ThemeView]:
    """Yield the themes there is room for, the most frequent first; the heading takes two lines."""
    leading, used = LEADING[words.direction], HEADING - 3
    for each in heard:
        label = cut(each.theme.label, 3, THEMES - 10, LABEL, "Bold")
        often = each.often.said(words)
        used += block_height(label, LABEL, THEMES - 8, leading, "Bold") + 8
        used += block_height(often, OFTEN, THEMES - 8, leading)
        if used > room:
            return
        yield ThemeView(label, often)


def _next_way(way: NextWay, words: Words) -> NextView:
    """Return the next way to take part as large as its text allows."""
    sentence = way.sentence.said(words) if way.sentence else ""
    day = words.date(way.day_beside) if way.day_beside else ""
    host = cut(way.host, 1, CODE - 4, 10, "Bold")
    leading = LEADING[words.direction]

    def height(size: float, text: str) -> float:
        bold = sum(block_height(s, size, CODE, leading, "Bold") for s in (sentence, day, host))
        return bold + block_height(text, size, CODE, leading)

    size = next((s for s in NEXT_SIZES if height(s, way.text) <= NEXT_ROOM), NEXT_SIZES[-1])
    room = NEXT_ROOM - height(size, "")
    lines = max(1, int(room / (leading * size * MM_PER_POINT)))
    return NextView(sentence, cut(way.text, lines, CODE - 2, size), day, host, size)


def _sizes(poster: ResultsPoster, words: Words, note: float, logo: LogoView | None) -> Sizes:
    is_withheld = isinstance(poster.echo.answered, Withheld)
    headline = words.gettext(THANKS if is_withheld else CAME_OUT)
    answered = "" if is_withheld else poster.echo.who_answered.said(words)
    foot = f"{poster.network}\n{poster.site}"
    leading = LEADING[words.direction]
    title = fitting_size(poster.title, TITLE_SIZES, width=WIDTH, height=12, leading=1.2)
    said = min(12.0, text_height(poster.title, title, width=WIDTH, leading=1.2))
    return Sizes(
        headline=fitting_size(
            headline, HEADLINE_SIZES, width=WIDTH, height=27 - said, leading=leading - 0.2
        ),
        title=title,
        answered=fitting_size(answered, (16, 15, 14, 13, 12), width=WIDTH, height=8),
        note=note,
        address=fitting_size(poster.address, (13, 12, 11, 10, 9), width=62, height=6),
        code=fitting_size(poster.code, (26, 24, 22, 20, 18, 16), width=62, height=10),
        foot=fitting_size(
            foot, (10, 9, 8, 7), width=WIDTH - (logo.width + 6 if logo else 0), height=10
        ),
    )


def _heard(echo: Echo) -> str:
    """Return what stands above a wish, in German (web/respond/results.py says the same)."""
    if isinstance(echo.answered, Withheld):
        return N_("Darum geht es")
    is_young = echo.audience is Audience.YOUNG_PEOPLE
    return N_("Ihr habt gesagt") if is_young else N_("Das wurde gesagt")


CAME_OUT: Final = N_("Das kam heraus")
THANKS: Final = N_("Danke fürs Mitmachen!")

FORMAT: Final = Format[ResultsPoster](
    order=11,
    label=N_("Ergebnisse A4"),
    about=N_("Was herauskam und was jetzt passiert, zum Aushängen"),
    languages=1,
    document=results_document,
)
