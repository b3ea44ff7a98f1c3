"""The wordings of a questionnaire, one by one: how each is called, and where it is shown.

A name lasts longer than a place: ``kern-jugend.k1.text`` is still the first core question when it
has moved to another section. Ids of questions and statements are unique in their questionnaire;
where a scale or a section is called like one of them, the names of both begin with their room
(``kern-jugend.scales.agreement.4.text``).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from survey_app.domain.messages import Message
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.text import FALLBACK, Text, texts
from survey_app.instruments.document import Document
from survey_app.instruments.places import Path, Position
from survey_app.instruments.reader import understand


@dataclass(frozen=True)
class Entry:
    """One wording of a questionnaire: its name, its place in the file, and what it is there."""

    name: str
    path: Path
    text: Text
    shown: str


@dataclass(frozen=True)
class Source:
    """A questionnaire together with the file it was read from."""

    content: bytes
    document: Document
    questionnaire: Questionnaire

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Return everything there is to translate, in the order of the file."""
        found = [
            (path, text)
            for path, text in texts(self.questionnaire)
            if path[-1] != "easy" and not text.is_slot
        ]
        rooms = _rooms(self.document.data, [path for path, _ in found])
        return tuple(
            Entry(
                f"{self.questionnaire.id}.{_name(self.document.data, path, rooms)}",
                path,
                text,
                _shown(self.document.data, path),
            )
            for path, text in found
        )

    def place(self, entry: Entry) -> Position:
        """Return line and column of an entry's German text."""
        fault = self.document.fault(Message(""), (*entry.path, FALLBACK))
        return Position(fault.line, fault.column)


def source_of(content: bytes, document: Document, *, file_name: str | None = None) -> Source:
    """Return the questionnaire in a document. Raises UnreadableQuestionnaire."""
    return Source(content, document, understand(document, file_name=file_name))


def _name(data: Mapping[str, Any], path: Path, rooms: Mapping[str, set[str]]) -> str:
    """Return the name of a wording within its questionnaire: ``k1.text``, ``agreement.4.text``."""
    steps = _steps(data, path)
    is_ambiguous = len(rooms[steps[0]]) > 1 and _room(path) != "questions"
    return ".".join([_room(path), *steps] if is_ambiguous else steps)


def _rooms(data: Mapping[str, Any], paths: Iterable[Path]) -> Mapping[str, set[str]]:
    """Return for each first step of a name in which rooms there is one called so."""
    rooms: dict[str, set[str]] = {}
    for path in paths:
        rooms.setdefault(_steps(data, path)[0], set()).add(_room(path))
    return rooms


def _room(path: Path) -> str:
    return "questions" if "questions" in path[:3] else str(path[0])


def _steps(data: Mapping[str, Any], path: Path) -> list[str]:
    """Return the steps of a name. An id is unique in its questionnaire and needs none before it."""
    steps: list[str] = []
    value: Any = data
    for step in path:
        value = value[step]
        if isinstance(step, str):
            is_collection = isinstance(value, list) or value is data.get("scales")
            steps += [] if is_collection else [step]
        elif isinstance(value, dict) and "id" in value:
            steps = [str(value["id"])]
        else:
            steps.append(_code(value, step))
    return steps


def _code(value: Any, position: int) -> str:
    named = value.get("code") if isinstance(value, dict) else None
    return str(position + 1 if named is None else named)


def _shown(data: Mapping[str, Any], path: Path) -> str:
    """Return in German where a wording is shown."""
    parts = list(_parts(data, path))
    what = FIELDS.get(str(path[-1]), str(path[-1]))
    return f"{what}: {' › '.join(parts)}" if parts else what


def _parts(data: Mapping[str, Any], path: Path) -> Iterator[str]:
    value: Any = data
    for at, step in enumerate(path[:-1]):
        value = value[step]
        if at == 1 and path[0] == "scales":
            yield f"Skala {step}{_users(data, str(step))}"
        elif isinstance(step, int):
            yield from _part(str(path[at - 1]), value, step)


def _part(collection: str, value: Any, position: int) -> Iterator[str]:
    if collection not in PARTS or not isinstance(value, dict):
        return
    german = _german(value.get("title", value.get("text", value.get("label"))))
    name = value.get("id") or _code(value, position)
    yield f"{PARTS[collection]} {name}" + (f" „{german}“" if german else "")


def _german(text: Any) -> str:
    german = text.get(FALLBACK, "") if isinstance(text, dict) else text or ""
    joined = " ".join(str(german).split())
    return joined if len(joined) <= LONGEST_QUOTED else f"{joined[:LONGEST_QUOTED]}…"


def _users(data: Mapping[str, Any], scale: str) -> str:
    questions: Sequence[Any] = [q for section in data["sections"] for q in section["questions"]]
    names = [question["id"] for question in questions if question.get("scale") == scale]
    if not names:
        return ""
    more = "" if len(names) <= MOST_NAMED else " …"
    return f" (bei {', '.join(names[:MOST_NAMED])}{more})"


LONGEST_QUOTED = 60
MOST_NAMED = 8
PARTS = {
    "sections": "Abschnitt",
    "questions": "Frage",
    "items": "Aussage",
    "options": "Antwort",
    "scores": "Skalenwert",
    "cut_offs": "Stufe",
}
FIELDS = {
    "title": "Überschrift",
    "introduction": "Einleitung",
    "text": "Wortlaut",
    "hint": "Hilfe unter der Frage",
    "spoken": "vorgelesen statt des Wortlauts",
    "unit": "Einheit hinter der Zahl",
    "lowest": "unteres Ende (0)",
    "highest": "oberes Ende (10)",
    "then": "Überschrift der Seite „vorher“",
    "now": "Überschrift der Seite „jetzt“",
    "label": "Name der Stufe",
    "above": "Name der höchsten Stufe",
}
