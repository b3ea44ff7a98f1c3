"""Dumbbells: what was answered before and what is answered now, on one line.

A ring is before, a disc is now: they differ in form, so that they can be told apart without colour.
The line between them is the change; the thin lines above and below are what chance alone could do
to either (95 %). Shares lie between 0 and 100 %, means between both ends of their scale.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from survey_app.domain.comparison import GroupChange, LookBack
from survey_app.domain.differences import Moments, student
from survey_app.domain.disclosure import Withheld
from survey_app.domain.messages import N_, Message, Words
from survey_app.domain.statistics import Share
from survey_app.rendering.charts.base import TRACK, Dot, Drawing, Frame, Pen, Rules, Thing
from survey_app.rendering.charts.paired_dots import axis, position, radius_in
from survey_app.rendering.palette import PALETTE

FINDING: Final = N_("davor %(before)s, jetzt %(after)s")


@dataclass(frozen=True)
class End:
    """One end: where it lies between 0 and 1, how far chance reaches, what it says."""

    at: float
    low: float
    high: float
    figure: str


def draws(thing: Thing) -> bool:
    """Return whether something was asked of two times."""
    return isinstance(thing, GroupChange | LookBack)


def drawings(things: Sequence[Thing], pen: Pen) -> tuple[tuple[Drawing, ...], ...]:
    """Return one line per comparison; none if a side is withheld or has no figure."""
    return tuple(
        _drawn(thing, pen) for thing in things if isinstance(thing, GroupChange | LookBack)
    )


def _drawn(thing: GroupChange | LookBack, pen: Pen) -> tuple[Drawing, ...]:
    sides = (
        (thing.before, thing.after) if isinstance(thing, GroupChange) else (thing.then, thing.now)
    )
    before, after = (_end(side, thing.scale, pen.words) for side in sides)
    return (_line(before, after, pen),) if before and after else ()


def _end(
    side: Share | Moments | Withheld | None, scale: tuple[int, int], words: Words
) -> End | None:
    if isinstance(side, Share):
        interval = side.interval
        return End(side.value, interval.low, interval.high, words.percent(side.value))
    if not isinstance(side, Moments):
        return None
    lowest, highest = scale
    half = student(side.n - 1) * side.sd / math.sqrt(side.n)
    at, low, high = (
        min(1.0, max(0.0, (value - lowest) / (highest - lowest)))
        for value in (side.mean, side.mean - half, side.mean + half)
    )
    return End(at, low, high, words.number(side.mean, 1))


def _line(before: End, after: End, pen: Pen) -> Drawing:
    frame = pen.frame
    middle, radius = frame.height / 2, radius_in(frame)
    ticks = axis(frame)
    grid = [(x, 0.0, x, frame.height) for x in ticks] + [(ticks[0], middle, ticks[-1], middle)]
    at, to = position(before.at, frame), position(after.at, frame)
    return Drawing(
        frame,
        finding(before.figure, after.figure, pen.words),
        rules=(
            Rules(tuple(grid), TRACK, 0.12 * radius),
            Rules((_reach(before, 0.12, frame), _reach(after, 0.88, frame)), PALETTE.line, 0.2),
            Rules(((at, middle, to, middle),), PALETTE.ink_soft, 0.55 * radius),
        ),
        dots=(
            Dot(at, middle, 0.85 * radius, PALETTE.paper, PALETTE.ink),
            Dot(to, middle, radius, PALETTE.ink, PALETTE.paper),
        ),
    )


def _reach(end: End, height: float, frame: Frame) -> tuple[float, float, float, float]:
    y = height * frame.height
    return position(end.low, frame), y, position(end.high, frame), y


def finding(before: str, after: str, words: Words) -> str:
    """Return what the line says, for those who cannot see it."""
    return Message(FINDING, {"before": before, "after": after}).said(words)
