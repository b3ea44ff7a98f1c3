"""Checking files: the errors of each, and where there are none, the doubts.

A file is looked at in three steps: by itself (`reader`), beside the other questionnaires it can
refer to (`across`, `releases`), and with the eyes of somebody who has to answer it (`doubts`). The
questionnaires it can refer to are those in its own folder and those that come with Mitreden.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath

from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.reference import ReferencePack
from survey_app.instruments.across import Found, Shelf, doubts_across, faults_across, refers
from survey_app.instruments.document import Document
from survey_app.instruments.doubts import doubts
from survey_app.instruments.library import Library, read_document
from survey_app.instruments.packs import pack_files, read_pack
from survey_app.instruments.places import Located, UnreadableQuestionnaire
from survey_app.instruments.reader import understand
from survey_app.instruments.releases import Releases, doubt_of_version, fault_of_version


@dataclass(frozen=True)
class CheckedFile:
    """What there is to say about one file."""

    errors: tuple[Located, ...]
    doubts: tuple[Located, ...]


def check_file(
    file: FilePath,
    *,
    shown_as: str | None = None,
    shipped: Library | None = None,
    today: date = date.min,
) -> CheckedFile:
    """Return what there is to say about one file; see `Checker`."""
    return Checker(shipped, today).check(file, shown_as=shown_as)


class Checker:
    """Checks files, and reads each, and what lies beside it, only once.

    On `today` a reference value may have expired.
    """

    def __init__(self, shipped: Library | None = None, today: date = date.min) -> None:
        self._shipped = shipped
        self._today = today
        self._read: dict[FilePath, tuple[Document, Questionnaire] | UnreadableQuestionnaire] = {}
        self._shelves: dict[FilePath, Shelf] = {}

    def check(self, file: FilePath, *, shown_as: str | None = None) -> CheckedFile:
        """Return the errors of a file, or, where it has none, the doubts."""
        try:
            document, questionnaire = self._reading(file, shown_as)
            shelf = self._shelf_for(questionnaire, file.parent)
        except UnreadableQuestionnaire as unreadable:
            return CheckedFile(unreadable.faults, ())
        errors = _placed(document, self._errors(questionnaire, shelf))
        found = () if errors else self._doubts(questionnaire, shelf)
        return CheckedFile(errors, _placed(document, found))

    def check_packs(self, folder: FilePath) -> Iterator[CheckedFile]:
        """Yield what is wrong with the reference values beside the questionnaires."""
        for file in pack_files(folder):
            try:
                read_pack(file)
            except UnreadableQuestionnaire as unreadable:
                yield CheckedFile(unreadable.faults, ())

    def _reading(
        self, file: FilePath, shown_as: str | None = None
    ) -> tuple[Document, Questionnaire]:
        if file not in self._read:
            try:
                document = read_document(file, shown_as=shown_as)
                self._read[file] = document, understand(document, file_name=file.name)
            except UnreadableQuestionnaire as unreadable:
                self._read[file] = unreadable
        found = self._read[file]
        if isinstance(found, UnreadableQuestionnaire):
            raise found
        return found

    def _errors(self, questionnaire: Questionnaire, shelf: Shelf) -> Iterator[Found]:
        yield from faults_across(questionnaire, shelf)
        if message := fault_of_version(shelf.releases, questionnaire):
            yield ("version",), message

    def _doubts(self, questionnaire: Questionnaire, shelf: Shelf) -> Iterator[Found]:
        yield from doubts(questionnaire)
        yield from doubts_across(questionnaire, shelf, self._today)
        if message := doubt_of_version(shelf.releases, questionnaire):
            yield ("version",), message

    def _shelf_for(self, questionnaire: Questionnaire, folder: FilePath) -> Shelf:
        """Return what the questionnaire can refer to; nothing is read if it refers to nothing."""
        if refers(questionnaire):
            return self._shelf(folder)
        return Shelf(releases=Releases.beside(folder))

    def _shelf(self, folder: FilePath) -> Shelf:
        if folder not in self._shelves:
            own = self._own_shelf(folder)
            shipped = self._shipped.folder if self._shipped is not None else folder
            self._shelves[folder] = own if shipped == folder else self._shelf(shipped).below(own)
        return self._shelves[folder]

    def _own_shelf(self, folder: FilePath) -> Shelf:
        files = Library(folder).files()
        readable = [found[1] for file in files if (found := self._readable(file))]
        packs = [pack for file in pack_files(folder) if (pack := _readable_pack(file))]
        return Shelf(
            {each.id: each for each in readable},
            {pack.id: pack for pack in packs},
            Releases.beside(folder),
            complete=len(readable) == len(files),
        )

    def _readable(self, file: FilePath) -> tuple[Document, Questionnaire] | None:
        try:
            return self._reading(file)
        except UnreadableQuestionnaire:
            return None


def _readable_pack(file: FilePath) -> ReferencePack | None:
    try:
        return read_pack(file)
    except UnreadableQuestionnaire:
        return None


def _placed(document: Document, found: Iterable[Found]) -> tuple[Located, ...]:
    placed = [document.fault(message, path) for path, message in found]
    return tuple(sorted(placed, key=lambda each: (each.line, each.column)))
