"""The first page after logging in, and planning by design.

1. Logging in leads there; it says what to think of with a way to the exact place, what to print and
   what is not planned yet. Nothing to think of is said too.
2. However many measures there are, it costs as many queries.
3. Somebody sees what lies within the own reach, and is led nowhere where there is a refusal.
4. Looking at the sheet ends its reminder.
5. A design becomes waves: what will be made is shown first and made then, at the days that stand
   there.
"""

from datetime import timedelta

import pytest

from survey_app.domain.rights import Role
from survey_app.services import accounts, fielding
from tests.support_field import TODAY
from tests.web.staff.office import LIST, PASSWORD, Office, Page, said

START = "/team/start"
WINTER = "20. Januar 2027 bis 3. Februar 2027"
SOON = (
    "jetzt Sommercamp · morgen"
    " Die Umfrage endet (Jugendliche). Bisher sind 0 Rückmeldungen da. Zur Erhebung : Sommercamp"
)


def reminded(page: Page) -> list[str]:
    return [said(each) for each in page.all("li[@class='reminder']")]


def planning(office: Office, measure: int | None = None) -> str:
    return f"{LIST}/{measure or office.field.measure}/erhebungen/planen"


def test_logging_in_leads_there(office: Office) -> None:
    albrecht = office.albrecht()
    assert albrecht.get("/team").location == START
    page = albrecht.page(START)
    assert reminded(page) == [
        SOON,
    ]
    link = page.find("p[@class='way']/a").get("href")
    assert link == f"{LIST}/{office.field.measure}/erhebungen/{office.field.wave}"
    assert "läuft bis 22. November 2026" in page.main


def test_nothing_to_think_of_is_said(office: Office) -> None:
    office.clock.day = TODAY - timedelta(days=9)
    page = office.albrecht().page(START)
    assert reminded(page) == []
    assert "Gerade liegt nichts an." in page.main


def test_what_is_not_planned_yet_is_one_click_away(office: Office) -> None:
    werkstatt = office.measure()
    page = office.albrecht().page(START)
    assert "Noch ohne Umfrage" in page.main
    assert planning(office, werkstatt) in {each.get("href") for each in page.all("main//a")}


def test_three_measures_cost_as_many_queries_as_one(office_on_both: Office) -> None:
    albrecht = office_on_both.albrecht()
    one = office_on_both.queries(albrecht, START)
    for title in ("Werkstatt", "Elternabend"):
        measure = office_on_both.measure(title=title)
        office_on_both.wave(measure, closes_on=TODAY)
        office_on_both.wave(office_on_both.field.measure, agreed=False)
    assert office_on_both.queries(albrecht, START) == one


@pytest.mark.parametrize("role", [Role.YOUTH_WORKER, Role.SCHOOL_CONTACT])
def test_nobody_is_reminded_of_what_others_do(office: Office, role: Role) -> None:
    office.wave(office.measure(title="Fernes Turnier", site=None), closes_on=TODAY)
    place = {Role.YOUTH_WORKER: "Jugendamt", Role.SCHOOL_CONTACT: "Schule am See"}[role]
    accounts.open_account(
        office.database,
        email="kaya@beispiel.example",
        network="Kreis Beispiel",
        password=PASSWORD,
        role=role,
        place=place,
    )
    person = office.stranger()
    person.log_in("kaya@beispiel.example")
    page = person.page(START)
    titles = {said(each) for each in page.all("li[@class='reminder']//b")}
    own = {"Sommercamp"} | ({"Fernes Turnier"} if role is Role.YOUTH_WORKER else set())
    assert titles == own
    for link in page.all("main//a"):
        assert person.get(link.get("href", "")).status_code in (200, 303)


def test_looking_at_the_sheet_ends_its_reminder(office_on_both: Office) -> None:
    office_on_both.answers(12)
    office_on_both.close()
    albrecht = office_on_both.albrecht()
    unread = "Den Auswertungsbogen hat noch niemand angesehen."
    assert unread in albrecht.page(START).main
    assert albrecht.get(f"{LIST}/{office_on_both.field.measure}/auswertung").status_code == 200
    main = albrecht.page(START).main
    assert unread not in main
    assert "Noch steht keine Zusage dabei." in main


def test_three_designs_are_offered(office: Office) -> None:
    page = office.albrecht().page(planning(office))
    assert [said(each) for each in page.all("li//h2")] == [
        "Einmal, am Ende",
        "Davor und danach",
        "Rückblick: damals und jetzt",
    ]
    assert page.main.count("Das zeigt es nicht") == 3


def test_before_and_after_is_shown_and_made(office: Office) -> None:
    measure = office.measure(
        starts_on=TODAY + timedelta(days=9), ends_on=TODAY + timedelta(days=60), participants=40
    )
    albrecht = office.albrecht()
    address = f"{planning(office, measure)}?weg=before_after"
    form = albrecht.page(address).form()
    assert (form["d-before_opens_on"], form["d-opens_on"]) == ("2026-11-30", "2027-01-20")
    chosen = {"d_young": "medienkompetenz", "d_professionals": "fachkraefte"}
    shown = albrecht.client.post(
        address,
        data=form
        | {"d-young": "medienkompetenz", "d-professionals": "fachkraefte", "vorschau": "ja"},
    )
    assert shown.status_code == 200
    assert [said(each) for each in Page(shown).all("section//ol/li")] == [
        "Junge Menschen · davor „Handy, Internet und ich“, am 30. November 2026, 40 Personen",
        f"Junge Menschen · danach „Handy, Internet und ich“, {WINTER}, 40 Personen",
        f"Fachkräfte „Ihre Einschätzung“, {WINTER}",
    ]
    made = albrecht.send(address, **chosen)
    assert (made.status_code, made.location) == (303, f"{LIST}/{measure}")
    fielded = fielding.fielded_measure(office.database, office.field.network, measure, TODAY)
    assert fielded is not None
    assert [str(each.wave.point) for each in fielded.waves] == ["before", "after", "once"]
    assert "Junge Menschen · davor" in albrecht.page(made.location).main


def test_a_design_that_makes_no_sense_stands_at_its_field(office: Office) -> None:
    address = f"{planning(office)}?weg=before_after"
    sent = office.albrecht().send(
        address, d_young="medienkompetenz", d_before_closes_on="2026-12-30"
    )
    assert sent.status_code == 422
    assert Page(sent).problems() == {
        "d-opens_on": (
            "Die zweite Umfrage beginnt, bevor die erste zu Ende ist. Bitte prüfen Sie die Tage."
        )
    }
    assert "Beide Umfragen sind an einem Tag zugleich offen." in Page(sent).main


def test_once_needs_no_choice_at_all(office: Office) -> None:
    albrecht = office.albrecht()
    measure = office.measure()
    made = albrecht.send(f"{planning(office, measure)}?weg=once")
    assert (made.status_code, made.location) == (303, f"{LIST}/{measure}")
    assert "„Wie war’s?“" in albrecht.page(made.location).main


def test_a_design_that_is_none_offers_all(office: Office) -> None:
    assert office.albrecht().page(f"{planning(office)}?weg=zufall").response.status_code == 200
