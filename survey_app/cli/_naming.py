"""How networks, measures and towns are named on the command line: by name or number."""

from datetime import date
from typing import Final

import click

from survey_app.domain.measure import Measure, Municipality
from survey_app.services import fielding
from survey_app.storage import places
from survey_app.storage.database import Database

MOST_SHOWN: Final = 10

network_option = click.option("--network", help="Name des Netzwerks, wenn es mehrere gibt")


def network_named(database: Database, name: str | None) -> int:
    """Return the number of a network; without a name that of the only one."""
    with database.read() as connection:
        names = places.network_names(connection)
        chosen = name if name is not None or len(names) != 1 else names[0]
        network = None if chosen is None else places.network_named(connection, chosen)
    if network is None:
        raise click.ClickException(
            f"Nennen Sie mit --network eines der Netzwerke: {', '.join(names) or 'es gibt keines'}."
        )
    return network.id


def measure_named(database: Database, network: str | None, wanted: str, today: date) -> Measure:
    """Return the measure with this number or title."""
    owner = network_named(database, network)
    measures = [each.measure for each in fielding.fielded_measures(database, owner, today)]
    found = [each for each in measures if wanted in (str(each.id), each.title)]
    if len(found) == 1:
        return found[0]
    fault = f"Die Maßnahme „{wanted}“ gibt es " + ("mehrmals" if found else "nicht")
    shown = [f"  {each.id:>5}  {each.title}" for each in (found or measures)[:MOST_SHOWN]]
    raise click.ClickException("\n".join([f"{fault}. Nehmen Sie die Nummer:", *shown]))


def town_named(database: Database, network: int, wanted: str) -> Municipality:
    """Return the municipality of a network with this name or official key."""
    with database.read() as connection:
        towns = places.municipalities(connection, network)
    for town in towns:
        if wanted in (town.name, town.ags):
            return town
    names = ", ".join(sorted((town.name for town in towns), key=str.casefold))
    raise click.ClickException(
        f"Die Kommune „{wanted}“ gehört nicht zum Netzwerk. Es gibt: {names or 'noch keine'}."
    )
