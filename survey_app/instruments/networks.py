"""What networks say about themselves, as files: ``networks/*.yaml``.

The folder that comes with Mitreden holds the default help card and the offices of North
Rhine-Westphalia. An operator's own folder goes before it, file by file and part by part
(domain/directory.py). A file with a fault is refused; what merely should be better is a doubt:
contacts that nobody checked for half a year, a number that cannot be dialled, facts without which a
legal page has to say that something is missing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path as FilePath
from typing import Final

from survey_app.domain.directory import (
    HALF_A_YEAR,
    Accessibility,
    Directory,
    HelpCard,
    Legal,
    LegalFacts,
    NetworkEntry,
    dialled,
    plain,
)
from survey_app.domain.measure import Law
from survey_app.domain.messages import N_, Message
from survey_app.domain.text import Definition, texts
from survey_app.instruments.checks import CheckedFile
from survey_app.instruments.definitions import defined
from survey_app.instruments.document import Document
from survey_app.instruments.library import read_document
from survey_app.instruments.places import Located, Path, UnreadableQuestionnaire

A_YEAR: Final = timedelta(days=365)  # a statement is looked at anew every year (§ 10b BGG NRW)

Found = tuple[Path, Message]
Shown = Callable[[FilePath], str]
"""How a file is called in what is said about it."""


@dataclass(frozen=True)
class NetworkFile:
    """A file that could be read."""

    document: Document
    entry: NetworkEntry

    def placed(self, found: Iterable[Found]) -> tuple[Located, ...]:
        """Return what was found with its place, from top to bottom."""
        located = [self.document.fault(message, path) for path, message in found]
        return tuple(sorted(located, key=lambda each: (each.line, each.column)))


def shown_by_name(file: FilePath) -> str:
    """Return the name of a file without its folder."""
    return file.name


def network_files(folder: FilePath) -> tuple[FilePath, ...]:
    """Return the files of a folder in alphabetical order."""
    return tuple(sorted(folder.glob("[!.]*.yaml")))


def read_network(file: FilePath, *, shown_as: str | None = None) -> NetworkFile:
    """Return what a file says. Raises UnreadableQuestionnaire with every fault of it."""
    document = read_document(file, shown_as=shown_as)
    return NetworkFile(document, defined(NetworkEntry, document))


def read_directory(folders: Sequence[FilePath]) -> Directory:
    """Return what the files of all folders say; an earlier folder goes first.

    Raises UnreadableQuestionnaire at the first folder that has a fault.
    """
    entries: list[NetworkEntry] = []
    for folder in folders:
        files = [read_network(file) for file in network_files(folder)]
        if faults := list(_said_twice(files)):
            raise UnreadableQuestionnaire(faults)
        entries += [file.entry for file in files]
    return Directory(tuple(entries))


def check_networks(
    files: Sequence[FilePath], known: Directory, today: date, *, shown_as: Shown = shown_by_name
) -> Iterator[CheckedFile]:
    """Yield what there is to say about each file: its errors, or else its doubts.

    What a file leaves open may stand in another one of `files`, or in `known`.
    """
    read: list[NetworkFile] = []
    for file in files:
        try:
            read.append(read_network(file, shown_as=shown_as(file)))
        except UnreadableQuestionnaire as unreadable:
            yield CheckedFile(unreadable.faults, ())
    directory = Directory((*(file.entry for file in read), *known.entries))
    twice = list(_said_twice(read))
    for each in read:
        errors = tuple(fault for fault in twice if fault.file == each.document.name)
        found = () if errors else doubts(each.entry, directory, today)
        yield CheckedFile(errors, each.placed(found))


def doubts(entry: NetworkEntry, directory: Directory, today: date) -> Iterator[Found]:
    """Yield what should be better in a file, with its place."""
    yield from _of_languages(entry)
    yield from _of_numbers(entry)
    if entry.help is not None:
        yield from _of_help(entry.help, today)
    if entry.operator is not None:
        yield from _of_facts(entry.operator, ("operator",), directory.legal_of_operator())
    for place, facts in enumerate(entry.organisations):
        legal = directory.legal(entry.network, facts.name, Law.GDPR)
        yield from _of_facts(facts, ("organisations", place), legal)
    for path, part in _parts(entry):
        if isinstance(part, Accessibility):
            yield from _of_statement(part, path, today)


def _said_twice(files: Sequence[NetworkFile]) -> Iterator[Located]:
    """Yield a fault for each file that speaks for a network another file speaks for already."""
    first: dict[str, NetworkFile] = {}
    for file in files:
        other = first.setdefault(plain(file.entry.network), file)
        if other is not file:
            values = {"network": file.entry.network, "file": other.document.name}
            yield file.document.fault(Message(TWICE, values), ("network",))


def _of_languages(entry: NetworkEntry) -> Iterator[Found]:
    for path, text in texts(entry):
        missing = [language for language in entry.languages if language not in text.languages]
        if missing:
            yield path, Message(UNTRANSLATED, {"languages": ", ".join(missing)})
        for language in sorted(text.languages.difference(entry.languages)):
            yield (*path, language), Message(UNDECLARED, {"language": language})


def _of_numbers(entry: NetworkEntry) -> Iterator[Found]:
    for path, part in _parts(entry):
        for key in ("phone", "emergency"):
            number = getattr(part, key, None)
            if number is not None and dialled(number) is None:
                yield (*path, key), Message(NO_NUMBER, {"number": number})


def _of_help(card: HelpCard, today: date) -> Iterator[Found]:
    if card.is_old(today):
        values = {"day": card.last_checked, "days": HALF_A_YEAR.days}
        yield ("help", "last_checked"), Message(HELP_IS_OLD, values)
    if card.checked_on > today:
        yield ("help", "last_checked"), Message(NOT_YET, {"day": card.last_checked})


def _of_facts(facts: LegalFacts, path: Path, legal: Legal) -> Iterator[Found]:
    told = {
        "imprint": facts.imprint,
        "privacy": facts.privacy,
        "accessibility": legal.accessibility,
    }
    missing = ", ".join(name for name, part in told.items() if part is None)
    if missing:
        yield path, Message(NO_FACTS, {"name": facts.name, "missing": missing})
    if facts.privacy is not None and legal.authority is None:
        yield (*path, "privacy", "law"), Message(NO_AUTHORITY, {"law": facts.privacy.law.value})


def _of_statement(statement: Accessibility, path: Path, today: date) -> Iterator[Found]:
    if statement.day < today - A_YEAR:
        yield (*path, "checked_on"), Message(STATEMENT_IS_OLD, {"day": statement.checked_on})


def _parts(part: object, path: Path = ()) -> Iterator[tuple[Path, Definition]]:
    """Yield every definition below `part` with the way to it, as the file spells it."""
    if isinstance(part, Definition):
        yield path, part
        for name, field in type(part).model_fields.items():
            yield from _parts(getattr(part, name), (*path, field.alias or name))
    elif isinstance(part, tuple):
        for position, element in enumerate(part):
            yield from _parts(element, (*path, position))
    elif isinstance(part, dict):
        for key, element in part.items():
            yield from _parts(element, (*path, str(key)))


TWICE = N_(
    "für „%(network)s“ spricht schon die Datei %(file)s. Fasse beide zusammen oder ändere den Namen"
)
UNTRANSLATED = N_(
    "die Übersetzung fehlt: %(languages)s. Bis dahin erscheint dort der deutsche Text"
)
UNDECLARED = N_(
    "„%(language)s“ steht nicht unter languages. Ergänze die Sprache oder streiche den Text"
)
NO_NUMBER = N_(
    "„%(number)s“ lässt sich nicht wählen und wird darum nicht zum Antippen angeboten. Schreib nur"
    " Ziffern und Leerzeichen: '0800 111 0 111'"
)
HELP_IS_OLD = N_(
    "die Hilfekarte wurde zuletzt am %(day)s geprüft, vor mehr als %(days)s Tagen. Probier Nummern"
    " und Zeiten aus und trag den heutigen Tag ein"
)
NOT_YET = N_(
    "der Tag %(day)s liegt in der Zukunft. Trag den Tag ein, an dem wirklich geprüft wurde"
)
STATEMENT_IS_OLD = N_(
    "die Barrierefreiheit wurde zuletzt am %(day)s geprüft, vor mehr als einem Jahr. Prüf sie neu"
    " und trag den Tag ein"
)
NO_FACTS = N_(
    "über „%(name)s“ fehlt hier: %(missing)s. Bis dahin lesen Teilnehmende, dass die Angaben fehlen"
)
NO_AUTHORITY = N_(
    "wer über %(law)s wacht, steht nirgends. Ergänze authority, oder für alle Träger dieses Rechts"
    " authorities"
)
