"""How much two results differ.

1. The interval of a difference of shares is Newcombe's method 10, as printed in his paper.
2. The interval of a difference of means is Welch's, as scipy says, for ten thousand random tables.
3. A paired change is that of the test vector (EVALUATION 3.4), and what scipy says.
4. Moments come from printed tables only, from ten answers on; no spread is printed below twenty.
5. Words for the size of a change: below 0.2, 0.5, 0.8 and above; the sign does not matter.
"""

import random
from collections import Counter
from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest
from scipy import stats

from survey_app.domain.codebook import Sensitivity
from survey_app.domain.differences import (
    Moments,
    effect,
    moments,
    newcombe,
    size_word,
    student,
    welch,
)
from survey_app.domain.disclosure import DisclosurePolicy, Released, release
from survey_app.domain.statistics import Share
from survey_app.domain.tabulation import Cell, FrequencyTable

POLICY = DisclosurePolicy()
TABLES = 10_000
PRE = (2, 3, 3, 2, 4, 1, 3, 2, 3, 4, 2, 3)
POST = (3, 4, 3, 3, 4, 2, 4, 4, 3, 5, 3, 3)


def released(numbers: Sequence[int], codes: Sequence[int] = range(-4, 6)) -> Released:
    counts = Counter(numbers)
    table = FrequencyTable(
        variable="x",
        sensitivity=Sensitivity.A,
        cells=tuple(Cell(code=code, count=counts[code]) for code in codes),
        base=len(numbers),
    )
    result = release(table, POLICY)
    assert isinstance(result, Released)
    return result


def moments_of(numbers: Sequence[int]) -> Moments:
    found = moments(released(numbers), POLICY)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("after", "before", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_difference_of_shares_is_that_of_the_paper(
    after: tuple[int, int], before: tuple[int, int], low: float, high: float
) -> None:
    """Rule 1: Newcombe 1998, table II, method 10."""
    found = newcombe(Share(*before), Share(*after))
    assert [round(found.low, 4), round(found.high, 4)] == [low, high]


def test_difference_of_shares_from_the_limits_that_scipy_gives() -> None:
    """Rule 1, ten thousand random pairs."""
    chance = random.Random(1)
    for _ in range(TABLES):
        before, after = (_share(chance) for _ in range(2))
        found = newcombe(before, after)
        (old_low, old_high), (new_low, new_high) = _limits(before), _limits(after)
        down = np.hypot(after.value - new_low, old_high - before.value)
        up = np.hypot(new_high - after.value, before.value - old_low)
        assert found.low == pytest.approx(after.value - before.value - down, abs=1e-9)
        assert found.high == pytest.approx(after.value - before.value + up, abs=1e-9)


def _share(chance: random.Random) -> Share:
    base = chance.randint(1, 50)
    return Share(chance.randint(0, base), base)


@cache
def _limits(share: Share) -> tuple[float, float]:
    test = stats.binomtest(share.count, share.base)
    low, high = test.proportion_ci(method="wilson")
    return float(low), float(high)


def test_difference_of_means_is_what_scipy_says() -> None:
    """Rule 2, ten thousand random pairs of groups."""
    chance = np.random.default_rng(2)
    sizes = chance.choice([10, 12, 17, 24, 42], (TABLES, 2))
    spreads = chance.choice([0.2, 0.6, 0.9, 1.2, 1.7], (TABLES, 2))
    means = chance.uniform(1, 5, (TABLES, 2))
    groups = [
        [Moments(*each) for each in zip(*row, strict=True)]
        for row in zip(sizes.tolist(), means.tolist(), spreads.tolist(), strict=True)
    ]
    found = [welch(before, after) for before, after in groups]
    parts = spreads**2 / sizes
    freedom = parts.sum(1) ** 2 / (parts**2 / (sizes - 1)).sum(1)
    half = stats.t.ppf(0.975, freedom) * np.sqrt(parts.sum(1))
    change = means[:, 1] - means[:, 0]
    assert [each.low for each in found] == pytest.approx(change - half, abs=1e-8)
    assert [each.high for each in found] == pytest.approx(change + half, abs=1e-8)


def test_difference_of_means_is_the_interval_of_scipys_own_test() -> None:
    """Rule 2, the whole of it by another hand."""
    for n in range(100):
        before, after = _answers(n), _answers(n + 500)
        found = welch(moments_of(before), moments_of(after))
        known = stats.ttest_ind(after, before, equal_var=False).confidence_interval()
        assert (found.low, found.high) == pytest.approx((known.low, known.high), abs=1e-8)


def _answers(seed: int) -> list[int]:
    chance = random.Random(seed)
    return [1, 5, *(chance.randint(1, 5) for _ in range(chance.randint(8, 40)))]


def test_two_groups_of_one_mind_have_no_spread() -> None:
    """Rule 2."""
    found = welch(Moments(12, 2.0, 0.0), Moments(15, 3.0, 0.0))
    assert (found.value, found.low, found.high) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize("freedom", [1, 2.5, 4.2, 9, 11, 29.97, 120, 999, 50_000])
def test_student_is_what_scipy_says(freedom: float) -> None:
    """Rules 2 and 3."""
    assert student(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), abs=1e-9)


def test_change_is_that_of_the_test_vector() -> None:
    """Rule 3."""
    changes = [now - then for then, now in zip(PRE, POST, strict=True)]
    found = effect(moments_of(changes), moments_of(PRE), moments_of(POST))
    assert found.change.value == 0.75
    assert [round(found.change.low, 2), round(found.change.high, 2)] == [0.36, 1.14]
    assert round(found.d_z or 0, 3) == 1.207
    assert round(found.g_z or 0, 3) == 1.122
    assert round(found.d_av or 0, 3) == 0.893
    assert round(found.t or 0, 2) == 4.18
    assert found.word == "große Veränderung"


def test_change_is_what_scipy_says() -> None:
    """Rules 3 and 4, ten thousand random groups."""
    chance = np.random.default_rng(3)
    then, now = (chance.integers(1, 6, (TABLES, 12)) for _ in range(2))
    changes = now - then
    known = stats.ttest_rel(now, then, axis=1)
    interval = known.confidence_interval()
    spread = (then.std(1, ddof=1) + now.std(1, ddof=1)) / 2
    for n in range(TABLES):
        each = (moments_of(row[n].tolist()) for row in (changes, then, now))
        found = effect(*each)
        assert found.t == pytest.approx(known.statistic[n], abs=1e-8)
        assert found.change.low == pytest.approx(interval.low[n], abs=1e-8)
        assert found.change.high == pytest.approx(interval.high[n], abs=1e-8)
        assert found.d_av == pytest.approx(changes[n].mean() / spread[n], abs=1e-8)


def test_change_without_spread_has_no_size() -> None:
    """Rule 3: everybody moved by one step, from one answer to one answer."""
    found = effect(moments_of([1] * 12), moments_of([3] * 12), moments_of([4] * 12))
    assert (found.change.low, found.change.high) == (1.0, 1.0)
    assert (found.d_av, found.d_z, found.g_z, found.t, found.word) == (None,) * 5


def test_moments_begin_at_ten_answers_and_a_printed_spread_at_twenty() -> None:
    """Rule 4."""
    assert moments(released([1, 2, 3] * 3), POLICY) is None
    ten, twenty = moments_of([1, 2] * 5), moments_of([1, 2] * 10)
    assert (ten.mean, ten.printed_sd(POLICY)) == (1.5, None)
    assert twenty.printed_sd(POLICY) == pytest.approx(np.std([1, 2] * 10, ddof=1))


@pytest.mark.parametrize(
    ("d", "word"),
    [
        (0.19, "kaum verändert"),
        (0.2, "kleine Veränderung"),
        (-0.49, "kleine Veränderung"),
        (0.5, "mittlere Veränderung"),
        (0.8, "große Veränderung"),
    ],
)
def test_size_in_words(d: float, word: str) -> None:
    """Rule 5."""
    assert size_word(d) == word
