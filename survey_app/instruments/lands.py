"""The rules of the Länder as files: ``lands/*.yaml``, one each."""

from pathlib import Path as FilePath

from survey_app.domain.land import Land
from survey_app.instruments.definitions import read_definition


def land_files(folder: FilePath) -> tuple[FilePath, ...]:
    """Return the files of `folder` in alphabetical order."""
    return tuple(sorted(folder.glob("[!.]*.yaml")))


def read_land(file: FilePath) -> Land:
    """Return the rules of a Land. Raises UnreadableQuestionnaire with every fault of the file."""
    return read_definition(file, Land)


def read_lands(folder: FilePath) -> tuple[Land, ...]:
    """Return all Länder. Raises UnreadableQuestionnaire at the first file with faults."""
    return tuple(read_land(file) for file in land_files(folder))
