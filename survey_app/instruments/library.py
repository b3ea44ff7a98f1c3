"""A folder of questionnaires, found by name.

A file is called by the id of its questionnaire, so that a name leads to one file and nothing has
to be searched. A name is looked up among the files that are there and never made into a path.
"""

import difflib
from pathlib import Path

from survey_app.domain.messages import N_, Message
from survey_app.domain.questionnaire import Questionnaire
from survey_app.instruments.document import MAX_BYTES, Document, parse
from survey_app.instruments.reader import understand


class UnknownQuestionnaire(LookupError):
    """Raised for a name that no file has."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class Library:
    """The questionnaires of one folder, read anew each time: an edit shows at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def files(self) -> tuple[Path, ...]:
        """Return the files in alphabetical order."""
        return tuple(sorted(self.folder.glob("[!.]*.yaml")))

    def names(self) -> tuple[str, ...]:
        """Return the ids in the same order."""
        return tuple(file.stem for file in self.files())

    def get(self, name: str) -> Questionnaire:
        """Return the questionnaire with the id `name`.

        Raises UnknownQuestionnaire if there is none, UnreadableQuestionnaire if it has faults.
        """
        files = {file.stem: file for file in self.files()}
        if name not in files:
            raise UnknownQuestionnaire(_unknown(name, list(files)))
        return read_file(files[name])

    def all(self) -> tuple[Questionnaire, ...]:
        """Return all questionnaires. Raises UnreadableQuestionnaire at the first with faults."""
        return tuple(read_file(file) for file in self.files())


def read_file(file: Path) -> Questionnaire:
    """Return the questionnaire in `file`. Raises UnreadableQuestionnaire."""
    return understand(read_document(file), file_name=file.name)


def read_document(file: Path, *, shown_as: str | None = None) -> Document:
    """Return `file` as data with places. Raises UnreadableQuestionnaire if it is not YAML."""
    with file.open("rb") as stream:
        return parse(stream.read(MAX_BYTES + 1), shown_as or file.name)


def _unknown(name: str, names: list[str]) -> Message:
    close = difflib.get_close_matches(name[:40], names, n=1)
    if close:
        return Message(MEANT, {"name": name[:40], "guess": close[0]})
    return Message(UNKNOWN, {"name": name[:40], "names": ", ".join(names) or "–"})


MEANT = N_("den Fragebogen „%(name)s“ gibt es nicht. Meinten Sie „%(guess)s“?")
UNKNOWN = N_("den Fragebogen „%(name)s“ gibt es nicht. Es gibt: %(names)s")
