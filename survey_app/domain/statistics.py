"""The few formulas a sheet needs, each with its source, tested against hand-computed values.

All of them read released tables only. Shares are between 0 and 1.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

from survey_app.domain.disclosure import DisclosurePolicy, Released
from survey_app.domain.response import Code

Z_95 = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Interval:
    """A confidence interval; both ends are shares."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """Return the distance between both ends."""
        return self.high - self.low


@dataclass(frozen=True)
class Share:
    """`count` of `base` people, with its 95 % interval."""

    count: int
    base: int

    @property
    def value(self) -> float:
        """Return the share itself."""
        return self.count / self.base

    @property
    def interval(self) -> Interval:
        """Return the 95 % Wilson interval."""
        return wilson(self.count, self.base)


def wilson(count: int, base: int, *, population: int | None = None) -> Interval:
    """Return the 95 % score interval of a share (Wilson 1927).

    With `population` the interval describes only these N people: z is scaled by the finite
    population correction, z*² = z²·(N - n)/(N - 1) (O'Neill 2021). A full count (n = N) has no
    uncertainty left. The correction assumes that who answered is random.

    >>> [round(100 * end, 1) for end in (wilson(18, 24).low, wilson(18, 24).high)]
    [55.1, 88.0]
    """
    if not 0 <= count <= base or base == 0:
        raise ValueError(f"a share needs 0 <= count <= base and base > 0, not {count} of {base}")
    if population is not None and population < base:
        raise ValueError(f"{base} people cannot come from a population of {population}")
    square = Z_95**2 * _correction(base, population)
    share = count / base
    scale = 1 + square / base
    centre = (share + square / (2 * base)) / scale
    spread = square * (share * (1 - share) / base + square / (4 * base**2))
    half = math.sqrt(spread) / scale
    return Interval(max(0.0, centre - half), min(1.0, centre + half))


def _correction(base: int, population: int | None) -> float:
    if population is None:
        return 1.0
    return (population - base) / (population - 1) if population > 1 else 0.0


def top_box(table: Released, positive: Sequence[Code]) -> Share:
    """Return the share of people whose answer lies wholly in `positive`.

    On a coarse scale a joined code counts if all codes it covers are positive.
    """
    names = {str(code) for code in positive}
    count = sum(cell.count for cell in table.cells if set(str(cell.code).split("+")) <= names)
    return Share(count, table.base)


def mean(table: Released, policy: DisclosurePolicy) -> float | None:
    """Return the mean of the printed codes.

    None if they are not all numbers, if a person may give several, or if too few gave one.
    """
    numbers = all(isinstance(cell.code, int) for cell in table.cells)
    if not numbers or table.multiple or table.base < policy.mean_from:
        return None
    return sum(int(cell.code) * cell.count for cell in table.cells) / table.base


def whole_percents(counts: Sequence[int]) -> list[int]:
    """Return whole percents that add up to 100, by largest remainder.

    Each share is rounded down; the percents still missing go to the largest remainders, earlier
    ones first. All zeros stay zeros.

    >>> whole_percents([1, 1, 1])
    [34, 33, 33]
    """
    total = sum(counts)
    if total == 0:
        return [0] * len(counts)
    percents = [100 * count // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda place: -(100 * counts[place] % total))
    for place in by_remainder[: 100 - sum(percents)]:
        percents[place] += 1
    return percents


def percents_of(table: Released) -> list[int]:
    """Return the whole percents of a table, in the order of its cells.

    They add up to 100, unless one person could give several answers: then each stands for itself.
    """
    if not table.multiple:
        return whole_percents([cell.count for cell in table.cells])
    return [round(100 * cell.count / table.base) for cell in table.cells]
