"""Reference values as files: ``reference/*.yaml`` beside the questionnaires.

The folder may be missing, and as Mitreden comes it is: a pack holds figures that somebody has
looked up in the original and answers for.
"""

from pathlib import Path as FilePath

from survey_app.domain.messages import Message
from survey_app.domain.reference import ReferencePack
from survey_app.instruments.definitions import defined
from survey_app.instruments.library import read_document
from survey_app.instruments.places import UnreadableQuestionnaire
from survey_app.instruments.reader import OTHER_NAME

FOLDER = "reference"


def pack_files(folder: FilePath) -> tuple[FilePath, ...]:
    """Return the packs beside the questionnaires of `folder`, in alphabetical order."""
    return tuple(sorted((folder / FOLDER).glob("[!.]*.yaml")))


def read_pack(file: FilePath, *, shown_as: str | None = None) -> ReferencePack:
    """Return a pack. Raises UnreadableQuestionnaire with every fault of the file."""
    document = read_document(file, shown_as=shown_as or f"{FOLDER}/{file.name}")
    pack = defined(ReferencePack, document)
    if pack.id != file.stem:
        message = Message(OTHER_NAME, {"id": pack.id, "file": file.name})
        raise UnreadableQuestionnaire([document.fault(message, ("id",))])
    return pack
