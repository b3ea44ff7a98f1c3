"""YAML to plain data, with the place of every key and every value.

YAML can do more than a questionnaire needs, and what it can do more is harmful here: an anchor
lets 236 bytes grow to 27 MB, a tag names a Python class, a merge key changes what another line
means, a second `title:` silently replaces the first, a date is no text any more. All of that is
refused. What is left is exactly what JSON can say, written comfortably.

The tree is built from ruamel's *events*, not from its finished objects: only there are anchors
and tags still visible, nothing is expanded yet, and the work can stop at the first node too many.
A fault that leaves the rest readable is noted and the place marked as broken, so that everything
else in the file is still checked and nothing is complained about twice.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.reader import ReaderError

from survey_app.domain.messages import N_, Message
from survey_app.instruments.places import (
    START,
    Located,
    Path,
    Position,
    UnreadableQuestionnaire,
    located,
)
from survey_app.instruments.syntax import DIRECTIVE, UNREADABLE, explained, position_of

MAX_BYTES = 256_000
MAX_DEPTH = 20
MAX_NODES = 10_000

JSON_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?")
IMPOSSIBLE = re.compile(r"[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Document:
    """A file that could be read as YAML: its data, and where everything stands.

    `data` is made of dict, list, str, int, float, bool and None only. `broken` are the places
    whose faults are already among `faults`; their data is not what the author meant.
    """

    name: str
    data: dict[str, Any]
    values: Mapping[Path, Position]
    keys: Mapping[Path, Position]
    faults: tuple[Located, ...]
    broken: frozenset[Path]

    def json(self) -> str:
        """Return the data as JSON."""
        return json.dumps(self.data)

    def value_at(self, path: Path) -> Any:
        """Return the value at `path`. Raises LookupError if there is none."""
        value: Any = self.data
        for step in path:
            value = _child(value, step)
        return value

    def is_broken(self, path: Path) -> bool:
        """Return whether `path` leads to or through a place that is already complained about."""
        return any(path[:length] in self.broken for length in range(1, len(path) + 1))

    def fault(self, message: Message, path: Path, *, at_key: bool = False) -> Located:
        """Return a fault at a value (or its key); at the nearest parent where there is none."""
        places = self.keys if at_key else self.values
        for length in range(len(path), -1, -1):
            if position := places.get(path[:length]):
                return located(self.name, position, message)
        return located(self.name, START, message)


def _child(value: Any, step: str | int) -> Any:
    if isinstance(value, dict):
        return value[step]
    if isinstance(value, list) and isinstance(step, int):
        return value[step]
    raise LookupError(step)


def parse(content: bytes, name: str) -> Document:
    """Return what the file `name` says. Raises UnreadableQuestionnaire if it is not YAML."""
    return _Builder(name, _text_of(content, name)).document()


def _text_of(content: bytes, name: str) -> str:
    if len(content) > MAX_BYTES:
        message = Message(TOO_LARGE, {"maximum": MAX_BYTES // 1000})
        raise UnreadableQuestionnaire([located(name, START, message)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        position = _position_in(content[: error.start].decode("utf-8", "replace"))
        raise UnreadableQuestionnaire([located(name, position, Message(NOT_UTF8))]) from None


def _position_in(text_before: str) -> Position:
    """Return the position right behind `text_before`."""
    lines = re.split(r"\r\n|\r|\n", text_before)
    return Position(len(lines), len(lines[-1].lstrip("\ufeff")) + 1)


@dataclass
class _Builder:
    """Builds one document; collects faults on the way, and stops at what makes no sense."""

    name: str
    text: str
    values: dict[Path, Position] = field(default_factory=dict)
    keys: dict[Path, Position] = field(default_factory=dict)
    faults: list[Located] = field(default_factory=list)
    broken: set[Path] = field(default_factory=set)
    nodes: int = 0
    last: Position = START

    def __post_init__(self) -> None:
        self.yaml = YAML(typ="safe", pure=True)
        self.events = self._events()

    def document(self) -> Document:
        """Return the one document of the stream."""
        next(self.events)
        start = next(self.events)
        if isinstance(start, StreamEndEvent):
            self._stop(Message(EMPTY), START)
        data = self._node(next(self.events), ())
        next(self.events)
        second = next(self.events)
        if isinstance(second, DocumentStartEvent):
            self._stop(Message(SECOND_DOCUMENT), position_of(second.start_mark))
        if not isinstance(data, dict):
            self._stop(Message(EMPTY if data is None else NO_MAPPING), self.values[()])
        return Document(
            self.name,
            data,
            self.values,
            self.keys,
            tuple(self.faults),
            frozenset(self.broken),
        )

    def _events(self) -> Iterator[Any]:
        try:
            for event in self.yaml.parse(self.text):
                self.last = position_of(event.start_mark)
                if isinstance(event, DocumentStartEvent) and (event.version or event.tags):
                    self._stop(Message(DIRECTIVE), START)
                yield event
        except UnreadableQuestionnaire:
            raise
        except MarkedYAMLError as error:
            position, message = explained(error, self.text)
            self._stop(message, position or self.last)
        except ReaderError as error:
            message = Message(CONTROL_CHARACTER, {"code": f"U+{error.character:04X}"})
            self._stop(message, _position_in(self.text[: error.position]))
        except (ValueError, LookupError, AssertionError, AttributeError, NotImplementedError):
            # ruamel's own slips, e.g. chr() of "\U00110000". The file is at fault all the same.
            self._stop(Message(UNREADABLE), self.last)

    def _node(self, event: Any, path: Path) -> Any:
        self._count(event, path)
        self.values[path] = position_of(event.start_mark)
        if isinstance(event, AliasEvent):
            return self._break(Message(ANCHOR), path)
        if event.anchor is not None:
            self._note(Message(ANCHOR), self.values[path])
        if event.ctag is not None:
            self._break(Message(TAG, {"tag": str(event.ctag)}), path)
        if isinstance(event, MappingStartEvent):
            return self._mapping(event, path)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(event, path)
        return self._scalar(event, path)

    def _count(self, event: Event, path: Path) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._stop(Message(TOO_MANY, {"maximum": MAX_NODES}), position_of(event.start_mark))
        if len(path) > MAX_DEPTH:
            self._stop(Message(TOO_DEEP, {"maximum": MAX_DEPTH}), position_of(event.start_mark))

    def _mapping(self, start: MappingStartEvent, path: Path) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        self._place_of_block(start, path)
        while not isinstance(event := next(self.events), MappingEndEvent):
            key = self._key(event, path)
            place = (*path, key)
            position = position_of(event.start_mark)
            if key in mapping:
                self._note(Message(TWICE, {"key": key, "line": self.keys[place].line}), position)
            self.keys[place] = position
            value = next(self.events)
            mapping[key] = self._node(value, place)
            if _is_nothing(value):
                self.values[place] = position
                if start.flow_style and not _has_colon(value, event):
                    self._break(Message(LONE_WORD, {"word": key}), place)
        return mapping

    def _key(self, event: Event, path: Path) -> str:
        position = position_of(event.start_mark)
        if not isinstance(event, ScalarEvent):
            self._stop(Message(NO_KEY), position)
        self._count(event, path)
        if event.anchor is not None:
            self._note(Message(ANCHOR), position)
        if event.ctag is not None:
            self._note(Message(TAG, {"tag": str(event.ctag)}), position)
        key = IMPOSSIBLE.sub("\ufffd", event.value)
        if key == "<<" and event.implicit[0]:
            self.broken.add((*path, key))
            self._note(Message(MERGE), position)
        return key

    def _sequence(self, start: SequenceStartEvent, path: Path) -> list[Any]:
        sequence: list[Any] = []
        self._place_of_block(start, path)
        while not isinstance(event := next(self.events), SequenceEndEvent):
            sequence.append(self._node(event, (*path, len(sequence))))
        return sequence

    def _scalar(self, event: ScalarEvent, path: Path) -> Any:
        if IMPOSSIBLE.search(event.value):
            return self._break(Message(IMPOSSIBLE_CHARACTER), path)
        tag = str(self.yaml.resolver.resolve(ScalarNode, event.value, event.implicit))
        match tag.rpartition(":")[2]:
            case "null":
                return None
            case "bool":
                return event.value.lower() == "true"
            case "int" if JSON_INTEGER.fullmatch(event.value):
                return int(event.value)
            case "float" if JSON_NUMBER.fullmatch(event.value):
                return float(event.value)
            case "int" | "float" | "timestamp":
                return self._break(Message(ODD_NUMBER, {"value": event.value}), path)
        return str(event.value)

    def _place_of_block(self, start: CollectionStartEvent, path: Path) -> None:
        """Let an indented block stand where its key is: its first line is a child, and innocent."""
        if not start.flow_style and path in self.keys:
            self.values[path] = self.keys[path]

    def _break(self, message: Message, path: Path) -> None:
        self.broken.add(path)
        self._note(message, self.values[path])

    def _note(self, message: Message, position: Position) -> None:
        self.faults.append(located(self.name, position, message))

    def _stop(self, message: Message, position: Position) -> NoReturn:
        self._note(message, position)
        raise UnreadableQuestionnaire(self.faults) from None


def _is_nothing(event: Event) -> bool:
    return isinstance(event, ScalarEvent) and event.value == "" and event.implicit[0]


def _has_colon(value: Event, key: Event) -> bool:
    """Return whether an empty value has a colon before it: ``{de: }`` has, ``{de}`` has not."""
    return bool(value.start_mark.index > key.end_mark.index)


TOO_LARGE = N_("die Datei ist größer als %(maximum)s kB. Teile den Fragebogen")
NOT_UTF8 = N_("hier steht ein Zeichen, das nicht in UTF-8 ist. Speichere die Datei als UTF-8")
EMPTY = N_("die Datei ist leer. Nimm einen mitgelieferten Fragebogen als Vorlage")
NO_MAPPING = N_("ein Fragebogen beginnt mit Zeilen der Form „schlüssel: wert“, zuerst „id: …“")
SECOND_DOCUMENT = N_("hier beginnt ein zweites Dokument. Streiche die Zeile „---“")
CONTROL_CHARACTER = N_("hier steht das unsichtbare Zeichen %(code)s. Lösche es")
IMPOSSIBLE_CHARACTER = N_("der Text enthält ein Zeichen, das es nicht gibt. Lösche es")
ANCHOR = N_(
    "Anker und Verweise (& und *) sind nicht erlaubt. Schreib den Inhalt aus oder setze den Text"
    " in Anführungszeichen"
)
TAG = N_(
    "„%(tag)s“ ist eine YAML-Typangabe und hier nicht erlaubt. Streiche sie oder setze den Text"
    " in Anführungszeichen"
)
MERGE = N_("„<<“ ist nicht erlaubt. Schreib die Zeilen aus")
NO_KEY = N_("vor einem Doppelpunkt darf nur ein Wort stehen, keine Liste und keine Klammer")
TWICE = N_("„%(key)s“ steht schon in Zeile %(line)s. Streiche eine der beiden Zeilen")
LONE_WORD = N_(
    "„%(word)s“ steht ohne Doppelpunkt in der Klammer. Gehört das Komma davor zum Text, setze den"
    " ganzen Text in Anführungszeichen"
)
ODD_NUMBER = N_(
    "„%(value)s“ liest YAML als Datum oder als besondere Zahl. Setze es in Anführungszeichen, oder"
    " schreib die Zahl so: 7"
)
TOO_DEEP = N_("hier ist mehr als %(maximum)s-mal eingerückt. So tief geht kein Fragebogen")
TOO_MANY = N_("die Datei hat mehr als %(maximum)s Angaben. Teile den Fragebogen")
