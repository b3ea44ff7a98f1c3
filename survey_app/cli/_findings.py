"""How errors and doubts about files are told: as a list to read, or as JSON for programs."""

import json
from collections.abc import Sequence
from itertools import chain

import click

from survey_app.instruments.checks import CheckedFile
from survey_app.instruments.places import Located

format_option = click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True
)


def tell(checked: Sequence[CheckedFile], format_: str, *, one: str, many: str) -> int:
    """Print what was found in files of a kind, e.g. *Fragebögen*; return the exit code."""
    errors = tuple(chain.from_iterable(file.errors for file in checked))
    doubts = tuple(chain.from_iterable(file.doubts for file in checked))
    if format_ == "json":
        click.echo(_as_json(errors, doubts))
    else:
        print_list("Fehler", errors)
        print_list("Zweifel", doubts)
        files = f"1 {one}" if len(checked) == 1 else f"{len(checked)} {many}"
        found = f"{len(errors) or 'keine'} Fehler, {len(doubts) or 'keine'} Zweifel"
        click.echo(f"{files} geprüft: {found}.")
    return 1 if errors else 0


def print_list(heading: str, entries: Sequence[Located]) -> None:
    """Print places with what is wrong there, below a heading."""
    if entries:
        click.echo(f"{heading}:")
        for entry in entries:
            click.echo(f"  {entry}")


def _as_json(errors: Sequence[Located], doubts: Sequence[Located]) -> str:
    entries = [
        {
            "file": entry.file,
            "line": entry.line,
            "column": entry.column,
            "severity": severity,
            "message": entry.sentence(),
        }
        for severity, found in (("error", errors), ("doubt", doubts))
        for entry in found
    ]
    return json.dumps(entries, ensure_ascii=False, indent=2)
