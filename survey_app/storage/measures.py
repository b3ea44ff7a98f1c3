"""Measures, with their places and people looked up."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update

from survey_app.domain.master_data import MasterData
from survey_app.domain.measure import Measure, NewMeasure, Publication, Setting, Topic
from survey_app.storage import measure_towns, places, schema

AS_THEY_ARE = (
    "title",
    "summary",
    "municipality",
    "organisation",
    "site",
    "starts_on",
    "ends_on",
    "sessions",
    "invited",
    "participants",
    "district_wide",
)
SECONDARY_TOPICS = ("second_topic", "third_topic")


def add(connection: Connection, network: int, new: NewMeasure) -> int:
    """Store a measure and return its id."""
    values = _values(new) | {"network": network}
    statement = insert(schema.measure).values(values).returning(schema.measure.c.id)
    number = int(connection.execute(statement).scalar_one())
    measure_towns.put(connection, network, number, new.also_in)
    return number


def change(connection: Connection, network: int, measure: int, new: NewMeasure) -> None:
    """Put `new` in the place of what was stated about a measure of this network."""
    table = schema.measure
    connection.execute(
        update(table).where(table.c.id == measure, table.c.network == network).values(_values(new))
    )
    measure_towns.put(connection, network, measure, new.also_in)


def remove(connection: Connection, network: int, measure: int) -> None:
    """Remove a measure of this network with everything that belongs to it but waves.

    With a wave the database refuses; services ask before.
    """
    for table in schema.metadata.tables.values():
        points = any(key.column is schema.measure.c.id for key in table.foreign_keys)
        if points and table is not schema.wave:
            connection.execute(
                delete(table).where(table.c.measure == measure, table.c.network == network)
            )
    table = schema.measure
    connection.execute(delete(table).where(table.c.id == measure, table.c.network == network))


def get(connection: Connection, network: int, measure: int) -> Measure | None:
    """Return a measure of this network; a foreign one is as good as missing."""
    found = listed(connection, network, _of(network).where(schema.measure.c.id == measure))
    return found[0] if found else None


def lock(connection: Connection, network: int, measure: int) -> None:
    """Let nobody else change a measure until this transaction ends.

    On SQLite a writing transaction is alone from its beginning.
    """
    connection.execute(
        select(schema.measure.c.id).filter_by(id=measure, network=network).with_for_update()
    )


def all_of(connection: Connection, network: int) -> list[Measure]:
    """Return the measures of a network, the latest first."""
    order = (schema.measure.c.starts_on.desc(), schema.measure.c.id.desc())
    return listed(connection, network, _of(network).order_by(*order))


def _of(network: int) -> Select[Any]:
    return select(schema.measure).where(schema.measure.c.network == network)


def listed(connection: Connection, network: int, statement: Select[Any]) -> list[Measure]:
    """Return the measures that a statement selects the rows of."""
    owner = places.get_network(connection, network)
    if owner is None:
        return []
    known: dict[str, Mapping[int, object]] = {
        "municipality": {place.id: place for place in places.municipalities(connection, network)},
        "organisation": {place.id: place for place in places.organisations(connection, network)},
        "site": {place.id: place for place in places.sites(connection, network)},
    }
    rows = [dict(row) for row in connection.execute(statement).mappings()]
    others = measure_towns.of_measures(connection, network, [row["id"] for row in rows])
    for row in rows:
        row["also_in"] = others.get(row["id"], ())
    return [Measure(**_looked_up(row, known) | {"network": owner}) for row in rows]


def _values(new: NewMeasure) -> dict[str, object]:
    secondary = (*new.secondary_topics, None, None)
    return {name: getattr(new, name) for name in AS_THEY_ARE} | {
        "topic": new.topic.value,
        "second_topic": secondary[0],
        "third_topic": secondary[1],
        "setting": new.setting,
        "publication": new.publication.value,
        "funders": json.dumps(new.funders, ensure_ascii=False),
        "master": new.master.model_dump_json(exclude_defaults=True),
    }


def _looked_up(row: dict[str, Any], known: Mapping[str, Mapping[int, object]]) -> dict[str, Any]:
    places_of_row = {name: values.get(row[name]) for name, values in known.items()}
    secondary = [row.pop(name) for name in SECONDARY_TOPICS]
    return (
        row
        | places_of_row
        | {
            "also_in": tuple(known["municipality"][town] for town in row["also_in"]),
            "topic": Topic(row["topic"]),
            "secondary_topics": tuple(Topic(each) for each in secondary if each),
            "setting": Setting(row["setting"]) if row["setting"] else None,
            "publication": Publication(row["publication"]),
            "funders": tuple(json.loads(row["funders"])),
            "master": _master(row["master"]),
        }
    )


@lru_cache(maxsize=1024)
def _master(text: str) -> MasterData:
    return MasterData.model_validate_json(text)
