"""What ruamel.yaml could not read, said so that somebody who writes texts can mend it.

The parser knows where it stumbled, but names it in the terms of the YAML grammar ("expected
<block end>, but found '<scalar>'"). There are few ways to get there by hand: a colon or a quotation
mark inside a text, a tab, a bracket left open, a line moved in or out. Each has its own sentence;
anything else gets a general one at the same place.
"""

import re
from dataclasses import dataclass

from ruamel.yaml.error import MarkedYAMLError, StreamMark

from survey_app.domain.messages import N_, Message
from survey_app.instruments.places import Position


@dataclass(frozen=True)
class _Stumble:
    """One way to stumble: what ruamel says, and what we say.

    `context` is what ruamel was reading, `before` what stands in the line before the place.
    `opening` says that the place to look at is where the construct began, not where it ran out.
    """

    problem: str
    sentence: str
    context: str = ""
    before: str = ""
    opening: bool = False


COLON = N_(
    "hier steht ein zweiter Doppelpunkt in der Zeile. Gehört er zum Text, setze den ganzen Text in"
    " Anführungszeichen"
)
COLON_MISPLACED = N_(
    "dieser Doppelpunkt passt nicht. Ist die Zeile zu weit eingerückt, oder fehlt in der Zeile"
    " davor der Doppelpunkt oder das Leerzeichen dahinter?"
)
TAB = N_("hier steht ein Tabulator. Rücke mit Leerzeichen ein")
SIGN = N_("ein Text darf mit diesem Zeichen nicht anfangen. Setze ihn in Anführungszeichen")
QUOTE_OPEN = N_("das Anführungszeichen, das hier aufgeht, geht nicht wieder zu. Ergänze es am Ende")
ESCAPE = N_(
    "der Rückstrich hat in doppelten Anführungszeichen eine Sonderbedeutung. Schreib ihn doppelt"
    " (\\\\) oder nimm einfache Anführungszeichen"
)
AFTER_QUOTE = N_(
    "hier steht Text hinter einem schließenden Anführungszeichen. Kommt das Zeichen im Text selbst"
    ' vor, setze außen das andere: "Wie war\'s?"'
)
BRACKET_OPEN = N_(
    "diese Klammer geht nicht wieder zu, oder in ihr fehlt ein Komma. Texte mit Komma, Klammer oder"
    " Anführungszeichen gehören ganz in Anführungszeichen"
)
BRACKET_CLOSED = N_("diese Klammer ist zu viel. Streiche sie")
INDENT = N_(
    "die Einrückung passt zu keiner Zeile darüber. Rücke die Zeile so weit ein wie ihre Nachbarn"
)
DASH = N_("vor „- “ gehört eine neue Zeile, eingerückt unter dem Schlüssel")
DIRECTIVE = N_("Zeilen mit %% am Anfang sind hier nicht erlaubt. Streiche sie")
UNREADABLE = N_(
    "ab hier ist das kein gültiges YAML mehr. Prüfe Einrückung, Klammern und Anführungszeichen in"
    " dieser Zeile und in der davor"
)

STUMBLES = (
    _Stumble(r"mapping values are not allowed", COLON, before=r":\s"),
    _Stumble(r"mapping values are not allowed", COLON_MISPLACED),
    _Stumble(r"character '\\t'|tab", TAB),
    _Stumble(r"that cannot start any token", SIGN),
    _Stumble(r"end of stream|document separator", QUOTE_OPEN, "quoted scalar", opening=True),
    _Stumble(r"escape character|hexadecimal", ESCAPE),
    _Stumble(r"expected ',' or '[\]}]'", BRACKET_OPEN, opening=True),
    _Stumble(r"but found '[]}]'", BRACKET_CLOSED),
    _Stumble(r"found '<scalar>'|\('<scalar>'", AFTER_QUOTE),
    _Stumble(r"sequence entries are not allowed", DASH),
    _Stumble(r"expected <block end>|could not find expected ':'", INDENT),
    _Stumble(r"YAML document|duplicate .* directive|tag handle", DIRECTIVE),
    _Stumble(r"", DIRECTIVE, "directive"),
    _Stumble(r"", UNREADABLE),
)


def explained(error: MarkedYAMLError, text: str) -> tuple[Position | None, Message]:
    """Return where to look in `text` and what to do; no position if ruamel gives none."""
    stumble = next(stumble for stumble in STUMBLES if _is(stumble, error, text))
    mark = error.context_mark if stumble.opening else error.problem_mark
    return (position_of(mark) if mark is not None else None), Message(stumble.sentence)


def _is(stumble: _Stumble, error: MarkedYAMLError, text: str) -> bool:
    mark = error.problem_mark
    before = text[: mark.index].rpartition("\n")[2] if mark is not None else ""
    return bool(
        re.search(stumble.problem, str(error.problem or ""))
        and re.search(stumble.context, str(error.context or ""))
        and re.search(stumble.before, before)
    )


def position_of(mark: StreamMark) -> Position:
    """Return ruamel's place (from 0) as editors count (from 1)."""
    return Position(mark.line + 1, mark.column + 1)
