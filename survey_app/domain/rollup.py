"""The roll-up: published blocks, and pools of the too-small ones, added up.

    wave  area     answers
    1     Kempen   24        published by itself
    2     Kempen    4   ┐
    3     Kempen    3   ┴    too small: one pool of 7
    4     Nettetal 31        published by itself
    5     Nettetal  2        too small, and nobody to pool with: left out

The roll-up of the district tells of 24 + 7 + 31 people in the grains {1}, {2, 3} and {4}, and that
one wave was left out. A later roll-up of Kempen tells of {1} and {2, 3} again. When another wave of
three closes in Nettetal, {5, 6} becomes a pool of its own; {2, 3} stays what it is.

Pools are made of waves with the same questionnaire, within an area first and across areas from what
is left, so that roll-ups of a town and of the whole district go together in any order.

For each core question the tables of the grains are added, those that are released. A table that is
withheld for its cells is left out and counted: in a pool it could be narrowed down (the sum, and
that it was withheld). A pool tells of a core question only if all of its waves asked it: what some
of them answered, beside what all of them did, would tell how many the others are.

A result of which more than 70 percent come from one institution is that institution's result. It
is withheld unless the institution agreed, and says so if it did.

    rolled = roll_up("district 2026", parts, ledger, policy)
    rolled.cores["K1"].table        Released | Withheld, to be printed
    rolled.admitted                 to be stored in the same transaction (services/releasing.py)
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import add

from survey_app.domain.disclosure import (
    DisclosurePolicy,
    Reason,
    Released,
    Withheld,
    release,
    sum_of,
)
from survey_app.domain.ledger import (
    Admitted,
    Counted,
    Grain,
    Ledger,
    Refused,
    Release,
    can_pool,
    is_too_small,
    people,
)
from survey_app.domain.tabulation import FrequencyTable


@dataclass(frozen=True)
class Part(Counted):
    """A closed wave that a roll-up asks for.

    `cores` says under which variable the block counts a core question: ``{"K1": "k1"}``.
    """

    institution: str
    area: int
    cores: Mapping[str, str]

    @cached_property
    def tables(self) -> Mapping[str, FrequencyTable]:
        """Return the tables of the core questions under their own names, whatever they are here."""
        counted = {table.variable: table for table in self.block.tables}
        return {
            core: counted[variable].model_copy(update={"variable": core})
            for core, variable in self.cores.items()
        }


@dataclass(frozen=True)
class CoreResult:
    """One core question over all grains.

    `grains` are those whose own table is released, for a funnel plot and for intervals that know of
    groups. `withheld` is the number of grains that asked and are left out. `dominant` is the
    institution whose result it really is.
    """

    table: Released | Withheld
    grains: Mapping[Grain, Released]
    withheld: int
    dominant: str | None = None


@dataclass(frozen=True)
class RolledUp:
    """What of a roll-up may be shown.

    `answers` are those of the grains it tells of; `left_out` waves are too small and in no pool of
    this roll-up.
    """

    admitted: Admitted
    release: Release
    answers: int
    left_out: int
    cores: Mapping[str, CoreResult]

    @property
    def published(self) -> int:
        """Return how many waves stand by themselves."""
        return sum(len(grain) == 1 for grain in self.release.grains)

    @property
    def pooled(self) -> int:
        """Return how many waves are in pools."""
        return sum(len(grain) for grain in self.release.grains if len(grain) > 1)


def roll_up(
    name: str,
    parts: Sequence[Part],
    ledger: Ledger,
    policy: DisclosurePolicy,
    *,
    agreed: Collection[str] = (),
) -> RolledUp | Refused:
    """Return what of these waves may be shown together, beside everything the ledger holds.

    `agreed` are the institutions that let their own results be shown.
    """
    by_wave = {part.wave: part for part in parts}
    grains = frozenset(_grains(by_wave, ledger, policy))
    return _told(name, grains, parts, ledger, policy, agreed)


def rest_of(
    name: str,
    parts: Sequence[Part],
    without: Collection[int],
    ledger: Ledger,
    policy: DisclosurePolicy,
    *,
    agreed: Collection[str] = (),
) -> RolledUp | Refused:
    """Return what of these waves may be shown beside a roll-up of the waves `without`: the others.

    Their grains are those of the roll-up of all `parts`. A pool that has a wave of `without` in it
    is in neither of both, or the difference would be a part of a pool.
    """
    by_wave = {part.wave: part for part in parts}
    whole = _grains(by_wave, ledger, policy)
    grains = frozenset(grain for grain in whole if grain.isdisjoint(without))
    others = [part for part in parts if part.wave not in without]
    return _told(name, grains, others, ledger, policy, agreed)


def _told(
    name: str,
    grains: Collection[Grain],
    parts: Sequence[Part],
    ledger: Ledger,
    policy: DisclosurePolicy,
    agreed: Collection[str],
) -> RolledUp | Refused:
    by_wave = {part.wave: part for part in parts}
    asked_for = Release(name, frozenset(grains))
    admitted = ledger.admit(asked_for, by_wave, policy)
    if isinstance(admitted, Refused):
        return admitted
    told = {wave for grain in grains for wave in grain}
    cores, ordered = sorted({core for p in parts for core in p.cores}), sorted(grains, key=sorted)
    return RolledUp(
        admitted=admitted,
        release=asked_for,
        answers=sum(by_wave[wave].block.base for wave in told),
        left_out=len(by_wave.keys() - told),
        cores={core: _core(core, ordered, by_wave, policy, agreed) for core in cores},
    )


# Grains: sizes decide, no answer does


def _grains(parts: Mapping[int, Part], ledger: Ledger, policy: DisclosurePolicy) -> Iterator[Grain]:
    """Yield the grains of a roll-up: what stands alone, pools there are, and new ones."""
    small = {wave for wave, part in parts.items() if is_too_small(part.block, policy)}
    for wave in parts.keys() - small:
        if not ledger.is_pooled(wave):
            yield frozenset({wave})
    known = {grain for wave in parts if (grain := ledger.grain_of(wave)) is not None}
    for pool in known:
        if len(pool) > 1 and pool <= parts.keys() and can_pool(_members(pool, parts), policy):
            yield pool
    free = [parts[wave] for wave in sorted(small) if ledger.grain_of(wave) is None]
    yield from _new_pools(free, policy)


def _new_pools(free: Iterable[Part], policy: DisclosurePolicy) -> Iterator[Grain]:
    """Yield pools of waves with the same questionnaire: of an area first, then of what is left."""
    left = {part.wave: part for part in free}
    for within_area in (True, False):
        together: dict[tuple[str, int | None], list[int]] = {}
        for wave, part in left.items():
            key = part.block.questionnaire, part.area if within_area else None
            together.setdefault(key, []).append(wave)
        for waves in together.values():
            if can_pool(_members(waves, left), policy):
                pool = frozenset(waves)
                yield pool
                left = {wave: part for wave, part in left.items() if wave not in pool}


def _members(pool: Iterable[int], parts: Mapping[int, Part]) -> list[Part]:
    return [parts[wave] for wave in pool]


# One core question


def _core(
    core: str,
    grains: Iterable[Grain],
    parts: Mapping[int, Part],
    policy: DisclosurePolicy,
    agreed: Collection[str],
) -> CoreResult:
    asked = [part for part in parts.values() if core in part.cores]
    asking = {part.wave for part in asked}
    shapes = {grain: _shape(core, grain, parts) for grain in grains if not asking.isdisjoint(grain)}
    found = {grain: table_of_grain(core, grain, parts, policy) for grain in shapes}
    alike = _of_usual_shape(found, shapes)
    if not alike:
        why = next((table for table in found.values() if isinstance(table, Withheld)), None)
        return CoreResult(why or _too_few(_table(core, asked[0]), policy), {}, len(found))
    dominant = _dominant(core, alike, parts, policy)
    if dominant is not None and dominant not in agreed:
        why = Withheld(Reason.DOMINATED, policy.dominant_from)
        return CoreResult(why, {}, len(found), dominant)
    table = sum_of(list(alike.values()))
    return CoreResult(table, alike, len(found) - len(alike), dominant)


def table_of_grain(
    core: str, grain: Grain, parts: Mapping[int, Part], policy: DisclosurePolicy
) -> Released | Withheld:
    """Return what a grain tells of a core question, whoever asks.

    It depends on nothing outside the grain. At least one of its waves has asked the question.
    """
    tables = _tables(core, grain, parts)
    if len(grain) == 1:
        return release(tables[0], policy)
    few = _too_few(tables[0], policy)
    if len(tables) < len(grain) or len({table.shape for table in tables}) > 1:
        return few
    measures = [parts[wave].measure for wave in sorted(grain)]
    sizes = people(zip(measures, [table.base for table in tables], strict=True))
    if len(sizes) < 2 or sum(sizes) < few.limit:
        return few
    return release(reduce(add, tables), policy)


def _tables(core: str, grain: Grain, parts: Mapping[int, Part]) -> list[FrequencyTable]:
    return [_table(core, parts[wave]) for wave in sorted(grain) if core in parts[wave].cores]


def _table(core: str, part: Part) -> FrequencyTable:
    return part.tables[core]


def _too_few(table: FrequencyTable, policy: DisclosurePolicy) -> Withheld:
    return Withheld(Reason.SMALL_BLOCK, policy.rule(table.sensitivity).smallest_block)


def _shape(core: str, grain: Grain, parts: Mapping[int, Part]) -> tuple[object, ...]:
    return _tables(core, grain, parts)[0].shape


def _of_usual_shape(
    found: Mapping[Grain, Released | Withheld], shapes: Mapping[Grain, object]
) -> Mapping[Grain, Released]:
    """Return the tables that can be added: those with the answers that most of them have."""
    released = {grain: table for grain, table in found.items() if isinstance(table, Released)}
    usual = Counter(shapes[grain] for grain in released).most_common(1)
    return {grain: table for grain, table in released.items() if shapes[grain] == usual[0][0]}


def _dominant(
    core: str, grains: Iterable[Grain], parts: Mapping[int, Part], policy: DisclosurePolicy
) -> str | None:
    """Return the institution that most answers come from, if they are nearly all."""
    answers: Counter[str] = Counter()
    for wave in (wave for grain in grains for wave in grain if core in parts[wave].cores):
        answers[parts[wave].institution] += _table(core, parts[wave]).base
    institution, most = answers.most_common(1)[0]
    return institution if 100 * most > policy.dominant_from * answers.total() else None
