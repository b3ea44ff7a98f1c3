"""What a sheet says beside the answers: conditions, course, result, quality and costs.

All of it comes from the master data, as staff wrote it down; what they left empty does not appear.
Structure, process and outcome are the three sides of quality (Donabedian, GKV guide). Costs are set
against people and hours, never against an effect: nobody knows what an effect costs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from survey_app.domain.good_practice import Criterion, Rating
from survey_app.domain.lights import JudgedGoal, Light
from survey_app.domain.master_data import ParticipationStage
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_, NN_, Message, Number

MOST_BULLETS: Final = 5


@dataclass(frozen=True)
class Money:
    """An amount in cents, to be said in euros."""

    cents: int


@dataclass(frozen=True)
class Side:
    """One of the three sides of quality, with what is known of it."""

    title: str
    bullets: tuple[Message, ...]


@dataclass(frozen=True)
class CostLine:
    """One line of the costs; `name` is a funder as staff wrote it, or a sentence of ours."""

    name: Message | str
    cents: int


def sides(measure: Measure, goals: Sequence[JudgedGoal]) -> tuple[Side, ...]:
    """Return structure, process and outcome; nothing at all if nothing is known."""
    found = (
        Side(STRUCTURE, tuple(_structure(measure))[:MOST_BULLETS]),
        Side(PROCESS, tuple(_process(measure))[:MOST_BULLETS]),
        Side(OUTCOME, tuple(_outcome(measure, goals))[:MOST_BULLETS]),
    )
    return found if any(side.bullets for side in found) else ()


def _structure(measure: Measure) -> Iterator[Message]:
    master = measure.master
    if master.attendance.professionals:
        number = master.attendance.professionals
        yield Message.counted(PROFESSIONALS, number, {"number": number})
    if master.realisation.partners:
        yield Message(PARTNERS, {"names": ", ".join(master.realisation.partners)})
    if master.realisation.structure:
        yield Message(WRITTEN, {"text": master.realisation.structure})
    if master.approach:
        yield Message(APPROACH, {"approach": Message(master.approach.label)})
    if master.target_group.special_need:
        yield Message(NEED, {"text": master.target_group.special_need})


def _process(measure: Measure) -> Iterator[Message]:
    master = measure.master
    dates = len(master.attendance.occasions)
    if dates:
        yield Message.counted(DATES, dates, {"dates": dates})
    if master.realisation.deviations:
        yield Message(DEVIATION, {"text": master.realisation.deviations})
    stage = master.participation.stage
    if stage is not None:
        last = len(ParticipationStage)
        yield Message(STAGE, {"stage": int(stage), "last": last, "name": Message(stage.label)})
    if master.participation.decided:
        yield Message(DECIDED, {"text": master.participation.decided})


def _outcome(measure: Measure, goals: Sequence[JudgedGoal]) -> Iterator[Message]:
    master = measure.master
    minutes = master.attendance.contact_minutes
    if minutes:
        spent = round(minutes / 60)
        yield Message.counted(CONTACT_HOURS, spent, {"hours": Number(spent)})
    known = [goal for goal in goals if goal.light is not Light.GREY]
    if known:
        reached = sum(goal.light is Light.GREEN for goal in known)
        yield Message(REACHED, {"reached": reached, "known": len(known)})
    consequence = master.consequence
    if consequence.decision:
        yield Message(CONSEQUENCE, {"decision": Message(consequence.decision.label)})
    if consequence.reason:
        yield Message(WRITTEN, {"text": consequence.reason})


def profile(measure: Measure) -> tuple[tuple[Criterion, Rating | None], ...]:
    """Return all twelve criteria with their rating; nothing if none was rated."""
    if not measure.master.quality:
        return ()
    return tuple((criterion, measure.master.rating_of(criterion)) for criterion in Criterion)


def cost_lines(measure: Measure) -> tuple[CostLine, ...]:
    """Return what was planned and spent, by whom it was paid, and what came to each person."""
    costs = measure.master.costs
    named = ((PLANNED, costs.planned), (ACTUAL, costs.actual), (OWN, costs.own_funds))
    lines = [CostLine(Message(name), cents) for name, cents in named if cents is not None]
    lines += [CostLine(each.funder, each.cents) for each in costs.funding if each.cents is not None]
    return (*lines, *_per(measure))


def _per(measure: Measure) -> Iterator[CostLine]:
    spent, people = measure.master.costs.actual, measure.participants
    minutes = measure.master.attendance.contact_minutes
    if spent is not None and people:
        yield CostLine(Message(PER_PERSON), round(spent / people))
    if spent is not None and minutes:
        yield CostLine(Message(PER_HOUR), round(60 * spent / minutes))


STRUCTURE: Final = N_("Rahmen")
PROCESS: Final = N_("Ablauf")
OUTCOME: Final = N_("Ergebnis")
PROFESSIONALS: Final = NN_("%(number)s Fachkraft", "%(number)s Fachkräfte")
PARTNERS: Final = N_("Mit dabei: %(names)s")
WRITTEN: Final = N_("%(text)s")
APPROACH: Final = N_("Ansatz: %(approach)s")
NEED: Final = N_("Besonders für: %(text)s")
DATES: Final = NN_("%(dates)s Termin", "%(dates)s Termine")
DEVIATION: Final = N_("Anders als geplant: %(text)s")
STAGE: Final = N_("Beteiligung: Stufe %(stage)s von %(last)s, %(name)s")
DECIDED: Final = N_("Das haben die Jugendlichen entschieden: %(text)s")
CONTACT_HOURS: Final = NN_(
    "%(hours)s Stunde mit Jugendlichen, über alle zusammengezählt",
    "%(hours)s Stunden mit Jugendlichen, über alle zusammengezählt",
)
REACHED: Final = N_("Ziele nach den Antworten erreicht: %(reached)s von %(known)s")
CONSEQUENCE: Final = N_("Wie es weitergeht: %(decision)s")
PLANNED: Final = N_("Geplant")
ACTUAL: Final = N_("Ausgegeben")
OWN: Final = N_("davon eigene Mittel")
PER_PERSON: Final = N_("je teilnehmender Person")
PER_HOUR: Final = N_("je Person und Stunde")
