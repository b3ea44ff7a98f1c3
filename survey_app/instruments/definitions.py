"""Any definition from a YAML file, or everything that is wrong with it and where.

Questionnaires have a reader of their own, which looks at parts and between them. Whatever is
simpler (a Land, a pack of reference values) is read here: the same YAML without surprises, the same
sentences for faults, the same guess at a mistyped key.
"""

from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from survey_app.domain.messages import InvalidDefinition, Message
from survey_app.domain.text import Definition
from survey_app.instruments.document import MAX_BYTES, Document, parse
from survey_app.instruments.places import Located, Path, UnreadableQuestionnaire
from survey_app.instruments.reader import OTHER_NAME
from survey_app.instruments.sentences import Trouble, sentence

Kind = TypeVar("Kind", bound=Definition)


def read_definition(file: FilePath, kind: type[Kind], *, shown_as: str | None = None) -> Kind:
    """Return what a file defines; its `id`, if it has one, must be the name of the file.

    Raises UnreadableQuestionnaire with every fault of the file.
    """
    with file.open("rb") as stream:
        document = parse(stream.read(MAX_BYTES + 1), shown_as or file.name)
    faults = list(document.faults)
    try:
        defined = kind.model_validate_json(document.json(), by_name=False)
    except ValidationError as error:
        faults += [fault for found in error.errors() for fault in _faults(document, kind, found)]
        raise UnreadableQuestionnaire(faults) from None
    name = getattr(defined, "id", file.stem)
    if name != file.stem:
        message = Message(OTHER_NAME, {"id": name, "file": file.name})
        faults.append(document.fault(message, ("id",)))
    if faults:
        raise UnreadableQuestionnaire(faults)
    return defined


def _faults(document: Document, kind: type[Definition], found: ErrorDetails) -> Iterator[Located]:
    path: Path = found["loc"]
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
            in_key=found["type"] == "extra_forbidden",
            keys=known_keys(kind, path[:-1]),
        )
        yield document.fault(sentence(trouble), path, at_key=trouble.in_key)


def known_keys(kind: type[BaseModel], path: Path) -> tuple[str, ...]:
    """Return the keys that may stand at `path` in a definition of this kind."""
    for step in path:
        if isinstance(step, str):
            field = kind.model_fields.get(step)
            inner = _model_in(field.annotation) if field else None
            if inner is None:
                return ()
            kind = inner
    return tuple(kind.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the definition that an annotation is, or has in it: ``tuple[Demand, ...]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inside = (_model_in(part) for part in get_args(annotation))
    return next((model for model in inside if model is not None), None)


def _only_follows(found: ErrorDetails) -> bool:
    """Return whether a list is called too short only because an element of it is faulty."""
    least = found.get("ctx", {}).get("min_length")
    return found["type"] == "too_short" and len(found["input"]) >= (least or 0)
