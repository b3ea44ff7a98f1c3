"""Which questions are shown: the script on the phone and the program agree.

1. For every kind of condition and every kind of answer, respond.js shows exactly the questions that
   `Questionnaire.read` would read.
2. Without JavaScript every question is shown, with a hint that it is not for everybody.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from survey_app.domain.messages import InvalidAnswer
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.response import Value
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
{question: wort, at_most: 5}
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
]


def shown_by_the_program(form: Questionnaire, sent: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the questions that are asked, one after the other, as `Questionnaire.read` does."""
    answers: dict[str, Value] = {}
    shown = []
    for question in form.questions:
        if question.show_if is None or question.show_if.holds(answers):
            shown.append(question.id)
            with suppress(InvalidAnswer):
                answers |= question.read(sent)
    return shown


FILL = """form => {
    const all = document.querySelector("[data-questionnaire]");
    for (const [name, values] of Object.entries(form))
        for (const input of all.querySelectorAll(`[name="${name}"]`))
            if (input.type === "text") input.value = values[0];
            else input.checked = values.includes(input.value);
    all.dispatchEvent(new Event("input"));
    const names = [...all.querySelectorAll(".question")]
        .filter(question => question.checkVisibility())
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
        assert page.locator(".question:visible").count() == 5 + len(CONDITIONS)
        assert page.get_by_text("Diese Frage passt nicht für alle.").count() == len(CONDITIONS)
