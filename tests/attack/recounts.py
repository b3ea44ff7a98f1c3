"""A block is shown, counted again, and shown anew: the reader subtracts one from the other.

The first count is wrong in one of the ways in which programs are: it forgets some people, counts
some twice, takes an answer for another, or turns a scale round. The rules decide whether the right
one takes its place. What the difference says must be of as many people as any table, group by group
where groups are shown; and two breakdowns, one after the other, are a cross-table.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from survey_app.domain.codebook import Sensitivity
from survey_app.domain.questionnaire import Audience
from survey_app.domain.response import Code
from survey_app.domain.tabulation import Breakdown
from tests.attack.promises import FULL_SCALE_OF_C, LEAST, LEAST_GROUP, coarse_of, names_somebody
from tests.attack.rules import Rules
from tests.attack.schools import ASKED, GROUPS, WaveOfSchool, world_of
from tests.attack.seen import Scale, scale_of

Shown = tuple[Scale, tuple[int, ...], int, tuple[int, ...]]
"""The scale of a table, its counts, its n, and the counts of missing answers that are shown."""


def known_of_recounts(rules: Rules, seeds: Iterable[int]) -> set[str]:
    """Return what somebody learns who has the old sheet and the new one, in any of some recounts."""
    return {fault for seed in seeds for fault in _known(rules, random.Random(seed))}


def _known(rules: Rules, chance: random.Random) -> Iterator[str]:
    right = chance.choice(world_of(chance).waves)
    wrong = chance.choice(MISTAKES)(right, chance)
    old, new = (_block(rules, wave, chance.random() < 0.3) for wave in (wrong, right))
    policy = rules.policy.DisclosurePolicy()
    first, second = (rules.disclosure.release_block(block, policy) for block in (old, new))
    withheld = rules.disclosure.Withheld
    if isinstance(first.base, withheld) or not rules.recount.may_replace(old, new):
        return
    if not isinstance(second.base, withheld):
        yield from _of_people(first.base, second.base, right)
    for question in first.tables:
        tables = (each.tables[question] for each in (first, second))
        yield from _of_tables(question, [_shown(rules, each, question) for each in tables], LEAST)
    yield from _of_groups(rules, first.breakdown, second.breakdown)


def _of_people(before: int, after: int, wave: WaveOfSchool) -> Iterator[str]:
    least = min(LEAST[ASKED[question].sensitivity] for question in wave.answers)
    if 0 < abs(after - before) < least:
        yield "the size of a small group"


def _of_groups(rules: Rules, before: Any, after: Any) -> Iterator[str]:
    if any(isinstance(each, rules.disclosure.Withheld) for each in (before, after)):
        return
    if before.variable != after.variable:
        yield "two breakdowns"
        return
    for question, groups in before.tables.items():
        tables = [groups, after.tables[question]]
        if not any(isinstance(each, rules.disclosure.Withheld) for each in tables):
            of = [{code: _shown(rules, t, question) for code, t in each} for each in tables]
            for code in of[0].keys() & of[1].keys():
                yield from _of_tables(question, [of[0][code], of[1][code]], LEAST_GROUP)


def _of_tables(
    question: str, two: Sequence[Shown | None], least: dict[Sensitivity, int]
) -> Iterator[str]:
    before, after = two
    if before is None or after is None:
        return
    scale = before[0] if before[0] == after[0] else coarse_of(question)
    pairs = list(zip(_on(scale, before), _on(scale, after), strict=True))
    silent = list(zip(before[3], after[3], strict=True))
    for sign in (1, -1):
        gone = [max(sign * (a - b), 0) for a, b in pairs]
        quiet = [max(sign * (a - b), 0) for a, b in silent]
        yield from _of_difference(question, gone, quiet, scale, least)


def _of_difference(
    question: str, gone: list[int], quiet: list[int], scale: Scale, least: dict[Sensitivity, int]
) -> Iterator[str]:
    sensitivity, people = ASKED[question].sensitivity, sum(gone) + sum(quiet)
    if not people:
        return
    if people < least[sensitivity]:
        yield "a group that is too small, by subtraction"
    if any(gone) and names_somebody(question, gone, sum(gone)):
        yield "a cell that names somebody, by subtraction"
    is_full = all(len(step) == 1 for step in scale)
    if sensitivity is Sensitivity.C and is_full and any(gone) and sum(gone) < FULL_SCALE_OF_C:
        yield "feelings on the full scale, by subtraction"


def _shown(rules: Rules, table: Any, question: str) -> Shown | None:
    if isinstance(table, rules.disclosure.Withheld):
        return None
    missing = table.missing
    silent = (missing.unanswered, missing.refused, missing.filtered) if missing else ()
    scale = scale_of((cell.code for cell in table.cells), ASKED[question].codes)
    return scale, tuple(cell.count for cell in table.cells), table.base, silent


def _on(scale: Scale, shown: Shown) -> list[int]:
    """Return counts on a scale that is the own one, or joins its steps."""
    steps = dict(zip(shown[0], shown[1], strict=True))
    return [sum(n for own, n in steps.items() if set(own) <= set(step)) for step in scale]


def _block(rules: Rules, wave: WaveOfSchool, other_breakdown: bool) -> Any:
    kept = rules.block.to_be_kept(wave.breakdowns)
    if kept is not None and other_breakdown:
        kept = Breakdown(variable="K1", groups=kept.groups)
    return rules.block.Block.model_construct(
        questionnaire=wave.form,
        version="1.0.0",
        fingerprint=wave.form,
        audience=Audience.YOUNG_PEOPLE,
        base=wave.base,
        tables=wave.tables,
        texts=(),
        breakdown=kept,
    )


# Mistakes: each returns the wave as a wrong program counts it


def _forgotten(wave: WaveOfSchool, chance: random.Random) -> WaveOfSchool:
    return _changed(wave, chance, -1)


def _twice(wave: WaveOfSchool, chance: random.Random) -> WaveOfSchool:
    return _changed(wave, chance, 1)


def _changed(wave: WaveOfSchool, chance: random.Random, sign: int) -> WaveOfSchool:
    """Return a wave with some people of a group more or less, who answered like others in it."""
    group = chance.choice([group for group in GROUPS if wave.sizes[group]])
    people = min(wave.sizes[group], chance.choice([1, 1, 2, 4, 6, 9, 12, 31, 60]))
    answers = {q: dict(of) for q, of in wave.answers.items()}
    for own in answers.values():
        # How many of them answered; now and then they left a question out.
        answered = min(sum(own[group]), people - chance.choice([0, 0, 0, people]))
        answered = max(answered, people - (wave.sizes[group] - sum(own[group])))
        own[group] = _moved(own[group], answered, sign, chance)
    return replace(
        wave, sizes={**wave.sizes, group: wave.sizes[group] + sign * people}, answers=answers
    )


def _moved(
    counts: tuple[int, ...], people: int, sign: int, chance: random.Random
) -> tuple[int, ...]:
    places = [place for place, count in enumerate(counts) for _ in range(count)]
    drawn = chance.sample(places, people)
    return tuple(count + sign * drawn.count(place) for place, count in enumerate(counts))


def _mistaken(wave: WaveOfSchool, chance: random.Random) -> WaveOfSchool:
    """Return a wave in which some people of a group gave another answer, or none."""
    question = chance.choice(list(wave.answers))
    answers = {q: dict(of) for q, of in wave.answers.items()}
    for group in chance.choice([GROUPS, *([group] for group in GROUPS)]):
        counts = answers[question][group]
        people = min(sum(counts), chance.choice([1, 2, 3, 5, 8, 12, 40]))
        fewer = _moved(counts, people, -1, chance)
        to = chance.choice([None, *range(len(counts))])
        answers[question][group] = tuple(
            n + (people if place == to else 0) for place, n in enumerate(fewer)
        )
    return replace(wave, answers=answers)


def _turned(wave: WaveOfSchool, chance: random.Random) -> WaveOfSchool:
    question = chance.choice(list(wave.answers))
    turned: dict[Code | None, tuple[int, ...]] = {
        group: counts[::-1] for group, counts in wave.answers[question].items()
    }
    return replace(wave, answers={**wave.answers, question: turned})


MISTAKES: tuple[Callable[[WaveOfSchool, random.Random], WaveOfSchool], ...] = (
    _forgotten,
    _twice,
    _mistaken,
    _turned,
)
