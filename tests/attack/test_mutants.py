"""Every rule is needed: without it, the attacker finds something.

1. Each fault in mutants.py is found, by a look, by algebra, by the solver, or by listing all worlds
   (tests/domain/attacker.py).
2. The same way of loading, without a fault, finds nothing: it is the fault that is found.
3. A fault that does not fit into the source is an error, not a survivor.
4. There are at least forty.
"""

import pytest

from tests.attack.finding import fault_found
from tests.attack.mutants import MUTANTS
from tests.attack.rules import Fault, load

HISTORIES = range(3_000)


@pytest.mark.parametrize("name", MUTANTS)
def test_fault_is_found(name: str) -> None:
    """Rule 1."""
    assert fault_found(load(MUTANTS[name]), HISTORIES)


def test_right_rules_loaded_alike_are_not_faulty() -> None:
    """Rule 2."""
    assert fault_found(load(), range(400)) is None


def test_fault_must_fit() -> None:
    """Rule 3."""
    with pytest.raises(LookupError, match="ledger: 0 × 'no such line'"):
        load(Fault("ledger", "no such line", ""))


def test_there_are_forty_at_least() -> None:
    """Rule 4."""
    assert len(MUTANTS) >= 40
    assert len({(each.module, each.right, each.wrong) for each in MUTANTS.values()}) == len(MUTANTS)
