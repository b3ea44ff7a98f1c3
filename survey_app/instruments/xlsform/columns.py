"""The headers of an XLSForm: what a column holds, and in which language.

label::Deutsch (de)   Label:English   bind::relevant   media::image::Türkçe (tr)   List Name
"""

import re
from dataclasses import dataclass

# Old and new spellings that mean the same; from the XLSForm documentation and pyxform.
ALIASES = {
    "caption": "label",
    "relevance": "relevant",
    "bind::relevant": "relevant",
    "bind::relevance": "relevant",
    "bind::constraint": "constraint",
    "bind::constraintmsg": "constraint_message",
    "bind::required": "required",
    "bind::readonly": "readonly",
    "bind::calculate": "calculation",
    "bind::type": "type",
    "calculate": "calculation",
    "constraint_msg": "constraint_message",
    "required_msg": "required_message",
    "read_only": "readonly",
    "control::appearance": "appearance",
    "body::appearance": "appearance",
    "list": "list_name",
    "listname": "list_name",
    "media::image": "image",
    "media::big-image": "image",
    "big-image": "image",
    "media::audio": "audio",
    "media::video": "video",
    "title": "form_title",
    "set_form_title": "form_title",
    "set_form_id": "form_id",
    "id_string": "form_id",
    "count": "repeat_count",
    "repeat": "repeat_count",
}
GROUPED = ("bind", "body", "control", "instance", "media")

LANGUAGES = {
    "arabic": "ar",
    "arabisch": "ar",
    "العربية": "ar",
    "bulgarian": "bg",
    "bulgarisch": "bg",
    "български": "bg",
    "german": "de",
    "deutsch": "de",
    "english": "en",
    "englisch": "en",
    "spanish": "es",
    "spanisch": "es",
    "español": "es",
    "farsi": "fa",
    "persian": "fa",
    "persisch": "fa",
    "فارسی": "fa",
    "french": "fr",
    "französisch": "fr",
    "français": "fr",
    "francais": "fr",
    "italian": "it",
    "italienisch": "it",
    "italiano": "it",
    "kurdish": "ku",
    "kurdisch": "ku",
    "kurmancî": "ku",
    "dutch": "nl",
    "niederländisch": "nl",
    "nederlands": "nl",
    "polish": "pl",
    "polnisch": "pl",
    "polski": "pl",
    "romanian": "ro",
    "rumänisch": "ro",
    "română": "ro",
    "russian": "ru",
    "russisch": "ru",
    "русский": "ru",
    "turkish": "tr",
    "türkisch": "tr",
    "türkçe": "tr",
    "ukrainian": "uk",
    "ukrainisch": "uk",
    "українська": "uk",
}
CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True)
class Column:
    """One column: where it is, what it is called, in which language it is, if any is named.

    `is_foreign` says that a language is named that nobody knows.
    """

    letter: str
    header: str
    key: str
    language: str | None = None
    is_foreign: bool = False


def column(letter: str, header: str) -> Column:
    """Return what a header means."""
    parts = [" ".join(part.split()) for part in re.split(r"::?", header)]
    depth = 2 if parts[0].lower() in GROUPED and len(parts) > 1 else 1
    spelled = "::".join(parts[:depth]).lower().replace(" ", "_")
    key = ALIASES.get(spelled, spelled)
    named = parts[depth] if len(parts) > depth else ""
    language = language_code(named)
    return Column(letter, header, key, language, bool(named) and language is None)


def language_code(named: str) -> str | None:
    """Return the code of a language written ``Deutsch (de)``, ``Deutsch`` or ``de``."""
    in_brackets = re.search(r"\(([^()]+)\)\s*$", named)
    written = in_brackets[1].strip() if in_brackets else named.strip()
    if known := LANGUAGES.get(written.lower()):
        return known
    first, dash, rest = written.partition("-")
    spelled = first.lower() + dash + rest
    return spelled if CODE.fullmatch(spelled) else None
