"""The page of one wave, its days, and what the school said.

1. The page says how the wave stands, shows its ways in, and what happens next with days.
2. While a school is asked the wave waits: the page says so, a phone reads "not open yet", and within
   five seconds of the record it is open.
3. The form for the school keeps what was entered and says at the field what is missing.
4. Days are changed while that is possible; after it the form says why not.
5. What was imported waited for nobody. What is foreign is missing.
"""

from datetime import timedelta

import pytest

from survey_app.services import fielding
from survey_app.storage import imports
from tests.support_field import TODAY
from tests.web.staff.office import LIST, YILDIZ, Office, Page, said

CODE_PAGES = 5.1  # seconds after which a phone sees what changed (web/respond/doors.py)


def wave_page(office: Office, wave: int | None = None) -> str:
    return f"{LIST}/{office.field.measure}/erhebungen/{wave or office.field.wave}"


def steps(page: Page) -> list[str]:
    return [said(each) for each in page.all("ol[@class='timeline']/li")]


def on_phone(office: Office, wave: int) -> tuple[int, str]:
    fielded = fielding.fielded_measure(
        office.database, office.field.network, office.field.measure, TODAY
    )
    assert fielded is not None
    (code,) = (each.collectors[0].code for each in fielded.waves if each.wave.id == wave)
    response = office.stranger().get(f"/q/{code}", accept_language="de")
    return response.status_code, said(Page(response).find("h1")) + Page(response).main


YES = {
    "a_status": "given",
    "a_requested_on": "2026-10-01",
    "a_decided_on": "2026-10-20",
    "a_decided_by": "Schulleitung, Frau Kaya",
    "a_conditions": "Nur in der Klassenleitungsstunde",
    "a_letter": "sent",
}


def test_the_page_says_how_the_wave_stands(office: Office) -> None:
    office.answers(4)
    page = office.albrecht().page(wave_page(office))
    assert said(page.find("h1")) == "Junge Menschen"
    assert "Läuft bis 22. November 2026" in page.main
    assert "4 von 30 Rückmeldungen" in page.main
    assert len(page.all("div[@class='door']")) == 1
    assert steps(page) == [
        "21. November 2026 Die Umfrage beginnt (erledigt)",
        "22. November 2026 Letzter Tag zum Mitmachen",
        "23. November 2026 Auszählung; der Auswertungsbogen ist da",
        "7. Dezember 2026 Die Befragten sehen die Ergebnisse unter demselben Code",
        "7. Dezember 2026 Die gemischten Antwortbögen werden gelöscht",
        "21. Februar 2027 Die freien Texte werden gelöscht",
    ]
    assert said(page.find("li[@aria-current='step']/time")) == "22. November 2026"
    assert "20. Oktober 2026" not in page.main


def test_a_counted_wave_leads_to_its_sheet(office: Office) -> None:
    office.answers(12)
    office.close()
    page = office.albrecht().page(wave_page(office))
    assert "12 Rückmeldungen ausgezählt" in page.main
    assert "Auswertungsbogen ansehen" in page.main
    assert "Zustimmung ändern" not in page.main


def test_a_wave_waits_for_the_school_and_opens_at_its_word(office_on_both: Office) -> None:
    office = office_on_both
    wave = office.wave(office.field.measure, agreed=False)
    albrecht = office.albrecht()
    page = albrecht.page(wave_page(office, wave))
    assert "Wartet auf die Zustimmung der Schule" in page.main
    assert "In Nordrhein-Westfalen entscheidet die Schulleitung" in page.main
    status, text = on_phone(office, wave)
    assert (status, "Noch nicht offen" in text) == (200, True)
    assert "Es geht los am" not in text
    answer = albrecht.send(f"{wave_page(office, wave)}/zustimmung", **YES)
    assert (answer.status_code, answer.location) == (303, wave_page(office, wave))
    office.clock.now += CODE_PAGES
    assert "Es war gut." in on_phone(office, wave)[1]
    main = albrecht.page(wave_page(office, wave)).main
    assert "Schulleitung, Frau Kaya" in main
    assert "Nur in der Klassenleitungsstunde" in main
    albrecht.send(f"{wave_page(office, wave)}/zustimmung", a_status="refused")
    office.clock.now += CODE_PAGES
    assert "Noch nicht offen" in on_phone(office, wave)[1]


def test_what_is_missing_stands_at_its_field(office: Office) -> None:
    wave = office.wave(office.field.measure, agreed=False)
    sent = office.albrecht().send(
        f"{wave_page(office, wave)}/zustimmung",
        **(YES | {"a_decided_on": "", "a_decided_by": ""}),
    )
    page = Page(sent)
    assert sent.status_code == 422
    assert page.problems() == {
        "a-decided_on": "Bitte nennen Sie den Tag der Entscheidung.",
        "a-decided_by": (
            "Bitte nennen Sie, wer entschieden hat, zum Beispiel: Schulleitung, Frau Kaya."
        ),
    }
    assert page.form()["a-conditions"] == YES["a_conditions"]
    assert "Wartet auf die Zustimmung der Schule" in page.main


def test_only_schools_are_asked(office: Office) -> None:
    measure = office.measure()
    wave = office.wave(measure)
    address = f"{LIST}/{measure}/erhebungen/{wave}"
    albrecht = office.albrecht()
    assert "Zustimmung" not in albrecht.page(address).main
    assert albrecht.get(f"{address}/zustimmung").location == address


def test_days_are_changed(office: Office) -> None:
    albrecht = office.albrecht()
    days = f"{wave_page(office)}/tage"
    response = albrecht.send(days, t_closes_on="2026-12-01", t_expected="26")
    assert (response.status_code, response.location) == (303, wave_page(office))
    main = albrecht.page(wave_page(office)).main
    assert "Läuft bis 1. Dezember 2026" in main
    assert "0 von 26 Rückmeldungen" in main
    late = Page(albrecht.send(days, t_opens_on="2026-11-25"))
    assert late.problems()["t-opens_on"].startswith("Diese Erhebung hat schon begonnen.")
    office.close()
    over = Page(albrecht.send(days, t_closes_on="2026-12-09"))
    assert over.problems()["t-closes_on"].startswith("Diese Erhebung ist zu Ende")


def test_an_imported_wave_waited_for_nobody(office: Office) -> None:
    office.answers(12)
    office.close()
    with office.database.write() as connection:
        imports.mark_imported(connection, office.field.network, office.field.wave)
    page = office.albrecht().page(wave_page(office))
    assert "Diese Antworten wurden aus einer Datei übernommen." in page.main
    assert "Zustimmung der Schule" not in page.main.replace("Eine Zustimmung der Schule wird", "")
    assert steps(page)[0].startswith("21. November 2026 Aus einer Datei übernommen")


@pytest.mark.parametrize("rest", ["", "/tage", "/zustimmung"])
def test_a_foreign_wave_is_missing(office: Office, rest: str) -> None:
    yildiz = office.stranger()
    assert yildiz.log_in(YILDIZ).status_code == 302
    missing = yildiz.get(f"{LIST}/4711/erhebungen/1{rest}")
    answer = yildiz.get(wave_page(office) + rest)
    assert (answer.status_code, answer.data) == (404, missing.data)
    other = office.measure()
    away = office.albrecht().get(f"{LIST}/{other}/erhebungen/{office.field.wave}{rest}")
    assert away.status_code == 404


def test_a_wave_that_begins_later_shows_no_number(office: Office) -> None:
    wave = office.wave(office.field.measure, opens_on=TODAY + timedelta(days=3))
    assert "Rückmeldungen" not in office.albrecht().page(wave_page(office, wave)).main
