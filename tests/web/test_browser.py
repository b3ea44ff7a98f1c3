"""The whole way on a phone: from the code to the thank-you page.

1. With and without JavaScript, in German and in English, what was chosen arrives.
2. A first visit costs three requests and at most 30 kB, and shifts nothing.
3. A refused form gets the focus where the summary is, with and without JavaScript; its links lead
   to the fields.
4. A double tap sends once; without a connection nothing is sent and nothing is lost.
5. Nothing is left on the phone: no cookie, no storage.
6. Nothing is wider than the smallest screen; everything to tap is at least 44 points high.
7. Mira reads from right to left; what is not translated says that it is German.
"""

import gettext
from collections.abc import Iterator

import pytest
from babel import Locale

from survey_app.languages import Language, Languages, load_languages
from tests.fixtures.browser import Phone
from tests.support_field import field_in, migrated
from tests.web.questionnaires import EVERY_KIND
from tests.web.site import Site, served, site_for
from tests.web.walking import SEND, choose, reach, send, write

WORDS = {
    "de-DE": ("Los geht’s", "Antworten absenden", "Danke!"),
    "en-GB": ("Let’s go", "Send my answers", "Thank you!"),
}


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("locale", WORDS)
def test_way_from_the_code_to_the_thank_you_page(
    site: Site, live: str, phone: Phone, locale: str, javascript: bool
) -> None:
    go, done, thanks = WORDS[locale]
    page = phone(locale=locale, javascript=javascript).new_page()
    page.goto(live)
    page.locator("#code").fill(site.code.lower())
    page.get_by_role("button", name=go).tap()
    choose(page, "k1", 2)
    write(page, "aendern", "Mehr Pausen")
    choose(page, "gefallen", "gruppe", "ort")
    write(page, "tage", "3")
    choose(page, "m1", 5)
    choose(page, "m2", "refused")
    choose(page, "zufrieden", 10)
    choose(page, "alter", "a14")
    choose(page, "hilfe", "ja")
    reach(page, SEND)
    page.get_by_role("button", name=done).tap()
    page.get_by_role("heading", name=thanks).wait_for()
    assert site.sheets() == [
        {
            "k1": 2,
            "gefallen": ["gruppe", "ort"],
            "tage": 3,
            "m1": 5,
            "m2": "refused",
            "zufrieden": 10,
            "alter": "a14",
            "hilfe": "ja",
        }
    ]
    assert site.count("open_text") == 1
    assert page.context.cookies() == []
    assert page.context.storage_state()["origins"] == []


def test_first_visit_is_small(site: Site, live: str, phone: Phone) -> None:
    page = phone().new_page()
    sizes: list[int] = []

    def measure(request: object) -> None:
        size = request.sizes()  # type: ignore[attr-defined]
        sizes.append(size["responseBodySize"] + size["responseHeadersSize"])

    page.on("requestfinished", measure)
    page.goto(live + site.address, wait_until="networkidle")
    shift = page.evaluate(
        """() => new Promise(done => new PerformanceObserver(list =>
            done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0))
        ).observe({type: "layout-shift", buffered: true}) || setTimeout(() => done(0), 200))"""
    )
    assert len(sizes) == 3
    assert sum(sizes) < 30_000
    assert shift == 0


@pytest.mark.parametrize("javascript", [True, False])
def test_summary_has_the_focus_and_leads_to_the_fields(
    site: Site, live: str, phone: Phone, javascript: bool
) -> None:
    page = phone(javascript=javascript).new_page()
    page.goto(live + site.address)
    choose(page, "k1", 4)
    write(page, "tage", "viele")
    send(page)
    summary = page.locator("[data-summary]:focus")
    summary.wait_for()
    assert page.title().startswith("Fehler:")
    summary.get_by_role("link").tap()
    page.locator("#f-tage:focus").wait_for()
    assert page.locator("#f-tage").input_value() == "viele"
    assert page.locator("input[name=k1][value='4']").is_checked()


def test_double_tap_sends_once(site: Site, live: str, phone: Phone) -> None:
    page = phone().new_page()
    posts: list[str] = []
    page.on("request", lambda request: request.method == "POST" and posts.append(request.url))
    page.goto(live + site.address)
    choose(page, "k1", 4)
    reach(page, SEND)
    page.locator(SEND).evaluate("button => { button.click(); button.click() }")
    page.get_by_role("heading", name="Danke!").wait_for()
    assert len(posts) == 1


def test_without_a_connection_nothing_is_sent_and_nothing_is_lost(
    site: Site, live: str, phone: Phone
) -> None:
    context = phone()
    page = context.new_page()
    page.goto(live + site.address)
    choose(page, "k1", 4)
    reach(page, SEND)
    context.set_offline(True)
    page.locator(SEND).tap()
    page.get_by_role("heading", name="Keine Verbindung").wait_for()
    context.set_offline(False)
    page.get_by_role("heading", name="Danke!").wait_for()
    assert site.sheets() == [{"k1": 4}]


def test_open_help_does_not_lose_answers(site: Site, live: str, phone: Phone) -> None:
    page = phone(javascript=False).new_page()
    page.goto(live + site.address)
    choose(page, "k1", 4)
    page.locator(".help summary").tap()
    assert page.locator(".help a[href='tel:116111']").is_visible()
    assert page.locator("input[name=k1][value='4']").is_checked()


SMALL = """() => [...document.querySelectorAll("button, input:not([type=hidden]), summary, textarea")]
    .map(part => part.closest("label") ?? part)
    .filter(part => part.offsetHeight && Math.min(part.offsetHeight, part.offsetWidth) < 44)
    .map(part => part.outerHTML)"""


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_too_wide_or_too_small(site: Site, live: str, phone: Phone, width: int) -> None:
    page = phone().new_page()
    page.set_viewport_size({"width": width, "height": 568})
    for address in (site.address, "/", "/q/AAAAAAAAAA"):
        page.goto(live + address)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate(SMALL) == []


@pytest.fixture
def arabic_site(sqlite_url: str) -> Iterator[Site]:
    """Give a site that has learned one sentence of Arabic."""
    known = load_languages()
    catalogue = gettext.NullTranslations()
    catalogue.gettext = lambda text: {"Antworten absenden": "أرسل إجاباتي"}.get(text, text)  # type: ignore[method-assign]
    arabic = Language("ar", Locale.parse("ar"), lambda: catalogue)
    languages = Languages({**known.all, "ar": arabic})
    asked = EVERY_KIND.replace("{de: Wie war’s?,", "{de: Wie war’s?, ar: كيف كان؟,")
    with (
        migrated(sqlite_url) as database,
        site_for(field_in(database, questionnaire=asked), languages=languages) as opened,
    ):
        yield opened


def test_mira_reads_from_right_to_left(arabic_site: Site, phone: Phone) -> None:
    with served(arabic_site.app) as address:
        page = phone(locale="ar").new_page()
        page.goto(address + arabic_site.address)
        assert page.locator("html").get_attribute("dir") == "rtl"
        title, question = page.locator("h1"), page.locator("legend").first
        assert title.inner_html().strip() == "كيف كان؟"
        assert question.locator("span").get_attribute("lang") == "de"
        left, right = (
            page.locator(f".bar > :{end}-child").bounding_box() for end in ("last", "first")
        )
        assert left is not None
        assert right is not None
        assert left["x"] < right["x"]
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        choose(page, "k1", 4)
        reach(page, SEND)
        page.get_by_role("button", name="أرسل إجاباتي").tap()
        page.get_by_text("Danke!").wait_for()
    assert arabic_site.sheets() == [{"k1": 4}]
