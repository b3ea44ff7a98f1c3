"""Which questions are shown: the script on the phone and the program agree.

1. For every kind of condition and every kind of answer, the script shows exactly the questions that
   `Questionnaire.read` would read.
2. Without JavaScript every question is shown, with a hint that it is not for everybody.
3. For 12,000 conditions and answers drawn by chance, nested up to three deep, the rules of
   conditions.js and those of the domain come to the same result; every operator came to both.
"""

import json
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

import survey_app.web
from survey_app.domain.conditions import Condition
from survey_app.domain.messages import InvalidAnswer
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.response import REFUSED, Answers, Value
from tests.fixtures.browser import Phone
from tests.support_field import questionnaire_from
from tests.web.site import served, site_asking

HEAD = """
id: bedingungen
version: 1.0.0
audience: young_people
languages: [de]
title: Bedingungen
minutes: 1
licence: {class: A, holder: Mitreden}
scales:
  five:
    options: [{code: 1, text: a}, {code: 2, text: b}, {code: 3, text: c}, {code: 4, text: d}]
    refusal: true
  words:
    options: [{code: '1', text: eins als Wort}, {code: zwei, text: zwei}]
    refusal: true
sections:
  - id: fragen
    questions:
      - {id: skala, kind: rating, scale: five, text: Skala}
      - {id: wort, kind: rating, scale: words, text: Wort}
      - {id: zahl, kind: number, maximum: 20, text: Zahl}
      - {id: leiter, kind: ladder, text: Leiter, lowest: unten, highest: oben}
      - id: viele
        kind: multiple_choice
        text: Viele
        options: [{code: a, text: a}, {code: b, text: b}, {code: 3, text: drei}]
      - {id: rang, kind: ranking, text: Rang, options: [{code: a, text: a}, {code: b, text: b}]}
      - {id: punkte, kind: dots, points: 3, text: P, options: [{code: a, text: a}, {code: b, text: b}]}
      - id: damals
        kind: then_now
        scale: five
        text: Damals
        then: damals
        now: jetzt
        items: [{id: g1, text: G1}]
"""

CONDITIONS = """
{question: skala, is: 3}
{question: skala, one_of: [1, 4]}
{question: skala, at_least: 3}
{question: skala, at_most: 2}
{question: skala, answered: true}
{question: skala, answered: false}
{not: {question: skala, is: 3}}
{question: wort, is: '1'}
{question: wort, one_of: [zwei]}
{question: wort, answered: true}
{question: zahl, is: 7}
{question: zahl, at_least: 10}
{question: zahl, answered: true}
{question: leiter, at_most: 0}
{question: viele, includes: a}
{question: viele, includes: 3}
{question: viele, answered: false}
{all: [{question: skala, at_least: 2}, {question: viele, includes: b}]}
{any: [{question: skala, is: 1}, {not: {question: zahl, answered: true}}]}
{question: c0, answered: true}
{not: {question: c19, answered: true}}
{question: rang__b, is: 1}
{question: rang__a, answered: false}
{question: punkte__a, at_most: 0}
{question: punkte__b, at_least: 2}
{question: g1__then, at_least: 2}
{not: {question: g1__now, answered: true}}
""".strip().splitlines()

FILTERED = "\n".join(
    f"      - {{id: c{number}, kind: rating, scale: five, show_if: {condition}, text: C{number}}}"
    for number, condition in enumerate(CONDITIONS)
)

FORMS: list[Mapping[str, Sequence[str]]] = [
    {},
    {"skala": ["3"]},
    {"skala": ["1"], "wort": ["1"]},
    {"skala": ["4"], "wort": ["zwei"], "c0": ["1"]},
    {"skala": ["refused"], "wort": ["refused"]},
    {"skala": ["3"], "c0": ["2"], "c19": ["1"]},
    {"skala": ["3"], "c0": ["refused"]},
    {"zahl": ["7"]},
    {"zahl": [" 12 "], "skala": ["2"]},
    {"zahl": ["+7"]},
    {"zahl": ["007"]},
    {"zahl": ["viele"]},
    {"zahl": ["21"]},
    {"zahl": ["1.5"]},
    {"leiter": ["0"]},
    {"leiter": ["10"], "viele": ["a", "b"]},
    {"skala": ["2"], "viele": ["b", "3"]},
    {"leiter": ["refused"], "viele": ["3"]},
    {"zahl": ["٧"]},
    {"zahl": ["۱۲"]},
    {"rang__b": ["1"]},
    {"rang__a": ["1"], "rang__b": ["2"]},
    {"punkte__b": ["2"]},
    {"punkte__a": ["0"], "punkte__b": ["0"]},
    {"punkte__a": ["1"], "punkte__b": [""]},
    {"g1__then": ["3"], "g1__now": ["refused"]},
]


def shown_by_the_program(form: Questionnaire, sent: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the first field of each question that `Questionnaire.read` would ask."""
    answers: dict[str, Value] = {}
    shown = []
    for question in form.questions:
        if question.show_if is None or question.show_if.holds(answers):
            shown.append(question.fields[0])
            with suppress(InvalidAnswer):
                answers |= question.read(sent)
    return shown


FILL = """form => {
    const all = document.querySelector("[data-questionnaire]");
    for (const [name, values] of Object.entries(form))
        for (const input of all.querySelectorAll(`[name="${name}"]`))
            if (["text", "number", "select-one"].includes(input.type)) input.value = values[0];
            else input.checked = values.includes(input.value);
    all.dispatchEvent(new Event("input"));
    const names = [...all.querySelectorAll(".question")]
        .filter(question => !question.hidden)
        .map(question => question.querySelector("[name]").name);
    return names;
}"""


def test_phone_and_program_show_the_same_questions(sqlite_url: str, phone: Phone) -> None:
    questionnaire = questionnaire_from(HEAD + FILTERED)
    with site_asking(HEAD + FILTERED, sqlite_url) as site, served(site.app) as address:
        page = phone().new_page()
        for form in FORMS:
            page.goto(address + site.address)
            expected = shown_by_the_program(questionnaire, form)
            assert page.evaluate(FILL, form) == expected, form


def test_without_javascript_all_are_shown_with_a_hint(sqlite_url: str, phone: Phone) -> None:
    with site_asking(HEAD + FILTERED, sqlite_url) as site, served(site.app) as address:
        page = phone(javascript=False).new_page()
        page.goto(address + site.address)
        assert page.locator(".question:visible").count() == 8 + len(CONDITIONS)
        assert page.get_by_text("Diese Frage passt nicht für alle.").count() == len(CONDITIONS)


# Rule 3: the rules alone

CASES = 12_000
NAMES = ["k1", "wort", "viele", "zahl", "g1__then", "nie"]
CODES: list[int | str] = [0, 1, 2, 3, 10, -1, "a", "b", "1", "3", "03", "٣", "10", ""]
OPERATORS = ("is", "one_of", "includes", "at_least", "at_most", "answered")


def some_comparison(chance: random.Random) -> dict[str, Any]:
    """Return any comparison, sensible or not."""
    operand: dict[str, Callable[[], Any]] = {
        "is": lambda: chance.choice(CODES),
        "one_of": lambda: chance.sample(CODES, chance.randint(1, 4)),
        "includes": lambda: chance.choice(CODES),
        "at_least": lambda: chance.randint(-2, 11),
        "at_most": lambda: chance.randint(-2, 11),
        "answered": lambda: chance.random() < 0.5,
    }
    operator = chance.choice(OPERATORS)
    return {"question": chance.choice(NAMES), operator: operand[operator]()}


def some_condition(chance: random.Random, depth: int = 3) -> dict[str, Any]:
    """Return any condition, at most `depth` combinations deep."""
    combination = chance.choice(["all", "any", "not", None, None]) if depth else None
    if combination is None:
        return some_comparison(chance)
    if combination == "not":
        return {"not": some_condition(chance, depth - 1)}
    parts = range(chance.randint(1, 3))
    return {combination: [some_condition(chance, depth - 1) for _ in parts]}


def some_answers(chance: random.Random) -> dict[str, Value]:
    """Return answers of every sort; a question in three is left out."""
    kinds: list[Callable[[], Value]] = [
        lambda: chance.choice(CODES),
        lambda: chance.randint(-2, 11),
        lambda: REFUSED,
        lambda: tuple(chance.sample(CODES, chance.randint(1, 3))),
    ]
    return {name: chance.choice(kinds)() for name in NAMES[:-1] if chance.random() < 0.67}


def rules_of_the_phone() -> str:
    """Return the very function of conditions.js that decides, as an expression."""
    script = (
        Path(survey_app.web.__file__)
        .parent.joinpath("static", "respond", "conditions.js")
        .read_text()
    )
    refused, holds = (
        script[start : script.index(end, start) + len(end)]
        for start, end in (
            (script.index("const refused ="), ";"),
            (script.index("const holds ="), "\n};"),
        )
    )
    decide = "([condition, answers]) => holds(condition, name => answers[name])"
    return f"cases => {{ {refused} {holds} return JSON.parse(cases).map({decide}) }}"


def decided(condition: Mapping[str, Any], answers: Answers) -> bool:
    """Return what the program decides."""
    return Condition.model_validate_json(json.dumps(condition)).holds(answers)


def test_rules_of_phone_and_program_are_the_same(chromium: Browser) -> None:
    """Rule 3."""
    chance = random.Random(20261121)
    cases = [(some_condition(chance), some_answers(chance)) for _ in range(CASES)]
    page = chromium.new_page()
    on_the_phone = page.evaluate(rules_of_the_phone(), json.dumps(cases))
    page.close()
    in_the_program = [decided(*case) for case in cases]
    different = [
        (case, phone)
        for case, phone, program in zip(cases, on_the_phone, in_the_program, strict=True)
        if phone is not program
    ]
    assert different == []
    met = Counter(
        (operator, result)
        for (condition, _), result in zip(cases, in_the_program, strict=True)
        for operator in condition.keys() & {*OPERATORS, "all", "any", "not"}
    )
    assert {operator for operator, _ in met} == {*OPERATORS, "all", "any", "not"}
    assert {key: count for key, count in met.items() if count < 10} == {}
    assert len(met) == 2 * 9


def test_a_difference_would_be_noticed(chromium: Browser) -> None:
    """Rule 3: a phone that takes the text "3" for the number 3 is caught."""
    page = chromium.new_page()
    lax = rules_of_the_phone().replace("value === condition.is", "value == condition.is")
    case = ({"question": "k1", "is": 3}, {"k1": "3"})
    assert page.evaluate(lax, json.dumps([case])) == [True]
    assert [decided(*case)] == [False]
    page.close()
