"""Two known answers never reveal a third: disclosure control under attack.

1. Subtracting one or two known answers from a released B or C table never empties a cell and never
   leaves everybody else in one, whatever the size of the group.
2. The attacker of attacker.py, who also draws conclusions from what is *withheld*, finds nothing in
   any scene.
3. The same attacker finds each rule that is broken: for every rule there is a mutant that they see
   through.
"""

import dataclasses

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from survey_app.domain.codebook import Sensitivity, Variable
from survey_app.domain.disclosure import FLOOR, DisclosurePolicy, Reason, Released, release
from survey_app.domain.response import Code, Value
from survey_app.domain.tabulation import FrequencyTable, table_of
from tests.domain.attacker import Scene, Seen, Show, attack, question, seen

A, B, C = Sensitivity.A, Sensitivity.B, Sensitivity.C
POLICY = DisclosurePolicy()
COARSE: tuple[tuple[Code, ...], ...] = ((1, 2), (3,), (4, 5))


# Known answers against released tables


@st.composite
def answered_questions(draw: st.DrawFn) -> tuple[Variable, list[Value]]:
    """Draw a B or C question and the answer of each person."""
    multiple = draw(st.booleans())
    codes: tuple[Code, ...] = tuple(range(1, draw(st.integers(2, 4)) + 1))
    coarse = () if multiple else tuple((code,) for code in codes)
    asked = question(draw(st.sampled_from([B, C])), codes, multiple=multiple, coarse=coarse)
    people = Scene(asked, 0).kinds_of_people
    counts = draw(st.lists(st.integers(0, 12), min_size=len(people), max_size=len(people)))
    return asked, [
        person for person, count in zip(people, counts, strict=True) for _ in range(count)
    ]


@given(answered_questions(), st.data())
@settings(max_examples=150)
def test_two_known_answers_never_empty_a_cell_or_fill_it(
    answered: tuple[Variable, list[Value]], data: st.DataObject
) -> None:
    """Rule 1: a plain subtraction from what is printed."""
    asked, answers = answered
    result = release(table_of(asked, answers), POLICY)
    assume(isinstance(result, Released))
    known = data.draw(st.lists(st.sampled_from(range(len(answers))), max_size=2, unique=True))
    for cell in result.cells:
        of_known = sum(int(str(cell.code)) in codes_of(answers[person]) for person in known)
        left, others = cell.count - of_known, result.base - len(known)
        assert left < others
        assert left > 0 or cell.count == 0


def codes_of(answer: Value) -> tuple[Code, ...]:
    return answer if isinstance(answer, tuple) else (answer,)


# The attacker, and what breaks when a rule is missing

SCENES = {
    "A, yes or no, 4": Scene(question(A, ("ja", "nein")), 4),
    "B, yes or no, 7": Scene(question(B, ("ja", "nein")), 7),
    "B, yes or no, 9": Scene(question(B, ("ja", "nein")), 9),
    "B, three codes, 12": Scene(question(B, (1, 2, 3)), 12),
    "B, two ticks, 8": Scene(question(B, ("chat", "video"), multiple=True), 8),
    "B, three ticks, 8": Scene(question(B, ("a", "b", "c"), multiple=True), 8),
    "C, yes or no, 9": Scene(question(C, (1, 2), coarse=((1,), (2,))), 9),
    "C, five codes, 10": Scene(question(C, (1, 2, 3, 4, 5), coarse=COARSE), 10),
    "C, no coarse scale, 12": Scene(question(C, ("ja", "nein")), 12),
    "C, yes or no, 50": Scene(question(C, ("ja", "nein")), 50),
    "C, three codes, 50": Scene(question(C, (1, 2, 3), coarse=((1, 2), (3,))), 50),
}


def by_the_rules(made: FrequencyTable) -> Seen:
    return seen(release(made, POLICY))


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_attacker_finds_nothing(scene: Scene) -> None:
    """Rule 2."""
    assert attack(scene, by_the_rules) == set()


@pytest.mark.parametrize("name", ["B, yes or no, 9", "C, five codes, 10", "B, two ticks, 8"])
def test_attack_is_not_in_vain(name: str) -> None:
    """Rule 2: in these scenes some tables are released and some are not."""
    scene = SCENES[name]
    shown = {by_the_rules(scene.table(world)).base for world in scene.worlds}
    assert shown == {None, scene.base}


def under(sensitivity: Sensitivity, **lowered: int) -> Show:
    """Return what a policy shows that lowers some limits of one sensitivity."""
    rules = {**FLOOR, sensitivity: FLOOR[sensitivity].model_copy(update=lowered)}
    policy = DisclosurePolicy.model_construct(rules=rules)
    return lambda made: seen(release(made, policy))


def without_complements(made: FrequencyTable) -> Seen:
    """Forget that not ticking names people too."""
    return by_the_rules(made.model_copy(update={"multiple": False}))


def hiding_the_cell_only(made: FrequencyTable) -> Seen:
    """Show a table with small cells, but for these cells."""
    result = release(made, POLICY)
    if isinstance(result, Released) or result.reason is not Reason.SMALL_CELL:
        return seen(result)
    kept = tuple((cell.code, cell.count) for cell in made.cells if cell.count not in (1, 2))
    return Seen(kept, made.base)


def two_reasons(made: FrequencyTable) -> Seen:
    """Say "too small" and "too large" apart."""
    shown = by_the_rules(made)
    uniform = max(cell.count for cell in made.cells) == made.base
    return dataclasses.replace(shown, why=(shown.why, uniform)) if shown.why else shown


def telling_the_number(made: FrequencyTable) -> Seen:
    """Say how small the smallest cell is."""
    shown = by_the_rules(made)
    smallest = min(cell.count for cell in made.cells)
    return dataclasses.replace(shown, why=(shown.why, smallest)) if shown.why else shown


def coarse_when_needed(made: FrequencyTable) -> Seen:
    """Choose the scale by looking at the cells."""
    full = under(C, full_scale_from=0)(made)
    return full if full.why is None else by_the_rules(made)


def forgetting_the_coarse_scale(made: FrequencyTable) -> Seen:
    """From fifty on, look at the full scale alone."""
    return by_the_rules(made.model_copy(update={"coarse": ()}))


def with_reasons_for_missing(made: FrequencyTable) -> Seen:
    """Print the reasons for missing answers."""
    shown = by_the_rules(made)
    return shown if shown.why else dataclasses.replace(shown, missing=made.missing)


FEW, FULL, CHOSEN = "too few people", "full scale", "the scale depends on the answers"
EVERYBODY, NOBODY = "everybody else", "nobody else"
REASONS = "reasons for missing answers"

MUTANTS: dict[str, tuple[str, Show, set[str]]] = {
    "A from four on": ("A, yes or no, 4", under(A, smallest_block=4), {FEW}),
    "B from seven on": ("B, yes or no, 7", under(B, smallest_block=7), {FEW}),
    "C from nine on": ("C, yes or no, 9", under(C, smallest_block=9), {FEW}),
    "B with cells of two": ("B, yes or no, 9", under(B, smallest_cell=2), {EVERYBODY, NOBODY}),
    "C with cells of two": (
        "C, five codes, 10",
        under(C, smallest_cell=2, spare=2),
        {EVERYBODY, NOBODY},
    ),
    "ticks of two": ("B, three ticks, 8", under(B, smallest_cell=2), {EVERYBODY, NOBODY}),
    "B with everybody in a cell": ("B, three codes, 12", under(B, spare=0), {EVERYBODY}),
    "C with everybody in a cell": ("C, yes or no, 50", under(C, spare=0), {EVERYBODY}),
    "complements forgotten": ("B, two ticks, 8", without_complements, {EVERYBODY, NOBODY}),
    "only the small cell hidden": (
        "B, three codes, 12",
        hiding_the_cell_only,
        {EVERYBODY, NOBODY, CHOSEN},
    ),
    "too small and too large told apart": ("B, yes or no, 9", two_reasons, {EVERYBODY}),
    "the number in the reason": ("B, yes or no, 9", telling_the_number, {EVERYBODY}),
    "C on its full scale": ("C, five codes, 10", under(C, full_scale_from=0), {FULL, EVERYBODY}),
    "C without a coarse scale": ("C, no coarse scale, 12", under(C, full_scale_from=12), {FULL}),
    "C from fifty on its full scale only": (
        "C, three codes, 50",
        forgetting_the_coarse_scale,
        {EVERYBODY},
    ),
    "scale chosen by its cells": (
        "C, five codes, 10",
        coarse_when_needed,
        {FULL, CHOSEN, EVERYBODY, NOBODY},
    ),
    "reasons for missing printed": ("B, yes or no, 9", with_reasons_for_missing, {REASONS}),
}


@pytest.mark.parametrize(("name", "mutant", "findings"), MUTANTS.values(), ids=MUTANTS)
def test_attacker_finds_every_missing_rule(name: str, mutant: Show, findings: set[str]) -> None:
    """Rule 3: an attacker who cannot break a naive policy proves nothing about ours."""
    assert attack(SCENES[name], mutant) == findings
