"""The rest of a district beside a town: rules that no history can prove, because two hold.

The faults of the rest that a history gives away stand in mutants.py. These three do not, each for
its own reason:

1. A rest that divides a pool is refused by the ledger: the fault shows nothing. The rest itself
   leaves such a pool out, and is admitted.
2. A rest that pools what is left of a pool makes a grain of its own, which the ledger admits where
   nobody asked for the network before. It tells of nobody, but the network can never have its own
   pool again. The rest has no grain that the network has not.
3. How large a rest has to be is no rule of a release: it says from when on a result is that of
   several institutions (domain/roll_up_core.py). Thirty answers from three measures are enough, and
   29 are not.
"""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.attack.mutants import CUT, OTHERS, WHOLE
from tests.attack.rules import Fault, Rules, as_they_are, load
from tests.domain.test_roll_up_parts import beside
from tests.domain.test_rollup import POLICY, part, table

TOWN = (1, 2)
PARTS = [  # 2, 3 and 4 are too small: the network pools them
    *(part(wave, table([10, 10, 10])) for wave in (1, 5)),
    *(part(wave, table([1, 1, 2])) for wave in (2, 3, 4)),
]
RIGHT = as_they_are()
DIVIDES = load(Fault("rollup", WHOLE + OTHERS, CUT + OTHERS))


def grains(rules: Rules, released: Any) -> set[frozenset[int]] | None:
    """Return what a release tells of; None if it is refused."""
    refused = isinstance(released, rules.ledger.Refused)
    return None if refused else set(released.release.grains)


def network_then_rest(rules: Rules, town: Sequence[int]) -> tuple[Any, Any]:
    """Ask for the network, and then for the rest beside a town."""
    whole = rules.rollup.roll_up("network", PARTS, rules.ledger.Ledger(), POLICY)
    known = whole.admitted.ledger
    rest = rules.rollup.rest_of("rest", PARTS, town, known, POLICY)
    return grains(rules, whole), grains(rules, rest)


def test_a_rest_that_divides_a_pool_is_refused() -> None:
    """Rule 1."""
    pool = frozenset({2, 3, 4})
    assert network_then_rest(DIVIDES, TOWN) == ({frozenset({1}), frozenset({5}), pool}, None)
    whole, rest = network_then_rest(RIGHT, TOWN)
    assert (whole, rest) == ({frozenset({1}), frozenset({5}), pool}, {frozenset({5})})


def test_a_rest_has_no_grain_of_its_own() -> None:
    """Rule 2: whether the network was asked for before or not."""
    empty = RIGHT.ledger.Ledger()
    first = RIGHT.rollup.rest_of("rest", PARTS, TOWN, empty, POLICY)
    assert grains(RIGHT, first) == {frozenset({5})}
    later = RIGHT.rollup.roll_up("network", PARTS, first.admitted.ledger, POLICY)
    assert frozenset({2, 3, 4}) in (grains(RIGHT, later) or ())
    divided = DIVIDES.rollup.rest_of("rest", PARTS, TOWN, DIVIDES.ledger.Ledger(), POLICY)
    assert grains(DIVIDES, divided) == {frozenset({5}), frozenset({3, 4})}


@pytest.mark.parametrize(("last", "compared"), [((5, 5), 1), ((5, 4), 0)])
def test_a_rest_of_thirty_is_enough(last: tuple[int, int], compared: int) -> None:
    """Rule 3."""
    found = beside([(8, 4)] * 4, [(5, 5), (5, 5), last])
    assert sum(row.overlaps is not None for row in found.rows) == compared
