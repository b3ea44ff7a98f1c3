"""Places: what may be stated, and when one may go.

1. A municipality has a key of eight digits, once per network; another network may have it too.
2. How many people live there is stated with day and source, or not at all.
3. Names are unique where people choose from them; only a school has a school form.
4. What is used stays, and what uses it is counted; what is unused goes.
5. Foreign places are as good as missing, and every deed is a line in the audit log.
6. Whoever states the same at the same instant as somebody else is told so like anybody later.
"""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from survey_app.domain.measure import Law, Municipality, SchoolForm, Setting
from survey_app.domain.messages import InvalidDefinition
from survey_app.domain.places import (
    NewMunicipality,
    NewOrganisation,
    NewSite,
    PlaceKind,
    Uses,
)
from survey_app.domain.rights import Role
from survey_app.services import accounts, places
from survey_app.storage import place_records, schema
from tests.support_field import ALBRECHT, TODAY, Field, field_in, migrated

KEMPEN = NewMunicipality(
    ags="05166012",
    name="Kempen",
    population=34_000,
    population_on=date(2024, 12, 31),
    population_basis="Fortschreibung auf Basis des Zensus 2022",
    youth_population=3_300,
)


@pytest.fixture
def field(database_url: str) -> Iterator[Field]:
    with migrated(database_url) as database:
        yield field_in(database)


def add(field: Field, new: Any) -> int:
    return places.add(field.database, field.network, new, today=TODAY, actor=ALBRECHT)


def change(field: Field, number: int, new: Any) -> bool:
    who = {"today": TODAY, "actor": ALBRECHT}
    return places.change(field.database, field.network, number, new, **who)


def remove(field: Field, kind: PlaceKind, number: int) -> Uses | None:
    who = {"today": TODAY, "actor": ALBRECHT}
    return places.remove(field.database, kind, field.network, number, **who)


def blamed(field: Field, new: Any) -> list[str]:
    """Return the fields that are wrong."""
    with pytest.raises(InvalidDefinition) as refused:
        add(field, new)
    return [str(fault.at[0]) for fault in refused.value.faults]


def logged(field: Field) -> list[tuple[str, str]]:
    log = schema.audit.c
    with field.database.read() as connection:
        found = connection.execute(select(log.action, log.detail).order_by(log.id))
        return [(row.action, row.detail) for row in found]


@pytest.mark.parametrize("ags", ["5166012", "051660123", "00166012", "17166012", "0516601x", ""])
def test_a_key_has_eight_digits(ags: str) -> None:
    """Rule 1."""
    assert [fault.at for fault in replace(KEMPEN, ags=ags).faults(TODAY)] == [("ags",)]


def test_a_key_is_there_once_in_a_network(field: Field) -> None:
    """Rule 1."""
    number = add(field, KEMPEN)
    assert blamed(field, replace(KEMPEN, name="Kempen noch einmal")) == ["ags"]
    assert change(field, number, replace(KEMPEN, name="Kempen am Niederrhein"))
    other = field_in(field.database, name="Kreis Nachbar")
    assert add(other, KEMPEN) != number


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"population": None}, ["population"]),
        ({"population_on": None}, ["population_on"]),
        ({"population_basis": ""}, ["population_basis"]),
        ({"population_on": TODAY + timedelta(days=1)}, ["population_on"]),
        ({"population": 0}, ["population", "youth_population"]),
        ({"youth_population": 34_001}, ["youth_population"]),
        ({"youth_population": None}, []),
    ],
)
def test_a_number_of_people_has_a_day_and_a_source(
    changes: dict[str, Any], wrong: list[str]
) -> None:
    """Rule 2."""
    faults = replace(KEMPEN, **changes).faults(TODAY)
    assert [fault.at[0] for fault in faults] == wrong


def test_what_is_stated_comes_back(field: Field) -> None:
    """Rule 2."""
    number = add(field, KEMPEN)
    assert places.find(field.database, PlaceKind.MUNICIPALITY, field.network, number) == (
        Municipality(
            number,
            field.network,
            "05166012",
            "Kempen",
            34_000,
            date(2024, 12, 31),
            "Fortschreibung auf Basis des Zensus 2022",
            3_300,
        )
    )


@pytest.fixture
def postgres_field(postgres_database: str) -> Iterator[Field]:
    with migrated(postgres_database) as database:
        yield field_in(database)


def until_somebody_waits(field: Field) -> None:
    """Ask the server until one transaction waits for another."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with field.database.read() as connection:
            if connection.execute(waiting).scalar_one():
                return
    raise AssertionError("nobody waits")


@pytest.mark.postgres
def test_the_same_town_twice_at_the_same_instant(postgres_field: Field) -> None:
    """Rule 6: the second looks before the first is done, and waits for it in the database."""
    field = postgres_field
    with ThreadPoolExecutor(1) as other:
        with field.database.write() as connection:
            place_records.add(connection, PlaceKind.MUNICIPALITY, field.network, KEMPEN)
            second = other.submit(blamed, field, replace(KEMPEN, name="Kempen (neu)"))
            until_somebody_waits(field)
        assert second.result() == ["ags"]
    known = places.known_places(field.database, field.network).municipalities
    assert [town.name for town in known] == ["Brüggen", "Kempen"]
    assert logged(field) == []


@pytest.mark.postgres
def test_a_place_that_is_put_to_use_while_it_is_removed_stays(postgres_field: Field) -> None:
    """Rules 4 and 6."""
    field = postgres_field
    number = add(field, KEMPEN)
    with ThreadPoolExecutor(1) as other:
        with field.database.write() as connection:
            new = NewSite(number, "Treff", Setting.CLUB)
            place_records.add(connection, PlaceKind.SITE, field.network, new)
            removed = other.submit(remove, field, PlaceKind.MUNICIPALITY, number)
            until_somebody_waits(field)
        assert removed.result() == Uses(1, 0, 0)


def test_names_and_forms_of_schools(field: Field) -> None:
    """Rule 3."""
    assert blamed(field, NewOrganisation("Jugendamt", Law.CATHOLIC)) == ["name"]
    (town,) = places.known_places(field.database, field.network).municipalities
    school = NewSite(town.id, "Schule am See", Setting.SCHOOL, SchoolForm.GRAMMAR)
    assert blamed(field, school) == ["name"]
    assert blamed(field, replace(school, name="Treff", setting=Setting.YOUTH_CENTRE)) == [
        "school_form"
    ]
    elsewhere = add(field, KEMPEN)
    assert add(field, replace(school, municipality=elsewhere))
    assert blamed(field, replace(school, municipality=999_999)) == ["municipality"]


def test_what_is_used_stays(field: Field) -> None:
    """Rule 4."""
    known = places.known_places(field.database, field.network)
    town, owner, site = (known.municipalities[0], known.organisations[0], known.sites[0])
    for role, place in ((Role.YOUTH_WORKER, "Jugendamt"), (Role.EVALUATOR, "Brüggen")):
        accounts.open_account(
            field.database,
            email=f"{role}@beispiel.example",
            network="Kreis Beispiel",
            password="ein Satz über Äpfel",
            role=role,
            place=place,
        )
    assert remove(field, PlaceKind.MUNICIPALITY, town.id) == Uses(1, 1, 1)
    assert remove(field, PlaceKind.ORGANISATION, owner.id) == Uses(0, 1, 1)
    assert remove(field, PlaceKind.SITE, site.id) == Uses(0, 1, 0)
    after = places.known_places(field.database, field.network)
    assert (after.municipalities, after.organisations, after.sites) == (
        known.municipalities,
        known.organisations,
        known.sites,
    )


def test_what_is_unused_goes(field: Field) -> None:
    """Rules 4 and 5."""
    number = add(field, KEMPEN)
    changed = replace(KEMPEN, population=34_100)
    assert change(field, number, changed)
    assert change(field, number, changed)  # nothing is different, nothing is written
    assert remove(field, PlaceKind.MUNICIPALITY, number) == Uses()
    assert remove(field, PlaceKind.MUNICIPALITY, number) is None
    assert logged(field) == [
        ("add municipality", "Kempen"),
        ("change municipality", "Kempen: population"),
        ("remove municipality", "Kempen"),
    ]


@pytest.mark.parametrize("kind", PlaceKind)
def test_foreign_places_are_missing(field: Field, kind: PlaceKind) -> None:
    """Rule 5."""
    other = field_in(field.database, name="Kreis Nachbar")
    known = places.known_places(field.database, other.network)
    lists = {
        PlaceKind.MUNICIPALITY: (known.municipalities, KEMPEN),
        PlaceKind.ORGANISATION: (known.organisations, NewOrganisation("Neu", Law.GDPR)),
        PlaceKind.SITE: (known.sites, NewSite(1, "Neu", Setting.CLUB)),
    }
    foreign, new = lists[kind][0][0], lists[kind][1]
    assert places.find(field.database, kind, field.network, foreign.id) is None
    assert change(field, foreign.id, new) is False
    assert remove(field, kind, foreign.id) is None
    assert places.known_places(field.database, other.network) == known
    assert logged(field) == []
