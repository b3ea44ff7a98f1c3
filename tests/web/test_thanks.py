"""The page after sending has an address of its own: for a reload, and for another language.

1. Its sentence is true for everybody who comes there, whether they have sent something or not.
2. The language switch of every page of thanks leads there, and not to an empty form.
3. When the wave is not open it leads on to what the code shows now, in the same language.
4. An unknown code is answered as everywhere.
"""

import re
from datetime import timedelta

import pytest

from survey_app.services import closing
from survey_app.storage import schema
from tests.fixtures.browser import Phone
from tests.support_field import TODAY
from tests.web.site import Site
from tests.web.walking import choose, send

LINK = re.compile(r'<a href="([^"]+)" hreflang="(\w+)"')


# Rule 1


@pytest.mark.parametrize("start", ["/q/", "/Q/"])
def test_sentence_is_true_for_everybody(site: Site, start: str) -> None:
    answer = site.get(f"{start}{site.code}/danke")
    assert answer.status_code == 200
    assert "Was abgeschickt und bestätigt wurde, zählt genau einmal." in answer.text
    assert "Deine Antworten sind angekommen" not in answer.text
    assert 'name="submission"' not in answer.text


# Rule 2


def test_other_languages_are_thanks_too(site: Site) -> None:
    wanted = {f"{site.address}/danke?lang={code}" for code in ("de", "en", "ar")}
    for html in (site.get(f"{site.address}/danke").text, site.post({"k1": "2"}).text):
        links = dict(LINK.findall(html))
        assert set(links) == wanted
        assert f'data-address="{site.address}/danke?lang=de"' in html
    assert "Thank you!" in site.get(f"{site.address}/danke?lang=en").text


def test_reload_and_another_language_after_sending(site: Site, live: str, phone: Phone) -> None:
    page = phone().new_page()
    page.goto(live + site.address)
    choose(page, "k1", 4)
    send(page)
    page.get_by_text("Deine Antworten sind angekommen und zählen mit.").wait_for()
    assert page.url == f"{live}{site.address}/danke?lang=de"
    page.reload()
    page.get_by_text("Was abgeschickt und bestätigt wurde, zählt genau einmal.").wait_for()
    page.locator("[hreflang=en]").tap()
    page.get_by_role("heading", name="Thank you!").wait_for()
    assert site.count("open_sheet") == 1


# Rule 3


def test_after_closing_it_leads_to_what_the_code_shows(site: Site) -> None:
    closing.close_wave(site.field.database, 1, site.field.wave, today=TODAY, actor="test")
    answer = site.get(f"{site.address}/danke?lang=en")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{site.address}?lang=en")


def test_before_opening_it_leads_to_what_the_code_shows(site: Site) -> None:
    days = {"opens_on": TODAY + timedelta(1), "closes_on": TODAY + timedelta(2)}
    with site.field.database.write() as connection:
        connection.execute(schema.wave.update().values(**days))
    assert site.get(f"{site.address}/danke").status_code == 303


# Rule 4


def test_unknown_code_is_answered_as_everywhere(site: Site) -> None:
    known, here = (site.get(f"/q/AAAAAAAAAA{end}") for end in ("", "/danke"))
    assert (here.status_code, here.data) == (404, known.data)
    assert site.clock.waits == [0.3, 0.3]
