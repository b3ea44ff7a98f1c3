"""What of a poster's answers fits: texts of unknown length in a box of known size.

Everything is measured with the widths of our font (`metrics`) before it is drawn. What does not fit
gives way in steps: smaller type, then fewer lines of each text, which end in "…" then, then fewer
answers. Whatever leaves the paper stands behind the code, and the poster says how much it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from survey_app.domain.commitment import Commitment, Status
from survey_app.domain.messages import N_, Message, Words
from survey_app.rendering.metrics import MM_PER_POINT, lines_of, width_of

SIZES: Final = (16.0, 14.0, 13.0, 12.0, 11.0, 10.0)
LINES: Final = (99, 4, 3, 2)  # of each of the two texts
LEADING: Final = {"ltr": 1.25, "rtl": 1.5}  # Arabic letters reach further up and down
SIDES: Final = 8.0  # left and right of what an answer says, in millimetres
AROUND: Final = 5.6  # above and below it, and to the next one
ABOUT: Final = 0.82  # the size of the small print, of the body's
SPARE: Final = 1.5  # what the drawn page may be wider by, in millimetres
LONGEST_WORD: Final = 40


@dataclass(frozen=True)
class AnswerView:
    """A commitment on paper: what was said, what becomes of it, how far it is, who sees to it."""

    status: Status
    wish: str
    lead: str
    answer: str
    about: str


@dataclass(frozen=True)
class Answers:
    """Commitments that fit, in one size (points), and how many did not."""

    views: tuple[AnswerView, ...]
    size: float
    left_out: int


def fitting_answers(
    commitments: Sequence[Commitment], words: Words, *, width: float, height: float
) -> Answers:
    """Return as many commitments as fit, as large and as whole as they can be."""
    whole = [view_of(each, words) for each in commitments]
    leading = LEADING[words.direction]
    for count in range(len(whole), 0, -1):
        left_out = len(whole) - count
        room = height - (leading * 12 * MM_PER_POINT + 2 if left_out else 0)
        for views, size in _steps(whole[:count], width):
            if sum(_height(each, size, width, leading) for each in views) <= room:
                return Answers(views, size, left_out)
    return Answers((), SIZES[-1], len(whole))


def _steps(
    whole: Sequence[AnswerView], width: float
) -> Iterator[tuple[tuple[AnswerView, ...], float]]:
    """Yield the same answers with less and less on them; a single one may be cut to a line."""
    for lines in LINES if len(whole) > 1 else (*LINES, 1):
        for size in SIZES:
            yield tuple(_cut(each, lines, width, size) for each in whole), size


def view_of(each: Commitment, words: Words) -> AnswerView:
    """Return a commitment as it is said, uncut."""
    lead = {Status.DECLINED: NOT_POSSIBLE, Status.DONE: WE_DID}.get(each.status, WE_DO)
    said = (each.reason, each.answer) if each.is_declined else (each.answer,)
    about = [each.office]
    if each.due_on and each.status in (Status.PLANNED, Status.STARTED):
        about.insert(0, Message(UNTIL, {"day": each.due_on}).said(words))
    return AnswerView(
        status=each.status,
        wish=each.wish,
        lead=words.gettext(lead),
        answer=" ".join(filter(None, said)),
        about=" · ".join(about),
    )


def _cut(view: AnswerView, lines: int, width: float, size: float) -> AnswerView:
    inner = width - SIDES - SPARE
    return AnswerView(
        status=view.status,
        wish=cut(view.wish, lines, inner, size, "Bold"),
        lead=view.lead,
        answer=_cut_after(view.lead, view.answer, lines, inner, size),
        about=cut(view.about, 2, inner, size * ABOUT),
    )


def _cut_after(lead: str, text: str, lines: int, width: float, size: float) -> str:
    """Return `text` cut so that it takes so many lines behind its lead."""
    return cut(f"{lead} {text}", lines, width, size, "Bold").removeprefix(f"{lead} ")


def _height(view: AnswerView, size: float, width: float, leading: float) -> float:
    """Return how tall an answer is with its padding, in millimetres."""
    inner, em = width - SIDES - SPARE, size * MM_PER_POINT
    said = f"{view.lead} {view.answer}"
    lines = lines_of(view.wish, inner, size, "Bold") + lines_of(said, inner, size, "Bold")
    small = (1 + lines_of(view.about, inner, size * ABOUT)) * ABOUT  # a line says how far it is
    return (lines + small) * leading * em + AROUND


def cut(text: str, lines: int, width: float, size: float, face: str = "Regular") -> str:
    """Return `text` in at most so many lines; "…" says that it was cut, also within a long word."""
    text = " ".join(text.split())
    if lines_of(text, width, size, face) <= lines:
        return text
    low, high = 0, len(text)
    while high - low > 1:
        middle = (low + high) // 2
        fits = lines_of(text[:middle].rstrip() + " …", width, size, face) <= lines
        low, high = (middle, high) if fits else (low, middle)
    kept = text[:low].rstrip()
    at_a_word = kept.rpartition(" ")[0]
    is_near = len(kept) - len(at_a_word) <= LONGEST_WORD and at_a_word
    is_whole = text[len(kept) : len(kept) + 1] == " "
    return f"{at_a_word if is_near and not is_whole else kept} …"


def block_height(
    text: str, size: float, width: float, leading: float, face: str = "Regular"
) -> float:
    """Return how tall a text is in a column, in millimetres."""
    return lines_of(text, width - SPARE, size, face) * leading * size * MM_PER_POINT if text else 0


def size_for(
    text: str, sizes: Sequence[float], width: float, lines: int, face: str = "Regular"
) -> float:
    """Return the largest of falling sizes at which a text takes so many lines, no word broken."""
    inner = width - SPARE
    for size in sizes:
        is_whole = all(width_of(word, size, face) <= inner for word in text.split())
        if is_whole and lines_of(text, inner, size, face) <= lines:
            return size
    return sizes[-1]


WE_DO = N_("Das machen wir:")
WE_DID = N_("Das haben wir gemacht:")
NOT_POSSIBLE = N_("Das geht leider nicht. Der Grund:")
UNTIL = N_("bis %(day)s")
