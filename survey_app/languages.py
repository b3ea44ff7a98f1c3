"""The languages of the interface: a folder below translations/ is a language.

A `Language` says sentences, dates and numbers (`domain.messages.Words`) without knowing a request,
so that one and the same object serves a page, a poster and the command line. That is why it is not
Flask-Babel, which needs a request and takes a catalogue for a locale; Flask-Babel only tells the
staff part's libraries (WTForms, Flask-Security) which locale a request is in.

The sentences of the code are German and say "du". `de-x-sie` is not a language but a *register*:
it holds the sentences that must say "Sie" to professionals, is offered in no menu, and whatever it
leaves out is said as in German. Easy German (`de-x-leicht`) is the other way round: a menu of its
own for questionnaires that are worded in it, with the sentences of German around them.
"""

import gettext
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache, partial
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent

from survey_app.data import data_dir
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.text import EASY, FALLBACK, texts

POLITE = "-x-sie"
EUROPEAN = {"en": "en-GB"}  # 12 December 2026: the day before the month, as everywhere around us


@dataclass(frozen=True, eq=False)  # each is there once
class Language:
    """One language of the interface, or a register of it. `code` is what goes into `lang=`.

    `catalogue` is called when the first sentence is said: a server for phones that nobody has asked
    for Turkish yet holds no Turkish.
    """

    code: str
    locale: Locale = field(repr=False)
    catalogue: Callable[[], gettext.NullTranslations] = field(repr=False)

    @cached_property
    def _sentences(self) -> gettext.NullTranslations:
        return self.catalogue()

    @cached_property
    def name(self) -> str:
        """Return the name of the language in itself: Deutsch, English, Türkçe."""
        if self.code == EASY:
            return "Leichte Sprache"
        name = self.locale.get_language_name() or self.code
        return name[0].upper() + name[1:]

    @cached_property
    def direction(self) -> str:
        """Return ``ltr`` or ``rtl``."""
        return str(self.locale.text_direction)

    def gettext(self, text: str, /) -> str:
        """Return `text` in this language, or the German wording itself."""
        return self._sentences.gettext(text)

    def ngettext(self, singular: str, plural: str, n: int, /) -> str:
        """Return the wording that goes with `n`."""
        return self._sentences.ngettext(singular, plural, n)

    def date(self, day: date, /) -> str:
        """Return the day written out, e.g. ``12. Dezember 2026``."""
        return format_date(day, "long", locale=self.locale)

    def number(self, value: float, digits: int = 0, /) -> str:
        """Return `value` with exactly `digits` decimals."""
        return _decimal(value, digits, self.locale)

    def percent(self, share: float, /) -> str:
        """Return a share between 0 and 1 as whole percent; German has a no-break space: 75 %."""
        return _percent(share, self.locale)

    def money(self, cents: int, /) -> str:
        """Return an amount in euros as the language writes it: 1.234,50 € or €1,234.50."""
        return format_currency(Decimal(cents) / 100, "EUR", locale=self.locale)


@lru_cache(2000)  # a sheet says the same small numbers a thousand times over
def _decimal(value: float, digits: int, locale: Locale) -> str:
    decimals = f".{'0' * digits}" if digits else ""
    return format_decimal(value, f"#,##0{decimals}", locale=locale)


@lru_cache(2000)
def _percent(share: float, locale: Locale) -> str:
    return format_percent(share, locale=locale)


@dataclass(frozen=True)
class Languages:
    """All languages there are, by folder name; German is always among them."""

    all: Mapping[str, Language]

    @property
    def offered(self) -> tuple[Language, ...]:
        """Return the languages for a menu: German first, the others by code, no registers."""
        codes = sorted(self.all, key=lambda code: (code != FALLBACK, code))
        return tuple(self.all[code] for code in codes if POLITE not in code)

    def among(self, codes: Sequence[str]) -> tuple[Language, ...]:
        """Return the languages that are there and in `codes`, in the order of `codes`."""
        return tuple(self.all[code] for code in codes if code in self.all)

    def of(self, questionnaire: Questionnaire) -> tuple[Language, ...]:
        """Return the languages a questionnaire is shown in; easy German once it was tested."""
        found = self.among(questionnaire.languages)
        return (*found, self.easy) if questionnaire.has_tested_easy_language else found

    def to_preview(self, questionnaire: Questionnaire) -> tuple[Language, ...]:
        """Return the same for its author: easy German as soon as anything is worded in it."""
        found = self.of(questionnaire)
        is_worded = any(path[-1] == "easy" for path, _ in texts(questionnaire))
        return (*found, self.easy) if is_worded and self.easy not in found else found

    @cached_property
    def easy(self) -> Language:
        """Return easy German: German, but for the wording of a questionnaire."""
        return replace(self.all[FALLBACK], code=EASY)

    def polite(self, language: Language) -> Language:
        """Return how `language` speaks to professionals."""
        return self.all.get(language.code + POLITE, language)


def best_of(preferred: Iterable[str], offered: Sequence[Language]) -> Language:
    """Return the first preferred language that is offered, else German.

    ``en-GB`` is content with ``en``.
    """
    by_code = {language.code.lower(): language for language in offered}
    for tag in preferred:
        wanted = tag.lower()
        for code in (wanted, wanted.partition("-")[0]):
            if code in by_code:
                return by_code[code]
    return by_code.get(FALLBACK, offered[0])


def load_languages(folder: Path | None = None) -> Languages:
    """Find the compiled catalogues below translations/.

    Raises FileNotFoundError with the remedy if they were not compiled.
    """
    translations = folder or data_dir("translations")
    found = {
        path.parents[1].name: _language(path)
        for path in sorted(translations.glob("*/LC_MESSAGES/messages.mo"))
    }
    if FALLBACK not in found:
        raise FileNotFoundError(
            f"{translations}: die übersetzten Texte fehlen (messages.mo). Bitte"
            " „make catalogues“ aufrufen."
        )
    return Languages(found)


def _language(path: Path) -> Language:
    code = path.parents[1].name.removesuffix(POLITE)
    return Language(code, _locale(code), partial(_catalogue, path))


def _catalogue(path: Path) -> gettext.NullTranslations:
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)


def _locale(code: str) -> Locale:
    """Return the locale of a language; of one that Babel does not know, that of its parent."""
    try:
        return Locale.parse(EUROPEAN.get(code, code), sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(code.partition("-")[0])
