"""What belongs to other networks answers as what never was: 100,000 random ids, and no byte.

1. Every address with a parameter is attacked, new ones by themselves; a parameter that nobody has
   told this file about fails here.
2. People of every role ask for random foreign things, and for random things that never were: by
   address, by form, as a file, with own and foreign numbers mixed. Both get the same status, the
   same headers and the same body, apart from the token of their forms.
3. Both cost the same work: the same statements go to the database, in the same order.
4. No answer holds a byte of a foreign text.
5. What somebody chooses by a foreign id, in an address or a form, is no choice.
6. Nothing next door has changed afterwards.

A run makes 10,000 attempts, shared by the roles; `MITREDEN_ATTEMPTS=100000` makes the promised ones
(`make attack`).
"""

import os
import random
import re
from dataclasses import dataclass, field
from io import BytesIO
from itertools import product
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import create_environ, run_wsgi_app

from survey_app.domain.rights import Role
from survey_app.storage import schema
from tests.support_field import migrated
from tests.web.staff.neighbours import (
    BARE,
    MARK,
    STRANGE,
    Town,
    everything_next_door,
    settle,
)
from tests.web.staff.office import LIST, Office, Person, office_on
from tests.web.staff.test_rights import somebody

ATTEMPTS = int(os.environ.get("MITREDEN_ATTEMPTS", "10000"))
BEHIND_BOTH = 500
CONTROLS = 0.1  # how many of the attempts ask for what never was
LARGEST = 2_147_483_647
CHANGING = {"Set-Cookie", "Content-Length"}  # tokens differ in length
TOKENS = re.compile(rb'(name="[^"]*csrf_token"[^>]*value=")[^"]*')

# Of which table the number in an address is. A number that is called the same everywhere is told by
# its endpoint.
KINDS = {
    "measure": "measure",
    "wave": "wave",
    "account": "staff",
    "job": "job",
    "passkey": "passkey",
}
NUMBERS = {
    "commitment": "commitment",
    "remove_commitment": "commitment",
    "municipality": "municipality",
    "remove_municipality": "municipality",
    "organisation": "organisation",
    "remove_organisation": "organisation",
    "site": "site",
    "remove_site": "site",
}
# What names no thing of a network, but one of a few words of the house.
WORDS = {
    "role": ["coordinator", "youth_worker"],
    "deed": ["abschalten", "abmelden", "faktor"],
    "name": ["csv", "xlsx", "json"],
    "part": ["anschreiben", "request", "parents_letter"],
    "language": ["de", "en"],
    "variable": ["k9", "k1"],
    "year": [2026, 2025],
    "scope": ["netzwerk", "thema-media_literacy"],  # of a municipality: test_rollups.py
}


@dataclass(frozen=True)
class Answer:
    """What came back, and what the database was asked for it."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    statements: tuple[str, ...]


@dataclass
class Attacker:
    """Somebody who is logged in and asks for anything; as fast as the application itself is."""

    office: Office
    role: Role
    person: Person
    base: dict[str, Any] = field(init=False)
    token: str = field(init=False)

    def __post_init__(self) -> None:
        cookie = self.person.client.get_cookie("mitreden")
        assert cookie is not None
        self.base = create_environ(headers={"Cookie": f"mitreden={cookie.value}"})
        page = self.person.get("/team/konto").get_data(as_text=True)
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert found is not None
        self.token = found[1]

    def ask(self, method: str, path: str, **fields: str) -> Answer:
        """Send one request, as a form if it is POST."""
        form = urlencode({"csrf_token": self.token, **fields}).encode()
        body = form if method == "POST" else b""
        environ = self.base | {
            "PATH_INFO": path.partition("?")[0],
            "QUERY_STRING": path.partition("?")[2],
            "REQUEST_METHOD": method,
            "CONTENT_TYPE": "application/x-www-form-urlencoded" if body else "",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body),
        }
        self.office.statements.clear()
        pieces, status, headers = run_wsgi_app(self.office.app, environ)
        answer = TOKENS.sub(rb"\1", b"".join(pieces))
        told = tuple(pair for pair in headers.items() if pair[0] not in CHANGING)
        return Answer(int(status[:3]), told, answer, tuple(self.office.statements))


@dataclass
class Target:
    """One address with one method: what may stand in each of its places."""

    rule: Rule
    method: str
    chance: random.Random
    own: dict[str, list[Any]]
    foreign: dict[str, list[Any]]
    taken: dict[str, set[Any]]

    @property
    def name(self) -> str:
        """Return the name of the endpoint."""
        return self.rule.endpoint.removeprefix("staff.")

    @property
    def places(self) -> list[str]:
        """Return the parameters that name a thing of a network."""
        return sorted(name for name in self.rule.arguments if name not in WORDS)

    def mixtures(self) -> list[dict[str, bool]]:
        """Return in which places something foreign can stand, the others holding own things."""
        kinds = [self.kind(place) for place in self.places]
        choices = [[True, False] if self.own.get(kind) else [True] for kind in kinds]
        found = [dict(zip(self.places, each, strict=True)) for each in product(*choices)]
        return [each for each in found if any(each.values())]

    def kind(self, place: str) -> str:
        """Return of which table a place is."""
        return NUMBERS.get(self.name, "") if place == "number" else KINDS.get(place, place)

    def own_values(self) -> dict[str, Any]:
        """Return own things for all places that have any, and words."""
        words = {
            name: self.chance.choice(WORDS[name])
            for name in sorted(self.rule.arguments & WORDS.keys())
        }
        own = {place: self.own.get(self.kind(place)) for place in self.places}
        return words | {place: self.chance.choice(each) for place, each in own.items() if each}

    def stranger(self, place: str, *, missing: bool) -> Any:
        """Return a foreign thing, or one that never was."""
        kind = self.kind(place)
        return self._nothing(kind) if missing else self.chance.choice(self.foreign[kind])

    def _nothing(self, kind: str) -> Any:
        while True:
            example = self.foreign[kind][0]
            drawn = (
                self.chance.choice([self.chance.randint(1, 999), self.chance.randint(1, LARGEST)])
                if isinstance(example, int)
                else "".join(self.chance.choices(LETTERS, k=len(example)))
            )
            if drawn not in self.taken[kind]:
                return drawn


CHOICES = ("/team/massnahmen?kommune=", "/team/massnahmen?suche=", "/team/stapel?kommune=")
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"


@pytest.fixture
def town(office: Office) -> Town:
    """Give the networks next door to an office that has something of everything."""
    return furnished(office)


def furnished(office: Office) -> Town:
    """Put something of everything into an office and the networks next door, and return these."""
    office.answers(12)
    office.close()
    office.wave(office.measure())
    return settle(office.database, office.field.network)


def targets(office: Office, town: Town, chance: random.Random) -> list[Target]:
    """Return every address of the staff part that names a thing, once for each method."""
    own, taken = {}, {}
    with office.database.read() as connection:
        for name in (*KINDS.values(), *NUMBERS.values()):
            table = schema.metadata.tables[name]
            everything = set(connection.scalars(select(table.c.id)))
            own[name] = sorted(everything - set(town.numbers[name]))
            taken[name] = everything
        codes = list(connection.scalars(select(schema.collector.c.code)))
    own |= {"code": sorted(set(codes) - set(town.codes)), "token": []}
    taken |= {"code": set(codes), "token": set()}
    foreign = {**town.numbers, "code": town.codes, "token": [town.token]}
    return [
        Target(rule, method, chance, own, foreign, taken)
        for rule in office.app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
        if rule.endpoint.startswith("staff.") and rule.arguments - WORDS.keys()
    ]


def test_every_parameter_is_known(office: Office) -> None:
    """Rule 1."""
    rules = [rule for rule in office.app.url_map.iter_rules() if rule.endpoint.startswith("staff.")]
    unknown = {
        (rule.endpoint, name)
        for rule in rules
        for name in rule.arguments
        if name not in {*KINDS, *WORDS, "code", "token"}
        and not (name == "number" and rule.endpoint.removeprefix("staff.") in NUMBERS)
    }
    assert unknown == set(), "Say in KINDS, NUMBERS or WORDS what it names."


@pytest.mark.parametrize("role", Role)
def test_foreign_things_were_never_there(office: Office, town: Town, role: Role) -> None:
    """Rules 2, 3, 4 and 6."""
    attack(office, town, role, ATTEMPTS // len(Role))


@pytest.mark.postgres
def test_they_were_never_there_behind_both_walls(postgres_database: str) -> None:
    """Rules 2, 3, 4 and 6: PostgreSQL's wall stands, and answers stay the same."""
    with migrated(postgres_database) as database, office_on(database) as office:
        attack(office, furnished(office), Role.COORDINATOR, BEHIND_BOTH)


def attack(office: Office, town: Town, role: Role, attempts: int) -> None:
    """Let somebody of this role ask for things that are foreign, and for some that never were."""
    before = everything_next_door(office.database, office.field.network)
    chance = random.Random(f"next door {role}")
    attacker = Attacker(office, role, somebody(office, role))
    attacked = targets(office, town, chance)
    expected: dict[tuple[Any, ...], Answer] = {}
    addresses = office.app.url_map.bind("localhost")
    for number in range(attempts):
        target = attacked[number % len(attacked)]
        mixture, own = chance.choice(target.mixtures()), target.own_values()
        strange = {place for place, is_strange in mixture.items() if is_strange}
        beside = {place: value for place, value in own.items() if place not in strange}
        key = (target.name, target.method, *sorted(strange), *beside.items())
        missing = key not in expected or chance.random() < CONTROLS
        values = beside | {place: target.stranger(place, missing=missing) for place in strange}
        address = addresses.build(target.rule.endpoint, values)
        answer = attacker.ask(target.method, address)
        if key not in expected:  # some work is done once: a sheet is entered in the ledger
            expected[key] = attacker.ask(target.method, address)
            continue
        first = expected[key]
        assert answer.status >= 400, (key, values, answer.status)
        assert (answer.status, answer.headers) == (first.status, first.headers), (key, values)
        assert answer.body == first.body, (key, values)
        assert answer.statements == first.statements, (key, values)
        assert_no_byte(answer)
    assert everything_next_door(office.database, office.field.network) == before


def assert_no_byte(answer: Answer) -> None:
    """Check that nothing of a foreign text is there."""
    told = answer.body + repr(answer.headers).encode()
    assert not any(mark.encode() in told for mark in (MARK, MARK.lower(), BARE))


def test_a_foreign_choice_is_no_choice(office: Office, town: Town) -> None:
    """Rule 5: a foreign id in an address or a form reads as one that never was."""
    attacker = Attacker(office, Role.COORDINATOR, somebody(office, Role.COORDINATOR))
    for kind in ("municipality", "organisation", "site"):
        for path in CHOICES:
            strange, nothing = (
                attacker.ask("GET", f"{path}{number}") for number in (STRANGE, STRANGE + 1)
            )
            assert _unsaid(strange) == _unsaid(nothing), path
            assert_no_byte(strange)
        strange, nothing = (
            attacker.ask("POST", f"{LIST}/neu", **{f"m-{kind}": str(number), "m-title": "Neu"})
            for number in (STRANGE, STRANGE + 1)
        )
        assert (strange.status, _unsaid(strange)) == (422, _unsaid(nothing)), kind
        assert_no_byte(strange)


def _unsaid(answer: Answer) -> bytes:
    """Return a page without the number that was asked for."""
    return answer.body.replace(str(STRANGE).encode(), b"#").replace(str(STRANGE + 1).encode(), b"#")


def test_nobody_next_door_is_read_about(office: Office, town: Town) -> None:
    """Rule 4: no page without a parameter holds a foreign byte either."""
    for role in Role:
        attacker = Attacker(office, role, somebody(office, role))
        for rule in office.app.url_map.iter_rules():
            if (
                rule.endpoint.startswith("staff.")
                and not rule.arguments
                and "GET" in (rule.methods or ())
            ):
                assert_no_byte(attacker.ask("GET", rule.rule))


def test_the_same_addresses_show_what_is_ours(office: Office, town: Town) -> None:
    """Rule 1: the attack knocks at real doors; with own things in their places they open."""
    attacker = Attacker(office, Role.COORDINATOR, somebody(office, Role.COORDINATOR))
    addresses = office.app.url_map.bind("localhost")
    opened = set()
    ours = targets(office, town, random.Random("ours"))
    for target in ours * 8:  # a wave of another measure of ours is missing too
        own = target.own_values()
        is_page = "." not in target.rule.rule and target.method == "GET"
        if is_page and own.keys() == target.rule.arguments:
            answer = attacker.ask("GET", addresses.build(target.rule.endpoint, own))
            opened |= {target.name} if answer.status in (200, 303) else set()
            assert_no_byte(answer)
    assert opened >= {"measure", "wave", "sheet", "studio", "master_data", "municipality"}
