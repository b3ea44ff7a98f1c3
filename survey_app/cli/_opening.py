"""What most commands begin with: the settings of this installation, and its database."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

import click
from sqlalchemy.exc import OperationalError

from survey_app.config import Settings, UnusableSettings
from survey_app.data import data_dir
from survey_app.domain.directory import Directory
from survey_app.services.networks import UnreadableNetworks, known_networks
from survey_app.storage import migrating
from survey_app.storage.database import Database


def settings_in_force(decided: Mapping[str, str] = MappingProxyType({})) -> Settings:
    """Return the settings, or end with what is wrong with them.

    Variables in `decided` count more than those of the environment.
    """
    try:
        return Settings.from_environment({**os.environ, **decided})
    except UnusableSettings as error:
        raise click.ClickException(str(error)) from None


def directory_in_force(settings: Settings) -> Directory:
    """Return help cards and legal facts, or end with what is wrong with their files."""
    try:
        return known_networks(settings.networks)
    except UnreadableNetworks as unreadable:
        raise click.ClickException(str(unreadable)) from None


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """Open the database, whatever its state."""
    database = Database(settings.database_url)
    try:
        yield database
    except OperationalError as error:
        address = database.url.render_as_string(hide_password=True)
        raise click.ClickException(
            f"Die Datenbank {address} antwortet nicht: {error.orig}. Prüfen Sie"
            " SURVEY_DATABASE_URL und ob der Server läuft."
        ) from None
    finally:
        database.close()


@contextmanager
def ready(settings: Settings) -> Iterator[Database]:
    """Open a database that has the newest schema, or end with the remedy."""
    with opened(settings) as database:
        if not migrating.is_current(database, data_dir("migrations")):
            raise click.ClickException(
                "Die Datenbank ist nicht auf dem neuesten Stand. Rufen Sie zuerst"
                " „survey-app db upgrade“ auf."
            )
        yield database
