"""Reading aloud, with a voice that lies on the phone.

The browser's own voices stand behind an interface that is not ours; here something that notes what
it is told stands in for it.

1. A button on each screen where there is a voice of the page's language on the device itself; none
   where there is no voice, where it belongs to somebody else's server, or to another language.
2. It reads what is on the screen in order: stem, heading, question, hint, answers; instead of what
   cannot be read out well, what the author wrote for the voice; German where there is only German.
3. A second tap, another step, the end of the text stop it.
"""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.fixtures.browser import Phone
from tests.web.questionnaires import NEW_KINDS
from tests.web.site import Site, served, site_asking
from tests.web.walking import BACK, choose, go_on, reach, screens

SPEAK = "[data-speak]"
STAND_IN = """(voices) => {
    window.said = [];
    window.silenced = 0;
    window.SpeechSynthesisUtterance = function (text) { this.text = text; };
    const listeners = [];
    const stand_in = {
        voices,
        getVoices: () => stand_in.voices,
        speak: (said) => window.said.push(said),
        cancel: () => window.silenced++,
        addEventListener: (event, listener) => listeners.push(listener),
        arrive: (voices) => { stand_in.voices = voices; listeners.forEach((tell) => tell()); },
    };
    Object.defineProperty(window, "speechSynthesis", {value: stand_in});
}"""
ANNA = {"name": "Anna", "lang": "de-DE", "localService": True}
AMAL = {"name": "Amal", "lang": "ar_001", "localService": True}
CLOUD = {"name": "Wolke", "lang": "de-DE", "localService": False}


def with_voices(phone: Phone, address: str, *voices: object, locale: str = "de-DE") -> Page:
    """Return the page on a phone that has these voices."""
    page = phone(locale=locale).new_page()
    page.add_init_script(f"({STAND_IN})({json.dumps(voices)})")
    page.goto(address)
    return page


def said(page: Page) -> list[list[str]]:
    """Return what was told to which voice since the last time, and forget it."""
    told: list[list[str]] = page.evaluate("said.map(one => [one.text, one.lang, one.voice.name])")
    page.evaluate("said.length = 0")
    return told


@pytest.fixture
def new_kinds(sqlite_url: str) -> Iterator[str]:
    """Serve the kinds with statements, faces and a wording for voices."""
    with site_asking(NEW_KINDS, sqlite_url) as site, served(site.app) as origin:
        yield origin + site.address


# Rule 1


@pytest.mark.parametrize(
    ("voices", "locale", "offered"),
    [
        ([ANNA], "de-DE", True),
        ([AMAL, ANNA], "ar", True),
        ([], "de-DE", False),
        ([CLOUD], "de-DE", False),
        ([AMAL], "de-DE", False),
        ([ANNA], "en-GB", False),
    ],
)
def test_button_is_there_if_a_voice_is(
    site: Site, live: str, phone: Phone, voices: list[object], locale: str, offered: bool
) -> None:
    page = with_voices(phone, live + site.address, *voices, locale=locale)
    seen = {page.locator(SPEAK).is_visible() for shown in screens(page) if shown == "question"}
    assert seen == {offered}


def test_voice_that_comes_later_is_noticed(site: Site, live: str, phone: Phone) -> None:
    page = with_voices(phone, live + site.address)
    reach(page, "#f-k1")
    assert page.locator(SPEAK).is_hidden()
    page.evaluate(f"speechSynthesis.arrive({json.dumps([ANNA])})")
    assert page.locator(SPEAK).is_visible()


def test_phone_without_the_ability(site: Site, live: str, phone: Phone) -> None:
    page = phone().new_page()
    page.add_init_script("Object.defineProperty(window, 'speechSynthesis', {value: undefined})")
    page.goto(live + site.address)
    assert [page.locator(SPEAK).is_visible() for _ in screens(page)] == [False] * 9


# Rule 2


def test_question_is_read_with_hint_and_answers(site: Site, live: str, phone: Phone) -> None:
    page = with_voices(phone, live + site.address, ANNA)
    reach(page, "[name=gefallen]")
    page.locator(SPEAK).tap()
    assert said(page) == [
        ["Was hat dir gefallen?", "de", "Anna"],
        ["Du kannst bis zu 2 Antworten auswählen.", "de", "Anna"],
        ["die Gruppe", "de", "Anna"],
        ["die Themen", "de", "Anna"],
        ["der Ort", "de", "Anna"],
        ["nichts davon", "de", "Anna"],
    ]


def test_statement_is_read_below_its_stem_and_the_voice_has_its_wording(
    new_kinds: str, phone: Phone
) -> None:
    page = with_voices(phone, new_kinds, ANNA)
    reach(page, "#f-g7__now")
    page.locator(SPEAK).tap()
    assert [text for text, _, _ in said(page)] == [
        "Vorher und jetzt",
        "Und jetzt?",
        "Ich frage nach.",
        "stimmt nicht",
        "teils und teils",
        "stimmt",
        "weiß nicht, möchte ich nicht sagen",
    ]


def test_first_question_of_a_section_is_read_with_its_introduction(
    site: Site, live: str, phone: Phone
) -> None:
    page = with_voices(phone, live + site.address, ANNA)
    reach(page, "#f-k1")
    page.locator(SPEAK).tap()
    assert [text for text, _, _ in said(page)][:2] == [
        "Denk an die ganze Zeit zurück.",
        "Das Angebot hat mir insgesamt gefallen.",
    ]


def test_what_is_german_is_read_by_a_german_voice_or_not_at_all(
    site: Site, live: str, phone: Phone
) -> None:
    both = with_voices(phone, live + site.address, AMAL, ANNA, locale="ar")
    one = with_voices(phone, live + site.address, AMAL, locale="ar")
    heard = []
    for page in (both, one):
        reach(page, "#f-alter")
        page.locator(SPEAK).tap()
        heard.append([voice for _, _, voice in said(page)])
    assert heard == [["Anna", "Anna", "Anna", "Anna", "Amal"], ["Amal"]]


# Rule 3


@pytest.mark.parametrize("how", ["tap", "step", "back", "end"])
def test_it_stops(site: Site, live: str, phone: Phone, how: str) -> None:
    page = with_voices(phone, live + site.address, ANNA)
    reach(page, "[name=gefallen]")
    button = page.locator(SPEAK)
    button.tap()
    assert button.inner_text() == "Stopp"
    before = page.evaluate("silenced")
    if how == "tap":
        button.tap()
    elif how == "step":
        go_on(page)
    elif how == "back":
        page.locator(BACK).tap()
        page.locator("#f-k1").wait_for()
    else:
        page.evaluate("said.at(-1).onend()")
    assert page.evaluate("silenced") > before
    assert button.inner_text() == "Vorlesen"


def test_answering_does_not_stop_it(site: Site, live: str, phone: Phone) -> None:
    page = with_voices(phone, live + site.address, ANNA)
    reach(page, "[name=gefallen]")
    page.locator(SPEAK).tap()
    before = page.evaluate("silenced")
    choose(page, "gefallen", "ort")
    assert page.evaluate("silenced") == before
