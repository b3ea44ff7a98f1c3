"""The funnel plot as a drawing, and the line of one share with its interval.

A disc is a group, a ring a pool of several small ones. The inner limits are thin, the outer ones
thick, and each is named by its number: nothing depends on colour.
"""

from itertools import pairwise
from typing import Final

from survey_app.domain.funnel import LEVELS, Funnel
from survey_app.domain.messages import N_, NN_, Message, Percent, Words
from survey_app.domain.statistics import Interval, Share
from survey_app.rendering.charts.base import (
    TRACK,
    Dot,
    Drawing,
    Figure,
    Frame,
    Rules,
    on_middle,
)
from survey_app.rendering.palette import PALETTE

STEPS: Final = 48
TICKS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
SHOWN: Final = {0.95: N_("95 %%"), 0.998: N_("99,8 %%")}


class _Paper:
    """Where a size and a share lie in the frame."""

    def __init__(self, frame: Frame, largest: int) -> None:
        self._size = frame.type_size
        self.left, self.right = 3.6 * self._size, frame.width - 4 * self._size
        self.top, self.bottom = self._size, frame.height - 2.2 * self._size
        self.largest = largest

    def x(self, base: float) -> float:
        return self.left + (self.right - self.left) * base / self.largest

    def y(self, share: float) -> float:
        return self.bottom - (self.bottom - self.top) * share


def funnel_drawing(funnel: Funnel, frame: Frame, words: Words) -> Drawing:
    """Return the funnel plot; its title says the finding."""
    most = max(point.share.base for point in funnel.points)
    paper = _Paper(frame, round(most * 1.08) + 1)
    grid = tuple((paper.left, paper.y(t), paper.right, paper.y(t)) for t in TICKS)
    middle = ((paper.left, paper.y(funnel.pooled), paper.right, paper.y(funnel.pooled)),)
    thin, thick = 0.06 * frame.type_size, 0.16 * frame.type_size
    return Drawing(
        frame,
        finding(funnel).said(words),
        rules=(
            Rules(grid, TRACK, thin),
            Rules(middle, PALETTE.accent, thick),
            Rules(_limits(funnel, LEVELS[0], paper), PALETTE.ink_soft, thin),
            Rules(_limits(funnel, LEVELS[1], paper), PALETTE.ink_soft, thick),
        ),
        dots=tuple(
            Dot(
                paper.x(point.share.base),
                paper.y(point.share.value),
                0.38 * frame.type_size,
                PALETTE.paper if point.is_pool else PALETTE.ink,
                PALETTE.ink if point.is_pool else PALETTE.paper,
            )
            for point in funnel.points
        ),
        figures=(*_axes(paper, frame, words), *_names(funnel, paper, frame, words)),
    )


def finding(funnel: Funnel) -> Message:
    """Return what the plot says: how many groups chance does not explain."""
    outside, groups = funnel.outside(LEVELS[1]), len(funnel.points)
    values = {"outside": outside, "groups": groups, "percent": Percent(funnel.pooled)}
    if not outside:
        return Message(ALL_WITHIN, values)
    return Message.counted(SOME_OUTSIDE, outside, values)


def _limits(
    funnel: Funnel, level: float, paper: _Paper
) -> tuple[tuple[float, float, float, float], ...]:
    bases = [1 + (paper.largest - 1) * (step / STEPS) ** 2 for step in range(STEPS + 1)]
    ends = [funnel.limits(level, base) for base in bases]
    lines = []
    for side in ("low", "high"):
        points = [
            (paper.x(base), paper.y(getattr(end, side)))
            for base, end in zip(bases, ends, strict=True)
        ]
        lines += [(*here, *there) for here, there in pairwise(points)]
    return tuple(lines)


def _axes(paper: _Paper, frame: Frame, words: Words) -> list[Figure]:
    below = paper.bottom + 1.3 * frame.type_size
    sizes = sorted({round(paper.largest * part / 4 / 5) * 5 for part in range(1, 4)} - {0})
    return [
        *(
            on_middle(paper.left / 2, paper.y(t), words.percent(t), PALETTE.ink_soft, frame)
            for t in TICKS
        ),
        *(Figure(paper.x(n), below, words.number(n), PALETTE.ink_soft) for n in sizes),
        Figure(paper.right, below, "n", PALETTE.ink_soft),
    ]


def _names(funnel: Funnel, paper: _Paper, frame: Frame, words: Words) -> list[Figure]:
    """Return what the lines are called, from top to bottom and never on top of one another."""
    x, line = paper.right + 2 * frame.type_size, 1.1 * frame.type_size
    y = paper.y(funnel.pooled)
    found = [on_middle(x, y, words.percent(funnel.pooled), PALETTE.accent, frame)]
    for level in LEVELS:
        low = funnel.limits(level, paper.largest).low
        text = Message(SHOWN[level]).said(words)
        shift = 0.5 if level == LEVELS[1] else -0.3
        y = max(y + line, paper.y(low) + shift * frame.type_size)
        found.append(on_middle(x, y, text, PALETTE.ink_soft, frame))
    return found


def share_line(share: Share, interval: Interval, frame: Frame, words: Words) -> Drawing:
    """Return a share as a disc on its axis, with what chance alone could do as a line."""
    middle, radius = frame.height / 2, 0.3 * frame.height
    left, width = 1.2 * radius, frame.width - 2.4 * radius

    def at(value: float) -> float:
        return left + width * value

    ticks = tuple((at(t), 0.0, at(t), frame.height) for t in TICKS)
    values = {
        "percent": Percent(share.value),
        "low": Percent(interval.low),
        "high": Percent(interval.high),
    }
    return Drawing(
        frame,
        Message(SHARE, values).said(words),
        rules=(
            Rules((*ticks, (at(0), middle, at(1), middle)), TRACK, 0.12 * radius),
            Rules(
                ((at(interval.low), middle, at(interval.high), middle),),
                PALETTE.ink_soft,
                0.5 * radius,
            ),
        ),
        dots=(Dot(at(share.value), middle, radius, PALETTE.ink, PALETTE.paper),),
    )


SHARE: Final = N_("%(percent)s, mit 95 %% Sicherheit zwischen %(low)s und %(high)s")
ALL_WITHIN: Final = N_(
    "Alle %(groups)s Gruppen liegen so nah an den %(percent)s aller Befragten, wie der Zufall es"
    " erwarten lässt."
)
SOME_OUTSIDE: Final = NN_(
    "%(outside)s von %(groups)s Gruppen liegt weiter von den %(percent)s aller Befragten entfernt,"
    " als der Zufall erklärt: ein Anlass nachzufragen, keine Note.",
    "%(outside)s von %(groups)s Gruppen liegen weiter von den %(percent)s aller Befragten entfernt,"
    " als der Zufall erklärt: ein Anlass nachzufragen, keine Note.",
)
