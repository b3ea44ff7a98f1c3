"""Doubts: what a questionnaire may do, and an author should look at once more.

An error stops, a doubt does not. Each doubt names its place like an error does; all of them are
shown together. There are few, because a list that is always long is read by nobody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath

from survey_app.domain.codebook import Sensitivity
from survey_app.domain.messages import N_, Message
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.text import Definition, Text
from survey_app.instruments.document import Document
from survey_app.instruments.library import read_document
from survey_app.instruments.places import Located, Path, UnreadableQuestionnaire
from survey_app.instruments.reader import understand

MANY_ITEMS = 20


@dataclass(frozen=True)
class CheckedFile:
    """What there is to say about one file."""

    errors: tuple[Located, ...]
    doubts: tuple[Located, ...]


def check_file(file: FilePath, *, shown_as: str | None = None) -> CheckedFile:
    """Return the errors of a file, or, where it has none, the doubts."""
    try:
        document = read_document(file, shown_as=shown_as)
        questionnaire = understand(document, file_name=file.name)
    except UnreadableQuestionnaire as unreadable:
        return CheckedFile(unreadable.faults, ())
    return CheckedFile((), doubts(questionnaire, document))


def doubts(questionnaire: Questionnaire, document: Document) -> tuple[Located, ...]:
    """Return the doubts about a questionnaire that was read from `document`, top to bottom."""
    found = [
        *_doubts_of_language(questionnaire),
        *_doubts_of_length(questionnaire),
        *_doubts_of_scales(questionnaire),
    ]
    placed = [document.fault(message, path) for path, message in found]
    return tuple(sorted(placed, key=lambda doubt: (doubt.line, doubt.column)))


Doubt = tuple[Path, Message]


def _doubts_of_language(questionnaire: Questionnaire) -> Iterator[Doubt]:
    declared = questionnaire.languages
    for path, text in texts(questionnaire):
        missing = [language for language in declared if language not in text.languages]
        if missing:
            yield path, Message(UNTRANSLATED, {"languages": ", ".join(missing)})
        for language in sorted(text.languages.difference(declared)):
            yield (*path, language), Message(UNDECLARED, {"language": language})


def _doubts_of_length(questionnaire: Questionnaire) -> Iterator[Doubt]:
    count = len(questionnaire.codebook())
    if count > MANY_ITEMS:
        yield ("sections",), Message(LONG, {"count": count, "many": MANY_ITEMS})


def _doubts_of_scales(questionnaire: Questionnaire) -> Iterator[Doubt]:
    used = {question.scale_name for question in questionnaire.questions}
    sensitive = {
        question.scale_name
        for question in questionnaire.questions
        if any(variable.sensitivity is Sensitivity.C for variable in question.variables())
    }
    for name, scale in questionnaire.scales.items():
        if name not in used:
            yield ("scales", name), Message(UNUSED, {"name": name})
        if name in sensitive and not scale.coarse:
            yield ("scales", name), Message(NOT_COARSE, {"name": name})


def texts(part: object, path: Path = ()) -> Iterator[tuple[Path, Text]]:
    """Yield every wording below `part` with the way to it, as the file spells it."""
    if isinstance(part, Text):
        yield path, part
    elif isinstance(part, Definition):
        for name, field in type(part).model_fields.items():
            yield from texts(getattr(part, name), (*path, field.alias or name))
    elif isinstance(part, tuple):
        for position, element in enumerate(part):
            yield from texts(element, (*path, position))
    elif isinstance(part, dict):
        for name, element in part.items():
            yield from texts(element, (*path, name))


UNTRANSLATED = N_(
    "die Übersetzung fehlt: %(languages)s. Bis dahin erscheint dort der deutsche Text"
)
UNDECLARED = N_(
    "„%(language)s“ steht nicht unter languages, diesen Text sieht niemand. Ergänze die Sprache"
    " oder streiche den Text"
)
LONG = N_(
    "%(count)s Fragen und Aussagen sind viel. Bei höchstens %(many)s bleiben mehr Menschen bis zum"
    " Ende dabei"
)
UNUSED = N_("die Skala „%(name)s“ wird von keiner Frage benutzt. Streiche sie")
NOT_COARSE = N_(
    "zur Skala „%(name)s“ gehören Fragen der Stufe C. Ohne „coarse“ werden sie unter 50 Antworten"
    " nicht ausgewiesen"
)
