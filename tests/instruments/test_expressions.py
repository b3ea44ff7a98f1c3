"""Conditions of XLSForms, read and made into ours.

1. Each supported expression has exactly one meaning here.
2. Whatever else is written is refused with its position and a reason; nothing crashes.
3. The meaning is that of XPath: for any answers, both say the same.
4. Constraints give bounds, and answers that stand alone.
"""

import random
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.domain.conditions import Condition
from survey_app.instruments.xlsform.conditions import Asked, Names, show_if, whole_bounds
from survey_app.instruments.xlsform.constraints import Bounds, bounds
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

ASKED = {
    "alter": Asked("alter"),
    "Sport": Asked("sport", {"Ja": "ja", "Nein": "nein"}),
    "note": Asked("note", {"1": 1, "2": 2, "3": 3}),
    "gruppe": Asked("gruppe", {"1": 1, "2": 2, "x": "x"}),
    "arten": Asked("arten", {"ball": "ball", "Lauf!": "lauf"}, is_multiple=True),
    "frei": Asked("frei", is_text=True),
}
NAMES = Names(ASKED, frozenset({"foto"}), frozenset({*ASKED, "foto", "spaeter"}))

alter = {"question": "alter"}
sport = {"question": "sport"}


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("${Sport} = 'Ja'", {"question": "sport", "is": "ja"}),
        ('${Sport}="Ja"', {"question": "sport", "is": "ja"}),
        ("${Sport} = ‘Ja’", {"question": "sport", "is": "ja"}),
        ("'Ja' = ${ Sport }", {"question": "sport", "is": "ja"}),
        ("${Sport} != 'Ja'", {"not": {"question": "sport", "is": "ja"}}),
        ("${Sport} = ''", {"question": "sport", "answered": False}),
        ("${Sport} != ''", {"question": "sport", "answered": True}),
        ("selected(${Sport}, 'Nein')", {"question": "sport", "is": "nein"}),
        ("selected(${arten}, 'Lauf!')", {"question": "arten", "includes": "lauf"}),
        ("not(selected(${arten}, 'ball'))", {"not": {"question": "arten", "includes": "ball"}}),
        ("not(${Sport} != 'Ja')", {"question": "sport", "is": "ja"}),
        ("count-selected(${arten}) > 0", {"question": "arten", "answered": True}),
        ("count-selected(${arten}) = 0", {"question": "arten", "answered": False}),
        ("${alter} >= 14", {"question": "alter", "at_least": 14}),
        ("${alter} > 14", {"question": "alter", "at_least": 15}),
        ("${alter} < 14", {"question": "alter", "at_most": 13}),
        ("${alter} <= 14", {"question": "alter", "at_most": 14}),
        ("${alter} >= 13.5", {"question": "alter", "at_least": 14}),
        ("14 <= ${alter}", {"question": "alter", "at_least": 14}),
        ("number(${alter}) = 14", {"question": "alter", "is": 14}),
        ("${alter} = '14'", {"question": "alter", "is": 14}),
        ("${note} = 2", {"question": "note", "is": 2}),
        ("${note} > 1", {"question": "note", "at_least": 2}),
        ("${gruppe} > 1", {"question": "gruppe", "one_of": [2]}),
        (
            "${Sport} = 'Ja' and ${alter} > 9 and ${note} = 1",
            {
                "all": [
                    {"question": "sport", "is": "ja"},
                    {"question": "alter", "at_least": 10},
                    {"question": "note", "is": 1},
                ]
            },
        ),
        (
            "${Sport} = 'Ja' or ${note} = 1 and (${note} = 2 or ${alter} < 9)",
            {
                "any": [
                    {"question": "sport", "is": "ja"},
                    {
                        "all": [
                            {"question": "note", "is": 1},
                            {"any": [{"question": "note", "is": 2}, {**alter, "at_most": 8}]},
                        ]
                    },
                ]
            },
        ),
        ("((${alter} > 1))", {"question": "alter", "at_least": 2}),
        (
            "${Sport} = 'Ja' AND\n (${note} = 1\tOr ${note} = 2)",
            {
                "all": [
                    {"question": "sport", "is": "ja"},
                    {"any": [{"question": "note", "is": 1}, {"question": "note", "is": 2}]},
                ]
            },
        ),
    ],
)
def test_expression_has_this_meaning(text: str, meaning: dict[str, Any]) -> None:
    """Rule 1."""
    assert show_if(text, NAMES) == meaning
    Condition.model_validate(meaning, strict=False)


@pytest.mark.parametrize(
    ("text", "at", "why"),
    [
        ("", 1, "hier fehlt etwas: Der Ausdruck ist noch nicht zu Ende"),
        ("${Sport} =", 11, "hier fehlt etwas: Der Ausdruck ist noch nicht zu Ende"),
        ("${Sport} = 'Ja", 12, "das Anführungszeichen, das hier aufgeht, geht nicht wieder zu"),
        ("${Sport} = Ja", 12, "„Ja“ steht ohne Anführungszeichen oder ohne ${ }"),
        ("Sport = 'Ja'", 1, "„Sport“ steht ohne Anführungszeichen oder ohne ${ }"),
        ("${Sport} == 'Ja'", 11, "hier steht „==“. Schreib „=“"),
        ("${Sport} = 'Ja')", 16, "„)“ passt hier nicht"),
        ("(${Sport} = 'Ja'", 17, "hier fehlt „)“"),
        ("${Sport} 'Ja'", 10, "„'Ja'“ passt hier nicht"),
        ("${Sport}", 1, "hier fehlt ein Vergleich, zum Beispiel = 'ja'"),
        ("1", 1, "hier fehlt ein Vergleich, zum Beispiel = 'ja'"),
        ("= 3", 1, "vor „=“ fehlt etwas"),
        (". > 3", 1, "hier fehlt eine Frage, zum Beispiel ${alter}"),
        ("${alter} + 1 > 3", 10, "gerechnet wird in Bedingungen nicht („+“)"),
        ("${alter} § 3", 10, "mit „§ 3“ ist nichts anzufangen"),
        ("${alter} > 'x'", 12, "„x“ ist keine Zahl"),
        ("${alter} = 1.5", 12, "gefragt sind ganze Zahlen, das trifft nie zu"),
        ("${alter} > ${note}", 12, "verglichen wird nur mit einem festen Wert"),
        ("${alter} > ''", 12, "mit einem leeren Text geht nur = oder !="),
        ("${Sport} = 'ja'", 12, "die Antwort „ja“ gibt es nicht. Es gibt: Ja, Nein"),
        ("${Sport} > 2", 12, "das trifft auf keine Antwort zu"),
        ("${arten} > 2", 12, "mehrere Antworten haben keine Reihenfolge"),
        (
            "${arten} = 'ball'",
            12,
            ("sind mehrere Antworten möglich, ist „= 'ball'“ nur wahr, wenn sonst nichts gewählt ist."
            " Schreib selected(${arten}, 'ball')"),
        ),
        ("count-selected(${arten}) > 2", 1, "gefragt werden kann nur, ob etwas gewählt ist, nicht wie viel"),
        ("selected(${arten})", 1, "„selected(…)“ gibt es hier so nicht"),
        ("jr:choice-name('a', 'b') = 'c'", 1, "hier fehlt eine Frage, zum Beispiel ${alter}"),
        ("true()", 1, "„true(…)“ gibt es hier so nicht"),
        ("${foto} = 'a'", 1, "„foto“ ist selbst nicht übernommen worden"),
        ("${spaeter} = 'a'", 1, "„spaeter“ wird erst später gefragt"),
        ("${Alter} = 3", 1, "eine Frage „Alter“ gibt es nicht. Meintest du „alter“?"),
        ("${xyz} = 3", 1, "eine Frage „xyz“ gibt es nicht"),
        (
            "${frei} != ''",
            1,
            ("„frei“ ist ein Freitext; er wird getrennt gespeichert und kann nicht entscheiden, wer"
            " etwas gefragt wird"),
        ),
        ("(" * 40 + "1" + ")" * 40, 31, "hier sind mehr als 30 Klammern ineinander"),
        ("not(" * 10_000, 1, "der Ausdruck ist länger als 2000 Zeichen"),
        (
            ("not(${note} = 1 or (${note} = 2 and (${note} = 3 or not(${note} = 1 and (${note} = 2 or"
            " not(${note} = 3 and (${note} = 1 or ${note} = 2)))))))"),
            1,
            "die Bedingung ist zu tief verschachtelt",
        ),
    ],
)  # fmt: skip
def test_expression_is_refused_with_its_position(text: str, at: int, why: str) -> None:
    """Rule 2."""
    with pytest.raises(ExpressionError) as refused:
        show_if(text, NAMES)
    assert (refused.value.at, refused.value.sentence) == (at, why)


PIECES = st.sampled_from(
    ["${alter}", "${Sport}", "${", "}", "(", ")", "and", "or", "not(", "selected(", ",", "=", "!=",
     ">", "'Ja'", "'", '"', "3", "-1", ".", " ", "𝟛", "\u202e", "ß", "count-selected("]
)  # fmt: skip


@given(text=st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join)))
@settings(max_examples=400, deadline=None)
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    """Rule 2."""
    with suppress(ExpressionError):
        Condition.model_validate(show_if(text, NAMES), strict=False)
    with suppress(ExpressionError):
        bounds(text)


# The meaning of XPath, as far as it goes here: an answer is a text, an unanswered one is empty.

Form = Mapping[str, str]


def number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def holds(part: Expression, form: Form) -> bool:
    """Return whether an expression holds for the answers of a form, by the book."""
    match part:
        case Combination("and", parts):
            return all(holds(inner, form) for inner in parts)
        case Combination("or", parts):
            return any(holds(inner, form) for inner in parts)
        case Call("not", (inner,)):
            return not holds(inner, form)
        case Call("selected", (Reference(name), Literal(wanted))):
            return wanted in form[str(name)].split()
        case Comparison(sign, Call("count-selected", (Reference(name),)), Literal(text)):
            return compared(sign, float(len(form[str(name)].split())), number(text))
        case Comparison(sign, Reference(name), Literal(text)):
            answer = form[str(name)]
            if sign in ("=", "!=") and not text.isdigit():
                return (answer == text) is (sign == "=")
            return compared(sign, number(answer), number(text))
    raise AssertionError(part)


def compared(sign: str, left: float, right: float) -> bool:
    return {
        "=": left == right,
        "!=": left != right,
        ">": left > right,
        ">=": left >= right,
        "<": left < right,
        "<=": left <= right,
    }[sign]


def written(chance: random.Random, depth: int = 0) -> str:
    """Return an expression that can be carried over."""
    if depth < 3 and chance.random() < 0.4:
        inner = [written(chance, depth + 1) for _ in range(chance.randint(2, 3))]
        return "(" + chance.choice([" and ", " or "]).join(inner) + ")"
    if depth < 3 and chance.random() < 0.15:
        return f"not({written(chance, depth + 1)})"
    sign = chance.choice(["=", "!=", ">", ">=", "<", "<="])
    equal = chance.choice(["=", "!="])
    return chance.choice(
        [
            f"${{alter}} {sign} {chance.randint(0, 20)}",
            f"${{note}} {sign} {chance.randint(1, 3)}",
            f"${{gruppe}} {chance.choice(['>=', '='])} {chance.randint(1, 2)}",
            f"${{Sport}} {equal} {chance.choice(['Ja', 'Nein', ''])!r}",
            f"selected(${{arten}}, '{chance.choice(['ball', 'Lauf!'])}')",
            f"selected(${{Sport}}, '{chance.choice(['Ja', 'Nein'])}')",
            f"count-selected(${{arten}}) {chance.choice(['> 0', '>= 1', '= 0', '!= 0', '< 1'])}",
            f"${{alter}} {equal} ''",
        ]
    )


def meant(text: str) -> Condition | None:
    """Return the meaning of an expression, None if it is too deep for us."""
    try:
        return Condition.model_validate(show_if(text, NAMES), strict=False)
    except ExpressionError as refused:
        if "verschachtelt" in refused.sentence:
            return None
        raise


def answers(form: Form) -> dict[str, Any]:
    """Return what is stored here when somebody fills in this form."""
    stored: dict[str, Any] = {}
    for name, text in form.items():
        asked = ASKED[name]
        if text and asked.is_multiple:
            stored[asked.id] = tuple(asked.codes[word] for word in text.split())
        elif text:
            stored[asked.id] = asked.codes.get(text, text) if asked.codes else int(text)
    return stored


def test_both_languages_say_the_same() -> None:
    """Rule 3: five thousand expressions, each with ten forms."""
    chance = random.Random("xpath")
    outcomes = {True: 0, False: 0}
    for _ in range(5_000):
        text = written(chance)
        expression = read_expression(text)
        condition = meant(text)
        if condition is None:
            continue
        for _ in range(10):
            form = {
                "alter": chance.choice(["", *map(str, range(21))]),
                "Sport": chance.choice(["", "Ja", "Nein"]),
                "note": chance.choice(["", "1", "2", "3"]),
                "gruppe": chance.choice(["", "1", "2", "x"]),
                "arten": chance.choice(["", "ball", "Lauf!", "ball Lauf!"]),
            }
            expected = holds(expression, form)
            assert condition.holds(answers(form)) is expected, (text, form)
            outcomes[expected] += 1
    assert min(outcomes.values()) > 5_000


# Constraints


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (". >= 0 and . <= 24", Bounds({"value": 0}, {"value": 24}, (), True)),
        ("(. > 0) and (.<25)", Bounds({"value": 1}, {"value": 24}, (), True)),
        ("0 <= . and 24 >= .", Bounds({"value": 0}, {"value": 24}, (), True)),
        (". >= 3 and . >= 5 and . <= 9 and . <= 7", Bounds({"value": 5}, {"value": 7}, (), True)),
        (". >= -5", Bounds({"value": -5}, {}, (), True)),
        (". <= 2.5", Bounds({}, {"value": 2}, (), False)),
        (". = 5", Bounds({"value": 5}, {"value": 5}, (), True)),
        ("string-length(.) <= 200", Bounds({}, {"string-length": 200}, (), True)),
        ("string-length(.) < 200", Bounds({}, {"string-length": 199}, (), True)),
        ("count-selected(.) <= 3", Bounds({}, {"count-selected": 3}, (), True)),
        (
            "not(selected(., 'nichts') and count-selected(.) > 1)",
            Bounds({}, {}, ("nichts",), True),
        ),
        (
            "not(count-selected(.) >= 2 and selected(., 'a')) and count-selected(.) <= 3",
            Bounds({}, {"count-selected": 3}, ("a",), True),
        ),
    ],
)
def test_constraint_is_a_bound(text: str, expected: Bounds) -> None:
    """Rule 4."""
    assert bounds(text) == expected


@pytest.mark.parametrize(
    "text",
    [". < ${alter}", ". != 3", "regex(., '[0-9]+')", ". >= 0 or . = 99", "selected(., 'a')", ".",
     "not(selected(., 'a'))", ". < today()", "${alter} > 3"],
)  # fmt: skip
def test_other_constraint_is_refused(text: str) -> None:
    """Rule 4."""
    with pytest.raises(ExpressionError):
        bounds(text)


@given(limit=st.floats(-50, 50), value=st.integers(-60, 60))
def test_whole_bounds_hold_for_the_same_numbers(limit: float, value: int) -> None:
    """Rule 4."""
    for sign in (">", ">=", "<", "<=", "="):
        low, high = whole_bounds(sign, limit)
        within = (low is None or value >= low) and (high is None or value <= high)
        assert within is compared(sign, value, limit)
