"""What pydantic found wrong, said in our own words.

Pydantic names a fault by its type (``extra_forbidden``) and a place (``loc``). `SENTENCES` has one
entry per type that the models of a questionnaire can produce; each knows how to say what is wrong
and what to write instead, with a guess where the word was probably only mistyped. A type that is
not in the table still gets a sentence; a test holds that the table is complete.
"""

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from survey_app.domain.messages import N_, NN_, Message
from survey_app.domain.questions import KINDS
from survey_app.instruments.places import Path

LONGEST_GUESSED = 40
CLOSE = 0.75


@dataclass(frozen=True)
class Trouble:
    """One fault as pydantic found it.

    `path` leads to the place in the file, `value` is what stands there (None if nothing does).
    With `in_key` it is the key itself that is wrong. `context` is pydantic's own, `keys` are those
    that an unknown key could have been.
    """

    type: str
    path: Path
    value: Any
    context: Mapping[str, Any]
    in_key: bool = False
    keys: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Return the last step of the path."""
        return str(self.path[-1]) if self.path else ""

    @property
    def is_named(self) -> bool:
        """Return whether the place has a key, not a position in a list."""
        return bool(self.path) and isinstance(self.path[-1], str)


def sentence(trouble: Trouble) -> Message:
    """Return what is wrong and what to do."""
    if trouble.type in NEEDS_VALUE and trouble.value is None and trouble.is_named:
        return Message(NOTHING_THERE, {"key": trouble.key})
    return SENTENCES.get(trouble.type, _something_else)(trouble)


def guess(word: str, known: Sequence[str]) -> str | None:
    """Return the known word that was probably meant."""
    if len(word) > LONGEST_GUESSED:
        return None
    return next(iter(difflib.get_close_matches(word.lower(), known, n=1, cutoff=CLOSE)), None)


def unknown(word: str, known: Sequence[str], *, guessed: str, listed: str) -> Message:
    """Return `guessed` with the word that was probably meant, or else `listed` with all words."""
    values = {"word": word, "known": ", ".join(known)}
    if meant := guess(word, known):
        return Message(guessed, {**values, "guess": meant})
    return Message(listed, values)


def _missing(trouble: Trouble) -> Message:
    if not trouble.is_named:
        return Message(VALUE_MISSING, {"position": int(trouble.key) + 1})
    return Message(KEY_MISSING, {"key": trouble.key})


def _unknown_key(trouble: Trouble) -> Message:
    return unknown(trouble.key, trouble.keys, guessed=KEY_GUESSED, listed=KEY_UNKNOWN)


def _no_kind(_: Trouble) -> Message:
    return Message(KIND_MISSING, {"known": ", ".join(KINDS)})


def _unknown_kind(trouble: Trouble) -> Message:
    return unknown(
        str(trouble.context["tag"]), tuple(KINDS), guessed=KIND_GUESSED, listed=KIND_UNKNOWN
    )


def _not_a_choice(trouble: Trouble) -> Message:
    known = re.findall(r"'([^']*)'|(\d+)", str(trouble.context["expected"]))
    words = [word or number for word, number in known]
    if not isinstance(trouble.value, str | int):
        return Message(CHOICE_EXPECTED, {"known": ", ".join(words)})
    return unknown(str(trouble.value), words, guessed=CHOICE_GUESSED, listed=CHOICE_UNKNOWN)


def _no_text(trouble: Trouble) -> Message:
    if isinstance(trouble.value, int | float):
        return Message(TEXT_UNQUOTED)
    return Message(TEXT_EXPECTED)


def _no_integer(trouble: Trouble) -> Message:
    if isinstance(trouble.value, str) and re.fullmatch(r" *[0-9]{1,9} *", trouble.value):
        return Message(INTEGER_QUOTED, {"number": int(trouble.value)})
    return Message(INTEGER_EXPECTED)


def _no_mapping(trouble: Trouble) -> Message:
    is_wording = trouble.is_named and trouble.key not in ("scales", "authorities")
    if trouble.type == "dict_type" and is_wording:
        return Message(WORDING_EXPECTED)
    return Message(MAPPING_EXPECTED)


def _wrong_pattern(trouble: Trouble) -> Message:
    if trouble.in_key and trouble.key == "slot":
        return Message(SLOT_NUMBER)
    value = trouble.key if trouble.in_key else trouble.value
    return Message(PATTERNS.get(trouble.context["pattern"], PATTERN), {"value": value})


def _too_short(trouble: Trouble) -> Message:
    least = trouble.context["min_length"]
    return Message.counted(TOO_SHORT, least, {"min_length": least})


def _always(text: str, *names: str) -> Callable[[Trouble], Message]:
    """Return the same sentence for every trouble, filled from pydantic's context."""
    return lambda trouble: Message(text, {name: _plain(trouble.context[name]) for name in names})


def _plain(number: float) -> float:
    """Return a whole number without its ".0"."""
    return int(number) if number == int(number) else number


def _something_else(trouble: Trouble) -> Message:
    return Message(UNEXPECTED, {"type": trouble.type})


KEY_MISSING = N_("hier fehlt „%(key)s“. Ergänze eine Zeile „%(key)s: …“")
VALUE_MISSING = N_("die Liste ist zu kurz: Es fehlt der %(position)s. Wert")
KEY_GUESSED = N_("„%(word)s“ gibt es hier nicht. Meintest du „%(guess)s“?")
KEY_UNKNOWN = N_("„%(word)s“ gibt es hier nicht. Streiche es. Möglich sind: %(known)s")
KIND_MISSING = N_(
    "hier fehlt „kind“, die Art der Frage. Ergänze eine Zeile „kind: …“. Möglich sind: %(known)s"
)
KIND_GUESSED = N_(
    "die Art „%(word)s“ gibt es nicht. Meintest du „%(guess)s“? Möglich sind: %(known)s"
)
KIND_UNKNOWN = N_("die Art „%(word)s“ gibt es nicht. Möglich sind: %(known)s")
CHOICE_GUESSED = N_("„%(word)s“ ist hier nicht möglich. Meintest du „%(guess)s“?")
CHOICE_UNKNOWN = N_("„%(word)s“ ist hier nicht möglich. Möglich sind: %(known)s")
CHOICE_EXPECTED = N_("hier gehört eines von diesen hin: %(known)s")
NOTHING_THERE = N_("hinter „%(key)s:“ steht nichts. Ergänze es oder streiche die Zeile")
TEXT_EXPECTED = N_("hier gehört ein einzelner Text hin, keine Liste und keine weiteren Angaben")
TEXT_UNQUOTED = N_(
    "YAML liest das als Zahl oder als true/false, hier gehört ein Text hin. Setze den Wert in"
    " Anführungszeichen"
)
SLOT_NUMBER = N_("hinter slot gehört die Nummer des Originaltextes: {slot: 1}")
WORDING_EXPECTED = N_(
    "hier gehört ein Text hin: entweder nur Deutsch, oder mit Sprachen: {de: …, en: …}"
)
MAPPING_EXPECTED = N_("hier gehören Angaben der Form „schlüssel: wert“ hin")
LIST_EXPECTED = N_(
    "hier gehört eine Liste hin: jede Angabe in einer Zeile mit „- “ davor, oder alle in [ ]"
)
INTEGER_EXPECTED = N_("hier gehört eine ganze Zahl hin, zum Beispiel 3")
NUMBER_EXPECTED = N_("hier gehört eine Zahl hin, zum Beispiel 4 oder 0.8")
INTEGER_QUOTED = N_(
    "hier gehört eine Zahl hin. Schreib sie ohne Anführungszeichen und führende Nullen: %(number)s"
)
BOOLEAN_EXPECTED = N_("hier gehört true (ja) oder false (nein) hin, ohne Anführungszeichen")
CODE_EXPECTED = N_("hier gehört ein Code hin: eine ganze Zahl oder ein kurzes Wort wie „ja“")
TOO_SHORT = NN_(
    "die Liste ist leer: mindestens eine Angabe gehört hinein",
    "die Liste ist zu kurz: mindestens %(min_length)s Angaben gehören hinein",
)
TOO_LONG = N_("die Liste ist zu lang: höchstens %(max_length)s sind möglich")
TOO_SMALL = N_("die Zahl ist zu klein: mindestens %(ge)s")
NOT_GREATER = N_("die Zahl ist zu klein: Sie muss größer sein als %(gt)s")
TOO_GREAT = N_("die Zahl ist zu groß: höchstens %(le)s")
UNEXPECTED = N_("dieser Wert passt hier nicht (%(type)s)")

PATTERN = N_("„%(value)s“ hat nicht die erwartete Form")
PATTERNS = {
    "^[a-z][a-z0-9-]{1,40}$": N_(
        "„%(value)s“ taugt nicht als id des Fragebogens. Nimm 2 bis 41 Zeichen aus a–z, 0–9 und"
        " Bindestrich, vorn einen Buchstaben, zum Beispiel „kern-jugend“"
    ),
    "^[0-9]+\\.[0-9]+\\.[0-9]+$": N_(
        "„%(value)s“ ist keine Version. Nimm drei Zahlen mit Punkten, zum Beispiel 1.0.0"
    ),
    "^[a-z][a-z0-9_]{0,30}$": N_(
        "„%(value)s“ taugt nicht als Kurzname. Nimm bis zu 31 Zeichen aus a–z, 0–9 und Unterstrich,"
        " vorn einen Buchstaben, zum Beispiel „k1“"
    ),
    "^\\d{4}-\\d{2}-\\d{2}$": N_("„%(value)s“ ist kein Datum. Schreib es so: '2026-12-01'"),
    "^[A-Z][0-9]{1,2}$": N_(
        "„%(value)s“ ist keine Kernfrage. Sie heißt wie in der Fragensammlung, zum Beispiel „K1“"
    ),
    "^https://[^\\s/]+(/\\S*)?$": N_(
        "„%(value)s“ ist keine Web-Adresse. Schreib sie so: https://beratung.example"
    ),
    "^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$": N_(
        "„%(value)s“ ist keine E-Mail-Adresse. Schreib sie so: kontakt@beratung.example"
    ),
    "^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$": N_(
        "„%(value)s“ ist kein Sprachkürzel. Nimm eines wie „de“, „en“ oder „uk“; gehört das Wort"
        " zum Text, setze den ganzen Text in Anführungszeichen"
    ),
}

NEEDS_VALUE = {
    "code",
    "string_type",
    "int_type",
    "float_type",
    "bool_type",
    "dict_type",
    "model_type",
    "tuple_type",
}

SENTENCES: Mapping[str, Callable[[Trouble], Message]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "union_tag_not_found": _no_kind,
    "union_tag_invalid": _unknown_kind,
    "literal_error": _not_a_choice,
    "enum": _not_a_choice,
    "code": _always(CODE_EXPECTED),
    "string_type": _no_text,
    "string_pattern_mismatch": _wrong_pattern,
    "int_type": _no_integer,
    "float_type": _always(NUMBER_EXPECTED),
    "bool_type": _always(BOOLEAN_EXPECTED),
    "dict_type": _no_mapping,
    "model_type": _no_mapping,
    "tuple_type": _always(LIST_EXPECTED),
    "too_short": _too_short,
    "too_long": _always(TOO_LONG, "max_length"),
    "greater_than_equal": _always(TOO_SMALL, "ge"),
    "less_than_equal": _always(TOO_GREAT, "le"),
    "greater_than": _always(NOT_GREATER, "gt"),
}
