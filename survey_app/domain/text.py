"""Wording in several languages, with one declared fallback.

A translation is often complete but for two sentences. Falling back for a whole questionnaire would
throw a good translation away, so each wording falls back on its own, to German. Whoever shows a
fallen-back wording must mark its language (``lang="de"``), or a screen reader would read German
with Arabic sounds; therefore `Text.wording` returns the language together with the text.
"""

import unicodedata
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, RootModel, StringConstraints, model_validator

from survey_app.domain.messages import N_, Fault, Message, refuse

FALLBACK = "de"

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
    alone, a plain string.
    """

    model_config = ConfigDict(frozen=True, strict=True)

    @model_validator(mode="before")
    @classmethod
    def _plain_string_is_german(cls, value: Any) -> Any:
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
