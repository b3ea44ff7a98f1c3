"""Networks and what they consist of: municipalities, organisations, sites."""

from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select

from survey_app.domain.measure import (
    Law,
    Municipality,
    Network,
    Organisation,
    SchoolForm,
    Setting,
    Site,
)
from survey_app.storage import schema
from survey_app.storage.walls import Crossing, across


def add_network(connection: Connection, name: str, contact: str, *, sample: bool) -> Network:
    """Store a network and return it."""
    values = {"name": name, "contact": contact, "sample": sample}
    return Network(_insert(connection, schema.network, values), name, contact, sample)


def network_named(connection: Connection, name: str) -> Network | None:
    """Return the network with this name."""
    statement = select(schema.network).filter_by(name=name)
    row = connection.execute(statement.execution_options(**across(Crossing.NAMES))).first()
    return Network(*row) if row else None


def network_names(connection: Connection) -> list[str]:
    """Return the names of all networks."""
    statement = select(schema.network.c.name).order_by(schema.network.c.name)
    return list(connection.scalars(statement.execution_options(**across(Crossing.NAMES))))


def get_network(connection: Connection, network: int) -> Network | None:
    """Return a network by its id."""
    row = connection.execute(select(schema.network).filter_by(id=network)).first()
    return Network(*row) if row else None


def add_municipality(connection: Connection, network: int, ags: str, name: str) -> Municipality:
    """Store a municipality and return it."""
    values = {"network": network, "ags": ags, "name": name}
    number = _insert(connection, schema.municipality, values)
    return Municipality(number, network, ags, name)


def add_organisation(connection: Connection, network: int, name: str, law: Law) -> Organisation:
    """Store an organisation and return it."""
    values = {"network": network, "name": name, "law": law.value}
    return Organisation(_insert(connection, schema.organisation, values), network, name, law)


def add_site(
    connection: Connection, network: int, municipality: int, name: str, setting: Setting
) -> Site:
    """Store a site and return it."""
    values = {
        "network": network,
        "municipality": municipality,
        "name": name,
        "setting": setting.value,
    }
    return Site(_insert(connection, schema.site, values), network, municipality, name, setting)


def municipalities(connection: Connection, network: int) -> list[Municipality]:
    """Return the municipalities of a network by name."""
    table = schema.municipality
    rows = connection.execute(select(table).filter_by(network=network).order_by(table.c.name))
    return [municipality_from(row) for row in rows]


def organisations(connection: Connection, network: int) -> list[Organisation]:
    """Return the organisations of a network by name."""
    table = schema.organisation
    rows = connection.execute(select(table).filter_by(network=network).order_by(table.c.name))
    return [organisation_from(row) for row in rows]


def sites(connection: Connection, network: int) -> list[Site]:
    """Return the sites of a network by name."""
    table = schema.site
    rows = connection.execute(select(table).filter_by(network=network).order_by(table.c.name))
    return [site_from(row) for row in rows]


def municipality_from(row: Row[Any]) -> Municipality:
    """Return what a row of the table holds."""
    return Municipality(
        id=row.id,
        network=row.network,
        ags=row.ags,
        name=row.name,
        population=row.population,
        population_on=row.population_on,
        population_basis=row.population_basis,
        youth_population=row.youth_population,
    )


def organisation_from(row: Row[Any]) -> Organisation:
    """Return what a row of the table holds."""
    return Organisation(row.id, row.network, row.name, Law(row.law), row.legal_form)


def site_from(row: Row[Any]) -> Site:
    """Return what a row of the table holds."""
    form = SchoolForm(row.school_form) if row.school_form else None
    return Site(row.id, row.network, row.municipality, row.name, Setting(row.setting), form)


def _insert(connection: Connection, table: Table, values: dict[str, object]) -> int:
    result = connection.execute(insert(table).values(values).returning(table.c.id))
    return int(result.scalar_one())
