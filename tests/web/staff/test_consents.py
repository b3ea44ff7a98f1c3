"""Consents of institutions, as pages.

1. From the roll-ups to the list, a consent recorded, revoked after one more question; every step is
   a redirect, and what is wrong comes back with its field.
2. Coordination only.
3. A consent that is none, is another network's or has ended is missing.
4. A roll-up that rests on one says so, without the name of the institution.
"""

import pytest

from survey_app.domain.rights import Role
from tests.support_field import TODAY
from tests.web.staff.office import Office, Person
from tests.web.staff.test_rights import somebody

LIST = "/team/gesamtauswertungen"
PATH = f"{LIST}/zustimmungen"


def institution(person: Person) -> str:
    """Return the first institution to choose."""
    values = [each.get("value", "") for each in person.page(PATH).all("main//option")]
    return next(value for value in values if value)


def test_recorded_and_revoked(office: Office) -> None:
    """Rule 1."""
    person = office.albrecht()
    own = institution(person)
    assert PATH in [each.get("href") for each in person.page(LIST).all("main//a")]
    assert "Bisher hat keine Einrichtung zugestimmt" in person.page(PATH).main
    values = {"z_institution": own, "z_agreed_on": TODAY.isoformat(), "z_agreed_by": "Schulleitung"}
    sent = person.send(PATH, **values)
    assert (sent.status_code, sent.location) == (303, PATH)
    assert "Schulleitung" in person.page(PATH).main
    again = person.send(PATH, **values)
    assert again.status_code == 422
    assert "schon eine Zustimmung" in again.get_data(as_text=True)
    ask = f"{PATH}/widerrufen?zustimmung=1"
    assert "bleibt veröffentlicht" in person.page(ask).main
    gone = person.send(ask)
    assert (gone.status_code, gone.location) == (303, PATH)
    assert "widerrufen am" in person.page(PATH).main
    assert person.get(ask).status_code == 404


def test_what_is_missing_comes_back(office: Office) -> None:
    """Rule 1."""
    person = office.albrecht()
    answer = person.send(PATH, z_institution="", z_agreed_on="", z_agreed_by="")
    assert answer.status_code == 422


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.COORDINATOR])
def test_for_the_coordination_only(office: Office, role: Role) -> None:
    """Rule 2."""
    person = somebody(office, role)
    assert [person.get(path).status_code for path in (PATH, f"{PATH}/widerrufen")] == [403, 403]


@pytest.mark.parametrize("number", ["", "0", "7", "x", "9" * 30])
def test_what_is_none_is_missing(office: Office, number: str) -> None:
    """Rule 3."""
    assert office.albrecht().get(f"{PATH}/widerrufen?zustimmung={number}").status_code == 404


def test_a_roll_up_says_that_it_rests_on_one(office: Office) -> None:
    """Rule 4."""
    office.answers(12)
    office.close()
    person, path = office.albrecht(), f"{LIST}/2026/netzwerk"
    assert "Ausgewiesen wird es, wenn sie zustimmt" in person.page(path).main
    values = {"z_agreed_on": TODAY.isoformat(), "z_agreed_by": "Schulleitung"}
    person.send(PATH, **values, z_institution=institution(person))
    shown = person.page(path).main
    assert "Mit Zustimmung:" in shown
    assert "Sie hat zugestimmt, dass ihr Ergebnis hier steht" in shown
