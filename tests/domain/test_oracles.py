"""Every formula of ours against another hand: scipy, numpy or the definition, on 10,000 tables each.

1. Shares: Wilson's interval is where scipy's score test is at its limit; with a known group it is
   where the same test with the finite population correction is; of groups it is Wilson's for n/deff.
2. Differences: Newcombe's interval is made of the limits that rule 1 proved.
3. Means: mean and spread of a printed table are numpy's of the answers it was counted from.
4. Changes: d_z, g_z and d_av are their definitions; Hedges' correction is close to the exact one.
5. Whole percents: the largest remainders get what is missing, as an argsort of numpy finds them.
6. A t is scipy's for every number of people up to 1,000 and for broken degrees of freedom.

What is checked elsewhere on as many tables: Welch's and the paired interval (test_differences.py).
There is no median and no Wilcoxon test on a sheet, so there is none to check.
"""

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import special, stats

from survey_app.domain.clustering import clustered, design_effect, typical_size
from survey_app.domain.codebook import Sensitivity
from survey_app.domain.differences import Moments, effect, moments, newcombe, student
from survey_app.domain.disclosure import DisclosurePolicy, Released, release
from survey_app.domain.statistics import Interval, Share, whole_percents, wilson
from survey_app.domain.tabulation import Cell, FrequencyTable

POLICY = DisclosurePolicy()
TABLES = 10_000
Z = stats.norm.ppf(0.975)
Numbers = NDArray[np.float64]


def shares(seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many of how many, in ten thousand random groups."""
    chance = np.random.default_rng(seed)
    bases = chance.integers(1, 400, TABLES)
    return chance.integers(0, bases + 1), bases


def ends(found: Iterator[Interval]) -> tuple[Numbers, Numbers]:
    """Return the lower and the upper ends of intervals."""
    low, high = np.array([(each.low, each.high) for each in found]).T
    return low, high


def score(counts: Numbers, bases: Numbers, at: Numbers, factor: Numbers | float = 1.0) -> Numbers:
    """Return by how many standard errors the share misses `at`; nan where there is no error."""
    error = np.sqrt(factor * at * (1 - at) / bases)
    return np.abs(counts / bases - at) / np.where(error > 0, error, np.nan)


def assert_inverted(
    counts: NDArray[np.int64],
    bases: NDArray[np.int64],
    found: tuple[Numbers, Numbers],
    factor: Numbers | float = 1.0,
) -> None:
    """An end that is neither 0 nor 1 is where the score test is just rejected."""
    for end in found:
        inside = (end > 1e-9) & (end < 1 - 1e-9)
        scores = score(counts * 1.0, bases * 1.0, end, factor)[inside]
        assert scores == pytest.approx(np.full(inside.sum(), Z), abs=1e-6)
    low, high = found
    assert low[counts == 0] == pytest.approx(np.zeros((counts == 0).sum()))
    assert high[counts == bases] == pytest.approx(np.ones((counts == bases).sum()))
    assert np.all((low <= counts / bases + 1e-12) & (counts / bases <= high + 1e-12))


def test_wilson_inverts_the_score_test() -> None:
    """Rule 1."""
    counts, bases = shares(1)
    pairs = zip(counts.tolist(), bases.tolist(), strict=True)
    assert_inverted(counts, bases, ends(wilson(count, base) for count, base in pairs))


def test_a_known_group_inverts_the_test_with_its_correction() -> None:
    """Rule 1: (N - n) / (N - 1) of the variance, as of sampling without replacement."""
    counts, bases = shares(2)
    groups = bases + np.random.default_rng(3).integers(1, 300, TABLES)
    rows = zip(counts.tolist(), bases.tolist(), groups.tolist(), strict=True)
    found = ends(wilson(count, base, population=group) for count, base, group in rows)
    factor = (groups - bases) / (groups - 1)
    exact = stats.hypergeom.var(groups[:99], groups[:99] // 2, bases[:99]) / bases[:99] ** 2
    half = (groups[:99] // 2) / groups[:99]
    assert factor[:99] * half * (1 - half) / bases[:99] == pytest.approx(exact)
    assert_inverted(counts, bases, found, factor)


def test_groups_are_wilsons_interval_of_fewer_people() -> None:
    """Rule 1: deff = 1 + (Σn²/Σn - 1) · ICC."""
    chance = np.random.default_rng(4)
    sizes = chance.integers(1, 60, (TABLES, 6))
    bases = sizes.sum(1)
    counts = chance.integers(0, bases + 1)
    deff = 1 + ((sizes**2).sum(1) / bases - 1) * 0.05
    rows = sizes.tolist()
    assert [design_effect(typical_size(row)) for row in rows] == pytest.approx(deff)
    found = ends(clustered(c, row) for c, row in zip(counts.tolist(), rows, strict=True))
    assert_inverted(counts, bases, found, deff)


def test_newcombe_is_made_of_wilsons_limits() -> None:
    """Rule 2."""
    (one, of_one), (two, of_two) = shares(5), shares(6)
    rows = zip(one.tolist(), of_one.tolist(), two.tolist(), of_two.tolist(), strict=True)
    found = [newcombe(Share(a, n), Share(b, m)) for a, n, b, m in rows]
    before, after = one / of_one, two / of_two
    (low1, high1), (low2, high2) = limits(one, of_one), limits(two, of_two)
    low = after - before - np.hypot(after - low2, high1 - before)
    high = after - before + np.hypot(high2 - after, before - low1)
    assert [each.low for each in found] == pytest.approx(low, abs=1e-9)
    assert [each.high for each in found] == pytest.approx(high, abs=1e-9)


def limits(counts: NDArray[np.int64], bases: NDArray[np.int64]) -> tuple[Numbers, Numbers]:
    """Return the roots of (p - x)² = z² x(1 - x)/n, as a quadratic equation solves them."""
    share = counts / bases
    a, b, c = 1 + Z**2 / bases, -(2 * share + Z**2 / bases), share**2
    root = np.sqrt(np.maximum(b**2 - 4 * a * c, 0))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def table_of(row: list[int]) -> Released:
    """Return the released table of codes 1 to 5 with these counts."""
    cells = tuple(Cell(code=code, count=count) for code, count in enumerate(row, start=1))
    table = FrequencyTable(variable="x", sensitivity=Sensitivity.A, cells=cells, base=sum(row))
    released = release(table, POLICY)
    assert isinstance(released, Released)
    return released


def test_moments_are_numpys_of_the_answers() -> None:
    """Rule 3."""
    counts = np.random.default_rng(7).integers(2, 30, (TABLES, 5))
    found = [moments(table_of(row), POLICY) for row in counts.tolist()]
    codes, bases = np.arange(1, 6), counts.sum(1)
    means = counts @ codes / bases
    squares = counts @ codes**2 - bases * means**2
    assert [each.mean for each in found if each] == pytest.approx(means)
    assert [each.sd for each in found if each] == pytest.approx(np.sqrt(squares / (bases - 1)))
    answers = np.repeat(codes, counts[0])
    assert (means[0], squares[0]) == pytest.approx((answers.mean(), answers.var() * bases[0]))


def test_sizes_of_changes_are_their_definitions() -> None:
    """Rule 4."""
    chance = np.random.default_rng(8)
    sizes = chance.integers(10, 200, TABLES)
    change, then, now = chance.normal(0.3, 1, TABLES), *chance.uniform(0.2, 2, (2, TABLES))
    spread = chance.uniform(0.1, 2, TABLES)
    rows = zip(*(each.tolist() for each in (sizes, change, spread, then, now)), strict=True)
    found = [
        effect(Moments(n, d, sd), Moments(n, 3, sd_then), Moments(n, 3 + d, sd_now))
        for n, d, sd, sd_then, sd_now in rows
    ]
    d_z = change / spread
    assert [each.d_z for each in found] == pytest.approx(d_z)
    assert [each.t for each in found] == pytest.approx(d_z * np.sqrt(sizes))
    assert [each.d_av for each in found] == pytest.approx(2 * change / (then + now))
    freedom = sizes - 1
    exact = np.exp(special.gammaln(freedom / 2) - special.gammaln((freedom - 1) / 2))
    exact *= np.sqrt(2 / freedom)
    assert [each.g_z for each in found] == pytest.approx(d_z * (1 - 3 / (4 * freedom - 1)))
    assert [each.g_z for each in found] == pytest.approx(d_z * exact, rel=1e-3)


def test_percents_are_given_to_the_largest_remainders() -> None:
    """Rule 5."""
    counts = np.random.default_rng(9).integers(0, 40, (TABLES, 5))
    counts[:, 0] += 1  # nobody at all has no percents
    totals = counts.sum(1, keepdims=True)
    floors, remainders = np.divmod(100 * counts, totals)
    order = np.argsort(-remainders, axis=1, kind="stable")
    ranks = np.argsort(order, axis=1, kind="stable")
    expected = floors + (ranks < 100 - floors.sum(1, keepdims=True))
    assert [whole_percents(row) for row in counts.tolist()] == expected.tolist()


def test_student_is_scipys() -> None:
    """Rule 6."""
    broken = np.random.default_rng(10).uniform(5, 60, 500)  # Welch's are nine and more
    freedoms = np.concatenate([np.arange(1, 1000), broken])
    known = stats.t.ppf(0.975, freedoms)
    assert [student(freedom) for freedom in freedoms.tolist()] == pytest.approx(known, abs=1e-9)
