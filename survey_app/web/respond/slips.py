"""A phone with a slip: its page is that of the way in, and no page holds a slip's code.

    /q/SLIP            the form, as long as the slip is good
    ?lang=tr&via=WAY   where that form goes: the same address again, so the browser adds the code

A page is drawn once for all slips of a way in (ADR 010), because everything in it is the same: the
slip stands in the address of the browser alone. `via` names the way in. So a form can be taken in
without looking for its slip first, and somebody whose wave was closed meanwhile, when no slip is
known any more, still hears that it is closed.

A form whose slip is refused comes back with all that was answered and a field for another slip.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from flask import request

from survey_app.domain.collector import printed_code, read_code
from survey_app.domain.messages import N_
from survey_app.domain.response import RawAnswers
from survey_app.languages import Language
from survey_app.services import slips
from survey_app.services.collecting import Door, Receipt
from survey_app.web.house import House
from survey_app.web.respond.doors import Doors, Entrance
from survey_app.web.respond.pages import SlipProblem
from survey_app.web.speaking import PARAMETER

SLIP: Final = "slip"
VIA: Final = "via"
NO_CODE: Final = ""

SLIP_REFUSED: Final = {
    Receipt.SLIP_NEEDED: SlipProblem(
        N_("Hier brauchst du einen Zettel"),
        N_("Zieh einen Zettel und tipp seinen Code hier ein. Deine Antworten sind noch da."),
    ),
    Receipt.SLIP_UNKNOWN: SlipProblem(
        N_("Dieser Zettel gilt hier nicht"),
        N_(
            "Prüf den Code, oder zieh einen neuen Zettel und tipp den Code hier ein. Deine"
            " Antworten sind noch da."
        ),
    ),
    Receipt.SLIP_USED: SlipProblem(
        N_("Dieser Zettel wurde schon benutzt"),
        N_(
            "Jeder Zettel zählt einmal. Zieh einen neuen und tipp seinen Code hier ein. Deine"
            " Antworten sind noch da."
        ),
    ),
}


@dataclass(frozen=True)
class Held:
    """What is behind a slip's code."""

    entrance: Entrance
    used: bool


class SlipDoors:
    """The entrances of ways in that ask for a slip, as whoever holds one sees them."""

    def __init__(self, house: House, find: Callable[[str], Door | None]) -> None:
        self._house = house
        self._find = find
        self._doors = Doors(self._found, house.languages, house.clock)

    def behind(self, typed: str) -> Held | None:
        """Return what is behind the code of a slip as somebody typed it, or None."""
        code = read_code(typed)
        found = slips.held(self._house.database, code) if code else None
        entrance = self._doors.behind(found.collector) if found else None
        return Held(entrance, found.used) if found and entrance else None

    def asked(self, entrance: Entrance | None) -> Entrance | None:
        """Return the entrance that a form was sent to; without one, that of its way in."""
        if entrance is None:
            return self._doors.behind(request.args.get(VIA, NO_CODE))
        return (
            self._doors.behind(entrance.door.collector.code)
            if asks_for_slip(entrance)
            else entrance
        )

    def in_hand(self, entrance: Entrance, code: str, raw: RawAnswers) -> str | None:
        """Return the slip a form came with: the one typed into it, or that of its address."""
        if not entrance.door.by_slip:
            return None
        typed = "".join(raw.get(SLIP, ())[:1]).strip()
        if typed:
            return read_code(typed) or NO_CODE
        at = read_code(code)
        return None if at == entrance.door.collector.code else at

    def _found(self, code: str) -> Door | None:
        door = self._find(code)
        return replace(door, by_slip=True) if door and door.collector.single_use else None


def asks_for_slip(entrance: Entrance) -> bool:
    """Return whether this is the code of a way in that wants another one, of a slip."""
    return entrance.door.collector.single_use and not entrance.door.by_slip


def slip_address(entrance: Entrance, language: Language) -> str:
    """Return where the form of a slip goes, relative to the page it is on."""
    return f"?{PARAMETER}={language.code}&{VIA}={printed_code(entrance.door.collector.code)}"
