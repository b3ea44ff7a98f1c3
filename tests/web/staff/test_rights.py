"""Who is let through, at every address of the staff part.

1. Every address needs a right that is written down; a new one without an entry fails here, and is
   closed to everybody.
2. Every role × every address: in reach, out of reach in the own network, in a foreign network.
3. What is out of reach, what is foreign and what never was are one answer, byte for byte.
4. Nobody is shown a link or a button that leads to a refusal.
5. A youth worker plans for the own organisation only, and finds only its measures in the list.
6. Five hundred addresses of foreign measures give away no byte of them.
"""

import random
import re

import pytest
from flask import url_for

from survey_app.domain.measure import Law, Setting
from survey_app.domain.rights import Right, Role, may
from survey_app.services import accounts
from survey_app.storage import places
from survey_app.web.staff.guard import NEEDED
from tests.web.staff.office import LIST, PASSWORD, Office, Person

NOWHERE = 999_999
PLACES = {
    Role.ADMINISTRATOR: None,
    Role.COORDINATOR: None,
    Role.EVALUATOR: "Brüggen",
    Role.YOUTH_WORKER: "Jugendamt",
    Role.SCHOOL_CONTACT: "Schule am See",
}
RANDOM_ADDRESSES = 500


def somebody(office: Office, role: Role) -> Person:
    """Return somebody with this role and the place that goes with it, logged in."""
    email = f"{role.value}@beispiel.example"
    accounts.open_account(
        office.database,
        email=email,
        network="Kreis Beispiel",
        password=PASSWORD,
        role=role,
        place=PLACES[role],
    )
    person = office.stranger()
    assert person.log_in(email).status_code == 302
    return person


def out_of_reach(office: Office) -> int:
    """Return a measure of the same network at other places, with another organisation."""
    with office.database.write() as connection:
        network = office.field.network
        town = places.add_municipality(connection, network, "05166012", "Kempen")
        owner = places.add_organisation(connection, network, "Sportverein", Law.GDPR)
        site = places.add_site(connection, network, town.id, "Halle", Setting.CLUB)
    return office.measure(
        title="Fernes Turnier", municipality=town.id, organisation=owner.id, site=site.id
    )


def foreign(office: Office) -> int:
    """Return the measure of the network next door."""
    with office.database.read() as connection:
        query = "SELECT id FROM measure WHERE network <> ?" if office.database.is_sqlite else ""
        return int(connection.exec_driver_sql(query, (office.field.network,)).scalar_one())


def addresses(office: Office, measure: int) -> dict[str, str]:
    """Return every address that a browser may open by GET, by the name of its endpoint."""
    found = {}
    with office.app.test_request_context():
        for rule in office.app.url_map.iter_rules():
            part, _, name = rule.endpoint.rpartition(".")
            if part == "staff" and "GET" in (rule.methods or ()):
                values = dict.fromkeys(rule.arguments, 1)
                values |= {"measure": measure} if "measure" in values else {}
                values |= {"wave": office.field.wave} if "wave" in values else {}
                found[name] = url_for(rule.endpoint, **values)
    return found


def test_every_address_needs_a_right_that_is_written_down(office: Office) -> None:
    """Rule 1."""
    names = {
        rule.endpoint.removeprefix("staff.")
        for rule in office.app.url_map.iter_rules()
        if rule.endpoint.startswith("staff.")
    }
    assert names == set(NEEDED)


@pytest.mark.parametrize("role", Role)
def test_every_role_at_every_address(office: Office, role: Role) -> None:
    """Rules 2 and 3."""
    office.answers(12)
    office.close()
    person = somebody(office, role)
    actor = accounts.account_with_email(office.database, f"{role.value}@beispiel.example").actor  # type: ignore[union-attr]
    far, away = out_of_reach(office), foreign(office)
    reaches_far = role is Role.COORDINATOR
    for name, path in addresses(office, office.field.measure).items():
        right = NEEDED[name]
        allowed = right is None or may(actor, right)
        sees = may(actor, Right.SEE_MEASURES)
        of_a_measure = path.startswith(f"{LIST}/{office.field.measure}")
        refusal = 404 if of_a_measure and not sees else 403
        status = person.get(path).status_code
        assert status == refusal if not allowed else status != 403, (name, status)
        if of_a_measure:
            tail = path.removeprefix(f"{LIST}/{office.field.measure}")
            nothing = person.get(f"{LIST}/{NOWHERE}{tail}")
            strange = person.get(f"{LIST}/{away}{tail}")
            assert (strange.status_code, strange.data) == (404, nothing.data), name
            if not reaches_far:
                distant = person.get(f"{LIST}/{far}{tail}")
                assert (distant.status_code, distant.data) == (404, nothing.data), name


@pytest.mark.parametrize("role", Role)
def test_no_link_leads_to_a_refusal(office: Office, role: Role) -> None:
    """Rule 4."""
    person = somebody(office, role)
    waiting, seen = ["/team"], set()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        response = person.get(path)
        if response.location:
            waiting += [response.location] if response.location not in seen else []
            continue
        assert response.status_code == 200, path
        if response.mimetype == "text/html":
            found = set(re.findall(r'href="(/team[^"#]*)', response.get_data(as_text=True)))
            waiting += sorted(found - seen - set(waiting))
    assert len(seen) > 1


def test_youth_worker_plans_for_the_own_organisation(office: Office) -> None:
    """Rule 5."""
    far = out_of_reach(office)
    worker = somebody(office, Role.YOUTH_WORKER)
    page = worker.page(f"{LIST}/neu")
    offered = [each.text for each in page.find("select[@name='m-organisation']").iter("option")]
    assert [name for name in offered if name and "Jugendamt" in name] != []
    assert [name for name in offered if name and "Sportverein" in name] == []
    assert "Fernes Turnier" not in worker.page(LIST).main
    assert "Sommercamp" in worker.page(LIST).main
    assert "Fernes Turnier" in office.albrecht().page(LIST).main
    assert far


def test_random_addresses_give_away_nothing(office: Office) -> None:
    """Rule 6."""
    with office.database.write() as connection:
        connection.exec_driver_sql("UPDATE measure SET title = 'GEHEIM' WHERE network <> 1")
    person = somebody(office, Role.COORDINATOR)
    chance = random.Random(20261121)
    tails = [
        path.removeprefix(f"{LIST}/{NOWHERE}")
        for path in addresses(office, NOWHERE).values()
        if path.startswith(f"{LIST}/{NOWHERE}")
    ]
    away = foreign(office)
    known: dict[str, bytes] = {}
    for _ in range(RANDOM_ADDRESSES):
        tail = chance.choice(tails)
        number = chance.choice((away, chance.randint(3, 2**31 - 1)))
        response = person.get(f"{LIST}/{number}{tail}")
        assert response.status_code == 404
        assert b"GEHEIM" not in response.data
        assert known.setdefault("", response.data) == response.data
