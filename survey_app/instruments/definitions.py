"""From a document to a definition of the domain that hangs together by itself.

A questionnaire needs a reader of its own, because its parts refer to one another. Everything else
that people write as YAML (reference values, what a network says) is one model: pydantic names all
faults at once, and here each gets its place in the file and our own sentence.
"""

from collections.abc import Iterator
from pathlib import Path as FilePath
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from survey_app.domain.messages import InvalidDefinition, Message
from survey_app.domain.text import Definition
from survey_app.instruments.document import Document
from survey_app.instruments.library import read_document
from survey_app.instruments.places import Located, Path, UnreadableQuestionnaire
from survey_app.instruments.reader import OTHER_NAME
from survey_app.instruments.sentences import Trouble, sentence

Part = TypeVar("Part", bound=BaseModel)


def read_definition(file: FilePath, model: type[Part], *, shown_as: str | None = None) -> Part:
    """Return what a file defines; its `id`, if it has one, must be the name of the file.

    Raises UnreadableQuestionnaire with every fault of the file.
    """
    document = read_document(file, shown_as=shown_as or file.name)
    part = defined(model, document)
    name = getattr(part, "id", file.stem)
    if name != file.stem:
        message = Message(OTHER_NAME, {"id": name, "file": file.name})
        raise UnreadableQuestionnaire([document.fault(message, ("id",))])
    return part


def defined(model: type[Part], document: Document) -> Part:
    """Return what a document defines. Raises UnreadableQuestionnaire with every fault of it."""
    faults = list(document.faults)
    try:
        part = model.model_validate_json(document.json(), by_name=False)
    except ValidationError as error:
        faults += [fault for found in error.errors() for fault in _faults(model, document, found)]
        raise UnreadableQuestionnaire(faults) from None
    if faults:
        raise UnreadableQuestionnaire(faults)
    return part


def _faults(model: type[Part], document: Document, found: ErrorDetails) -> Iterator[Located]:
    path, in_key = _place(found)
    invalid = found.get("ctx", {}).get("error")
    if isinstance(invalid, InvalidDefinition):
        for fault in invalid.faults:
            yield document.fault(fault.message, (*path, *fault.at))
    elif not document.is_broken(path) and not _only_follows(found):
        trouble = Trouble(
            found["type"],
            path,
            found["input"] if found["type"] != "missing" else None,
            found.get("ctx", {}),
            in_key=in_key,
            keys=_keys(model, path[:-1]),
        )
        yield document.fault(sentence(trouble), path, at_key=in_key)


def _place(found: ErrorDetails) -> tuple[Path, bool]:
    """Return the way to a fault, and whether it is in the key there."""
    path: Path = found["loc"]
    if path[-1:] == ("[key]",):
        return path[:-1], True
    return path, found["type"] == "extra_forbidden"


def _only_follows(found: ErrorDetails) -> bool:
    """Return whether a list is called too short only because an element of it is faulty."""
    least = found.get("ctx", {}).get("min_length")
    return found["type"] == "too_short" and len(found["input"]) >= (least or 0)


def _keys(model: Any, path: Path) -> tuple[str, ...]:
    """Return the keys that may stand in the mapping at `path`; none where any key is allowed."""
    for step in path:
        model = _element(_fields(model).get(step, model))
    return tuple(map(str, _fields(model)))


def _fields(model: Any) -> dict[str | int, Any]:
    if not isinstance(model, type) or not issubclass(model, Definition):
        return {}
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _element(annotation: Any) -> Any:
    """Return what a field holds, or each element of it: ``tuple[Office, ...] | None`` an Office."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return _element(next(each for each in inner if each is not type(None)))
    if origin in (tuple, Annotated):
        return _element(inner[0])
    return _element(inner[1]) if origin is dict else annotation
