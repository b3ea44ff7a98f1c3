"""Where something stands in a file, and what is wrong there."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from survey_app.domain.messages import Message, Words

Path = tuple[str | int, ...]
"""The way to a value: keys and list positions, outermost first."""

LONGEST_QUOTE = 300


class Position(NamedTuple):
    """Line and column as editors count them: from 1, in characters."""

    line: int
    column: int


START = Position(1, 1)


@dataclass(frozen=True)
class Located:
    """A sentence about one place in one file: ``kern-jugend.yaml:41:9: hier fehlt „text“.``"""

    file: str
    line: int
    column: int
    message: Message

    def __str__(self) -> str:
        """Return place and sentence in German."""
        return f"{self.file}:{self.line}:{self.column}: {self.sentence()}"

    def said(self, words: Words) -> str:
        """Return place and sentence in one language."""
        return f"{self.file}:{self.line}:{self.column}: {_ended(self.message.said(words))}"

    def sentence(self) -> str:
        """Return the sentence alone, in German."""
        return _ended(str(self.message))


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


class UnreadableQuestionnaire(ValueError):
    """Raised for a file that is no questionnaire; carries every fault, from top to bottom."""

    def __init__(self, faults: Iterable[Located]) -> None:
        once = {str(fault): fault for fault in faults}
        self.faults = tuple(sorted(once.values(), key=lambda fault: (fault.line, fault.column)))
        super().__init__("\n".join(map(str, self.faults)))


def located(file: str, position: Position, message: Message) -> Located:
    """Return `message` at its place, fit to be printed."""
    values = {name: quoted(value) for name, value in message.values.items()}
    return Located(file, position.line, position.column, replace(message, values=values))


def quoted(value: object) -> object:
    """Return a text from the file so that it can stand in a sentence, other values as they are.

    A key may be 200,000 characters long or hold an escape sequence that repaints a terminal.
    """
    if not isinstance(value, str):
        return value
    visible = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in value[:1000])
    return visible if len(visible) <= LONGEST_QUOTE else f"{visible[:LONGEST_QUOTE]}…"
