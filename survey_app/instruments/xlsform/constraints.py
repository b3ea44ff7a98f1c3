"""What `constraint` means here: bounds of numbers, lengths, counts; answers that stand alone.

    . >= 0 and . <= 24      string-length(.) <= 200      count-selected(.) <= 3
    not(selected(., 'nichts') and count-selected(.) > 1)

Anything else has no counterpart: what a person types is never compared with other answers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from survey_app.instruments.xlsform.conditions import FLIPPED, WRAPPERS, number_of, whole_bounds
from survey_app.instruments.xlsform.expressions import (
    Call,
    Combination,
    Comparison,
    Expression,
    ExpressionError,
    Literal,
    Reference,
    read_expression,
)

VALUE, LENGTH, COUNT = "value", "string-length", "count-selected"


@dataclass(frozen=True)
class Bounds:
    """Lowest and highest whole number of each measure that is bounded; names that stand alone."""

    lowest: dict[str, int]
    highest: dict[str, int]
    alone: tuple[str, ...]
    is_exact: bool

    def leave(self, *measures: str) -> bool:
        """Return whether something is bounded that is not among `measures`."""
        return bool((self.lowest.keys() | self.highest.keys()) - {*measures})


def bounds(text: str) -> Bounds:
    """Return what a constraint demands. Raises ExpressionError if it is anything else."""
    found = Bounds({}, {}, (), is_exact=True)
    for part in _conjuncts(read_expression(text)):
        found = _narrowed(found, part)
    return found


def _conjuncts(expression: Expression) -> Iterator[Expression]:
    if isinstance(expression, Combination) and expression.word == "and":
        for part in expression.parts:
            yield from _conjuncts(part)
    else:
        yield expression


def _narrowed(found: Bounds, part: Expression) -> Bounds:
    if name := _stands_alone(part):
        return Bounds(found.lowest, found.highest, (*found.alone, name), found.is_exact)
    measure, sign, number = _bound(part)
    low, high = whole_bounds(sign, number)
    lowest, highest = dict(found.lowest), dict(found.highest)
    if low is not None:
        lowest[measure] = max(low, lowest.get(measure, low))
    if high is not None:
        highest[measure] = min(high, highest.get(measure, high))
    is_exact = found.is_exact and number == int(number)
    return Bounds(lowest, highest, found.alone, is_exact)


def _bound(part: Expression) -> tuple[str, str, float]:
    """Return what is measured, the sign and the number of one comparison."""
    if not isinstance(part, Comparison):
        _refuse(part.at)
    sign, left, right = part.sign, part.left, part.right
    if isinstance(left, Literal):
        sign, left, right = FLIPPED[sign], right, left
    measure = _measure(left)
    if measure is None or not isinstance(right, Literal) or sign == "!=":
        _refuse(part.at)
    return measure, sign, number_of(right)


def _measure(part: Expression) -> str | None:
    if _is_own(part):
        return VALUE
    if isinstance(part, Call) and len(part.arguments) == 1 and _is_own(part.arguments[0]):
        if part.name in WRAPPERS:
            return VALUE
        return part.name if part.name in (LENGTH, COUNT) else None
    return None


def _is_own(part: Expression) -> bool:
    return isinstance(part, Reference) and part.name is None


def _stands_alone(part: Expression) -> str | None:
    """Return 'x' for ``not(selected(., 'x') and count-selected(.) > 1)``."""
    if not isinstance(part, Call) or part.name != "not" or len(part.arguments) != 1:
        return None
    (inner,) = part.arguments
    if not isinstance(inner, Combination) or inner.word != "and" or len(inner.parts) != 2:
        return None
    for chosen, counted in (inner.parts, inner.parts[::-1]):
        if name := _selected(chosen):
            several = isinstance(counted, Comparison) and _bound(counted)
            if several in ((COUNT, ">", 1.0), (COUNT, ">=", 2.0)):
                return name
    return None


def _selected(part: Expression) -> str | None:
    if isinstance(part, Call) and part.name == "selected" and len(part.arguments) == 2:
        own, wanted = part.arguments
        if _is_own(own) and isinstance(wanted, Literal):
            return wanted.text
    return None


def _refuse(at: int) -> NoReturn:
    raise ExpressionError(at, "übernommen werden nur Grenzen wie . >= 0 and . <= 24")
