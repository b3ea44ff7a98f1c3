"""One question on the screen: the way through the steps that the script makes of the page.

1. First the start, then each question alone, then the finish; a statement stands alone below its
   stem. What is on the screen is all there is to tap.
2. "Weiter" says "Auslassen" while nothing is answered; the second tap of a double tap, and Enter in
   a text, go nowhere; Enter in a field goes on and never sends.
3. Questions that do not apply are left out. Going on, the progress never goes back.
4. Back is a question back, by the button and by the phone's own; nothing is lost.
5. A page that is loaded again begins at the start, and its old steps lie in nobody's way back.
6. The keyboard is enough from the first page to the last.
7. A form that came back shows what is wrong; from there the way leads to the faults alone. The
   finish says what is missing and leads there alone.
"""

import pytest

from tests.fixtures.browser import Phone
from tests.web.questionnaires import EVERY_KIND, HEAD, NEW_KINDS
from tests.web.site import Site
from tests.web.walking import (
    BACK,
    GO,
    ON,
    SEND,
    choose,
    focused,
    go_on,
    opened,
    reach,
    screen,
    screens,
    send,
    start,
    where,
    write,
)

CONDITIONS = (
    HEAD
    + """
      - {id: eis, kind: single_choice, text: Eis?, options: [{code: ja, text: ja}, {code: nein, text: nein}]}
      - {id: kugeln, kind: number, maximum: 9, text: Wie viel?, show_if: {question: eis, is: ja}}
      - {id: warum, kind: open_text, text: Warum?, show_if: {question: kugeln, answered: true}}
      - {id: tipp, kind: information, text: Iss langsam.}
      - {id: tage, kind: number, maximum: 9, text: Wie oft?}
"""
)
NUMBERS = (
    HEAD
    + """
      - {id: a, kind: number, maximum: 9, text: A}
      - {id: b, kind: number, maximum: 9, text: B}
      - {id: c, kind: number, maximum: 9, text: C}
      - {id: d, kind: number, maximum: 9, text: D, show_if: {question: c, at_least: 5}}
      - {id: e, kind: number, maximum: 9, text: E}
"""
)

EVERY = pytest.mark.parametrize("asking", [EVERY_KIND, NEW_KINDS], indirect=True)
ONE_OF_EACH = pytest.mark.parametrize("asking", [EVERY_KIND], indirect=True)
WITH_CONDITIONS = pytest.mark.parametrize("asking", [CONDITIONS], indirect=True)
WITH_NUMBERS = pytest.mark.parametrize("asking", [NUMBERS], indirect=True)


# Rule 1


@ONE_OF_EACH
def test_each_question_has_a_screen_of_its_own(address: str, phone: Phone) -> None:
    page = opened(phone, address)
    seen = []
    for shown in screens(page):
        fields = page.locator("input:visible, textarea:visible, select:visible")
        names = dict.fromkeys(fields.evaluate_all("all => all.map(one => one.name)"))
        seen.append((shown, *names))
    assert seen == [
        ("start",),
        *[("question", name) for name in ("k1", "gefallen", "tage", "m1", "m2", "zufrieden")],
        ("question", "alter"),
        ("finish",),
    ]


@ONE_OF_EACH
def test_what_belongs_to_a_question_stands_with_it(address: str, phone: Phone) -> None:
    page = opened(phone, address)
    said = []
    for shown in screens(page):
        if shown == "question":
            parts = page.locator("form h2:visible, .prose:visible, form legend:visible")
            said.append(tuple(parts.all_inner_texts()))
    assert said == [
        (
            "Das Angebot",
            "Denk an die ganze Zeit zurück.",
            "Das Angebot hat mir insgesamt gefallen.",
        ),
        ("Das Angebot", "Was hat dir gefallen?"),
        ("Das Angebot",),
        ("Du", "Wie gut passt das auf dich?", "Ich erkenne Werbung im Netz."),
        ("Du", "Wie gut passt das auf dich?", "Ich kann mein Handy weglegen."),
        ("Du", "Wie zufrieden bist du zurzeit mit deinem Leben?"),
        ("Du", "Wie alt bist du?"),
    ]


# Rule 2


@EVERY
def test_nothing_answered_is_left_out(address: str, phone: Phone) -> None:
    page = opened(phone, address)
    for shown in screens(page):
        if shown == "question":
            said = "Auslassen" if where(page) else "Weiter"  # information has no number
            assert page.locator(ON).inner_text() == said


@pytest.mark.parametrize("asking", [NEW_KINDS], indirect=True)
def test_an_answer_turns_leaving_out_into_going_on(address: str, phone: Phone) -> None:
    page = opened(phone, address)
    reach(page, "#f-wichtig__essen")
    page.locator("#f-wichtig__essen").select_option("2")
    assert page.locator(ON).inner_text() == "Weiter"
    reach(page, "#f-geld__sport")
    more, fewer = (page.locator(f".row:has(#f-geld__sport) [data-by='{by}']") for by in (1, -1))
    labels = []
    for button in (more, fewer):
        button.tap()
        labels.append(page.locator(ON).inner_text())
    assert labels == ["Weiter", "Auslassen"]


@ONE_OF_EACH
def test_double_tap_is_one_step(address: str, phone: Phone) -> None:
    page = opened(phone, address)
    start(page)
    page.locator(ON).dblclick()
    assert where(page) == "Frage 2 von 8"


@ONE_OF_EACH
def test_enter_goes_on_and_never_sends(asking: Site, address: str, phone: Phone) -> None:
    page = opened(phone, address)
    choose(page, "k1", 1)
    page.keyboard.press("Enter")
    page.locator("#f-aendern").press("Enter")
    assert page.locator("#f-aendern").input_value() == "\n"
    write(page, "tage", "3")
    page.keyboard.press("Enter")
    assert page.locator("#f-m1").is_visible()
    assert asking.sheets() == []


@ONE_OF_EACH
def test_enter_never_sends_without_a_script(asking: Site, address: str, phone: Phone) -> None:
    page = opened(phone, address, javascript=False)
    page.locator("#f-tage").fill("3")
    page.locator("#f-tage").press("Enter")
    page.get_by_role("heading", name="Wie war’s?").wait_for()
    assert page.url == address
    assert asking.sheets() == []


# Rule 3


@WITH_CONDITIONS
@pytest.mark.parametrize(
    ("eis", "kugeln", "said"),
    [
        (None, None, ["Frage 1 von 4", "", "Frage 2 von 2", ""]),
        ("nein", None, ["Frage 1 von 4", "", "Frage 2 von 2", ""]),
        ("ja", None, ["Frage 1 von 4", "Frage 2 von 4", "", "Frage 3 von 3", ""]),
        (
            "ja",
            "3",
            ["Frage 1 von 4", "Frage 2 von 4", "Frage 3 von 4", "", "Frage 4 von 4", ""],
        ),
    ],
)
def test_progress_only_goes_on(
    address: str, phone: Phone, eis: str | None, kugeln: str | None, said: list[str]
) -> None:
    page = opened(phone, address)
    start(page)
    seen, shares, minutes = [], [], []
    for _ in screens(page):
        if eis and page.locator(f"input[value={eis}]").is_visible():
            page.locator(f"input[value={eis}]").check()
        if kugeln and page.locator("#f-kugeln").is_visible():
            page.locator("#f-kugeln").fill(kugeln)
        seen.append(where(page))
        shares.append(page.locator("progress").evaluate("bar => bar.position"))
        minutes.append(page.locator("#where span").inner_text())
    assert seen == said
    assert shares == sorted(shares)
    assert shares[-1] == 1
    left = [int(text.split()[2]) if text else 0 for text in minutes]
    assert left == sorted(left, reverse=True)
    assert left[0] == 4


@WITH_CONDITIONS
def test_minutes_have_their_plural(address: str, phone: Phone) -> None:
    page = opened(phone, address)
    start(page)
    choose(page, "eis", "ja")
    write(page, "kugeln", "3")
    reach(page, "#f-tage")
    assert page.locator("#where").inner_text().splitlines() == [
        "Frage 4 von 4",
        "noch etwa 1 Minute",
    ]


# Rule 4


@WITH_CONDITIONS
@pytest.mark.parametrize("by", ["button", "browser"])
def test_back_is_a_question_back(address: str, phone: Phone, by: str) -> None:
    page = opened(phone, address)
    choose(page, "eis", "ja")
    write(page, "kugeln", "3")
    write(page, "tage", "3")
    reach(page, SEND)
    seen = []
    while screen(page) != "start":
        page.locator(BACK).tap() if by == "button" else page.go_back()
        seen.append(focused(page).inner_text())
    assert seen == ["Wie oft?", "Iss langsam.", "Warum?", "Wie viel?", "Eis?", "Wege"]
    page.go_forward()
    page.go_forward()
    assert page.locator("#f-kugeln").input_value() == "3"
    assert page.locator("input[value=ja]").is_checked()
    assert page.locator("#f-tage").input_value() == "3"


@WITH_CONDITIONS
def test_back_passes_over_what_applies_no_more(address: str, phone: Phone) -> None:
    page = opened(phone, address)
    choose(page, "eis", "ja")
    write(page, "kugeln", "3")
    reach(page, "#f-tage")
    for _ in range(4):
        page.go_back()
    choose(page, "eis", "nein")
    page.go_forward()
    page.wait_for_function("document.activeElement.textContent === 'Eis?'")
    assert where(page) == "Frage 1 von 4"


@WITH_CONDITIONS
def test_link_to_the_content_stays_on_the_step(address: str, phone: Phone) -> None:
    page = opened(phone, address)
    reach(page, "#f-tage")
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    page.locator("main:focus").wait_for()
    assert page.locator("#f-tage").is_visible()
    page.locator(BACK).tap()
    page.locator(BACK).tap()
    assert page.get_by_text("Iss langsam.").is_visible()


# Rule 5


@WITH_CONDITIONS
def test_reload_begins_at_the_start(address: str, phone: Phone) -> None:
    origin = address.partition("/q/")[0] + "/"
    page = opened(phone, origin)
    page.goto(address)
    reach(page, "#f-tage")
    page.reload()
    page.wait_for_function("history.state.depth === 0")
    assert screen(page) == "start"
    page.go_back()
    assert page.url == origin


# Rule 6


@ONE_OF_EACH
def test_keyboard_is_enough(asking: Site, address: str, phone: Phone) -> None:
    page = opened(phone, address)

    def tab_to(selector: str) -> None:
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.locator(f"{selector}:focus").count():
                return
        raise AssertionError(f"Tab does not lead to {selector}")

    tab_to(GO)
    page.keyboard.press("Enter")
    for keys in (
        ["Tab", "ArrowDown", "ArrowDown", "ArrowUp", "Enter"],
        ["Tab", *"Mehr Pausen", "Tab", "Tab", "Enter"],
        ["Tab", "Space", "Tab", "Tab", "Space", "Enter"],
        ["Tab", "4", "Enter"],
        ["Tab", "Space", "Enter"],
        ["Tab", "ArrowUp", "Enter"],
        ["Tab", "Space", "Enter"],
        ["Tab", "Space", "Enter"],
    ):
        for key in keys:
            page.keyboard.press(key)
    tab_to(SEND)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Danke!").wait_for()
    assert asking.sheets() == [
        {
            "k1": 2,
            "gefallen": ["gruppe", "ort"],
            "tage": 4,
            "m1": 1,
            "m2": "refused",
            "zufrieden": 0,
            "alter": "u14",
        }
    ]


# Rule 7


@WITH_NUMBERS
def test_form_that_came_back_leads_to_its_faults(asking: Site, address: str, phone: Phone) -> None:
    page = opened(phone, address)
    for name, typed in {"a": "viele", "b": "1", "c": "alle", "e": "2"}.items():
        write(page, name, typed)
    send(page)
    page.locator("[data-summary]:focus").wait_for()
    assert screen(page) == "start"
    page.locator("[data-summary] a").first.tap()
    page.locator("#f-a:focus").fill("1")
    visited = []
    for typed in ("9", "3"):
        go_on(page)
        visited.append(focused(page).inner_text())
        page.locator("input:visible").fill(typed)
    go_on(page)
    assert (visited, screen(page)) == (["C", "D"], "finish")
    page.locator(SEND).tap()
    page.get_by_role("heading", name="Danke!").wait_for()
    assert asking.sheets() == [{"a": 1, "b": 1, "c": 9, "d": 3, "e": 2}]


@WITH_NUMBERS
def test_empty_form_leads_to_the_first_question(address: str, phone: Phone) -> None:
    page = opened(phone, address)
    send(page)
    page.locator("[data-summary]:focus").wait_for()
    page.get_by_role("link", name="Zur ersten Frage").tap()
    page.locator("#f-a:focus").wait_for()
    go_on(page)
    assert where(page) == "Frage 2 von 5"


@WITH_NUMBERS
def test_finish_says_what_is_missing_and_leads_there(address: str, phone: Phone) -> None:
    page = opened(phone, address)
    write(page, "b", "1")
    reach(page, SEND)
    gap = page.locator("[data-gap]")
    assert page.get_by_text("Beantwortet: 1 von 4 Fragen").is_visible()
    gap.tap()
    visited = []
    while screen(page) != "finish":
        visited.append(focused(page).inner_text())
        page.locator("input:visible").fill("1")
        go_on(page)
    assert visited == ["A", "C", "E"]
    assert page.get_by_text("Beantwortet: 4 von 4 Fragen").is_visible()
    assert gap.is_hidden()
