"""The page for slips: from the form to a phone that scans one.

1. What is asked for is printed: so many codes, read off the PDF, and each opens the questionnaire.
2. The answer with the PDF is kept nowhere: not by the browser, not by the printer.
3. The page says how many slips there are and how many were used; a second print may withdraw.
4. A way in with a queue is not offered; a wave that is over leads back.
5. What was filled in wrongly comes back with place and remedy, and nothing is printed.
6. A way in that asks for slips says so where it is set up.
"""

import re

import zxingcpp

from survey_app.domain.slip import SlipCount
from survey_app.storage import slips
from survey_app.web.staff import PRINTER
from tests.rendering.paper import pixels
from tests.web.staff.office import LIST, Office


def place(office: Office) -> str:
    """Return the address of the page."""
    return f"{LIST}/{office.field.measure}/erhebungen/{office.field.wave}/zettel"


def counts(office: Office) -> SlipCount:
    with office.database.read() as connection:
        found = slips.count(connection, [office.field.wave])
    return found.get(office.field.door.collector.code, SlipCount())


def test_from_the_form_to_the_phone(office_on_both: Office) -> None:
    """Rules 1 to 3; on PostgreSQL behind the wall of the network."""
    office = office_on_both
    albrecht = office.albrecht()
    assert albrecht.page(place(office)).form()["z-count"] == "36"
    answer = albrecht.send(place(office), z_count="13", z_layout="12")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Einmal-Zettel Sommercamp" in answer.headers["Content-Disposition"]
    found = [
        code.text
        for page in (1, 2)
        for code in zxingcpp.read_barcodes(pixels(answer.data, dpi=150, page=page))
    ]
    assert len(set(found)) == 13
    phone = office.stranger()
    paths = [re.sub("^HTTP://[^/]+", "", url) for url in found]
    assert {phone.get(path).status_code for path in paths} == {200}
    assert phone.get(paths[0]).text.count("data-questionnaire") == 1
    assert vars(office.app.extensions[PRINTER])["_kept"] == {}
    assert counts(office) == SlipCount(issued=13)
    page = albrecht.page(place(office))
    assert "13 Zettel ausgegeben, 0 eingelöst" in page.main
    again = albrecht.client.post(
        place(office), data=page.form() | {"z-count": "2", "z-layout": "24", "z-withdraw": "y"}
    )
    assert again.status_code == 200
    assert counts(office) == SlipCount(issued=2)
    assert {phone.get(path).status_code for path in paths} == {404}


def test_what_is_wrong_prints_nothing(office: Office) -> None:
    """Rule 5."""
    albrecht = office.albrecht()
    for wrong in ("0", "241", "viele", ""):
        answer = albrecht.send(place(office), z_count=wrong)
        assert answer.status_code == 422
    assert counts(office) == SlipCount()


def test_a_wave_that_is_over_has_no_page_for_slips(office: Office) -> None:
    """Rule 4."""
    albrecht = office.albrecht()
    office.close()
    assert albrecht.get(place(office)).status_code == 303


def test_a_way_in_says_that_it_asks_for_slips(office: Office) -> None:
    """Rule 6."""
    albrecht = office.albrecht()
    code = office.field.door.collector.code
    where = f"{LIST}/{office.field.measure}/erhebungen/{office.field.wave}/zugaenge/{code}"
    form = albrecht.page(where).form()
    both = form | {"z-single_use": "y", "z-offline_queue": "y"}
    refused = albrecht.client.post(where, data=both)
    assert refused.status_code == 422
    assert "gehen nicht zusammen" in refused.text
    single = {"z-csrf_token": form["z-csrf_token"], "z-single_use": "y"}
    assert albrecht.client.post(where, data=single).status_code == 303
    assert "Hier brauchst du einen Einmal-Zettel" in office.stranger().get(f"/q/{code}").text
