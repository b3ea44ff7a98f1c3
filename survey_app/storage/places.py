"""Networks and what they consist of: municipalities, organisations, sites."""

from sqlalchemy import Connection, Table, insert, select

from survey_app.domain.measure import Law, Municipality, Network, Organisation, Setting, Site
from survey_app.storage import schema


def add_network(connection: Connection, name: str, contact: str, *, sample: bool) -> Network:
    """Store a network and return it."""
    values = {"name": name, "contact": contact, "sample": sample}
    return Network(_insert(connection, schema.network, values), name, contact, sample)


def network_named(connection: Connection, name: str) -> Network | None:
    """Return the network with this name."""
    row = connection.execute(select(schema.network).filter_by(name=name)).first()
    return Network(*row) if row else None


def network_names(connection: Connection) -> list[str]:
    """Return the names of all networks."""
    return list(connection.scalars(select(schema.network.c.name).order_by(schema.network.c.name)))


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
    return [Municipality(*row) for row in rows]


def organisations(connection: Connection, network: int) -> list[Organisation]:
    """Return the organisations of a network by name."""
    table = schema.organisation
    rows = connection.execute(select(table).filter_by(network=network).order_by(table.c.name))
    return [Organisation(row.id, network, row.name, Law(row.law)) for row in rows]


def sites(connection: Connection, network: int) -> list[Site]:
    """Return the sites of a network by name."""
    table = schema.site
    rows = connection.execute(select(table).filter_by(network=network).order_by(table.c.name))
    return [Site(row.id, network, row.municipality, row.name, Setting(row.setting)) for row in rows]


def _insert(connection: Connection, table: Table, values: dict[str, object]) -> int:
    result = connection.execute(insert(table).values(values).returning(table.c.id))
    return int(result.scalar_one())
