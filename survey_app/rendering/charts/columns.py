"""Columns: numbers in their order, from a ladder (0 to 10) or from bands (0–2, 3–4, 5–14 hours).

The height is the share of people, the figure above says how many, the one below which number. A
joined coarse step prints as its span: the codes 0+1+2 become "0–2".
"""

from collections.abc import Sequence
from typing import Final

from survey_app.domain.codebook import Level
from survey_app.domain.disclosure import Released
from survey_app.domain.messages import N_, Message, Words
from survey_app.domain.response import Code
from survey_app.domain.sheet import ResultRow
from survey_app.rendering.charts.base import Box, Drawing, Figure, Frame, Pen, Thing
from survey_app.rendering.palette import PALETTE

FINDING: Final = N_("Am häufigsten: %(code)s (%(count)s von %(base)s). Alle Antworten: %(all)s.")
LINE: Final = 1.25  # height of a line of figures, in type sizes


def draws(thing: Thing) -> bool:
    """Return whether the codes are numbers or bands of numbers."""
    if not isinstance(thing, ResultRow):
        return False
    return thing.variable.level is Level.NUMERIC or bool(thing.variable.bands)


def drawings(things: Sequence[Thing], pen: Pen) -> tuple[tuple[Drawing, ...], ...]:
    """Return one picture per row."""
    return tuple(
        (_columns(thing.table, pen.frame, pen.words),)
        if isinstance(thing, ResultRow) and isinstance(thing.table, Released)
        else ()
        for thing in things
    )


def _columns(table: Released, frame: Frame, words: Words) -> Drawing:
    step = frame.width / len(table.cells)
    width = min(0.72 * step, 5 * frame.type_size)
    line = LINE * frame.type_size
    tallest = max(cell.count for cell in table.cells) or 1
    room, floor = frame.height - 2 * line, frame.height - line
    boxes, figures = [Box(0, floor, frame.width, 0.06 * frame.type_size, PALETTE.line)], []
    for place, cell in enumerate(table.cells):
        middle, height = (place + 0.5) * step, room * cell.count / tallest
        boxes.append(Box(middle - width / 2, floor - height, width, height, PALETTE.ink))
        figures += [
            Figure(middle, floor - height - 0.3 * line, str(cell.count), PALETTE.ink),
            Figure(middle, frame.height - 0.12 * line, span(cell.code), PALETTE.ink_soft),
        ]
    shown = tuple(box for box in boxes if box.height)
    return Drawing(frame, finding(table, words), shown, figures=tuple(figures))


def span(code: Code) -> str:
    """Return the numbers a code stands for.

    >>> span("0+1+2"), span(7), span("3–4")
    ('0–2', '7', '3–4')
    """
    covered = str(code).split("+")
    return covered[0] if len(covered) == 1 else f"{covered[0]}–{covered[-1]}"


def finding(table: Released, words: Words) -> str:
    """Return what the columns say, for those who cannot see them."""
    most = max(table.cells, key=lambda cell: cell.count)
    values = {
        "code": span(most.code),
        "count": words.number(most.count),
        "base": words.number(table.base),
        "all": ", ".join(f"{span(cell.code)}: {words.number(cell.count)}" for cell in table.cells),
    }
    return Message(FINDING, values).said(words)
