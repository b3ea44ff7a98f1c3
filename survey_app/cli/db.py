"""`survey-app db …`: the schema of the database."""

import click

from survey_app.cli._opening import opened, ready, settings_in_force
from survey_app.data import data_dir
from survey_app.storage import migrating, walls
from survey_app.storage.database import Database

LOGS_ANSWERS = (
    "Achtung: Dieser PostgreSQL-Server schreibt bei einem Fehler Antworten in sein Protokoll."
    " Stellen Sie ihn auf log_error_verbosity = terse (siehe docs/operations.md)."
)
WALL_IS_OPEN = (
    "Achtung: Die zweite Mauer zwischen den Netzwerken steht offen. Die Rolle „mitreden_desk“"
    " fehlt, oder sie darf mehr sehen als ihr Netzwerk. Was zu tun ist, steht in"
    " docs/operations.md, Abschnitt PostgreSQL."
)
NO_WALL = (
    "Achtung: Ohne Mauer zwischen den Netzwerken sind die Tabellen: {tables}. Rufen Sie"
    " „survey-app db upgrade“ auf."
)


@click.group()
def command() -> None:
    """Die Datenbank einrichten und auf den neuesten Stand bringen."""


@command.command()
def upgrade() -> None:
    """Bringt die Datenbank auf den neuesten Stand; mehrfach aufrufen schadet nicht."""
    with opened(settings_in_force()) as database:
        migrating.upgrade(database, data_dir("migrations"))
        click.echo("Die Datenbank ist auf dem neuesten Stand.")
        warn_about(database)


@command.command()
@click.argument("revision")
@click.confirmation_option(
    prompt="Dabei gehen die Daten der neueren Tabellen verloren. Wirklich zurück?"
)
def downgrade(revision: str) -> None:
    """Bringt die Datenbank zurück auf REVISION („base“: ganz leer)."""
    with opened(settings_in_force()) as database:
        migrating.downgrade(database, data_dir("migrations"), revision)
    click.echo(f"Die Datenbank ist auf dem Stand „{revision}“.")


@command.command()
def check() -> None:
    """Prüft, ob der Datenbankserver dichthält; endet mit 1, wenn nicht."""
    with ready(settings_in_force()) as database:
        found = warn_about(database)
    if found:
        raise SystemExit(1)
    click.echo("Die Datenbank ist auf dem neuesten Stand, und der Server hält dicht.")


def warn_about(database: Database) -> list[str]:
    """Say what the operator should change in the server of this database, and return it."""
    found = warnings_about(database)
    for warning in found:
        click.secho(warning, fg="yellow", err=True)
    return found


def warnings_about(database: Database) -> list[str]:
    """Return what the operator should change in the server of this database."""
    if database.is_sqlite:
        return []
    with database.read() as connection:
        verbosity = connection.exec_driver_sql("SHOW log_error_verbosity").scalar_one()
        wall = walls.standing(connection)
    found = [] if verbosity == "terse" else [LOGS_ANSWERS]
    found += [WALL_IS_OPEN] if wall.is_open else []
    found += [NO_WALL.format(tables=", ".join(wall.without))] if wall.without else []
    return found
