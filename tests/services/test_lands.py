"""Where the head of a school has to be asked.

1. In a school of a Land whose rules ask for approval, and of one whose rules are not known.
2. Nowhere else.
"""

from dataclasses import replace

import pytest

from survey_app.domain.measure import Measure, Municipality, Setting
from survey_app.services.lands import is_in_a_school, needs_approval
from tests.domain.test_school_request import MEASURE

ELSEWHERE = Municipality(1, 1, "09162000", "München")


@pytest.mark.parametrize("municipality", [MEASURE.municipality, ELSEWHERE])
def test_a_school_is_asked(municipality: Municipality) -> None:
    """Rule 1."""
    assert needs_approval(replace(MEASURE, municipality=municipality))


@pytest.mark.parametrize("setting", [each for each in Setting if each is not Setting.SCHOOL])
def test_nobody_else_is_asked(setting: Setting) -> None:
    """Rule 2."""
    assert MEASURE.site is not None
    outside: list[Measure] = [
        replace(MEASURE, site=replace(MEASURE.site, setting=setting)),
        replace(MEASURE, site=None),
    ]
    assert [(is_in_a_school(each), needs_approval(each)) for each in outside] == [
        (False, False)
    ] * 2
