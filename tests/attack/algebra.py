"""Which groups of people any combination of tables isolates.

Each table is about some people: a row of zeros and ones. Whoever adds and subtracts tables, in any
way and with any factors, reaches the row space of these rows. A group of people is isolated if its
own row of zeros and ones lies in it. All of them are found, exactly:

- People who are in the same tables everywhere are one column.
- Fractions, so that nothing is rounded. In reduced form a combination is known by its values at the
  pivots, and each must be 0 or 1: 2^rank candidates, per block of rows that share no column.
- A group that is isolated across blocks is made of one isolated in each. So it is enough to look at
  the blocks one by one.
"""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from itertools import compress, product

from tests.attack.promises import (
    FULL_SCALE_OF_C,
    LEAST,
    C,
    coarse_of,
    is_full,
    names_somebody,
    on_scale,
    people_behind,
)
from tests.attack.schools import ASKED, Atom, World
from tests.attack.seen import PEOPLE, Seen

Row = tuple[int, ...]
Number = int | Fraction
MOST_ROWS = 14  # of one block; more never came up, and would take long


def faults_of_combinations(seen: Iterable[Seen], world: World) -> set[str]:
    """Return what somebody learns who puts all tables together."""
    tables: dict[str, set[frozenset[Atom]]] = defaultdict(set)
    full: dict[str, set[frozenset[Atom]]] = defaultdict(set)
    for each in seen:
        if None not in each.counts:
            tables[each.question].add(each.atoms)
            if each.scale and is_full(each.scale):
                full[each.question].add(each.atoms)
    found = set()
    for question, populations in tables.items():
        for group in isolated(frozenset(populations)):
            if why := _why_not(question, group, world, is_on_full_scale=False):
                found.add(why)
    for question, populations in full.items():
        for group in isolated(frozenset(populations)):
            if why := _why_not(question, group, world, is_on_full_scale=True):
                found.add(why)
    return found


def _why_not(
    question: str, group: frozenset[Atom], world: World, *, is_on_full_scale: bool
) -> str | None:
    people = people_behind(question, group, world)
    if question == PEOPLE:
        return "the size of a small group" if 0 < people < min(LEAST.values()) else None
    if people == 0:
        return None
    asked = ASKED[question]
    if people < LEAST[asked.sensitivity]:
        return "a group that is too small, by subtraction"
    counts = world.count(question, group)
    scales = [coarse_of(question)]
    if is_on_full_scale:
        scales.append(tuple((code,) for code in asked.codes))
        if asked.sensitivity is C and sum(counts) < FULL_SCALE_OF_C:
            return "feelings on the full scale, by subtraction"
    if any(names_somebody(question, on_scale(question, counts, s), sum(counts)) for s in scales):
        return "a cell that names somebody, by subtraction"
    return None


def isolated(populations: frozenset[frozenset[Atom]]) -> set[frozenset[Atom]]:
    """Return groups of people whose sum follows; every such group is a union of disjoint ones."""
    columns: dict[frozenset[int], set[Atom]] = defaultdict(set)
    rows = sorted(populations, key=sorted_key)
    for atom in set().union(*rows):
        columns[frozenset(n for n, row in enumerate(rows) if atom in row)].add(atom)
    patterns = sorted(columns, key=sorted)
    matrix = tuple(tuple(int(n in pattern) for pattern in patterns) for n in range(len(rows)))
    return {
        frozenset().union(*(columns[patterns[place]] for place in group))
        for group in isolated_columns(matrix)
    }


def sorted_key(atoms: frozenset[Atom]) -> list[tuple[int, str]]:
    """Return something to sort people by."""
    return sorted((wave, str(group)) for wave, group in atoms)


@lru_cache(maxsize=50_000)
def isolated_columns(matrix: tuple[Row, ...]) -> frozenset[frozenset[int]]:
    """Return sets of columns whose row of zeros and ones is a combination of the rows."""
    found = set()
    for block in _blocks(reduced(matrix)):
        if len(block) > MOST_ROWS:
            raise ValueError(f"{len(block)} rows hang together")
        for factors in product((False, True), repeat=len(block)):
            values = [sum(column) for column in zip(*compress(block, factors), strict=True)]
            if all(value in (0, 1) for value in values) and any(values):
                found.add(frozenset(place for place, value in enumerate(values) if value))
    return frozenset(found)


def reduced(matrix: tuple[Row, ...]) -> list[list[Number]]:
    """Return the reduced row echelon form, without rows of zeros."""
    rows = [list[Number](row) for row in matrix]
    done: list[list[Number]] = []
    for column in range(len(matrix[0])):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows = [row for row in rows if row is not pivot]
        pivot = [_divided(value, pivot[column]) for value in pivot]
        rows = [_without(row, pivot, column) for row in rows]
        done = [*(_without(row, pivot, column) for row in done), pivot]
    return done


def _divided(value: Number, by: Number) -> Number:
    """Divide exactly; most of the time there is nothing to do."""
    return value if by == 1 else -value if by == -1 else Fraction(value) / by


def _without(row: list[Number], pivot: list[Number], column: int) -> list[Number]:
    factor = row[column]
    if not factor:
        return row
    return [value - factor * own for value, own in zip(row, pivot, strict=True)]


def _blocks(rows: list[list[Number]]) -> list[list[list[Number]]]:
    """Divide rows into blocks that share no column."""
    blocks: list[tuple[set[int], list[list[Number]]]] = []
    for row in rows:
        used = {place for place, value in enumerate(row) if value}
        touching = [block for block in blocks if block[0] & used]
        blocks = [block for block in blocks if not block[0] & used]
        together = used.union(*(columns for columns, _ in touching))
        blocks.append((together, [*(each for _, block in touching for each in block), row]))
    return [block for _, block in blocks]
