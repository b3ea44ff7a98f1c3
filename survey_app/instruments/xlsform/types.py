"""The column `type`: what each type of a row becomes, and why some become nothing."""

import difflib
import re
from dataclasses import dataclass

SELECT = re.compile(
    r"(?i)(select[_ ]one|select1|select[_ ]multiple|select all that apply|rank)(?: from)? (\S+?)"
    r"( or[_ ]other| or specify other)?"
)
SELECTS = {
    "select_one": "one",
    "select1": "one",
    "select_multiple": "several",
    "select_all_that_apply": "several",
    "rank": "order",
}
PLAIN = {
    "text": "words",
    "string": "words",
    "integer": "whole",
    "int": "whole",
    "decimal": "decimal",
    "range": "range",
    "note": "note",
    "acknowledge": "tick",
    "trigger": "tick",
    "begin_group": "begin",
    "end_group": "end",
    "begin_repeat": "begin_repeat",
    "end_repeat": "end_repeat",
}

TRACES = (
    "das würde Menschen erkennbar machen (Gerät, Zeitpunkt, Person). Mitreden speichert so etwas"
    " nie. Streiche die Zeile"
)
PLACES = (
    "das würde Menschen erkennbar machen (Ort). Mitreden speichert so etwas nie. Frag höchstens"
    " nach großen Gebieten"
)
RECORDINGS = (
    "Bilder, Ton und Dateien können Menschen erkennbar machen. Frag mit „text“ nach einer"
    " Beschreibung"
)
BARCODES = "ein Code kann zu einem Menschen führen. Mitreden speichert so etwas nie"
DATES = (
    "ein genaues Datum kann Menschen erkennbar machen. Frag mit „select_one“ nach Zeiträumen oder"
    " Altersgruppen"
)
COMPUTED = "gerechnet wird hier nicht. Für Summen und Mittelwerte gibt es „scores“"
FILES = "Antworten aus einer eigenen Datei gibt es nicht. Schreib sie in das Blatt „choices“"

REFUSED = {
    **dict.fromkeys(
        (
            *("start", "end", "today", "deviceid", "device_id", "subscriberid", "subscriber_id"),
            *("simserial", "sim_serial", "phonenumber", "phone_number", "username", "user_name"),
            *("email", "audit", "uri:deviceid", "uri:username", "uri:email", "last_saved"),
        ),
        TRACES,
    ),
    **dict.fromkeys(
        (
            *("geopoint", "gps", "location", "geotrace", "geoshape", "start_geopoint"),
            *("background_geopoint", "bearing"),
        ),
        PLACES,
    ),
    **dict.fromkeys(
        (
            *("image", "photo", "picture", "signature", "draw", "audio", "background_audio"),
            *("video", "file", "osm"),
        ),
        RECORDINGS,
    ),
    "barcode": BARCODES,
    **dict.fromkeys(("date", "time", "datetime", "date_time"), DATES),
    **dict.fromkeys(("calculate", "hidden", "xml_external", "csv_external"), COMPUTED),
    **dict.fromkeys(
        (
            *("select_one_from_file", "select_multiple_from_file", "select_one_external"),
            *("select_one_from_map", "rank_from_file"),
        ),
        FILES,
    ),
}
UNKNOWN = "diesen Typ gibt es nicht"


@dataclass(frozen=True)
class Type:
    """What a row is: one of the words above, the name of its list, whether it has „anderes“."""

    is_: str
    list_name: str = ""
    or_other: bool = False
    refusal: str = ""


def read_type(raw: str) -> Type:
    """Return what a row with this type is; `refusal` says why it becomes nothing."""
    words = " ".join(raw.split())
    if found := SELECT.fullmatch(words):
        spelled, list_name, or_other = found.groups()
        return Type(SELECTS[spelled.lower().replace(" ", "_")], list_name, bool(or_other))
    key = re.sub(r"[ -]", "_", words.lower())
    if key in PLAIN:
        return Type(PLAIN[key])
    first = key.partition("_")[0] if key.startswith("uri:") else key
    for refused in (first, words.lower().partition(" ")[0]):
        if refused in REFUSED:
            return Type("refused", refusal=REFUSED[refused])
    return Type("refused", refusal=_unknown(words))


def _unknown(words: str) -> str:
    first = words.lower().partition(" ")[0]
    close = difflib.get_close_matches(first, [*PLAIN, *SELECTS, *REFUSED], n=1)
    return UNKNOWN + (f". Meintest du „{close[0]}“?" if close else "")
