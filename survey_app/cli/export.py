"""`survey-app export`: the released results of one measure, as files for other programs."""

from collections.abc import Iterator
from pathlib import Path

import click

from survey_app.cli._files import (
    FormatName,
    file_name,
    language_named,
    language_option,
    to_option,
    write_files,
)
from survey_app.cli._naming import measure_named, network_option
from survey_app.cli._opening import ready, settings_in_force
from survey_app.domain.extract import Extract, extract_of
from survey_app.domain.messages import Words
from survey_app.services import exporting
from survey_app.services.evaluating import sheet_of


@click.command()
@click.argument("measure", metavar="MASSNAHME")
@network_option
@click.option(
    "--format",
    "names",
    type=FormatName(),
    multiple=True,
    help="Nur dieses Format; mehrmals möglich. Ohne Angabe alle.",
)
@to_option
@language_option
def command(
    measure: str, network: str | None, names: tuple[str, ...], folder: Path, language: str
) -> None:
    """Schreibt die Ergebnisse einer MASSNAHME (Nummer oder Titel) als Dateien in einen Ordner.

    Sie enthalten dasselbe wie im Bereich für das Team: nur, was ausgewiesen werden darf.
    """
    settings, words = settings_in_force(), language_named(language)
    with ready(settings) as database:
        found = measure_named(database, network, measure, settings.today())
        sheet = sheet_of(
            database.of(found.network.id),
            found.network.id,
            found.id,
            policy=settings.policy,
            as_of=settings.today(),
            recount_days=settings.recount_days,
        )
    if sheet is None or not sheet.results:
        raise click.ClickException(
            f"Von „{found.title}“ ist noch keine Erhebung geschlossen und ausgezählt."
        )
    wanted = names or tuple(exporting.formats())
    files = _files(extract_of(sheet), wanted, words)
    write_files(folder, files, len(wanted), found.title)


def _files(extract: Extract, names: tuple[str, ...], words: Words) -> Iterator[tuple[str, bytes]]:
    for name in names:
        file = exporting.exported(name, extract, words)
        yield file_name(extract.number, name, file.format.suffix), file.content
