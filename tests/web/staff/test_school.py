"""The request pack on its page.

1. The page says who decides in this Land, and offers the whole and every part.
2. Every part is a PDF of its own; the whole has them all, the letter in every language there is.
3. A Land whose rules are not known is a warning, and the pack comes all the same.
4. A foreign wave is as missing as none; so is a part that is not there.
"""

import pytest

from survey_app.domain.land import PackPart
from survey_app.domain.measure import Setting
from survey_app.storage import places
from tests.rendering.paper import open_pdf, text
from tests.web.staff.office import LIST, Office, said


def school_of(office: Office, measure: int | None = None, wave: int | None = None) -> str:
    place = f"{measure or office.field.measure}/erhebungen/{wave or office.field.wave}"
    return f"{LIST}/{place}/schule"


def test_the_page_says_who_decides(office: Office) -> None:
    page = office.albrecht().page(school_of(office))
    assert page.response.status_code == 200
    assert (
        "In Nordrhein-Westfalen entscheidet die Schulleitung über eine Befragung."
        " Vorher wird die Schulkonferenz beteiligt."
    ) in page.main
    assert "Zuletzt mit den Quellen verglichen am 21. November 2026." in page.main
    links = [each.get("href") for each in page.all("ul[@class='files']//a")]
    assert links == [f"{school_of(office)}/{part.value}.pdf" for part in PackPart]


@pytest.mark.parametrize("part", PackPart)
def test_every_part_is_a_file(office: Office, part: PackPart) -> None:
    response = office.albrecht().get(f"{school_of(office)}/{part.value}.pdf")
    assert (response.status_code, response.content_type) == (200, "application/pdf")
    assert part.label.split()[0] in response.headers["Content-Disposition"].replace("%20", " ")


def test_the_whole_has_them_all(office: Office) -> None:
    pdf = office.albrecht().get(f"{school_of(office)}/alles.pdf").data
    with open_pdf(pdf) as opened, opened.open_outline() as outline:
        chapters = [item.title for item in outline.root]
        assert len(opened.pages) == 2 + 1 + 1 + 6 + 1 + 2
    assert len(chapters) == 3 + 6 + 1 + 2
    on_paper = text(pdf)
    for part in (
        "An die Schulleitung, Schule am See",
        "nur, was mindestens 5 Personen",
        "22. November 2026",
    ):
        assert part in on_paper


def test_a_land_that_is_not_known_is_a_warning(office: Office) -> None:
    network = office.field.network
    with office.database.write() as connection:
        town = places.add_municipality(connection, network, "09162000", "München")
        site = places.add_site(connection, network, town.id, "Schule am Fluss", Setting.SCHOOL)
    measure = office.measure(municipality=town.id, site=site.id)
    address = school_of(office, measure, office.wave(measure))
    albrecht = office.albrecht()
    warning = said(albrecht.page(address).find("div[@class='notice notice-warning']"))
    assert warning.startswith("Welche Regeln in diesem Land")
    assert albrecht.get(f"{address}/request.pdf").status_code == 200


@pytest.mark.parametrize("path", ["", "/alles.pdf", "/request.pdf"])
def test_a_foreign_wave_is_as_missing_as_none(office: Office, path: str) -> None:
    yildiz = office.stranger()
    assert yildiz.log_in("yildiz@nachbar.example").status_code == 302
    missing = yildiz.get(f"{LIST}/2147483647/erhebungen/1/schule{path}")
    answer = yildiz.get(f"{school_of(office)}{path}")
    assert (answer.status_code, answer.data) == (404, missing.data)
    assert office.stranger().get(f"{school_of(office)}{path}").status_code == 302


def test_a_part_that_is_not_there_is_missing(office: Office) -> None:
    assert office.albrecht().get(f"{school_of(office)}/geheim.pdf").status_code == 404
