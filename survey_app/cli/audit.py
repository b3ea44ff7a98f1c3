"""`survey-app audit …`: the log of what staff and the calendar did."""

import re

import click

from survey_app.cli._opening import ready, settings_in_force
from survey_app.services import audit_words, auditing
from survey_app.services.auditing import Break, Fault
from survey_app.storage import places
from survey_app.storage.database import Database

FAULTS = {
    Fault.GAP: "Zeile {number} fehlt.",
    Fault.TORN: "Zeile {number} schließt nicht an die Zeile davor an.",
    Fault.CHANGED: "Zeile {number} wurde nachträglich verändert.",
    Fault.REPLACED: "Zeile {number} ist eine andere als die notierte.",
}
SEEN = re.compile(r"([1-9][0-9]*):([0-9a-f]{64})")
NETWORK = click.option("--network", help="Nur dieses Netzwerk, zum Beispiel: Kreis Viersen")


@click.group()
def command() -> None:
    """Das Protokoll prüfen und zeigen."""


@command.command()
@NETWORK
@click.option(
    "--seen",
    multiple=True,
    metavar="ZEILE:PRÜFSUMME",
    help="Eine früher notierte Prüfsumme, die noch stimmen muss; nur mit --network.",
)
def check(network: str | None, seen: tuple[str, ...]) -> None:
    """Prüft, ob das Protokoll vollständig ist; endet mit 1, wenn nicht.

    Nennt die erste Zeile, die nicht stimmt, und sonst die letzte mit ihrer Prüfsumme.
    """
    if seen and network is None:
        raise click.UsageError("--seen braucht --network: Zeilen zählt jedes Netzwerk für sich.")
    noted = dict(_noted(each) for each in seen)
    broken = False
    with ready(settings_in_force()) as database:
        for name, number in _networks(database, network):
            chain = auditing.checked(database, number, noted)
            if chain.broken is not None:
                broken = True
                click.secho(f"{name}: {_said(chain.broken)}", fg="red", err=True)
            elif chain.last is not None:
                last = chain.last
                click.echo(f"{name}: vollständig bis {last.number}:{last.digest}")
            else:
                click.echo(f"{name}: noch keine Zeile.")
    if broken:
        raise SystemExit(1)


@command.command()
@NETWORK
@click.option(
    "--last", "most", default=20, show_default=True, type=click.IntRange(1), help="So viele Zeilen."
)
def show(network: str | None, most: int) -> None:
    """Zeigt die neuesten Zeilen, die neueste zuletzt."""
    with ready(settings_in_force()) as database:
        for name, number in _networks(database, network):
            click.secho(name, bold=True)
            for line in reversed(auditing.latest(database, number, most)):
                said = [
                    str(audit_words.action_said(line.action)),
                    str(audit_words.subject_said(line.subject)),
                    *map(str, audit_words.details_said(line.detail)),
                    str(audit_words.actor_said(line.actor)),
                ]
                click.echo(f"{line.number:>6}  {line.day}  {' · '.join(said)}")


def _said(broken: Break) -> str:
    return FAULTS[broken.fault].format(number=broken.number)


def _noted(seen: str) -> tuple[int, str]:
    found = SEEN.fullmatch(seen)
    if found is None:
        raise click.UsageError(f"„{seen}“ ist keine Prüfsumme. Erwartet wird ZEILE:PRÜFSUMME.")
    return int(found[1]), found[2]


def _networks(database: Database, wanted: str | None) -> list[tuple[str, int]]:
    with database.read() as connection:
        names = places.network_names(connection)
        if wanted is not None and wanted not in names:
            known = ", ".join(names) or "–"
            raise click.ClickException(f"Das Netzwerk „{wanted}“ gibt es nicht. Es gibt: {known}.")
        found = [places.network_named(connection, name) for name in names]
    return [(each.name, each.id) for each in found if each and wanted in (None, each.name)]
