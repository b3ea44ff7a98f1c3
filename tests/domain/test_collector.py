"""The code of a collector.

1. A fresh code has ten letters of the alphabet; every letter can come.
2. The alphabet has 32 letters and no look-alikes.
3. A code is understood as people type it, and nothing else is taken for a code.
4. On paper it stands in two groups.
5. A way in is for phones unless it says otherwise; a shared device and a queue are passed on.
"""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.domain.collector import (
    ALPHABET,
    LENGTH,
    Collector,
    new_code,
    printed_code,
    read_code,
)


def test_fresh_codes_use_the_whole_alphabet() -> None:
    """Rule 1."""
    chance = random.Random(1)
    codes = [new_code(chance) for _ in range(100)]
    assert {len(code) for code in codes} == {10}
    assert set("".join(codes)) == set(ALPHABET)
    assert len(set(codes)) == 100


def test_alphabet_has_no_look_alikes() -> None:
    """Rule 2: 32 letters, ten places, 2^50 codes."""
    assert (len(ALPHABET), len(set(ALPHABET)), len(ALPHABET) ** LENGTH) == (32, 32, 2**50)
    assert set(ALPHABET).isdisjoint("IO01")


@pytest.mark.parametrize(
    "typed",
    ["KM7QX-R2DTE", "km7qx-r2dte", "km7qxr2dte", " KM7QX R2DTE ", "K-M-7-Q-X-R-2-D-T-E"],
)
def test_typed_code_is_understood(typed: str) -> None:
    """Rule 3."""
    assert read_code(typed) == "KM7QXR2DTE"


@pytest.mark.parametrize(
    "typed", ["", "KM7QX", "KM7QXR2DTEX", "KM7QXR2DT0", "KM7QXR2DTI", "KM7QX_R2DT", "ＫM7QXR2DTE"]
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    """Rule 3."""
    assert read_code(typed) is None


@given(st.text(max_size=20))
def test_whatever_is_typed_reads_as_a_code_or_nothing(typed: str) -> None:
    """Rule 3."""
    code = read_code(typed)
    assert code is None or (len(code) == LENGTH and set(code) <= set(ALPHABET))


@given(st.randoms(use_true_random=False))
def test_printed_code_is_read_back(chance: random.Random) -> None:
    """Rule 4."""
    code = new_code(chance)
    assert printed_code(code) == f"{code[:5]}-{code[5:]}"
    assert read_code(printed_code(code).lower()) == code


@pytest.mark.parametrize(
    ("shared", "queue", "passed_on"),
    [(False, False, False), (True, False, True), (False, True, True), (True, True, True)],
)
def test_way_in_says_whether_the_device_is_passed_on(
    shared: bool, queue: bool, passed_on: bool
) -> None:
    """Rule 5."""
    collector = Collector("A" * 10, 1, shared_device=shared, offline_queue=queue)
    assert collector.is_passed_on is passed_on
    assert not Collector("A" * 10, 1).is_passed_on
