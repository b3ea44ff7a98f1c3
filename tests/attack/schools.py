"""A world: schools with their waves, and what everybody there answered.

Most waves are small or border a limit, and most groups nearly agree: that is where rules break.
People are counts here, per wave, group and answer; blocks are made of them as `tabulate` does
(`made` leaves out the checks of pydantic, which cost more time than everything else together).
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import accumulate
from typing import Any, TypeVar

from pydantic import BaseModel

from survey_app.domain.codebook import Sensitivity
from survey_app.domain.response import Code
from survey_app.domain.tabulation import (
    Breakdown,
    Cell,
    FrequencyTable,
    Group,
    MissingCounts,
)

Model = TypeVar("Model", bound=BaseModel)
Atom = tuple[int, Code | None]
"""The people of one wave in one group of its breakdown."""

GROUPS: tuple[Code | None, ...] = ("jung", "alt", None)


@dataclass(frozen=True)
class Asked:
    """A question as this suite needs it."""

    name: str
    sensitivity: Sensitivity
    codes: tuple[Code, ...]
    coarse: tuple[tuple[Code, ...], ...] = ()


FEEDBACK = Asked("K1", Sensitivity.A, ("ja", "nein"))
HABIT = Asked("B1", Sensitivity.B, (1, 2, 3))
SCREEN = Asked("B2", Sensitivity.B, (1, 2, 3), ((1, 2), (3,)))
FEELING = Asked("C1", Sensitivity.C, (1, 2, 3), ((1, 2), (3,)))
HOME = Asked("C2", Sensitivity.C, ("ja", "nein"))
AGE = Asked("alter", Sensitivity.A, ("jung", "alt"))
ORIGIN = Asked("herkunft", Sensitivity.C, ("jung", "alt"))  # the same two groups, but sensitive
BY = (AGE, ORIGIN)
ASKED = {each.name: each for each in (FEEDBACK, HABIT, SCREEN, FEELING, HOME, *BY)}

FORMS = {
    "kern": (AGE, FEEDBACK, HABIT, FEELING),
    "medien": (AGE, FEEDBACK, SCREEN),
    "innen": (FEELING, HOME),
    "woher": (ORIGIN, FEEDBACK, HABIT),
}


def by_of(form: str) -> Asked | None:
    """Return the question by which results of a form may be broken down."""
    return next((asked for asked in FORMS[form] if asked in BY), None)


@dataclass(frozen=True)
class WaveOfSchool:
    """One wave: where, who, and `answers[question][group]` in the order of its codes."""

    id: int
    measure: int
    school: str
    area: int
    form: str
    sizes: dict[Code | None, int]
    answers: dict[str, dict[Code | None, tuple[int, ...]]]
    texts: int

    @property
    def base(self) -> int:
        """Return how many answered."""
        return sum(self.sizes.values())

    @property
    def tables(self) -> tuple[FrequencyTable, ...]:
        """Return the tables of everybody."""
        return tuple(self._table(asked, GROUPS) for asked in FORMS[self.form])

    @property
    def breakdowns(self) -> tuple[Breakdown, ...]:
        """Return the tables by group."""
        by = by_of(self.form)
        if by is None:
            return ()
        groups = (
            made(
                Group,
                code=group,
                base=self.sizes[group],
                tables=tuple(self._table(asked, [group]) for asked in FORMS[self.form]),
            )
            for group in GROUPS
        )
        return (made(Breakdown, variable=by.name, groups=tuple(groups)),)

    def _table(self, asked: Asked, groups: Iterable[Code | None]) -> FrequencyTable:
        rows = [(self.answers[asked.name][group], self.sizes[group]) for group in groups]
        counts = [sum(column) for column in zip(*(row for row, _ in rows), strict=True)]
        given = sum(counts)
        return made(
            FrequencyTable,
            variable=asked.name,
            sensitivity=asked.sensitivity,
            multiple=False,
            cells=tuple(map(cell, asked.codes, counts)),
            base=given,
            missing=unanswered(sum(size for _, size in rows) - given),
            coarse=asked.coarse,
            items=(),
        )


def made(kind: type[Model], **values: Any) -> Model:
    """Return a value with all its fields, as `model_construct` makes it of them."""
    found = kind.__new__(kind)
    for name, value in (
        ("__dict__", values),
        ("__pydantic_fields_set__", set(values)),
        ("__pydantic_extra__", None),
        ("__pydantic_private__", None),
    ):
        object.__setattr__(found, name, value)
    return found


@lru_cache(maxsize=10_000, typed=True)
def cell(code: Code, count: int) -> Cell:
    """Return a cell; cells do not change, so equal ones are one."""
    return Cell(code=code, count=count)


@lru_cache(maxsize=1_000)
def unanswered(people: int) -> MissingCounts:
    """Return that some people left a question out."""
    return MissingCounts(unanswered=people)


@dataclass(frozen=True)
class World:
    """All waves there will be, in the order in which they close."""

    waves: tuple[WaveOfSchool, ...]

    @cached_property
    def by_id(self) -> dict[int, WaveOfSchool]:
        """Return the waves by their id."""
        return {wave.id: wave for wave in self.waves}

    def count(self, question: str, atoms: Iterable[Atom]) -> tuple[int, ...]:
        """Return what some people answered, in the order of the codes."""
        rows = [self.by_id[wave].answers[question][group] for wave, group in atoms]
        return tuple(map(sum, zip(*rows, strict=True)))

    def size(self, atoms: Iterable[Atom]) -> int:
        """Return how many people these are."""
        return sum(self.by_id[wave].sizes[group] for wave, group in atoms)

    def asked(self, question: str) -> list[WaveOfSchool]:
        """Return the waves that asked a question."""
        return [wave for wave in self.waves if question in wave.answers]


def world_of(chance: random.Random) -> World:
    """Return a small network: four to eight waves in up to five schools and two towns.

    Every other network has workshops only, most of them with the same form: there is much to pool.
    """
    number = chance.randint(4, 8)
    workshops = chance.choice([None, *FORMS]) if chance.random() < 0.6 else None
    school = [chance.randint(1, 5) for _ in range(number)]
    return World(
        tuple(_wave(place + 1, school[place], workshops, chance) for place in range(number))
    )


def _wave(number: int, school: int, workshops: str | None, chance: random.Random) -> WaveOfSchool:
    form = chance.choices(list(FORMS), [10, 4, 3, 3])[0]
    draw = chance.choices(SIZES, [30, 20, 20, 20, 10])[0]
    if workshops is not None and chance.random() < 0.7:
        form = workshops
        draw = partial(_size_of_workshop, form)
    by = by_of(form)
    sizes = dict(zip(GROUPS, _parts(draw(chance), chance), strict=True))
    if by is None:
        sizes = {"jung": 0, "alt": 0, None: sum(sizes.values())}
    answers = {asked.name: _answers(asked, sizes, chance) for asked in FORMS[form]}
    if by is not None:
        answers[by.name] = {"jung": (sizes["jung"], 0), "alt": (0, sizes["alt"]), None: (0, 0)}
    return WaveOfSchool(
        id=number,
        # Now and then the same people are asked twice: before and after.
        measure=chance.choice([number, max(1, number - 1)]) if chance.random() < 0.3 else number,
        school=f"school {school}",
        area=school % 2,
        form=form,
        sizes=sizes,
        answers=answers,
        texts=chance.choice([0, 1, 2, 3, 5]),
    )


SIZES: tuple[Callable[[random.Random], int], ...] = (
    lambda chance: chance.randint(1, 9),
    lambda chance: chance.randint(4, 12),
    lambda chance: chance.randint(13, 48),
    lambda chance: chance.randint(49, 95),
    lambda chance: chance.randint(140, 260),
)


def _size_of_workshop(form: str, chance: random.Random) -> int:
    """Return a size about the limit below which nothing of the form is shown."""
    limit = 10 if form == "innen" else 5
    return chance.randint(limit // 2, limit + 1)


def _parts(people: int, chance: random.Random) -> list[int]:
    """Divide people among the groups; often nobody kept the group to themselves."""
    silent = chance.choice([0, 0, 0, 1, 2, people // 4])
    silent = min(silent, people)
    young = round((people - silent) * chance.choice([0.1, 0.2, 0.3, 0.5, 0.6, 0.8, 1]))
    return [young, people - silent - young, silent]


def _answers(
    asked: Asked, sizes: dict[Code | None, int], chance: random.Random
) -> dict[Code | None, tuple[int, ...]]:
    lean = chance.choice(LEANINGS[len(asked.codes)])
    return {group: _answered(asked, size, lean, chance) for group, size in sizes.items()}


def _answered(
    asked: Asked, size: int, lean: tuple[float, ...], chance: random.Random
) -> tuple[int, ...]:
    people = size - min(size, chance.choice([0, 0, 0, 1, 3]))
    if people > 40:  # far from every limit: where nobody is alone, chance need not decide each
        ends = [round(people * share) for share in accumulate(lean)]
        counts = [end - start for start, end in zip([0, *ends], ends, strict=False)]
        for place in range(1, len(counts)):
            moved = min(counts[place], chance.randint(0, 3))
            counts[0], counts[place] = counts[0] + moved, counts[place] - moved
        counts[0] += people - sum(counts)
        return tuple(counts)
    drawn = chance.choices(range(len(asked.codes)), lean, k=people)
    return tuple(drawn.count(place) for place in range(len(asked.codes)))


LEANINGS: dict[int, list[tuple[float, ...]]] = {
    2: [(0.5, 0.5), (0.8, 0.2), (0.95, 0.05), (1, 0), (0.05, 0.95)],
    3: [
        *((0.34, 0.33, 0.33), (0.6, 0.3, 0.1), (0.9, 0.05, 0.05), (0.5, 0, 0.5)),
        *((0, 0.95, 0.05), (0.05, 0.45, 0.5), (0.1, 0, 0.9), (0.7, 0.3, 0)),
    ],
}
