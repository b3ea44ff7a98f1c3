"""What a person with a phone gets, page by page.

1. A code works as people type it: large or small, with or without its hyphen, from the QR code or
   typed on the start page.
2. Each phase of a wave has its page; a change is seen within five seconds.
3. Each receipt has its status and its page, on both databases.
4. A form that is refused comes back with everything typed, the same submission id, and each problem
   beside its field and in the summary.
5. An answer to a question that was not asked is dropped.
6. Unknown codes are answered alike, byte for byte, and slowly; a second guesser does not wait.
7. A form from another site, a torn form and a form that is too large are refused.
8. Everything of the promise, the help and the language switch stands on the page.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from xml.etree.ElementTree import Element

import html5lib
import pytest
from sqlalchemy import select

from survey_app.services import closing
from survey_app.storage import schema
from tests.support_field import TODAY
from tests.web.questionnaires import EVERY_KIND
from tests.web.site import Site, site_asking, submission_of

ID = "a" * 22
GOOD = {"k1": "2", "aendern": "Mehr Pausen", "gefallen": ["gruppe", "ort"], "tage": "3"}


def page(html: str) -> Element:
    """Return a page as a tree; raises if it is not valid HTML."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(html)


# Rule 1


@pytest.mark.parametrize("start", ["/q/", "/Q/"])
@pytest.mark.parametrize("typed", [str.upper, str.lower, lambda code: f"{code[:5]}-{code[5:]}"])
def test_code_works_as_people_type_it(site: Site, start: str, typed: type[str]) -> None:
    assert "Wie war’s?" in site.get(start + typed(site.code)).text


def test_code_typed_on_the_start_page_leads_to_the_questionnaire(site: Site) -> None:
    answer = site.get(f"/?code= {site.code.lower()} ")
    assert (answer.status_code, answer.headers["Location"]) == (303, site.address)


def test_language_chosen_on_the_start_page_goes_along(site: Site) -> None:
    answer = site.get(f"/?code={site.code}&lang=en")
    assert answer.headers["Location"] == f"{site.address}?lang=en"


def test_typing_error_on_the_start_page_is_explained_and_kept(site: Site) -> None:
    answer = site.get('/?code="><b>0815')
    assert answer.status_code == 422
    field = page(answer.text).find(".//input[@name='code']")
    assert (field.get("value"), field.get("aria-invalid")) == ('"><b>0815', "true")
    assert "So sieht kein Code aus." in answer.text


# Rule 2


def wave(site: Site, *, opens: int, closes: int) -> Site:
    """Move the wave of a site to other days, counted from today."""
    with site.field.database.write() as connection:
        days = {"opens_on": TODAY + timedelta(opens), "closes_on": TODAY + timedelta(closes)}
        connection.execute(schema.wave.update().values(**days))
    return site


@pytest.mark.parametrize(
    ("opens", "closes", "says"),
    [
        (1, 2, "Es geht los am 22. November 2026"),
        (0, 0, "Antworten absenden"),
        (-2, -1, "Diese Umfrage ist zu Ende"),
    ],
)
def test_each_phase_has_its_page(site: Site, opens: int, closes: int, says: str) -> None:
    answer = wave(site, opens=opens, closes=closes).get()
    assert answer.status_code == 200
    assert says in answer.text
    page(answer.text)


def test_change_is_seen_after_five_seconds_and_not_before(site: Site) -> None:
    site.get()
    closing.close_wave(site.field.database, 1, site.field.wave, today=TODAY, actor="test")
    site.clock.now += 4.9
    assert "Antworten absenden" in site.get().text
    site.clock.now += 0.1
    assert "Diese Umfrage ist zu Ende" in site.get().text


# Rule 3


def test_answers_are_counted_once_and_a_retry_is_told_so(site_on_both: Site) -> None:
    first, again = (site_on_both.post(GOOD, submission=ID) for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 200)
    assert "Deine Antworten sind angekommen und zählen mit." in first.text
    assert "Deine Antworten waren schon da." in again.text
    assert site_on_both.count("open_sheet") == 1


def test_other_answers_under_the_same_id_are_a_conflict(site_on_both: Site) -> None:
    site_on_both.post(GOOD, submission=ID)
    answer = site_on_both.post({**GOOD, "k1": "1"}, submission=ID)
    assert answer.status_code == 409
    assert "Deine ersten Antworten zählen." in answer.text
    assert site_on_both.count("open_sheet") == 1


def test_answers_after_closing_are_gone(site_on_both: Site) -> None:
    site_on_both.get()
    database, number = site_on_both.field.database, site_on_both.field.wave
    closing.close_wave(database, site_on_both.field.network, number, today=TODAY, actor="test")
    answer = site_on_both.post(GOOD, submission=ID)
    assert answer.status_code == 410
    assert "Neue Antworten können nicht mehr gezählt werden." in answer.text


def test_answers_before_opening_are_refused(site: Site) -> None:
    answer = wave(site, opens=1, closes=2).post(GOOD, submission=ID)
    assert answer.status_code == 403
    assert "Es geht los am 22. November 2026" in answer.text


def test_thank_you_page_says_what_happens_now_and_where_help_is(site: Site) -> None:
    text = site.post(GOOD).text
    assert "Ab 7. Dezember 2026 steht hier, was herausgekommen ist" in text
    assert text.count("116 111") == 2
    page(text)


# Rule 4

WRONG = {
    "k1": "2",
    "aendern": "Zu lang! " * 10,
    "gefallen": ["gruppe", "nichts"],
    "tage": "<viele>",
    "m1": "4",
}


def test_refused_form_keeps_everything_typed(site: Site) -> None:
    answer = site.post(WRONG, submission=ID)
    assert answer.status_code == 422
    assert submission_of(answer.text) == ID
    tree = page(answer.text)
    checked = [(i.get("name"), i.get("value")) for i in tree.iterfind(".//input[@checked]")]
    assert checked == [("k1", "2"), ("gefallen", "gruppe"), ("gefallen", "nichts"), ("m1", "4")]
    assert tree.find(".//textarea").text == WRONG["aendern"]
    assert tree.find(".//input[@name='tage']").get("value") == "<viele>"
    assert site.count("open_sheet") == 0


def test_each_problem_is_in_the_summary_and_beside_its_field(site: Site) -> None:
    tree = page(site.post(WRONG, submission=ID).text)
    ids = {element.get("id"): element for element in tree.iter() if element.get("id")}
    links = [a.get("href") for a in tree.iterfind(".//div[@data-summary]//a")]
    assert links == ["#f-aendern", "#f-gefallen", "#f-tage"]
    for link in links:
        name = link.removeprefix("#f-")
        (described,) = (
            element
            for element in tree.iter()
            if f"{name}-problem" in (element.get("aria-describedby") or "").split()
        )
        assert described.get("aria-invalid") == "true"
        assert link[1:] in ids
        assert "".join(ids[f"{name}-problem"].itertext()).startswith("Fehler:")


def test_empty_form_comes_back_with_a_hint(site: Site) -> None:
    answer = site.post({}, submission=ID)
    assert answer.status_code == 422
    assert "Du hast noch nichts beantwortet" in answer.text
    assert '<a href="#f-k1">' in answer.text


def test_corrected_form_is_counted(site: Site) -> None:
    refused = site.post(WRONG, submission=ID)
    assert site.post(GOOD, submission=submission_of(refused.text)).status_code == 200


def test_every_description_refers_to_something_on_the_page(site: Site) -> None:
    for html in (site.get().text, site.post(WRONG).text, site.post({}).text):
        tree = page(html)
        ids = [element.get("id") for element in tree.iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        for element in tree.iter():
            for name in ("aria-describedby", "aria-labelledby", "for"):
                assert set((element.get(name) or "").split()) <= set(ids)


# Rule 5


def test_answer_to_a_question_that_was_not_asked_is_dropped(site: Site) -> None:
    site.post({"k1": "5", "aendern": "Geheim", "alter": "u14", "hilfe": "nein"})
    assert (site.count("open_sheet"), site.count("open_text")) == (1, 0)
    with site.field.database.read() as connection:
        (answers,) = connection.execute(select(schema.open_sheet.c.answers)).scalars()
    assert answers == '{"alter":"u14","k1":5}'


# Rule 6


@pytest.mark.parametrize("method", ["get", "post"])
def test_unknown_codes_are_answered_alike(site: Site, method: str) -> None:
    codes = ["AAAAAAAAAA", "BBBBB-BBBBB", "zu-kurz", "I0I0I0I0I0", "%22%3E%3Cscript%3E"]
    answers = [getattr(site.client, method)(f"/q/{code}") for code in codes]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers}) == 1
    assert site.clock.waits == [0.3] * len(codes)
    page(answers[0].text)


def test_nobody_waits_behind_a_guesser(site: Site) -> None:
    others: list[int] = []

    def meanwhile() -> None:
        others.extend(site.get(path).status_code for path in (None, "/q/BBBBBBBBBB"))

    site.clock.meanwhile = meanwhile
    assert site.get("/q/AAAAAAAAAA").status_code == 404
    assert (others, site.clock.waits) == ([200, 404], [0.3])


# Rule 7


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec_Fetch_Site": "same-origin"}, 200),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Origin": "https://boese.example"}, 403),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "http://127.0.0.1:8000"}, 200),
        ({"Origin": "null"}, 200),
    ],
)
def test_form_from_another_site_is_refused(
    site: Site, headers: dict[str, str], status: int
) -> None:
    assert site.post(GOOD, submission=ID, **headers).status_code == status
    assert site.count("open_sheet") == (status == 200)


@pytest.mark.parametrize("submission", ["", "kurz", "a" * 23, "ä" * 22, f"{'a' * 21}'"])
def test_form_without_a_submission_id_is_refused(site: Site, submission: str) -> None:
    assert site.post(GOOD, submission=submission).status_code == 400
    assert site.count("open_sheet") == 0


def test_form_that_is_too_large_is_refused(site: Site) -> None:
    assert site.post({"aendern": "x" * 70_000}, submission=ID).status_code == 413
    many = {f"n{number}": "" for number in range(1001)}
    assert site.post(many, submission=ID).status_code == 413


# Rule 8


def test_promise_stands_before_the_first_question_with_the_number_in_force(site: Site) -> None:
    text = site.get().text
    promise = "Ergebnisse gibt es nur von mindestens 5 Personen zusammen"
    assert 0 < text.index(promise) < text.index('name="k1"')
    assert text.index("Wer neben dir sitzt, kann mitlesen.") < text.index('name="k1"')


def test_raised_threshold_raises_the_promise(sqlite_url: str) -> None:
    policy = '{"A": {"smallest_block": 9}}'
    with site_asking(EVERY_KIND, sqlite_url, policy=policy) as site:
        assert "von mindestens 9 Personen zusammen" in site.get().text


def test_every_free_text_says_before_it_that_nobody_reads_along(site: Site) -> None:
    tree = page(site.get().text)
    (area,) = tree.iterfind(".//textarea")
    hint = next(e for e in tree.iter() if e.get("id") == area.get("aria-describedby"))
    assert "Schreib keine Namen auf" in "".join(hint.itertext())
    assert "Niemand liest hier gerade mit" in "".join(hint.itertext())


@pytest.mark.parametrize("path", [None, "/", "/q/AAAAAAAAAA"])
def test_help_is_on_every_page(site: Site, path: str | None) -> None:
    assert "116 111" in site.get(path).text


def test_invented_data_say_so(site: Site) -> None:
    assert "Beispieldaten" in site.get().text
    assert "Beispieldaten" in site.post(GOOD).text


@pytest.fixture
def professionals(sqlite_url: str) -> Iterator[Site]:
    """Give a wave for grown-ups."""
    adult = EVERY_KIND.replace("young_people", "professionals")
    with site_asking(adult, sqlite_url) as opened:
        yield opened


def test_professionals_are_spoken_to_politely(professionals: Site) -> None:
    text = professionals.get().text + professionals.post(WRONG).text
    assert "Das versprechen wir Ihnen" in text
    assert "Bitte geben Sie eine ganze Zahl ein" in text
    assert "Das versprechen wir dir" not in text
    assert '<html lang="de" dir="ltr">' in text


def test_date_of_today_is_asked_for_with_every_form(site: Site) -> None:
    site.get()
    site.clock.day = date(2026, 11, 23)
    assert site.post(GOOD, submission=ID).status_code == 410
