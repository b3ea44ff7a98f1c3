"""How much two results differ, with the uncertainty of the difference, each with its source.

Everything is computed from released tables. Two ways in which results can belong together:

    two groups   before and after, not linked: difference of shares (Newcombe) or means (Welch)
    one group    then and now in one sitting: the differences of the same people (paired t)

No p-values: an interval says all they say, and how large the difference is.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from survey_app.domain.disclosure import DisclosurePolicy, Released
from survey_app.domain.messages import N_
from survey_app.domain.statistics import Z_95, Share, mean

CERTAINTY: Final = 0.95
NEAR: Final = 1e-7
PANELS: Final = 400  # of Simpson's rule; exact to ten digits for every number of people


@dataclass(frozen=True)
class Moments:
    """Mean and standard deviation of `n` numbers."""

    n: int
    mean: float
    sd: float

    def printed_sd(self, policy: DisclosurePolicy) -> float | None:
        """Return the standard deviation where enough people answered for it to say something."""
        return self.sd if self.n >= policy.percent_from else None


@dataclass(frozen=True)
class Difference:
    """A difference with its 95 % interval; of shares, of means or of changes."""

    value: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Return whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Effect:
    """What the changes of the same people come to.

    d_av = mean(d) / ((sd_then + sd_now) / 2): the change in standard deviations of the answers.
    d_z divides by the spread of the changes instead, which inflates it (Lakens 2013).
    """

    change: Difference
    d_av: float | None
    d_z: float | None
    g_z: float | None
    t: float | None

    @property
    def word(self) -> str | None:
        """Return how large d_av is in a German word, to be translated."""
        return None if self.d_av is None else size_word(self.d_av)


def moments(table: Released, policy: DisclosurePolicy) -> Moments | None:
    """Return mean and standard deviation (n - 1) of the printed codes; None where `mean` is."""
    middle = mean(table, policy)
    if middle is None:
        return None
    squares = sum(cell.count * (int(cell.code) - middle) ** 2 for cell in table.cells)
    return Moments(table.base, middle, math.sqrt(squares / (table.base - 1)))


def newcombe(before: Share, after: Share) -> Difference:
    """Return after minus before: hybrid score interval of two independent shares.

    Newcombe 1998, Statistics in Medicine 17, 873-890, method 10: the Wilson limits of both shares,
    squared and added. No continuity correction.
    """
    one, two = after.interval, before.interval
    value = after.value - before.value
    down = math.hypot(after.value - one.low, two.high - before.value)
    up = math.hypot(one.high - after.value, before.value - two.low)
    return Difference(value, value - down, value + up)


def welch(before: Moments, after: Moments) -> Difference:
    """Return after minus before: t interval of two independent means with unequal spreads.

    Welch 1947, Biometrika 34, 28-35; degrees of freedom by Satterthwaite.
    """
    value = after.mean - before.mean
    parts = [each.sd**2 / each.n for each in (before, after)]
    if sum(parts) == 0:
        return Difference(value, value, value)
    freedom = sum(parts) ** 2 / sum(
        part**2 / (each.n - 1) for part, each in zip(parts, (before, after), strict=True)
    )
    half = student(freedom) * math.sqrt(sum(parts))
    return Difference(value, value - half, value + half)


def effect(change: Moments, then: Moments | None, now: Moments | None) -> Effect:
    """Return what the changes of the same people come to, with a paired t interval.

    g_z is d_z with the correction of Hedges for few people, J = 1 - 3/(4(n - 1) - 1).
    """
    error = change.sd / math.sqrt(change.n)
    half = student(change.n - 1) * error
    spread = (then.sd + now.sd) / 2 if then and now else 0
    d_z = change.mean / change.sd if change.sd else None
    return Effect(
        change=Difference(change.mean, change.mean - half, change.mean + half),
        d_av=change.mean / spread if spread else None,
        d_z=d_z,
        g_z=None if d_z is None else d_z * (1 - 3 / (4 * (change.n - 1) - 1)),
        t=change.mean / error if error else None,
    )


def size_word(d_av: float) -> str:
    """Return how large a standardised change is, in a German word (EVALUATION 3.4)."""
    return next(word for limit, word in SIZES if abs(d_av) < limit)


@lru_cache(1000)
def student(freedom: float) -> float:
    """Return the t within which 95 % of Student's distribution lie.

    With t = √ν·tan θ the probability becomes the integral of cosᵛ⁻¹ θ (Abramowitz and Stegun
    26.7.3 and 26.7.4 for any ν): smooth, so that Simpson's rule and Newton's steps find it.
    """
    constant = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2))
    constant /= math.sqrt(math.pi)
    t = Z_95 + (Z_95**3 + Z_95) / (4 * freedom)  # the first terms of 26.7.5
    for _ in range(60):
        slope = 2 * constant / math.sqrt(freedom) * (1 + t * t / freedom) ** (-(freedom + 1) / 2)
        inside = 2 * constant * _integral(freedom - 1, math.atan(t / math.sqrt(freedom)))
        step = (inside - CERTAINTY) / slope
        t -= max(-1.0, min(1.0, step))
        if abs(step) < NEAR:  # each step squares what is missing
            break
    return t


def _integral(power: float, end: float) -> float:
    """Return the integral of cos(θ)**power from 0 to `end`."""
    width = end / PANELS
    weights = (1 if place in (0, PANELS) else 4 if place % 2 else 2 for place in range(PANELS + 1))
    heights = (math.cos(width * place) ** power for place in range(PANELS + 1))
    return math.fsum(w * h for w, h in zip(weights, heights, strict=True)) * width / 3


SIZES: Final = (
    (0.2, N_("kaum verändert")),
    (0.5, N_("kleine Veränderung")),
    (0.8, N_("mittlere Veränderung")),
    (math.inf, N_("große Veränderung")),
)
