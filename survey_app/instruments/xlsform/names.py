"""Names that XLSForms allow and we do not, made into ids and codes.

„Wie alt?“ → wie_alt      Größe → groesse      2b → q_2b      -99 → minus_99
"""

import re
import unicodedata

GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
LONGEST_NAME = 31
LONGEST_CODE = 20
LONGEST_ID = 41
# Python and YAML read up to 18 digits as a number; nobody counts that far with codes.
INTEGER = re.compile(r"0|[1-9][0-9]{0,8}")


def slug(text: str, *, joint: str = "_") -> str:
    """Return `text` in a–z and 0–9, words joined by `joint`; empty if nothing is left of it."""
    lowered = text.strip().lower().translate(GERMAN)
    plain = unicodedata.normalize("NFKD", lowered).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", joint, plain).strip(joint)


def identifier(raw: str, otherwise: str) -> str:
    """Return an id of a question, scale or section like `raw`."""
    found = slug(raw)[:LONGEST_NAME].strip("_") or otherwise
    return found if found[0].isalpha() else f"q_{found}"[:LONGEST_NAME].strip("_")


def code(raw: str) -> int | str:
    """Return the code of an answer: a number if it looks like one."""
    if INTEGER.fullmatch(raw):
        return int(raw)
    if re.fullmatch(r"-[0-9]+", raw):
        return f"minus_{raw[1:]}"[:LONGEST_CODE]
    return slug(raw)[:LONGEST_CODE].strip("_") or "antwort"


def questionnaire_id(raw: str) -> str | None:
    """Return an id of a questionnaire like `raw`, None if too little is left of it."""
    found = slug(raw, joint="-")[:LONGEST_ID].strip("-")
    if found and not found[0].isalpha():
        found = f"f-{found}"[:LONGEST_ID].strip("-")
    return found if len(found) > 1 else None


def unique(name: str, taken: set[str], *, longest: int = LONGEST_NAME) -> str:
    """Return `name`, with a number behind it if it is taken; and take it."""
    found, number = name, 1
    while found in taken:
        number += 1
        tail = f"_{number}"
        found = name[: longest - len(tail)].rstrip("_") + tail
    taken.add(found)
    return found
