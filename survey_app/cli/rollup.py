"""`survey-app rollup`: a roll-up as PDF and as files, for a health conference or an archive."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Final

import click

from survey_app.cli._files import (
    FormatName,
    file_name,
    language_named,
    language_option,
    to_option,
    write_files,
)
from survey_app.cli._naming import network_named, network_option, town_named
from survey_app.cli._opening import ready, settings_in_force
from survey_app.domain.measure import Topic
from survey_app.domain.messages import Words
from survey_app.domain.rights import Actor, Role
from survey_app.domain.roll_up_report import RollUpReport
from survey_app.domain.scope import Scope
from survey_app.rendering.pdf import PdfPool
from survey_app.services import exporting, rolling_up, rolling_up_files
from survey_app.services.printing import Printer
from survey_app.storage.database import Database

PDF, DOCUMENT = "pdf", "rollup_json"  # beside the formats of docs/exports.md
TOPICS: Final = [topic.value for topic in Topic]


@click.command()
@click.argument("year", type=click.IntRange(1900, 9999), metavar="JAHR")
@network_option
@click.option("--municipality", help="Nur diese Kommune: Name oder Gemeindeschlüssel.")
@click.option("--topic", type=click.Choice(TOPICS), metavar="THEMA", help="Nur dieses Thema.")
@click.option(
    "--format",
    "names",
    type=FormatName(PDF, DOCUMENT),
    multiple=True,
    help="Nur dieses Format; mehrmals möglich. Ohne Angabe alle.",
)
@click.option("--so-far", is_flag=True, help="Auch wenn das Jahr noch läuft.")
@to_option
@language_option
def command(
    year: int,
    network: str | None,
    municipality: str | None,
    topic: str | None,
    names: tuple[str, ...],
    so_far: bool,
    folder: Path,
    language: str,
) -> None:
    """Schreibt die Gesamtauswertung eines JAHRES in einen Ordner: als PDF und als Dateien.

    Ohne weitere Angabe die des ganzen Netzwerks. Die erste Auswertung eines Jahres, das vorbei ist,
    legt für immer fest, was von zu kleinen Erhebungen zusammengelegt wird.
    """
    settings, words = settings_in_force(), language_named(language)
    if municipality and topic:
        raise click.ClickException("Nennen Sie --municipality oder --topic, nicht beides.")
    _refuse_running_year(year, settings.today(), so_far=so_far)
    with ready(settings) as database:
        owner = network_named(database, network)
        place = town_named(database, owner, municipality).id if municipality else None
        scope = Scope(year, place, Topic(topic) if topic else None)
        click.echo("Maßnahmen werden ausgewertet …", err=True)
        report = rolling_up.roll_up_of(
            database.of(owner),
            Actor(owner, Role.COORDINATOR),
            scope,
            policy=settings.policy,
            as_of=settings.today(),
        )
        _refuse_nothing(database, owner, report, settings.today())
    if report is not None:
        _write(report, names, folder, words)


def _write(report: RollUpReport, names: tuple[str, ...], folder: Path, words: Words) -> None:
    offered = (PDF, DOCUMENT, *(exporting.formats() if report.rolled else ()))
    wanted = [name for name in names or offered if name in offered]
    if report.why is not None:
        click.echo(f"Ohne Zahlen der Befragten: {report.why.said(words)}", err=True)
    if not wanted:
        raise click.ClickException(f"Es bleiben nur diese Formate: {', '.join(offered)}.")
    with ExitStack() as stack:
        files = _files(report, wanted, words, stack)
        write_files(folder, files, len(wanted), rolling_up_files.named(report, words))


def _files(
    report: RollUpReport, names: list[str], words: Words, stack: ExitStack
) -> Iterator[tuple[str, bytes]]:
    for name in names:
        if name == PDF:
            pool = stack.enter_context(PdfPool(workers=1))
            content = rolling_up.roll_up_pdf(Printer(pool), report, words)
            yield f"{report.number}.pdf", content
        elif name == DOCUMENT:
            yield f"{report.number}.json", rolling_up_files.document_of(report, words)
        elif file := rolling_up_files.file_of(report, name, words):
            yield file_name(report.number, name, file.format.suffix), file.content


def _refuse_running_year(year: int, today: date, *, so_far: bool) -> None:
    if year > today.year:
        raise click.ClickException(f"Das Jahr {year} hat noch nicht begonnen.")
    if year == today.year and not so_far:
        raise click.ClickException(
            f"Das Jahr {year} läuft noch: Zu kleine Erhebungen fehlen, und die Zahlen ändern sich."
            " Trotzdem schreiben: --so-far"
        )


def _refuse_nothing(
    database: Database, network: int, report: RollUpReport | None, today: date
) -> None:
    """End if there is no measure at all, and say in which years there are some."""
    if report is not None and report.measures:
        return
    actor = Actor(network, Role.COORDINATOR)
    years = rolling_up.possible_roll_ups(database.of(network), actor, None, today).years
    known = ", ".join(map(str, years)) or "noch keine"
    raise click.ClickException(
        f"Dazu gehört keine Maßnahme. Jahre, in denen welche enden: {known}."
    )
