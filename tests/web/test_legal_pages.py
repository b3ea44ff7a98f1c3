"""The pages that law expects, and the help card, as a young person reads them.

 1. Every page of a phone has the help card of its network and leads to the four pages; beside a form
    they open in a new tab and say so.
 2. They exist for a survey and for the website, in every language of the page, as valid HTML, small
    enough for a small phone, without a script and without a cookie.
 3. Privacy says the promise, the limits, and the days that are in force; raising SURVEY_POLICY
    changes the text, and what is not asked is not mentioned.
 4. Every law an organisation can live under is named with its authority.
 5. What nobody wrote down is said to be missing, with whom to ask.
 6. Own paragraphs stand there in their languages; a text is data.
 7. A way in with a shared device or a queue says what that means.
 8. Easy German is German alone, says who asks, names the number in force, and claims no test.
 9. Professionals are spoken to politely.
10. A page is drawn once, costs no query of its own, and follows a change of the wave.
11. Codes that lead nowhere are answered as everywhere.
12. Somebody who looks into a legal page while answering loses nothing.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from playwright.sync_api import Page
from sqlalchemy import event

from survey_app.domain.measure import Law
from survey_app.languages import load_languages
from survey_app.storage import schema
from survey_app.storage.database import Database
from tests.fixtures.browser import Phone
from tests.support_field import TODAY, field_in, migrated
from tests.web.questionnaires import EVERY_KIND
from tests.web.site import Site, served, site_asking, site_for
from tests.web.walking import choose

NAMES = ("datenschutz", "impressum", "barrierefreiheit", "leichte-sprache")
TRANSLATED = NAMES[:3]
OFFERED = [language.code for language in load_languages().offered]

OWN = """
network: Kreis Beispiel
languages: [de, en]
help:
  last_checked: '2026-11-01'
  introduction: {de: Hier wird zugehört., en: Somebody listens.}
  contacts:
    - name: Beratung am Markt
      phone: 02162 000-11
      web: https://beratung.example
      for: {de: für alle bis 21, en: up to 21}
    - {name: Ohne Nummer, phone: nach Absprache}
organisations:
  - name: Jugendamt
    imprint:
      address: "Markt 1\\n41747 Viersen"
      represented_by: Frau Beispiel
      email: amt@kreis.example
      phone: 02162 000-12
      more: {de: "Zuständig: <b>der Kreis</b>", en: "In charge: the district"}
    privacy: {law: LAW, officer: Herr Muster, email: datenschutz@kreis.example}
    accessibility:
      state: partial
      checked_on: '2026-11-01'
      feedback: barrieren@kreis.example
      limits: Das Video hat keine Untertitel.
"""


def page(html: str) -> Element:
    """Return a page as a tree; raises if it is not valid HTML."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(html)


def said(html: str) -> str:
    """Return the text of a page, any white space as one space."""
    return " ".join(" ".join(page(html).find("body").itertext()).split())  # type: ignore[union-attr]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Give the operator's folder: what is said about the Jugendamt, under the GDPR."""
    folder = tmp_path / "netzwerke"
    folder.mkdir()
    (folder / "kreis.yaml").write_text(OWN.replace("LAW", "DSGVO"), encoding="utf-8")
    return folder


@pytest.fixture
def told(sqlite_url: str, own: Path) -> Iterator[Site]:
    """Give a site whose network wrote everything down."""
    with site_asking(EVERY_KIND, sqlite_url, networks=own) as opened:
        yield opened


def text_of(site: Site, name: str, language: str = "de") -> str:
    return said(site.get(f"{site.address}/{name}?lang={language}").text)


# Rule 1


def links(html: str) -> list[Element]:
    return list(page(html).iterfind(".//footer//nav//a"))


@pytest.mark.parametrize(
    ("path", "below"),
    [
        (None, "/q/{code}"),
        ("/", ""),
        ("/?code=zu-kurz", ""),
        ("/q/AAAAAAAAAA", ""),
        ("/gibt-es-nicht", ""),
        ("/datenschutz", ""),
        ("/q/{code}/danke", "/q/{code}"),
        ("/q/{code}/impressum", "/q/{code}"),
    ],
)
def test_every_page_leads_to_help_and_to_the_legal_pages(
    site: Site, path: str | None, below: str
) -> None:
    code = site.address.rpartition("/")[2]
    html = site.get(path and path.format(code=code)).text
    below = below.format(code=code)
    assert [link.get("href") for link in links(html)] == [f"{below}/{n}?lang=de" for n in NAMES]
    assert "116 111" in html


def test_beside_a_form_they_open_in_a_new_tab_and_say_so(site: Site) -> None:
    tree = page(site.get().text)
    (hint,) = (each for each in tree.iter("p") if each.get("id") == "new-tab")
    assert "in einem neuen Tab" in "".join(hint.itertext())
    for link in links(site.get().text):
        assert (link.get("target"), link.get("rel")) == ("_blank", "noopener")
        assert link.get("aria-describedby") == "new-tab"
    assert [link.get("target") for link in links(site.get("/").text)] == [None] * 4


def test_card_is_that_of_the_network(told: Site) -> None:
    card = page(told.get().text).find(".//div[@class='contacts']")
    assert card is not None
    assert [each.get("href") for each in card.iter("a")] == [
        "tel:0216200011",
        "https://beratung.example",
        "tel:112",
    ]
    text = " ".join("".join(card.itertext()).split())
    assert text == (
        "Hier wird zugehört. Beratung am Markt 02162 000-11 beratung.example für alle bis 21"
        " Ohne Nummer nach Absprache In Gefahr? Ruf sofort an: 112"
    )
    assert "Somebody listens." in told.get(f"{told.address}?lang=en").text
    assert "Beratung am Markt" not in told.get("/").text


# Rule 2


@pytest.mark.parametrize("language", OFFERED)
@pytest.mark.parametrize("name", NAMES)
def test_page_is_sound_in_every_language(told: Site, name: str, language: str) -> None:
    for path in (f"/{name}", f"{told.address}/{name}"):
        answer = told.get(f"{path}?lang={language}")
        assert answer.status_code == 200
        tree = page(answer.text)
        ids = [element.get("id") for element in tree.iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        assert len(list(tree.iter("h1"))) == 1
        assert list(tree.iter("script")) == []
        assert "Set-Cookie" not in answer.headers


def test_languages_are_those_of_the_survey_and_of_the_website(told: Site) -> None:
    for name in TRANSLATED:
        for path, codes in ((f"{told.address}/{name}", ["de", "en", "ar"]), (f"/{name}", OFFERED)):
            switch = page(told.get(path).text).iterfind(".//header//nav//a")
            assert [each.get("href") for each in switch] == [f"{path}?lang={c}" for c in codes]


SMALL = """() => [...document.querySelectorAll("a:not(.skip), button, summary")]
    .filter(part => part.offsetHeight && Math.min(part.offsetHeight, part.offsetWidth) < 44)
    .map(part => part.outerHTML)"""


@pytest.mark.parametrize("language", ["de", "ar"])
def test_page_fits_a_small_phone_without_a_script(told: Site, phone: Phone, language: str) -> None:
    with served(told.app) as address:
        small = phone(javascript=False).new_page()
        small.set_viewport_size({"width": 320, "height": 568})
        for name in NAMES:
            small.goto(f"{address}{told.address}/{name}?lang={language}")
            small.locator(".help summary").tap()
            assert small.evaluate("document.documentElement.scrollWidth") == 320
            assert small.evaluate(SMALL) == []
        assert small.context.cookies() == []


# Rule 3


def test_privacy_says_what_is_in_force(told: Site) -> None:
    text = text_of(told, "datenschutz")
    for sentence in (
        "Wir speichern, was du antwortest. Wir speichern nicht, wer du bist.",
        "deine IP-Adresse: Ohne sie kommt die Seite nicht zu dir, aber wir schreiben sie nicht auf",
        "Bis 22. November 2026 wird gesammelt.",
        "Die gemischten Bögen bleiben noch 14 Tage, falls wir uns verzählt haben.",
        "Texte aus Textfeldern löschen wir spätestens 90 Tage nach dem Ende.",
        "Danach sehen Fachkräfte im Kreis Beispiel die Ergebnisse von mindestens 5 Personen zusammen.",
        "Fragen zum Angebot: ab 5 Antworten. Fragen dazu",
        "Fragen dazu, wie es dir geht: ab 10 Antworten. Haben weniger als 3 dasselbe geantwortet,",
        "Weitergegeben wird etwas daraus erst ab 10 Antworten und 3 Texten.",
        "Kein Cookie, und keine deiner Antworten.",
        "Wer neben dir sitzt, kann mitlesen.",
        "Du musst nicht mitmachen, und du kannst jede Frage auslassen.",
    ):
        assert sentence in text, sentence
    assert "100" not in text


def test_raised_limits_and_other_days_change_the_text(sqlite_url: str, own: Path) -> None:
    policy = '{"A": {"smallest_block": 9}, "C": {"smallest_cell": 4}, "text_block": 12}'
    raised: dict[str, Any] = {"policy": policy, "recount_days": 0, "text_days": 30}
    with site_asking(EVERY_KIND, sqlite_url, networks=own, **raised) as site:
        for path in (site.address, ""):
            text = said(site.get(f"{path}/datenschutz?lang=de").text)
            assert "Fragen zum Angebot: ab 9 Antworten." in text
            assert "wie es dir geht: ab 10 Antworten. Haben weniger als 4 dasselbe" in text
            assert "erst ab 12 Antworten und 3 Texten." in text
            assert "Gleich nach dem Zählen werden die Bögen gelöscht." in text
            assert "spätestens 30 Tage nach dem Ende." in text
        assert "9 oder mehr Menschen" in text_of(site, "leichte-sprache")


ONE_NUMBER = """
id: eine-zahl
version: 1.0.0
audience: young_people
languages: [de]
title: Eine Zahl
minutes: 1
licence: {class: A, holder: Mitreden}
sections:
  - id: a
    questions: [{id: z, kind: number, maximum: 9, sensitivity: B, text: Wie oft am Handy?}]
"""


def test_what_is_not_asked_is_not_mentioned(sqlite_url: str) -> None:
    with site_asking(ONE_NUMBER, sqlite_url) as site:
        text = text_of(site, "datenschutz")
    assert "Textfeld" not in text
    assert "Fragen zum Angebot" not in text
    assert "Fragen dazu, was du selbst machst: ab 8 Antworten." in text
    assert "von mindestens 8 Personen zusammen" in text


# Rule 4

LAWS = {
    "DSGVO": ("Datenschutz-Grundverordnung (DSGVO)", "Landesbeauftragte für Datenschutz"),
    "KDG": ("Gesetz über den Kirchlichen Datenschutz (KDG)", "Katholisches Datenschutzzentrum"),
    "DSG-EKD": (
        "Datenschutzgesetz der Evangelischen Kirche in Deutschland (DSG-EKD)",
        "Der Beauftragte für den Datenschutz der EKD",
    ),
}


@pytest.mark.parametrize("law", LAWS)
def test_every_law_is_named_with_its_authority(sqlite_url: str, own: Path, law: str) -> None:
    (own / "kreis.yaml").write_text(OWN.replace("LAW", law), encoding="utf-8")
    with site_asking(EVERY_KIND, sqlite_url, networks=own) as site:
        text = text_of(site, "datenschutz")
    name, authority = LAWS[law]
    assert f"Dieses Recht gilt dort: {name}" in text
    assert authority in text
    assert "Fragen zum Datenschutz beantwortet: Herr Muster" in text


@pytest.mark.parametrize("law", list(Law))
def test_without_a_file_the_stored_law_counts(sqlite_url: str, law: Law) -> None:
    with migrated(sqlite_url) as database:
        field = field_in(database, questionnaire=EVERY_KIND)
        with database.write() as connection:
            connection.execute(schema.organisation.update().values(law=law.value))
        with site_for(field) as site:
            text = text_of(site, "datenschutz")
    name, authority = LAWS[law.value]
    assert f"Dieses Recht gilt dort: {name}" in text
    assert authority in text


# Rule 5


def test_what_is_missing_is_said_with_whom_to_ask(site: Site) -> None:
    imprint, privacy, barriers = (
        text_of(site, name) for name in ("impressum", "datenschutz", "barrierefreiheit")
    )
    ask = "Frag bis dahin hier nach: kontakt@beispiel.example"
    missing = "Anschrift und Ansprechperson sind hier noch nicht eingetragen."
    assert f"Jugendamt {missing} {ask}" in imprint
    assert "Wer diese Website betreibt, ist hier noch nicht vollständig eingetragen." in imprint
    assert (
        f"Wer Fragen zum Datenschutz beantwortet, ist hier noch nicht eingetragen. {ask}" in privacy
    )
    assert "Ob die Seiten alle Anforderungen erfüllen, ist hier noch nicht eingetragen." in barriers
    assert f"Wohin du schreiben kannst, ist hier noch nicht eingetragen. {ask}" in barriers
    assert "Ombudsstelle für barrierefreie Informationstechnik" in barriers


def test_what_is_written_down_is_there(told: Site) -> None:
    imprint = text_of(told, "impressum")
    assert (
        "Jugendamt Markt 1 41747 Viersen Vertreten durch: Frau Beispiel Telefon: 02162 000-12"
        " E-Mail: amt@kreis.example" in imprint
    )
    barriers = text_of(told, "barrierefreiheit")
    assert "Zuletzt selbst geprüft am 1. November 2026." in barriers
    assert "Das Video hat keine Untertitel." in barriers
    assert "barrieren@kreis.example" in barriers


OPERATOR = """
network: default
languages: [de]
operator:
  name: Kreisverwaltung
  imprint: {address: Rathaus 1, represented_by: Landrat Muster, email: kreis@kreis.example}
"""


def test_website_says_who_runs_it(sqlite_url: str, own: Path) -> None:
    (own / "betrieb.yaml").write_text(OPERATOR, encoding="utf-8")
    with site_asking(EVERY_KIND, sqlite_url, networks=own) as site:
        for path in ("/impressum", f"{site.address}/impressum"):
            text = said(site.get(path).text)
            assert "Kreisverwaltung Rathaus 1 Vertreten durch: Landrat Muster" in text
        assert "Konten für Fachkräfte" in said(site.get("/datenschutz").text)


# Rule 6


def test_own_paragraphs_stand_there_in_their_languages(told: Site) -> None:
    assert "Zuständig: <b>der Kreis</b>" in text_of(told, "impressum")
    assert "In charge: the district" in text_of(told, "impressum", "en")
    arabic = told.get(f"{told.address}/impressum?lang=ar").text
    assert '<span lang="de" dir="auto">Zuständig: &lt;b&gt;der Kreis' in arabic


# Rule 7


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        ("shared_device", "Nach jedem Abschicken wird die Seite geleert"),
        ("offline_queue", "wartet dein Bogen verschlossen auf dem Gerät"),
    ],
)
def test_way_in_says_what_its_device_keeps(site: Site, option: str, sentence: str) -> None:
    assert sentence not in text_of(site, "datenschutz")
    with site.field.database.write() as connection:
        connection.execute(schema.collector.update().values({option: True}))
    site.clock.now += 6
    assert sentence in text_of(site, "datenschutz")


# Rule 8


def test_easy_german_is_german_alone_and_claims_no_test(told: Site) -> None:
    answer = told.get(f"{told.address}/leichte-sprache?lang=ar", accept_language="ar")
    tree = page(answer.text)
    assert (tree.get("lang"), tree.get("dir")) == ("de-x-leicht", "ltr")
    assert list(tree.iterfind(".//header//nav")) == []
    text = said(answer.text)
    assert "Diese Umfrage kommt von: Jugendamt" in text
    assert "Ein Ergebnis kommt immer von 5 oder mehr Menschen" in text
    assert "Dieser Text ist noch nicht geprüft." in text
    told_there = ["".join(part.itertext()) for part in tree.iterfind(".//section/p")]
    sentences = [each for part in told_there for each in re.split("[.?:]", part)]
    assert max(len(sentence.split()) for sentence in sentences) <= 9


# Rule 9


def test_professionals_are_spoken_to_in_their_register(sqlite_url: str) -> None:
    adult = EVERY_KIND.replace("young_people", "professionals")
    with site_asking(adult, sqlite_url) as site:
        text = text_of(site, "datenschutz")
    assert "Wer neben Ihnen sitzt, kann mitlesen." in text
    assert "Wer neben dir sitzt" not in text


# Rule 10


def queries_of(database: Database, *visits: Any) -> list[int]:
    """Return how many statements each visit takes."""
    seen: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
    counts = []
    for visit in visits:
        seen.clear()
        visit()
        counts.append(len(seen))
    return counts


def test_page_costs_no_query_of_its_own(told: Site) -> None:
    house = told.app.extensions["mitreden"]
    told.get()
    visits = [lambda name=name: told.get(f"{told.address}/{name}") for name in NAMES * 2]
    assert queries_of(house.database, *visits) == [0] * 8


def test_page_follows_a_change_of_the_wave(told: Site) -> None:
    assert "Bis 22. November 2026 wird gesammelt." in text_of(told, "datenschutz")
    with told.field.database.write() as connection:
        connection.execute(schema.wave.update().values(closes_on=TODAY + timedelta(days=9)))
    told.clock.now += 6
    assert "Bis 30. November 2026 wird gesammelt." in text_of(told, "datenschutz")


def test_page_stays_when_the_wave_is_over(told: Site) -> None:
    told.clock.day = date(2027, 6, 1)
    for name in NAMES:
        assert told.get(f"{told.address}/{name}").status_code == 200


# Rule 11


def test_codes_that_lead_nowhere_are_answered_as_everywhere(site: Site) -> None:
    answers = [site.get("/q/AAAAAAAAAA"), *(site.get(f"/q/BBBBBBBBBB/{name}") for name in NAMES)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers}) == 1
    assert site.clock.waits == [0.3] * 5
    assert site.get(f"{site.address}/agb").status_code == 404


# Rule 12


def opened_beside(form: Page, name: str) -> Page:
    """Tap a link at the foot of the form and return the tab that opens."""
    with form.context.expect_page() as opening:
        form.locator("footer").get_by_role("link", name=name).click()
    beside = opening.value
    beside.wait_for_load_state()
    return beside


@pytest.mark.parametrize("javascript", [True, False])
def test_looking_into_a_legal_page_loses_no_answers(
    told: Site, phone: Phone, javascript: bool
) -> None:
    with served(told.app) as address:
        form = phone(javascript=javascript).new_page()
        form.goto(address + told.address)
        choose(form, "k1", 4)
        for name in ("Datenschutz", "Impressum", "Barrierefreiheit", "Leichter Sprache"):
            beside = opened_beside(form, name)
            beside.get_by_role("heading", level=1).wait_for()
            beside.close()
        assert form.locator("input[name=k1][value='4']").is_checked()


def test_page_kept_for_sending_without_a_network_survives_a_legal_page(
    told: Site, phone: Phone
) -> None:
    """The script would take a legal page for the page after sending, and forget the form."""
    with served(told.app) as address:
        form = phone().new_page()
        form.goto(address + told.address)
        choose(form, "k1", 4)
        form.wait_for_function("async () => (await caches.keys()).length > 0")
        opened_beside(form, "Datenschutz")
        assert form.evaluate("async () => (await caches.keys()).length") == 1
