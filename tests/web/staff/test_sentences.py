"""The sentences of a sheet in words of staff.

1. Every generated passage stands on the page, with a form of its own; saving brings one back.
2. On every output a passage in words of staff says so: the page, the PDF, the page for wording.
3. It can be taken back, and the generated sentence stands there again.
4. What is too long is refused with the reason; the audit log names the place, not the words.
5. Words are text, never markup. Annexes are a PDF of their own.
"""

from sqlalchemy import select
from werkzeug.test import TestResponse

from survey_app.storage import schema
from tests.web.staff.office import LIST, Office, Person

OWN = "Den meisten hat es gefallen, sagt das Team <b>hier</b>."


def sentences_of(office: Office) -> str:
    return f"{LIST}/{office.field.measure}/auswertung/saetze"


def sheet_of(office: Office) -> str:
    return f"{LIST}/{office.field.measure}/auswertung"


def counted(office: Office) -> Person:
    office.answers(30)
    office.close()
    return office.albrecht()


def send(person: Person, office: Office, **values: str) -> TestResponse:
    """Send the form of the key sentence, and of no other."""
    filled = person.page(sentences_of(office)).form()
    own = {name: value for name, value in filled.items() if name.startswith("key-")}
    return person.client.post(sentences_of(office), data=own | values)


def test_words_of_staff_stand_on_the_sheet_and_can_be_taken_back(office: Office) -> None:
    """Rules 1, 2, 3 and 5."""
    person = counted(office)
    before = person.page(sheet_of(office)).main
    assert "haben geantwortet" in before
    assert "redaktionell geändert" not in before
    answer = send(person, office, **{"key-text": OWN})
    assert answer.status_code == 303
    after = person.page(sheet_of(office)).main
    assert f"{OWN} redaktionell geändert" in after
    assert "redaktionell geändert" in person.page(sentences_of(office)).main
    assert send(person, office, **{"key-text": OWN, "zurueck": "1"}).status_code == 303
    assert person.page(sheet_of(office)).main == before


def test_the_generated_sentence_sent_back_is_no_edit(office: Office) -> None:
    """Rules 1 and 3."""
    person = counted(office)
    send(person, office, **{"key-text": ""})
    assert "redaktionell geändert" not in person.page(sheet_of(office)).main


def test_what_is_too_long_is_refused(office: Office) -> None:
    """Rule 4."""
    person = counted(office)
    answer = send(person, office, **{"key-text": "x" * 351})
    assert answer.status_code == 422
    assert "redaktionell geändert" not in person.page(sheet_of(office)).main


def test_an_unknown_passage_is_no_passage(office: Office) -> None:
    """Rule 1."""
    person = counted(office)
    token = person.page(sentences_of(office)).form()["key-csrf_token"]
    unknown = {"sonst-text": "x", "key-csrf_token": token}
    assert person.client.post(sentences_of(office), data=unknown).status_code == 400


def test_the_audit_log_names_the_place(office: Office) -> None:
    """Rule 4."""
    person = counted(office)
    send(person, office, **{"key-text": OWN})
    columns = (schema.audit.c.action, schema.audit.c.detail)
    with office.database.read() as connection:
        rows = connection.execute(select(*columns).where(schema.audit.c.action == "word_sheet"))
        assert [tuple(row) for row in rows] == [("word_sheet", "key")]


def test_annexes_are_a_pdf(office: Office) -> None:
    """Rule 5."""
    answer = counted(office).get(f"{LIST}/{office.field.measure}/anlagen.pdf")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF-")
