"""Diverging stacked bars: answers on a scale from bad to good, split around zero.

The bad half of the scale lies left of a common zero line, the good half right of it, a middle
answer in the middle. A scale whose positive answers come first ("Mein Handy stört mich beim
Schlafen.": stimmt gar nicht) is turned round, so that right and dark always mean good. All bars of
one table share the zero line and the scale, so that they can be compared by eye. Segments carry
whole percents that add up to 100 (largest remainder), or people where few answered; a number that
does not fit is left out, the files have them all. The bad half is hatched, so that both halves
differ without colour.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, TypeVar

from survey_app.domain.codebook import Level, Variable
from survey_app.domain.disclosure import DisclosurePolicy, Released
from survey_app.domain.messages import N_, Message, Words
from survey_app.domain.sheet import ResultRow
from survey_app.domain.statistics import percents_of, top_box
from survey_app.rendering.charts.base import (
    DIGIT_WIDTH,
    Box,
    Drawing,
    Figure,
    Frame,
    Pen,
    Rules,
    Thing,
    fits,
    hatches,
    hatching,
    on_middle,
    readable_on,
    tones,
)
from survey_app.rendering.palette import PALETTE

T = TypeVar("T")
TICK: Final = 0.11  # of the height, free above and below the bar
HATCH: Final = 0.4  # of the height, from line to line
SLIVER: Final = 0.12  # of the height; what is narrower beside a number stays plain
THIN: Final = 0.05  # of the height, thickness of a hatching
FINDING: Final = N_("%(count)s von %(base)s: „%(answers)s“. Alle Antworten: %(all)s.")


def draws(thing: Thing) -> bool:
    """Return whether the answers have an order and a good end."""
    if not isinstance(thing, ResultRow):
        return False
    variable = thing.variable
    return variable.level is Level.ORDINAL and bool(variable.positive) and not variable.bands


def drawings(things: Sequence[Thing], pen: Pen) -> tuple[tuple[Drawing, ...], ...]:
    """Return one bar per row, all on one scale and around one zero line."""
    rows = [thing for thing in things if isinstance(thing, ResultRow)]
    reaches = [reach(row, row.table) for row in rows if isinstance(row.table, Released)]
    left = max((each[0] for each in reaches), default=0.5)
    right = max((each[1] for each in reaches), default=0.5)
    people = in_people(rows, pen.policy)
    return tuple(
        (_bar(row, row.table, pen, left=left, right=right, people=people),)
        if isinstance(row.table, Released)
        else ()
        for row in rows
    )


def in_people(rows: Sequence[ResultRow], policy: DisclosurePolicy) -> bool:
    """Return whether the bars of these rows count people: percents of few would look exact."""
    bases = [row.table.base for row in rows if isinstance(row.table, Released)]
    return any(base < policy.percent_from for base in bases)


def is_turned(variable: Variable) -> bool:
    """Return whether the positive answers come first."""
    places = [variable.codes.index(code) for code in variable.positive]
    return 2 * sum(places) < len(places) * (len(variable.codes) - 1)


def from_bad_to_good(variable: Variable, steps: Sequence[T]) -> list[T]:
    """Return what belongs to the steps of the scale in the order in which it is drawn."""
    return list(reversed(steps)) if is_turned(variable) else list(steps)


def reach(row: ResultRow, table: Released) -> tuple[float, float]:
    """Return how far the bar extends left and right of zero, as shares of the base."""
    counts = from_bad_to_good(row.variable, [cell.count for cell in table.cells])
    half = len(counts) // 2
    middle = counts[half] / 2 if len(counts) % 2 else 0
    return (
        (sum(counts[:half]) + middle) / table.base,
        (sum(counts[len(counts) - half :]) + middle) / table.base,
    )


def _bar(
    row: ResultRow,
    table: Released,
    pen: Pen,
    *,
    left: float,
    right: float,
    people: bool,
) -> Drawing:
    frame, words = pen.frame, pen.words
    scale = frame.width / (left + right)
    start = (left - reach(row, table)[0]) * scale
    counts = from_bad_to_good(row.variable, [cell.count for cell in table.cells])
    edges = [start + scale * sum(counts[:place]) / table.base for place in range(len(counts) + 1)]
    labels = counts if people else from_bad_to_good(row.variable, percents_of(table))
    tick = TICK * frame.height
    boxes, figures, rules = [], [], [_zero(left * scale, tick, frame)]
    steps = zip(pairwise(edges), labels, tones(len(counts)), hatches(len(counts)), strict=True)
    for (x1, x2), label, tone, hatch in steps:
        if x2 > x1:
            boxes.append(Box(x1, tick, x2 - x1, frame.height - 2 * tick, tone))
            figure = _label(x1, x2, label, tone, frame)
            figures += figure
            if hatch:
                rules.append(_hatched(boxes[-1], hatch, figure, frame))
    return Drawing(
        frame,
        finding(row, table, words),
        boxes=tuple(boxes),
        rules=tuple(rules),
        figures=tuple(figures),
    )


def _hatched(box: Box, colour: str, figure: Sequence[Figure], frame: Frame) -> Rules:
    """Return the hatching of a segment; it leaves room for the number."""
    left, right = box.x, box.x + box.width
    parts = [(left, right)]
    for each in figure:
        half = (len(each.text) * DIGIT_WIDTH / 2 + 0.2) * frame.type_size
        parts = [(left, each.x - half), (each.x + half, right)]
    lines = [
        line
        for start, end in parts
        if end - start >= SLIVER * frame.height
        for line in hatching(start, end, box.y, box.y + box.height, HATCH * frame.height)
    ]
    return Rules(tuple(lines), colour, THIN * frame.height)


def _zero(x: float, tick: float, frame: Frame) -> Rules:
    """Return the zero line as two ticks, above and below the bar: on it there may be a number."""
    above, below = 0.8 * tick, frame.height - 0.8 * tick
    ticks = ((x, 0.0, x, above), (x, below, x, frame.height))
    return Rules(ticks, PALETTE.ink_soft, 0.25 * tick)


def _label(x1: float, x2: float, label: int, tone: str, frame: Frame) -> list[Figure]:
    if not fits(str(label), x2 - x1, frame):
        return []
    return [on_middle((x1 + x2) / 2, frame.height / 2, str(label), readable_on(tone), frame)]


def finding(row: ResultRow, table: Released, words: Words) -> str:
    """Return what the bar says, for those who cannot see it."""
    share = top_box(table, row.variable.positive)
    positive = "+".join(map(str, row.variable.positive))
    each = (
        f"{row.variable.label_of(cell.code, words.code)} {words.number(cell.count)}"
        for cell in table.cells
    )
    values = {
        "count": words.number(share.count),
        "base": words.number(share.base),
        "answers": row.variable.label_of(positive, words.code),
        "all": ", ".join(each),
    }
    return Message(FINDING, values).said(words)
