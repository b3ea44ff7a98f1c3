"""What the reader of sheets, files and roll-ups sees.

A `Seen` is one table, with the people it is about. A `Silence` is a table that is withheld for its
cells: that, too, says something.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from survey_app.domain.response import Code
from tests.attack.schools import Atom

PEOPLE = "people"
"""The name under which the number of answers of a wave or a grain is seen."""

Scale = tuple[tuple[Code, ...], ...]


@dataclass(frozen=True)
class Seen:
    """One table: of whom, what was asked, and how many gave the answers of each step.

    A count is None where a naive house hides the cell and shows the rest.
    """

    question: str
    atoms: frozenset[Atom]
    base: int
    scale: Scale = ()
    counts: tuple[int | None, ...] = ()
    where: str = "sheet"


@dataclass(frozen=True)
class Silence:
    """At least one of these groups of people has a cell that must not be shown, and all know it."""

    question: str
    groups: frozenset[frozenset[Atom]]


@dataclass(frozen=True)
class Story:
    """Everything that was ever shown, and what was found wrong while it was."""

    seen: frozenset[Seen]
    silences: frozenset[Silence]
    faults: frozenset[str]


def scale_of(codes: Iterable[Code], known: tuple[Code, ...]) -> Scale:
    """Return which answers each step of a shown table covers: "1+2" covers 1 and 2."""
    return _scale(tuple(codes), known)


@lru_cache(maxsize=1_000, typed=True)
def _scale(codes: tuple[Code, ...], known: tuple[Code, ...]) -> Scale:
    return tuple(
        tuple(code for code in known if str(code) in str(step).split("+")) for step in codes
    )
