"""What one cell means: a code, several of them, a number, or nothing.

A text that is a code or a wording of an answer, in any language of the questionnaire, explains
itself; so does one with the code in front of the wording or behind it, if both agree. What stands
in the assignment counts more than that. Everything else is an error with the text in it: never a
zero, never silently left out.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from survey_app.domain.messages import N_, Message
from survey_app.domain.response import REFUSED, Code, Missing
from survey_app.services.importing.assignment import ColumnAssignment
from survey_app.services.importing.folding import folded, listed
from survey_app.services.importing.targets import Role, Target

UNANSWERED: Final = Missing.UNANSWERED.value
QUOTED: Final = 40
LONGEST_ANSWER: Final = 300
LONGEST_LIST: Final = 5_000
"""Characters of a cell: what is longer is no answer that was offered, and is not looked at."""
REMEMBERED: Final = 20_000

SIGNS_FOR_NOTHING: Final = re.compile(r"[-–—./?_ ]{1,5}|-([789])\1{0,2}")
"""A dash, and what statistics programs write for it: -9, -99 …"""
NOTHING: Final = listed(
    "n/a, na, n.a., nv, #nv, #n/a, null, none, nan, leer, blank, fehlt, fehlend, missing,"
    " no answer, not answered, nicht beantwortet, keine antwort, no response, unbeantwortet"
)
REFUSAL: Final = N_("weiß nicht / möchte ich nicht sagen")
"""What stands beside the answers on a phone; exports bring it in any language of the interface."""
REFUSALS: Final = listed(
    "keine angabe, k. a., k.a., ka, weiß nicht, weiss nicht, weiß ich nicht,"
    " möchte ich nicht sagen, möchte ich nicht beantworten, weiß nicht / möchte ich nicht sagen,"
    " kann ich nicht sagen, kann ich nicht beurteilen, don't know, i don't know, prefer not to say,"
    " prefer not to answer, refused, verweigert"
)
YES: Final = listed(
    "1, x, y, yes, ja, j, true, wahr, ausgewählt, gewählt, angekreuzt, selected, checked, evet,"
    " так, да, نعم"
)
NO: Final = listed(
    "0, n, no, nein, false, falsch, nicht ausgewählt, nicht gewählt, not selected, unchecked,"
    " hayır, ні, нет, لا"
)
TICKED: Final = frozenset({"✓", "✔", "☑", "☒", "✗", "✘"})

DIGITS: Final = re.compile(r"[+-]?\d{1,12}")
WITH_ZEROS: Final = re.compile(r"([+-]?\d{1,12})[.,](0+)")
GROUPED: Final = re.compile(r"[+-]?\d{1,3}(?:[.,’' \u00a0\u202f]\d{3})+")
CODE_FIRST: Final = re.compile(r"^\W*(\w+)\W+(.+)$", re.DOTALL)
CODE_LAST: Final = re.compile(r"^(.+?)\W+(\w+)\W*$", re.DOTALL)
LIKE_A_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d.*|\d{1,2}[. ]+[A-Za-zä]{3,4}\.?")
BETWEEN: Final = (";", "\n", "|", ",")
EXCEL_ERROR: Final = re.compile(r"#(REF|NAME|BEZUG|WERT|VALUE|DIV/0|NULL|NUM|ZAHL|SPILL|CALC)[!?]")


@dataclass(frozen=True)
class Meaning:
    """What a cell puts into the form (fields and values as a phone sends them), or its fault."""

    raw: tuple[tuple[str, str], ...] = ()
    fault: Message | None = None


NO_ANSWER: Final = Meaning()


class Cells:
    """Reads the cells of one column; remembers what it has read."""

    def __init__(
        self, target: Target, column: ColumnAssignment, refusals: Collection[str] = REFUSALS
    ) -> None:
        self.target, self.column = target, column
        self._values = {folded(text) or text: code for text, code in column.values.items()}
        self._refusals = refusals
        self._memory: dict[str, Meaning] = {}

    def meaning(self, text: str) -> Meaning:
        """Return what a cell that is not empty means."""
        if self.target.is_closed and len(text) > LONGEST_LIST:
            return Meaning(fault=unknown(text))
        known = self._memory.get(text)
        if known is None:
            known = self._meaning(text)
            if self.target.is_closed and len(self._memory) < REMEMBERED:
                self._memory[text] = known
        return known

    def code(self, text: str) -> Code | None:
        """Return the code of one answer, `unanswered` or `refused`; None if it has no meaning."""
        known = self._values and len(text) <= LONGEST_ANSWER
        found = self._values.get(folded(text) or text) if known else None
        if found is None:
            found = code_of(self.target, text, self._refusals)
        return self.column.rest if found is None else found

    def _meaning(self, text: str) -> Meaning:
        match self.target.role:
            case Role.TEXT:
                return self._text(text)
            case Role.SEVERAL:
                return self._several(text)
            case Role.ORDER:
                return self._order(text)
        code = self.code(text)
        if code is None:
            return Meaning(fault=unknown(text))
        if code == UNANSWERED:
            return NO_ANSWER
        if code == REFUSED:
            return Meaning(((self.target.field, REFUSED),)) if self.target.refusal else NO_ANSWER
        return Meaning((self._sent(code),))

    def _sent(self, code: Code) -> tuple[str, str]:
        if self.target.role is Role.PLACE:
            return str(code), str(self.target.place)
        return self.target.field, str(code)

    def _text(self, text: str) -> Meaning:
        if EXCEL_ERROR.match(text):
            return Meaning(fault=Message(EXCEL_FAILED))
        if SIGNS_FOR_NOTHING.fullmatch(text) or (len(text) < QUOTED and folded(text) in NOTHING):
            return NO_ANSWER
        return Meaning(((self.target.field, text),))

    def _several(self, text: str) -> Meaning:
        chosen: list[tuple[str, str]] = []
        for piece in self.pieces(text):
            code = self.code(piece)
            if code is None:
                return Meaning(fault=unknown(piece))
            if code not in (UNANSWERED, REFUSED):
                chosen.append((self.target.field, str(code)))
        return Meaning(tuple(chosen))

    def _order(self, text: str) -> Meaning:
        placed: list[tuple[str, str]] = []
        for piece in self.pieces(text):
            field = self.code(piece)
            if field is None:
                return Meaning(fault=unknown(piece))
            if field not in (UNANSWERED, REFUSED):
                placed.append((str(field), str(len(placed) + 1)))
        return Meaning(tuple(placed))

    def pieces(self, text: str) -> Iterator[str]:
        """Yield the single answers in a cell. A separator inside a wording separates nothing."""
        is_one = self.code(text) is not None and self.column.rest is None
        if is_one or len(text) > LONGEST_LIST:
            yield text
            return
        sign = next((sign for sign in BETWEEN if sign in text), None)
        parts = [text] if sign is None else text.split(sign)
        while parts:
            longest = self._longest(parts, sign or "")
            piece = (sign or "").join(parts[:longest]).strip()
            if piece:
                yield piece
            parts = parts[longest:]

    def _longest(self, parts: list[str], sign: str) -> int:
        """Return how many parts make up the longest known answer; 1 if none does."""
        for count in range(min(len(parts), 6), 1, -1):
            if code_of(self.target, sign.join(parts[:count]), self._refusals) is not None:
                return count
        return 1


def code_of(target: Target, text: str, refusals: Collection[str] = REFUSALS) -> Code | None:
    """Return what a text stands for by itself: a code, `unanswered`, `refused` or None."""
    if len(text) > LONGEST_ANSWER:
        return None
    words = folded(text)
    if target.role is Role.TICK:
        return _tick(target, text, words)
    if SIGNS_FOR_NOTHING.fullmatch(text) and text not in target.by_code:
        return UNANSWERED
    if target.role is Role.NUMBER:
        found: Code | None = _number(target, text)
    else:
        found = _answer(target, text, words)
    if found is None and words in refusals:
        return REFUSED
    return UNANSWERED if found is None and words in NOTHING else found


def _answer(target: Target, text: str, words: str) -> Code | None:
    if (code := target.by_code.get(text)) is not None:
        return code
    if (code := target.known.get(words)) is not None:
        return code
    if (whole := WITH_ZEROS.fullmatch(text)) and whole[1] in target.by_code:
        return target.by_code[whole[1]]
    if text.casefold() in target.by_code:
        return target.by_code[text.casefold()]
    return _with_its_code(target, text)


def _with_its_code(target: Target, text: str) -> Code | None:
    """Return the code of "5 - stimmt genau" or "stimmt genau (5)", if both say the same."""
    for pattern, at, rest in ((CODE_FIRST, 1, 2), (CODE_LAST, 2, 1)):
        found = pattern.match(text)
        if found and found[at] in target.by_code:
            code = target.by_code[found[at]]
            if target.known.get(folded(found[rest])) == code:
                return code
    return None


def _tick(target: Target, text: str, words: str) -> Code | None:
    (label,) = target.labels
    if words in YES or text in TICKED or _answer(target, text, words) is not None:
        return label.code
    if words in NO or words in NOTHING or words in REFUSALS or SIGNS_FOR_NOTHING.fullmatch(text):
        return UNANSWERED
    return None


def _number(target: Target, text: str) -> int | None:
    """Return the whole number a text holds; None if there is none, or it could be two."""
    for unit in target.unit.root.values() if target.unit else ():
        text = text.removesuffix(unit).strip()
    candidates = set(_whole_numbers(text))
    if len(candidates) == 1:
        return candidates.pop()
    lowest, highest = target.range
    fitting = {number for number in candidates if lowest <= number <= highest}
    return fitting.pop() if len(fitting) == 1 else None


def _whole_numbers(text: str) -> Iterator[int]:
    """Yield what a text can mean: "3,000" is three, or three thousand."""
    if DIGITS.fullmatch(text):
        yield int(text)
    if whole := WITH_ZEROS.fullmatch(text):
        yield int(whole[1])
    if GROUPED.fullmatch(text):
        yield int(re.sub(r"[^\d+-]", "", text))


def unknown(text: str) -> Message:
    """Return the fault of a text that is none of the answers."""
    value = text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"
    if LIKE_A_DAY.fullmatch(text):
        return Message(MADE_A_DAY, {"value": value})
    return Message(UNKNOWN, {"value": value})


UNKNOWN = N_(
    "„%(value)s“ gehört zu keiner Antwort dieser Frage. Ordnen Sie den Wert einer Antwort zu, oder"
    " berichtigen Sie die Datei."
)
MADE_A_DAY = N_(
    "„%(value)s“ ist ein Datum; vielleicht hat Excel es aus einer Antwort wie „1-2“ gemacht. Ordnen"
    " Sie den Wert zu, oder berichtigen Sie die Datei."
)
EXCEL_FAILED = N_(
    "Hier steht ein Fehler von Excel statt eines Textes. Leeren oder berichtigen Sie die Zelle."
)
