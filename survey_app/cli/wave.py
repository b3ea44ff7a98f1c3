"""`survey-app wave …`: closing and recounting a wave, named by the code on its poster."""

import getpass

import click

from survey_app.cli._opening import ready, settings_in_force
from survey_app.config import Settings
from survey_app.domain.collector import printed_code, read_code
from survey_app.services import closing, collecting
from survey_app.services.closing import Closing, Recount
from survey_app.services.collecting import Door
from survey_app.storage.database import Database

CLOSINGS = {
    Closing.CLOSED: "Die Erhebung ist geschlossen und ausgezählt. Der Auswertungsbogen ist bereit.",
    Closing.ALREADY_CLOSED: "Die Erhebung war schon geschlossen. Es hat sich nichts geändert.",
    Closing.NOT_YET_OPEN: "Die Erhebung hat noch nicht begonnen und bleibt geplant.",
}
RECOUNTS = {
    Recount.SAME: "Die Nachzählung ergibt dasselbe.",
    Recount.REPLACED: "Die Auszählung war falsch und ist ersetzt. Das steht im Protokoll.",
    Recount.KEPT: (
        "Die Nachzählung weicht ab, aber nur bei wenigen. Die Ergebnisse wurden schon gezeigt: Aus"
        " altem und neuem ließen sich ihre Antworten herausrechnen. Die Auszählung bleibt; das"
        " steht im Protokoll."
    ),
    Recount.SHEETS_DESTROYED: (
        "Die einzelnen Bögen sind schon gelöscht; nachzählen geht nicht mehr. Die Auszählung"
        " bleibt."
    ),
    Recount.UNKNOWN: "Diese Erhebung ist noch nicht ausgezählt. Schließen Sie sie zuerst.",
}


@click.group()
def command() -> None:
    """Erhebungen schließen und nachzählen."""


@command.command()
@click.argument("code")
@click.option("--yes", is_flag=True, help="Ohne Rückfrage.")
def close(code: str, yes: bool) -> None:
    """Schließt die Erhebung mit diesem CODE für immer und zählt sie aus."""
    settings = settings_in_force()
    with ready(settings) as database:
        door = _door(database, code, settings)
        if not yes:
            click.confirm(_question(door), abort=True)
        result = closing.close_wave(
            database,
            door.network.id,
            door.wave.id,
            today=settings.today(),
            actor=_actor(),
        )
    click.echo(CLOSINGS[result])


@command.command()
@click.argument("code")
def recount(code: str) -> None:
    """Zählt die Erhebung mit diesem CODE noch einmal; das Ergebnis steht im Protokoll."""
    settings = settings_in_force()
    with ready(settings) as database:
        door = _door(database, code, settings)
        result = closing.recount(
            database,
            door.network.id,
            door.wave.id,
            today=settings.today(),
            actor=_actor(),
        )
    click.echo(RECOUNTS[result])


def _door(database: Database, typed: str, settings: Settings) -> Door:
    code = read_code(typed)
    door = collecting.find_door(database, code, settings.policy) if code else None
    if door is None:
        raise click.ClickException(
            f"Zum Code „{typed}“ gibt es keine Erhebung. Er steht auf dem Plakat und hat zehn"
            " Zeichen, zum Beispiel KM7QX-R2DTE."
        )
    return door


def _question(door: Door) -> str:
    return (
        f"{door.measure_title}, Code {printed_code(door.collector.code)}: Die Erhebung wird"
        " ausgezählt, die einzelnen Rückmeldungen werden vernichtet. Sie lässt sich nicht wieder"
        " öffnen. Jetzt schließen?"
    )


def _actor() -> str:
    return f"{getpass.getuser()} (Kommandozeile)"
