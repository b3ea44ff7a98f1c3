"""`survey-app housekeeping`: what happens by itself, done once."""

import click

from survey_app.cli._opening import ready, settings_in_force
from survey_app.services.housekeeping import keep_house


@click.command()
def command() -> None:
    """Schließt, was zu Ende ist, und löscht, was fällig ist. Für den Zeitplan des Systems.

    „survey-app serve“ erledigt das von selbst.
    """
    settings = settings_in_force()
    with ready(settings) as database:
        done = keep_house(
            database,
            settings.today(),
            recount_days=settings.recount_days,
            text_days=settings.text_days,
            jobs_folder=settings.jobs_folder,
        )
    click.echo(
        f"Erhebungen geschlossen: {done.closed}. Bögen und Texte gelöscht: {done.forgotten}."
    )
