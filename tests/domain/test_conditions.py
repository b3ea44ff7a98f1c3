"""When a question is shown.

1. A comparison is true exactly as the tables below say; there is no coercion.
2. What was not answered, or refused, makes every comparison false, but for `answered: false`.
3. `all`, `any` and `not` are the combinations of logic, and they nest.
4. A condition is one comparison or one combination; anything else is refused.
5. A condition is written back as it was read, and lists its comparisons in reading order.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from survey_app.domain.conditions import WHAT_A_CONDITION_IS, Condition
from survey_app.domain.response import Answers
from tests.support import as_json, refusals


def condition(yaml: str) -> Condition:
    return Condition.model_validate_json(as_json(yaml))


ANSWERS: Answers = {
    "zahl": 3,
    "wort": "ja",
    "ziffer": "3",
    "mehrere": ("a", "b"),
    "eine": ("a",),
    "nichts_gesagt": "refused",
    "null": 0,
}

TABLE = [
    ("{question: zahl, is: 3}", True),
    ("{question: zahl, is: 4}", False),
    ("{question: zahl, is: '3'}", False),
    ("{question: ziffer, is: '3'}", True),
    ("{question: ziffer, is: 3}", False),
    ("{question: wort, is: ja}", True),
    ("{question: mehrere, is: a}", False),
    ("{question: eine, is: a}", False),
    ("{question: 'null', is: 0}", True),
    ("{question: zahl, one_of: [1, 3]}", True),
    ("{question: zahl, one_of: [1, 2]}", False),
    ("{question: zahl, one_of: ['3']}", False),
    ("{question: mehrere, one_of: [a, b]}", False),
    ("{question: mehrere, includes: b}", True),
    ("{question: mehrere, includes: c}", False),
    ("{question: eine, includes: a}", True),
    ("{question: wort, includes: ja}", False),
    ("{question: wort, includes: j}", False),
    ("{question: zahl, at_least: 3}", True),
    ("{question: zahl, at_least: 4}", False),
    ("{question: zahl, at_most: 3}", True),
    ("{question: zahl, at_most: 2}", False),
    ("{question: ziffer, at_least: 0}", False),
    ("{question: wort, at_most: 99}", False),
    ("{question: mehrere, at_least: 0}", False),
    ("{question: 'null', at_most: 0}", True),
    ("{question: zahl, answered: true}", True),
    ("{question: zahl, answered: false}", False),
    ("{question: 'null', answered: true}", True),
]

COMPARISONS = [
    "is: 3",
    "is: refused",
    "one_of: [3, refused]",
    "includes: a",
    "at_least: 0",
    "at_most: 99",
    "answered: true",
]


@pytest.mark.parametrize(("yaml", "holds"), TABLE, ids=[yaml for yaml, _ in TABLE])
def test_comparison(yaml: str, holds: bool) -> None:
    """Rule 1."""
    assert condition(yaml).holds(ANSWERS) is holds


@pytest.mark.parametrize("comparison", COMPARISONS)
@pytest.mark.parametrize("question", ["nie_gefragt", "nichts_gesagt"])
def test_comparison_without_an_answer_is_false(question: str, comparison: str) -> None:
    """Rule 2."""
    yaml = f"{{question: {question}, {comparison}}}"
    assert condition(yaml).holds(ANSWERS) is False
    assert condition(f"not: {yaml}").holds(ANSWERS) is True


@pytest.mark.parametrize("question", ["nie_gefragt", "nichts_gesagt"])
def test_missing_answer_can_be_asked_for(question: str) -> None:
    """Rule 2."""
    assert condition(f"{{question: {question}, answered: false}}").holds(ANSWERS) is True


YES, NO = "{question: zahl, is: 3}", "{question: zahl, is: 4}"


@pytest.mark.parametrize(
    ("yaml", "holds"),
    [
        (f"all: [{YES}]", True),
        (f"all: [{YES}, {YES}]", True),
        (f"all: [{YES}, {NO}]", False),
        (f"all: [{NO}, {NO}]", False),
        (f"any: [{NO}]", False),
        (f"any: [{YES}, {NO}]", True),
        (f"any: [{YES}, {YES}]", True),
        (f"any: [{NO}, {NO}]", False),
        (f"not: {YES}", False),
        (f"not: {NO}", True),
        (f"not: {{not: {YES}}}", True),
        (f"all: [{{any: [{NO}, {YES}]}}, {{not: {NO}}}]", True),
    ],
)
def test_combination(yaml: str, holds: bool) -> None:
    """Rule 3."""
    assert condition(yaml).holds(ANSWERS) is holds


PARTS = st.builds(
    "{{question: {}, {}}}".format,
    st.sampled_from(["zahl", "wort", "mehrere", "nichts_gesagt", "nie_gefragt"]),
    st.sampled_from([*COMPARISONS, "answered: false"]),
)


@given(st.lists(PARTS, min_size=1, max_size=4))
def test_all_is_the_opposite_of_any_opposite(parts: list[str]) -> None:
    """Rule 3 (De Morgan)."""
    every = condition(f"all: [{', '.join(parts)}]")
    some_fails = condition("any: [" + ", ".join(f"{{not: {part}}}" for part in parts) + "]")
    assert every.holds(ANSWERS) is not some_fails.holds(ANSWERS)


@pytest.mark.parametrize(
    "yaml",
    [
        "{}",
        "{question: k1}",
        "{is: 3}",
        "{question: k1, is: 3, at_least: 2}",
        f"{{all: [{YES}], any: [{YES}]}}",
        f"{{question: k1, all: [{YES}]}}",
        f"{{not: {YES}, is: 3}}",
    ],
)
def test_anything_else_is_refused(yaml: str) -> None:
    """Rule 4."""
    with pytest.raises(ValidationError) as refused:
        condition(yaml)
    assert refusals(refused) == [("", WHAT_A_CONDITION_IS)]


@pytest.mark.parametrize(
    "yaml",
    [
        "all: []",
        "any: []",
        "{question: k1, one_of: []}",
        "{question: k1, at_least: '3'}",
        "{question: k1, is: true}",
        "{question: k1, equals: 3}",
        "{question: k1, answered: 1}",
    ],
)
def test_malformed_condition_is_refused(yaml: str) -> None:
    """Rule 4."""
    with pytest.raises(ValidationError):
        condition(yaml)


NESTED = """
all:
  - {question: alter, one_of: [a16, a18]}
  - not: {question: k1, is: 5}
  - any: [{question: k2, at_most: 3}, {question: apps, includes: chat}]
"""


def test_condition_is_written_back_as_it_was_read() -> None:
    """Rule 5."""
    assert condition(NESTED).as_json() == {
        "all": [
            {"question": "alter", "one_of": ["a16", "a18"]},
            {"not": {"question": "k1", "is": 5}},
            {"any": [{"question": "k2", "at_most": 3}, {"question": "apps", "includes": "chat"}]},
        ]
    }
    assert Condition.model_validate_json(condition(NESTED).model_dump_json(by_alias=True)) == (
        condition(NESTED)
    )


def test_comparisons_come_in_reading_order_with_their_codes() -> None:
    """Rule 5."""
    found = [(part.question, part.compared_codes()) for part in condition(NESTED).comparisons()]
    assert found == [("alter", ("a16", "a18")), ("k1", (5,)), ("k2", ()), ("apps", ("chat",))]
