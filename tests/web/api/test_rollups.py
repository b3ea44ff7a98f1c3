"""Roll-ups for programs.

1. The list says which there are of a year, page by page; without a year it is the latest.
2. A roll-up is a document by the schema mitreden-rollup/1, with the numbers of the page of staff;
   its files are those of the staff part, to the byte.
3. What is out of reach, foreign, of no such year or never was is one answer, byte for byte.
4. What is too small is said in words; nothing else of it stands anywhere, and there is no file.
5. The same content has the same tag, and whoever has it gets 304.
6. The description holds every answer, and without a token there is nothing but the schema.
"""

import json

import jsonschema
import pytest

from survey_app.storage import places
from tests.web.api.test_api import (
    NOWHERE,
    ROOT,
    YILDIZ,
    described,
    evaluator,
    program,
)
from tests.web.staff.office import Office
from tests.web.staff.test_rollups import NETWORK, counted

__all__ = ["counted"]
ONE = "/rollups/2026/netzwerk"
SCHEMA = f"{ROOT}/schemas/mitreden-rollup-1.json"


def town_of(office: Office) -> int:
    with office.database.read() as connection:
        return places.municipalities(connection, office.field.network)[0].id


def test_the_list(counted: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rule 1."""
    known, town = program(counted), town_of(counted)
    found = known.json("/rollups")
    assert (found["year"], found["years"], found["next"]) == (2026, [2026], None)
    assert found == known.json("/rollups?year=2026")
    keys = [each["key"] for each in found["rollups"] if each["measures"]]
    assert keys == ["netzwerk", f"kommune-{town}", "thema-media_literacy"]
    assert known.json("/rollups?year=2025")["rollups"][0]["measures"] == 0
    monkeypatch.setattr("survey_app.web.api.rollups.PER_PAGE", 5)
    seen, path = [], "/rollups?year=2026"
    while path:
        page = known.json(path)
        seen += page["rollups"]
        path = (page["next"] or "").removeprefix(ROOT)
    assert (seen, page["total"]) == (found["rollups"], len(found["rollups"]))
    for wrong in ("?page=0", "?year=0", "?year=x", "?year=99999"):
        assert known.get(f"/rollups{wrong}").status_code == 404


def test_a_roll_up(counted: Office) -> None:
    """Rule 2."""
    known, albrecht = program(counted), counted.albrecht()
    found = known.json(ONE)
    schema = json.loads(counted.app.test_client().get(SCHEMA).data)
    jsonschema.Draft202012Validator(schema).validate(found)
    assert (found["roll_up"]["key"], found["why"], found["answers"]) == ("netzwerk", None, 24)
    assert (found["rest"], found["changes"], found["next_steps"]) == (None, [], [])
    (question,) = [each for each in found["questions"] if each["status"] == "released"]
    assert (question["name"], question["base"], question["measures"]) == ("K1", 24, 2)
    assert (question["positive"]["count"], question["positive"]["percent"]) == (16, 67)
    assert [(each["code"], each["count"]) for each in question["answers"] if each["count"]] == [
        (1, 8),
        (3, 16),
    ]
    for name in ("csv_rfc4180", "json", "xlsx"):
        theirs = albrecht.get(f"{NETWORK}/dateien/{name}")
        assert known.get(f"{ONE}/results/{name}").data == theirs.data
    assert known.get(f"{ONE}/results/pdf").status_code == 404


def test_out_of_reach_is_missing(counted: Office) -> None:
    """Rule 3."""
    own, part, theirs = program(counted), evaluator(counted), program(counted, YILDIZ)
    town = f"/rollups/2026/kommune-{town_of(counted)}"
    keys = [each["key"] for each in part.json("/rollups")["rollups"]]
    assert keys == [town.rpartition("/")[2]]
    never = own.get(f"/rollups/2026/kommune-{NOWHERE}")
    assert never.status_code == 404
    asked = [
        *(part.get(each) for each in (ONE, "/rollups/2026/thema-media_literacy")),
        theirs.get(town),
        *(own.get(f"/rollups/{each}") for each in ("2026/all", "0/netzwerk", "99999/netzwerk")),
        part.get(f"{ONE}/results/json"),
    ]
    assert {(each.status_code, each.data) for each in asked} == {(404, never.data)}
    assert (own.get(town).status_code, part.get(town).status_code) == (200, 200)


def test_what_is_too_small_is_told_in_words(counted: Office) -> None:
    """Rule 4."""
    known, town = program(counted), f"/rollups/2026/kommune-{town_of(counted)}"
    found = known.json(town)
    assert "3 Maßnahmen, 2 Einrichtungen und 30 Antworten" in found["why"]
    assert (found["answers"], found["questions"], found["rights"]) == (None, [], None)
    assert found["rest"] is None
    assert known.get(f"{town}/results/json").status_code == 404


def test_tags(counted: Office) -> None:
    """Rule 5."""
    known = program(counted)
    for path in ("/rollups", ONE, f"{ONE}/results/csv_rfc4180"):
        first = known.get(path)
        again = known.get(path, if_none_match=first.headers["ETag"])
        assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
        assert "Set-Cookie" not in first.headers


def test_the_description_holds(counted: Office) -> None:
    """Rule 6."""
    known, client = program(counted), counted.app.test_client()
    description, registry = described(counted)
    for name, path in (("RollUps", "/rollups"), ("RollUp", ONE)):
        reference = {"$ref": f"openapi#/components/schemas/{name}"}
        jsonschema.Draft202012Validator(reference, registry=registry).validate(known.json(path))
        assert client.get(f"{ROOT}{path}").status_code == 401
    assert client.get(SCHEMA).status_code == 200
    assert description["components"]["schemas"]["RollUp"] == {"$ref": SCHEMA}
