"""The nine parts of a measure's master data, and which of them say something already.

A part is a page of the form and a heading of its overview. It counts as filled as soon as it says
anything: whoever does not know the rest is not asked to invent it.
"""

from collections.abc import Sequence
from enum import StrEnum

from survey_app.domain.goal import Goal
from survey_app.domain.master_data import (
    Attendance,
    Consequence,
    Costs,
    MasterData,
    Participation,
    Realisation,
    TargetGroup,
)
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_


class Part(StrEnum):
    """One part. Its value is the last word of its address."""

    BASICS = "grunddaten"
    GOALS = "ziele"
    TARGET_GROUP = "zielgruppe"
    PARTICIPATION = "beteiligung"
    ATTENDANCE = "teilnahme"
    COSTS = "kosten"
    REALISATION = "umsetzung"
    QUALITY = "qualitaet"
    CONSEQUENCE = "konsequenz"

    @property
    def label(self) -> str:
        """Return the German heading, to be translated."""
        return PARTS[self]

    @property
    def next(self) -> "Part | None":
        """Return the part that follows, None after the last."""
        parts = list(Part)
        return next(iter(parts[parts.index(self) + 1 :]), None)


def filled_parts(measure: Measure, goals: Sequence[Goal]) -> frozenset[Part]:
    """Return the parts that say something."""
    master = measure.master
    said = {
        Part.BASICS: True,
        Part.GOALS: bool(goals),
        Part.TARGET_GROUP: _says_for_whom(master),
        Part.PARTICIPATION: master.participation != Participation(),
        Part.ATTENDANCE: measure.participants is not None or master.attendance != Attendance(),
        Part.COSTS: master.costs != Costs(),
        Part.REALISATION: master.realisation != Realisation(),
        Part.QUALITY: bool(master.quality),
        Part.CONSEQUENCE: master.consequence != Consequence(),
    }
    return frozenset(part for part, says in said.items() if says)


def _says_for_whom(master: MasterData) -> bool:
    asked = (master.field_of_action, master.approach)
    return master.target_group != TargetGroup() or any(each is not None for each in asked)


PARTS = {
    Part.BASICS: N_("Grunddaten"),
    Part.GOALS: N_("Ziele"),
    Part.TARGET_GROUP: N_("Zielgruppe und Ansatz"),
    Part.PARTICIPATION: N_("Beteiligung junger Menschen"),
    Part.ATTENDANCE: N_("Termine und Teilnahme"),
    Part.COSTS: N_("Kosten und Förderung"),
    Part.REALISATION: N_("Umsetzung und Kooperation"),
    Part.QUALITY: N_("Good Practice (Selbsteinschätzung)"),
    Part.CONSEQUENCE: N_("Wie es weitergeht"),
}
