"""Typing in sheets from paper in a real browser, with the keyboard only.

1. A digit answers and goes on, Enter goes on without an answer and saves behind the last question;
   what is stored is what a phone would have stored. A sheet of twelve takes at most fifteen keys.
2. Every kind of question can be typed in, and what a phone would not show is skipped.
3. The last sheet comes back with its answers, and can be corrected and saved again.
4. What was typed is announced, and the focus is always on the row that is answered.
5. Without a script Tab, arrows, Space and Enter do the same.
6. Nothing is wider than a window of 320 points, in German and in Arabic.
"""

import json
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.response import RawAnswers
from survey_app.services import collecting, fielding
from survey_app.services.choosing import questionnaires
from survey_app.storage import schema
from tests.fixtures.browser import requests_elsewhere
from tests.support_field import ALBRECHT, TODAY, questionnaire_from
from tests.web.questionnaires import EVERY_KIND, NEW_KINDS
from tests.web.site import served
from tests.web.staff.office import LIST, LOGIN, PASSWORD, Office


@pytest.fixture
def live(office: Office) -> Iterator[str]:
    """Serve the application and give its address."""
    with served(office.app) as address:
        yield address


def window(
    chromium: Browser, live: str, *, script: bool = True, locale: str = "de-DE", width: int = 1280
) -> tuple[Page, list[str]]:
    """Return a window of Herr Albrecht, logged in, and what it complains about."""
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, locale=locale, java_script_enabled=script
    )
    complaints = requests_elsewhere(context)
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(live + LOGIN)
    page.locator("input[type=email], input[name=email]").first.fill(ALBRECHT)
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("form.way-out")).to_be_attached()
    return page, complaints


def asking(office: Office, questionnaire: str) -> tuple[int, str]:
    """Return a wave that asks this, and the path of its page."""
    known = questionnaires()
    asked = known.get(questionnaire) or questionnaire_from(questionnaire)
    wave = office.wave(office.field.measure, questionnaire=asked)
    return wave, f"{LIST}/{office.field.measure}/erhebungen/{wave}/papier"


def stored(office: Office, wave: int) -> list[dict[str, Any]]:
    """Return the sheets of a wave, each with its free texts if there is only one of them."""
    with office.database.read() as connection:
        sheets = connection.scalars(select(schema.open_sheet.c.answers).filter_by(wave=wave))
        return sorted(map(json.loads, sheets), key=str)


def texts(office: Office, wave: int) -> list[str]:
    with office.database.read() as connection:
        return sorted(connection.scalars(select(schema.open_text.c.text).filter_by(wave=wave)))


def sent(office: Office, wave: int, raw: RawAnswers) -> None:
    """Send a form as a phone does."""
    fielded = fielding.fielded_measure(
        office.database, office.field.network, office.field.measure, TODAY
    )
    assert fielded is not None
    (code,) = [w.collectors[0].code for w in fielded.waves if w.wave.id == wave]
    door = collecting.find_door(office.database, code, DisclosurePolicy())
    assert door is not None
    result = collecting.submit(office.database, door, secrets.token_urlsafe(16), raw, TODAY)
    assert result.receipt is collecting.Receipt.COUNTED


def keys(page: Page, pressed: str) -> int:
    """Press keys: ↵ is Enter, ↑ ↓ arrows, ⌫ Backspace, all others themselves; return how many."""
    named = {"↵": "Enter", "↑": "ArrowUp", "↓": "ArrowDown", "⌫": "Backspace"}
    for key in pressed:
        page.keyboard.press(named.get(key, key))
    return len(pressed)


def save(page: Page, number: int) -> None:
    """Press Enter once more and wait for the next empty sheet."""
    page.keyboard.press("Enter")
    expect(page.locator(".paper-count")).to_contain_text(f"{number} ")
    expect(page.locator("[data-said]")).to_be_empty()


def test_three_sheets_by_keyboard_only(chromium: Browser, office: Office, live: str) -> None:
    """Rules 1 and 4."""
    wave, path = asking(office, "kern-jugend")
    page, complaints = window(chromium, live)
    page.goto(live + path)
    pressed = keys(page, "4")
    expect(page.locator("[data-said]")).to_have_text("1: 4 stimmt eher")
    assert page.evaluate("document.activeElement.name") == "k2"
    pressed += keys(page, "5-2↵455↵↵2") + 1
    save(page, 1)
    keys(page, "33333333↵↵1")
    save(page, 2)
    keys(page, "5⌫↑1↵↵↵↵↵↵↵")
    page.keyboard.type("Der See, 3 Tage")
    keys(page, "↵↵-")
    save(page, 3)
    assert pressed <= 13
    phones = office.wave(office.field.measure, questionnaire=questionnaires()["kern-jugend"])
    first = dict(zip(["k1", "k2", "k3", "k4"], [["4"], ["5"], ["refused"], ["2"]], strict=True))
    sent(office, phones, first | {"k6": ["4"], "k7": ["5"], "k8": ["5"], "alter": ["a14"]})
    sent(office, phones, {f"k{n}": ["3"] for n in range(1, 9)} | {"alter": ["u14"]})
    sent(office, phones, {"k1": ["1"], "k9": ["Der See, 3 Tage"], "alter": ["refused"]})
    assert stored(office, wave) == stored(office, phones)
    assert texts(office, wave) == texts(office, phones) == ["Der See, 3 Tage"]
    assert complaints == []


def test_every_kind_and_every_condition(chromium: Browser, office: Office, live: str) -> None:
    """Rule 2."""
    wave, path = asking(office, EVERY_KIND)
    page, complaints = window(chromium, live)
    page.goto(live + path)
    keys(page, "2")
    page.keyboard.type("mehr Pausen")
    keys(page, "↵123↵4↵5-1021")
    expect(page.get_by_role("button", name="Bogen speichern")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("höchstens 2")
    assert page.evaluate("document.activeElement.name") == "gefallen"
    keys(page, "2↓↓↓↓↓↓")
    save(page, 1)
    keys(page, "4↵↵↵↵1↵1")
    save(page, 2)
    assert stored(office, wave) == [
        {
            "alter": "a14",
            "gefallen": ["gruppe", "ort"],
            "hilfe": "ja",
            "k1": 2,
            "m1": 5,
            "m2": "refused",
            "tage": 4,
            "zufrieden": 10,
        },
        {"alter": "u14", "k1": 4, "zufrieden": 1},
    ]
    assert texts(office, wave) == ["mehr Pausen"]
    assert complaints == []


def test_places_points_and_two_moments(chromium: Browser, office: Office, live: str) -> None:
    """Rule 2."""
    wave, path = asking(office, NEW_KINDS)
    page, complaints = window(chromium, live)
    page.goto(live + path)
    keys(page, "21↵2↵")
    page.keyboard.type("Rudern")
    keys(page, "↵12-3")
    save(page, 1)
    phones = office.wave(office.field.measure, questionnaire=questionnaire_from(NEW_KINDS))
    then_now = {"g3__then": ["1"], "g7__then": ["2"], "g3__now": ["refused"], "g7__now": ["3"]}
    ranked = {"wichtig__spiele": ["2"], "wichtig__essen": ["1"]}
    sent(office, phones, {**ranked, "geld__sport": ["2"], "sport": ["Rudern"], **then_now})
    assert stored(office, wave) == stored(office, phones)
    assert texts(office, wave) == ["Rudern"]
    assert complaints == []


def test_the_last_sheet_comes_back(chromium: Browser, office: Office, live: str) -> None:
    """Rule 3."""
    wave, path = asking(office, EVERY_KIND)
    page, _ = window(chromium, live)
    page.goto(live + path)
    keys(page, "2")
    page.keyboard.type("mehr Pausen")
    keys(page, "↵1↵↵↵↵↵1")
    save(page, 1)
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Letzten Bogen zurücknehmen")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("zurückgenommen")
    assert (stored(office, wave), texts(office, wave)) == ([], [])
    expect(page.locator("textarea")).to_have_value("mehr Pausen")
    keys(page, "3↵↓↓↓↓↓↓")
    save(page, 1)
    assert stored(office, wave) == [{"alter": "u14", "gefallen": ["gruppe"], "k1": 3}]
    assert texts(office, wave) == ["mehr Pausen"]


def test_without_a_script(chromium: Browser, office: Office, live: str) -> None:
    """Rule 5."""
    wave, path = asking(office, EVERY_KIND)
    page, _ = window(chromium, live, script=False)
    page.goto(live + path)
    page.locator("input[name=k1][value='']").focus()
    for key in ("ArrowDown", "ArrowDown", "Tab", "Tab", "Space", "Tab", "Tab", "Space", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".paper-count")).to_contain_text("1 ")
    assert stored(office, wave) == [{"gefallen": ["gruppe", "ort"], "k1": 2}]


@pytest.mark.parametrize("locale", ["de-DE", "ar"])
def test_it_fits_into_a_narrow_window(
    chromium: Browser, office: Office, live: str, locale: str
) -> None:
    """Rule 6."""
    _, path = asking(office, NEW_KINDS)
    page, complaints = window(chromium, live, locale=locale, width=320)
    page.goto(live + path)
    keys(page, "2")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.dir") == ("rtl" if locale == "ar" else "ltr")
    assert complaints == []
