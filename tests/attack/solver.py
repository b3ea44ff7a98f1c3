"""Which answers follow: the attacker who computes with whole numbers.

Unknown is, for each question, how many people of each wave and group gave each answer. The attacker
knows how many answered there (they were in the room, or counted chairs), every table that was ever
shown, that a table withheld for its cells has such a cell, and up to two people's answers. Integer
programming (HiGHS, by `scipy.optimize.milp`) tells whether all this leaves a choice. Two findings
break the promise of B and C, as in tests/domain/attacker.py:

    everybody else …   in a wave or group, all people the attacker does not know gave one answer
    nobody else …      those the attacker knows are the only ones who gave it

Whatever is certain is also true. So only what is true of the world is put to the solver: is there
another world, with the same tables, in which it is not?
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from survey_app.domain.codebook import Sensitivity
from survey_app.domain.response import Code
from tests.attack.history import History
from tests.attack.promises import LEAST_CELL, SPARE, names_somebody, on_scale
from tests.attack.schools import ASKED, GROUPS, Asked, Atom
from tests.attack.seen import Seen

MOST_KNOWN = 2
INFEASIBLE = 2  # the status of scipy.optimize.milp


@dataclass(frozen=True)
class Query:
    """Something that is true of `others` people whom the attacker does not know.

    `known` people gave an answer of `codes`, and the attacker knows which. Is there a world in
    which more than that did, or in which fewer than all others did?
    """

    atoms: frozenset[Atom]
    codes: tuple[Code, ...]
    known: dict[tuple[Atom, Code], int] = field(hash=False)
    least: int = 0
    most: int = 10_000
    finding: str = ""

    @property
    def takes(self) -> bool:
        """Return whether it becomes false by one who gave such an answer giving another."""
        return self.finding == "everybody else"


def inferences(history: History) -> set[str]:
    """Return what follows about single people in a history."""
    return {
        finding
        for asked in ASKED.values()
        if asked.sensitivity is not Sensitivity.A
        for finding in _of_question(asked, history)
    }


def _of_question(asked: Asked, history: History) -> Iterator[str]:
    seen = [each for each in history.story.seen if each.question == asked.name]
    queries = list(_dangers(asked, history)) if seen else []
    if not queries:
        return
    bonds = _bonds(asked, history, seen)
    hard = [query for query in queries if not _two_can_swap(query, asked, history, bonds)]
    program = Program(asked, history, seen) if hard else None
    found = set[str]()
    for query in hard:
        if program and query.finding not in found and not program.has_another_world(query):
            found.add(query.finding)
            yield query.finding


def _bonds(
    asked: Asked, history: History, seen: Iterable[Seen]
) -> dict[Atom, frozenset[frozenset[Atom]]]:
    """Return, for each atom, the groups of people it was told of with."""
    told = {each.atoms for each in seen}
    told |= {
        group for s in history.story.silences if s.question == asked.name for group in s.groups
    }
    atoms = [(wave.id, group) for wave in history.world.asked(asked.name) for group in GROUPS]
    return {atom: frozenset(group for group in told if atom in group) for atom in atoms}


def _two_can_swap(
    query: Query, asked: Asked, history: History, bonds: dict[Atom, frozenset[frozenset[Atom]]]
) -> bool:
    """Return whether it is plain to see that the query may be false; spares the solver most work.

    Two people of different waves or groups, who are in the same tables everywhere, swap their
    answers, and nobody can tell. Who is in no table at all can have given any answer.
    """
    for atom in query.atoms:
        counts = dict(zip(asked.codes, history.world.count(asked.name, [atom]), strict=True))
        own = {code: n - query.known.get((atom, code), 0) for code, n in counts.items()}
        gives = any(n for code, n in own.items() if (code in query.codes) == query.takes)
        if gives and not bonds[atom]:
            return True
        others = [b for b in bonds if b not in query.atoms and bonds[b] == bonds[atom]]
        for other in others if gives else ():
            there = zip(asked.codes, history.world.count(asked.name, [other]), strict=True)
            if any(n for code, n in there if (code in query.codes) != query.takes):
                return True
    return False


def _dangers(asked: Asked, history: History) -> Iterator[Query]:
    """Yield what is true and could be found out by somebody who knows at most two people."""
    for wave in history.world.asked(asked.name):
        own = [(wave.id, group) for group in GROUPS if sum(wave.answers[asked.name][group])]
        for atoms in {frozenset(own), *(frozenset({atom}) for atom in own)} - {frozenset()}:
            yield from _dangers_in(asked, atoms, history)


def _dangers_in(asked: Asked, atoms: frozenset[Atom], history: History) -> Iterator[Query]:
    counts = {
        (atom, code): count
        for atom in atoms
        for code, count in zip(asked.codes, history.world.count(asked.name, [atom]), strict=True)
    }
    people = sum(counts.values())
    for codes in {*((code,) for code in asked.codes), *asked.coarse}:
        having = {place: n for place, n in counts.items() if n and place[1] in codes}
        lacking = {place: n for place, n in counts.items() if n and place[1] not in codes}
        have, lack = sum(having.values()), sum(lacking.values())
        if have and lack <= MOST_KNOWN:
            yield Query(atoms, codes, lacking, most=have - 1, finding="everybody else")
        if 0 < have <= MOST_KNOWN and people > have:
            yield Query(atoms, codes, having, least=have + 1, finding="nobody else")


class Program:
    """Everything the attacker knows about one question, as linear constraints."""

    def __init__(self, asked: Asked, history: History, seen: Iterable[Seen]) -> None:
        self._place: dict[tuple[Atom, Code], int] = {}
        self._rows: list[dict[int, float]] = []
        self._low: list[float] = []
        self._high: list[float] = []
        self._binaries = 0
        self._asked, self._world = asked, history.world
        self._people()
        for each in seen:
            self._shown(each)
        for silence in history.story.silences:
            if silence.question == asked.name:
                self._one_names_somebody(silence.groups)

    def has_another_world(self, query: Query) -> bool:
        """Return whether the query may be false, for all the attacker knows."""
        size = len(self._place) + self._binaries
        lower, upper = np.zeros(size), np.full(size, np.inf)
        upper[len(self._place) :] = 1
        for place, count in query.known.items():
            lower[self._place[place]] = count
        wanted = {self._place[a, code]: 1.0 for a in query.atoms for code in query.codes}
        rows = [*self._rows, wanted]
        low, high = [*self._low, query.least], [*self._high, query.most]
        outcome = milp(
            np.zeros(size),
            integrality=np.ones(size),
            bounds=Bounds(lower, upper),
            constraints=LinearConstraint(_matrix(rows, size), np.array(low), np.array(high)),
        )
        return bool(outcome.status != INFEASIBLE)

    def _people(self) -> None:
        for wave in self._world.asked(self._asked.name):
            for group in GROUPS:
                atom = (wave.id, group)
                answered = sum(self._world.count(self._asked.name, [atom]))
                for code in self._asked.codes:
                    self._place[atom, code] = len(self._place)
                self._say([atom], self._asked.codes, answered, answered)

    def _shown(self, seen: Seen) -> None:
        for codes, count in zip(seen.scale, seen.counts, strict=True):
            if count is not None:
                self._say(seen.atoms, codes, count, count)

    def _say(self, atoms: Iterable[Atom], codes: Iterable[Code], least: float, most: float) -> None:
        codes = tuple(codes)
        self._add({self._place[atom, code]: 1.0 for atom in atoms for code in codes}, least, most)

    def _add(self, row: dict[int, float], least: float, most: float) -> None:
        self._rows.append(row)
        self._low.append(least)
        self._high.append(most)

    def _one_names_somebody(self, groups: Iterable[frozenset[Atom]]) -> None:
        """Say that some cell of some of these groups is 1 or 2, or nearly everybody.

        What the attacker takes for true is true: else everything would follow from it.
        """
        assert any(self._does_name_somebody(group) for group in groups), groups
        reasons = [reason for group in groups for reason in self._reasons(group)]
        if reasons:
            self._add(dict.fromkeys(reasons, 1.0), 1, np.inf)

    def _does_name_somebody(self, group: frozenset[Atom]) -> bool:
        counts, full = self._world.count(self._asked.name, group), self._asked.codes
        scales = (tuple((code,) for code in full), self._asked.coarse)
        return any(
            names_somebody(self._asked.name, on_scale(self._asked.name, counts, scale), sum(counts))
            for scale in scales
            if scale
        )

    def _reasons(self, group: frozenset[Atom]) -> Iterator[int]:
        base = sum(self._world.count(self._asked.name, group))
        spare = SPARE[self._asked.sensitivity]
        for codes in {*((code,) for code in self._asked.codes), *self._asked.coarse}:
            cell = {self._place[atom, code]: 1.0 for atom in group for code in codes}
            small = self._binary()
            self._add({**cell, small: -1.0}, 0, np.inf)
            self._add({**cell, small: float(base)}, -np.inf, LEAST_CELL - 1 + base)
            large = self._binary()
            self._add({**cell, large: -float(base - spare + 1)}, 0, np.inf)
            yield from (small, large)

    def _binary(self) -> int:
        self._binaries += 1
        return -self._binaries  # resolved when the matrix is made


def _matrix(rows: list[dict[int, float]], size: int) -> csr_array:
    places = [
        (n, place % size, value) for n, row in enumerate(rows) for place, value in row.items()
    ]
    lines, columns, values = zip(*places, strict=True)
    return csr_array((values, (lines, columns)), shape=(len(rows), size))
