"""Files with checksums, and tokens for programs, on the pages of staff.

1. Every format on offer is listed with its size and the SHA-256 of exactly the file behind the link.
2. A token is shown once, after the form; a second look at the page does not show it, and its hash
   is all there is. A program can use it at once.
3. Wrong entries come back with what to do; nothing is made.
4. Deleting asks once more, and only of one's own tokens; afterwards the program is turned away.
5. Whoever may not export sees neither the pages nor the way to them.
"""

import hashlib
import re
from datetime import timedelta

import pytest

from survey_app.domain.rights import Role
from survey_app.services import accounts
from tests.support_field import TODAY
from tests.web.staff.office import LIST, PASSWORD, YILDIZ, Office, Page, Person, said

TOKENS = "/team/konto/programme"
SECRET = re.compile(r"mitreden_[A-Za-z0-9_-]{43}")


def made(person: Person, name: str = "Jahresbericht in R") -> str:
    """Make a token on the page and return it."""
    response = person.send(f"{TOKENS}/neu", z_name=name)
    assert (response.status_code, response.location) == (303, TOKENS)
    page = person.page(TOKENS)
    (secret,) = SECRET.findall(page.response.get_data(as_text=True))
    return str(secret)


def asked(office: Office, secret: str) -> int:
    """Return how a program is answered that comes with this token."""
    headers = {"Authorization": f"Bearer {secret}"}
    return office.app.test_client().get("/api/v1/measures", headers=headers).status_code


def test_every_file_has_its_size_and_checksum(office: Office) -> None:
    office.answers(30)
    office.close()
    albrecht = office.albrecht()
    page = albrecht.page(f"{LIST}/{office.field.measure}/dateien")
    items = page.all("ul[@class='card all-files']/li")
    assert len(items) == 9
    for item in items:
        link = item.find(".//a")
        assert link is not None
        content = albrecht.get(link.get("href", "")).data
        assert hashlib.sha256(content).hexdigest() in said(item)
        assert f"{-(-len(content) // 1024)} kB" in said(item)


def test_without_results_there_are_no_files(office: Office) -> None:
    assert office.albrecht().get(f"{LIST}/{office.field.measure}/dateien").status_code == 404


def test_a_token_is_shown_once_and_works(office_on_both: Office) -> None:
    office = office_on_both
    albrecht = office.albrecht()
    assert "Sie haben noch keinen" in albrecht.page(TOKENS).main
    secret = made(albrecht)
    again = albrecht.page(TOKENS)
    assert secret not in again.response.get_data(as_text=True)
    assert "Jahresbericht in R" in again.main
    assert "gilt bis 19. Februar 2027 · noch nicht benutzt" in again.main
    assert asked(office, secret) == 200
    assert "zuletzt benutzt am 21. November 2026" in albrecht.page(TOKENS).main


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        ({"z_name": ""}, "Bitte geben Sie an, wofür der Schlüssel ist."),
        (
            {"z_name": "a", "z_expires_on": (TODAY + timedelta(days=366)).isoformat()},
            "Ein Schlüssel gilt höchstens ein Jahr. Bitte wählen Sie einen Tag bis 21. November 2027.",
        ),
    ],
)
def test_wrong_entries_come_back(office: Office, entries: dict[str, str], problem: str) -> None:
    albrecht = office.albrecht()
    response = albrecht.send(f"{TOKENS}/neu", **entries)
    assert response.status_code == 422
    assert list(Page(response).problems().values()) == [problem]
    assert "Sie haben noch keinen" in albrecht.page(TOKENS).main


def test_deleting_asks_once_more(office: Office) -> None:
    albrecht, yildiz = office.albrecht(), office.stranger()
    yildiz.log_in(YILDIZ)
    secret = made(albrecht)
    link = albrecht.page(TOKENS).find("ul[@class='card tokens']//a").get("href", "")
    assert yildiz.get(link).status_code == 404
    assert "Das lässt sich nicht rückgängig machen" in albrecht.page(link).main
    assert asked(office, secret) == 200
    assert albrecht.send(link).location == TOKENS
    assert asked(office, secret) == 401
    assert albrecht.get(link).status_code == 404


def test_who_may_not_export_sees_no_way_to_it(office: Office) -> None:
    accounts.open_account(
        office.database,
        email="jugend@beispiel.example",
        network="Kreis Beispiel",
        password=PASSWORD,
        role=Role.YOUTH_WORKER,
        place="Jugendamt",
    )
    person = office.stranger()
    person.log_in("jugend@beispiel.example")
    assert person.get(TOKENS).status_code == 403
    assert "Schlüssel für Programme" not in person.page("/team/konto").main
    assert "Schlüssel für Programme" in office.albrecht().page("/team/konto").main
