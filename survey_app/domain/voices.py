"""Voices: what of the free texts may be shown, once people have read them.

A text is somebody's own words. It leaves the house only after a named person has read it (two for
questions on how people feel), and only as part of a question that is concluded (domain/review.py):
quotes that would appear one after the other, or a count of a theme that grows, would tell a reader
what was new since yesterday.

    Reviewed   what a concluded question keeps for good: published texts, themes with their counts
    Voices     what of several of these may be shown now; `Quote` and `Theme` are made only here

Two limits stand before them (ANONYMITY.md, rule 7): a wave of at least `policy.text_block` answers,
and at least `policy.text_count` texts in the question and behind every theme. What disclosure
withholds of a wave, here too it withholds: a wave that is part of a pool has no voice of its own.

A quote was chosen by people, so it shows what was said and not how many said it. Themes are counted
over all texts of a question, published or not.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import InitVar, dataclass
from typing import Final

from survey_app.domain.codebook import Level, Sensitivity, Variable
from survey_app.domain.disclosure import DisclosurePolicy, Reason, ReleasedBlock, Withheld
from survey_app.domain.messages import N_, NN_, Message, Number
from survey_app.domain.text import Definition
from survey_app.domain.wave import Wave

MOST_QUOTES: Final = 3  # on a sheet, and of one wave
MOST_THEMES: Final = 5


class ReviewedText(Definition):
    """A published text; `chosen` puts it on the sheet, `paraphrased` says it is in other words."""

    text: str
    paraphrased: bool = False
    chosen: bool = False

    @property
    def name(self) -> str:
        """Return what a form calls it by; equal texts are one."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


class ReviewedTheme(Definition):
    """A theme and how many texts of the question are about it."""

    label: str
    count: int


class Reviewed(Definition):
    """What one concluded question of a wave keeps for good; `read` counts all its texts.

    Texts stand in the order of the alphabet, so that it remembers nothing.
    """

    read: int
    texts: tuple[ReviewedText, ...] = ()
    themes: tuple[ReviewedTheme, ...] = ()


class _Seal:
    """What only this module has: proof that a value passed `voices`."""


_SEAL = _Seal()


@dataclass(frozen=True)
class Quote:
    """A text that may be shown. Only this module makes one."""

    text: str
    paraphrased: bool
    chosen: bool
    seal: InitVar[_Seal]  # checked and not kept, as in disclosure.Released

    def __post_init__(self, seal: _Seal) -> None:
        _check(seal)

    @property
    def note(self) -> Message | None:
        """Return what must stand beside words that are not the author's own."""
        return Message(PARAPHRASED) if self.paraphrased else None


@dataclass(frozen=True)
class Theme:
    """A theme that may be shown, with its count. Only this module makes one."""

    label: str
    count: int
    seal: InitVar[_Seal]

    def __post_init__(self, seal: _Seal) -> None:
        _check(seal)

    @property
    def said(self) -> Message:
        """Return the theme with its count in words."""
        values = {"theme": self.label, "count": Number(self.count)}
        return Message.counted(MENTIONED, self.count, values)


def _check(seal: _Seal) -> None:
    if seal is not _SEAL:
        raise TypeError("only voices.py makes a Quote or a Theme")


@dataclass(frozen=True)
class Heard:
    """What was said to one question of one wave.

    `quotes` are all published texts, the chosen ones first; `themes` the most frequent first.
    """

    wave: Wave
    variable: Variable
    read: int
    quotes: tuple[Quote, ...]
    themes: tuple[Theme, ...]


@dataclass(frozen=True)
class Voices:
    """What may be shown of the free texts of some waves; false if that is nothing."""

    heard: tuple[Heard, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.quotes or self.themes)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Return the quotes that were chosen for the sheet, at most three."""
        chosen = [quote for each in self.heard for quote in each.quotes if quote.chosen]
        return tuple(chosen[:MOST_QUOTES])

    @property
    def themes(self) -> tuple[Theme, ...]:
        """Return the most frequent themes of all questions, at most five."""
        every = [theme for each in self.heard for theme in each.themes]
        return tuple(sorted(every, key=lambda theme: (-theme.count, theme.label))[:MOST_THEMES])

    def of_wave(self, wave: int) -> "Voices":
        """Return what was said in one wave."""
        return Voices(tuple(each for each in self.heard if each.wave.id == wave))

    @property
    def in_public(self) -> "Voices":
        """Return what may hang in a corridor: nothing on how people feel (domain/echo.py)."""
        open_to_all = (each for each in self.heard if each.variable.sensitivity < Sensitivity.C)
        return Voices(tuple(open_to_all))


@dataclass(frozen=True)
class Source:
    """A closed wave, what of it is released, and its concluded questions by variable."""

    wave: Wave
    released: ReleasedBlock
    reviewed: Mapping[str, Reviewed]


def voices(sources: Iterable[Source], policy: DisclosurePolicy) -> Voices | Withheld:
    """Return what of the free texts of some waves may be shown, or why that is nothing."""
    every = [
        _heard(source, variable, policy)
        for source in sources
        for variable in source.wave.questionnaire.codebook()
        if variable.level is Level.TEXT
    ]
    heard = tuple(each for each in every if isinstance(each, Heard))
    withheld = [each for each in every if isinstance(each, Withheld)]
    if heard or not withheld:
        return Voices(heard)
    waiting = (each for each in withheld if each.reason is Reason.NOT_REVIEWED)
    return next(waiting, withheld[0])


def _heard(source: Source, variable: Variable, policy: DisclosurePolicy) -> Heard | Withheld:
    count = source.released.texts[variable.name]
    if isinstance(count, Withheld):
        return count
    reviewed = source.reviewed.get(variable.name)
    if reviewed is None:
        return Withheld(Reason.NOT_REVIEWED, policy.text_count)
    if reviewed.read < policy.text_count:
        return Withheld(Reason.SMALL_CELL, policy.text_count)
    texts = sorted(reviewed.texts, key=lambda each: (not each.chosen, each.text))
    themes = [each for each in reviewed.themes if each.count >= policy.text_count]
    return Heard(
        wave=source.wave,
        variable=variable,
        read=reviewed.read,
        quotes=tuple(Quote(each.text, each.paraphrased, each.chosen, seal=_SEAL) for each in texts),
        themes=tuple(
            Theme(each.label, each.count, seal=_SEAL)
            for each in sorted(themes, key=lambda each: (-each.count, each.label))
        ),
    )


PARAPHRASED = N_("sinngemäß")
MENTIONED = NN_("%(theme)s (%(count)s Nennung)", "%(theme)s (%(count)s Nennungen)")
