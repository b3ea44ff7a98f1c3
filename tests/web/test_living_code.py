"""One printed code, from the day it is hung up to long after: planned, open, closed, results.

1. In every state and language the code answers 200 with a sound page that says what comes next;
   also months later, when sheets and texts are destroyed.
2. Before: what this is, who asks, when it opens, how long it takes, the promise, and what becomes
   of the answers. After: that it is over, from when there are results, whom to ask.
3. The results appear by themselves on their day. They are said in words with bars: exactly so many
   steps are full. With twelve and with twenty-four; below ten without a figure, below the smallest
   block without anything. Professionals get a sober page that says "Sie".
4. What happens now is on the page: what was said, what becomes of it, how far it is, until when,
   who sees to it, and why not. Without a commitment: that it is not decided, and who decides.
5. A changed day or commitment is seen within five seconds; the page is drawn once, and costs
   nothing more; an open wave is not asked for results at all.
6. No count, no free text and nothing of a withheld question is on the page; what staff wrote is
   shown as it stands.
7. On a phone, with and without scripts: nothing is too wide or too small to tap, the way from
   closed to the results works, and in Arabic bars grow from the right.
8. What was written stands there as themes once people have read it, beside what happens now, and
   how to take part next, until its day is over. The link is external and names its host.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
import pytest
from playwright.sync_api import Page

from survey_app.domain.commitment import NewCommitment, Status
from survey_app.domain.taking_part import NextWay, Way
from survey_app.domain.voices import Reviewed, ReviewedText, ReviewedTheme
from survey_app.services import closing, handing_back, promising, retention, returning
from survey_app.services.acting import By
from survey_app.storage import reviews, schema
from tests.fixtures.browser import Phone
from tests.support_field import ALBRECHT, TODAY, Field
from tests.web.questionnaires import EVERY_KIND
from tests.web.site import Site, served, site_asking
from tests.web.test_doors import queries

DAY = timedelta(days=1)
RESULTS = TODAY + 14 * DAY
PAUSES = NewCommitment(
    wish="Mehr Pausen, und zwar lange.",
    status=Status.STARTED,
    answer="Nach jedem Block gibt es eine halbe Stunde frei.",
    office="Jugendhilfe, Team Freizeit",
    due_on=date(2027, 3, 1),
    decided_on=TODAY,
)
NO = replace(
    PAUSES,
    wish="Handys den ganzen Tag.",
    status=Status.DECLINED,
    answer="",
    reason="Am Abend sollen alle da sein.",
    due_on=None,
)


def answers(field: Field, count: int, *, liked: int) -> None:
    """Let `count` people answer, of whom `liked` liked it; each writes something secret."""
    for number in range(count):
        field.send(
            {
                "k1": ["5" if number < liked else "1"],
                "aendern": ["GEHEIM"],
                "m1": ["4" if number < 9 else "2"],
                "m2": ["refused"],
                "zufrieden": ["9" if number % 2 else "3"],
                "alter": ["a14"],
            }
        )


def close(site: Site) -> Site:
    field = site.field
    closing.close_wave(field.database, field.network, field.wave, today=TODAY, actor=ALBRECHT)
    return site


def with_results(site: Site, count: int = 24, *, liked: int = 18) -> Site:
    """Let people answer, close, and move on to the day of the results."""
    answers(site.field, count, liked=liked)
    close(site).clock.day = RESULTS
    return site


def promise(site: Site, new: NewCommitment) -> int:
    field = site.field
    number = promising.promise(
        field.database, field.network, field.measure, new, today=TODAY, actor=ALBRECHT
    )
    assert number is not None
    return number


def page(html: str) -> Element:
    """Return a page as a tree; raises if it is not valid HTML."""
    tree: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    return tree


def said(element: Element) -> str:
    """Return the text of an element, any white space as one space."""
    return " ".join(" ".join(element.itertext()).split())


def main(site: Site, path: str | None = None) -> str:
    """Return the text of the content of the page behind the code."""
    answer = site.get(path)
    assert answer.status_code == 200
    found = page(answer.text).find(".//main")
    assert found is not None
    return said(found)


# Rule 1


def planned(site: Site) -> None:
    with site.field.database.write() as connection:
        days = {"opens_on": TODAY + DAY, "closes_on": TODAY + 3 * DAY}
        connection.execute(schema.wave.update().values(**days))


def ended(site: Site) -> None:
    site.clock.day = TODAY + 2 * DAY


def long_after(site: Site) -> None:
    with_results(site)
    promise(site, PAUSES)
    promise(site, NO)
    site.clock.day = TODAY + 400 * DAY
    gone = retention.forget(site.field.database, site.clock.day, recount_days=14, text_days=90)
    assert gone > 24


STATES = {
    "planned": planned,
    "open": lambda site: None,
    "ended": ended,
    "closed": close,
    "results": with_results,
    "nine": lambda site: with_results(site, 9, liked=5),
    "four": lambda site: with_results(site, 4, liked=2),
    "nobody": lambda site: with_results(site, 0, liked=0),
    "long after": long_after,
}
TITLES = {"de": 'dir="ltr"', "en": 'dir="ltr"', "ar": 'dir="rtl"'}


@pytest.mark.parametrize("language", TITLES)
@pytest.mark.parametrize("state", STATES)
def test_code_always_leads_somewhere(site: Site, state: str, language: str) -> None:
    STATES[state](site)
    for start in ("/q/", "/Q/"):
        answer = site.get(f"{start}{site.code}?lang={language}")
        assert answer.status_code == 200
        assert f'<html lang="{language}" {TITLES[language]}>' in answer.text
        tree = page(answer.text)
        assert len(tree.findall(".//h1")) == 1
        assert "Sommercamp" in answer.text
        assert "116 111" in answer.text
        levels = [int(each) for each in re.findall(r"<h([1-6])", answer.text)]
        assert all(below - above <= 1 for above, below in pairwise(levels))
        ids = [each.get("id") for each in tree.iter() if each.get("id")]
        assert len(ids) == len(set(ids))
        assert not re.search(r"<style|style=|<script>|\son\w+=", answer.text)


def test_change_of_state_needs_nobody(site: Site) -> None:
    answers(site.field, 24, liked=18)
    close(site)
    seen = []
    for day in (TODAY, RESULTS - DAY, RESULTS):
        site.clock.day = day
        site.clock.now += 5
        seen.append(main(site))
    assert ["Ergebnisse gibt es hier ab" in each for each in seen] == [True, True, False]
    assert "8 von 10 fanden es gut." in seen[-1]


# Rule 2


def test_planned_page_says_what_comes(site: Site) -> None:
    planned(site)
    text = main(site)
    for words in (
        "Wie war’s?",
        "Es geht los am 22. November 2026",
        "Mitmachen kannst du bis 24. November 2026, mit demselben Code.",
        "Es fragen: Jugendamt , Kreis Beispiel",
        "etwa 3 Minuten",
        "Das versprechen wir dir",
        "Bis 24. November 2026 wird gesammelt. So lange sieht niemand Ergebnisse.",
        "Bei weniger als 5 Antworten zeigen wir nichts.",
        "Ab 9. Dezember 2026 steht hier, was herausgekommen ist und was sich ändert.",
    ):
        assert words in text


def test_closed_page_says_when_and_whom_to_ask(site: Site) -> None:
    close(site)
    site.clock.now += 5
    text = main(site)
    for words in (
        "Diese Umfrage ist zu Ende",
        "Ergebnisse gibt es hier ab 5. Dezember 2026",
        "Frag nach, was herausgekommen ist und was sich ändert: Jugendamt",
        "So erreichst du uns: kontakt@beispiel.example",
    ):
        assert words in text


def test_wave_that_is_over_and_not_counted_says_so(site: Site) -> None:
    answers(site.field, 24, liked=18)
    ended(site)
    text = main(site)
    assert "Diese Umfrage ist zu Ende" in text
    assert "Jetzt wird gezählt" in text
    assert "Ergebnisse gibt es hier frühestens am 7. Dezember 2026." in text
    site.clock.day = TODAY + 90 * DAY
    site.clock.now += 5
    assert "von 10" not in main(site)


def test_who_sends_too_late_is_led_to_the_results(site: Site) -> None:
    with_results(site)
    answer = site.post({"k1": "5"}, submission="a" * 22)
    assert answer.status_code == 410
    assert "Neue Antworten können nicht mehr gezählt werden." in answer.text
    link = page(answer.text).find(".//main//a[@class='button button-primary']")
    assert link is not None
    assert link.get("href") == site.address


# Rule 8


def conclude(site: Site) -> None:
    kept = Reviewed(
        read=20,
        texts=(ReviewedText(text="GEHEIM", chosen=True),),
        themes=(ReviewedTheme(label="Mehr <Pausen>", count=12),),
    )
    field = site.field
    with field.database.write() as connection:
        reviews.conclude(connection, field.network, field.wave, "aendern", kept, TODAY)


def say(site: Site, new: NextWay) -> None:
    field, by = site.field, By(ALBRECHT, TODAY)
    assert handing_back.say_next_way(field.database, field.network, field.measure, new, by)


def test_what_was_written_stands_beside_what_happens_now(site: Site) -> None:
    with_results(site)
    promise(site, PAUSES)
    assert "Das habt ihr gesagt" not in main(site)
    conclude(site)
    site.clock.now += 5
    tree = page(site.get().text)
    both = tree.find(".//div[@class='heard-and-now']")
    assert both is not None
    headings = [said(each) for each in both.iter("h2")]
    assert headings == ["Das habt ihr gesagt", "Und was passiert jetzt?"]
    theme = both.find("section/ul/li")
    assert theme is not None
    assert said(theme) == "Mehr <Pausen> 12-mal genannt"
    assert both.find(".//bdi[@lang='de']") is not None
    assert "GEHEIM" not in site.get().text


def test_too_few_are_not_quoted(site: Site) -> None:
    with_results(site, 4, liked=3)
    conclude(site)
    assert "Das habt ihr gesagt" not in main(site)


def test_how_to_take_part_next(site: Site) -> None:
    with_results(site)
    day = RESULTS + 2 * DAY
    link = "https://www.jugendforum.example/termine?a=1&b=2"
    say(site, NextWay(way=Way.MEETING, text="17 Uhr <b>", day=day, link=link))
    text = main(site)
    for words in (
        "So kannst du weiter mitmachen Das nächste Treffen ist am 7. Dezember 2026. Komm dazu!",
        "17 Uhr <b> www.jugendforum.example Das ist eine andere Seite.",
    ):
        assert words in text
    found = page(site.get().text).find(".//main//a[@rel='noreferrer external']")
    assert found is not None
    assert found.get("href") == link
    site.clock.day = day + DAY
    site.clock.now += 5
    assert "So kannst du weiter mitmachen" not in main(site)


# Rule 3


def bars(site: Site) -> list[tuple[str, int, int]]:
    """Return the words of each finding, and how many steps of its bar are full or perhaps."""
    found = page(site.get().text).findall(".//li[@class='finding']")
    return [
        (
            said(each.find("p[@class='finding-said']")),  # type: ignore[arg-type]
            len(each.findall(".//i[@class='full']")),
            len(each.findall(".//i[@class='perhaps']")),
        )
        for each in found
    ]


AGREE = "sagen: „stimmt eher / stimmt genau“."


def test_twenty_four_answers_in_words_and_bars(site: Site) -> None:
    with_results(site, 24, liked=18)
    assert "24 von euch haben mitgemacht." in main(site)
    assert bars(site) == [("8 von 10 fanden es gut.", 8, 0), (f"4 von 10 {AGREE}", 4, 0)]


def test_twelve_answers_in_words_and_bars(site: Site) -> None:
    with_results(site, 12, liked=12)
    assert "12 von euch haben mitgemacht." in main(site)
    assert bars(site) == [
        ("Mindestens 9 von 10 fanden es gut.", 9, 1),
        (f"8 von 10 {AGREE}", 8, 0),
    ]
    assert "Bei 1 Frage steht hier nichts: Zu wenige haben sie beantwortet." in main(site)


def test_nine_answers_have_no_figure(site: Site) -> None:
    with_results(site, 9, liked=5)
    assert bars(site) == []
    assert "9 von euch haben mitgemacht." in main(site)
    assert "Ergebnisse in Zahlen zeigen wir hier erst ab 10 Antworten." in main(site)


def test_too_few_are_thanked_and_protected(site: Site) -> None:
    with_results(site, 4, liked=3)
    text = main(site)
    assert bars(site) == []
    for words in (
        "Danke fürs Mitmachen!",
        "Ihr wart zu wenige für Zahlen",
        "Es haben weniger als 5 mitgemacht.",
        "Das liegt nicht an dir.",
        "Das ist noch nicht entschieden",
    ):
        assert words in text
    assert "Auswertungsbogen" not in text


@pytest.mark.parametrize("count", range(4))
def test_pages_of_too_few_are_alike(site: Site, count: int, sqlite_url: str) -> None:
    """Nothing on the page depends on how many they were or what they said."""
    with_results(site, count, liked=count)
    with site_asking(EVERY_KIND, sqlite_url.replace("mitreden", "other")) as other:
        with_results(other, 4, liked=0)
        mine, theirs = (
            each.get().text.replace(each.address.removeprefix("/q/"), "") for each in (site, other)
        )
    assert mine == theirs


@pytest.fixture
def professionals(sqlite_url: str) -> Iterator[Site]:
    """Give a wave for grown-ups."""
    adult = EVERY_KIND.replace("young_people", "professionals")
    with site_asking(adult, sqlite_url) as opened:
        yield opened


def test_professionals_get_a_sober_page(professionals: Site) -> None:
    with_results(professionals, 12, liked=6)
    promise(professionals, PAUSES)
    professionals.clock.now += 5
    html = professionals.get().text
    assert "12 Fachkräfte haben geantwortet." in main(professionals)
    assert 'class="findings sober"' in html
    assert "Das wurde gesagt" in html
    assert "Ihr habt gesagt" not in html
    assert bars(professionals)[0] == ("5 von 10 fanden es gut.", 5, 0)


# Rule 4


def commitments(site: Site) -> list[str]:
    return [said(each) for each in page(site.get().text).findall(".//article")]


def test_what_happens_now_is_on_the_page(site: Site) -> None:
    with_results(site)
    for new in (
        NO,
        PAUSES,
        replace(PAUSES, wish="Essen ohne Fleisch.", status=Status.DONE, due_on=None),
        replace(PAUSES, wish="Ein Raum.", status=Status.PLANNED, due_on=date(2027, 1, 5)),
    ):
        promise(site, new)
    answer, facts = PAUSES.answer, f"Zuständig {PAUSES.office} Entschieden am 21. November 2026"
    assert commitments(site) == [
        (
            f"Ihr habt gesagt Ein Raum. geplant Das machen wir {answer}"
            f" Bis wann 5. Januar 2027 {facts}"
        ),
        (
            f"Ihr habt gesagt Mehr Pausen, und zwar lange. angefangen Das machen wir {answer}"
            f" Bis wann 1. März 2027 {facts}"
        ),
        f"Ihr habt gesagt Essen ohne Fleisch. erledigt Das haben wir gemacht {answer} {facts}",
        (
            "Ihr habt gesagt Handys den ganzen Tag. geht nicht Das geht leider nicht. Der Grund:"
            f" Am Abend sollen alle da sein. {facts}"
        ),
    ]


def test_without_a_commitment_the_page_says_who_decides(site: Site) -> None:
    with_results(site)
    text = main(site)
    assert "Das ist noch nicht entschieden Was sich ändert, entscheidet: Jugendamt" in text


def test_where_too_few_answered_nobody_said_anything(site: Site) -> None:
    with_results(site, 3, liked=1)
    promise(site, PAUSES)
    site.clock.now += 5
    assert commitments(site)[0].startswith("Darum geht es Mehr Pausen")
    assert "gesagt" not in commitments(site)[0]


# Rule 5


def test_changed_commitment_is_seen_within_five_seconds(site: Site) -> None:
    with_results(site)
    number = promise(site, PAUSES)
    assert "angefangen" in commitments(site)[0]
    field = site.field
    known = promising.find(field.database, field.network, field.measure, number)
    assert known is not None
    done = replace(PAUSES, status=Status.DONE, due_on=None)
    promising.change(field.database, known, done, today=TODAY, actor=ALBRECHT)
    site.clock.now += 4.9
    assert "angefangen" in commitments(site)[0]
    site.clock.now += 0.1
    assert "erledigt" in commitments(site)[0]


def test_moved_day_is_seen_within_five_seconds(site: Site) -> None:
    answers(site.field, 24, liked=18)
    close(site)
    assert "ab 5. Dezember 2026" in main(site)
    field = site.field
    for day, words in ((TODAY + 30 * DAY, "ab 21. Dezember 2026"), (TODAY, "8 von 10")):
        returning.set_results_day(
            field.database, field.network, field.wave, day, today=TODAY, actor=ALBRECHT
        )
        site.clock.now += 5
        assert words in main(site)


def test_results_from_memory_cost_no_query(site: Site) -> None:
    with_results(site)
    site.get()
    site.get(accept_language="en")
    with queries(site) as seen:
        first, again = site.get(), site.get(accept_language="en", accept_encoding="gzip")
    assert (first.status_code, again.status_code, seen) == (200, 200, [])


def test_open_wave_is_not_asked_for_results(site: Site) -> None:
    with queries(site) as seen:
        site.get()
    asked = " ".join(seen)
    assert ("FROM block" in asked, "FROM commitment" in asked) == (False, False)


# Rule 6


def test_no_count_and_no_text_is_on_the_page(site: Site) -> None:
    """24 answered: 17 liked it, 9 recognise ads, 12 are unhappy, 7 wrote what is nobody's business."""
    with_results(site, 24, liked=17)
    assert site.count("review_text") == 7
    text = main(site)
    assert "GEHEIM" not in site.get().text
    assert {int(each) for each in re.findall(r"\d+", text)} == {1, 4, 7, 10, 24}
    assert "%" not in text


@pytest.mark.parametrize("language", ["de", "en", "ar"])
def test_how_people_feel_is_on_no_page(site: Site, language: str) -> None:
    """Sixty answered how happy they are: the sheet may show it, the corridor does not."""
    with_results(site, 60, liked=30)
    html = site.get(f"{site.address}?lang={language}").text
    assert "Wie zufrieden bist du" not in html
    assert "How happy are you" not in html


HOSTILE = "{{7*7}}<script>alert(1)</script>\"'><img src=x onerror=alert(1)>%(n)s"


def test_what_staff_wrote_is_shown_as_it_stands(site: Site) -> None:
    with_results(site)
    promise(site, replace(PAUSES, wish=HOSTILE, answer=HOSTILE, office=HOSTILE))
    promise(site, replace(NO, reason=HOSTILE))
    tree = page(site.get().text)
    assert said(tree).count(HOSTILE) == 4
    assert [each for each in tree.iter() if each.tag == "img"] == []
    assert [each for each in tree.iter("script") if not each.get("src")] == []


# Rule 7

SMALL = """() => [...document.querySelectorAll("main a, main button, main summary")]
    .filter(part => part.offsetHeight && Math.min(part.offsetHeight, part.offsetWidth) < 44)
    .map(part => part.outerHTML)"""


def fits(opened: Page, width: int) -> None:
    assert opened.evaluate("document.documentElement.scrollWidth") == width
    assert opened.evaluate(SMALL) == []


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [320, 390])
def test_way_from_closed_to_the_results(
    site: Site, live: str, phone: Phone, width: int, javascript: bool
) -> None:
    answers(site.field, 24, liked=18)
    promise(close(site), PAUSES)
    opened = phone(javascript=javascript).new_page()
    opened.set_viewport_size({"width": width, "height": 568})
    opened.goto(live + site.address)
    opened.get_by_text("Ergebnisse gibt es hier ab 5. Dezember 2026").wait_for()
    fits(opened, width)
    site.clock.day = RESULTS
    site.clock.now += 5
    opened.reload()
    opened.get_by_role("heading", name="Das kam heraus").wait_for()
    assert opened.locator(".finding").first.inner_text().split() == [
        "8",
        "von",
        "10",
        "fanden",
        "es",
        "gut.",
    ]
    opened.get_by_role("heading", name="Und was passiert jetzt?").scroll_into_view_if_needed()
    assert opened.get_by_text("angefangen").is_visible()
    fits(opened, width)
    assert opened.context.cookies() == []
    assert opened.context.storage_state()["origins"] == []


def test_further_findings_open_without_scripts(sqlite_url: str, phone: Phone) -> None:
    more = "\n".join(
        f"      - {{id: x{n}, kind: rating, scale: agreement, text: Aussage {n}.}}"
        for n in range(4)
    )
    asked = EVERY_KIND.replace(
        "  - id: person\n", f"  - id: mehr\n    questions:\n{more}\n  - id: person\n"
    )
    with site_asking(asked, sqlite_url) as site, served(site.app) as live:
        for _ in range(12):
            site.field.send({"k1": ["5"], **{f"x{n}": ["4"] for n in range(4)}})
        close(site).clock.day = RESULTS
        opened = phone(javascript=False).new_page()
        opened.goto(live + site.address)
        last = opened.get_by_text("Aussage 3.")
        assert not last.is_visible()
        opened.get_by_text("2 weitere Ergebnisse").tap()
        assert last.is_visible()


def test_mira_sees_bars_that_grow_from_the_right(site: Site, live: str, phone: Phone) -> None:
    with_results(site, 24, liked=18)
    opened = phone(locale="ar").new_page()
    opened.goto(live + site.address)
    assert opened.locator("html").get_attribute("dir") == "rtl"
    steps = opened.locator(".tenths").first.locator("i")
    places = [box["x"] for box in (step.bounding_box() for step in steps.all()) if box]
    full = [step.get_attribute("class") == "full" for step in steps.all()]
    assert places == sorted(places, reverse=True)
    assert full == [True] * 8 + [False] * 2
    fits(opened, 390)
