"""Printing many at once, as staff see it.

1. Posters are offered for waves that are planned or open, sheets for what is evaluated; narrowed
   down by the address. An empty choice says what to do.
2. Only what is listed enters a job: no foreign id, nothing out of reach, nothing closed meanwhile.
3. The page of a job shows how far it is, is asked again by a link where no script runs, and ends
   in a file, a problem with its remedy, or a stop that can be taken back.
4. The file is its owner's: others, and the owner whose reach or right is gone, get a 404.
5. Who may print no posters is offered none; an order for them is refused.
6. The file has a name, is not kept by the browser, and goes after a day.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from survey_app.domain.job import State
from survey_app.domain.rights import Role
from survey_app.rendering.pdf import PdfPool
from survey_app.services import jobs
from survey_app.services.job_work import do_job
from tests.rendering.paper import open_pdf
from tests.support_field import TODAY, migrated
from tests.support_jobs import job_on, press_on
from tests.web.staff.office import Office, Person, office_on
from tests.web.staff.test_rights import out_of_reach, somebody

BATCH = "/team/stapel"
POSTERS, SHEETS = f"{BATCH}?was=poster", f"{BATCH}?was=bogen"


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path) -> Iterator[Office]:
    """Give the application with a folder for jobs."""
    with (
        migrated(sqlite_url) as database,
        office_on(database, jobs_folder=tmp_path / "jobs") as opened,
    ):
        yield opened


@pytest.fixture
def office_on_both(database_url: str, tmp_path: Path) -> Iterator[Office]:
    """Give the same on SQLite and on PostgreSQL."""
    with (
        migrated(database_url) as database,
        office_on(database, jobs_folder=tmp_path / "jobs") as opened,
    ):
        yield opened


def order(person: Person, path: str, **chosen: object) -> str:
    """Order a print and return the address of its job."""
    token = person.page(path).find("main//form[@method='post']/input").get("value")
    answer = person.client.post(path, data={"csrf_token": token, **chosen})
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def press_button(person: Person, path: str, name: str) -> None:
    """Press a button of a job's page."""
    token = person.page(path).find("main//form[@method='post']/input").get("value")
    assert person.client.post(f"{path}/{name}", data={"csrf_token": token}).status_code == 303


def draw(office: Office, tmp_path: Path, path: str) -> None:
    """Do the job behind an address, as a worker does."""
    with PdfPool(2) as pool:
        press = press_on(office.field, pool, tmp_path / "jobs")
        moment = office.clock.moment
        press = replace(press, now=lambda: moment, today=lambda: TODAY)
        do_job(press, office.field.network, int(path.rpartition("/")[2]))


def listed(person: Person, path: str) -> list[str]:
    return [each.get("value", "") for each in person.page(path).all("input[@name='id']")]


def test_what_can_be_printed(office: Office) -> None:
    """Rule 1."""
    albrecht = office.albrecht()
    closed = office.field.wave
    second = office.wave(office.measure(title="Werkstatt"))
    assert listed(albrecht, POSTERS) == [str(second), str(closed)]
    assert listed(albrecht, f"{POSTERS}&suche=werk") == [str(second)]
    assert "Noch ist keine Erhebung abgeschlossen" in albrecht.page(SHEETS).main
    office.answers(12)
    office.close()
    assert listed(albrecht, POSTERS) == [str(second)]
    assert listed(albrecht, SHEETS) == [str(office.field.measure)]
    form = albrecht.page(POSTERS).find("main//form[@method='post']/input").get("value")
    empty = albrecht.client.post(POSTERS, data={"csrf_token": form})
    assert (empty.status_code, "Noch nichts ausgewählt" in empty.text) == (422, True)


def test_only_what_is_listed_enters_a_job(office: Office) -> None:
    """Rule 2."""
    far = office.wave(out_of_reach(office))
    worker = somebody(office, Role.YOUTH_WORKER)
    path = order(worker, POSTERS, id=[str(far), "2", "999999", str(office.field.wave)])
    job = job_on(office.field, int(path.rpartition("/")[2]))
    assert job.order.ids == (office.field.wave,)
    everything = order(worker, POSTERS, alle="ja")
    assert job_on(office.field, int(everything.rpartition("/")[2])).order.ids == (
        office.field.wave,
    )


def test_from_the_order_to_the_file(office_on_both: Office, tmp_path: Path) -> None:
    """Rules 3, 4 and 6; on PostgreSQL behind the wall of the network."""
    office = office_on_both
    albrecht = office.albrecht()
    office.wave(office.measure())
    path = order(albrecht, POSTERS, alle="ja", als="pdf", format="table_cards", sprache="de")
    waiting = albrecht.page(path)
    assert "Gleich geht es los" in waiting.main
    assert waiting.find("noscript/a").get("href") == path
    assert waiting.find("main//progress").attrib["max"] == "2"
    assert albrecht.get(f"{path}/datei").status_code == 404
    draw(office, tmp_path, path)
    done = albrecht.page(path)
    assert "Fertig" in done.main
    assert "noch 24 Stunden" in done.main
    assert done.all("noscript/a") == []
    file = albrecht.get(f"{path}/datei")
    assert (file.status_code, file.mimetype) == (200, "application/pdf")
    assert file.headers["Cache-Control"] == "no-store"
    assert "Poster und Karten 2026-11-21.pdf" in file.headers["Content-Disposition"]
    with open_pdf(file.data) as opened:
        assert len(opened.pages) == 2
    other = somebody(office, Role.COORDINATOR)
    nothing = other.get(f"{BATCH}/999999")
    for address in (path, f"{path}/datei"):
        foreign = other.get(address)
        assert (foreign.status_code, foreign.data) == (404, nothing.data)
    jobs.forget_jobs(office.database, tmp_path / "jobs", office.clock.moment + 24 * 3600 + 1)
    assert albrecht.get(path).status_code == 404


def test_what_is_out_of_reach_by_now_is_not_handed_out(office: Office, tmp_path: Path) -> None:
    """Rule 4."""
    worker = somebody(office, Role.YOUTH_WORKER)
    path = order(worker, POSTERS, alle="ja")
    draw(office, tmp_path, path)
    assert worker.get(f"{path}/datei").status_code == 200
    with office.database.write() as connection:
        connection.execute(text("UPDATE staff SET place = 999 WHERE role = 'youth_worker'"))
    assert worker.get(f"{path}/datei").status_code == 404
    with office.database.write() as connection:
        connection.execute(
            text(
                "UPDATE staff SET role = 'evaluator', reach = 'network', place = NULL"
                " WHERE role = 'youth_worker'"
            )
        )
    assert worker.get(f"{path}/datei").status_code == 404


def test_stopped_and_taken_back(office: Office, tmp_path: Path) -> None:
    """Rule 3."""
    albrecht = office.albrecht()
    path = order(albrecht, POSTERS, alle="ja", als="zip")
    press_button(albrecht, path, "abbrechen")
    assert "Abgebrochen" in albrecht.page(path).main
    draw(office, tmp_path, path)
    assert "Abgebrochen" in albrecht.page(path).main
    press_button(albrecht, path, "noch-einmal")
    draw(office, tmp_path, path)
    assert job_on(office.field, int(path.rpartition("/")[2])).state is State.DONE
    assert "ZIP herunterladen" in albrecht.page(BATCH).main


def test_a_failure_says_what_helps(office: Office) -> None:
    """Rule 3."""
    albrecht = office.albrecht()
    path = order(albrecht, POSTERS, alle="ja")
    with office.database.write() as connection:
        connection.execute(
            text("UPDATE job SET state = 'failed', reason = 'not_drawn', place = 'Sommercamp'")
        )
    page = albrecht.page(path)
    assert "„Sommercamp“ ließ sich nicht zeichnen" in page.main
    assert "Noch einmal" in page.main


def test_who_may_print_no_posters_is_offered_none(office: Office) -> None:
    """Rule 5."""
    evaluator = somebody(office, Role.EVALUATOR)
    page = evaluator.page(BATCH)
    assert "Poster und Karten" not in page.main
    assert evaluator.get(POSTERS).status_code == 403
    office.answers(12)
    office.close()
    path = order(evaluator, SHEETS, alle="ja")
    assert job_on(office.field, int(path.rpartition("/")[2])).order.ids == (office.field.measure,)
