"""The pages for municipalities, organisations and sites.

1. All three kinds can be added, changed and removed; what is wrong stands at its field.
2. What is used cannot be removed, and the page says what uses it.
3. Numbers are read as people copy them: 34.000 is one.
4. A place of another network is missing, in every address.
"""

import pytest

from survey_app.domain.rights import Role
from survey_app.services import accounts, places
from tests.web.staff.office import PASSWORD, Office, Page, Person

PLACES = "/team/orte"
TOWN = f"{PLACES}/kommunen"


def names(page: Page) -> list[str]:
    return ["".join(each.itertext()) for each in page.all("ul[@class='places-list']//h3")]


def new_town(person: Person, **changes: str) -> Page:
    """Fill in the form for a municipality."""
    values = {
        "o_name": "Kempen",
        "o_ags": "05166012",
        "o_population": "34.000",
        "o_population_on": "2024-12-31",
        "o_population_basis": "Zensus 2022, fortgeschrieben",
        "o_youth_population": "3 300",
    }
    return Page(person.send(f"{TOWN}/neu", **values | changes))


def test_a_municipality_comes_changes_and_goes(office_on_both: Office) -> None:
    """Rules 1 and 3."""
    albrecht = office_on_both.albrecht()
    assert new_town(albrecht).response.status_code == 303
    page = albrecht.page(PLACES)
    assert names(page) == ["Brüggen", "Kempen", "Jugendamt", "Schule am See"]
    assert "34.000 Einwohnerinnen und Einwohner, davon 3.300 von 12 bis 21" in page.main
    (link,) = [a for a in page.all("h3/a") if a.text == "Kempen"]
    path = str(link.get("href"))
    assert albrecht.page(path).form()["o-population"] == "34000"
    assert albrecht.send(path, o_population="34 100").status_code == 303
    assert "34.100" in albrecht.page(PLACES).main
    assert albrecht.send(f"{path}/loeschen").status_code == 303
    assert names(albrecht.page(PLACES)) == ["Brüggen", "Jugendamt", "Schule am See"]
    assert albrecht.get(path).status_code == 404


def test_what_is_wrong_stands_at_its_field(office: Office) -> None:
    """Rule 1."""
    albrecht = office.albrecht()
    page = new_town(albrecht, o_ags="5166012", o_population_basis="", o_population="viele")
    assert page.response.status_code == 422
    assert set(page.problems()) == {"o-population"}
    page = new_town(albrecht, o_ags="5166012", o_population_basis="")
    assert set(page.problems()) == {"o-ags", "o-population_basis"}
    assert set(new_town(albrecht, o_ags="05166004").problems()) == {"o-ags"}


@pytest.mark.parametrize(
    ("path", "values", "shown"),
    [
        (
            "traeger",
            {"o_name": "Pfarrei St. Anna", "o_law": "KDG", "o_legal_form": "KdöR"},
            "Pfarrei St. Anna",
        ),
        (
            "einrichtungen",
            {
                "o_name": "Gymnasium am Ring",
                "o_municipality": "1",
                "o_setting": "school",
                "o_school_form": "grammar",
            },
            "Gymnasium am Ring",
        ),
    ],
)
def test_organisations_and_sites(
    office: Office, path: str, values: dict[str, str], shown: str
) -> None:
    """Rule 1."""
    albrecht = office.albrecht()
    assert albrecht.send(f"{PLACES}/{path}/neu", **values).status_code == 303
    page = albrecht.page(PLACES)
    assert shown in names(page)
    (link,) = [a for a in page.all("h3/a") if a.text == shown]
    assert albrecht.send(str(link.get("href")), o_name=f"{shown} (neu)").status_code == 303
    assert f"{shown} (neu)" in names(albrecht.page(PLACES))
    assert albrecht.send(f"{link.get('href')}/loeschen").status_code == 303
    assert names(albrecht.page(PLACES)) == ["Brüggen", "Jugendamt", "Schule am See"]


def test_only_a_school_has_a_school_form(office: Office) -> None:
    """Rule 1."""
    values = {"o_name": "Treff", "o_municipality": "1", "o_setting": "club"}
    answer = office.albrecht().send(
        f"{PLACES}/einrichtungen/neu", **values, o_school_form="grammar"
    )
    assert set(Page(answer).problems()) == {"o-school_form"}


@pytest.mark.parametrize(
    ("path", "uses"),
    [
        ("kommunen", ["1 Einrichtung", "1 Maßnahme"]),
        ("traeger", ["1 Maßnahme"]),
        ("einrichtungen", ["1 Maßnahme"]),
    ],
)
def test_what_is_used_stays(office: Office, path: str, uses: list[str]) -> None:
    """Rule 2."""
    albrecht = office.albrecht()
    address = f"{PLACES}/{path}/1/loeschen"
    page = albrecht.page(address)
    told = page.all("section[@class='card']//li")
    assert ["".join(each.itertext()) for each in told] == uses
    assert page.all("section[@class='card']//form") == []
    token = albrecht.page(f"{PLACES}/{path}/1").form()["o-csrf_token"]
    answer = albrecht.client.post(address, data={"csrf_token": token})
    assert answer.status_code == 409
    assert len(names(albrecht.page(PLACES))) == 3


def test_foreign_places_are_missing(office: Office) -> None:
    """Rule 4."""
    albrecht = office.albrecht()
    with office.database.read() as connection:
        sql = "SELECT id FROM network WHERE name = 'Kreis Nachbar'"
        network = int(connection.exec_driver_sql(sql).scalar_one())
    known = places.known_places(office.database, network)
    nothing = albrecht.get(f"{TOWN}/999999")
    for path, place in (
        ("kommunen", known.municipalities[0]),
        ("traeger", known.organisations[0]),
        ("einrichtungen", known.sites[0]),
    ):
        for tail in ("", "/loeschen"):
            answer = albrecht.get(f"{PLACES}/{path}/{place.id}{tail}")
            assert (answer.status_code, answer.data) == (404, nothing.data)
    assert names(albrecht.page(PLACES)) == ["Brüggen", "Jugendamt", "Schule am See"]


def test_an_administrator_manages_places(office: Office) -> None:
    accounts.open_account(
        office.database,
        email="verwaltung@beispiel.example",
        network="Kreis Beispiel",
        password=PASSWORD,
        role=Role.ADMINISTRATOR,
    )
    person = office.stranger()
    person.log_in("verwaltung@beispiel.example")
    assert new_town(person).response.status_code == 303


def test_the_list_costs_the_same_with_more_places(office: Office) -> None:
    albrecht = office.albrecht()
    few = office.queries(albrecht, PLACES)
    for number in range(10, 20):
        new_town(albrecht, o_ags=f"051660{number}", o_name=f"Ort {number}")
    assert office.queries(albrecht, PLACES) == few
