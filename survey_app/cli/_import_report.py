"""What `survey-app import` shows: how a file was understood, and what the dry run found."""

import sys
from pathlib import Path
from types import TracebackType
from typing import Self

import click

from survey_app.services.importing import Assignment, ColumnAssignment, Incoming, Rehearsal
from survey_app.services.importing.surveying import Column

WIDTH = 44
RESPONSES = ("Rückmeldung", "Rückmeldungen")
TEXTS = ("Freitext", "Freitexte")
ROWS = ("Zeile", "Zeilen")
MISSING = {"unanswered": "fehlt", "refused": "möchte ich nicht sagen"}


class Progress:
    """Counts rows on a terminal; says nothing where nobody is watching."""

    def __init__(self, label: str) -> None:
        self._label, self._rows = label, 0
        self._shown = sys.stderr.isatty()

    def step(self, rows: int) -> None:
        """Note that some more rows are through."""
        self._rows += rows
        if self._shown:
            click.echo(
                f"\r{self._label}: {self._rows:,} Zeilen".replace(",", "."), nl=False, err=True
            )

    def end(self) -> None:
        """Leave the line to what comes next."""
        if self._shown and self._rows:
            click.echo("\r\033[K", nl=False, err=True)
        self._rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()


def show_file(file: Path, found: Incoming) -> None:
    """Say how a file was understood."""
    click.echo(f"{click.format_filename(file.name)}: {found.said}")
    if found.sheet and len(found.sheets) > 1:
        click.echo(f"Gelesen wird das Blatt „{found.sheet}“ (ein anderes: --sheet).")
    first, last = found.survey.header
    rows = f"Zeile {first}" if first == last else f"Zeilen {first} bis {last}"
    heads = f"Überschriften: {rows}" if last else "Keine Überschriften"
    click.echo(f"{heads}; darunter {counted(found.survey.rows, ROWS)}.\n")


def show_assignment(assignment: Assignment, found: Incoming, *, guessed: bool) -> None:
    """Show what each column is taken for; a question mark stands where it was only guessed."""
    doubtful = found.guess.doubtful if guessed else frozenset[tuple[str, str]]()
    click.echo("Geratene Zuordnung (? bitte prüfen):" if guessed else "Zuordnung:")
    by_letter = {each.column: each for each in assignment.columns}
    for column in found.survey.columns:
        _show_column(column, by_letter.get(column.letter), doubtful)
    if assignment.sent:
        click.echo(f"  Zeilen ohne Eintrag in Spalte {assignment.sent} wurden nie abgeschickt.")
    click.echo()


def _show_column(
    column: Column, given: ColumnAssignment | None, doubtful: frozenset[tuple[str, str]]
) -> None:
    mark = " ?" if (column.letter, "") in doubtful else ""
    if column.personal is not None:
        said = f"wird nie übernommen ({column.personal.label})"
    else:
        said = "–" if given is None else f"→ {given.to}{mark}"
    header = column.header if len(column.header) < WIDTH else f"{column.header[: WIDTH - 1]}…"
    click.echo(f"  {column.letter:>3}  {header:<{WIDTH}} {said}")
    for text, code in given.values.items() if given else ():
        mark = " ?" if (column.letter, text) in doubtful else ""
        click.echo(f"       {'':<{WIDTH}}   „{text}“ → {MISSING.get(str(code), code)}{mark}")


def show_result(rehearsal: Rehearsal) -> None:
    """Say what would happen, and every problem with its rows and column."""
    if rehearsal.problems:
        click.echo("Fehler:")
    for problem in rehearsal.problems:
        rows = "Zeile" if len(problem.rows) == 1 else "Zeilen"
        click.echo(
            f"  Spalte {problem.column.letter}, {rows} {problem.ranges()}: {problem.message}"
        )
    if rehearsal.doubts:
        click.echo("Bitte beachten:")
    for doubt in rehearsal.doubts:
        click.echo(f"  {doubt}")
    texts, left_out = len(rehearsal.texts), rehearsal.empty + rehearsal.unsent
    click.echo(f"Geprüft: {responses(len(rehearsal.sheets))}, {counted(texts, TEXTS)}.")
    if left_out:
        click.echo(
            f"Ausgelassen: {counted(left_out, ROWS)}, davon ohne Antwort {rehearsal.empty}, nie"
            f" abgeschickt {rehearsal.unsent}."
        )


def responses(number: int) -> str:
    """Return how many there are, in words."""
    return counted(number, RESPONSES)


def counted(number: int, forms: tuple[str, str]) -> str:
    """Return a number with the form of the word that goes with it."""
    return f"{number} {forms[number != 1]}"
