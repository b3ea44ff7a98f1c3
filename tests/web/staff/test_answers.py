"""Giving something back: the day of the results, their preview, and commitments.

1. The wave says from when those who answered see results; staff of the network move the day, within
   eight weeks, and find what they did in the audit log.
2. The preview is the page of the young people, before its day and for staff only; while nothing is
   counted there is none.
3. Commitments are made, changed and removed on the measure's page; an empty list says what to do.
   What is missing stands at its field. Removing asks once more.
4. What belongs to another network is as missing as what never was.
5. The pages are sound, say "Sie", and fit on a small screen.
"""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page as Tab
from sqlalchemy import select
from werkzeug.test import TestResponse

from survey_app.domain.commitment import Commitment, Status
from survey_app.services import promising
from survey_app.storage import schema
from tests.fixtures.browser import Phone
from tests.support_field import ALBRECHT, TODAY
from tests.web.site import served
from tests.web.staff.office import LIST, LOGIN, PASSWORD, YILDIZ, Office, Page, Person, said

PROMISE = {
    "c_wish": "Mehr Pausen.",
    "c_status": "planned",
    "c_answer": "Nach jedem Block eine halbe Stunde.",
    "c_office": "Jugendhilfe, Team Freizeit",
    "c_due_on": "2027-03-01",
}


def measure_of(office: Office) -> str:
    return f"{LIST}/{office.field.measure}"


def day_of(office: Office, wave: int | None = None) -> str:
    return f"{measure_of(office)}/erhebungen/{wave or office.field.wave}/ergebnisse"


def preview_of(office: Office) -> str:
    return f"{day_of(office)}/vorschau"


def promises(office: Office) -> str:
    return f"{measure_of(office)}/zusagen"


def kept(office: Office) -> tuple[Commitment, ...]:
    field = office.field
    return promising.commitments_about(office.database, field.network, field.measure)


def deeds(office: Office) -> list[tuple[str, str, str]]:
    columns = (schema.audit.c.actor, schema.audit.c.action, schema.audit.c.detail)
    with office.database.read() as connection:
        rows = connection.execute(select(*columns).where(schema.audit.c.action != "close"))
        return [(row[0], row[1], row[2]) for row in rows]


def counted(office: Office, answers: int = 30) -> Person:
    """Close a wave, of whom two thirds liked it, and return Herr Albrecht."""
    office.answers(answers)
    office.close()
    return office.albrecht()


def on_phone(office: Office) -> str:
    """Return what a phone shows that opens the code now."""
    office.clock.now += 5
    code = office.field.door.collector.code
    return said(Page(office.stranger().get(f"/q/{code}")).find("main"))


# Rule 1


def test_day_of_the_results_stands_on_the_wave(office: Office) -> None:
    albrecht = counted(office)
    main = albrecht.page(measure_of(office)).main
    assert "Ergebnisse für die Befragten ab 5. Dezember 2026 Tag und Vorschau" in main
    page = albrecht.page(day_of(office))
    assert page.form()["t-results_on"] == "2026-12-05"
    assert "Am 5. Dezember 2026 erscheinen die Ergebnisse von selbst" in page.main
    assert "jeder Tag vom 21. November 2026 bis zum 16. Januar 2027" in page.main
    assert "Bisher gibt es 0 Zusagen." in page.main


def test_staff_move_the_day(office_on_both: Office) -> None:
    albrecht = counted(office_on_both)
    response = albrecht.send(day_of(office_on_both), t_results_on="2026-11-21")
    there = f"{measure_of(office_on_both)}/erhebungen/{office_on_both.field.wave}"
    assert (response.status_code, response.location) == (303, there)
    assert "7 von 10 fanden es gut." in on_phone(office_on_both)
    assert deeds(office_on_both) == [(ALBRECHT, "results_on", "2026-11-21")]


def test_day_that_cannot_be_stands_at_its_field(office: Office) -> None:
    albrecht = counted(office)
    for day in ("2026-11-20", "2027-01-17"):
        page = Page(albrecht.send(day_of(office), t_results_on=day))
        assert page.response.status_code == 422
        assert page.problems() == {
            "t-results_on": (
                "Bitte wählen Sie einen Tag vom 21. November 2026 bis zum 16. Januar 2027: Wer"
                " geantwortet hat, soll spätestens nach acht Wochen etwas davon haben."
            )
        }
        assert page.form()["t-results_on"] == day
    assert deeds(office) == []


def test_what_is_out_cannot_be_moved(office: Office) -> None:
    albrecht = counted(office)
    token = albrecht.page(day_of(office)).form()
    office.clock.day = TODAY + timedelta(days=14)
    page = albrecht.page(day_of(office))
    assert "Seit 5. Dezember 2026 sind die Ergebnisse zu sehen" in page.main
    assert page.all("main//form") == []
    late = albrecht.client.post(day_of(office), data=token | {"t-results_on": "2027-01-01"})
    assert late.status_code == 422
    assert "7 von 10" in on_phone(office)
    assert deeds(office) == []


def test_day_of_a_planned_wave_can_be_chosen(office: Office) -> None:
    later = office.wave(office.field.measure, opens_on=TODAY + timedelta(days=2))
    albrecht = office.albrecht()
    page = albrecht.page(day_of(office, later))
    assert "Eine Vorschau gibt es, sobald die Erhebung ausgezählt ist." in page.main
    assert albrecht.send(day_of(office, later), t_results_on="2027-01-10").status_code == 303
    wave_page = f"{measure_of(office)}/erhebungen/{later}"
    assert "ab 10. Januar 2027" in albrecht.page(wave_page).main


# Rule 2


def test_preview_is_the_page_of_the_young_people(office: Office) -> None:
    albrecht = counted(office)
    albrecht.send(f"{promises(office)}/neu", **PROMISE)
    before = albrecht.page(preview_of(office))
    assert "So ist es ab 5. Dezember 2026 zu sehen." in before.main
    office.clock.day = TODAY + timedelta(days=14)
    notice = said(before.find("div[@class='notice preview-of-results']"))
    assert before.main.replace(notice, "").strip() == on_phone(office)
    assert "7 von 10 fanden es gut." in before.main
    assert "Mehr Pausen." in before.main


def test_preview_before_its_day_is_for_staff_only(office: Office) -> None:
    counted(office)
    answer = office.stranger().get(preview_of(office))
    assert (answer.status_code, "von 10" in answer.text) == (302, False)
    assert "von 10" not in on_phone(office)


def test_before_the_count_there_is_no_preview(office: Office) -> None:
    office.answers(30)
    assert office.albrecht().get(preview_of(office)).status_code == 404


def test_preview_of_four_says_nothing(office: Office) -> None:
    office.answers(4)
    office.close()
    main = office.albrecht().page(preview_of(office)).main
    assert "Es haben weniger als 5 mitgemacht." in main
    assert "von 10" not in main


# Rule 3


def test_empty_list_says_what_to_do(office: Office) -> None:
    page = office.albrecht().page(measure_of(office))
    assert "Noch keine Zusage." in page.main
    assert [said(a) for a in page.all("a") if a.get("href") == f"{promises(office)}/neu"] == [
        "Zusage eintragen"
    ]


def test_commitment_is_made(office_on_both: Office) -> None:
    albrecht = office_on_both.albrecht()
    response = albrecht.send(f"{promises(office_on_both)}/neu", **PROMISE)
    assert (response.status_code, response.location) == (
        303,
        f"{measure_of(office_on_both)}#zusagen",
    )
    (commitment,) = kept(office_on_both)
    assert (commitment.wish, commitment.status) == ("Mehr Pausen.", Status.PLANNED)
    assert commitment.decided_on == TODAY
    page = albrecht.page(measure_of(office_on_both))
    (line,) = page.all("ul[@class='measures commitments']/li")
    assert said(line) == (
        "Mehr Pausen. Nach jedem Block eine halbe Stunde. geplant bis 1. März 2027"
        " · Jugendhilfe, Team Freizeit Ändern : Mehr Pausen. Löschen … : Mehr Pausen."
    )
    assert deeds(office_on_both) == [(ALBRECHT, "commit", "planned")]


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        (
            {"c_wish": "", "c_office": ""},
            {
                "c-wish": "Bitte füllen Sie dieses Feld aus.",
                "c-office": "Bitte füllen Sie dieses Feld aus.",
            },
        ),
        ({"c_due_on": ""}, {"c-due_on": "Bitte nennen Sie den Tag, bis zu dem es geschehen soll."}),
        (
            {"c_status": "declined"},
            {"c-reason": "Bitte nennen Sie den Grund. Ein Nein ohne Grund ist keine Antwort."},
        ),
        (
            {"c_status": "done", "c_answer": " "},
            {
                "c-answer": (
                    "Bitte schreiben Sie, was geschieht. Geschieht nichts, wählen Sie „geht nicht“."
                )
            },
        ),
        (
            {"c_office": "Frau Albrecht"},
            {
                "c-office": (
                    "Bitte nennen Sie eine Stelle, keine Person: Die Seite ist öffentlich. Zum"
                    " Beispiel: Jugendamt, Team Prävention."
                )
            },
        ),
        ({"c_wish": "x" * 301}, {"c-wish": "Das ist zu lang. Bitte kürzen Sie den Text."}),
        ({"c_status": "vielleicht"}, None),
    ],
)
def test_what_is_missing_stands_at_its_field(
    office: Office, changed: dict[str, str], problems: dict[str, str] | None
) -> None:
    page = Page(office.albrecht().send(f"{promises(office)}/neu", **(PROMISE | changed)))
    assert page.response.status_code == 422
    assert page.problems().keys() == (problems or {"c-status": ""}).keys()
    assert problems is None or page.problems() == problems
    assert page.form()["c-answer"] == changed.get("c_answer", PROMISE["c_answer"])
    assert kept(office) == ()


def test_commitment_is_changed(office_on_both: Office) -> None:
    albrecht = office_on_both.albrecht()
    albrecht.send(f"{promises(office_on_both)}/neu", **PROMISE)
    (before,) = kept(office_on_both)
    there = f"{promises(office_on_both)}/{before.id}"
    form = albrecht.page(there).form()
    assert {name: form[name.replace("_", "-", 1)] for name in PROMISE} == PROMISE
    sent = albrecht.send(there, c_status="declined", c_reason="Es fehlt Personal.")
    assert sent.status_code == 303
    (after,) = kept(office_on_both)
    assert (after.id, after.status, after.reason) == (
        before.id,
        Status.DECLINED,
        "Es fehlt Personal.",
    )
    assert after.due_on is None
    assert deeds(office_on_both)[1:] == [(ALBRECHT, "change_commitment", "declined")]


def test_removing_asks_once_more(office_on_both: Office) -> None:
    albrecht = office_on_both.albrecht()
    albrecht.send(f"{promises(office_on_both)}/neu", **PROMISE)
    (commitment,) = kept(office_on_both)
    there = f"{promises(office_on_both)}/{commitment.id}/loeschen"
    page = albrecht.page(there)
    assert page.find("h1").text == "Zusage löschen?"
    assert "Mehr Pausen." in page.main
    assert kept(office_on_both) == (commitment,)
    assert albrecht.send(there).status_code == 303
    assert kept(office_on_both) == ()
    assert albrecht.get(there).status_code == 404
    assert deeds(office_on_both)[1:] == [(ALBRECHT, "remove_commitment", "planned")]


def test_overdue_is_said(office: Office) -> None:
    albrecht = office.albrecht()
    albrecht.send(f"{promises(office)}/neu", **(PROMISE | {"c_due_on": "2026-11-21"}))
    assert "überfällig" not in albrecht.page(measure_of(office)).main
    office.clock.day = TODAY + timedelta(days=1)
    assert "überfällig bis 21. November 2026" in albrecht.page(measure_of(office)).main


# Rule 4


def outcome(response: TestResponse) -> tuple[int, bytes, dict[str, str]]:
    return response.status_code, response.data, dict(response.headers)


def test_of_another_network_nothing_is_there(office_on_both: Office) -> None:
    albrecht, yildiz = counted(office_on_both), office_on_both.stranger()
    albrecht.send(f"{promises(office_on_both)}/neu", **PROMISE)
    (commitment,) = kept(office_on_both)
    yildiz.log_in(YILDIZ)
    token = yildiz.page(LIST).form("header")
    wave = office_on_both.field.wave
    for rest in (
        f"/erhebungen/{wave}/ergebnisse",
        f"/erhebungen/{wave}/ergebnisse/vorschau",
        "/zusagen/neu",
        f"/zusagen/{commitment.id}",
        f"/zusagen/{commitment.id}/loeschen",
    ):
        foreign, missing = (
            f"{each}{rest}" for each in (measure_of(office_on_both), f"{LIST}/4711")
        )
        assert outcome(yildiz.get(foreign)) == outcome(yildiz.get(missing))
        assert yildiz.get(foreign).status_code == 404
        if not rest.endswith("vorschau"):
            data = (
                token
                | {"t-results_on": "2026-11-21"}
                | {name.replace("_", "-", 1): value for name, value in PROMISE.items()}
            )
            assert yildiz.client.post(foreign, data=data).status_code == 404
    assert kept(office_on_both) == (commitment,)
    assert "von 10" not in on_phone(office_on_both)


def test_commitment_of_another_measure_is_missing(office: Office) -> None:
    albrecht = office.albrecht()
    albrecht.send(f"{promises(office)}/neu", **PROMISE)
    (commitment,) = kept(office)
    other = f"{LIST}/{office.measure()}/zusagen/{commitment.id}"
    assert [albrecht.get(each).status_code for each in (other, f"{other}/loeschen")] == [404, 404]


# Rule 5


def test_every_page_is_sound(office: Office) -> None:
    albrecht = counted(office)
    albrecht.send(f"{promises(office)}/neu", **PROMISE)
    (commitment,) = kept(office)
    one = f"{promises(office)}/{commitment.id}"
    pages = [
        *(albrecht.page(path) for path in (measure_of(office), day_of(office), one)),
        *(albrecht.page(path) for path in (f"{one}/loeschen", f"{promises(office)}/neu")),
        Page(albrecht.send(f"{promises(office)}/neu")),
        Page(albrecht.send(day_of(office), t_results_on="2020-01-01")),
    ]
    for page in pages:
        html = page.response.get_data(as_text=True)
        assert len(page.all("h1")) == 1
        ids = [each.get("id") for each in page.all("*") if each.get("id")]
        assert len(ids) == len(set(ids))
        labelled = {label.get("for") for label in page.all("label")}
        fields = [*page.all("main//input"), *page.all("main//select"), *page.all("main//textarea")]
        visible = [each for each in fields if each.get("type") != "hidden"]
        assert {each.get("id") for each in visible} <= labelled
        assert not re.search(r"<style|style=|<script>|\son\w+=", html)
        assert not re.search(r"\b(du|dein|deine|euch)\b", page.main)


def test_three_commitments_cost_as_many_queries_as_one(office: Office) -> None:
    albrecht = office.albrecht()
    albrecht.send(f"{promises(office)}/neu", **PROMISE)
    one = office.queries(albrecht, measure_of(office))
    for _ in range(2):
        albrecht.send(f"{promises(office)}/neu", **PROMISE)
    assert office.queries(albrecht, measure_of(office)) == one


@pytest.fixture
def tab(office: Office, phone: Phone) -> Iterator[Tab]:
    """Give a narrow window in which Herr Albrecht is logged in."""
    with served(office.app) as live:
        tab = phone().new_page()
        tab.set_viewport_size({"width": 320, "height": 640})
        tab.goto(live + LOGIN)
        tab.get_by_label("E-Mail-Adresse").fill(ALBRECHT)
        tab.get_by_label("Passwort").fill(PASSWORD)
        tab.get_by_role("button", name="Anmelden").click()
        tab.goto(live + measure_of(office))
        yield tab


def test_from_the_count_to_the_answer_in_a_browser(office: Office, tab: Tab) -> None:
    office.answers(30)
    office.close()
    tab.reload()
    tab.get_by_role("link", name="Zusage eintragen").click()
    tab.get_by_label("Was haben die Jugendlichen gesagt?").fill("Mehr Pausen.")
    tab.get_by_label("Was geschieht jetzt?").fill("Nach jedem Block eine halbe Stunde.")
    tab.get_by_label("Zuständige Stelle").fill("Jugendhilfe")
    tab.get_by_label("Bis wann").fill("2027-03-01")
    assert tab.evaluate("document.documentElement.scrollWidth") == 320
    tab.get_by_role("button", name="Speichern").click()
    tab.get_by_role("link", name="Tag und Vorschau").click()
    tab.get_by_label("Ergebnisse ab").fill("2026-11-21")
    assert tab.evaluate("document.documentElement.scrollWidth") == 320
    tab.get_by_role("link", name="So sehen es die Befragten").click()
    tab.get_by_text("7 von 10").first.wait_for()
    assert tab.get_by_text("Nach jedem Block eine halbe Stunde.").is_visible()
    tab.get_by_role("link", name="Zurück").click()
    tab.get_by_label("Ergebnisse ab").fill("2026-11-21")
    tab.get_by_role("button", name="Speichern").click()
    tab.get_by_text("Ergebnisse für die Befragten ab 21. November 2026").wait_for()
    assert "Nach jedem Block eine halbe Stunde." in on_phone(office)
