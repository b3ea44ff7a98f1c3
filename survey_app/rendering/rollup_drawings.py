"""The small drawings of a roll-up: a share as a bar, a difference on its axis, a share over time.

Each stands in a row of a table that has its numbers; its title says them too. Nothing depends on
colour: what is pooled is a diamond, what is of elsewhere is hatched.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from survey_app.domain.differences import Difference
from survey_app.domain.messages import Message, Percent, Words
from survey_app.domain.statistics import Interval, Share
from survey_app.rendering.charts.base import (
    TRACK,
    Box,
    Dot,
    Drawing,
    Frame,
    Rules,
    hatching,
    lightened,
)
from survey_app.rendering.funnel import SHARE
from survey_app.rendering.palette import PALETTE

Line = tuple[float, float, float, float]
PLAIN: Final = lightened(PALETTE.ink, 0.6)
TICKS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)


def share_bar(
    share: Share, interval: Interval, frame: Frame, words: Words, *, hatched: bool = False
) -> Drawing:
    """Return a share as a bar from zero on, with what chance alone could do as a line."""
    top, bottom, thin = 0.1 * frame.height, 0.9 * frame.height, 0.05 * frame.height
    middle, end = frame.height / 2, frame.width * share.value
    ticks = tuple((frame.width * t, 0.0, frame.width * t, frame.height) for t in TICKS)
    reach = (frame.width * interval.low, middle, frame.width * interval.high, middle)
    values = {"percent": Percent(share.value)}
    values |= {"low": Percent(interval.low), "high": Percent(interval.high)}
    return Drawing(
        frame,
        Message(SHARE, values).said(words),
        boxes=(Box(0, top, end, bottom - top, PALETTE.paper if hatched else PLAIN),),
        rules=(
            Rules(ticks, TRACK, thin),
            Rules(
                tuple(hatching(0, end, top, bottom, 0.5 * frame.height)) if hatched else (),
                PLAIN,
                1.6 * thin,
            ),
            Rules(((end, top, end, bottom),), PALETTE.ink, 2 * thin),
            Rules((reach, *_stops(interval, frame)), PALETTE.ink, 2.4 * thin),
        ),
    )


def _stops(interval: Interval, frame: Frame) -> tuple[Line, Line]:
    low, high = (frame.width * each for each in (interval.low, interval.high))
    top, bottom = 0.3 * frame.height, 0.7 * frame.height
    return (low, top, low, bottom), (high, top, high, bottom)


def reach_of(differences: Sequence[Difference]) -> float:
    """Return how far to both sides of zero an axis reaches that holds all of these."""
    return max((max(abs(each.low), abs(each.high)) for each in differences), default=1) * 1.05


def difference_line(
    difference: Difference, reach: float, frame: Frame, said: str, *, pooled: bool = False
) -> Drawing:
    """Return a difference as a disc on an axis with zero in its middle; all together a diamond."""
    middle, radius = frame.height / 2, (0.32 if pooled else 0.26) * frame.height
    left, width = 1.3 * radius, frame.width - 2.6 * radius

    def at(value: float) -> float:
        return left + width * (value / reach + 1) / 2

    return Drawing(
        frame,
        said,
        rules=(
            Rules(((left, middle, left + width, middle),), TRACK, 0.12 * radius),
            Rules(((at(0), 0.0, at(0), frame.height),), PALETTE.ink_soft, 0.25 * radius),
            Rules(
                ((at(difference.low), middle, at(difference.high), middle),),
                PALETTE.ink,
                0.45 * radius,
            ),
        ),
        dots=(Dot(at(difference.value), middle, radius, PALETTE.ink, PALETTE.paper, pooled),),
    )


def over_time(shares: Sequence[Share | None], frame: Frame, said: str) -> Drawing:
    """Return shares from left to right, each with what chance alone could do; gaps stay gaps."""
    radius = 0.09 * frame.height
    step = frame.width / max(len(shares), 1)
    points = [
        None if share is None else (step * (place + 0.5), _height(share.value, frame))
        for place, share in enumerate(shares)
    ]
    known = [share for share in shares if share is not None]
    spots = [point for point in points if point is not None]
    whiskers = tuple(
        (x, _height(share.interval.low, frame), x, _height(share.interval.high, frame))
        for (x, _), share in zip(spots, known, strict=True)
    )
    lines = tuple((*a, *b) for a, b in pairwise(points) if a is not None and b is not None)
    levels = tuple((0.0, _height(t, frame), frame.width, _height(t, frame)) for t in (0, 0.5, 1))
    return Drawing(
        frame,
        said,
        rules=(
            Rules(levels, TRACK, 0.2 * radius),
            Rules(whiskers, PALETTE.ink_soft, 0.35 * radius),
            Rules(lines, PALETTE.ink, 0.6 * radius),
        ),
        dots=tuple(Dot(x, y, radius, PALETTE.ink, PALETTE.paper) for x, y in spots),
    )


def _height(share: float, frame: Frame) -> float:
    edge = 0.08 * frame.height
    return frame.height - edge - (frame.height - 2 * edge) * share
