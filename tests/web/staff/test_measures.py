"""What staff see of measures and waves.

1. The list shows every measure of the network with its waves, phase and numbers; an empty one says
   what to do first.
2. While a wave is open a number of answers is all there is to see, also when there are too many.
3. A counted wave shows how many answers were counted, or why it does not; too few show no number.
4. A wave whose last day is over is counted when somebody looks, without a timer.
5. What belongs to another network is as missing as what never was, byte by byte.
6. A page takes the same number of queries with one measure and with three.
7. Every page is sound: strict HTML, one h1, no level skipped, a label for every field, no id twice,
   nothing inline.
"""

import re
from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest

from survey_app.storage import schema
from tests.support_field import TODAY
from tests.web.staff.office import LIST, YILDIZ, Office, Page, said

PERIOD = "12. November 2026 bis 21. November 2026"


def measure_of(office: Office) -> str:
    return f"{LIST}/{office.field.measure}"


def cards(page: Page) -> list[str]:
    return [said(card) for card in page.all("section[@class='card wave']")]


def test_the_list_shows_measures_with_their_waves(office: Office) -> None:
    office.answers(3)
    werkstatt = office.measure()
    office.wave(werkstatt, opens_on=TODAY + timedelta(days=3), expected=12)
    office.measure(title="Elternabend", starts_on=TODAY - timedelta(days=9))
    page = office.albrecht().page(LIST)
    assert [said(each) for each in page.all("li[@class='measure']")] == [
        "Werkstatt Brüggen · Medienkompetenz 21. November 2026 Junge Menschen geplant",
        "Sommercamp Brüggen · Medienkompetenz 21. November 2026 Junge Menschen läuft 3 von 30",
        f"Elternabend Brüggen · Medienkompetenz {PERIOD} Noch keine Erhebung",
    ]


def test_an_empty_list_says_what_to_do_first(office: Office) -> None:
    with office.database.write() as connection:
        for table in (
            schema.approval,
            schema.collector,
            schema.wave_secret,
            schema.wave,
            schema.measure,
        ):
            connection.execute(table.delete())
    main = office.albrecht().page(LIST).main
    assert "Neue Maßnahme" in main
    assert "Legen Sie die Maßnahme an: was, wo, wann." in main


def test_while_a_wave_is_open_a_number_is_all_there_is(office: Office) -> None:
    albrecht = office.albrecht()
    office.answers(4)
    page = albrecht.page(measure_of(office))
    (card,) = cards(page)
    assert card == (
        "Junge Menschen läuft Läuft bis 22. November 2026 · Fragebogen „Wie war's?“"
        " 4 von 30 Rückmeldungen Poster (PDF) : Junge Menschen"
        " Zugänge, Druck und Termine : Junge Menschen"
    )
    assert "Vorher sehen auch Sie nur, wie viele geantwortet haben." in page.main
    for path in ("auswertung", "auswertungsbogen.pdf", "dateien/xlsx", "dateien/json"):
        assert albrecht.get(f"{measure_of(office)}/{path}").status_code == 404


def test_too_many_answers_are_visible(office: Office) -> None:
    wave = office.wave(office.measure(participants=2))
    with office.database.write() as connection:
        rows = [{"wave": wave, "key": bytes([n]), "answers": "{}"} for n in range(4)]
        connection.execute(schema.open_sheet.insert(), rows)
    page = office.albrecht().page(LIST)
    assert "4 von 2" in page.main
    second = page.find("li[@class='measure']//h2/a").get("href", "")
    (card,) = cards(office.albrecht().page(second))
    assert "Das sind 2 Rückmeldungen mehr, als die Gruppe groß ist." in card


def test_a_counted_wave_shows_its_number(office: Office) -> None:
    office.answers(11)
    office.close()
    page = office.albrecht().page(measure_of(office))
    (card,) = cards(page)
    assert card == (
        "Junge Menschen abgeschlossen Abgeschlossen am 21. November 2026"
        " · Fragebogen „Wie war's?“ 11 Rückmeldungen ausgezählt"
        " Ergebnisse für die Befragten ab 5. Dezember 2026 Tag und Vorschau : Junge Menschen"
    )
    assert "Auswertungsbogen ansehen" in page.main


def test_a_counted_wave_of_four_shows_no_number(office: Office) -> None:
    office.answers(4)
    office.close()
    (card,) = cards(office.albrecht().page(measure_of(office)))
    assert card == (
        "Junge Menschen abgeschlossen Abgeschlossen am 21. November 2026"
        " · Fragebogen „Wie war's?“ Weniger als 5 Antworten: zum Schutz nicht ausgewiesen."
        " Ergebnisse für die Befragten ab 5. Dezember 2026 Tag und Vorschau : Junge Menschen"
    )


def test_what_needs_attention_stands_first(office: Office) -> None:
    office.answers(5)
    office.close()
    office.wave(office.field.measure, opens_on=TODAY + timedelta(days=1))
    office.wave(office.field.measure)
    badges = [
        said(each) for each in office.albrecht().page(measure_of(office)).all("section//div/span")
    ]
    assert badges == ["läuft", "geplant", "abgeschlossen"]


@pytest.mark.parametrize("path", ["", "/{measure}"])
def test_a_wave_is_counted_when_somebody_looks(office: Office, path: str) -> None:
    albrecht = office.albrecht()
    office.answers(6)
    office.clock.day = TODAY + timedelta(days=2)
    page = albrecht.page(LIST + path.format(measure=office.field.measure))
    assert "abgeschlossen" in page.main


def test_a_foreign_measure_is_as_missing_as_none(office_on_both: Office) -> None:
    albrecht, yildiz = office_on_both.albrecht(), office_on_both.stranger()
    assert yildiz.log_in(YILDIZ).status_code == 302
    mine, wave = measure_of(office_on_both), office_on_both.field.wave
    rest = (
        "",
        "/auswertung",
        "/auswertungsbogen.pdf",
        "/dateien/csv_excel",
        "/erhebungen/neu",
        f"/erhebungen/{wave}/abschliessen",
        f"/erhebungen/{wave}/poster.pdf",
    )
    for path in rest:
        foreign, missing = yildiz.get(mine + path), yildiz.get(f"{LIST}/4711{path}")
        assert (foreign.status_code, missing.status_code) == (404, 404), path
        assert foreign.data == missing.data
        assert dict(foreign.headers) == dict(missing.headers)
    assert "Sommercamp" in albrecht.page(mine).main
    token = yildiz.page(LIST).form("header")
    response = yildiz.client.post(f"{mine}/erhebungen/{wave}/abschliessen", data=token)
    assert response.status_code == 404
    assert "läuft" in albrecht.page(mine).main


def test_an_id_that_no_column_can_hold_is_missing(office: Office) -> None:
    assert office.albrecht().get(f"{LIST}/99999999999999999999").status_code == 404


def test_three_measures_cost_as_many_queries_as_one(office_on_both: Office) -> None:
    albrecht = office_on_both.albrecht()
    one = (
        office_on_both.queries(albrecht, LIST),
        office_on_both.queries(albrecht, measure_of(office_on_both)),
    )
    for title in ("Werkstatt", "Elternabend"):
        measure = office_on_both.measure(title=title)
        office_on_both.wave(measure)
        office_on_both.wave(office_on_both.field.measure)
    three = (
        office_on_both.queries(albrecht, LIST),
        office_on_both.queries(albrecht, measure_of(office_on_both)),
    )
    assert one == three


def pages_of(office: Office) -> list[Page]:
    albrecht = office.albrecht()
    werkstatt = office.measure()
    office.wave(werkstatt)
    office.answers(12)
    office.close()
    wave = f"{LIST}/{werkstatt}/erhebungen"
    paths = (
        *(LIST, measure_of(office), f"{LIST}/{werkstatt}", f"{measure_of(office)}/auswertung"),
        *(f"{LIST}/neu", f"{wave}/neu", f"{wave}/3/abschliessen", f"{LIST}/4711"),
    )
    refused = [Page(albrecht.send(path)) for path in (f"{LIST}/neu", f"{wave}/neu")]
    login = office.stranger().page("/team/anmelden")
    return [login, *(albrecht.page(path) for path in paths), *refused]


def test_every_page_is_sound(office: Office) -> None:
    for page in pages_of(office):
        html = page.response.get_data(as_text=True)
        levels = [int(each) for each in re.findall(r"<h([1-6])", html)]
        assert levels.count(1) == 1
        assert all(below - above <= 1 for above, below in pairwise(levels))
        ids = Counter(each.get("id") for each in page.all("*") if each.get("id"))
        assert [each for each, count in ids.items() if count > 1] == []
        labelled = {label.get("for") for label in page.all("label")}
        fields = [*page.all("input"), *page.all("select"), *page.all("textarea")]
        visible = [each for each in fields if each.get("type") != "hidden"]
        assert {each.get("id") for each in visible} <= labelled
        for described in page.all("*[@aria-describedby]"):
            assert set(described.get("aria-describedby", "").split()) <= ids.keys()
        assert not re.search(r"<style|style=|<script>|\son\w+=", html)


def test_the_pages_speak_english(office: Office) -> None:
    office.answers(12)
    office.close()
    albrecht = office.albrecht()
    page = albrecht.page(measure_of(office), accept_language="en")
    assert page.root.get("lang") == "en"
    (card,) = cards(page)
    assert card.startswith(
        "Young people closed Closed on 21 November 2026 · Questionnaire “Wie war's?”"
        " 12 responses counted"
    )
