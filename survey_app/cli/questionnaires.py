"""`survey-app questionnaires`: begin, check and release files, print the format for editors."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from survey_app.cli import _questionnaires_preview, _questionnaires_tools
from survey_app.cli._findings import format_option, print_list, tell
from survey_app.data import data_dir
from survey_app.instruments.checks import CheckedFile, Checker
from survey_app.instruments.library import Library
from survey_app.instruments.releases import LOCK, Releases
from survey_app.instruments.schema import schema_file
from survey_app.instruments.starting import NoStart, starting_file, topics

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def command() -> None:
    """Fragebögen beginnen, prüfen, veröffentlichen und ihr Format ausgeben."""


_questionnaires_tools.register(command)
_questionnaires_preview.register(command)


@command.command()
@click.argument("files", nargs=-1, type=FILE, metavar="[DATEI]…")
@format_option
@click.pass_context
def check(context: click.Context, files: tuple[Path, ...], format_: str) -> None:
    """Prüft DATEIEN, ohne Angabe alle mitgelieferten Fragebögen.

    Fehler verhindern, dass ein Fragebogen benutzt wird. Zweifel nicht.
    """
    checked = _checked(files)
    context.exit(tell(checked, format_, one="Fragebogen", many="Fragebögen"))


@command.command()
@click.argument("ids", nargs=-1, metavar="[ID]…")
@click.option("--folder", type=FOLDER, default=None, help="Ordner der Fragebögen")
def release(ids: tuple[str, ...], folder: Path | None) -> None:
    """Veröffentlicht Fragebögen: hält in versions.lock fest, welcher Text welche Version hat.

    Ohne ID alle. Ein Text, der unter derselben Version schon anders veröffentlicht ist, braucht
    zuerst eine neue Version.
    """
    library = Library(folder or data_dir("questionnaires"))
    unknown = sorted(set(ids) - set(library.names()))
    if unknown:
        known = ", ".join(library.names())
        raise click.ClickException(f"„{unknown[0]}“ gibt es nicht. Es gibt: {known}.")
    files = [file for file in library.files() if not ids or file.stem in ids]
    errors = [error for file in files for error in _checker().check(file).errors]
    if errors:
        print_list("Fehler", errors)
        raise click.ClickException("Nichts wurde veröffentlicht.")
    _release(library, [file.stem for file in files])


@command.command()
@click.argument("name")
@click.option("--topic", "-t", "chosen", multiple=True, metavar="THEMA", help="mehrmals möglich")
@click.option("--folder", type=FOLDER, default=Path(), help="wohin die Datei kommt")
def new(name: str, chosen: tuple[str, ...], folder: Path) -> None:
    """Legt NAME.yaml an: ein Fragebogen zum Weiterschreiben, aus der Fragensammlung.

    Ein THEMA ist ein mitgelieferter Fragebogen. Eine Datei, die es schon gibt, bleibt, wie sie ist.
    """
    bank = Library(data_dir("questionnaires"))
    if not chosen:
        lines = (f"  {topic.name:<24} {topic.title}" for topic in topics(bank))
        raise click.UsageError("\n".join(["Wähle mit --topic mindestens ein Thema:", *lines]))
    file = folder / f"{name}.yaml"
    try:
        content = starting_file(bank, name, chosen)
        with file.open("x", encoding="utf-8") as stream:
            stream.write(content)
    except NoStart as error:
        raise click.ClickException(str(error)) from None
    except FileExistsError:
        raise click.ClickException(
            f"{file} gibt es schon und bleibt, wie sie ist. Nimm einen anderen Namen."
        ) from None
    click.echo(f"{file} ist angelegt. Ändere sie und prüfe sie mit:")
    click.echo(f"  survey-app questionnaires check {click.format_filename(file)}")


@command.command()
def schema() -> None:
    """Gibt das Format als JSON Schema aus, für Editoren."""
    click.echo(schema_file(), nl=False)


def _checker() -> Checker:
    return Checker(Library(data_dir("questionnaires")), datetime.now(UTC).date())


def _checked(files: tuple[Path, ...]) -> list[CheckedFile]:
    checker = _checker()
    if files:
        return [checker.check(file, shown_as=click.format_filename(file)) for file in files]
    folder = data_dir("questionnaires")
    checked = [checker.check(file) for file in Library(folder).files()]
    return [*checked, *checker.check_packs(folder)]


def _release(library: Library, names: Sequence[str]) -> None:
    lock = library.folder / LOCK
    before = Releases.beside(library.folder)
    after = before.with_all(library.get(name) for name in names)
    lock.write_text(after.text(), encoding="utf-8")
    fresh = sorted(set(after.prints) - set(before.prints))
    for name, version in fresh:
        click.echo(f"{name} {version} ist veröffentlicht.")
    if not fresh:
        click.echo("Alle Versionen waren schon veröffentlicht.")
