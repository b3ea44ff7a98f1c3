"""Plain bars, one per answer, for answers without a good end: names, ticks, frequencies.

Every bar lies on a pale track as long as all people, so that its share is seen without an axis.
Where several answers were allowed the bars may add up to more than the track; each stands alone.
"""

from collections.abc import Sequence
from typing import Final

from survey_app.domain.codebook import Level
from survey_app.domain.disclosure import Released
from survey_app.domain.messages import N_, Message
from survey_app.domain.sheet import ResultRow
from survey_app.domain.tabulation import Cell
from survey_app.rendering.charts.base import TRACK, Box, Drawing, Pen, Thing
from survey_app.rendering.palette import PALETTE

FINDING: Final = N_("%(label)s: %(count)s von %(base)s")


def draws(thing: Thing) -> bool:
    """Return whether the answers are names, or an order in which nothing counts as good."""
    if not isinstance(thing, ResultRow):
        return False
    variable = thing.variable
    plain_order = variable.level is Level.ORDINAL and not variable.positive and not variable.bands
    return variable.level is Level.NOMINAL or plain_order


def drawings(things: Sequence[Thing], pen: Pen) -> tuple[tuple[Drawing, ...], ...]:
    """Return one bar per answer."""
    return tuple(
        tuple(_bar(thing, cell, thing.table.base, pen) for cell in thing.table.cells)
        if isinstance(thing, ResultRow) and isinstance(thing.table, Released)
        else ()
        for thing in things
    )


def _bar(row: ResultRow, cell: Cell, base: int, pen: Pen) -> Drawing:
    frame, words = pen.frame, pen.words
    track = Box(0, 0, frame.width, frame.height, TRACK)
    bar = Box(0, 0, frame.width * cell.count / base, frame.height, PALETTE.ink)
    values = {
        "label": row.variable.label_of(cell.code, words.code),
        "count": words.number(cell.count),
        "base": words.number(base),
    }
    return Drawing(
        frame, Message(FINDING, values).said(words), (track, bar) if cell.count else (track,)
    )
