"""How much chance there is in answers that come in groups.

Those who sat in one room answer more alike than strangers do: they had the same afternoon. So 300
answers from twelve classes say less than 300 from everywhere. The design effect says how much less
(Kish 1965, Survey Sampling, 5.4; EVALUATION.md 3.3):

    deff = 1 + (m - 1) · ICC          m = 25, ICC .02 / .05 / .10  →  1.48 / 2.2 / 3.4
    n_eff = n / deff

m is the size of a group, of unequal ones the weighted mean Σn² / Σn (Donner & Klar 2000). How
alike answers within a group are, the intraclass correlation ICC, is assumed: there are too few
groups to estimate it.

The interval is Wilson's with n_eff in the place of n, which is the same as z²·deff in that of z².
"""

import math
from collections.abc import Sequence
from typing import Final

from survey_app.domain.statistics import Z_95, Interval

ICC: Final = 0.05


def design_effect(size: float, icc: float = ICC) -> float:
    """Return the design effect of groups of this size.

    >>> [round(design_effect(25, icc), 2) for icc in (0.02, 0.05, 0.10)]
    [1.48, 2.2, 3.4]
    """
    return max(1.0, 1 + (size - 1) * icc)


def typical_size(sizes: Sequence[int]) -> float:
    """Return the size that counts: that of the group a person is in, on average."""
    return sum(size**2 for size in sizes) / sum(sizes) if any(sizes) else 0.0


def clustered(count: int, sizes: Sequence[int], icc: float = ICC) -> Interval:
    """Return the 95 % interval of `count` people out of groups of these sizes."""
    base = sum(sizes)
    if not 0 <= count <= base or base == 0:
        raise ValueError(f"a share needs 0 <= count <= base and base > 0, not {count} of {base}")
    square = Z_95**2 * design_effect(typical_size(sizes), icc)
    share = count / base
    scale = 1 + square / base
    centre = (share + square / (2 * base)) / scale
    half = math.sqrt(square * (share * (1 - share) / base + square / (4 * base**2))) / scale
    return Interval(max(0.0, centre - half), min(1.0, centre + half))
