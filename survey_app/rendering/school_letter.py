"""The letter to a school: one page that goes with the evaluation sheet.

A plain letter, with the colour and logo of the network and without a window for the address: it is
handed over or sent by mail. It stays one page: the answers are cut, and left out, before anything
else gives way (`results_fitting`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from survey_app.domain.branding import Branding
from survey_app.domain.echo import Finding
from survey_app.domain.messages import N_, Words
from survey_app.domain.school_letter import Round, SchoolLetter
from survey_app.domain.taking_part import NextWay
from survey_app.rendering.environment import render_template
from survey_app.rendering.metrics import MM_PER_POINT
from survey_app.rendering.pdf import Document
from survey_app.rendering.prints.base import LogoView, colours_of, logo_view, pictures_of
from survey_app.rendering.results_fitting import AnswerView, block_height, cut, view_of

KIND: Final = N_("Ergebnisse der Befragung")
WIDTH: Final = 170.0
SIZES: Final = (10.5, 10.0, 9.5, 9.0)
LINES: Final = (99, 3, 2, 1)  # of each text of an answer
HEIGHT: Final = 263.0  # of the page within its margins
HEAD: Final = 27.0  # the bubble with a title of two lines
LOGO: Final = 10.0
FLOW: Final = 23.2  # lines that are always there, with their distances
ROUND: Final = 1.6  # lines
MOST_ROUNDS: Final = 5
LEADING: Final = 1.38


@dataclass(frozen=True)
class LetterPage:
    """What the template needs; `size` is that of the body, in points."""

    letter: SchoolLetter
    rounds: tuple[Round, ...]
    findings: tuple[str, ...]
    few: tuple[str, ...]
    answers: tuple[AnswerView, ...]
    left_out: int
    next_way: str
    title: str
    size: float
    colours: str
    logo: LogoView | None


@dataclass(frozen=True)
class Paper:
    """Whose paper it is."""

    network: str
    branding: Branding


def letter_document(letter: SchoolLetter, words: Words, branding: Branding) -> Document:
    """Return the letter as one document for `PdfPool`."""
    paper = Paper(letter.measure.network.name, branding)
    title = f"{words.gettext(KIND)}: {letter.measure.title}"
    page = page_of(letter, words, paper)
    html = render_template("school_letter.html", words, page=page, letter=letter, title=title)
    return Document(html, ("school_request.css", "school_letter.css"), pictures_of([paper]))


def page_of(letter: SchoolLetter, words: Words, paper: Paper) -> LetterPage:
    """Return what the template needs."""
    logo = logo_view(paper, words, width=45, height=14)
    page = LetterPage(
        letter=letter,
        rounds=letter.rounds[-MOST_ROUNDS:],
        findings=tuple(_said(each, words) for each in letter.findings),
        few=tuple(note.said(words) for note in letter.few),
        answers=tuple(view_of(each, words) for each in letter.commitments),
        left_out=0,
        next_way=_next_way(letter.next_way, words) if letter.next_way else "",
        title=cut(letter.measure.title, 2, WIDTH - 24, 12, "Bold"),
        size=SIZES[0],
        colours=colours_of(paper),
        logo=logo,
    )
    return next(each for each in _steps(page) if _height(each) <= HEIGHT or not each.answers)


def _said(finding: Finding, words: Words) -> str:
    """Return a finding as one sentence; its question is cut to a line, its share never."""
    sentence = finding.sentence.said(words)
    if finding.asked is None:
        return sentence
    asked = cut(finding.asked.said(words.code), 1, WIDTH - 25, SIZES[0], "Bold")
    return f"„{asked}“ – {sentence}"


def _next_way(way: NextWay, words: Words) -> str:
    sentence = way.sentence.said(words) if way.sentence else ""
    day = f"({words.date(way.day_beside)})" if way.day_beside else ""
    return " ".join(filter(None, (sentence, way.text, day, way.host)))


def _steps(page: LetterPage) -> Iterator[LetterPage]:
    """Yield the letter with less and less room for the answers, and at last without them."""
    whole = page.answers
    for count in range(len(whole), -1, -1):
        for lines in LINES:
            for size in SIZES:
                answers = tuple(_cut(each, lines, size) for each in whole[:count])
                yield replace(page, answers=answers, left_out=len(whole) - count, size=size)


def _cut(view: AnswerView, lines: int, size: float) -> AnswerView:
    inner = WIDTH - 8
    return replace(
        view,
        wish=cut(view.wish, lines, inner, size, "Bold"),
        answer=cut(view.answer, lines, inner - 40, size),
        about=cut(view.about, 1, inner, size),
    )


def _height(page: LetterPage) -> float:
    """Return how tall the letter is, in millimetres; rather too tall than too short."""
    size, line = page.size, page.size * MM_PER_POINT * LEADING
    lines = FLOW + ROUND * len(page.rounds) + (1.5 if page.left_out else 0)
    said = [(each, WIDTH - 8, 0.3) for each in page.findings]
    said += [(each, WIDTH, 0.5) for each in (*page.few, page.next_way) if each]
    for each in page.answers:
        said += [(each.wish, WIDTH - 6, 0.0)]
        said += [(f"{each.lead} {each.answer} ({each.about})", WIDTH - 6, 0.6)]
    texts = sum(
        block_height(text, size, width, LEADING, "Bold") + gap * line for text, width, gap in said
    )
    return HEAD + (LOGO if page.logo else 0) + lines * line + texts
