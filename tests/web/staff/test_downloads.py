"""The files of staff, fetched as a browser fetches them.

1. The poster is an A4 page per way in; its QR code, decoded from the rendered page, leads to the
   questionnaire. It speaks German, "Sie" to professionals, whatever the browser prefers.
2. The evaluation sheet is two pages, and says the counts that were computed by hand.
3. Every format is offered and carries the released numbers.
4. A wave of four is withheld in all of them, on screen and on paper: no count appears.
5. A file has a name that people recognise (RFC 6266), its media type, nosniff and no-store.
6. PDFs are drawn in other processes and kept: the same document is not drawn twice.
7. A printer that is busy is a page that says so.
"""

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta

import pypdfium2  # type: ignore[import-untyped]
import pytest
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from survey_app.domain.collector import printed_code
from survey_app.rendering.exports import FORMATS
from survey_app.rendering.pdf import Document, PdfPool
from survey_app.services import fielding
from survey_app.services.printing import Printer
from survey_app.web.staff import PRINTER
from tests.rendering.paper import decoded, pixels, text
from tests.support_field import TODAY, WAVE, questionnaire_from
from tests.web.staff.office import LIST, Office, Page, Person

HAND_COUNTED = {"1": 10, "2": 0, "3": 20}  # office.answers(30): every third says "nein"


def measure_of(office: Office) -> str:
    return f"{LIST}/{office.field.measure}"


def sommercamp(office: Office) -> Person:
    """Close a wave of thirty and return Herr Albrecht."""
    office.answers(30)
    office.close()
    return office.albrecht()


def werkstatt(office: Office) -> Person:
    """Close a wave of four and return Herr Albrecht."""
    office.answers(4)
    office.close()
    return office.albrecht()


def poster_of(office: Office, wave: int | None = None) -> str:
    return f"{measure_of(office)}/erhebungen/{wave or office.field.wave}/poster.pdf"


def read_csv(response: TestResponse, delimiter: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig")), delimiter=delimiter))


def cells(response: TestResponse) -> list[list[str]]:
    book = load_workbook(io.BytesIO(response.data))
    rows = book.worksheets[0].iter_rows(values_only=True)
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def test_the_code_on_the_poster_leads_to_the_questionnaire(office: Office) -> None:
    albrecht = office.albrecht()
    response = albrecht.get(poster_of(office), accept_language="en")
    (address,) = decoded(pixels(response.data, dpi=150))
    assert address == f"HTTP://127.0.0.1:8000/Q/{office.field.door.collector.code}"
    page = Page(office.stranger().get(address.removeprefix("HTTP://127.0.0.1:8000")))
    assert page.response.status_code == 200
    on_paper = text(response.data)
    for words in ("Sag uns, wie’s war!", "Sommercamp", "22. November 2026", "Beispieldaten"):
        assert words in on_paper
    assert "nur von mindestens 5 Personen zusammen" in on_paper


def test_the_poster_for_professionals_says_sie(office: Office) -> None:
    form = questionnaire_from(WAVE.replace("young_people", "professionals"))
    wave = office.wave(office.field.measure, questionnaire=form)
    on_paper = text(office.albrecht().get(poster_of(office, wave)).data)
    assert "Sagen Sie uns, wie’s war!" in on_paper
    assert "Wer neben Ihnen sitzt, kann mitlesen." in on_paper


def test_the_sheet_is_two_pages_with_the_counts_of_the_hand(office: Office) -> None:
    albrecht = sommercamp(office)
    pdf = albrecht.get(f"{measure_of(office)}/auswertungsbogen.pdf").data
    assert len(pypdfium2.PdfDocument(pdf)) == 2
    on_paper = text(pdf)
    on_screen = albrecht.page(f"{measure_of(office)}/auswertung").main
    for words in ("30 von 30 Teilnehmenden haben geantwortet", "67 %", "20 von 30"):
        assert words in on_paper
        assert words in on_screen


def test_tables_hold_the_counts_of_the_hand(office: Office) -> None:
    albrecht = sommercamp(office)
    files = f"{measure_of(office)}/dateien"
    excel = read_csv(albrecht.get(f"{files}/csv_excel"), ";")
    counted = {row["Code"]: int(row["Anzahl"]) for row in excel if row["Variable"] == "k1"}
    assert counted == HAND_COUNTED
    plain = read_csv(albrecht.get(f"{files}/csv_rfc4180"), ",")
    assert {r["code"]: int(r["count"]) for r in plain if r["variable"] == "k1"} == HAND_COUNTED
    answers = json.loads(albrecht.get(f"{files}/json").data)["waves"][0]["variables"][0]["answers"]
    assert {str(each["code"]): each["count"] for each in answers} == HAND_COUNTED
    assert [row for row in cells(albrecht.get(f"{files}/xlsx")) if "k1" in row]


def test_every_format_is_offered(office: Office) -> None:
    albrecht = sommercamp(office)
    links = albrecht.page(measure_of(office)).all("ul[@class='files']//a")
    assert [each.get("href") for each in links] == [
        f"{measure_of(office)}/dateien/{name}" for name in FORMATS
    ]
    for name, kind in FORMATS.items():
        response = albrecht.get(f"{measure_of(office)}/dateien/{name}")
        assert (response.status_code, response.content_type) == (200, kind.media_type)
    assert albrecht.get(f"{measure_of(office)}/dateien/spss").status_code == 404


def test_a_wave_of_four_is_withheld_everywhere(office: Office) -> None:
    albrecht = werkstatt(office)
    files = f"{measure_of(office)}/dateien"
    rows = read_csv(albrecht.get(f"{files}/csv_excel"), ";")
    rows += read_csv(albrecht.get(f"{files}/csv_rfc4180"), ",")
    for row in rows:
        shown = [row.get(name) for name in ("Anzahl", "Prozent", "n", "count", "percent", "base")]
        assert {each for each in shown if each} <= {"•"}
    (wave,) = json.loads(albrecht.get(f"{files}/json").data)["waves"]
    assert wave["base"] is None
    assert all("answers" not in each and each["reason"] for each in wave["variables"])
    head, *body = cells(albrecht.get(f"{files}/xlsx"))
    numbers = [head.index(name) for name in ("Anzahl", "Prozent", "n")]
    assert {row[place] for row in body if any(row) for place in numbers} <= {"", "•"}
    reason = "Weniger als 5 Antworten: zum Schutz nicht ausgewiesen."
    sheet = albrecht.page(f"{measure_of(office)}/auswertung").main
    paper = text(albrecht.get(f"{measure_of(office)}/auswertungsbogen.pdf").data)
    for said in (sheet, paper):
        assert reason in said
        assert "4 von 30" not in said
        assert "Personen haben geantwortet" not in said


def test_a_file_has_a_name_and_is_kept_nowhere(office: Office) -> None:
    measure = office.measure(title='Klick/„Kopf": Übung\n')
    wave = office.wave(measure)
    response = office.albrecht().get(f"{LIST}/{measure}/erhebungen/{wave}/poster.pdf")
    fielded = fielding.fielded_measure(office.database, office.field.network, measure, TODAY)
    assert fielded is not None
    code = printed_code(fielded.waves[0].collectors[0].code)
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="Poster Klick Kopf Ubung {code}.pdf";'
        f" filename*=UTF-8''Poster%20Klick%20%E2%80%9EKopf%20%C3%9Cbung%20{code}.pdf"
    )
    assert response.content_type == "application/pdf"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_the_same_document_is_drawn_once() -> None:
    page = Document('<html lang="de"><title>Bogen</title><body><p>1</p></body></html>')
    with Printer(PdfPool(workers=1), kept_bytes=20_000) as printer:
        first = printer.pdf(page)
        assert printer.pdf(replace(page)) is first
        for number in range(9):
            printer.pdf(replace(page, html=page.html.replace("1", str(number + 2))))
        again = printer.pdf(page)
    assert again is not first
    assert again == first


def test_a_printer_that_cannot_is_a_page_that_says_so(office: Office) -> None:
    albrecht = office.albrecht()
    office.app.extensions[PRINTER].close()
    page = albrecht.page(poster_of(office))
    assert page.response.status_code == 503
    assert page.find("h1").text == "Das PDF ist gerade nicht fertig geworden"


@pytest.mark.parametrize("path", ["auswertung", "auswertungsbogen.pdf", "dateien/json"])
def test_what_is_planned_has_no_results(office: Office, path: str) -> None:
    measure = office.measure()
    office.wave(measure, opens_on=TODAY + timedelta(days=1))
    assert office.albrecht().get(f"{LIST}/{measure}/{path}").status_code == 404
