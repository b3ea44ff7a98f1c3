"""Chance among answers that come in groups, and the funnel plot.

1. The design effect is that of EVALUATION.md 3.3, and never below one.
2. Of unequal groups the large ones count, as many people are in them.
3. Groups of one give Wilson's interval; groups of 25 that of n / deff people.
4. The limits of the funnel are p ± z · sqrt(p(1 - p) / n), within 0 and 1.
"""

import pytest

from survey_app.domain.clustering import clustered, design_effect, typical_size
from survey_app.domain.funnel import Funnel, Point
from survey_app.domain.statistics import Share, wilson


@pytest.mark.parametrize(("icc", "effect"), [(0.02, 1.48), (0.05, 2.2), (0.10, 3.4)])
def test_design_effect_of_a_class(icc: float, effect: float) -> None:
    """Rule 1."""
    assert design_effect(25, icc) == pytest.approx(effect)
    assert design_effect(0.5, icc) == 1


def test_the_large_groups_count() -> None:
    """Rule 2."""
    assert typical_size([25, 25]) == 25
    assert typical_size([10, 30]) == 25
    assert typical_size([]) == 0


def test_interval_of_groups() -> None:
    """Rule 3."""
    alone, plain = clustered(18, [1] * 24), wilson(18, 24)
    assert (alone.low, alone.high) == pytest.approx((plain.low, plain.high))
    grouped, fewer = clustered(165, [25] * 11), wilson(75, 125)
    assert (grouped.low, grouped.high) == pytest.approx((fewer.low, fewer.high))
    with pytest.raises(ValueError, match="not 3 of 2"):
        clustered(3, [2])


def test_limits_of_the_funnel() -> None:
    """Rule 4."""
    plot = Funnel((Point(Share(30, 100), False), Point(Share(50, 100), False)), 0.5)
    at_100 = plot.limits(0.95, 100)
    assert (at_100.low, at_100.high) == pytest.approx((0.402, 0.598), abs=0.001)
    assert plot.limits(0.998, 100).low == pytest.approx(0.3455, abs=0.001)
    assert plot.limits(0.998, 1).low == 0
    assert (plot.outside(0.95), plot.outside(0.998)) == (1, 1)
