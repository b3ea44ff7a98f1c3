"""`survey-app questionnaires preview`: a file as a phone shows it, or on paper.

Registered below `survey-app questionnaires`. Needs no database and stores nothing.
"""

import socket
from contextlib import suppress
from pathlib import Path

import click

from survey_app.cli._opening import directory_in_force, settings_in_force
from survey_app.config import Settings
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.messages import Words
from survey_app.domain.questionnaire import Audience, Questionnaire
from survey_app.domain.text import FALLBACK
from survey_app.languages import load_languages
from survey_app.services.previewing import (
    NoPaper,
    paper_form_pdf,
    read_draft,
)

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)


def register(group: click.Group) -> None:
    """Add this command to `survey-app questionnaires`."""
    group.add_command(preview)


@click.command()
@click.argument("file", type=FILE, metavar="DATEI")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(1, 65535))
@click.option("--language", help="Kürzel, zum Beispiel tr. Sonst Deutsch.")
@click.option("--pdf", type=OUT, help="Statt zu zeigen: den Papierbogen in diese Datei schreiben.")
def preview(file: Path, port: int, language: str | None, pdf: Path | None) -> None:
    """Zeigt DATEI so, wie ein Handy sie zeigt, und lädt nach jedem Speichern neu.

    Mit --pdf entsteht der Papierbogen, zum Beispiel für die Genehmigung durch die Schule.
    """
    if pdf is None:
        _serve(file, port, language)
    else:
        _print(file, pdf, language)


def _serve(file: Path, port: int, language: str | None) -> None:
    import waitress

    from survey_app.app import create_preview

    draft = read_draft(file, Settings().today())
    if language and draft.questionnaire is not None:
        _words(draft.questionnaire, language)
    query = f"?lang={language}" if language else ""
    try:
        listening = socket.create_server(("127.0.0.1", port))
    except OSError:
        raise click.ClickException(
            f"Port {port} ist schon belegt. Nehmen Sie mit --port einen anderen."
        ) from None
    with listening, suppress(KeyboardInterrupt):  # Ctrl+C is how a preview ends, at any moment
        server = waitress.create_server(create_preview(file), sockets=[listening])
        click.echo(f"Vorschau auf http://127.0.0.1:{port}/{query} – Ende mit Strg+C.")
        server.run()


def _print(file: Path, target: Path, language: str | None) -> None:
    draft = read_draft(file, Settings().today())
    for error in draft.errors:
        click.echo(f"  {error}", err=True)
    if draft.questionnaire is None:
        raise click.ClickException("Der Fragebogen hat Fehler. Es wurde nichts gedruckt.")
    if draft.questionnaire.why_not_fieldable is not None:
        click.echo(f"  {draft.questionnaire.why_not_fieldable}", err=True)
    words = _words(draft.questionnaire, language or FALLBACK)
    try:
        card = directory_in_force(settings_in_force()).help_for()
        content = paper_form_pdf(draft.questionnaire, words, DisclosurePolicy(), card)
        target.write_bytes(content)
    except NoPaper as failure:
        raise click.ClickException(str(failure)) from None
    except OSError as error:
        raise click.ClickException(
            f"{click.format_filename(target)} lässt sich nicht schreiben ({error.strerror})."
        ) from None
    title = draft.questionnaire.title.said(words.code)
    click.echo(f"{click.format_filename(target)}: {title} ({words.code}).")


def _words(questionnaire: Questionnaire, language: str) -> Words:
    """Return how the questionnaire speaks in a language, or end with those there are."""
    languages = load_languages()
    offered = {each.code: each for each in languages.to_preview(questionnaire)}
    if language not in offered:
        raise click.ClickException(
            f"„{language}“ gibt es für diesen Fragebogen nicht. Es gibt: {', '.join(offered)}."
        )
    is_polite = questionnaire.audience is Audience.PROFESSIONALS
    return languages.polite(offered[language]) if is_polite else offered[language]
