"""`survey-app demo`: everything there is to try, in one folder, with one command."""

import errno
import os
import socket
from datetime import date
from pathlib import Path

import click

from survey_app.cli import _demo_folder as demo_folder
from survey_app.cli import serve
from survey_app.cli._demo_folder import DemoFolder
from survey_app.cli._opening import directory_in_force, opened, settings_in_force
from survey_app.config import SecondFactor, Settings
from survey_app.languages import load_languages
from survey_app.services.sample_district import ALL_SHEETS


@click.command()
@click.option(
    "--directory",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("var/demo"),
    show_default=True,
    help="Ordner für Datenbank, Plakate und Bögen.",
)
@click.option("--serve/--no-serve", "serving", default=True, help="Danach Mitreden starten.")
@click.option("--reset", is_flag=True, help="Vorher löschen, was die Demo angelegt hat.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Adresse des Servers.")
@click.option("--port", default=8000, show_default=True, help="Port des Servers.")
@click.pass_context
def command(
    context: click.Context, directory: Path, serving: bool, reset: bool, host: str, port: int
) -> None:
    """Richtet das Beispielgebiet ein, druckt alles dazu und startet Mitreden.

    Alle Daten sind erfunden. Ein zweiter Aufruf behält, was da ist.
    """
    if serving:
        _refuse_busy_port(host, port)
    demo = DemoFolder(directory)
    if reset:
        demo_folder.empty_folder(demo)
    variables = _variables(demo, host, port)
    settings = settings_in_force(variables)
    _fill(demo, settings.today())
    _print(demo, settings)
    _tell(demo, settings, serving=serving)
    if serving:
        os.environ.update(variables)  # the processes of the server read them there
        context.invoke(serve.command, host=host, port=port, workers=1)


def _variables(demo: DemoFolder, host: str, port: int) -> dict[str, str]:
    """Return what the demo decides; other settings come from the environment as usual."""
    return {
        "SURVEY_DATABASE_URL": demo_folder.database_url(demo.database),
        "SURVEY_PUBLIC_URL": f"http://{host}:{port}",
        "SURVEY_JOBS_FOLDER": str(demo.folder / "jobs"),
        "SURVEY_SECRET_KEY": demo_folder.secret_key(demo),
        "SURVEY_SECOND_FACTOR": SecondFactor.OPTIONAL,  # invented data; every page says so
    }


def _refuse_busy_port(host: str, port: int) -> None:
    """End before the long work if nobody could be served afterwards."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise click.ClickException(
                    f"Auf {host}:{port} kann Mitreden nicht lauschen ({error.strerror})."
                    " Prüfen Sie --host und --port."
                ) from None
            raise click.ClickException(
                f"Port {port} ist schon belegt, vielleicht von einer Demo, die noch läuft. Beenden"
                f" Sie das andere Programm, oder nehmen Sie einen anderen Port: --port {port + 1}"
            ) from None


def _fill(demo: DemoFolder, today: date) -> None:
    if demo.database.exists():
        demo_folder.fill_folder(demo, today)
        click.echo("Das Beispielgebiet ist schon da und bleibt, wie es ist (neu: --reset).")
        return
    label = f"Beispielgebiet mit {ALL_SHEETS} Rückmeldungen"
    with click.progressbar(length=ALL_SHEETS, label=f"{label:<42}") as progress:
        demo_folder.fill_folder(demo, today, received=progress.update)


def _print(demo: DemoFolder, settings: Settings) -> None:
    with opened(settings) as database:
        work = demo_folder.papers(
            database, demo, load_languages(), settings, directory_in_force(settings)
        )
    label = f"{len(work)} Plakate und Auswertungsbögen"
    with click.progressbar(length=len(work), label=f"{label:<42}") as progress:
        for _ in demo_folder.draw(demo, work):
            progress.update(1)


def _tell(demo: DemoFolder, settings: Settings, *, serving: bool) -> None:
    """Say what there is to try."""
    email, password = demo_folder.login_of(demo)
    with opened(settings) as database:
        link = demo_folder.pupils_link(database, settings)
        results = demo_folder.results_links(database, settings)
        public = demo_folder.public_link(database, settings)
    lines = {
        "Als Jugendliche:r mitmachen": link or "keine Erhebung ist mehr offen: --reset",
        "Ergebnisse lesen": results[0] if results else "noch keine sind da: --reset",
        "Ergebnisse nebenan": results[1] if results[1:] else "",
        "Öffentliche Liste": public,
        "Als Fachkraft anmelden": f"{settings.public_url}/team",
        "  E-Mail": email,
        "  Passwort": password,
        "Plakate": f"{demo.posters}/*.pdf",
        "Auswertungsbögen": f"{demo.sheets}/*.pdf",
    }
    click.echo()
    for name, value in lines.items():
        click.echo(f"  {name:<28} {value}")
    click.echo("\n  Alle Namen, Orte und Antworten sind erfunden (Beispieldaten).\n")
    if not serving:
        click.echo(f"  Starten: survey-app demo --directory {demo.folder}\n")
