"""Closing a wave by the button.

1. The button leads to a question that says what will happen; nothing happens by looking.
2. The answer is a form; then the wave is counted once, the audit log names who did it, and
   phones are turned away.
3. Who closes with too few answers is warned before; a wave that has not begun cannot be closed.
4. Closing twice changes nothing.
"""

from datetime import timedelta

from sqlalchemy import select

from survey_app.services.collecting import Receipt
from survey_app.storage import schema
from tests.support_field import ALBRECHT, TODAY
from tests.web.staff.office import LIST, Office, Page


def question(office: Office, wave: int | None = None) -> str:
    return f"{LIST}/{office.field.measure}/erhebungen/{wave or office.field.wave}/abschliessen"


def deeds(office: Office) -> list[tuple[str, str, str]]:
    columns = (schema.audit.c.actor, schema.audit.c.action, schema.audit.c.subject)
    with office.database.read() as connection:
        return [(row[0], row[1], row[2]) for row in connection.execute(select(*columns))]


def test_looking_at_the_question_closes_nothing(office: Office) -> None:
    office.answers(12)
    page = office.albrecht().page(question(office))
    assert page.find("h1").text == "Erhebung abschließen?"
    assert "12 von 30 Rückmeldungen" in page.main
    assert "Vorgesehen war noch 1 Tag." in page.main
    assert "bleiben 14 Tage lang für eine Nachzählung" in page.main
    assert "Das lässt sich nicht rückgängig machen." in page.main
    assert "zu wenige" not in page.main
    assert deeds(office) == []
    assert office.field.send({"k1": ["3"]}) is Receipt.COUNTED


def test_the_answer_closes_for_good(office_on_both: Office) -> None:
    office_on_both.answers(12)
    albrecht = office_on_both.albrecht()
    response = albrecht.send(question(office_on_both))
    there = f"{LIST}/{office_on_both.field.measure}#erhebung-{office_on_both.field.wave}"
    assert (response.status_code, response.location) == (303, there)
    assert "12 Rückmeldungen ausgezählt" in albrecht.page(there).main
    assert deeds(office_on_both) == [(ALBRECHT, "close", f"wave {office_on_both.field.wave}")]
    assert office_on_both.field.send({"k1": ["3"]}) is Receipt.CLOSED


def test_too_few_answers_are_named_before(office: Office) -> None:
    office.answers(4)
    main = office.albrecht().page(question(office)).main
    assert "Unter 5 Rückmeldungen wird zum Schutz der Befragten nichts ausgewiesen" in main


def test_closing_twice_changes_nothing(office: Office) -> None:
    office.answers(12)
    albrecht = office.albrecht()
    token = albrecht.page(question(office)).form()
    for _ in range(2):
        assert albrecht.client.post(question(office), data=token).status_code == 303
    assert albrecht.get(question(office)).status_code == 303
    assert len(deeds(office)) == 1


def test_what_has_not_begun_is_not_closed(office: Office) -> None:
    albrecht = office.albrecht()
    later = office.wave(office.field.measure, opens_on=TODAY + timedelta(days=2))
    assert albrecht.get(question(office, later)).status_code == 303
    token = albrecht.page(LIST).form("header")
    refused = albrecht.client.post(question(office, later), data=token)
    assert refused.status_code == 409
    assert Page(refused).find("h1").text == "Diese Erhebung hat noch nicht begonnen"
    assert deeds(office) == []
