"""Where a measure takes place, in words.

1. One town stands with its key, a few as a list, many as their number; annexes name them all.
2. What is for the whole district says so, wherever else it is ticked.
3. A measure of several towns, or of the district, is counted in no single one.
"""

from dataclasses import replace

import pytest

from survey_app.domain.measure import Measure, Municipality
from survey_app.domain.towns import (
    keys_of,
    names_of,
    towns_in_brief,
    towns_named,
    towns_said,
)
from tests.domain.test_school_request import MEASURE

HOME = Municipality(1, 1, "05166012", "Kempen")
NAMES = ("Viersen", "Nettetal", "Willich", "Brüggen")
OTHERS = tuple(
    Municipality(number, 1, f"051660{number:02}", name) for number, name in enumerate(NAMES, 16)
)
ONE = replace(MEASURE, municipality=HOME, also_in=(), district_wide=False)


def in_words(measure: Measure) -> tuple[str, ...]:
    return tuple(str(said(measure)) for said in (towns_in_brief, towns_said, towns_named))


@pytest.mark.parametrize(
    ("others", "brief"),
    [
        (0, "Kempen (AGS 05166012)"),
        (1, "Kempen und Viersen"),
        (2, "Kempen, Nettetal und Viersen"),
        (3, "Kempen, Nettetal, Viersen und Willich"),
        (4, "5 Kommunen"),
    ],
)
def test_the_head_of_a_sheet_has_room_for_a_few(others: int, brief: str) -> None:
    """Rule 1."""
    assert str(towns_in_brief(replace(ONE, also_in=OTHERS[:others]))) == brief


def test_an_annex_names_them_all_with_their_keys() -> None:
    """Rule 1."""
    several = replace(ONE, also_in=OTHERS[:2])
    assert str(towns_said(several)) == (
        "Kempen (AGS 05166012), Nettetal (AGS 05166017) und Viersen (AGS 05166016)"
    )
    assert str(towns_named(several)) == "Kempen, Nettetal und Viersen"
    assert (names_of(several), keys_of(several)) == (
        "Kempen, Nettetal, Viersen",
        "05166012, 05166017, 05166016",
    )


def test_the_whole_district_comes_before_single_towns() -> None:
    """Rule 2."""
    wide = replace(ONE, also_in=OTHERS, district_wide=True)
    assert in_words(wide) == ("kreisweit", "kreisweit", "Kempen (kreisweit)")


def test_several_towns_are_counted_in_none() -> None:
    """Rule 3."""
    several, wide = replace(ONE, also_in=OTHERS[:1]), replace(ONE, district_wide=True)
    assert [each.counted_in for each in (ONE, several, wide)] == [HOME, None, None]
