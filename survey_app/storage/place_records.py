"""Changing and removing places, one network at a time, and who uses them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from enum import Enum
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, Table, delete, func, insert, select, update

from survey_app.domain.places import (
    NewMunicipality,
    NewOrganisation,
    NewSite,
    PlaceKind,
    Uses,
)
from survey_app.storage import schema

TABLES: Final[Mapping[PlaceKind, Table]] = {
    PlaceKind.MUNICIPALITY: schema.municipality,
    PlaceKind.ORGANISATION: schema.organisation,
    PlaceKind.SITE: schema.site,
}

NewPlace = NewMunicipality | NewOrganisation | NewSite


def get(connection: Connection, kind: PlaceKind, network: int, number: int) -> Row[Any] | None:
    """Return the row of a place of this network; a foreign one is as good as missing."""
    table = TABLES[kind]
    return connection.execute(select(table).filter_by(network=network, id=number)).first()


def add(connection: Connection, kind: PlaceKind, network: int, new: NewPlace) -> int:
    """Store a place and return its id."""
    table = TABLES[kind]
    values = _values(new) | {"network": network}
    return int(connection.execute(insert(table).values(values).returning(table.c.id)).scalar_one())


def change(
    connection: Connection, kind: PlaceKind, network: int, number: int, new: NewPlace
) -> None:
    """Store what is stated about a place now."""
    table = TABLES[kind]
    chosen = (table.c.id == number, table.c.network == network)
    connection.execute(update(table).where(*chosen).values(_values(new)))


def remove(connection: Connection, kind: PlaceKind, network: int, number: int) -> None:
    """Remove a place that nothing uses."""
    table = TABLES[kind]
    connection.execute(delete(table).where(table.c.id == number, table.c.network == network))


def uses(connection: Connection, kind: PlaceKind, network: int) -> dict[int, Uses]:
    """Return how often each place of a kind is used, by its id; unused ones are missing."""
    measures: Mapping[int, int] = _counted(
        connection, _per_place(schema.measure.c[kind.value], network)
    )
    if kind is PlaceKind.MUNICIPALITY:
        also = schema.measure_municipality.c.municipality
        measures = Counter(measures) + Counter(_counted(connection, _per_place(also, network)))
    staff = schema.staff
    accounts = _counted(
        connection, _per_place(staff.c.place, network).where(staff.c.reach == kind.value)
    )
    sites: Mapping[int, int] = {}
    if kind is PlaceKind.MUNICIPALITY:
        sites = _counted(connection, _per_place(schema.site.c.municipality, network))
    return {
        number: Uses(sites.get(number, 0), measures.get(number, 0), accounts.get(number, 0))
        for number in {*measures, *accounts, *sites}
    }


def _values(new: NewPlace) -> dict[str, Any]:
    """Return the columns of what is stated; a word of a controlled list is its value."""
    stated = asdict(new).items()
    return {name: value.value if isinstance(value, Enum) else value for name, value in stated}


def _per_place(column: Any, network: int) -> Select[Any]:
    counted = select(column, func.count()).where(column.table.c.network == network)
    return counted.where(column.is_not(None)).group_by(column)


def _counted(connection: Connection, statement: Select[Any]) -> dict[int, int]:
    return {int(number): int(count) for number, count in connection.execute(statement)}
