"""The public list, as staff see it: what would be seen, a look at it, switching it on and off.

1. Nothing is switched by looking. Before, the page says how much everybody will see, what is held
   back, and what to look at again; after, since when it is on and where. Whoever publishes one
   measure is told what to look at again, too.
2. It is switched by its button alone, with the token of the form; twice is once.
3. The preview is the page that everybody will see, with its choice, and leads to previews only;
   a measure can be looked at before it is published.
4. Coordinators switch; whoever has a say in publishing a measure may look at its public page;
   nobody else.
5. The other network is shown nothing and can switch nothing here.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from survey_app.domain.measure import Publication
from survey_app.domain.rights import Role
from survey_app.services import measures, promising, public_lists
from survey_app.storage import schema
from tests.support_field import ALBRECHT, BOAT, TODAY
from tests.web.staff.office import LIST, Office, Person
from tests.web.staff.test_rights import somebody

HOME = "/team/oeffentliche-liste"
SHOWN = "/massnahmen/kreis-beispiel"


@pytest.fixture
def ready(office: Office) -> Office:
    """Give an office with a published measure that has results, and one that is a draft."""
    field = office.field
    office.answers(12)
    office.close()
    promising.promise(
        office.database, field.network, field.measure, BOAT, today=TODAY, actor=ALBRECHT
    )
    office.measure(title="Noch ein Entwurf")
    by = measures.By(ALBRECHT, TODAY)
    measures.publish(office.database, field.network, field.measure, Publication.PUBLISHED, by)
    office.clock.day = TODAY + timedelta(days=14)
    return office


def status(person: Person, path: str) -> int:
    return person.get(path).status_code


def is_shown(office: Office) -> bool:
    office.clock.now += 5
    return status(office.stranger(), SHOWN) == 200


# Rule 1


def test_before_and_after(ready: Office) -> None:
    albrecht = ready.albrecht()
    before = albrecht.page(HOME).main
    for words in (
        "ausgeschaltet",
        "1 veröffentlichte Maßnahme",
        "1 davon mit Ergebnissen",
        "1 Antwort auf einen Wunsch",
        "1 weitere Maßnahme hat ihn noch nicht.",
        "In den Texten steht „Schule am See“.",
        "In Brüggen hat Ihr Netzwerk nur eine Schule",
    ):
        assert words in before
    asked = albrecht.page(f"{HOME}/einschalten").main
    assert "1 veröffentlichte Maßnahme" in asked
    assert "Bitte noch einmal hinsehen Sommercamp In den Texten steht „Schule am See“." in asked
    for path in (f"{HOME}/vorschau", f"{LIST}/{ready.field.measure}/oeffentlich"):
        assert status(albrecht, path) == 200
    assert not is_shown(ready)
    assert albrecht.send(f"{HOME}/einschalten").status_code == 303
    assert is_shown(ready)
    after = albrecht.page(HOME).main
    assert "Zu sehen seit 5. Dezember 2026" in after
    assert f"http://127.0.0.1:8000{SHOWN}" in after


def test_whoever_publishes_one_measure_is_told_what_to_look_at_again(ready: Office) -> None:
    field, by = ready.field, measures.By(ALBRECHT, TODAY)
    measures.publish(ready.database, field.network, field.measure, Publication.DRAFT, by)
    asked = ready.albrecht().page(f"{LIST}/{field.measure}/stammdaten/stand").main
    assert "bitte prüfen In den Texten steht „Schule am See“." in asked
    assert "bitte prüfen In Brüggen hat Ihr Netzwerk nur eine Schule" in asked


def test_empty_network_says_what_to_do(office: Office) -> None:
    albrecht = office.albrecht()
    assert "Noch ist keine Maßnahme veröffentlicht." in albrecht.page(HOME).main
    assert "Noch nichts veröffentlicht." in albrecht.page(f"{HOME}/vorschau").main


# Rule 2


def test_switching_takes_the_button(ready: Office) -> None:
    albrecht = ready.albrecht()
    assert albrecht.client.post(f"{HOME}/einschalten").status_code == 400
    assert not is_shown(ready)
    albrecht.send(f"{HOME}/einschalten")
    answer = albrecht.get(f"{HOME}/einschalten")
    assert (answer.status_code, answer.location) == (303, HOME)
    asked = albrecht.page(f"{HOME}/ausschalten").main
    assert "Die Liste mit 1 Maßnahme verschwindet innerhalb von fünf Sekunden." in asked
    assert is_shown(ready)
    token = albrecht.page(f"{HOME}/ausschalten").form()
    for _ in range(2):
        answer = albrecht.client.post(f"{HOME}/ausschalten", data=token)
        assert (answer.status_code, answer.location) == (303, HOME)
    assert not is_shown(ready)
    assert "Die Adresse bleibt reserviert" in albrecht.page(HOME).main
    with ready.database.read() as connection:
        noted = connection.scalars(select(schema.audit.c.action).order_by(schema.audit.c.number))
        assert [*noted][-2:] == ["open public list", "close public list"]


# Rule 3


def test_preview_is_the_page_itself(ready: Office) -> None:
    albrecht, preview = ready.albrecht(), f"{LIST}/{ready.field.measure}/oeffentlich"
    page = albrecht.page(f"{HOME}/vorschau?thema=media_literacy&lang=en")
    assert page.find("main//form").get("action") == f"{HOME}/vorschau"
    (title,) = page.all("main//h3//a")
    assert title.get("href") == f"{preview}?lang=en"
    albrecht.send(f"{HOME}/einschalten")
    public = ready.stranger()
    (title,) = public.page(SHOWN).all("main//h3//a")
    seen = public.page(title.get("href") or "").main
    shown = albrecht.page(preview).main
    assert shown.endswith(seen)
    assert shown.startswith("Vorschau · Steht auf der öffentlichen Liste")


def test_draft_can_be_looked_at(ready: Office) -> None:
    draft = ready.measure(title="Ganz neu")
    page = ready.albrecht().page(f"{LIST}/{draft}/oeffentlich")
    assert "Stand der Angaben: Entwurf." in page.main
    assert (
        ready.albrecht()
        .page(f"{LIST}/{draft}/stammdaten")
        .all(f"main//a[@href='{LIST}/{draft}/oeffentlich']")
    )


# Rule 4


@pytest.mark.parametrize("role", Role)
def test_who_may_what(ready: Office, role: Role) -> None:
    person = somebody(ready, role)
    pages = [HOME, f"{HOME}/vorschau", f"{HOME}/einschalten", f"{HOME}/ausschalten"]
    found = [status(person, path) for path in pages]
    one = status(person, f"{LIST}/{ready.field.measure}/oeffentlich")
    expected = {
        Role.ADMINISTRATOR: ([403] * 4, 404),
        Role.COORDINATOR: ([200, 200, 200, 303], 200),
        Role.EVALUATOR: ([403] * 4, 200),
        Role.YOUTH_WORKER: ([403] * 4, 200),
        Role.SCHOOL_CONTACT: ([403] * 4, 403),
    }
    assert (found, one) == expected[role]
    if role is not Role.COORDINATOR:
        token = person.page("/team/konto").form()
        assert person.client.post(f"{HOME}/einschalten", data=token).status_code == 403
        assert not is_shown(ready)


# Rule 5


def test_other_network_switches_its_own(ready: Office) -> None:
    ready.albrecht().send(f"{HOME}/einschalten")
    prospect = public_lists.prospect(ready.database, ready.field.network + 1, TODAY)
    assert prospect == replace(prospect, known=None, candidates=())
