"""Which questions can be reached: conditions that never hold, and those that always do.

A condition sees an answer only through its comparisons. Of all the answers to a question it is
therefore enough to try one for each way in which the comparisons can come out: a code that is
named and one that is not, the numbers around a bound, the subsets of the named options, and no
answer at all. A question that is hidden has none; so the conditions of the questions before count
as well. Where there is too much to try, nothing is claimed.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, groupby, product
from math import prod

from survey_app.domain.codebook import Level, Variable
from survey_app.domain.conditions import Condition
from survey_app.domain.questions.base import Question
from survey_app.domain.response import Answers, Code, Value

# Measured: a file of 256 kB that is full of conditions is then still refused within a second.
MOST_VARIABLES = 12
MOST_OPTIONS = 6
MOST_SITUATIONS = 500


@dataclass(frozen=True)
class Asked:
    """A variable, its question, and the place of the question in the questionnaire."""

    place: int
    question: Question
    variable: Variable


class TooMuchToTry(Exception):
    """Raised where trying everything would take too long."""


def outcomes(condition: Condition, earlier: Mapping[str, Asked]) -> frozenset[bool]:
    """Return how `condition` can come out; both ways if that would take too long to know.

    `earlier` are the variables of the questions before it, by name. All comparisons must refer to
    one of them.
    """
    try:
        return frozenset(condition.holds(answers) for answers in situations(condition, earlier))
    except TooMuchToTry:
        return frozenset({True, False})


def needless(questions: Iterable[Question]) -> Iterator[int]:
    """Yield the places of the questions whose condition always holds."""
    earlier: dict[str, Asked] = {}
    for place, question in enumerate(questions):
        if question.show_if is not None and outcomes(question.show_if, earlier) == {True}:
            yield place
        earlier |= {v.name: Asked(place, question, v) for v in question.variables()}


def situations(condition: Condition, earlier: Mapping[str, Asked]) -> list[Answers]:
    """Return answers that differ in what `condition`, and those it depends on, can see of them."""
    compared = _compared(condition, earlier)
    asked = sorted((earlier[name] for name in compared), key=lambda each: each.place)
    found: list[Answers] = [{}]
    for _, together in groupby(asked, key=lambda each: each.place):
        parts = list(together)
        question = parts[0].question
        given = list(_answers(question, [each.variable for each in parts], compared))
        _refuse_more_than(MOST_SITUATIONS, len(found) * len(given))
        found = [
            {**answers, **more}
            for answers in found
            for more in (given if _is_shown(question, answers) else [{}])
        ]
    return found


def _is_shown(question: Question, answers: Answers) -> bool:
    return question.show_if is None or question.show_if.holds(answers)


def _compared(
    condition: Condition, earlier: Mapping[str, Asked]
) -> Mapping[str, Collection[Condition]]:
    """Return, by variable, all comparisons that matter: those that decide who is asked, too."""
    compared: dict[str, list[Condition]] = {}
    waiting, known = [condition], {-1}
    while waiting:
        for comparison in waiting.pop().comparisons():
            asked = earlier[str(comparison.question)]
            compared.setdefault(asked.variable.name, []).append(comparison)
            if asked.place not in known and asked.question.show_if is not None:
                waiting.append(asked.question.show_if)
            known.add(asked.place)
        _refuse_more_than(MOST_VARIABLES, len(compared))
    return compared


def _answers(
    question: Question,
    variables: Sequence[Variable],
    compared: Mapping[str, Collection[Condition]],
) -> Iterator[Answers]:
    """Yield the ways to answer some variables of one question, with no answer among them."""
    choices = [_values(question, variable, compared[variable.name]) for variable in variables]
    _refuse_more_than(MOST_SITUATIONS, prod(map(len, choices)))
    for values in product(*choices):
        given = zip(variables, values, strict=True)
        answers = {variable.name: value for variable, value in given if value is not None}
        if not answers or question.allows(answers):
            yield answers


def _values(
    question: Question, variable: Variable, comparisons: Collection[Condition]
) -> Collection[Value | None]:
    """Return one value for each way in which the comparisons can come out."""
    seen: dict[tuple[bool, ...], Value | None] = {
        tuple(each.holds({}) for each in comparisons): None
    }
    for value in _candidates(variable, comparisons):
        answers = {variable.name: value}
        if question.allows(answers):
            seen.setdefault(tuple(each.holds(answers) for each in comparisons), value)
    return seen.values()


def _candidates(variable: Variable, comparisons: Collection[Condition]) -> Iterator[Value]:
    named = [code for each in comparisons for code in each.compared_codes()]
    if variable.level is Level.TEXT:
        yield "…"
    elif variable.multiple:
        unnamed = [code for code in variable.codes if code not in named][:1]
        yield from _subsets([code for code in variable.codes if code in (*named, *unnamed)])
    elif variable.bands:
        bounds = [bound for each in comparisons for bound in (each.at_least, each.at_most)]
        yield variable.bands[0][0]
        for number in (*named, *bounds):
            if isinstance(number, int):
                yield from (number - 1, number, number + 1)
    else:
        yield from variable.codes


def _subsets(codes: Sequence[Code]) -> Iterator[tuple[Code, ...]]:
    _refuse_more_than(MOST_OPTIONS, len(codes))
    return chain.from_iterable(combinations(codes, size) for size in range(1, len(codes) + 1))


def _refuse_more_than(most: int, number: int) -> None:
    if number > most:
        raise TooMuchToTry
