"""`survey-app questionnaires`: check files before they are used, print the format for editors."""

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import click

from survey_app.data import data_dir
from survey_app.instruments.checks import CheckedFile, check_file
from survey_app.instruments.library import Library
from survey_app.instruments.places import Located
from survey_app.instruments.schema import schema_file

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def command() -> None:
    """Fragebögen prüfen und ihr Format ausgeben."""


@command.command()
@click.argument("files", nargs=-1, type=FILE, metavar="[DATEI]…")
@click.pass_context
def check(context: click.Context, files: tuple[Path, ...]) -> None:
    """Prüft DATEIEN, ohne Angabe alle mitgelieferten Fragebögen.

    Fehler verhindern, dass ein Fragebogen benutzt wird. Zweifel nicht.
    """
    checked = _checked(files)
    errors = tuple(chain.from_iterable(file.errors for file in checked))
    doubts = tuple(chain.from_iterable(file.doubts for file in checked))
    _print_list("Fehler", errors)
    _print_list("Zweifel", doubts)
    click.echo(_summary(len(checked), len(errors), len(doubts)))
    context.exit(1 if errors else 0)


@command.command()
def schema() -> None:
    """Gibt das Format als JSON Schema aus, für Editoren."""
    click.echo(schema_file(), nl=False)


def _checked(files: tuple[Path, ...]) -> list[CheckedFile]:
    if files:
        return [check_file(file, shown_as=click.format_filename(file)) for file in files]
    return [check_file(file) for file in Library(data_dir("questionnaires")).files()]


def _print_list(heading: str, entries: Sequence[Located]) -> None:
    if entries:
        click.echo(f"{heading}:")
        for entry in entries:
            click.echo(f"  {entry}")


def _summary(files: int, errors: int, doubts: int) -> str:
    questionnaires = "1 Fragebogen" if files == 1 else f"{files} Fragebögen"
    return f"{questionnaires} geprüft: {errors or 'keine'} Fehler, {doubts or 'keine'} Zweifel."
