"""`survey-app networks`: check help cards and legal facts, print their format for editors."""

from pathlib import Path

import click

from survey_app.cli._findings import format_option, tell
from survey_app.cli._opening import settings_in_force
from survey_app.config import Settings
from survey_app.data import data_dir
from survey_app.domain.directory import Directory
from survey_app.instruments.checks import CheckedFile
from survey_app.instruments.networks import check_networks, network_files, read_directory
from survey_app.instruments.networks_schema import schema_file

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

NO_OPERATOR = (
    "Wer diese Website betreibt, steht nirgends: Das Impressum sagt, dass es fehlt. Legen Sie in"
    " einem eigenen Ordner (SURVEY_NETWORKS) eine Datei mit „network: default“ und „operator“ an,"
    " siehe docs/networks.md."
)


@click.group()
def command() -> None:
    """Hilfekarten und Angaben der Netzwerke prüfen."""


@command.command()
@click.argument("files", nargs=-1, type=FILE, metavar="[DATEI]…")
@format_option
@click.pass_context
def check(context: click.Context, files: tuple[Path, ...], format_: str) -> None:
    """Prüft DATEIEN, ohne Angabe alle, die diese Installation benutzt.

    Fehler verhindern, dass Mitreden startet. Zweifel nicht.
    """
    settings = settings_in_force()
    checked = _checked(files, settings)
    code = tell(checked, format_, one="Datei", many="Dateien")
    if not code and not files and _lacks_operator(settings):
        click.echo(NO_OPERATOR, err=True)
    context.exit(code)


@command.command()
def schema() -> None:
    """Gibt das Format als JSON Schema aus, für Editoren."""
    click.echo(schema_file(), nl=False)


def _checked(files: tuple[Path, ...], settings: Settings) -> list[CheckedFile]:
    shipped, today = data_dir("networks"), settings.today()
    if files:
        known = read_directory([shipped])
        return list(check_networks(files, known, today, shown_as=click.format_filename))
    own = network_files(settings.networks) if settings.networks else ()
    known = read_directory([shipped]) if own else Directory(())
    return [
        *check_networks(own, known, today),
        *check_networks(network_files(shipped), Directory(()), today),
    ]


def _lacks_operator(settings: Settings) -> bool:
    """Return whether an installation that others can reach does not say who runs it."""
    folders = [folder for folder in (settings.networks, data_dir("networks")) if folder]
    matters = settings.networks is not None or not settings.is_on_this_machine
    return matters and read_directory(folders).operator is None
