"""Questionnaires from and to other programs: translators' PO files and XLSForms.

Registered below `survey-app questionnaires`. Nothing is overwritten without `--force`, but for the
questionnaire that a translation belongs to.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from babel import UnknownLocaleError
from babel.messages.plurals import get_plural

from survey_app.data import data_dir
from survey_app.instruments.library import Library, read_document
from survey_app.instruments.places import UnreadableQuestionnaire
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

if TYPE_CHECKING:
    from survey_app.instruments.xlsform import Converted

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)


def register(group: click.Group) -> None:
    """Add these commands to `survey-app questionnaires`."""
    for tool in (export_po, import_po, import_xlsform):
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
        _write(target, result.content)
    _print_list("Nicht übernommen", result.refused)
    click.echo(_summary(target, translations, result))
    context.exit(1 if result.refused else 0)


@click.command("import-xlsform")
@click.argument("file", type=FILE, metavar="DATEI.xlsx")
@click.option("-o", "--output", type=OUT, help="YAML-Datei; ihr Name wird die id.")
@click.option("--force", is_flag=True, help="Eine vorhandene Datei überschreiben.")
def import_xlsform(file: Path, output: Path | None, force: bool) -> None:
    """Macht aus einem XLSForm (KoboToolbox, ODK) einen Fragebogen.

    Was nicht übernommen werden kann, wird mit Zelle, Grund und Abhilfe aufgezählt.
    """
    from survey_app.instruments import xlsform  # openpyxl takes longer than all the other commands

    try:
        with file.open("rb") as stream:
            content = stream.read(xlsform.MAX_BYTES + 1)
        form = xlsform.convert(content, name=file.name, id_=_id_of(output))
    except xlsform.UnusableForm as unusable:
        name = click.format_filename(file)
        raise click.ClickException("\n  ".join([f"{name}:", *unusable.sentences])) from None
    target = output or Path(f"{form.id}.yaml")
    _write_new(target, form.text, force=force)
    for kind in xlsform.Kind:
        _print_list(kind, (note for note in form.notes if note.kind is kind))
    click.echo(_summary_of_form(target, form))


def _id_of(output: Path | None) -> str | None:
    """Return the id that a file's name demands."""
    if output is None:
        return None
    if not re.fullmatch(r"[a-z][a-z0-9-]{1,40}\.yaml", output.name):
        raise click.BadParameter(
            f"„{output.name}“ taugt nicht als Name eines Fragebogens. Nehmen Sie Kleinbuchstaben,"
            " Ziffern und Bindestriche, zum Beispiel ferienfreizeit.yaml"
        )
    return output.name.removesuffix(".yaml")


def _summary_of_form(target: Path, form: "Converted") -> str:
    questions = "1 Frage" if form.questions == 1 else f"{form.questions} Fragen"
    sections = "1 Abschnitt" if form.sections == 1 else f"{form.sections} Abschnitten"
    name = click.format_filename(target)
    return f"{name}: {questions} in {sections} ({', '.join(form.languages)})."


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
    _write(target, text.encode())


def _write(target: Path, content: bytes) -> None:
    try:
        target.write_bytes(content)
    except OSError as error:
        raise click.ClickException(
            f"{click.format_filename(target)} lässt sich nicht schreiben ({error.strerror})."
        ) from None


def _print_list(heading: str, entries: Iterable[object]) -> None:
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
