"""The interface for programs, as a program uses it.

1. Without a good token everything is 401, whatever is asked for; there is no cookie.
2. A token reads the measures within the reach of its account; what is foreign, out of reach or
   never was is one answer, byte for byte.
3. Files are those of the staff part, to the byte; checksums and entity tags are those of the bytes.
4. A wave of four is withheld here too.
5. The description is valid, names exactly the addresses there are, and every answer keeps to it.
6. Errors are problems (RFC 9457), in German or English.
7. More than sixty requests at once have to wait; another token does not.
8. The part for phones has no such addresses and does not import them.
"""

import base64
import hashlib
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from werkzeug.test import TestResponse

from survey_app.app import create_app
from survey_app.config import Part
from survey_app.domain.measure import Law, Setting
from survey_app.domain.rights import Role
from survey_app.services import accounts, tokens
from survey_app.services.accounts import Account
from survey_app.storage import places
from survey_app.web.house import NAME
from tests.support_field import ALBRECHT, TODAY
from tests.web.staff.office import LIST, PASSWORD, YILDIZ, Office

ROOT = "/api/v1"
NOWHERE = 999_999
SCHEMA = f"{ROOT}/schemas/mitreden-results-1.json"
ROLL_UP_SCHEMA = f"{ROOT}/schemas/mitreden-rollup-1.json"


@dataclass
class Program:
    """A program with a token."""

    office: Office
    secret: str

    def get(self, path: str, **headers: str) -> TestResponse:
        """Ask with the token."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named = {"Authorization": f"Bearer {self.secret}"} | named
        return self.office.app.test_client(use_cookies=False).get(f"{ROOT}{path}", headers=named)

    def json(self, path: str) -> Any:
        """Return a document."""
        response = self.get(path)
        assert response.status_code == 200, (path, response.get_data(as_text=True))
        return json.loads(response.data)


def account(office: Office, email: str) -> Account:
    """Return an account."""
    found = accounts.account_with_email(office.database, email)
    assert found is not None
    return found


def program(office: Office, email: str = ALBRECHT) -> Program:
    """Return a program that somebody made a token for."""
    new = tokens.make(
        office.database,
        account(office, email),
        name="Jahresbericht",
        expires_on=TODAY + timedelta(days=30),
        today=TODAY,
    )
    return Program(office, new.secret)


def evaluator(office: Office) -> Program:
    """Return a program of somebody who evaluates one municipality."""
    email = "auswertung@beispiel.example"
    accounts.open_account(
        office.database,
        email=email,
        network="Kreis Beispiel",
        password=PASSWORD,
        role=Role.EVALUATOR,
        place="Brüggen",
    )
    return program(office, email)


def distant(office: Office) -> int:
    """Return a measure of the same network in another municipality."""
    with office.database.write() as connection:
        network = office.field.network
        town = places.add_municipality(connection, network, "05166012", "Kempen")
        owner = places.add_organisation(connection, network, "Sportverein", Law.GDPR)
        site = places.add_site(connection, network, town.id, "Halle", Setting.CLUB)
    return office.measure(
        title="Fernes Turnier", municipality=town.id, organisation=owner.id, site=site.id
    )


def addresses(measure: int) -> list[str]:
    """Return every address that needs a token."""
    one = f"/measures/{measure}"
    return ["/measures", one, f"{one}/results", f"{one}/results/csv_excel", f"{one}/codebook"]


# Who may


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer ", "Bearer mitreden_x", "Basic YTpi", "bearer \x7f", "Bearer ä"],
)
def test_without_a_good_token_there_is_nothing(office: Office, header: str | None) -> None:
    client = office.app.test_client()
    answers = set()
    for path in [*addresses(office.field.measure), *addresses(NOWHERE), "/", "/anything"]:
        headers = {} if header is None else {"Authorization": header}
        response = client.get(f"{ROOT}{path}", headers=headers)
        assert (response.status_code, response.mimetype) == (401, "application/problem+json")
        assert response.headers["WWW-Authenticate"] == 'Bearer realm="mitreden"'
        assert "Set-Cookie" not in response.headers
        answers.add(response.data)
    assert len(answers) == 1


def test_a_login_is_no_token(office: Office) -> None:
    assert office.albrecht().get(f"{ROOT}/measures").status_code == 401


def test_a_token_that_is_over_is_none(office: Office) -> None:
    known = program(office)
    assert known.get("/measures").status_code == 200
    office.clock.day = TODAY + timedelta(days=31)
    assert known.get("/measures").status_code == 401


def test_what_is_foreign_is_as_missing_as_what_never_was(office_on_both: Office) -> None:
    office = office_on_both
    office.answers(12)
    office.close()
    ours, theirs = program(office), program(office, YILDIZ)
    foreign = [each["id"] for each in theirs.json("/measures")["measures"]]
    assert foreign != []
    assert office.field.measure not in foreign
    for path, missing in zip(addresses(foreign[0])[1:], addresses(NOWHERE)[1:], strict=True):
        strange, nothing = ours.get(path), ours.get(missing)
        assert (strange.status_code, nothing.status_code) == (404, 404)
        assert (strange.data, dict(strange.headers)) == (nothing.data, dict(nothing.headers))
    assert theirs.get(addresses(foreign[0])[1]).status_code == 200


def test_reach_is_that_of_the_account(office: Office) -> None:
    far = distant(office)
    whole, part = program(office), evaluator(office)
    assert {each["id"] for each in whole.json("/measures")["measures"]} > {far}
    assert far not in {each["id"] for each in part.json("/measures")["measures"]}
    assert part.json("/measures")["total"] == whole.json("/measures")["total"] - 1
    for path, missing in zip(addresses(far)[1:], addresses(NOWHERE)[1:], strict=True):
        assert (part.get(path).status_code, part.get(path).data) == (404, part.get(missing).data)
        assert whole.get(path).status_code == 200


# What it sends


def test_files_are_those_of_the_staff_part_with_their_checksums(office: Office) -> None:
    office.answers(30)
    office.close()
    known, albrecht, measure = program(office), office.albrecht(), office.field.measure
    found = known.json(f"/measures/{measure}")
    assert len(found["results"]) == 9
    for each in found["results"]:
        response = known.get(each["href"].removeprefix(ROOT))
        assert response.data == albrecht.get(f"{LIST}/{measure}/dateien/{each['format']}").data
        assert response.content_type == each["media_type"]
        digest = hashlib.sha256(response.data)
        said = base64.b64encode(digest.digest()).decode()
        assert response.headers["Repr-Digest"] == f"sha-256=:{said}:"
        assert response.get_etag() == (digest.hexdigest(), False)
        again = known.get(each["href"].removeprefix(ROOT), if_none_match=response.headers["ETag"])
        assert (again.status_code, again.data) == (304, b"")
    assert known.get(f"/measures/{measure}/results/pdf").status_code == 404


def test_numbers_are_those_counted_by_hand(office: Office) -> None:
    office.answers(30)
    office.close()
    (wave,) = program(office).json(f"/measures/{office.field.measure}/results")["waves"]
    k1 = next(each for each in wave["variables"] if each["name"] == "k1")
    assert [(each["code"], each["count"]) for each in k1["answers"] if each["count"]] == [
        (1, 10),
        (3, 20),
    ]


def test_a_wave_of_four_is_withheld(office: Office) -> None:
    office.answers(4)
    office.close()
    known = program(office)
    (wave,) = known.json(f"/measures/{office.field.measure}/results")["waves"]
    assert wave["base"] is None
    assert {each["status"] for each in wave["variables"]} == {"withheld"}
    assert known.json(f"/measures/{office.field.measure}")["withheld"] == len(wave["variables"])


def test_an_open_wave_says_nothing(office: Office) -> None:
    office.answers(30)
    known = program(office)
    assert known.json(f"/measures/{office.field.measure}/results")["waves"] == []
    assert known.json(f"/measures/{office.field.measure}/codebook") == {"codebook": []}
    (listed,) = known.json("/measures")["measures"]
    assert listed["closed_waves"] == 0


def test_the_list_has_pages(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("survey_app.web.api.views.PER_PAGE", 2)
    for number in range(4):
        office.measure(title=f"Werkstatt {number}")
    known = program(office)
    seen, path = [], "/measures"
    while path:
        page = known.json(path)
        seen += [each["id"] for each in page["measures"]]
        path = (page["next"] or "").removeprefix(ROOT)
    assert (len(seen), len(set(seen)), page["total"]) == (5, 5, 5)
    for wrong in ("0", "-1", "99999999999999999999"):
        assert known.get(f"/measures?page={wrong}").status_code == 404


# The description


def described(office: Office) -> tuple[dict[str, Any], Registry]:
    """Return the description, with the schemas it refers to."""
    client = office.app.test_client()
    description = json.loads(client.get(f"{ROOT}/openapi.json").data)
    results = json.loads(client.get(SCHEMA).data)
    rollup = json.loads(client.get(ROLL_UP_SCHEMA).data)
    registry: Registry = Registry().with_resources(
        [
            (SCHEMA, Resource.from_contents(results)),
            (ROLL_UP_SCHEMA, Resource.from_contents(rollup)),
            ("openapi", Resource.from_contents(description, DRAFT202012)),
        ]
    )
    return description, registry


def check(office: Office, name: str, document: Any) -> None:
    """Hold a document against a schema of the description."""
    _, registry = described(office)
    reference = {"$ref": f"openapi#/components/schemas/{name}"}
    jsonschema.Draft202012Validator(reference, registry=registry).validate(document)


def test_the_description_names_exactly_the_addresses_there_are(office: Office) -> None:
    description, _ = described(office)
    assert description["openapi"] == "3.1.0"
    rules = {
        (re.sub(r"<(?:[^:>]*:)?([^>]+)>", r"{\1}", rule.rule), rule.endpoint.removeprefix("api."))
        for rule in office.app.url_map.iter_rules()
        if rule.endpoint.startswith("api.") and rule.endpoint != "api.nothing"
    }
    named = {
        (path, method["operationId"])
        for path, item in description["paths"].items()
        for method in item.values()
    }
    assert named == rules
    assert {verb for item in description["paths"].values() for verb in item} == {"get"}
    for path, item in description["paths"].items():
        inside = {each["name"] for each in _parameters(description, item) if each["in"] == "path"}
        assert inside == set(re.findall(r"{(\w+)}", path))


def _parameters(description: dict[str, Any], item: dict[str, Any]) -> list[dict[str, Any]]:
    known = description["components"]["parameters"]
    return [
        known[each["$ref"].rpartition("/")[2]] if "$ref" in each else each
        for each in item["get"]["parameters"]
    ]


def test_every_reference_of_the_description_leads_somewhere(office: Office) -> None:
    description, _ = described(office)
    for pointer in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(description)):
        place: Any = description
        for step in pointer.split("/"):
            place = place[step]


def test_every_answer_keeps_to_the_description(office: Office) -> None:
    office.answers(12)
    office.close()
    known, one = program(office), f"/measures/{office.field.measure}"
    check(office, "Measures", known.json("/measures"))
    check(office, "Measure", known.json(one))
    check(office, "Results", known.json(f"{one}/results"))
    check(office, "Codebook", known.json(f"{one}/codebook"))
    for path in (f"/measures/{NOWHERE}", "/nothing"):
        check(office, "Problem", json.loads(known.get(path).data))
    with pytest.raises(jsonschema.ValidationError):
        check(office, "Measures", {"measures": [{}], "total": 1, "next": None})


# Problems


def test_problems_speak_german_or_english(office: Office) -> None:
    known = program(office)
    german = known.get("/nothing")
    assert json.loads(german.data) == {
        "type": "about:blank",
        "title": "Das gibt es nicht",
        "status": 404,
        "detail": "Unter dieser Adresse gibt es für diesen Schlüssel nichts."
        " Alle stehen in openapi.json.",
    }
    english = known.get("/nothing", accept_language="en")
    assert (german.headers["Content-Language"], english.headers["Content-Language"]) == ("de", "en")
    assert "Accept-Language" in german.headers["Vary"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_there_is_nothing_to_write(office: Office, method: str) -> None:
    known = program(office)
    send = getattr(office.app.test_client(), method)
    headers = {"Authorization": f"Bearer {known.secret}"}
    response = send(f"{ROOT}/measures/{office.field.measure}", headers=headers)
    assert (response.status_code, response.mimetype) == (405, "application/problem+json")
    assert response.headers["Allow"] == "GET, HEAD"


def test_who_asks_too_often_waits(office: Office) -> None:
    known, other = program(office), evaluator(office)
    statuses = [known.get("/measures").status_code for _ in range(61)]
    assert statuses == [200] * 60 + [429]
    late = known.get("/measures")
    check(office, "Problem", json.loads(late.data))
    assert other.get("/measures").status_code == 200
    office.clock.now += int(late.headers["Retry-After"])
    assert known.get("/measures").status_code == 200


# Where it is


def test_no_answer_sets_a_cookie_or_opens_a_session(office: Office) -> None:
    known = program(office)
    for path in addresses(office.field.measure):
        response = known.get(path, cookie="session=x")
        assert "Set-Cookie" not in response.headers
        assert "Cookie" not in response.headers["Vary"]
        assert response.headers["Cache-Control"] == "private, no-cache"


def test_the_part_for_phones_has_none_of_it(office: Office, tmp_path: Path) -> None:
    settings = office.app.extensions[NAME].settings
    phones = create_app(settings.model_copy(update={"parts": frozenset({Part.RESPOND})}))
    assert phones.test_client().get(f"{ROOT}/openapi.json").status_code == 404
    phones.extensions[NAME].database.close()
    database = f"sqlite:///{tmp_path}/phones.db"
    code = (
        "import sys; from survey_app.config import Settings, Part;"
        " from survey_app.app import create_app;"
        f" create_app(Settings(database_url='{database}', parts=frozenset({{Part.RESPOND}})));"
        " print([name for name in sys.modules if name.split('.')[0] in ('pandas', 'pyreadstat',"
        " 'xlsxwriter') or name.startswith(('survey_app.web.api', 'survey_app.services.exporting'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
