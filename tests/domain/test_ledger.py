"""The ledger: every wave belongs to at most one grain, for ever.

1. A wave that is large enough is a grain by itself; of those that are not, a grain is a pool of two
   measures at least, with enough people for every table. Who was asked twice counts once.
2. A release is refused if it cuts a grain, overlaps one, tells of a wave twice, or of a wave that
   is not counted. The reason is a sentence, and there is no way around it.
3. What was admitted is admitted again and changes nothing.
4. Limits that move open nothing: what was pooled is never shown alone, what was shown alone is never
   pooled.
5. Whatever is admitted, in any order: every group that any combination isolates is a union of
   grains, each large enough (exact, over all subsets of small networks).
"""

import random
from collections.abc import Collection, Mapping
from itertools import combinations

import pytest

from survey_app.domain.block import Block
from survey_app.domain.codebook import Sensitivity
from survey_app.domain.disclosure import DisclosurePolicy, Reason, Withheld
from survey_app.domain.ledger import (
    NOT_COUNTED,
    OVERLAPS,
    STANDS_ALONE,
    TOO_FEW,
    Admitted,
    Counted,
    Grain,
    Ledger,
    Refused,
    Release,
    one_by_one,
    people,
    released_one_by_one,
)
from survey_app.domain.policy import IN_USE, ClassRule
from survey_app.domain.questionnaire import Audience
from survey_app.domain.tabulation import Cell, FrequencyTable
from tests.attack.algebra import isolated_columns

A, C = Sensitivity.A, Sensitivity.C
POLICY = DisclosurePolicy()
RAISED = DisclosurePolicy(rules=dict(IN_USE) | {A: ClassRule(smallest_block=8)})


def block(base: int, sensitivity: Sensitivity = A) -> Block:
    """Return a block with one table, half and half."""
    cells = (Cell(code=1, count=base // 2), Cell(code=2, count=base - base // 2))
    table = FrequencyTable(
        variable="k1", sensitivity=sensitivity, cells=cells, base=base, coarse=((1,), (2,))
    )
    return Block(
        questionnaire="kern",
        version="1.0.0",
        fingerprint="f",
        audience=Audience.YOUNG_PEOPLE,
        base=base,
        tables=(table,),
    )


def waves(*sizes: int, sensitivity: Sensitivity = A) -> dict[int, Counted]:
    """Return waves 1, 2, … of these sizes, each of a measure of its own."""
    return {n: Counted(n, n, block(size, sensitivity)) for n, size in enumerate(sizes, start=1)}


def of(*grains: Collection[int], name: str = "roll-up") -> Release:
    """Return a release of these grains."""
    return Release(name, frozenset(map(frozenset, grains)))


def admitted(
    ledger: Ledger, release: Release, counted: Mapping[int, Counted], policy: DisclosurePolicy
) -> Ledger:
    """Return the ledger with a release that must be admitted."""
    outcome = ledger.admit(release, counted, policy)
    assert isinstance(outcome, Admitted), outcome
    return outcome.ledger


def refusal(
    ledger: Ledger,
    release: Release,
    counted: Mapping[int, Counted],
    policy: DisclosurePolicy = POLICY,
) -> str | None:
    """Return why a release is refused."""
    outcome = ledger.admit(release, counted, policy)
    return outcome.reason.text if isinstance(outcome, Refused) else None


@pytest.mark.parametrize(
    ("grain", "why"),
    [
        ({1}, None),
        ({2}, TOO_FEW),
        ({2, 3}, None),
        ({3, 4}, TOO_FEW),
        ({3, 4, 2}, None),
        ({1, 2}, STANDS_ALONE),
        (set(), NOT_COUNTED),
        ({9}, NOT_COUNTED),
    ],
)
def test_what_can_be_a_grain(grain: set[int], why: str | None) -> None:
    """Rules 1 and 2: one wave of 24, and workshops of 4, 3 and 1."""
    assert refusal(Ledger(), of(grain), waves(24, 4, 3, 1)) == why


def test_a_pool_is_large_enough_for_every_table() -> None:
    """Rule 1: two workshops of four about feelings are eight, and ten it must be."""
    inner = waves(4, 4, 2, sensitivity=C)
    assert refusal(Ledger(), of({1, 2}), inner) == TOO_FEW
    assert refusal(Ledger(), of({1, 2, 3}), inner) is None


def test_who_was_asked_before_and_after_counts_once() -> None:
    """Rule 1: four young people, asked twice, are no pool of eight."""
    twice = {n: Counted(n, 7, block(4)) for n in (1, 2)}
    assert refusal(Ledger(), of({1, 2}), twice) == TOO_FEW
    with_others = twice | {3: Counted(3, 8, block(1))}
    assert refusal(Ledger(), of({1, 2, 3}), with_others) is None
    assert people([(7, 4), (7, 3), (8, 1), (9, 0)]) == [4, 1]


def test_the_example_of_the_module() -> None:
    """Rules 2 and 4: spring, summer, autumn, winter."""
    workshops = waves(3, 4, 2, 4)
    spring = admitted(Ledger(), of({1, 2}), workshops, POLICY)
    assert refusal(spring, of({1, 2, 3}), workshops) == OVERLAPS
    autumn = admitted(spring, of({1, 2}, {3, 4}), workshops, POLICY)
    lower = DisclosurePolicy.model_construct(rules=IN_USE | {A: ClassRule(smallest_block=4)})
    assert refusal(autumn, of({4}), workshops, lower) == OVERLAPS


def test_a_reason_says_what_to_do() -> None:
    """Rule 2."""
    outcome = Ledger().admit(of({1, 2}), waves(2, 1), POLICY)
    assert isinstance(outcome, Refused)
    assert str(outcome.reason) == (
        "Das lässt sich nicht veröffentlichen: Zusammen sind es weniger als 5 Antworten. Warten"
        " Sie auf weitere Erhebungen."
    )


@pytest.mark.parametrize(
    "release", [of({1, 2}, {2, 3}), of({1, 2, 3}, {1, 2})], ids=["overlapping", "nested"]
)
def test_a_wave_is_told_of_once(release: Release) -> None:
    """Rule 2: within one release too."""
    assert refusal(Ledger(), release, waves(4, 4, 4)) == OVERLAPS


def test_what_was_admitted_is_admitted_again() -> None:
    """Rule 3."""
    workshops = waves(4, 4, 24)
    once = Ledger().admit(of({1, 2}, {3}), workshops, POLICY)
    assert isinstance(once, Admitted)
    again = once.ledger.admit(of({1, 2}, {3}), workshops, POLICY)
    assert once.new == {frozenset({1, 2}), frozenset({3})}
    assert again == Admitted(once.ledger, frozenset())


def test_what_was_pooled_is_never_shown_alone() -> None:
    """Rule 4: six were too few while the limit was eight."""
    workshops = waves(6, 3)
    ledger = admitted(Ledger(), of({1, 2}), workshops, RAISED)
    assert one_by_one("sheet", workshops, ledger, POLICY).grains == frozenset()
    shown = released_one_by_one(workshops, ledger, POLICY)
    assert shown[1].base == Withheld(Reason.POOLED, 5)
    assert shown[1].tables == {"k1": Withheld(Reason.POOLED, 5)}


def test_what_was_shown_alone_is_never_pooled() -> None:
    """Rule 4: six were enough until the limit was eight."""
    workshops = waves(6, 3)
    sheet = one_by_one("sheet", workshops, Ledger(), POLICY)
    assert sheet.grains == {frozenset({1})}
    ledger = admitted(Ledger(), sheet, workshops, POLICY)
    assert refusal(ledger, of({1, 2}), workshops, RAISED) == OVERLAPS
    assert released_one_by_one(workshops, ledger, RAISED)[1].base == Withheld(Reason.SMALL_BLOCK, 8)


@pytest.mark.parametrize("seed", range(60))
def test_whatever_is_admitted_isolates_unions_of_grains(seed: int) -> None:
    """Rule 5: everything that can be asked of up to seven waves, in a random order."""
    chance = random.Random(seed)
    counted = waves(*(chance.randint(1, 6) for _ in range(chance.randint(3, 7))))
    asked = [
        frozenset(group) for size in range(1, 5) for group in combinations(sorted(counted), size)
    ]
    chance.shuffle(asked)
    ledger = Ledger()
    for grain in asked:
        outcome = ledger.admit(of(grain), counted, chance.choice([POLICY, RAISED]))
        ledger = outcome.ledger if isinstance(outcome, Admitted) else ledger
    for group in isolated(ledger.grains, counted):
        assert sum(counted[wave].block.base for wave in group) >= 5
        assert all(grain <= group or not grain & group for grain in ledger.grains)


def isolated(grains: Collection[Grain], counted: Mapping[int, Counted]) -> set[Grain]:
    """Return the groups that follow from the sums over grains."""
    order = sorted(counted)
    rows = tuple(
        tuple(int(wave in grain) for wave in order) for grain in sorted(grains, key=sorted)
    )
    return (
        {frozenset(order[place] for place in group) for group in isolated_columns(rows)}
        if rows
        else set()
    )
