"""What measures cost, and who paid: of this year and of those before, in cents.

Staff enter what was planned and spent for a measure as a whole, and what each funder gives. What a
funder gives is not divided into planned and spent: nobody entered that. So beside it stands what
the measures it funds cost altogether; who is funded by two stands in both lines.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from survey_app.domain.master_data import Costs
from survey_app.domain.measure import Measure
from survey_app.domain.scope import Scope

MOST_YEARS: Final = 4


@dataclass(frozen=True)
class Sum:
    """Cents, and how many measures said so."""

    cents: int
    measures: int


@dataclass(frozen=True)
class Funder:
    """What a funder gives; `measures` name it, `planned` and `actual` are what these cost."""

    name: str
    given: Sum
    measures: int
    planned: Sum
    actual: Sum


@dataclass(frozen=True)
class YearOfMoney:
    """What was planned, spent and given in a year."""

    year: int
    planned: Sum
    actual: Sum
    given: Sum


@dataclass(frozen=True)
class Money:
    """The funders of this year by name, and the years up to it, the oldest first."""

    this_year: YearOfMoney
    funders: tuple[Funder, ...]
    years: tuple[YearOfMoney, ...]

    @property
    def is_known(self) -> bool:
        """Return whether anybody said anything about this year."""
        year = self.this_year
        return bool(year.planned.measures or year.actual.measures or self.funders)


def money_of(scope: Scope, measures: Iterable[Measure]) -> Money:
    """Return the money of a scope; `measures` are those of all years."""
    by_year: dict[int, list[Costs]] = {}
    for measure in measures:
        if measure.ends_on.year <= scope.year and scope.in_year(measure.ends_on.year).holds(
            measure
        ):
            by_year.setdefault(measure.ends_on.year, []).append(measure.master.costs)
    own = by_year.setdefault(scope.year, [])
    years = [_year(year, costs) for year, costs in sorted(by_year.items())]
    told = tuple(each for each in years if each.planned.measures or each.actual.measures)
    return Money(_year(scope.year, own), tuple(_funders(own)), told[-MOST_YEARS:])


def _year(year: int, costs: list[Costs]) -> YearOfMoney:
    return YearOfMoney(
        year,
        _sum(each.planned for each in costs),
        _sum(each.actual for each in costs),
        _sum(each.funded for each in costs),
    )


def _funders(costs: list[Costs]) -> Iterable[Funder]:
    names = {each.funder for cost in costs for each in cost.funding}
    for name in sorted(names, key=str.casefold):
        funded = [cost for cost in costs if any(each.funder == name for each in cost.funding)]
        given = (each.cents for cost in funded for each in cost.funding if each.funder == name)
        yield Funder(
            name,
            _sum(given),
            len(funded),
            _sum(each.planned for each in funded),
            _sum(each.actual for each in funded),
        )


def _sum(amounts: Iterable[int | None]) -> Sum:
    known = [cents for cents in amounts if cents is not None]
    return Sum(sum(known), len(known))
