"""The master data of a measure as it is read: label and value, only what is known.

Money and hours are said as they are written here (amounts.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from survey_app.domain.amounts import euros, hours
from survey_app.domain.goal import LATE, Goal
from survey_app.domain.master_data import MasterData
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_, NN_, Message, Number
from survey_app.domain.parts import Part
from survey_app.domain.towns import towns_named
from survey_app.services import choosing
from survey_app.services.measures import KnownMeasure

PERIOD = N_("%(first)s bis %(last)s")
MONEY = N_("%(amount)s €")
HOURS = N_("%(hours)s Stunden")
PERSONS = NN_("%(n)s Person", "%(n)s Personen")
PLAIN = "%(it)s"


@dataclass(frozen=True)
class Fact:
    """One thing that is known: a German label, to be translated, and what is said."""

    label: str
    said: tuple[Message, ...]


@dataclass(frozen=True)
class GoalFact:
    """A goal as it is read; `late` says that its target was set when answers were coming in."""

    goal: Goal
    indicator: Message
    late: str


def facts_of(part: Part, measure: Measure) -> tuple[Fact, ...]:
    """Return what is known in one part; goals are read as goals (`goal_facts`)."""
    if part is Part.GOALS:
        return ()
    if part is Part.BASICS:
        return tuple(_basics(measure))
    if part is Part.ATTENDANCE:
        return tuple(_attendance(measure))
    if part is Part.COSTS:
        return tuple(_costs(measure))
    return tuple(OF_MASTER_DATA[part](measure.master))


def goal_facts(known: KnownMeasure) -> tuple[GoalFact, ...]:
    """Return the goals of a measure as they are read."""
    return tuple(
        GoalFact(goal, indicator_said(goal), LATE if goal.is_late(known.first_opened) else "")
        for goal in known.goals
    )


def indicator_said(goal: Goal) -> Message:
    """Return by what one sees that a goal is reached: the question, or the words of staff."""
    if goal.indicator is None:
        return _plain(goal.other)
    asked = choosing.questionnaires().get(goal.indicator.questionnaire)
    variables = asked.codebook() if asked else ()
    texts = (each.text for each in variables if each.name == goal.indicator.variable)
    return Message(N_("„%(question)s“"), {"question": next(texts, str(goal.indicator))})


def _basics(measure: Measure) -> Iterator[Fact]:
    yield Fact(N_("Kurzbeschreibung"), (_plain(measure.summary),))
    yield Fact(N_("Themen"), tuple(Message(topic.label) for topic in measure.topics))
    yield Fact(N_("Kommune"), (towns_named(measure),))
    yield Fact(N_("Träger"), (_plain(measure.organisation.name),))
    if measure.master.carried_out_by:
        yield Fact(N_("Durchgeführt von"), (_plain(measure.master.carried_out_by),))
    if measure.site:
        yield Fact(N_("Einrichtung"), (_plain(measure.site.name),))
    if measure.kind_of_place:
        yield Fact(N_("Art des Ortes"), (Message(measure.kind_of_place.label),))
    yield Fact(N_("Zeitraum"), (_period(measure),))


def _period(measure: Measure) -> Message:
    """Return the first and the last day, or the only one."""
    if measure.starts_on == measure.ends_on:
        return Message(PLAIN_DAY, {"day": measure.starts_on})
    return Message(PERIOD, {"first": measure.starts_on, "last": measure.ends_on})


def _target_group(master: MasterData) -> Iterator[Fact]:
    group = master.target_group
    if group.age_from is not None or group.age_to is not None:
        ages = {"from": group.age_from, "to": group.age_to}
        yield Fact(N_("Alter"), (Message(_age_sentence(group.age_from, group.age_to), ages),))
    if group.special_need:
        yield Fact(N_("Braucht es besonders"), (_plain(group.special_need),))
    if master.field_of_action:
        yield Fact(N_("Handlungsfeld"), (Message(master.field_of_action.label),))
    if master.approach:
        yield Fact(N_("Ansatz"), (Message(master.approach.label),))


def _age_sentence(lowest: int | None, highest: int | None) -> str:
    if lowest is None:
        return N_("bis %(to)s Jahre")
    return N_("ab %(from)s Jahren") if highest is None else N_("%(from)s bis %(to)s Jahre")


def _participation(master: MasterData) -> Iterator[Fact]:
    known = master.participation
    if known.stage:
        said = {"stage": known.stage.value, "label": Message(known.stage.label)}
        yield Fact(N_("Stufe"), (Message(N_("%(stage)s von 9 – %(label)s"), said),))
    if known.decided:
        yield Fact(N_("Das haben junge Menschen entschieden"), (_plain(known.decided),))


def _attendance(measure: Measure) -> Iterator[Fact]:
    known = measure.master.attendance
    for label, number in (
        (N_("Durchgänge"), measure.sessions),
        (N_("Eingeladene"), measure.invited),
        (N_("Angemeldete"), known.registered),
        (N_("Teilnehmende"), measure.participants),
        (N_("Fachkräfte"), known.professionals),
    ):
        if number is not None:
            yield Fact(label, (Message(PLAIN, {"it": Number(number)}),))
    if known.occasions:
        yield Fact(N_("Termine"), tuple(map(_occasion, known.occasions)))
    if known.minutes is not None:
        yield Fact(N_("Umfang"), (Message(HOURS, {"hours": hours(known.minutes)}),))


def _occasion(occasion: object) -> Message:
    day, minutes, attended = (getattr(occasion, name) for name in ("day", "minutes", "attended"))
    values: dict[str, object] = {"day": day}
    text = PLAIN_DAY
    if minutes is not None:
        values["hours"] = Message(HOURS, {"hours": hours(minutes)})
        text = DAY_AND_HOURS
    if attended is not None:
        values["people"] = Message.counted(PERSONS, attended, {"n": attended})
        text = DAY_AND_PEOPLE if minutes is None else DAY_HOURS_AND_PEOPLE
    return Message(text, values)


def _costs(measure: Measure) -> Iterator[Fact]:
    known = measure.master.costs
    for label, cents in (
        (N_("Geplant"), known.planned),
        (N_("Tatsächlich"), known.actual),
        (N_("Eigenmittel"), known.own_funds),
    ):
        if cents is not None:
            yield Fact(label, (_money(cents),))
    unknown = [name for name in measure.funders if name not in {f.funder for f in known.funding}]
    funding = [
        _plain(each.funder)
        if each.cents is None
        else Message("%(funder)s: %(money)s", {"funder": each.funder, "money": _money(each.cents)})
        for each in known.funding
    ]
    if funding or unknown:
        yield Fact(N_("Förderung"), (*funding, *map(_plain, unknown)))
    if known.staff_minutes is not None:
        yield Fact(N_("Personal"), (Message(HOURS, {"hours": hours(known.staff_minutes)}),))


def _realisation(master: MasterData) -> Iterator[Fact]:
    known = master.realisation
    if known.partners:
        yield Fact(N_("Kooperationspartner"), tuple(map(_plain, known.partners)))
    if known.structure:
        yield Fact(N_("Rahmen"), (_plain(known.structure),))
    if known.deviations:
        yield Fact(N_("Ablauf"), (_plain(known.deviations),))


def _quality(master: MasterData) -> Iterator[Fact]:
    for each in master.quality:
        yield Fact(each.criterion.label, (Message(each.rating.label),))


def _consequence(master: MasterData) -> Iterator[Fact]:
    known = master.consequence
    if known.decision:
        yield Fact(N_("Entscheidung"), (Message(known.decision.label),))
    if known.reason:
        yield Fact(N_("Was genau, und warum"), (_plain(known.reason),))
    if known.responsible:
        yield Fact(N_("Zuständig"), (_plain(known.responsible),))
    if known.due_on:
        yield Fact(N_("Bis"), (Message(PLAIN, {"it": known.due_on}),))


def _plain(text: str) -> Message:
    return Message(PLAIN, {"it": text})


def _money(cents: int) -> Message:
    return Message(MONEY, {"amount": euros(cents)})


PLAIN_DAY = "%(day)s"
DAY_AND_HOURS = "%(day)s · %(hours)s"
DAY_AND_PEOPLE = "%(day)s · %(people)s"
DAY_HOURS_AND_PEOPLE = "%(day)s · %(hours)s · %(people)s"
OF_MASTER_DATA = {
    Part.TARGET_GROUP: _target_group,
    Part.PARTICIPATION: _participation,
    Part.REALISATION: _realisation,
    Part.QUALITY: _quality,
    Part.CONSEQUENCE: _consequence,
}
