"""Marks: what in a free text may tell who wrote it, or whom it is about.

A mark helps whoever reads the text; it decides nothing. So a mark too many costs a glance, and one
too few may cost somebody's trust, but a page full of marks is read by nobody. Where a rule cannot
know, it is tuned to that:

- Addresses, numbers and handles are found by their form.
- First names are found by a list, in small letters too, and after words that announce a person
  ("Frau …", "Ayşe Hoca", "пані …", "أستاذ …").
- In German every noun is written large. So a large letter alone says nothing; two such words in a
  row that no list knows are "perhaps a name". Where nouns are written small (English, Turkish,
  Ukrainian, Russian), one in mid-sentence is enough.

Every pattern runs in one pass: what young people paste into a field cannot hold it up.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from survey_app.domain.first_names import ARABIC, LATIN, STEMS, WORDS_TOO
from survey_app.domain.messages import N_


class Kind(StrEnum):
    """What a mark is about."""

    MAIL = "mail"
    WEB = "web"
    HANDLE = "handle"
    ADDRESS = "address"
    PHONE = "phone"
    CLASS = "class"
    NAME = "name"
    MAYBE = "maybe"

    @property
    def label(self) -> str:
        """Return the German word, to be translated."""
        return LABELS[self]


@dataclass(frozen=True)
class Mark:
    """From where to where in the text, and what it is."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True)
class Piece:
    """A part of a text, marked or not."""

    text: str
    kind: Kind | None = None


Word = re.Match[str]


def marks(text: str) -> tuple[Mark, ...]:
    """Return what may tell of a person, from left to right; no two overlap.

    >>> [(mark.start, mark.end, mark.kind.value) for mark in marks("Kevin aus der 8b")]
    [(0, 5, 'name'), (14, 16, 'class')]
    """
    found: list[Mark] = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            _put(found, Mark(*match.span(), kind))
    for mark in _names(text):
        _put(found, mark)
    return tuple(sorted(found, key=lambda mark: mark.start))


def pieces(text: str) -> tuple[Piece, ...]:
    """Return the text cut at its marks; joined again, the pieces are the text."""
    cut, at = [], 0
    for mark in marks(text):
        cut += [Piece(text[at : mark.start]), Piece(text[mark.start : mark.end], mark.kind)]
        at = mark.end
    return tuple(piece for piece in (*cut, Piece(text[at:])) if piece.text)


def _put(found: list[Mark], new: Mark) -> None:
    if all(new.end <= mark.start or mark.end <= new.start for mark in found):
        found.append(new)


def _names(text: str) -> Iterator[Mark]:
    words = list(WORD.finditer(text))
    is_german = sum(word[0].lower() in GERMAN for word in words) * 8 >= len(words)
    for place, word in enumerate(words):
        is_titled = _is_large(word[0]) and _has_title_after(words, place)
        kind = Kind.NAME if is_titled else _kind_of(text, words, place, is_german=is_german)
        if kind is not None:
            yield Mark(*word.span(), kind)


def _has_title_after(words: Sequence[Word], place: int) -> bool:
    """Return whether a title follows that stands behind names: "Elif Hoca"."""
    return place + 1 < len(words) and words[place + 1][0].lower() in TITLES_AFTER


def _kind_of(text: str, words: Sequence[Word], place: int, *, is_german: bool) -> Kind | None:
    said, goes_on = words[place][0], _goes_on(text, words, place)
    if _is_listed(said) or (goes_on and _announces(words[place - 1][0], said)):
        return Kind.NAME
    if not _may_be_name(said):
        return None
    is_hint = goes_on and (not is_german or said.lower() in WORDS_TOO)
    is_pair = _is_pair(text, words, place) or _is_pair(text, words, place + 1)
    return Kind.MAYBE if is_hint or is_pair else None


def _may_be_name(word: str) -> bool:
    return _is_large(word) and not word.isupper() and word.lower() not in NAMES_NOBODY


def _is_pair(text: str, words: Sequence[Word], place: int) -> bool:
    """Return whether a word and the one before it may be first name and surname.

    "Schlechtes Wetter" is none: an adjective, large because a sentence begins.
    """
    if place == len(words) or not _goes_on(text, words, place):
        return False
    first, second = words[place - 1][0], words[place][0]
    begins = not _goes_on(text, words, place - 1)
    is_adjective = begins and first.lower().endswith(ADJECTIVE)
    return _may_be_name(first) and _may_be_name(second) and not is_adjective


def _goes_on(text: str, words: Sequence[Word], place: int) -> bool:
    """Return whether a word stands within a sentence, not at its beginning."""
    return place > 0 and _stands_close(text, words[place - 1], words[place])


def _stands_close(text: str, before: Word, word: Word) -> bool:
    """Return whether only space lies between two words: no sentence begins there."""
    between = text[before.end() : word.start()]
    return between in (" ", "  ", ". ") and (between != ". " or before[0].lower() in ABBREVIATED)


def _is_listed(word: str) -> bool:
    small = word.lower()
    bare = unicodedata.normalize("NFC", small.replace("i̇", "i"))  # İ in small letters
    if bare in LATIN or (bare.endswith("s") and bare[:-1] in LATIN):
        return True
    if "\u0400" <= word[0] <= "\u04ff":
        ends = (len(bare) - len(stem) for stem in STEMS if bare.startswith(stem))
        return _is_large(word) and any(end <= LONGEST_ENDING for end in ends)
    return word in ARABIC or (word[0] in "ولب" and word[1:] in ARABIC)


def _announces(before: str, word: str) -> bool:
    small = before.lower()
    if small in TITLES:
        return _is_large(word) or not word[0].isascii() or word.lower() not in GERMAN
    return small in ARABIC_TITLES and len(word) > 1


def _is_large(word: str) -> bool:
    return word[0].isupper()


ADJECTIVE: Final = ("e", "es", "er", "en", "em")
LONGEST_ENDING: Final = 3  # Олег-ом, Мари-ями
WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")

GERMAN: Final = frozenset(
    """
    aber alle alles als am an auch auf aus bei bin bitte da dann das dass daß dem den der des die
    diese dieser doch du ein eine einem einen einer er es euch fand für gab gar gut haben habe hat
    hatte hier ich ihr im immer in ist ja kann kein keine konnte man manchmal mehr mein meine mich
    mir mit nach nicht nichts noch nur ob oder sehr sein sich sie sind so soll sollte super über um
    und uns unser viel vom von vor wann war waren warum was weil wenn wer wir wird wo wurde zu zum
    zur
    """.split()  # noqa: SIM905
)
# Words that young people write large and that name nobody.
KNOWN: Final = frozenset(
    """
    angebot arbeit aufgabe ausflug bad betreuer betreuerin betreuern bibliothek bus camp chill
    computer danke deutsch deutschland dienstag donnerstag eis eltern englisch essen euro fahrrad
    ferien film freitag freizeit freund freunde freundin fußball fussball gruppe gruppen
    gruppenarbeit handy handys hausaufgaben internet januar februar märz april juni juli august
    september oktober
    november dezember jahr jugendamt jugendzentrum jungen jungs kinder klasse klassen lehrer
    lehrerin leute mathe mädchen medien minecraft mittagessen mittwoch monat montag musik mutter
    nachmittag ok okay papa mama pause pausen playstation pool projekt raum regeln ruhe samstag
    schule schüler schülerin schulhof schwimmbad see social media sommer sommercamp sonntag spaß
    spiel spiele sport sportplatz stress stunde stunden tag tage teamer teamerin thema themen tiktok
    turnen umfrage unterricht vater werkstatt whatsapp instagram snapchat youtube netflix wlan woche
    wochenende workshop zeit zelt zimmer
    i i'm monday tuesday wednesday thursday friday saturday sunday january february march may june
    july october december english german turkish germany
    pazartesi salı çarşamba perşembe cuma cumartesi pazar almanya almanca türkçe ingilizce
    """.split()  # noqa: SIM905
)
ABBREVIATED: Final = frozenset({"fr", "hr", "dr", "mr", "mrs", "ms", "miss"})
TITLES: Final = frozenset(
    """
    frau herr herrn fr hr dr mr mrs ms miss sir coach bay bayan пан пана пані панові господин
    госпожа учитель учительница вчитель вчителька тренер тренерка
    """.split()  # noqa: SIM905
)
ARABIC_TITLES: Final = frozenset(
    """
    أستاذ استاذ أستاذة استاذة الأستاذ الاستاذ الأستاذة الاستاذة معلم معلمة المعلم المعلمة السيد
    السيدة صديقي صديقتي المدرب المدربة
    """.split()  # noqa: SIM905
)
TITLES_AFTER: Final = frozenset("hoca öğretmen abi abla bey hanım".split())  # noqa: SIM905
NAMES_NOBODY: Final = GERMAN | KNOWN | TITLES | TITLES_AFTER
PLATFORMS: Final = r"insta(?:gram)?|snap(?:chat)?|tiktok|discord|telegram|whatsapp|twitch|signal"
STREETS: Final = r"(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|damm|ufer)"
STREETS_TR: Final = r"(?:Sokak|Sokağı|Sok\.|Caddesi|Cad\.|Mahallesi|Bulvarı)"
STREETS_SLAVIC: Final = r"(?:вул\.|вулиц[яіу]|ул\.|улиц[аеу]|проспект|просп\.|пр\.)"
CLASS_WORDS: Final = (
    r"(?:Klasse|Kl\.|Jahrgang|Stufe|[Cc]lass|[Yy]ear|[Gg]rade|[Ss]ınıf|[Кк]ласс?[аіеу]?)"
)
NUMBER: Final = r"\s+\d{1,4}\s?[a-z]?\b"
PLACES: Final = "|".join(
    (
        rf"\b[^\W\d_]{{2,30}}-?{STREETS}{NUMBER}",
        rf"\b[^\W\d_]{{2,30}}[ -](?:Straße|Str\.|Weg|Platz|Allee|Ring){NUMBER}",
        rf"\b(?:Am|Im|Zum|Zur|An der|An den|Auf der|In der)\s[A-ZÄÖÜ][^\W\d_]+{NUMBER}",
        r"\b\d{1,4}\s[A-Z][a-z]+\s(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive)\b",
        rf"\b[^\W\d_]+\s{STREETS_TR}(?:\s(?:No:?\s?)?\d{{1,4}})?",
        rf"\b{STREETS_SLAVIC}\s?[^\W\d_]+(?:,?\s(?:д\.|буд\.)?\s?\d{{1,4}})?",
        r"شارع\s\w+(?:\s\d{1,4})?",
        r"\b\d{5}\s[A-ZÄÖÜ][^\W\d_]+",
    )
)
CLASSES: Final = "|".join(
    (
        rf"\b{CLASS_WORDS}\s?\d{{1,2}}(?:\s?[-./]?\s?[^\W\d_]\b)?",
        r"(?:الصف|صف)\s(?:\d{1,2}|\w+)",
        r"(?<![\w.,])(?:[1-9]|1[0-3])[-/.]?[A-GА-Яa-gа-д](?![\w-])",
        r"(?<![\w.,])(?:[1-9]|1[0-3])[-/]?[A-Ga-g]\s(?:sınıf\w*)",
    )
)
PATTERNS: Final = (
    (Kind.MAIL, re.compile(r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\.[\w-]{1,63})+")),
    (
        Kind.WEB,
        re.compile(
            r"https?://\S+|\bwww\.\S+|\b[\w-]{2,63}\.(?:de|com|net|org|eu|tv|gg|tr|ua|ru|uk|io|me)"
            r"\b(?:/\S*)?",
            re.IGNORECASE,
        ),
    ),
    (
        Kind.HANDLE,
        re.compile(
            r"(?<![\w.])@\w[\w.]+|\b\w{2,32}#\d{4}\b"
            rf"|\b(?:{PLATFORMS})\s?(?::|=|heißt|ist|is|name|adım)\s?[\w.]{{3,40}}",
            re.IGNORECASE,
        ),
    ),
    (Kind.ADDRESS, re.compile(PLACES)),
    (
        Kind.PHONE,
        re.compile(
            r"(?<![\w.])(?!\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}(?!\d))(?:\+|0)(?:[ /.()–-]{0,2}\d){6,15}"
            r"|(?<![\w.,])\d{7,15}(?![\w,])"
        ),
    ),
    (Kind.CLASS, re.compile(CLASSES)),
)

LABELS = {
    Kind.MAIL: N_("E-Mail-Adresse"),
    Kind.WEB: N_("Internetadresse"),
    Kind.HANDLE: N_("Name im Netz"),
    Kind.ADDRESS: N_("Adresse"),
    Kind.PHONE: N_("Telefonnummer"),
    Kind.CLASS: N_("Klasse"),
    Kind.NAME: N_("Name"),
    Kind.MAYBE: N_("vielleicht ein Name"),
}
