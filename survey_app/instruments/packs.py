"""Reference values as files: ``reference/*.yaml`` beside the questionnaires.

The folder may be missing, and as Mitreden comes it is: a pack holds figures that somebody has
looked up in the original and answers for.
"""

from pathlib import Path as FilePath

from survey_app.domain.reference import ReferencePack
from survey_app.instruments.definitions import read_definition

FOLDER = "reference"


def pack_files(folder: FilePath) -> tuple[FilePath, ...]:
    """Return the packs beside the questionnaires of `folder`, in alphabetical order."""
    return tuple(sorted((folder / FOLDER).glob("[!.]*.yaml")))


def read_pack(file: FilePath, *, shown_as: str | None = None) -> ReferencePack:
    """Return a pack. Raises UnreadableQuestionnaire with every fault of the file."""
    return read_definition(file, ReferencePack, shown_as=shown_as or f"{FOLDER}/{file.name}")
