"""What `relevant` means here: XLSForm expressions as `show_if`.

In XPath an unanswered question is the empty text, so that ``${a} != 'x'`` holds for it. Our
comparisons are false for what was not answered, and ``not`` turns that around: both agree if
``!=`` becomes ``not … is``. Single answers are compared by the codes they got here. What has no
counterpart is refused with its position and never guessed: a wrong filter asks the wrong people.
"""

import difflib
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

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

Condition = dict[str, Any]
MAX_DEPTH = 6
FLIPPED = {"=": "=", "!=": "!=", ">": "<", "<": ">", ">=": "<=", "<=": ">="}
ORDERS: Mapping[str, Callable[[float, float], bool]] = {
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
}
WRAPPERS = frozenset({"number", "int", "string", "normalize-space", "trim"})
NUMBER = re.compile(r"-?(\d+(\.\d*)?|\.\d+)")


@dataclass(frozen=True)
class Asked:
    """An earlier question, as far as conditions can look at it.

    `codes` leads from the names of answers in the form to our codes; it is empty where a number is
    typed. `is_text` says that nothing can be compared.
    """

    id: str
    codes: Mapping[str, int | str] = field(default_factory=dict)
    is_multiple: bool = False
    is_text: bool = False


@dataclass(frozen=True)
class Names:
    """The names of a form: what was asked already, and why something cannot be asked about."""

    asked: Mapping[str, Asked]
    lost: frozenset[str] = frozenset()
    all: frozenset[str] = frozenset()

    def question(self, reference: Expression) -> Asked:
        """Return the question a reference means. Raises ExpressionError."""
        if isinstance(reference, Call) and reference.name in WRAPPERS and reference.arguments:
            return self.question(reference.arguments[0])
        if not isinstance(reference, Reference) or reference.name is None:
            raise ExpressionError(reference.at, NO_REFERENCE)
        found = self.asked.get(reference.name)
        if found is None:
            raise ExpressionError(reference.at, self._why_not(reference.name))
        if found.is_text:
            raise ExpressionError(reference.at, LIES_APART % reference.name)
        return found

    def _why_not(self, name: str) -> str:
        if name in self.lost:
            return f"„{name}“ ist selbst nicht übernommen worden"
        if name in self.all:
            return f"„{name}“ wird erst später gefragt"
        close = difflib.get_close_matches(name, [*self.all], n=1)
        return f"eine Frage „{name}“ gibt es nicht" + (
            f". Meintest du „{close[0]}“?" if close else ""
        )


def show_if(text: str, names: Names) -> Condition:
    """Return `relevant` as a condition. Raises ExpressionError."""
    found = _condition(read_expression(text), names)
    if _depth(found) > MAX_DEPTH:
        raise ExpressionError(1, "die Bedingung ist zu tief verschachtelt")
    return found


def both(*conditions: Condition | None) -> Condition | None:
    """Return the condition that holds if all of `conditions` do; None stands for always."""
    some = [condition for condition in conditions if condition is not None]
    return _joined("all", some) if some else None


def _depth(condition: Condition) -> int:
    inner = [*condition.get("all", ()), *condition.get("any", ())]
    if "not" in condition:
        inner.append(condition["not"])
    return 1 + max(map(_depth, inner), default=0)


def _joined(word: str, parts: list[Condition]) -> Condition:
    flat = [inner for part in parts for inner in (part[word] if part.keys() == {word} else [part])]
    return flat[0] if len(flat) == 1 else {word: flat}


def _negated(condition: Condition) -> Condition:
    if condition.keys() == {"not"}:
        inner: Condition = condition["not"]
        return inner
    return {"not": condition}


def _condition(part: Expression, names: Names) -> Condition:
    if isinstance(part, Combination):
        word = {"and": "all", "or": "any"}[part.word]
        return _joined(word, [_condition(inner, names) for inner in part.parts])
    if isinstance(part, Comparison):
        return _comparison(part, names)
    if isinstance(part, Call):
        return _call(part, names)
    raise ExpressionError(part.at, "hier fehlt ein Vergleich, zum Beispiel = 'ja'")


def _call(call: Call, names: Names) -> Condition:
    if call.name == "not" and len(call.arguments) == 1:
        return _negated(_condition(call.arguments[0], names))
    if call.name == "selected" and len(call.arguments) == 2:
        reference, wanted = call.arguments
        asked = names.question(reference)
        if isinstance(wanted, Literal):
            return _chosen(asked, wanted)
    raise ExpressionError(call.at, f"„{call.name}(…)“ gibt es hier so nicht")


def _comparison(part: Comparison, names: Names) -> Condition:
    sign, left, right = part.sign, part.left, part.right
    if isinstance(left, Literal):
        sign, left, right = FLIPPED[sign], right, left
    if not isinstance(right, Literal):
        raise ExpressionError(right.at, "verglichen wird nur mit einem festen Wert")
    if isinstance(left, Call) and left.name in ("count-selected", "string-length"):
        return _counted(left, sign, right, names)
    asked = names.question(left)
    if right.text == "":
        return _answered(asked, sign, right.at)
    if sign == "=":
        return _equal(asked, right)
    if sign == "!=":
        return _negated(_equal(asked, right))
    return _ordered(asked, sign, right)


def _answered(asked: Asked, sign: str, at: int) -> Condition:
    if sign not in ("=", "!="):
        raise ExpressionError(at, "mit einem leeren Text geht nur = oder !=")
    return {"question": asked.id, "answered": sign == "!="}


def _counted(call: Call, sign: str, right: Literal, names: Names) -> Condition:
    """Return whether anything was chosen; how much was chosen cannot be asked."""
    if len(call.arguments) != 1:
        raise ExpressionError(call.at, f"„{call.name}“ braucht genau eine Frage")
    asked = names.question(call.arguments[0])
    match (sign, right.text):
        case (">", "0") | (">=", "1") | ("!=", "0"):
            return {"question": asked.id, "answered": True}
        case ("=", "0") | ("<", "1") | ("<=", "0"):
            return {"question": asked.id, "answered": False}
    raise ExpressionError(call.at, "gefragt werden kann nur, ob etwas gewählt ist, nicht wie viel")


def _equal(asked: Asked, wanted: Literal) -> Condition:
    if asked.is_multiple:
        raise ExpressionError(wanted.at, SEVERAL % (wanted.text, asked.id, wanted.text))
    if asked.codes:
        return _chosen(asked, wanted)
    number = number_of(wanted)
    if number != int(number):
        raise ExpressionError(wanted.at, "gefragt sind ganze Zahlen, das trifft nie zu")
    return {"question": asked.id, "is": int(number)}


def _chosen(asked: Asked, wanted: Literal) -> Condition:
    if not asked.codes:
        return _equal(asked, wanted)
    code = _code(asked, wanted)
    return {"question": asked.id, "includes" if asked.is_multiple else "is": code}


def _code(asked: Asked, wanted: Literal) -> int | str:
    if wanted.text in asked.codes:
        return asked.codes[wanted.text]
    if NUMBER.fullmatch(wanted.text):  # '1' and 1.0 are the same answer
        for name, code in asked.codes.items():
            if NUMBER.fullmatch(name) and float(name) == float(wanted.text):
                return code
    known = ", ".join(asked.codes)
    raise ExpressionError(wanted.at, f"die Antwort „{wanted.text}“ gibt es nicht. Es gibt: {known}")


def _ordered(asked: Asked, sign: str, limit: Literal) -> Condition:
    number = number_of(limit)
    if not asked.codes or _are_numbers(asked):
        at_least, at_most = whole_bounds(sign, number)
        if at_least is not None:
            return {"question": asked.id, "at_least": at_least}
        return {"question": asked.id, "at_most": at_most}
    if asked.is_multiple:
        raise ExpressionError(limit.at, "mehrere Antworten haben keine Reihenfolge")
    codes = [
        code
        for name, code in asked.codes.items()
        if NUMBER.fullmatch(name) and ORDERS[sign](float(name), number)
    ]
    if not codes:
        raise ExpressionError(limit.at, "das trifft auf keine Antwort zu")
    return {"question": asked.id, "one_of": codes}


def _are_numbers(asked: Asked) -> bool:
    return not asked.is_multiple and all(name == str(code) for name, code in _numeric(asked))


def _numeric(asked: Asked) -> list[tuple[str, int | str]]:
    return [(name, code if isinstance(code, int) else "") for name, code in asked.codes.items()]


def number_of(literal: Literal) -> float:
    """Return a literal as a number. Raises ExpressionError."""
    if not NUMBER.fullmatch(literal.text.strip()):
        raise ExpressionError(literal.at, f"„{literal.text}“ ist keine Zahl")
    return float(literal.text)


def whole_bounds(sign: str, number: float) -> tuple[int | None, int | None]:
    """Return lowest and highest whole number for which the comparison holds.

    >>> whole_bounds(">", 2.5)
    (3, None)
    """
    match sign:
        case ">":
            return math.floor(number) + 1, None
        case ">=":
            return math.ceil(number), None
        case "<":
            return None, math.ceil(number) - 1
        case "<=":
            return None, math.floor(number)
    return math.ceil(number), math.floor(number)


NO_REFERENCE = "hier fehlt eine Frage, zum Beispiel ${alter}"
SEVERAL = (
    "sind mehrere Antworten möglich, ist „= '%s'“ nur wahr, wenn sonst nichts gewählt ist. Schreib"
    " selected(${%s}, '%s')"
)
LIES_APART = (
    "„%s“ ist ein Freitext; er wird getrennt gespeichert und kann nicht entscheiden, wer etwas"
    " gefragt wird"
)
