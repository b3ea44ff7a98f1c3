"""Scores: one number from several items.

1. WHO-5: five answers from 0 to 5 are added and multiplied by 4. Four of five are enough, and the
   fifth is taken to be their mean; three are not.
2. A reversed item counts as lowest + highest - answer; a mean is a mean.
3. "Weiß nicht" and an item left out are missing, never zero.
4. Without `min_answered` 80 % must be answered; of three or four items all but one.
5. Classes come from cut-offs only if those are verified; a limit belongs to the class below it.
   Otherwise there are five of equal width.
6. What is counted is the class: as sensitive as the most sensitive item, and everybody is counted.
7. What cannot be computed is refused with place and remedy.
"""

import pytest
from pydantic import ValidationError

from survey_app.domain.codebook import Sensitivity
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.response import REFUSED, Value
from survey_app.domain.scoring import Scored
from survey_app.domain.tabulation import tabulate
from tests.support import HEAD, SECTION, questionnaire, refusals

WHO = """
scales:
  time:
    refusal: true
    options: [{code: 0, text: a}, {code: 1, text: b}, {code: 2, text: c}, {code: 3, text: d},
              {code: 4, text: e}, {code: 5, text: f}]
  mixed: {options: [{code: nein, text: Nein}, {code: 1, text: Ja}]}
"""
FIVE = "[w1, w2, w3, w4, w5]"
CUT = "cut_offs: [{at_most: 50, label: niedrig}], above: nicht niedrig"
TOPP = "verified: true, source: Topp 2015"


def asking_five(score: str, *, more: str = "") -> Questionnaire:
    items = "".join(f"          - {{id: w{n}, text: Aussage {n}.}}\n" for n in range(1, 6))
    battery = (
        "      - id: w\n        kind: battery\n        scale: time\n        text: Wie war es?\n"
        f"        sensitivity: C\n        items:\n{items}"
    )
    scores = f"\nscores:\n  - {{id: wert, title: Wert, {score}}}\n"
    return questionnaire(HEAD + WHO + SECTION + battery + more + scores)


def scored(score: str = f"items: {FIVE}, method: sum, multiply: 4") -> Scored:
    (found,) = asking_five(score).scored()
    return found


def answers(*values: Value | None) -> dict[str, Value]:
    named = {f"w{n}": value for n, value in enumerate(values, start=1)}
    return {name: value for name, value in named.items() if value is not None}


# WHO-5. The manual: raw score 0 to 25, times four; 0 is the worst imaginable well-being, 100 the
# best. A raw score below 13 is low well-being (WHO-UCN-MSD-MHE-2024.01; Topp et al. 2015).


@pytest.mark.parametrize(
    ("given", "index"),
    [
        ((0, 0, 0, 0, 0), 0),
        ((5, 5, 5, 5, 5), 100),
        ((3, 3, 3, 3, 3), 60),
        ((2, 3, 2, 3, 2), 48),  # raw 12
        ((3, 3, 2, 3, 2), 52),  # raw 13
        ((5, 0, 5, 0, 5), 60),
        ((1, 1, 2, 2, 1), 28),  # raw 7
    ],
)
def test_who_5_is_the_sum_times_four(given: tuple[int, ...], index: int) -> None:
    """Rule 1."""
    assert scored().value(answers(*given)) == index


@pytest.mark.parametrize("raw", range(26))
def test_every_raw_score_of_who_5_becomes_its_percentage(raw: int) -> None:
    """Rule 1."""
    spread = [raw // 5 + (place < raw % 5) for place in range(5)]
    assert scored().value(answers(*spread)) == 4 * raw


@pytest.mark.parametrize(
    ("given", "index"),
    [
        ((4, 4, 4, 4, None), 80),
        ((1, 2, 3, 4, None), 50),  # mean 2.5, raw 12.5
        ((None, 0, 0, 0, 1), 5),  # mean 0.25, raw 1.25
        ((5, 4, REFUSED, 3, 4), 80),
    ],
)
def test_one_missing_answer_is_taken_to_be_the_mean_of_the_others(
    given: tuple[Value | None, ...], index: float
) -> None:
    """Rules 1 and 3."""
    assert scored().value(answers(*given)) == pytest.approx(index)


@pytest.mark.parametrize(
    "given", [(3, 3, 3, None, None), (3, 3, 3, REFUSED, None), (None,) * 5, (REFUSED,) * 5]
)
def test_with_two_missing_answers_there_is_no_score(given: tuple[Value | None, ...]) -> None:
    """Rules 1 and 3."""
    assert scored().value(answers(*given)) is None
    assert scored().class_of(answers(*given)) is None


# Other formulas


def test_a_reversed_item_counts_from_the_other_end() -> None:
    """Rule 2."""
    reverse = scored(f"items: {FIVE}, method: sum, reverse: [w1, w5]")
    assert reverse.value(answers(0, 1, 1, 1, 5)) == 5 + 1 + 1 + 1 + 0
    assert reverse.value(answers(None, 1, 1, 1, 5)) == pytest.approx(5 * 3 / 4)
    assert reverse.range == (0, 25)


def test_a_mean_stays_on_the_scale() -> None:
    """Rule 2."""
    mean = scored(f"items: {FIVE}, method: mean")
    assert mean.value(answers(1, 2, 3, 4, 5)) == 3
    assert mean.value(answers(1, 2, 3, 4, None)) == 2.5
    assert mean.range == (0, 5)


@pytest.mark.parametrize(
    ("count", "needed"), [(2, 2), (3, 2), (4, 3), (5, 4), (8, 7), (10, 8), (15, 12), (35, 28)]
)
def test_usually_four_fifths_must_be_answered(count: int, needed: int) -> None:
    """Rule 4."""
    score = scored().score.model_copy(update={"items": tuple(f"w{n}" for n in range(count))})
    assert score.needed == needed


@pytest.mark.parametrize("share", [share / 20 for share in range(1, 21)])
def test_a_share_is_not_missed_by_the_last_bit_of_a_float(share: float) -> None:
    """Rule 4: 0.35 x 20 is 7, not a hair more."""
    items = tuple(f"w{n}" for n in range(20))
    score = scored().score.model_copy(update={"items": items, "min_answered": share})
    assert score.needed == round(20 * share)


# Classes


def test_verified_cut_offs_make_the_classes() -> None:
    """Rule 5."""
    who = scored(f"items: {FIVE}, method: sum, multiply: 4, {CUT}, {TOPP}")
    variable = who.variable()
    assert [variable.label_of(code, "de") for code in variable.codes] == [
        "niedrig",
        "nicht niedrig",
    ]
    assert who.class_of(answers(2, 3, 2, 3, 2)) == 1
    assert who.class_of(answers(1, 2, 3, 4, None)) == 1  # 50 itself is low
    assert who.class_of(answers(3, 3, 2, 3, 2)) == 2


def test_cut_offs_that_nobody_confirmed_are_not_used() -> None:
    """Rule 5."""
    unconfirmed = scored(f"items: {FIVE}, method: sum, multiply: 4, {CUT}")
    variable = unconfirmed.variable()
    assert [variable.label_of(code, "de") for code in variable.codes] == [
        "0–20",
        "20–40",
        "40–60",
        "60–80",
        "80–100",
    ]
    assert [unconfirmed.class_of(answers(*[n] * 5)) for n in range(6)] == [1, 1, 2, 3, 4, 5]


def test_a_limit_in_thirds_is_not_missed() -> None:
    """Rule 5: (1 + 1 + 2) / 3 lies on the limit 4/3 of a scale from 0 to 20/3."""
    limit = "cut_offs: [{at_most: 1.333333, label: A}], above: B"
    thirds = scored(f"items: [w1, w2, w3], method: mean, {limit}, {TOPP}")
    assert thirds.class_of(answers(1, 1, 2)) == 1
    assert thirds.class_of(answers(1, 2, 2)) == 2


def test_what_is_counted_is_the_class_of_everybody() -> None:
    """Rule 6."""
    asked = asking_five(f"items: {FIVE}, method: sum, multiply: 4, {CUT}, {TOPP}")
    variable = asked.codebook()[-1]
    assert (variable.name, variable.sensitivity) == ("wert", Sensitivity.C)
    group = [answers(1, 1, 1, 1, 1)] * 12 + [answers(4, 4, 4, 4, None)] * 8 + [answers(1, 1)] * 3
    table = tabulate(asked, group).tables[-1]
    assert [(cell.code, cell.count) for cell in table.cells] == [(1, 12), (2, 8)]
    assert (table.base, table.missing.total, table.sensitivity) == (20, 3, Sensitivity.C)


# What is refused


def said(score: str, *, more: str = "") -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as refused:
        asking_five(score, more=more)
    return refusals(refused)


MORE = """
      - {id: worte, kind: open_text, text: Warum?}
      - {id: viele, kind: multiple_choice, text: Was?, options: [{code: 1, text: A},
         {code: 2, text: B}]}
      - {id: halb, kind: rating, scale: mixed, text: Gut.}
      - {id: tage, kind: number, maximum: 5, text: Tage?}
      - {id: nur, kind: information, text: Hallo.}
      - {id: v, kind: then_now, scale: time, then: A, now: B, text: C, items: [{id: va, text: D}]}
"""


@pytest.mark.parametrize("item", ["worte", "viele", "halb", "tage", "va__change"])
def test_what_is_no_number_cannot_be_added(item: str) -> None:
    """Rule 7."""
    assert said(f"items: [w1, {item}], method: sum", more=MORE) == [
        (
            "scores.0.items.1",
            (
                f"„{item}“ hat nicht je Person eine Zahl als Antwort. Gerechnet wird nur mit Fragen,"
                " deren Codes Zahlen sind"
            ),
        )
    ]


@pytest.mark.parametrize("item", ["w9", "nur", "w"])
def test_what_does_not_exist_cannot_be_added(item: str) -> None:
    """Rule 7."""
    assert said(f"items: [w1, {item}], method: sum", more=MORE) == [
        ("scores.0.items.1", f"es gibt keine Frage oder Aussage „{item}“. Nimm deren id")
    ]


def test_two_scores_have_two_names() -> None:
    """Rule 7."""
    score = f"items: {FIVE}, method: sum}}\n  - {{id: wert, title: Zwei, items: {FIVE}, method: sum"
    assert said(score) == [
        ("scores.1.id", "die id „wert“ gibt es schon. Gib dem Skalenwert eine andere")
    ]
