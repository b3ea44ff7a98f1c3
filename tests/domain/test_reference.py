"""Reference values.

1. A pack names its instrument, its figures with their people, its source, licence and last day.
2. It is current up to and including that day, and the day exists.
"""

from datetime import date

import pytest
from pydantic import ValidationError

from survey_app.domain.reference import ReferencePack
from tests.support import as_json, refusals

PACK = """
id: de-probe-2026
instrument: probe
title: Eine große Studie
values:
  - {statistic: Mittelwert, value: 62.5, n: 1235, ages: [14, 17], population: Deutschland}
source: Beispielstudie, Tabelle 3
doi: 10.0000/beispiel
licence: CC-BY-4.0
valid_until: '2027-12-31'
"""


def pack(yaml: str = PACK) -> ReferencePack:
    return ReferencePack.model_validate_json(as_json(yaml))


def test_figures_come_with_their_people() -> None:
    """Rule 1."""
    (value,) = pack().values
    assert (value.value, value.n, value.ages) == (62.5, 1235, (14, 17))
    assert value.population.german == "Deutschland"


@pytest.mark.parametrize("key", ["instrument", "source", "licence", "valid_until", "title"])
def test_nothing_of_it_may_be_missing(key: str) -> None:
    """Rule 1."""
    without = "\n".join(line for line in PACK.splitlines() if not line.startswith(f"{key}:"))
    with pytest.raises(ValidationError, match="missing"):
        pack(without)


def test_it_is_current_up_to_its_last_day() -> None:
    """Rule 2."""
    assert pack().is_current(date(2027, 12, 31))
    assert not pack().is_current(date(2028, 1, 1))


def test_its_last_day_exists() -> None:
    """Rule 2."""
    with pytest.raises(ValidationError) as refused:
        pack(PACK.replace("2027-12-31", "2027-02-30"))
    assert refusals(refused) == [
        (
            "valid_until",
            "den Tag 2027-02-30 gibt es nicht. Schreib Jahr, Monat und Tag: 2026-12-31",
        )
    ]
