"""Reference values as files: ``reference/*.yaml`` beside the questionnaires.

The folder may be missing, and as Mitreden comes it is: a pack holds figures that somebody has
looked up in the original and answers for.
"""

from collections.abc import Iterator
from pathlib import Path as FilePath

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from survey_app.domain.messages import InvalidDefinition, Message
from survey_app.domain.reference import ReferencePack, ReferenceValue
from survey_app.instruments.document import MAX_BYTES, Document, parse
from survey_app.instruments.places import Located, Path, UnreadableQuestionnaire
from survey_app.instruments.reader import OTHER_NAME
from survey_app.instruments.sentences import Trouble, sentence

FOLDER = "reference"


def pack_files(folder: FilePath) -> tuple[FilePath, ...]:
    """Return the packs beside the questionnaires of `folder`, in alphabetical order."""
    return tuple(sorted((folder / FOLDER).glob("[!.]*.yaml")))


def read_pack(file: FilePath, *, shown_as: str | None = None) -> ReferencePack:
    """Return a pack. Raises UnreadableQuestionnaire with every fault of the file."""
    with file.open("rb") as stream:
        document = parse(stream.read(MAX_BYTES + 1), shown_as or f"{FOLDER}/{file.name}")
    faults = list(document.faults)
    try:
        pack = ReferencePack.model_validate_json(document.json(), by_name=False)
    except ValidationError as error:
        faults += [fault for found in error.errors() for fault in _faults(document, found)]
        raise UnreadableQuestionnaire(faults) from None
    if pack.id != file.stem:
        message = Message(OTHER_NAME, {"id": pack.id, "file": file.name})
        faults.append(document.fault(message, ("id",)))
    if faults:
        raise UnreadableQuestionnaire(faults)
    return pack


def _faults(document: Document, found: ErrorDetails) -> Iterator[Located]:
    path: Path = found["loc"]
    invalid = found.get("ctx", {}).get("error")
    if isinstance(invalid, InvalidDefinition):
        for fault in invalid.faults:
            yield document.fault(fault.message, (*path, *fault.at))
    elif not document.is_broken(path) and not _only_follows(found):
        model = ReferenceValue if path[0] == "values" else ReferencePack
        trouble = Trouble(
            found["type"],
            path,
            found["input"] if found["type"] != "missing" else None,
            found.get("ctx", {}),
            in_key=found["type"] == "extra_forbidden",
            keys=tuple(model.model_fields),
        )
        yield document.fault(sentence(trouble), path, at_key=trouble.in_key)


def _only_follows(found: ErrorDetails) -> bool:
    """Return whether a list is called too short only because an element of it is faulty."""
    least = found.get("ctx", {}).get("min_length")
    return found["type"] == "too_short" and len(found["input"]) >= (least or 0)
