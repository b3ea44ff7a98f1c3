"""A selection of measures as an address: everything somebody chose stands in it.

So the way back works, and a list can be sent to a colleague, who finds in it what lies within
their own reach. What makes no sense in an address is left out, as if it had not been asked for.

    /team/massnahmen?suche=stress&kommune=3&thema=media_literacy&jahr=2026
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final, TypeVar

from survey_app.domain.measure import Setting, Topic
from survey_app.domain.selection import DISTRICT, Order, Selection, Standing

PAGE: Final = "seite"
DISTRICT_WIDE: Final = "kreisweit"
LONGEST_SEARCH: Final = 100
LARGEST_ID: Final = 2_147_483_647  # what a column for ids can hold
LAST_YEAR: Final = 9_999

Kind = TypeVar("Kind", bound=StrEnum)


def selection_from(arguments: Mapping[str, str]) -> Selection:
    """Return what an address asks for."""
    place = arguments.get("kommune", "")
    return Selection(
        text=arguments.get("suche", "").replace("\0", " ").strip()[:LONGEST_SEARCH],
        municipality=DISTRICT if place == DISTRICT_WIDE else _number(place, LARGEST_ID),
        topic=_kind(Topic, arguments.get("thema")),
        setting=_kind(Setting, arguments.get("ort")),
        standing=_kind(Standing, arguments.get("stand")),
        year=year_from(arguments),
        order=_kind(Order, arguments.get("sortierung")) or Order.LATEST,
    )


def year_from(arguments: Mapping[str, str]) -> int | None:
    """Return the year an address asks for."""
    return _number(arguments.get("jahr", ""), LAST_YEAR)


def page_from(arguments: Mapping[str, str]) -> int:
    """Return the page an address asks for."""
    return _number(arguments.get(PAGE, ""), LARGEST_ID) or 1


def arguments_of(selection: Selection) -> dict[str, str]:
    """Return a selection as the arguments of an address, without what says nothing."""
    place = selection.municipality
    order = selection.order if selection.order is not Order.LATEST else None
    said: Mapping[str, str | int | None] = {
        "suche": selection.text,
        "kommune": DISTRICT_WIDE if place == DISTRICT else place,
        "thema": selection.topic,
        "ort": selection.setting,
        "stand": selection.standing,
        "jahr": selection.year,
        "sortierung": order,
    }
    return {name: str(value) for name, value in said.items() if value}


def is_wordy(arguments: Mapping[str, str]) -> bool:
    """Return whether an address holds what a form left empty."""
    return any(not value.strip() for value in arguments.values())


def _kind(kinds: Callable[[str], Kind], value: str | None) -> Kind | None:
    try:
        return kinds(value or "")
    except ValueError:
        return None


def _number(value: str, largest: int) -> int | None:
    if not (value.isascii() and value.isdigit()):
        return None
    number = int(value[:12])
    return number if 0 < number <= largest else None
