"""From a file to a `Questionnaire`, or to everything that is wrong with it.

Pydantic checks the shape and names all faults of it at once, but it looks at how questions hang
together only when every one of them is sound by itself. An author would then mend ten faults and
be told of five more. Therefore, once a file has any fault, each scale and each question is read
alone as well, and `faults_between` looks at those that can be read.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from survey_app.domain.coherence import (
    Placed,
    faults_between,
    faults_of_languages,
    faults_of_scores,
    faults_of_slots,
)
from survey_app.domain.messages import N_, Fault, InvalidDefinition, Message
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questions import AnyQuestion
from survey_app.domain.questions.base import Question
from survey_app.domain.scales import Scale
from survey_app.domain.scoring import Score
from survey_app.domain.text import texts
from survey_app.instruments.document import Document, parse
from survey_app.instruments.places import Located, Path, UnreadableQuestionnaire
from survey_app.instruments.schema import known_keys
from survey_app.instruments.sentences import Trouble, guess, sentence

QUESTION: TypeAdapter[Question] = TypeAdapter(AnyQuestion)
SCALE = TypeAdapter(Scale)
SCORE = TypeAdapter(Score)

Part = TypeVar("Part")


def read_questionnaire(content: bytes, name: str) -> Questionnaire:
    """Return the questionnaire in a file called `name`.

    Raises UnreadableQuestionnaire with every fault of the file, whatever `content` is.
    """
    return understand(parse(content, name))


def understand(document: Document, *, file_name: str | None = None) -> Questionnaire:
    """Return the questionnaire in a document; with `file_name`, the file must be called by its id.

    Raises UnreadableQuestionnaire.
    """
    faults = [*document.faults, *_faults_of_name(document, file_name)]
    try:
        questionnaire = Questionnaire.model_validate_json(document.json(), by_name=False)
    except ValidationError as error:
        faults += [*_faults_of_parts(document, error), *_faults_between_parts(document)]
        raise UnreadableQuestionnaire(faults or _faults_of_whole(document, error)) from None
    if faults:
        raise UnreadableQuestionnaire(faults)
    return questionnaire


def _faults_of_name(document: Document, file_name: str | None) -> list[Located]:
    found = document.data.get("id")
    if file_name is None or not isinstance(found, str) or file_name == f"{found}.yaml":
        return []
    return [document.fault(Message(OTHER_NAME, {"id": found, "file": file_name}), ("id",))]


# Faults of single parts: what pydantic found


def _faults_of_parts(document: Document, error: ValidationError) -> Iterator[Located]:
    details = [found for found in error.errors(include_url=False) if found["loc"]]
    troubles = [trouble for found in details if (trouble := _trouble(document, found))]
    meant = {_meant(trouble) for trouble in troubles}
    for trouble in troubles:
        if trouble.type == "missing" and trouble.path in meant:
            continue
        yield from _faults(document, trouble)


def _faults_of_whole(document: Document, error: ValidationError) -> Iterator[Located]:
    """Yield what was refused although each part of it passed: no file is refused without a word."""
    for found in error.errors(include_url=False):
        yield from _faults(document, Trouble(found["type"], (), None, found.get("ctx", {})))


def _trouble(document: Document, found: ErrorDetails) -> Trouble | None:
    """Return what pydantic found as a trouble; None if it only follows from another."""
    kind, path, in_key = _in_the_file(document, found)
    context = found.get("ctx", {})
    value: Any = document.value_at(path) if _exists(document, path) else None
    if document.is_broken(path) or (kind == "missing" and document.is_broken((*path[:-1], "<<"))):
        return None
    if kind == "too_short" and len(value) >= context["min_length"]:
        return None  # of a list, pydantic counts the sound elements only
    keys = known_keys(document.data, path[:-1]) if kind == "extra_forbidden" else ()
    return Trouble(kind, path, value, context, in_key=in_key, keys=keys)


def _in_the_file(document: Document, found: ErrorDetails) -> tuple[str, Path, bool]:
    """Return the type of a fault, the way to it, and whether it is in the key there."""
    kind, path = found["type"], _without_tag(found["loc"])
    if path[-1] == "[key]":
        return kind, path[:-1], True
    if path[-1] in ("int", "str") and not _exists(document, path):
        return "code", path[:-1], False  # both members of `Code` failed: one sentence for both
    if kind == "union_tag_invalid":
        return kind, (*path, "kind"), False
    return kind, path, kind == "extra_forbidden"


def _without_tag(loc: Path) -> Path:
    """Return the way in the file: pydantic adds the kind behind a question's position."""
    in_question = loc[0] == "sections" and loc[2:3] == ("questions",)
    return (*loc[:4], *loc[5:]) if in_question else loc


def _exists(document: Document, path: Path) -> bool:
    try:
        document.value_at(path)
    except LookupError:
        return False
    return True


def _meant(trouble: Trouble) -> Path | None:
    """Return the place that an unknown key was probably meant for, so that it is not missed."""
    if trouble.type != "extra_forbidden":
        return None
    return (*trouble.path[:-1], guess(trouble.key, trouble.keys) or "")


def _faults(document: Document, trouble: Trouble) -> Iterator[Located]:
    invalid = trouble.context.get("error")
    if isinstance(invalid, InvalidDefinition):
        for fault in invalid.faults:
            yield document.fault(fault.message, (*trouble.path, *fault.at))
    else:
        yield document.fault(sentence(trouble), trouble.path, at_key=trouble.in_key)


# Faults between parts


@dataclass(frozen=True)
class _Parts:
    """The parts of a document that can be read, and the names of those that cannot."""

    placed: tuple[Placed, ...]
    scales: dict[str, Scale]
    scores: tuple[tuple[Path, Score], ...]
    unreadable: frozenset[str]


def _faults_between_parts(document: Document) -> list[Located]:
    parts = _parts(document)
    faults = faults_between(parts.placed, parts.scales, unreadable=parts.unreadable)
    faults += _faults_of_scores(document, parts)
    faults += _faults_of_slots(document, parts)
    languages = document.data.get("languages")
    if isinstance(languages, list) and languages:
        faults += faults_of_languages(languages)
    return [
        document.fault(fault.message, fault.at)
        for fault in faults
        if not document.is_broken(fault.at)
    ]


def _faults_of_scores(document: Document, parts: _Parts) -> Iterator[Fault]:
    variables = {
        variable.name: variable
        for _, question in parts.placed
        if question.scale_name in (None, *parts.scales)
        for variable in question.variables()
    }
    validated = _licence(document).get("validated") is True
    return faults_of_scores(
        parts.scores, variables, validated=validated, unreadable=parts.unreadable
    )


def _faults_of_slots(document: Document, parts: _Parts) -> Iterator[Fault]:
    wordings = [found for place, part in parts.placed for found in texts(part, place)]
    wordings += texts(parts.scales, ("scales",))
    return faults_of_slots(wordings, str(_licence(document).get("class")))


def _licence(document: Document) -> dict[str, Any]:
    licence = document.data.get("licence")
    return licence if isinstance(licence, dict) else {}


def _parts(document: Document) -> _Parts:
    scales: dict[str, Scale] = {}
    placed: list[Placed] = []
    unreadable: set[str] = set()
    for name, definition in _items(document.data.get("scales")):
        if scale := _read_alone(SCALE, definition):
            scales[str(name)] = scale
        else:
            unreadable.add(str(name))
    for place, definition in _questions(document.data):
        question = _read_alone(QUESTION, definition)
        if question is not None:
            placed.append((place, question))
        if question is None or question.scale_name not in (None, *scales):
            unreadable |= _names_in(definition)
    scores = [
        (("scores", place), score)
        for place, definition in _items(document.data.get("scores"))
        if (score := _read_alone(SCORE, definition))
    ]
    return _Parts(tuple(placed), scales, tuple(scores), frozenset(unreadable))


def _read_alone(adapter: TypeAdapter[Part], definition: Any) -> Part | None:
    try:
        return adapter.validate_json(json.dumps(definition), by_name=False)
    except ValidationError:
        return None


def _questions(data: dict[str, Any]) -> Iterator[tuple[Path, Any]]:
    for s, section in _items(data.get("sections")):
        if isinstance(section, dict):
            for q, question in _items(section.get("questions")):
                yield ("sections", s, "questions", q), question


def _names_in(definition: Any) -> set[str]:
    """Return the names that a question, readable or not, gives to its answers."""
    if not isinstance(definition, dict):
        return set()
    items = [item for _, item in _items(definition.get("items")) if isinstance(item, dict)]
    return {part["id"] for part in (definition, *items) if isinstance(part.get("id"), str)}


def _items(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield keys or positions with their values; nothing for what has none."""
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


OTHER_NAME = N_(
    "die id ist „%(id)s“, also muss die Datei „%(id)s.yaml“ heißen, nicht „%(file)s“. Ändere eins"
    " von beiden"
)
