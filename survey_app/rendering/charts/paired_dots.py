"""Paired dots: the share of positive answers of young people and of professionals, on one line.

A disc is the young people, a diamond the professionals: they differ in form, so that they can be
told apart without colour. The line between them is the gap. Both ends of the axis are the whole.
"""

from collections.abc import Sequence
from typing import Final

from survey_app.domain.comparison import MirroredPair
from survey_app.domain.disclosure import Withheld
from survey_app.domain.messages import N_, Message, Percent, Words
from survey_app.domain.statistics import Share
from survey_app.rendering.charts.base import TRACK, Dot, Drawing, Frame, Pen, Rules, Thing
from survey_app.rendering.palette import PALETTE

BOTH: Final = N_("Jugendliche %(young)s, Fachkräfte %(professional)s")
ONLY_YOUNG: Final = N_("Jugendliche %(young)s, Fachkräfte nicht ausgewiesen")
ONLY_PROFESSIONALS: Final = N_("Fachkräfte %(professional)s, Jugendliche nicht ausgewiesen")
TICKS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)


def draws(thing: Thing) -> bool:
    """Return whether two groups answered the same question."""
    return isinstance(thing, MirroredPair)


def drawings(things: Sequence[Thing], pen: Pen) -> tuple[tuple[Drawing, ...], ...]:
    """Return one line per pair; none if both sides are withheld."""
    pairs = [thing for thing in things if isinstance(thing, MirroredPair)]
    return tuple(
        () if _both_withheld(pair) else (_line(pair, pen.frame, pen.words),) for pair in pairs
    )


def _both_withheld(pair: MirroredPair) -> bool:
    return isinstance(pair.young_share, Withheld) and isinstance(pair.professional_share, Withheld)


def _line(pair: MirroredPair, frame: Frame, words: Words) -> Drawing:
    shares = {
        name: share
        for name, share in (("young", pair.young_share), ("professional", pair.professional_share))
        if isinstance(share, Share)
    }
    at = {name: position(share.value, frame) for name, share in shares.items()}
    middle, radius = frame.height / 2, radius_in(frame)
    ticks = axis(frame)
    grid = [(x, 0.0, x, frame.height) for x in ticks] + [(ticks[0], middle, ticks[-1], middle)]
    rules = [Rules(tuple(grid), TRACK, 0.12 * radius)]
    if len(at) == 2:
        between = (at["young"], middle, at["professional"], middle)
        rules.append(Rules((between,), PALETTE.ink_soft, 0.55 * radius))
    dots = [
        Dot(x, middle, radius, PALETTE.ink, PALETTE.paper)
        if name == "young"
        else Dot(x, middle, 0.92 * radius, PALETTE.accent, PALETTE.paper, diamond=True)
        for name, x in at.items()
    ]
    return Drawing(frame, finding(shares, words), (), tuple(rules), tuple(dots))


def radius_in(frame: Frame) -> float:
    """Return the size of a dot."""
    return min(0.42 * frame.height, 0.55 * frame.type_size)


def position(share: float, frame: Frame) -> float:
    """Return where a share lies; the axis keeps room for half a dot at both ends."""
    margin = 1.3 * radius_in(frame)
    return margin + share * (frame.width - 2 * margin)


def axis(frame: Frame) -> tuple[float, ...]:
    """Return where the ticks of the axis lie."""
    return tuple(position(tick, frame) for tick in TICKS)


def finding(shares: dict[str, Share], words: Words) -> str:
    """Return what the line says, for those who cannot see it."""
    said = {name: Percent(share.value) for name, share in shares.items()}
    if len(said) == 2:
        return Message(BOTH, said).said(words)
    return Message(ONLY_YOUNG if "young" in said else ONLY_PROFESSIONALS, said).said(words)
