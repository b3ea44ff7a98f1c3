"""`survey-app import`: answers that were collected on paper or in other tools come in."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import click

from survey_app.cli import _import_report as report
from survey_app.cli._import_report import Progress
from survey_app.cli._naming import measure_named
from survey_app.cli._opening import ready, settings_in_force
from survey_app.domain.collector import printed_code
from survey_app.domain.measure import Measure
from survey_app.domain.messages import InvalidDefinition
from survey_app.domain.questionnaire import Questionnaire
from survey_app.languages import load_languages
from survey_app.services import choosing, importing
from survey_app.services.importing import Assignment, Occasion, Rehearsal
from survey_app.storage.database import Database

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d", "%d.%m.%Y"])
UNSEEN = (
    "Ein Teil der Zuordnung ist nur geraten (?). Legen Sie sie mit --save-mapping ab, prüfen Sie"
    " sie und geben Sie sie mit --mapping an, oder lassen Sie --yes weg."
)


@click.command()
@click.argument("file", type=FILE, metavar="DATEI")
@click.option("--measure", required=True, help="Titel oder Nummer der Maßnahme")
@click.option("--questionnaire", "name", required=True, help="Fragebogen, z. B. kern-jugend")
@click.option("--network", help="Name des Netzwerks, wenn es mehrere gibt")
@click.option("--from", "first", type=DAY, help="erster Tag, sonst der der Maßnahme")
@click.option("--to", "last", type=DAY, help="letzter Tag, sonst der der Maßnahme")
@click.option("--expected", type=click.IntRange(1), help="wie viele antworten konnten")
@click.option("--sheet", default="", help="Blatt der Excel-Datei")
@click.option("--mapping", type=FILE, help="Zuordnung aus einer Datei statt einer geratenen")
@click.option("--save-mapping", "save", type=click.Path(path_type=Path), help="Zuordnung ablegen")
@click.option("--dry-run", is_flag=True, help="Nur prüfen, nichts übernehmen.")
@click.option("--yes", is_flag=True, help="Ohne Rückfrage.")
def command(
    file: Path,
    measure: str,
    name: str,
    network: str | None,
    first: datetime | None,
    last: datetime | None,
    expected: int | None,
    sheet: str,
    mapping: Path | None,
    save: Path | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Übernimmt gesammelte Antworten aus DATEI (CSV oder XLSX) als abgeschlossene Erhebung.

    Auch Exporte von LimeSurvey, Microsoft Forms und Google Forms, wie sie sind. Spalten mit Namen,
    Adressen, Nummern und Zeiten werden erkannt und nie übernommen. Hat die Prüfung Fehler, wird
    nichts übernommen.
    """
    settings = settings_in_force()
    questionnaire = _questionnaire(name)
    with ready(settings) as database, _refusals_said():
        found = measure_named(database, network, measure, settings.today())
        occasion = _occasion(found, first, last, expected, settings.today())
        rehearsal = _rehearsed(file, questionnaire, sheet, mapping, save, unseen=yes)
        report.show_result(rehearsal)
        if not rehearsal.is_sound:
            raise click.ClickException("Übernommen wurde nichts.")
        if dry_run:
            return
        _ask(database, occasion, rehearsal, found, yes=yes)
        taken = importing.take_in(
            database, occasion, rehearsal, today=settings.today(), actor=_actor()
        )
    if taken is not None:
        code = printed_code(taken.collector.code)
        click.echo(f"Übernommen, abgeschlossen und ausgezählt. Code der Erhebung: {code}")


def _rehearsed(
    file: Path,
    questionnaire: Questionnaire,
    sheet: str,
    mapping: Path | None,
    save: Path | None,
    *,
    unseen: bool,
) -> Rehearsal:
    """Look at the file, show the assignment, and return what the dry run found.

    What was only guessed is no assignment as long as nobody has seen it.
    """
    given = None if mapping is None else _assignment(mapping)
    header = None if given is None else given.header
    sheet = sheet or (given.sheet if given else "")
    refusals = [words.gettext(importing.REFUSAL) for words in load_languages().offered]
    with (
        Progress("Lesen") as reading,
        importing.incoming(
            file,
            questionnaire,
            sheet=sheet,
            header=header,
            refusals=refusals,
            seen=reading.step,
        ) as found,
    ):
        reading.end()
        assignment = given or found.guess.assignment
        report.show_file(file, found)
        report.show_assignment(assignment, found, guessed=given is None)
        _save(assignment, save)
        if unseen and given is None and found.guess.doubtful:
            raise click.ClickException(UNSEEN)
        with Progress("Prüfen") as checking:
            return importing.rehearsed(
                found.copy,
                found.survey,
                assignment,
                questionnaire,
                refusals=refusals,
                seen=checking.step,
            )


def _save(assignment: Assignment, save: Path | None) -> None:
    if save is not None:
        save.write_text(assignment.as_text(), encoding="utf-8")
        click.echo(f"Die Zuordnung liegt in {save}. Nach dem Ändern: --mapping {save}\n")


def _ask(
    database: Database, occasion: Occasion, rehearsal: Rehearsal, measure: Measure, *, yes: bool
) -> None:
    sheets = len(rehearsal.sheets)
    if importing.same_size(database, occasion, rehearsal.questionnaire, sheets) is not None:
        click.echo(
            f"Achtung: Für „{measure.title}“ wurde schon einmal eine Datei mit genau"
            f" {report.responses(sheets)} zu diesem Fragebogen übernommen. Vielleicht ist es"
            " dieselbe."
        )
    if not yes:
        click.confirm(
            f"{measure.title}: {report.responses(sheets)} übernehmen und auszählen? Das lässt"
            " sich nicht rückgängig machen.",
            abort=True,
        )


def _questionnaire(name: str) -> Questionnaire:
    known = choosing.questionnaires()
    if name not in known:
        raise click.ClickException(
            f"Den Fragebogen „{name}“ gibt es nicht. Es gibt: {', '.join(known)}."
        )
    return known[name]


def _occasion(
    measure: Measure,
    first: datetime | None,
    last: datetime | None,
    expected: int | None,
    today: date,
) -> Occasion:
    return Occasion(
        network=measure.network.id,
        measure=measure.id,
        opens_on=first.date() if first else measure.starts_on,
        closes_on=last.date() if last else min(measure.ends_on, today),
        expected=expected,
    )


def _assignment(file: Path) -> Assignment:
    return importing.assignment_from(file.read_text(encoding="utf-8", errors="replace"))


@contextmanager
def _refusals_said() -> Iterator[None]:
    """End with a sentence where a file or an assignment is refused."""
    try:
        yield
    except importing.UnreadableTable as unreadable:
        raise click.ClickException(str(unreadable.message)) from None
    except InvalidDefinition as invalid:
        raise click.ClickException(
            "\n".join(str(each.message) for each in invalid.faults)
        ) from None


def _actor() -> str:
    return f"{getpass.getuser()} (Kommandozeile)"
