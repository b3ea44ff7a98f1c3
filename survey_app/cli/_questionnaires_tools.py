"""Questionnaires from and to other programs: translators' PO files and XLSForms.

Registered below `survey-app questionnaires`. Nothing is overwritten without `--force`, but for the
questionnaire that a translation belongs to.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from babel import UnknownLocaleError
from babel.messages.plurals import get_plural

from survey_app.data import data_dir
from survey_app.instruments.library import Library, read_document
from survey_app.instruments.places import Located, UnreadableQuestionnaire
from survey_app.instruments.translating import (
    LANGUAGE,
    Imported,
    Translations,
    UnreadableTranslation,
    exported,
    imported,
    read_translations,
)
from survey_app.instruments.wordings import Source, source_of

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)


def register(group: click.Group) -> None:
    """Add these commands to `survey-app questionnaires`."""
    for tool in (export_po, import_po):
        group.add_command(tool)


def _language(_: click.Context, __: click.Parameter, value: str) -> str:
    if not LANGUAGE.fullmatch(value) or value.partition("-")[0] == "de":
        raise click.BadParameter(
            f"„{value}“ ist kein Kürzel einer Sprache, in die übersetzt wird. Beispiele: en, tr, ar"
        )
    return value


@click.command("export-po")
@click.argument("file", type=FILE, metavar="DATEI")
@click.option("--language", required=True, callback=_language, help="Kürzel, zum Beispiel tr.")
@click.option("-o", "--output", type=OUT, help="PO-Datei; sonst ID.SPRACHE.po in diesem Ordner.")
@click.option("--force", is_flag=True, help="Eine vorhandene Datei überschreiben.")
def export_po(file: Path, language: str, output: Path | None, force: bool) -> None:
    """Schreibt die Texte eines Fragebogens für Übersetzerinnen und Übersetzer auf.

    Was schon übersetzt ist, steht darin.
    """
    source = _source(file)
    target = output or Path(f"{source.questionnaire.id}.{language}.po")
    text = exported(source, language, now=datetime.now(UTC), plural_forms=_plurals(language))
    _write_new(target, text, force=force)
    missing = sum(language not in entry.text.root for entry in source.entries)
    click.echo(f"{target}: {_texts(len(source.entries))}, davon {missing} noch nicht übersetzt.")


@click.command("import-po")
@click.argument("po", type=FILE, metavar="DATEI.po")
@click.option(
    "--questionnaire",
    "file",
    type=FILE,
    help="Der Fragebogen; sonst der mitgelieferte, zu dem die Übersetzung gehört.",
)
@click.pass_context
def import_po(context: click.Context, po: Path, file: Path | None) -> None:
    """Schreibt Übersetzungen in den Fragebogen zurück.

    Alles andere in der Datei bleibt, wie es ist. Veraltete Übersetzungen werden einzeln abgelehnt
    und die übrigen übernommen; das Ergebnis ist dann 1.
    """
    try:
        translations = read_translations(po, shown_as=click.format_filename(po))
    except UnreadableTranslation as unreadable:
        raise click.ClickException(str(unreadable)) from None
    target = file or _shipped(translations)
    source = _source(target)
    with _faults_told():
        result = imported(source, translations)
    if result.content != source.content:
        target.write_bytes(result.content)
    _print_list("Nicht übernommen", result.refused)
    click.echo(_summary(target, translations, result))
    context.exit(1 if result.refused else 0)


def _source(file: Path) -> Source:
    with _faults_told():
        document = read_document(file, shown_as=click.format_filename(file))
        return source_of(file.read_bytes(), document, file_name=file.name)


@contextmanager
def _faults_told() -> Iterator[None]:
    try:
        yield
    except UnreadableQuestionnaire as unreadable:
        _print_list("Fehler", unreadable.faults)
        raise click.ClickException("Der Fragebogen hat Fehler und bleibt, wie er ist.") from None


def _shipped(translations: Translations) -> Path:
    """Return the file of the shipped questionnaire that a translation belongs to."""
    files = {file.stem: file for file in Library(data_dir("questionnaires")).files()}
    name = translations.questionnaire
    if name not in files:
        raise click.ClickException(
            f"Zu „{name or translations.file}“ gibt es keinen mitgelieferten Fragebogen. Nennen Sie"
            " seine Datei: --questionnaire DATEI.yaml"
        )
    return files[name]


def _plurals(language: str) -> str:
    try:
        return get_plural(language.partition("-")[0]).plural_forms
    except (UnknownLocaleError, ValueError):
        return ""


def _write_new(target: Path, text: str, *, force: bool) -> None:
    if target.exists() and not force:
        raise click.ClickException(
            f"{click.format_filename(target)} gibt es schon. Nehmen Sie mit -o einen anderen Namen,"
            " oder überschreiben Sie die Datei mit --force."
        )
    try:
        target.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise click.ClickException(
            f"{click.format_filename(target)} lässt sich nicht schreiben ({error.strerror})."
        ) from None


def _print_list(heading: str, entries: Iterable[Located]) -> None:
    lines = [f"  {entry}" for entry in entries]
    if lines:
        click.echo("\n".join([f"{heading}:", *lines]))


def _summary(target: Path, translations: Translations, result: Imported) -> str:
    language = translations.language
    parts = [f"{click.format_filename(target)}: {_texts(result.taken)} neu übersetzt ({language})."]
    if result.missing:
        parts.append(f"Es fehlen noch {len(result.missing)}.")
    if result.declared:
        parts.append(f"{language} ist vollständig und steht jetzt unter languages.")
    if result.taken:
        parts.append("Wurde diese Version schon eingesetzt, geben Sie der Datei eine neue.")
    return " ".join(parts)


def _texts(count: int) -> str:
    return "1 Text" if count == 1 else f"{count} Texte"
