"""Money and hours as people write them.

1. Euros are read with a comma, with or without points, sign and spaces; cents are exact.
2. What could mean two things is refused, with the sentence that says how to write it.
3. What was read is written back in one form, and read again it is the same.
4. Hours take a comma or a point: there are no thousands of them.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.domain.amounts import (
    MOST_CENTS,
    NO_HOURS,
    NO_MONEY,
    TOO_MANY_HOURS,
    TOO_MUCH_MONEY,
    NotAnAmount,
    cents_of,
    euros,
    hours,
    minutes_of,
)


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("1.234,50", 123450),
        ("1.234,50 €", 123450),
        ("1234,5", 123450),
        ("€ 12", 1200),
        ("12 EUR", 1200),
        ("12,-", 1200),
        ("0", 0),
        ("1.000.000", 100_000_000),
        ("1 234,50\u00a0€", 123450),
        (" 0,07 ", 7),
        ("١٢", 1200),
    ],
)
def test_euros_are_read_as_they_are_written_here(written: str, cents: int) -> None:
    assert cents_of(written) == cents


@pytest.mark.parametrize(
    "written", ["12.50", "1,234.50", "1.23", "12,345", "viel", "-5", "1e3", "", ",50", "1..000"]
)
def test_what_could_mean_two_things_is_refused(written: str) -> None:
    with pytest.raises(NotAnAmount, match=r"1\.234,50"):
        cents_of(written)
    assert "1.234,50" in NO_MONEY


def test_too_much_is_refused() -> None:
    assert cents_of("10.000.000") == MOST_CENTS
    with pytest.raises(NotAnAmount) as refused:
        cents_of("10.000.000,01")
    assert str(refused.value) == TOO_MUCH_MONEY


@given(st.integers(0, MOST_CENTS))
def test_what_was_read_is_written_back_and_read_again(cents: int) -> None:
    assert cents_of(euros(cents)) == cents
    assert cents_of(f"{euros(cents)} €") == cents


def test_euros_have_points_and_two_decimals() -> None:
    assert [euros(each) for each in (0, 7, 100, 123450, 123456789)] == [
        *("0,00", "0,07", "1,00", "1.234,50", "1.234.567,89"),
    ]


@pytest.mark.parametrize(
    ("written", "minutes", "again"),
    [
        ("2", 120, "2"),
        ("1,5", 90, "1,5"),
        ("1.5", 90, "1,5"),
        ("0,25 h", 15, "0,25"),
        ("0", 0, "0"),
    ],
)
def test_hours_take_a_comma_or_a_point(written: str, minutes: int, again: str) -> None:
    assert minutes_of(written) == minutes
    assert hours(minutes) == again


@pytest.mark.parametrize(
    ("written", "sentence"),
    [("1:30", NO_HOURS), ("zwei", NO_HOURS), ("-1", NO_HOURS), ("100001", TOO_MANY_HOURS)],
)
def test_what_are_no_hours_is_refused(written: str, sentence: str) -> None:
    with pytest.raises(NotAnAmount) as refused:
        minutes_of(written)
    assert str(refused.value) == sentence
