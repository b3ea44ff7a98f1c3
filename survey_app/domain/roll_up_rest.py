"""A municipality beside the rest of its district: the same questions, two groups, no ranking.

    here     the grains of the municipality
    rest     the grains of the whole network in which nobody of the municipality is

Both are sums of whole grains (domain/rollup.py), so their difference, and that of either to the
network, isolates nothing but whole grains. A pool with waves of both stands in neither. The rest
keeps every condition that the municipality keeps: three measures, two institutions, thirty
answers, and no institution that dominates. Where one of both may not be shown, the other is not
set beside it, and the reason is said.

Two intervals that do not overlap differ by more than chance explains; two that overlap may or may
not. Which is larger is plain to see and not said.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from survey_app.domain.codebook import Variable
from survey_app.domain.disclosure import Released, Withheld
from survey_app.domain.ledger import Refused
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_, NN_, Message
from survey_app.domain.roll_up_core import CoreLine, core_lines, enough
from survey_app.domain.rollup import RolledUp
from survey_app.domain.scope import Scope


@dataclass(frozen=True)
class Beside:
    """One question, here and in the rest of the district; `why` says why it is not compared."""

    here: CoreLine
    rest: CoreLine | None
    why: Message | None

    @property
    def overlaps(self) -> bool | None:
        """Return whether both intervals have something in common; None if not compared."""
        if self.rest is None or not (self.here.interval and self.rest.interval):
            return None
        one, two = self.here.interval, self.rest.interval
        return one.low <= two.high and two.low <= one.high


@dataclass(frozen=True)
class RestOfDistrict:
    """All questions that are shown here; `why` says why none of them is compared."""

    rows: tuple[Beside, ...]
    why: Message | None
    answers: int
    measures: int

    @property
    def finding(self) -> Message | None:
        """Return how many answers differ by more than chance explains."""
        known = [each.overlaps for each in self.rows if each.overlaps is not None]
        if not known:
            return None
        apart = known.count(False)
        if len(known) == 1:
            return Message(ONE_APART if apart else ONE_ALIKE)
        if not apart:
            return Message(ALIKE)
        return Message.counted(APART, apart, {"apart": apart, "all": len(known)})


@dataclass(frozen=True)
class Rest:
    """What is counted of the rest; `at` is the measure of each of its waves."""

    rolled: RolledUp | Refused
    at: Mapping[int, Measure]


def rest_of_district(
    scope: Scope, lines: Iterable[CoreLine], rest: Rest | None
) -> RestOfDistrict | None:
    """Return the comparison; None where nothing is shown that could be compared."""
    shown = [line for line in lines if line.share is not None]
    if rest is None or not shown:
        return None
    told, why = enough(scope, rest.rolled, rest.at)
    if told is None:
        return RestOfDistrict((), Message(NO_REST) if why else None, 0, 0)
    waves = (wave for grain in told.release.grains for wave in grain)
    measures = {rest.at[wave].id for wave in waves}
    rows = tuple(_rows(scope, shown, told, rest.at))
    return RestOfDistrict(rows, None, told.answers, len(measures))


def _rows(
    scope: Scope, shown: Iterable[CoreLine], rest: RolledUp, at: Mapping[int, Measure]
) -> Iterator[Beside]:
    here = {line.variable.name: line for line in shown}
    asked: dict[str, Variable] = {name: line.variable for name, line in here.items()}
    there = {line.variable.name: line for line in core_lines(scope, rest, asked, at)}
    for name, line in here.items():
        yield _beside(line, there.get(name))


def _beside(here: CoreLine, rest: CoreLine | None) -> Beside:
    if rest is None:
        return Beside(here, None, Message(NOT_ASKED))
    if isinstance(rest.table, Withheld):
        return Beside(here, None, rest.table.message)
    if isinstance(rest.table, Message):
        return Beside(here, None, Message(NO_REST))
    if not isinstance(here.table, Released) or _steps(here.table) != _steps(rest.table):
        return Beside(here, None, Message(OTHER_STEPS))
    return Beside(here, rest, None)


def _steps(table: Released) -> tuple[str, ...]:
    return tuple(str(cell.code) for cell in table.cells)


NO_REST: Final = N_(
    "Kein Vergleich: Aus dem übrigen Kreis gibt es zu wenige Maßnahmen, Einrichtungen oder"
    " Antworten. Es gelten dieselben Grenzen wie für eine Kommune."
)
NOT_ASKED: Final = N_("Im übrigen Kreis nicht gefragt.")
OTHER_STEPS: Final = N_(
    "Kein Vergleich: Zum Schutz sind die Antwortstufen hier und im übrigen Kreis verschieden"
    " zusammengefasst."
)
ALIKE: Final = N_(
    "Hier und im übrigen Kreis überschneiden sich alle Bereiche: Die Unterschiede können Zufall"
    " sein."
)
ONE_ALIKE: Final = N_(
    "Bei der einen Frage überschneiden sich die Bereiche: Der Unterschied kann Zufall sein."
)
ONE_APART: Final = N_(
    "Bei der einen Frage überschneiden sich die Bereiche nicht: Der Unterschied ist größer, als der"
    " Zufall erklärt."
)
APART: Final = NN_(
    "Bei %(apart)s von %(all)s Fragen überschneiden sich die Bereiche nicht: Der Unterschied ist"
    " größer, als der Zufall erklärt.",
    "Bei %(apart)s von %(all)s Fragen überschneiden sich die Bereiche nicht: Die Unterschiede sind"
    " größer, als der Zufall erklärt.",
)
