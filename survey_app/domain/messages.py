"""Sentences for people, kept apart from the language they are shown in.

The source language of every sentence is German. A `Message` holds the German wording with named
placeholders and the values that go in; `Words` is whatever can say it in one language. The domain
thereby speaks to people without knowing gettext, a locale or a request.

    Message(N_("höchstens %(maximum)s Zeichen"), {"maximum": 500}).said(words)
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, runtime_checkable


class Words(Protocol):
    """One language: its sentences, numbers and dates."""

    @property
    def code(self) -> str:
        """Return the BCP 47 tag, e.g. ``de`` or ``ar``."""

    @property
    def direction(self) -> str:
        """Return ``ltr`` or ``rtl``."""

    def gettext(self, text: str, /) -> str:
        """Return `text` in this language, or the German wording itself."""

    def ngettext(self, singular: str, plural: str, n: int, /) -> str:
        """Return the wording that goes with `n`."""

    def date(self, day: date, /) -> str:
        """Return the day written out, e.g. ``12. Dezember 2026``."""

    def number(self, value: float, digits: int = 0, /) -> str:
        """Return `value` with exactly `digits` decimals."""

    def percent(self, share: float, /) -> str:
        """Return a share between 0 and 1 as whole percent, e.g. ``75 %``."""

    def money(self, cents: int, /) -> str:
        """Return an amount in euros, e.g. ``1.234,50 €``."""


@runtime_checkable
class HasWording(Protocol):
    """What an author worded in several languages (`text.Text`)."""

    def wording(self, language: str) -> object:
        """Return the wording and its true language."""

    def said(self, language: str) -> str:
        """Return the wording alone."""


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Mark `text` for the catalogues and return it unchanged."""
    return text


def NN_(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802 - as N_, for a pair
    """Mark both forms of a sentence for the catalogues, as one entry, and return them."""
    return singular, plural


@dataclass(frozen=True)
class Percent:
    """A share between 0 and 1, to be said as whole percent."""

    share: float

    def __str__(self) -> str:
        return f"{100 * self.share:.0f} %"


@dataclass(frozen=True)
class Number:
    """A whole number, to be said with the separators of the language: 1.000 or 1,000."""

    value: int

    def __str__(self) -> str:
        return str(self.value)


@dataclass(frozen=True)
class Message:
    """A German sentence with ``%(name)s`` placeholders and the values that go in.

    With `plural` and `n` the sentence takes the form that goes with `n` (`Message.counted`).
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None
    n: int = 1

    @classmethod
    def counted(cls, forms: tuple[str, str], n: int, values: Mapping[str, object]) -> "Message":
        """Return the sentence whose two German forms were marked by `NN_`, for `n`."""
        singular, plural = forms
        return cls(singular, values, plural=plural, n=n)

    def said(self, words: Words) -> str:
        """Return the sentence in one language, and so what is put into it."""
        said = {name: _said(value, words) for name, value in self.values.items()}
        if self.plural is None:
            return words.gettext(self.text) % said
        return words.ngettext(self.text, self.plural, self.n) % said

    def __str__(self) -> str:
        """Return the sentence in German, for logs and exceptions."""
        text = self.text if self.plural is None or self.n == 1 else self.plural
        return text % self.values


def _said(value: object, words: Words) -> object:
    match value:
        case str() | int():  # most of them; asking a protocol is slow
            return value
        case Message():
            return value.said(words)
        case date():
            return words.date(value)
        case Percent():
            return words.percent(value.share)
        case Number():
            return words.number(value.value)
        case HasWording():
            return value.said(words.code)
    return value


@dataclass(frozen=True)
class Problem:
    """What is wrong with the answer in one form field."""

    field: str
    message: Message


class InvalidAnswer(ValueError):
    """Raised by a question that cannot read what was sent; carries every problem it found."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{p.field}: {p.message}" for p in problems))
        self.problems = problems


@dataclass(frozen=True)
class Fault:
    """What is wrong in a definition, and where below the part that was being checked.

    `at` is the way from that part to the place: keys and list positions, outermost first.
    """

    message: Message
    at: tuple[str | int, ...] = ()


class InvalidDefinition(ValueError):
    """Raised by a definition that contradicts itself; carries every fault it found."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(str(fault.message) for fault in faults))
        self.faults = faults


def refuse(faults: list[Fault]) -> None:
    """Raise InvalidDefinition if there are any faults."""
    if faults:
        raise InvalidDefinition(*faults)
