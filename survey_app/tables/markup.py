"""XML as a stream of events, with nothing kept: expat feeds a handler, piece by piece.

Tags and attributes come without their namespaces. Entities are how a few lines of XML grow to
gigabytes and how other files get in; a document that declares any is no spreadsheet.
"""

import zipfile
import zlib
from collections.abc import Iterator
from typing import Final, Protocol
from xml.parsers import expat

from survey_app.tables.archive import DAMAGED
from survey_app.tables.base import UnreadableTable

CHUNK: Final = 2**16
SPACE: Final = "}"
MANY_NAMES: Final = 10_000

# What zipfile, expat and a handler raise over broken files. None of them promises less.
BROKEN: Final = (
    *(EOFError, LookupError, NotImplementedError, OSError, RuntimeError, ValueError),
    *(expat.ExpatError, zipfile.BadZipFile, zlib.error),
)


class Handler(Protocol):
    """Hears what is in a document."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Hear that an element begins."""

    def end(self, tag: str) -> None:
        """Hear that an element ends."""

    def text(self, text: str) -> None:
        """Hear a piece of text; a text may come in several."""


def fed(archive: zipfile.ZipFile, part: str, handler: Handler) -> Iterator[None]:
    """Feed a part of an archive to a handler; yields after each piece, so that it can be emptied.

    Raises UnreadableTable for what is broken.
    """
    parser = _parser(handler)
    try:
        with archive.open(part) as stream:
            while piece := stream.read(CHUNK):
                parser.Parse(piece, False)
                yield
        parser.Parse(b"", True)
        yield
    except UnreadableTable:
        raise
    except BROKEN:
        raise UnreadableTable(DAMAGED) from None


def _parser(handler: Handler) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=SPACE)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype

    def start(tag: str, attributes: dict[str, str]) -> None:
        handler.start(LOCAL[tag], attributes)

    def end(tag: str) -> None:
        handler.end(LOCAL[tag])

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = handler.text
    return parser


class _LocalNames(dict[str, str]):
    """Names without their namespaces; a look-up, because a sheet asks millions of times."""

    def __missing__(self, name: str) -> str:
        if len(self) > MANY_NAMES:
            self.clear()
        self[name] = name.rpartition(SPACE)[2]
        return self[name]


LOCAL: Final = _LocalNames()


def local(attributes: dict[str, str]) -> dict[str, str]:
    """Return attributes without their namespaces."""
    return {LOCAL[name]: value for name, value in attributes.items()}


def _refuse_doctype(*_: object) -> None:
    raise UnreadableTable(DAMAGED)
