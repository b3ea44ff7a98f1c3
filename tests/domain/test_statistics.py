"""The formulas of a sheet.

1. The 95 % interval of a share is Wilson's, as hand-computed (EVALUATION.md 3.2) and as scipy says.
2. With a known group it is narrower, and a full count has none at all.
3. Whole percents add up to 100 and each is the share rounded up or down.
4. The share of positive answers is the same on the full and on the coarse scale.
5. A mean is computed from printed numbers, from ten answers on, and from nothing else.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from survey_app.domain.codebook import Sensitivity
from survey_app.domain.disclosure import DisclosurePolicy, Released, release
from survey_app.domain.response import Code
from survey_app.domain.statistics import Interval, Share, mean, top_box, whole_percents, wilson
from survey_app.domain.tabulation import Cell, FrequencyTable

POLICY = DisclosurePolicy()


def released(
    counts: dict[Code, int], sensitivity: Sensitivity = Sensitivity.A, **more: object
) -> Released:
    table = FrequencyTable(
        variable="k1",
        sensitivity=sensitivity,
        cells=tuple(Cell(code=code, count=count) for code, count in counts.items()),
        base=sum(counts.values()),
    )
    result = release(table.model_copy(update=more), POLICY)
    assert isinstance(result, Released)
    return result


# Intervals


@pytest.mark.parametrize(
    ("count", "base", "population", "low", "high"),
    [
        (18, 24, None, 55.1, 88.0),
        (18, 24, 30, 66.4, 82.0),
        (24, 24, 24, 100.0, 100.0),
        (0, 12, None, 0.0, 24.2),
        (12, 12, None, 75.8, 100.0),
        (12, 12, 20, 88.1, 100.0),
        (45, 60, None, 62.8, 84.2),
        (45, 60, 240, 64.5, 83.2),
    ],
)
def test_interval_of_the_test_vectors(
    count: int, base: int, population: int | None, low: float, high: float
) -> None:
    """Rules 1 and 2."""
    interval = wilson(count, base, population=population)
    assert [round(100 * interval.low, 1), round(100 * interval.high, 1)] == [low, high]


SHARES = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(SHARES)
def test_interval_is_what_scipy_says(share: tuple[int, int]) -> None:
    """Rule 1."""
    ours = wilson(*share)
    theirs = binomtest(*share).proportion_ci(method="wilson")
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@given(SHARES, st.integers(0, 500))
def test_interval_of_a_known_group_is_narrower(share: tuple[int, int], more: int) -> None:
    """Rule 2: and both hold the share itself."""
    count, base = share
    group, anybody = wilson(count, base, population=base + more), wilson(count, base)
    assert group.width <= anybody.width
    for interval in (group, anybody):
        assert 0 <= interval.low <= count / base + 1e-12
        assert count / base - 1e-12 <= interval.high <= 1


@given(SHARES)
def test_full_count_has_no_uncertainty(share: tuple[int, int]) -> None:
    """Rule 2: a group of one included."""
    count, base = share
    interval = wilson(count, base, population=base)
    assert (interval.low, interval.high) == pytest.approx((count / base, count / base))


@pytest.mark.parametrize(
    ("count", "base", "population"),
    [(1, 0, None), (0, 0, None), (5, 4, None), (-1, 4, None), (3, 5, 4)],
)
def test_impossible_share_is_refused(count: int, base: int, population: int | None) -> None:
    """Rule 1."""
    with pytest.raises(ValueError, match=r"a share needs|cannot come from"):
        wilson(count, base, population=population)


def test_share_knows_its_value_and_interval() -> None:
    """Rule 1."""
    assert Share(18, 24).value == 0.75
    assert Share(18, 24).interval == wilson(18, 24)
    assert Interval(0.25, 0.75).width == 0.5


# Whole percents


@pytest.mark.parametrize(
    ("counts", "percents"),
    [
        ([1, 1, 1], [34, 33, 33]),
        ([18, 6], [75, 25]),
        ([1, 2, 3, 4, 5, 6], [5, 9, 14, 19, 24, 29]),
        ([0, 7, 0], [0, 100, 0]),
        ([0, 0], [0, 0]),
        ([], []),
    ],
)
def test_whole_percents_by_largest_remainder(counts: list[int], percents: list[int]) -> None:
    """Rule 3: earlier ones first where remainders are equal."""
    assert whole_percents(counts) == percents


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=12).filter(any))
def test_whole_percents_add_up_to_100(counts: list[int]) -> None:
    """Rule 3."""
    percents, total = whole_percents(counts), sum(counts)
    assert sum(percents) == 100
    for count, percent in zip(counts, percents, strict=True):
        assert abs(percent - 100 * count / total) < 1
        assert percent == 0 or count > 0


# Top box and mean


def test_top_box_counts_positive_answers() -> None:
    """Rule 4."""
    assert top_box(released({1: 2, 2: 1, 3: 3, 4: 8, 5: 10}), (4, 5)) == Share(18, 24)


COARSE = ((1, 2), (3,), (4, 5))


@given(st.lists(st.integers(3, 9), min_size=5, max_size=5))
def test_top_box_is_the_same_on_both_scales(counts: list[int]) -> None:
    """Rule 4."""
    by_code: dict[Code, int] = dict(enumerate(counts, start=1))
    full = released(by_code, coarse=COARSE)
    coarse = released(by_code, Sensitivity.C, coarse=COARSE)
    assert (full.coarse, coarse.coarse) == (False, True)
    assert top_box(coarse, (4, 5)) == top_box(full, (4, 5))


def test_top_box_of_no_positive_answers_is_zero() -> None:
    """Rule 4."""
    assert top_box(released({1: 12, 5: 12}), ()) == Share(0, 24)


def test_joined_code_counts_only_if_all_of_it_is_positive() -> None:
    """Rule 4: no scale can be declared like that, but a block may be older than the rule."""
    joined = released({1: 5, 2: 5, 3: 5, 4: 5, 5: 5}, Sensitivity.C, coarse=((1, 2, 3, 4), (5,)))
    assert top_box(joined, (4, 5)) == Share(5, 25)


def test_code_10_is_not_code_1() -> None:
    """Rule 4: codes are compared whole."""
    ladder: dict[Code, int] = dict.fromkeys(range(11), 3)
    assert top_box(released(ladder), (1,)) == Share(3, 33)


def test_mean_is_computed_from_the_printed_numbers() -> None:
    """Rule 5: (3·0 + 4·5 + 3·10) / 10."""
    assert mean(released({0: 3, 5: 4, 10: 3}), POLICY) == 5.0


def test_mean_of_few_answers_is_none() -> None:
    """Rule 5."""
    assert mean(released({0: 3, 5: 3, 10: 3}), POLICY) is None
    assert mean(released({0: 3, 5: 4, 10: 3}), DisclosurePolicy(mean_from=11)) is None


def test_mean_of_words_of_joined_codes_or_of_ticks_is_none() -> None:
    """Rule 5."""
    joined = released({1: 3, 2: 3, 3: 3, 4: 3, 5: 3}, Sensitivity.C, coarse=COARSE)
    ticks = released({1: 12, 2: 12}, multiple=True)
    assert [mean(table, POLICY) for table in (released({"ja": 6, "nein": 6}), joined, ticks)] == [
        None,
        None,
        None,
    ]
