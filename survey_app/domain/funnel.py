"""The funnel plot: which groups differ by more than chance, without a ranking.

Small groups scatter more. A list by percent therefore has small groups at both ends, year after
year, and means nothing. The funnel plot sets the share of each group against its size, with the
limits within which chance alone would keep 95 and 99.8 % of them (Spiegelhalter 2005, Funnel plots
for comparing institutional performance):

    p ± z · sqrt(p(1 - p) / n)           z = 1.96 and 3.09; p is the share of all together

Groups stay without a name: who lies outside is a reason to ask, not a result.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

from survey_app.domain.disclosure import Released
from survey_app.domain.ledger import Grain
from survey_app.domain.response import Code
from survey_app.domain.statistics import Interval, Share, top_box

LEVELS: Final = (0.95, 0.998)
FEWEST_POINTS: Final = 5


@dataclass(frozen=True)
class Point:
    """One group: its share, and whether it is a pool of several."""

    share: Share
    is_pool: bool


@dataclass(frozen=True)
class Funnel:
    """Groups around what all of them said together."""

    points: tuple[Point, ...]
    pooled: float

    def limits(self, level: float, base: float) -> Interval:
        """Return within which shares chance keeps groups of this size."""
        z = NormalDist().inv_cdf((1 + level) / 2)
        half = z * math.sqrt(self.pooled * (1 - self.pooled) / base)
        return Interval(max(0.0, self.pooled - half), min(1.0, self.pooled + half))

    def outside(self, level: float) -> int:
        """Return how many groups lie outside."""
        return sum(not self._is_within(point.share, level) for point in self.points)

    def _is_within(self, share: Share, level: float) -> bool:
        limits = self.limits(level, share.base)
        return limits.low <= share.value <= limits.high


def funnel(grains: Mapping[Grain, Released], positive: Sequence[Code]) -> Funnel | None:
    """Return the funnel of what may be shown; None of too few groups to look at."""
    points = [Point(top_box(table, positive), len(grain) > 1) for grain, table in grains.items()]
    points.sort(key=lambda point: (point.share.base, point.share.count, point.is_pool))
    people = sum(point.share.base for point in points)
    if len(points) < FEWEST_POINTS or not people:
        return None
    return Funnel(tuple(points), sum(point.share.count for point in points) / people)
