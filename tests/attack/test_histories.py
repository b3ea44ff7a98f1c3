"""Ten thousand histories of a network of schools, and somebody who adds and subtracts everything.

1. No table anybody ever sees breaks a limit of ANONYMITY.md, and each says what was answered.
2. No group that any combination of tables isolates is smaller than the limit, or has a cell that
   names somebody: linear algebra over everything seen in a history, exact.
3. Who knows none, one or two answers finds out no other by integer programming (every twentieth
   history; the others hold nothing else).
4. The histories are worth attacking: there are pools, sums, groups, coarse and full scales, limits
   that move.
5. The attacker is strong enough: a house with a threshold only, and one that hides small cells and
   shows totals, are seen through, by algebra and by the solver.

`make attack` plays a million.
"""

from collections import Counter

import pytest

from tests.attack.finding import attacked
from tests.attack.history import History, faults_of, play, under
from tests.attack.houses import HidingCells, ThresholdOnly
from tests.attack.promises import is_full
from tests.attack.rules import as_they_are
from tests.attack.solver import inferences

HISTORIES = 10_000
AT_ONCE = 500


@pytest.mark.parametrize("first", range(0, HISTORIES, AT_ONCE))
def test_nothing_is_found_in_any_history(first: int) -> None:
    """Rules 1 to 3."""
    assert attacked(range(first, first + AT_ONCE)) is None


def test_histories_are_worth_attacking() -> None:
    """Rule 4: what was seen in two hundred of them."""
    house, kinds = under(as_they_are()), Counter[str]()
    for seed in range(200):
        kinds.update(kinds_of_sights(play(seed, house)))
    assert {kind for kind, histories in kinds.items() if histories >= 10} == {
        *("one wave", "pool", "sum of several", "group", "withheld for its cells"),
        *("coarse scale", "full scale of B or C"),
    }


def kinds_of_sights(history: History) -> set[str]:
    """Return what kinds of things were seen in a history."""
    found = {"withheld for its cells"} if history.story.silences else set[str]()
    for seen in history.story.seen:
        waves = {wave for wave, _ in seen.atoms}
        if seen.where == "group":
            found.add("group")
        elif len(waves) == 1:
            found.add("one wave")
        else:
            found.add("pool" if seen.where == "roll-up" else "sum of several")
        if seen.question in ("B2", "C1"):
            found.add("full scale of B or C" if is_full(seen.scale) else "coarse scale")
    return found


@pytest.mark.parametrize("house", [ThresholdOnly, HidingCells])
def test_a_naive_house_is_seen_through(house: type[ThresholdOnly]) -> None:
    """Rule 5: in most histories, by adding and subtracting and by the solver."""
    histories = [play(seed, house) for seed in range(40)]
    by_algebra = [history.seed for history in histories if faults_of(history)]
    by_solver = [history.seed for history in histories if inferences(history)]
    assert len(by_algebra) >= 10
    assert len(by_solver) >= 10


def test_hidden_cells_are_recovered() -> None:
    """Rule 5: the cell that was hidden is the total minus the others, to the last one."""
    findings = {finding for seed in range(40) for finding in inferences(play(seed, HidingCells))}
    assert findings == {"everybody else", "nobody else"}
