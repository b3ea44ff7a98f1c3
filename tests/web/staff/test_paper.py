"""Typing in sheets from paper: what the server says.

1. While the wave is open an empty sheet is there, with code and last day; before and after there is
   none, and nothing is stored; the paper twin carries the code.
2. A sheet sent twice is one; the same page with other answers is refused; an empty sheet is none.
3. What is wrong is named with the number that stands on the paper, and nothing typed is lost.
4. Only the account that typed a sheet, in the browser it typed in, takes it back.
5. Closing while somebody types loses nothing silently.
6. A wave of another measure or network is missing.
"""

import re
from datetime import timedelta

import pytest

from survey_app.domain.collector import printed_code
from survey_app.domain.rights import Role
from survey_app.services import accounts
from tests.rendering.paper import text
from tests.support_field import TODAY, TOMORROW
from tests.web.staff.office import LIST, PASSWORD, YILDIZ, Office, Page, Person


def path_of(office: Office, wave: int | None = None) -> str:
    wave = office.field.wave if wave is None else wave
    return f"{LIST}/{office.field.measure}/erhebungen/{wave}/papier"


def sheet(office: Office, person: Person, **answers: str) -> dict[str, str]:
    """Return an empty sheet, filled in."""
    page = person.get(path_of(office)).text
    fields = {
        name: re.findall(rf'name="{name}" value="([^"]+)"', page)[-1]
        for name in ("csrf_token", "submission")
    }
    return fields | answers


def enter(office: Office, person: Person, **answers: str) -> int:
    return person.client.post(path_of(office), data=sheet(office, person, **answers)).status_code


def back(office: Office, person: Person) -> Page:
    token = sheet(office, person)["csrf_token"]
    answer = person.client.post(
        f"{path_of(office)}/zurueck", data={"csrf_token": token}, follow_redirects=True
    )
    return Page(answer)


def received(office: Office) -> int:
    with office.database.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM open_sheet").scalar_one())


def test_an_empty_sheet_names_code_and_last_day(office: Office) -> None:
    """Rule 1."""
    page = office.albrecht().page(path_of(office))
    code = printed_code(office.field.door.collector.code)
    assert f"Nur Bögen mit diesem Code: {code} ." in page.main
    assert f"Eintippen geht bis {office.field.door.wave.closes_on.day}." in page.main
    numbers = [each.text for each in page.all("span[@class='paper-number']")]
    assert numbers == ["1", "2", "3"]


@pytest.mark.parametrize(("days", "said"), [(-1, "noch nicht offen"), (400, "inzwischen zu Ende")])
def test_before_and_after_nothing_can_be_typed(office: Office, days: int, said: str) -> None:
    """Rule 1."""
    albrecht = office.albrecht()
    wave = office.wave(office.field.measure, opens_on=TOMORROW)
    page = albrecht.page(path_of(office, wave))
    assert page.all("form[@data-paper]") == []
    filled = sheet(office, albrecht, k1="3")
    office.clock.day = TODAY + timedelta(days=days)
    answer = Page(albrecht.client.post(path_of(office), data=filled))
    assert (answer.response.status_code, said in answer.main) == (409, True)
    assert received(office) == 0


def test_the_twin_carries_the_code(office: Office) -> None:
    """Rule 1."""
    albrecht = office.albrecht()
    (link,) = albrecht.page(path_of(office)).all("section//ul[@class='files']/li/a")
    pdf = albrecht.get(str(link.get("href")))
    code = printed_code(office.field.door.collector.code)
    said = text(pdf.data)
    assert said.count(code) == said.count("kurz 1.0.0") > 0
    assert albrecht.get(f"{path_of(office)}/bogen-xx.pdf").status_code == 404


def test_a_sheet_comes_and_goes_on_both_databases(office_on_both: Office) -> None:
    """Rules 1 and 4."""
    office = office_on_both
    albrecht = office.albrecht()
    assert enter(office, albrecht, k1="3", k9="Der See") == 303
    assert received(office) == 1
    assert "zurückgenommen" in back(office, albrecht).main
    assert received(office) == 0


def test_twice_is_once(office: Office) -> None:
    """Rule 2."""
    albrecht = office.albrecht()
    filled = sheet(office, albrecht, k1="3")
    for _ in range(2):
        assert albrecht.client.post(path_of(office), data=filled).status_code == 303
    assert "1 Bogen in dieser Sitzung" in albrecht.page(path_of(office)).main
    conflict = Page(albrecht.client.post(path_of(office), data=filled | {"k1": "1"}))
    assert conflict.response.status_code == 409
    assert "war schon gespeichert, mit anderen Antworten" in conflict.main
    assert received(office) == 1


def test_an_empty_sheet_is_none(office: Office) -> None:
    """Rule 2."""
    albrecht = office.albrecht()
    filled = sheet(office, albrecht, k1="", nummer=" ")
    answer = Page(albrecht.client.post(path_of(office), data=filled))
    assert answer.response.status_code == 422
    assert "Auf diesem Bogen steht noch keine Antwort" in answer.main
    assert received(office) == 0
    assert (
        albrecht.client.post(path_of(office), data=filled | {"submission": "x"}).status_code == 400
    )


def test_what_is_wrong_has_the_number_of_the_paper(office: Office) -> None:
    """Rule 3."""
    albrecht = office.albrecht()
    filled = sheet(office, albrecht, k1="3", nummer="viele", k9="Der See")
    answer = Page(albrecht.client.post(path_of(office), data=filled))
    assert answer.response.status_code == 422
    (line,) = answer.all("div[@role='alert']//li")
    assert "".join(line.itertext()).startswith("Frage 2: ")
    assert line.find("a").get("href") == "#z-nummer"  # type: ignore[union-attr]
    assert answer.find("input[@id='z-nummer']").get("value") == "viele"
    assert (answer.find("textarea").text or "").strip() == "Der See"
    chosen = [
        each.get("value")
        for each in answer.all("input[@name='k1']")
        if each.get("checked") is not None
    ]
    assert chosen == ["3"]
    assert answer.find("input[@name='submission']").get("value") == filled["submission"]


def test_only_whoever_typed_it_takes_it_back(office: Office) -> None:
    """Rule 4."""
    accounts.open_account(
        office.database,
        email="kollegin@beispiel.example",
        network="Kreis Beispiel",
        password=PASSWORD,
        role=Role.YOUTH_WORKER,
        place="Jugendamt",
    )
    albrecht, elsewhere, colleague = office.albrecht(), office.albrecht(), office.stranger()
    colleague.log_in("kollegin@beispiel.example")
    assert enter(office, albrecht, k1="3", k9="Der See") == 303
    for other in (elsewhere, colleague):
        assert "zurückgenommen" not in back(office, other).main
    assert received(office) == 1
    page = back(office, albrecht)
    assert "Der letzte Bogen ist zurückgenommen" in page.main
    assert received(office) == 0
    assert "zurückgenommen" not in back(office, albrecht).main


def test_the_same_browser_with_another_account_takes_nothing_back(office: Office) -> None:
    """Rule 4."""
    accounts.open_account(
        office.database,
        email="kollegin@beispiel.example",
        network="Kreis Beispiel",
        password=PASSWORD,
        role=Role.YOUTH_WORKER,
        place="Jugendamt",
    )
    browser = office.albrecht()
    assert enter(office, browser, k1="3") == 303
    token = sheet(office, browser)["csrf_token"]
    browser.client.post("/team/abmelden", data={"csrf_token": token})
    browser.log_in("kollegin@beispiel.example")
    assert "0 Bögen in dieser Sitzung" in browser.page(path_of(office)).main
    assert "zurückgenommen" not in back(office, browser).main
    assert received(office) == 1


def test_closing_while_somebody_types_is_said(office: Office) -> None:
    """Rule 5."""
    albrecht = office.albrecht()
    filled = sheet(office, albrecht, k1="3")
    office.close()
    answer = Page(albrecht.client.post(path_of(office), data=filled))
    assert answer.response.status_code == 409
    assert "Dieser Bogen ist nicht gespeichert" in answer.main
    assert "Diese Erhebung ist zu Ende" in albrecht.page(path_of(office)).main


def test_done_ends_the_sitting(office: Office) -> None:
    albrecht = office.albrecht()
    assert enter(office, albrecht, k1="3") == 303
    token = sheet(office, albrecht)["csrf_token"]
    answer = albrecht.client.post(f"{path_of(office)}/fertig", data={"csrf_token": token})
    assert answer.status_code == 303
    assert "0 Bögen in dieser Sitzung" in albrecht.page(path_of(office)).main


def test_foreign_waves_are_missing(office: Office) -> None:
    """Rule 6."""
    stranger = office.stranger()
    stranger.log_in(YILDIZ)
    filled = sheet(office, office.albrecht(), k1="3")
    for tail in ("", "/zurueck", "/fertig"):
        assert stranger.client.post(path_of(office) + tail, data=filled).status_code in (400, 404)
        assert stranger.get(path_of(office) + tail).status_code in (404, 405)
    other = office.measure()
    wave = office.wave(other)
    assert office.albrecht().get(path_of(office, wave)).status_code == 404
    assert received(office) == 0
