"""Writing many files into a folder: with progress, and with their checksums beside them."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import click

from survey_app.languages import Language, load_languages
from survey_app.services import exporting

CHECKSUMS: Final = "SHA256SUMS"
LABEL: Final = 42  # letters, as in `survey-app demo`

to_option = click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    show_default="hier",
    help="Ordner, in den die Dateien kommen; er wird angelegt.",
)
language_option = click.option(
    "--language", default="de", show_default=True, help="Sprache von Fragen und Überschriften."
)


class FormatName(click.ParamType[str]):
    """The name of a format of docs/exports.md; loaded only when it is asked for."""

    name = "NAME"

    def __init__(self, *further: str) -> None:
        self._further = further

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return a name that there is."""
        known = [*self._further, *exporting.formats()]
        if value not in known:
            self.fail(f"„{value}“ ist kein Format. Es gibt: {', '.join(known)}.", param, ctx)
        return value


def language_named(code: str) -> Language:
    """Return a language that there is, in the words for adults."""
    languages = load_languages()
    if code not in languages.all:
        known = ", ".join(languages.all)
        raise click.ClickException(f"Die Sprache „{code}“ gibt es nicht. Es gibt: {known}.")
    return languages.polite(languages.all[code])


def write_files(folder: Path, files: Iterable[tuple[str, bytes]], count: int, label: str) -> None:
    """Write files as they are made, then their checksums, and say where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    sums = []
    with click.progressbar(files, length=count, label=f"{label:<{LABEL}}") as progress:
        for name, content in progress:
            (folder / name).write_bytes(content)
            sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}")
    (folder / CHECKSUMS).write_text("".join(f"{line}\n" for line in sums), encoding="utf-8")
    for line in sums:
        click.echo(f"  {folder / line.partition('  ')[2]}")
    click.echo(f"Prüfsummen: {folder / CHECKSUMS}")


def file_name(number: str, name: str, suffix: str) -> str:
    """Return the name of a file; two formats may end alike, so the format is part of it."""
    return f"{re.sub(r'[^0-9A-Za-z_-]', '-', number)}-{name}.{suffix}"
