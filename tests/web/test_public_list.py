"""The public list, as everybody reads it.

1. What is off, not published, misspelt or never was is one answer, byte for byte: the 404 of the
   house.
2. Switched off, taken back or changed, it is seen within five seconds; until then a page costs no
   query at all, in any language and however it is narrowed down.
3. No cookie, no script; a browser may keep a page but has to ask again, and hears 304 if nothing has
   changed. Search engines may find the list and every measure, keep no copy, and leave out what was
   narrowed down.
4. The list says title, place, topic and period of each measure and which wishes came true; no result
   stands on it. Choosing takes no script, and the language stays.
5. A measure says what the page behind the code says, in its words for those who were not there:
   what is done first, then what happens now; reach in tens.
6. Nowhere a name of an institution, an internal number, a free text or a count that is not released.
7. Before results, with too few answers, without a commitment and without a measure the pages say so.
8. An old title in an address leads to the new one.
9. The page of the results and the legal pages of a survey lead there as long as it is on; the form
   does not.
10. Titles and wishes are data.
11. On the narrowest phone, in Arabic and by keyboard alone one comes from the list to a measure and
    back.
"""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page
from werkzeug.test import TestResponse

from survey_app.domain.commitment import Status
from survey_app.domain.measure import Publication, Topic
from survey_app.domain.taking_part import NextWay
from survey_app.services import handing_back, measures, public_lists
from survey_app.storage import measures as stored
from survey_app.storage import places
from tests.fixtures.browser import Phone
from tests.support_field import ALBRECHT, TODAY
from tests.web.questionnaires import EVERY_KIND
from tests.web.site import Site, site_asking
from tests.web.test_doors import queries
from tests.web.test_living_code import NO, PAUSES, RESULTS, answers, close, page, promise, said

LIST = "/massnahmen/kreis-beispiel"
# How many links and buttons of a page are too low for a thumb.
LOW = """[...document.querySelectorAll("main a, main summary, main button, main select")].filter(
    (each) => each.getBoundingClientRect().height < 44).length"""
BY = measures.By(ALBRECHT, TODAY)
DONE = replace(PAUSES, wish="Ein Boot.", status=Status.DONE, answer="Es liegt da.", due_on=None)


def publish(site: Site, step: Publication = Publication.PUBLISHED) -> None:
    field = site.field
    assert measures.publish(field.database, field.network, field.measure, step, BY)


def switch_on(site: Site) -> None:
    field = site.field
    public_lists.switch_on(field.database, field.network, today=TODAY, actor=ALBRECHT)


def switch_off(site: Site) -> None:
    field = site.field
    public_lists.switch_off(field.database, field.network, today=TODAY, actor=ALBRECHT)


def rename(site: Site, title: str) -> None:
    field = site.field
    with field.database.write() as connection:
        known = stored.get(connection, field.network, field.measure)
        assert known is not None
        new = replace(known.as_planned(), title=title)
        stored.change(connection, field.network, field.measure, new)


def say_how_to_take_part(site: Site, words: str) -> None:
    field = site.field
    new = NextWay(text=words)
    assert handing_back.say_next_way(field.database, field.network, field.measure, new, BY)


def later(site: Site) -> None:
    site.clock.now += 5


def of_measure(site: Site) -> str:
    """Return the address of the one measure, as the list gives it."""
    (found,) = re.findall(rf'href="({LIST}/[^?"]+)\?lang=\w+"', site.get(LIST).text)
    return str(found)


def text(answer: TestResponse) -> str:
    assert answer.status_code == 200
    return said(page(answer.text).find("body"))  # type: ignore[arg-type]


@pytest.fixture
def public(site: Site) -> Site:
    """Give a site with a published measure, its results out, commitments, and the list on."""
    publish(site)
    switch_on(site)
    answers(site.field, 24, liked=18)
    close(site)
    for each in (PAUSES, NO, DONE):
        promise(site, each)
    site.clock.day = RESULTS
    return site


# Rule 1


def test_what_is_not_public_never_was(public: Site) -> None:
    here = of_measure(public)
    later(public)
    nothing = public.get("/massnahmen/gibt-es-nicht")
    assert nothing.status_code == 404
    key = here.rpartition("-")[2]
    answered = [
        public.get(path)
        for path in (
            f"{LIST}/gibt-es-nicht",
            f"{LIST}/sommercamp-{public.field.measure}",
            f"/massnahmen/gibt-es-nicht/sommercamp-{key}",
            f"{LIST}-2",
            "/massnahmen",
        )
    ]
    publish(public, Publication.APPROVED)
    later(public)
    answered += [public.get(here)]
    publish(public)
    switch_off(public)
    later(public)
    answered += [public.get(LIST), public.get(here)]
    assert {(answer.status_code, answer.data) for answer in answered} == {(404, nothing.data)}


# Rule 2


def test_page_costs_nothing_for_five_seconds(public: Site) -> None:
    for path in (LIST, of_measure(public)):
        public.get(path)
        with queries(public) as seen:
            for query in ("", "?lang=ar", "?lang=en&thema=media_literacy", "?kommune=x"):
                assert public.get(path + query).status_code == 200
        assert seen == []


def test_switching_off_is_seen_within_five_seconds(public: Site) -> None:
    paths = [LIST, of_measure(public)]
    for path in paths:
        public.get(path)
    switch_off(public)
    public.clock.now += 4.9
    assert [public.get(path).status_code for path in paths] == [200, 200]
    public.clock.now += 0.1
    assert [public.get(path).status_code for path in paths] == [404, 404]
    switch_on(public)
    assert [public.get(path).status_code for path in paths] == [200, 200]


def test_change_is_seen_within_five_seconds(public: Site) -> None:
    here = of_measure(public)
    assert "Rampe" not in text(public.get(here))
    promise(public, replace(DONE, wish="Eine Rampe."))
    later(public)
    assert "Eine Rampe." in text(public.get(LIST))
    assert "Eine Rampe." in text(public.get(here))


def test_it_works_behind_the_wall(database_url: str) -> None:
    with site_asking(EVERY_KIND, database_url) as site:
        publish(site)
        switch_on(site)
        answers(site.field, 12, liked=9)
        close(site)
        site.clock.day = RESULTS
        assert "8 von 10 fanden es gut." in text(site.get(of_measure(site)))


# Rule 3


def test_pages_may_be_kept_and_have_to_be_asked_for(public: Site) -> None:
    for path in (LIST, of_measure(public), f"{LIST}?thema=media_literacy"):
        answer = public.get(path)
        assert "Set-Cookie" not in answer.headers
        assert "<script" not in answer.text
        assert answer.headers["Cache-Control"] == "public, no-cache"
        assert answer.headers["Vary"] == "Accept-Language, Accept-Encoding"
        tag = answer.headers["ETag"]
        again = public.get(path, if_none_match=tag)
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
        packed = public.get(path, if_none_match=tag, accept_encoding="gzip")
        assert packed.status_code == 304
        other = public.get(path, if_none_match=tag, accept_language="tr")
        assert other.status_code == 200
    promise(public, replace(DONE, wish="Eine Rampe."))
    tag = public.get(LIST).headers["ETag"]
    later(public)
    assert public.get(LIST, if_none_match=tag).status_code == 200


def test_search_engines_may_find_it(public: Site) -> None:
    def robots(path: str) -> str:
        (found,) = re.findall(r'name="robots" content="([^"]+)"', public.get(path).text)
        return str(found)

    assert robots(LIST) == robots(of_measure(public)) == "index, follow, noarchive"
    assert robots(f"{LIST}?thema=media_literacy") == "noindex, follow, noarchive"
    assert robots(public.address) == "noindex, nofollow"


# Rule 4


def test_list_says_what_there_is_and_no_result(public: Site) -> None:
    told = text(public.get(LIST))
    for words in (
        "Maßnahmen und Erfolge",
        "Beispieldaten",
        "1 Maßnahme",
        "Sommercamp",
        "Brüggen · 21. November 2026",
        "Medienkompetenz",
        "Ein Wunsch wurde wahr: Ein Boot.",
    ):
        assert words in told
    assert "von 10" not in told
    assert "24" not in told


def test_choosing_needs_no_script(public: Site) -> None:
    form = page(public.get(f"{LIST}?lang=tr").text).find(".//main//form")
    assert form is not None
    assert (form.get("method"), form.get("action")) == ("get", LIST)
    assert [each.get("value") for each in form.iter("input")] == ["tr"]
    offered = {
        each.get("name"): [option.get("value") for option in each.iter("option")]
        for each in form.iter("select")
    }
    assert offered == {"kommune": ["", "05166004"], "thema": ["", "media_literacy"]}
    chosen = public.get(f"{LIST}?lang=tr&kommune=05166004&thema=media_literacy").text
    assert "Sommercamp" in chosen
    assert chosen.count(" selected>") == 2
    assert f'href="{LIST}?kommune=05166004&amp;thema=media_literacy&amp;lang=ar"' in chosen


def test_unknown_words_choose_nothing(public: Site) -> None:
    plain = public.get(LIST).text
    for query in ("?kommune=05166999", "?thema=tanzen", "?kommune=%00&thema=<b>", "?seite=7"):
        assert public.get(LIST + query).text == plain


# Rule 5


def test_measure_says_what_the_code_says(public: Site) -> None:
    told = text(public.get(of_measure(public)))
    behind_code = text(public.get())
    for finding in re.findall(r"\d von 10 [^.]+\.", behind_code):
        assert finding in told
    for words in (
        "24 junge Menschen haben geantwortet.",
        "Dabei waren mindestens 30 junge Menschen",
        "Eine Woche am See.",
        "Wie es jungen Menschen geht, steht hier nicht",
    ):
        assert words in told
    assert "von euch" not in told
    order = ["Das hat sich geändert", "Ein Boot.", "Und was passiert jetzt?", PAUSES.wish, NO.wish]
    places = [told.index(words) for words in order]
    assert places == sorted(places)


def test_measure_says_how_to_take_part_next(public: Site) -> None:
    address = of_measure(public)
    assert "So kannst du weiter mitmachen" not in text(public.get(address))
    say_how_to_take_part(public, "Kommt zum Jugendforum im Rathaus.")
    later(public)
    told = text(public.get(address))
    assert told.count("So kannst du weiter mitmachen Kommt zum Jugendforum im Rathaus.") == 1


@pytest.mark.parametrize("language", ["de", "en", "tr", "ar", "uk", "ru"])
def test_pages_are_sound_in_every_language(public: Site, language: str) -> None:
    for path in (LIST, of_measure(public)):
        answer = public.get(f"{path}?lang={language}")
        tree = page(answer.text)
        assert f'<html lang="{language}"' in answer.text
        assert len(tree.findall(".//h1")) == 1
        ids = [each.get("id") for each in tree.iter() if each.get("id")]
        assert len(ids) == len(set(ids))


# Rule 6


def test_nothing_else_is_told(public: Site) -> None:
    for path in (LIST, of_measure(public)):
        html = public.get(path).text
        for secret in ("Schule am See", "GEHEIM", "albrecht", public.code):
            assert secret not in html
        assert not re.search(rf"/{public.field.measure}\b(?!\.)", html)


# Rule 7


def test_pages_say_what_is_missing(site: Site) -> None:
    switch_on(site)
    assert "Noch nichts veröffentlicht." in text(site.get(LIST))
    publish(site)
    later(site)
    assert "Ergebnisse gibt es noch nicht." in text(site.get(of_measure(site)))
    answers(site.field, 4, liked=2)
    close(site)
    later(site)
    here = of_measure(site)
    assert "Ergebnisse ab 5. Dezember 2026" in text(site.get(LIST))
    assert "Ergebnisse gibt es hier ab 5. Dezember 2026" in text(site.get(here))
    site.clock.day = RESULTS
    later(site)
    told = text(site.get(here))
    assert "Es haben weniger als 5 mitgemacht." in told
    assert "Das ist noch nicht entschieden" in told
    assert "von 10" not in told


def test_choice_may_leave_nothing(public: Site) -> None:
    field = public.field
    with field.database.write() as connection:
        known = stored.get(connection, field.network, field.measure)
        assert known is not None
        plan = known.as_planned()
        town = places.add_municipality(connection, field.network, "05166012", "Kempen").id
        other = replace(plan, municipality=town, site=None, topic=Topic.STRESS)
        stored.add(connection, field.network, other)
    told = text(public.get(f"{LIST}?kommune=05166012&thema=media_literacy"))
    assert "Dazu ist noch nichts veröffentlicht. Alle zeigen" in told


# Rule 8


def test_old_title_leads_to_the_new_one(public: Site) -> None:
    before = of_measure(public)
    rename(public, "Herbstcamp für Größere")
    later(public)
    answer = public.get(f"{before}?lang=en")
    key = before.rpartition("-")[2]
    there = f"{LIST}/herbstcamp-fuer-groessere-{key}?lang=en"
    assert (answer.status_code, answer.headers["Location"]) == (302, there)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Herbstcamp" in text(public.get(there))


# Rule 9


def test_other_pages_lead_there_while_it_is_on(public: Site) -> None:
    way = f'href="{LIST}?lang=de"'
    for path in (public.address, f"{public.address}/impressum", of_measure(public)):
        assert way in public.get(path).text
    assert way not in public.get("/impressum").text
    switch_off(public)
    later(public)
    for path in (public.address, f"{public.address}/impressum"):
        assert way not in public.get(path).text


def test_form_leads_nowhere_else(site: Site) -> None:
    publish(site)
    switch_on(site)
    assert LIST not in site.get().text


# Rule 10


def test_titles_and_wishes_are_data(public: Site) -> None:
    rename(public, "<b>Camp</b> {{ 7*7 }}")
    promise(public, replace(DONE, wish='"><script>alert(1)</script>'))
    later(public)
    for path in (LIST, of_measure(public)):
        html = public.get(path).text
        page(html)
        assert "<script" not in html
        assert "&lt;b&gt;Camp&lt;/b&gt; {{ 7*7 }}" in html


# Rule 11


def fits(opened: Page) -> bool:
    return bool(
        opened.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
    )


def test_narrow_phone_in_arabic_by_keyboard(public: Site, live: str, phone: Phone) -> None:
    opened = phone(locale="ar", viewport={"width": 320, "height": 640}).new_page()
    opened.goto(live + LIST)
    assert opened.evaluate("document.dir") == "rtl"
    assert fits(opened)
    opened.locator("#f-thema").focus()
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")
    opened.wait_for_url("**thema=media_literacy**")
    assert opened.evaluate("document.documentElement.lang") == "ar"
    opened.locator(".measures h3 a").focus()
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/sommercamp-*")
    assert fits(opened)
    assert opened.evaluate(LOW) == 0
    opened.locator(".way-on a").focus()
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/kreis-beispiel?lang=ar")
