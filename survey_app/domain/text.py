"""Wording in several languages, with one declared fallback.

A translation is often complete but for two sentences. Falling back for a whole questionnaire would
throw a good translation away, so each wording falls back on its own, to German. Whoever shows a
fallen-back wording must mark its language (``lang="de"``), or a screen reader would read German
with Arabic sounds; therefore `Text.wording` returns the language together with the text.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, NamedTuple

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    RootModel,
    StringConstraints,
    model_validator,
)

from survey_app.domain.messages import N_, Fault, Message, refuse

FALLBACK = "de"
EASY = "de-x-leicht"
SLOT = "⟨%s⟩"
EMPTY_SLOT = re.compile(r"⟨[1-9][0-9]*⟩")

Place = tuple[str | int, ...]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$")]


class Definition(BaseModel):
    """What every part of a questionnaire has in common: frozen, strict, no unknown keys."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", populate_by_name=True)


class Wording(NamedTuple):
    """A text and the language it is really in."""

    text: str
    language: str


class Text(RootModel[dict[LanguageCode, str]]):
    """One wording in one or more languages; German must be among them.

    In YAML either a mapping (``{de: Wie war's?, en: How was it?}``) or, as a short form for German
    alone, a plain string. Where the wording may not be shipped it is an empty slot
    (``{slot: 1}``), which the operator replaces by the official text number 1.
    """

    model_config = ConfigDict(frozen=True, strict=True)

    @model_validator(mode="before")
    @classmethod
    def _plain_string_is_german(cls, value: Any) -> Any:
        if isinstance(value, dict) and value.keys() == {"slot"} and _is_number(value["slot"]):
            return {FALLBACK: SLOT % value["slot"]}
        return {FALLBACK: value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _is_readable(self) -> "Text":
        faults = [
            Fault(fault, (language,))
            for language, text in self.root.items()
            for fault in faults_of_wording(text)
        ]
        if FALLBACK not in self.root:
            faults.append(Fault(Message(N_("der deutsche Text fehlt. Ergänze ihn unter „de“"))))
        refuse(faults)
        return self

    @property
    def german(self) -> str:
        """Return the German wording."""
        return self.root[FALLBACK]

    @property
    def languages(self) -> frozenset[str]:
        """Return the languages that have a wording of their own."""
        return frozenset(self.root)

    @property
    def is_slot(self) -> bool:
        """Return whether the official wording has still to be put in."""
        return EMPTY_SLOT.fullmatch(self.german) is not None

    def wording(self, language: str) -> Wording:
        """Return the wording for `language`, or the German one, with its true language."""
        if language in self.root:
            return Wording(self.root[language], language)
        return Wording(self.root[FALLBACK], FALLBACK)

    def __str__(self) -> str:
        """Return the German wording, for logs and exceptions."""
        return self.german

    def said(self, language: str) -> str:
        """Return the wording for `language` where its true language does not matter."""
        return self.wording(language).text


class Worded(Definition):
    """What has a `text` that may also be worded in easy language (Leichte Sprache).

    ``easy: {de: Es hat mir gefallen.}`` is the wording of `text` in the language ``de-x-leicht``.
    `spoken` is what a voice reads out where the text cannot be read out well ("teils/teils").
    """

    plain: Text = Field(alias="text")
    easy: Text | None = None
    spoken: Text | None = None

    @cached_property
    def text(self) -> Text:
        """Return the wording in all its languages, the easy one among them."""
        if self.easy is None:
            return self.plain
        return Text(self.plain.root | {EASY: self.easy.german})


def texts(part: object, path: Place = ()) -> Iterator[tuple[Place, Text]]:
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


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def faults_of_wording(text: str) -> list[Message]:
    """Return what makes `text` unfit to be shown: nothing in it, or characters nobody can see.

    Control characters and bidirectional overrides (Unicode categories Cc and Cf, but for the
    joiners and marks that Arabic, Persian and emoji need) can make a text read differently from
    what it is.
    """
    if not text.strip():
        return [Message(N_("der Text ist leer. Schreib ihn oder streiche die Zeile"))]
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cf") and character not in VISIBLE_ENOUGH:
            return [
                Message(
                    N_("der Text enthält das unsichtbare Zeichen %(code)s. Lösche es"),
                    {"code": f"U+{ord(character):04X}"},
                )
            ]
    return []


VISIBLE_ENOUGH = frozenset("\n\u00ad\u200c\u200d\u200e\u200f\u061c")


def tidied(text: str) -> str:
    """Return `text` with one kind of line end and without what nobody can see.

    Browsers send line ends as two characters but count them as one. A control character becomes a
    space; an override of the writing direction, which lets a text read differently from what it
    is, goes.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return (text if text.isprintable() else "".join(map(_visible, text))).strip()


def _visible(character: str) -> str:
    if character in VISIBLE_ENOUGH:
        return character
    return {"Cc": " ", "Cf": ""}.get(unicodedata.category(character), character)
