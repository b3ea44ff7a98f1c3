"""The evaluation sheet as a fragment for a web page.

1. It holds what the paper holds, with every number in a real table.
2. Headings step down one by one; every table has headers with a scope; every picture a name.
3. It needs neither inline style nor script, and nothing in it becomes markup.
4. On a phone of 320 points nothing makes the page scroll sideways.
5. A wave of four leaves no trace.
"""

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import html5lib
import pytest
from playwright.sync_api import Browser

from survey_app.domain.response import Answers
from survey_app.domain.sheet import EvaluationSheet
from survey_app.rendering.sheet import SCREEN_STYLES, sheet_html
from tests.rendering.paper import GERMAN, language
from tests.support_sheets import (
    SITUATIONS,
    SOMMERCAMP,
    YOUNG,
    questionnaire,
    result,
    sheet_of,
)

K1 = [1] * 1 + [2] * 2 + [3] * 3 + [4] * 8 + [5] * 10


def tree(sheet: EvaluationSheet) -> Any:
    """Return the fragment, parsed as strictly as HTML is written down."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(f"<!DOCTYPE html><title>x</title>{sheet_html(sheet, GERMAN)}")


def said(element: Any) -> str:
    """Return the text of an element, white space made plain."""
    return " ".join("".join(element.itertext()).split())


def by_hand() -> EvaluationSheet:
    """Return the sheet of 26 people: 24 answered K1, two did not want to."""
    people: list[Answers] = [*({"k1": code} for code in K1), *[{"k1": "refused"}] * 2]
    return sheet_of(SOMMERCAMP, result(questionnaire(YOUNG), people))


def test_every_number_stands_in_a_table() -> None:
    table = tree(by_hand()).find(".//details//table")
    head, first = table.findall(".//tr")[:2]
    assert [said(cell) for cell in head] == [
        *("Aussage", "stimmt gar nicht", "stimmt eher nicht", "teils/teils", "stimmt eher"),
        *("stimmt genau", "weiß nicht", "n", "positiv"),
    ]
    assert [said(cell) for cell in first] == [
        "K1 Das Angebot hat mir insgesamt gefallen.",
        *("1 (4 %)", "2 (8 %)", "3 (13 %)", "8 (33 %)", "10 (42 %)"),
        *("2", "24", "75 %"),
    ]


@pytest.mark.parametrize("name", SITUATIONS)
def test_headings_tables_and_pictures_are_sound(name: str) -> None:
    found = tree(SITUATIONS[name]())
    levels = [int(each.tag[1]) for each in found.iter() if re.fullmatch("h[1-6]", str(each.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(deeper <= level + 1 for level, deeper in pairwise(levels))
    assert all(cell.get("scope") in ("col", "row") for cell in found.iter("th"))
    for picture in (each for each in found.iter() if str(each.tag).endswith("svg")):
        titles = [said(child) for child in picture if str(child.tag).endswith("title")]
        assert picture.get("aria-hidden") == "true" or (all(titles) and len(titles) == 1)


@pytest.mark.parametrize("name", SITUATIONS)
def test_it_works_under_a_strict_policy(name: str) -> None:
    html = sheet_html(SITUATIONS[name](), GERMAN)
    assert (
        re.findall(r"<(?:script|style|link)|\s(?:style|on\w+)=|https?://(?!www.w3.org)", html) == []
    )


def test_a_title_is_text() -> None:
    sheet = sheet_of(replace(SOMMERCAMP, title="<img src=x onerror=alert(1)>"))
    assert "<img" not in sheet_html(sheet, GERMAN)


def test_it_says_what_the_paper_says() -> None:
    text = said(tree(SITUATIONS["Sommercamp"]()))
    for sentence in (
        "Beispieldaten – alles erfunden",
        "Kempen (AGS 05166012)",
        "30 von 34 Teilnehmenden haben geantwortet",
        "Noch nicht geprüft:",
        "Wie zufrieden bist du zurzeit mit deinem Leben?",
        "Was wir nicht wissen",
        "bei weniger als 50 Antworten je Stufe auf einer groben Skala.",
    ):
        assert sentence in text


def test_fallen_back_wording_says_its_language() -> None:
    html = sheet_html(by_hand(), language("en"))
    assert "I liked the activity overall." in html
    assert '<span lang="de">Meine Meinung war hier wichtig.</span>' in html


@pytest.mark.parametrize("codes", [[5] * 4, [1, 2, 3, 1], [2] * 3, []])
def test_a_wave_of_four_leaves_no_trace(codes: list[int]) -> None:
    def html(answers: list[Answers]) -> str:
        return sheet_html(sheet_of(SOMMERCAMP, result(questionnaire(YOUNG), answers)), GERMAN)

    assert html([{"k1": code, "k9": "Ich"} for code in codes]) == html([{"alter": "u14"}] * 4)


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_small_phone_need_not_scroll_sideways(name: str, chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 700})
    styles = f"<style>*{{box-sizing:border-box}}body{{margin:0}}{SCREEN_STYLES.read_text()}</style>"
    page.set_content(f'<html lang="de">{styles}{sheet_html(SITUATIONS[name](), GERMAN)}')
    page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.close()
