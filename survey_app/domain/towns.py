"""Where a measure takes place, in words: one town, several, or the whole district.

Kempen                                     one
Kempen, Nettetal und Viersen               a few
6 Kommunen                                 where there is no room for more names
kreisweit
"""

from collections.abc import Sequence
from typing import Final

from survey_app.domain.measure import Measure, Municipality
from survey_app.domain.messages import N_, NN_, Message, Number

MOST_NAMES: Final = 4
"""How many names the head of a sheet has room for."""


def towns_said(measure: Measure) -> Message:
    """Return where a measure takes place, with the official keys."""
    if measure.district_wide:
        return Message(WHOLE_DISTRICT)
    return enumerated([_with_key(town) for town in measure.municipalities])


def towns_in_brief(measure: Measure) -> Message:
    """Return the same where room is short: several without their keys, many as their number."""
    towns = measure.municipalities
    if measure.district_wide or len(towns) == 1:
        return towns_said(measure)
    if len(towns) > MOST_NAMES:
        return Message.counted(SO_MANY, len(towns), {"n": Number(len(towns))})
    return enumerated([town.name for town in towns])


def towns_named(measure: Measure) -> Message:
    """Return where a measure takes place, by name alone, for a page of the workspace."""
    if measure.district_wide:
        return Message(AT_HOME, {"town": measure.municipality.name})
    return enumerated([town.name for town in measure.municipalities])


def enumerated(names: Sequence[str]) -> Message:
    """Return names as a list in words, the last after "und"."""
    *others, last = names
    if not others:
        return Message(PLAIN, {"it": last})
    return Message(AND, {"others": ", ".join(others), "last": last})


def names_of(measure: Measure) -> str:
    """Return the names of the municipalities as they are, for what speaks no language."""
    return ", ".join(town.name for town in measure.municipalities)


def keys_of(measure: Measure) -> str:
    """Return the official keys in the order of the names."""
    return ", ".join(town.ags for town in measure.municipalities)


def _with_key(town: Municipality) -> str:
    return f"{town.name} (AGS {town.ags})"


PLAIN: Final = "%(it)s"
WHOLE_DISTRICT: Final = N_("kreisweit")
AT_HOME: Final = N_("%(town)s (kreisweit)")
AND: Final = N_("%(others)s und %(last)s")
SO_MANY: Final = NN_("%(n)s Kommune", "%(n)s Kommunen")
