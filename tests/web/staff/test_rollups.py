"""Roll-ups as pages, PDF and files.

1. From the first page to the roll-up of the network: a list by year, a page, a PDF, a file each.
2. The PDF and the page say the same; the PDF is tagged and has its title.
3. A municipality out of reach, a foreign one, one that never was and a topic out of reach are one
   answer, byte for byte.
4. Whoever may not export is not shown the room.
5. Of a municipality that is too small there is a page in words and no file.
"""

from dataclasses import replace

import pytest

from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.rights import Role
from survey_app.services import closing, collecting, exporting
from survey_app.storage import waves
from tests.rendering.paper import open_pdf, text
from tests.support_field import ALBRECHT, TODAY
from tests.web.staff.office import Office, Person
from tests.web.staff.test_rights import foreign, somebody

LIST = "/team/gesamtauswertungen"
NETWORK = f"{LIST}/2026/netzwerk"


@pytest.fixture
def counted(office: Office) -> Office:
    """Give the office with twelve answers at the school and twelve elsewhere, all counted."""
    office.answers(12)
    office.close()
    wave = office.wave(office.measure())
    with office.database.read() as connection:
        (collector,) = waves.collectors(connection, office.field.network, [wave])
    door = collecting.find_door(office.database, collector.code, DisclosurePolicy())
    assert door is not None
    elsewhere = replace(office.field, door=door)
    for number in range(12):
        elsewhere.send({"k1": ["1" if number % 3 == 0 else "3"]})
    closing.close_wave(office.database, office.field.network, wave, today=TODAY, actor=ALBRECHT)
    return office


def test_the_way_to_a_roll_up(counted: Office) -> None:
    """Rule 1."""
    person = counted.albrecht()
    page = person.page(LIST)
    links = [each.get("href") for each in page.all("main//a")]
    assert links == [
        NETWORK,
        f"{LIST}/2026/kommune-1",
        f"{LIST}/zustimmungen",
        f"{LIST}/2026/thema-media_literacy",
    ]
    shown = person.page(NETWORK)
    assert "Es war gut." in shown.main
    assert "67 %" in shown.main
    files = [each.get("href", "") for each in shown.all("main//a")][1:]
    assert files[0] == f"{NETWORK}/gesamtauswertung.pdf"
    assert files[1:] == [f"{NETWORK}/dateien/{name}" for name in exporting.formats()]
    for path in files:
        answer = person.get(path)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")


def test_paper_says_what_the_page_says(counted: Office) -> None:
    """Rule 2."""
    person = counted.albrecht()
    paper = person.get(f"{NETWORK}/gesamtauswertung.pdf").data
    said = " ".join(text(paper).split())
    for sentence in ("Es war gut.", "67 %", "Hilfsangebote gezeigt", "Wie gerechnet wurde"):
        assert sentence in said
    with open_pdf(paper) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.docinfo["/Title"]) == "Gesamtauswertung 2026: Kreis Beispiel"


def test_out_of_reach_is_missing(counted: Office) -> None:
    """Rule 3."""
    evaluator = somebody(counted, Role.EVALUATOR)
    assert foreign(counted)
    nothing = evaluator.get(f"{LIST}/2026/kommune-999999")
    assert nothing.status_code == 404
    for scope in ("netzwerk", "kommune-2", "thema-media_literacy", "unsinn", "kommune-"):
        for tail in ("", "/gesamtauswertung.pdf", "/dateien/json"):
            answer = evaluator.get(f"{LIST}/2026/{scope}{tail}")
            assert (answer.status_code, answer.data) == (404, nothing.data), (scope, tail)
    assert evaluator.get(f"{LIST}/2026/kommune-1").status_code == 200
    assert counted.albrecht().get(f"{LIST}/2026/kommune-2").status_code == 404  # next door
    assert counted.albrecht().get(f"{NETWORK}/dateien/exe").status_code == 404
    assert counted.albrecht().get(f"{LIST}/0/netzwerk").status_code == 404


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.YOUTH_WORKER, Role.SCHOOL_CONTACT])
def test_who_may_not_export_has_no_such_room(counted: Office, role: Role) -> None:
    """Rule 4."""
    person: Person = somebody(counted, role)
    assert person.get(LIST).status_code == 403
    assert person.get(NETWORK).status_code == 403
    assert LIST not in person.get("/team/konto").get_data(as_text=True)


def test_too_small_a_municipality(counted: Office) -> None:
    """Rule 5."""
    person = counted.albrecht()
    shown = person.page(f"{LIST}/2026/kommune-1")
    assert "3 Maßnahmen, 2 Einrichtungen und 30 Antworten" in shown.main
    assert "67 %" not in shown.main
    assert person.get(f"{LIST}/2026/kommune-1/dateien/json").status_code == 404
    assert person.get(f"{LIST}/2026/kommune-1/gesamtauswertung.pdf").status_code == 200


def test_an_empty_year(office: Office) -> None:
    """Rule 1."""
    person = office.albrecht()
    assert "keine Maßnahme" in person.page(f"{LIST}?jahr=2031").main
    assert person.page(f"{LIST}/2031/netzwerk").find("h1").text == "Kreis Beispiel"
    assert person.get(f"{LIST}?jahr=").location == LIST
