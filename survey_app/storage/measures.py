"""Measures, with their places and people looked up."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Select, insert, select

from survey_app.domain.measure import Measure, NewMeasure, Topic
from survey_app.storage import places, schema


def add(connection: Connection, network: int, new: NewMeasure) -> int:
    """Store a measure and return its id."""
    values = asdict(new) | {
        "network": network,
        "topic": new.topic.value,
        "funders": json.dumps(new.funders, ensure_ascii=False),
    }
    statement = insert(schema.measure).values(values).returning(schema.measure.c.id)
    return int(connection.execute(statement).scalar_one())


def get(connection: Connection, network: int, measure: int) -> Measure | None:
    """Return a measure of this network; a foreign one is as good as missing."""
    found = _measures(connection, network, _of(network).where(schema.measure.c.id == measure))
    return found[0] if found else None


def all_of(connection: Connection, network: int) -> list[Measure]:
    """Return the measures of a network, the latest first."""
    order = (schema.measure.c.starts_on.desc(), schema.measure.c.id.desc())
    return _measures(connection, network, _of(network).order_by(*order))


def _of(network: int) -> Select[Any]:
    return select(schema.measure).where(schema.measure.c.network == network)


def _measures(connection: Connection, network: int, statement: Select[Any]) -> list[Measure]:
    owner = places.get_network(connection, network)
    if owner is None:
        return []
    known: dict[str, Mapping[int, object]] = {
        "municipality": {place.id: place for place in places.municipalities(connection, network)},
        "organisation": {place.id: place for place in places.organisations(connection, network)},
        "site": {place.id: place for place in places.sites(connection, network)},
    }
    rows = connection.execute(statement).mappings()
    return [Measure(**_looked_up(dict(row), known) | {"network": owner}) for row in rows]


def _looked_up(row: dict[str, Any], known: Mapping[str, Mapping[int, object]]) -> dict[str, Any]:
    places_of_row = {name: values.get(row[name]) for name, values in known.items()}
    return (
        row
        | places_of_row
        | {
            "topic": Topic(row["topic"]),
            "funders": tuple(json.loads(row["funders"])),
        }
    )
