"""Which questions can be reached.

1. A condition that no answers can meet is refused; one that all answers meet is needless.
2. The questions referred to have conditions of their own: what they hide is not answered.
3. What one person cannot answer together is no way to meet a condition: exclusive options, a
   maximum, a place given twice, more points than there are, a number out of range.
4. Everybody may leave out everything.
5. Where there is too much to try, nothing is claimed, and quickly.
6. What is claimed is true of every form that people send.
"""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from survey_app.domain.coherence import DEAD_END, NEVER_TRUE
from survey_app.domain.conditions import Condition
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.reachability import MOST_VARIABLES, needless
from tests.support import as_json, asking, faults_in, refusals

AB = "options: [{code: a, text: A}, {code: b, text: B}]"
BANK = f"""
- {{id: k1, kind: rating, scale: agreement, text: Gut.}}
- {{id: k2, kind: rating, scale: agreement, text: Lang.}}
- {{id: nur_gut, kind: rating, scale: agreement, text: Wie?, show_if: {{question: k1, at_least: 4}}}}
- {{id: wahl, kind: single_choice, text: Ja?, {AB}}}
- id: apps
  kind: multiple_choice
  maximum: 2
  text: Was?
  options: [{{code: a, text: A}}, {{code: b, text: B}}, {{code: c, text: C}},
            {{code: keins, text: Keins, exclusive: true}}]
- {{id: tage, kind: number, minimum: 1, maximum: 9, text: Tage?}}
- {{id: rang, kind: ranking, text: Was zuerst?, {AB}}}
- {{id: geld, kind: dots, points: 4, text: Wofür?, {AB}}}
- {{id: stufe, kind: ladder, lowest: nein, highest: ja, text: Stufe?}}
"""
LAST = len(list(asking(BANK).questions))


def with_last(condition: str) -> Questionnaire:
    return asking(f"{BANK}- {{id: letzte, kind: open_text, text: Warum?, show_if: {condition}}}\n")


def fate(condition: str) -> str:
    """Return what becomes of a last question with this condition."""
    try:
        asked = with_last(condition)
    except ValidationError as refused:
        ((_, sentence),) = faults_in(refused)
        return {NEVER_TRUE: "never", DEAD_END: "dead end"}[sentence]
    return "always" if LAST in needless(asked.questions) else "sometimes"


def both(*parts: str) -> str:
    return f"{{all: [{', '.join(f'{{question: {part}}}' for part in parts)}]}}"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("{question: k1, is: 1}", "sometimes"),
        (both("k1, is: 1", "k1, is: 2"), "never"),
        (both("k1, at_least: 2", "k1, at_most: 3"), "sometimes"),
        (both("k1, at_least: 3", "k1, at_most: 2"), "never"),
        (both("k1, is: 1", "k2, is: 2"), "sometimes"),
        ("{question: k1, at_least: 6}", "never"),
        ("{question: k1, at_most: 0}", "never"),
        ("{question: tage, at_least: 10}", "never"),
        ("{question: tage, at_least: 9}", "sometimes"),
        ("{question: tage, at_most: 0}", "never"),
        ("{question: tage, is: 10}", "never"),
        ("{question: stufe, at_least: 11}", "never"),
        ("{question: k1, answered: true}", "sometimes"),
        (both("k1, answered: true", "k1, answered: false"), "never"),
        ("{any: [{question: k1, answered: true}, {question: k1, answered: false}]}", "always"),
        (f"{{not: {both('k1, is: 1', 'k1, is: 2')}}}", "always"),
        ("{not: {question: k1, one_of: [1, 2, 3, 4, 5]}}", "sometimes"),
        (both("k1, one_of: [1, 2]", "k1, one_of: [2, 3]"), "sometimes"),
        (both("k1, one_of: [1, 2]", "k1, one_of: [3, 4]"), "never"),
    ],
)
def test_fate_of_a_condition(condition: str, expected: str) -> None:
    """Rules 1 and 4."""
    assert fate(condition) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (both("nur_gut, answered: true", "k1, is: 5"), "sometimes"),
        (both("nur_gut, answered: true", "k1, is: 1"), "dead end"),
        (both("nur_gut, answered: true", "k1, answered: false"), "dead end"),
        (both("nur_gut, answered: true", "k1, at_most: 0"), "never"),
        (both("nur_gut, answered: false", "k1, is: 1"), "sometimes"),
        ("{any: [{question: nur_gut, answered: false}, {question: k1, at_least: 4}]}", "always"),
        ("{any: [{question: nur_gut, answered: false}, {question: k1, at_least: 5}]}", "sometimes"),
    ],
)
def test_what_is_hidden_is_not_answered(condition: str, expected: str) -> None:
    """Rule 2: `nur_gut` is asked of those who gave k1 4 or 5."""
    assert fate(condition) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (both("apps, includes: a", "apps, includes: b"), "sometimes"),
        (both("apps, includes: a", "apps, includes: b", "apps, includes: c"), "never"),
        (both("apps, includes: a", "apps, includes: keins"), "never"),
        (("{all: [{question: apps, answered: true}, {not: {any: [{question: apps, includes: a},"
         " {question: apps, includes: b}]}}]}"), "sometimes"),
        (both("wahl, is: a", "wahl, is: b"), "never"),
        (both("rang__a, is: 1", "rang__b, is: 1"), "never"),
        (both("rang__a, is: 2", "rang__b, is: 1"), "sometimes"),
        (both("geld__a, at_least: 2", "geld__b, at_least: 2"), "sometimes"),
        (both("geld__a, at_least: 2", "geld__b, at_least: 3"), "never"),
        (both("tage, at_least: 4", "tage, at_most: 4", "tage, is: 4"), "sometimes"),
        (both("tage, at_least: 4", "tage, at_most: 4", "tage, is: 5"), "never"),
    ],
)  # fmt: skip
def test_what_nobody_can_answer_together_meets_nothing(condition: str, expected: str) -> None:
    """Rule 3."""
    assert fate(condition) == expected


def test_only_the_first_of_a_chain_is_blamed() -> None:
    """Rule 2: what nobody is asked has no answers, and those who refer to it are innocent."""
    chain = """
    - {id: a, kind: rating, scale: agreement, text: A.}
    - {id: b, kind: rating, scale: agreement, text: B., show_if: {question: a, is: 9}}
    - {id: c, kind: rating, scale: agreement, text: C., show_if: {question: b, is: 1}}
    """
    with pytest.raises(ValidationError) as refused:
        asking(chain.replace("\n    ", "\n"))
    assert [place for place, _ in refusals(refused)] == ["sections.0.questions.1.show_if"]


def test_where_there_is_too_much_to_try_nothing_is_claimed() -> None:
    """Rule 5: a contradiction among many variables is let through, within a second."""
    many = "".join(
        f"- {{id: q{n}, kind: rating, scale: agreement, text: Gut.}}\n"
        for n in range(MOST_VARIABLES + 1)
    )
    parts = [f"q{n}, is: 1" for n in range(MOST_VARIABLES + 1)] + ["q0, is: 2"]
    last = f"- {{id: z, kind: open_text, text: Warum?, show_if: {both(*parts)}}}\n"
    begun = time.perf_counter()
    asked = asking(many + last)
    assert list(needless(asked.questions)) == []
    assert time.perf_counter() - begun < 1


COMPARISONS = st.sampled_from(
    [f"k1, is: {n}" for n in range(1, 6)]
    + ["k1, at_least: 4", "k1, at_most: 2", "k1, answered: true", "k1, answered: false"]
    + ["nur_gut, answered: true", "nur_gut, at_most: 3", "nur_gut, is: 5"]
    + ["apps, includes: a", "apps, includes: b", "apps, includes: keins", "apps, answered: true"]
    + ["tage, at_least: 5", "tage, at_most: 1", "rang__a, is: 1", "rang__b, is: 1"]
    + ["geld__a, at_least: 3", "geld__b, at_least: 3", "wahl, one_of: [a, b]", "wahl, is: a"]
).map(lambda comparison: f"{{question: {comparison}}}")
CONDITIONS = st.recursive(
    COMPARISONS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"{{all: [{', '.join(parts)}]}}"),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"{{any: [{', '.join(parts)}]}}"),
        inner.map(lambda part: f"{{not: {part}}}"),
    ),
    max_leaves=5,
)


@given(condition=CONDITIONS, seed=st.integers(0, 2**32))
def test_what_is_claimed_is_true_of_every_form(condition: str, seed: int) -> None:
    """Rule 6: fifty people of any mood, some of whom leave out a lot."""
    expected = fate(condition)
    chance = random.Random(seed)
    bank = asking(BANK)
    met = set()
    asked = Condition.model_validate_json(as_json(condition))
    for _ in range(50):
        form = {
            field: sent
            for question in bank.questions
            for field, sent in question.simulate(chance, chance.random()).items()
            if chance.random() < 0.8
        }
        met.add(asked.holds(bank.read(form).answers))
    if expected in ("never", "dead end"):
        assert met == {False}
    if expected == "always":
        assert met == {True}
