"""Whether the attacker finds anything: over many histories, or in rules with a fault in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from survey_app.domain.tabulation import FrequencyTable
from tests.attack.history import Open, faults_of, play, under
from tests.attack.listed import known_of_listed
from tests.attack.recounts import known_of_recounts
from tests.attack.rules import Rules, as_they_are
from tests.attack.solver import inferences
from tests.attack.two_groups import known_of_two_groups
from tests.domain.attacker import Seen, attack
from tests.domain.test_disclosure_attacked import SCENES

SOLVED = 20  # every how many histories the solver is asked too
RECOUNTS = range(600)  # two counts of one wave
EASY = 20  # in how many histories most faults are found
TELLING = (4399, 7412)  # where a sheet is shown, limits rise, and its wave is pooled: a rare chance


@dataclass(frozen=True)
class Counterexample:
    """A history in which the attacker learns something."""

    seed: int
    findings: frozenset[str]


def attacked(seeds: Iterable[int], house: Open | None = None) -> Counterexample | None:
    """Return the first history in which something is found; our own house unless told."""
    house = house or under(as_they_are())
    for seed in seeds:
        history = play(seed, house)
        found = faults_of(history)
        if not found and seed % SOLVED == 0:
            found = inferences(history)
        if found:
            return Counterexample(seed, frozenset(found))
    return None


def fault_found(rules: Rules, seeds: range) -> str | None:
    """Return what gives a fault in the rules away; None if nothing does."""
    if can_be_lowered(rules):
        return "limits can be lowered"
    found = attacked([*seeds[:EASY], *TELLING], under(rules))
    if found is None and (known := _known_of_all_worlds(rules)):
        return f"all worlds: {', '.join(sorted(known))}"
    found = found or attacked(seeds[EASY:], under(rules))
    return f"history {found.seed}: {', '.join(sorted(found.findings))}" if found else None


def _known_of_all_worlds(rules: Rules) -> set[str]:
    """Return what follows where all worlds can be listed, or from two counts of one wave."""
    listed = _known_of_scenes(rules) | known_of_two_groups(rules) | known_of_listed(rules)
    return listed | {f"recount: {each}" for each in known_of_recounts(rules, RECOUNTS)}


def _known_of_scenes(rules: Rules) -> set[str]:
    """Return what the attacker finds who lists all worlds of one question in one group."""
    policy = rules.policy.DisclosurePolicy()

    def show(table: FrequencyTable) -> Seen:
        return _seen(rules, rules.disclosure.release(table, policy))

    return {finding for scene in SCENES.values() for finding in attack(scene, show)}


def can_be_lowered(rules: Rules) -> bool:
    """Return whether a configuration is taken that asks for less than the promise."""
    lowered = {
        s: rule.model_copy(update={"smallest_block": 4}) for s, rule in rules.policy.FLOOR.items()
    }
    for wish in ({"rules": lowered}, {"text_block": 9}, {"group": 29}, {"dominant_from": 71}):
        try:
            rules.policy.DisclosurePolicy(**wish)
        except ValidationError:
            continue
        return True
    return False


def _seen(rules: Rules, result: Any) -> Seen:
    """Return what a result shows; rules with a fault have classes of their own."""
    if isinstance(result, rules.disclosure.Withheld):
        return Seen(why=(str(result.reason), result.limit, str(result.message)))
    return Seen(
        tuple((cell.code, cell.count) for cell in result.cells), result.base, result.missing
    )
