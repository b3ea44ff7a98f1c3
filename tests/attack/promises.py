"""What must hold for every table anybody sees, and for every group that can be isolated.

This is ANONYMITY.md, "What is released", written down a second time and on purpose not taken from
the program: a limit that is changed there by mistake is found here.
"""

from collections.abc import Iterator

from survey_app.domain.codebook import Sensitivity
from tests.attack.schools import ASKED, Atom, World
from tests.attack.seen import PEOPLE, Scale, Seen

A, B, C = Sensitivity.A, Sensitivity.B, Sensitivity.C
LEAST = {A: 5, B: 8, C: 10}
LEAST_GROUP = {A: 10, B: 30, C: 30}
LEAST_CELL = 3
SPARE = {B: 1, C: 3}
FULL_SCALE_OF_C = 50


def people_behind(question: str, atoms: frozenset[Atom], world: World) -> int:
    """Return how many people answered: who was asked before and after counts once."""
    answers: dict[int, dict[int, int]] = {}
    for wave, group in atoms:
        of_measure = answers.setdefault(world.by_id[wave].measure, {})
        own = (
            world.by_id[wave].sizes[group]
            if question == PEOPLE
            else sum(world.by_id[wave].answers[question][group])
        )
        of_measure[wave] = of_measure.get(wave, 0) + own
    return sum(max(waves.values()) for waves in answers.values())


def faults_of(seen: Seen, world: World) -> Iterator[str]:
    """Yield what is wrong with one table by itself."""
    if seen.question == PEOPLE:
        if seen.base != world.size(seen.atoms):
            yield "not true"
        if people_behind(PEOPLE, seen.atoms, world) < _promised(seen.atoms, world):
            yield "the size of a small group"
        return
    yield from _lies(seen, world)
    sensitivity = ASKED[seen.question].sensitivity
    if people_behind(seen.question, seen.atoms, world) < LEAST[sensitivity]:
        yield "too few people"
    if seen.where == "group" and seen.base < LEAST_GROUP[sensitivity]:
        yield "a group that is too small"
    if sensitivity is C and seen.base < FULL_SCALE_OF_C and is_full(seen.scale):
        yield "feelings on the full scale"
    counts = [count for count in seen.counts if count is not None]
    if names_somebody(seen.question, counts, seen.base):
        yield "a cell that names somebody"
    coarse = on_scale(
        seen.question, world.count(seen.question, seen.atoms), coarse_of(seen.question)
    )
    if names_somebody(seen.question, coarse, seen.base):
        yield "a cell that names somebody on the coarse scale"


def _lies(seen: Seen, world: World) -> Iterator[str]:
    """Yield whether a table is not what was answered; a sum that is wrong helps nobody."""
    right = on_scale(seen.question, world.count(seen.question, seen.atoms), seen.scale)
    said = [(count, true) for count, true in zip(seen.counts, right, strict=True)]
    if seen.base != sum(right) or any(c is not None and c != true for c, true in said):
        yield "not true"


def _promised(atoms: frozenset[Atom], world: World) -> int:
    """Return the number below which the phones promised to show nothing."""
    asked = {question for wave, _ in atoms for question in world.by_id[wave].answers}
    return min(LEAST[ASKED[question].sensitivity] for question in asked)


def coarse_of(question: str) -> Scale:
    """Return the coarse scale of a question, its full one if it has none."""
    return ASKED[question].coarse or tuple((code,) for code in ASKED[question].codes)


def is_full(scale: Scale) -> bool:
    """Return whether every step is one answer; a coarse scale of single answers is none."""
    return all(len(step) == 1 for step in scale)


def on_scale(question: str, counts: tuple[int, ...], scale: Scale) -> list[int]:
    """Return counts of single answers on a scale that joins some."""
    of = dict(zip(ASKED[question].codes, counts, strict=True))
    return [sum(of[code] for code in step) for step in scale]


def names_somebody(question: str, counts: list[int], base: int) -> bool:
    """Return whether a cell is too small, or so large that everybody is known to be in it."""
    sensitivity = ASKED[question].sensitivity
    if sensitivity is A:
        return False
    too_small = any(0 < count < LEAST_CELL for count in counts)
    return too_small or max(counts, default=0) > base - SPARE[sensitivity]
