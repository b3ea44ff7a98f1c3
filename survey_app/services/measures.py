"""What is known about a measure: changed part by part, held again, removed; and its goals.

Every change writes a line into the audit log: what was changed, never what it says. Goals are the
exception, because their line is the proof of what was promised: before and after stand in it.
Everything looks in one network only; what belongs to another is as missing as what never was.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from survey_app.domain import goal as goal_rules
from survey_app.domain.goal import MOST_GOALS, Goal, NewGoal
from survey_app.domain.measure import Measure, NewMeasure, Publication
from survey_app.domain.messages import N_, Fault, Message, refuse
from survey_app.domain.parts import Part, filled_parts
from survey_app.services import approving
from survey_app.services.acting import By, note
from survey_app.services.fielding import choices_in, faults_of_measure
from survey_app.services.once_more import once_more
from survey_app.storage import goals, measures, waves
from survey_app.storage.database import Database

Change = Callable[[NewMeasure], NewMeasure]

MEASURE_LOCKED = N_("Diese Maßnahme hat Erhebungen. Darum lässt sie sich nicht mehr löschen.")
GOAL_STAYS = N_(
    "Dieses Ziel galt schon, als die Erhebung begann. Es bleibt stehen; ändern können Sie es."
)


@dataclass(frozen=True)
class KnownMeasure:
    """A measure with its goals, and the day since which they are locked."""

    measure: Measure
    goals: tuple[Goal, ...]
    first_opened: date | None
    has_waves: bool

    @property
    def filled(self) -> frozenset[Part]:
        """Return the parts that say something."""
        return filled_parts(self.measure, self.goals)

    def goal_at(self, place: int) -> Goal | None:
        """Return the goal in a place from 1 to 3."""
        return next((goal for goal in self.goals if goal.place == place), None)


def known_measure(
    database: Database, network: int, measure_id: int, today: date
) -> KnownMeasure | None:
    """Return all that is known about a measure of this network."""
    with database.read() as connection:
        return _known(connection, network, measure_id, today)


def goals_of(database: Database, measure: Measure) -> tuple[Goal, ...]:
    """Return the goals of a measure, in their places."""
    with database.read() as connection:
        return goals.of_measure(connection, measure.network.id, measure.id)


@once_more
def change_measure(
    database: Database, network: int, measure_id: int, part: Part, change: Change, by: By
) -> bool:
    """Apply `change` to what is stated now; return whether there is such a measure.

    Only what `change` touches is changed, so two people may fill in two parts at the same time.
    Raises InvalidDefinition with the name of the field.
    """
    with database.write() as connection:
        measures.lock(connection, network, measure_id)
        measure = measures.get(connection, network, measure_id)
        if measure is None:
            return False
        before = measure.as_planned()
        after = change(before)
        if after != before:
            refuse(faults_of_measure(after, choices_in(connection, network)))
            measures.change(connection, network, measure_id, after)
            approving.settle(connection, network, measure_id)
            note(connection, network, by, "change_measure", f"measure {measure_id}", part.value)
        return True


def publish(
    database: Database, network: int, measure_id: int, publication: Publication, by: By
) -> bool:
    """Note how far what is said about a measure has been looked at."""
    with database.write() as connection:
        measures.lock(connection, network, measure_id)
        measure = measures.get(connection, network, measure_id)
        if measure is None:
            return False
        if measure.publication is not publication:
            new = replace(measure.as_planned(), publication=publication)
            measures.change(connection, network, measure_id, new)
            step = f"{measure.publication.value} → {publication.value}"
            note(connection, network, by, "publish_measure", f"measure {measure_id}", step)
        return True


def set_goals(
    database: Database,
    network: int,
    measure_id: int,
    new: Sequence[NewGoal | None],
    by: By,
) -> bool:
    """Put `new` in the three places; None leaves a place empty. Return whether there is a measure.

    Once a wave has opened, what is new or changed is late, what it replaces is kept, and a goal
    that was there cannot be taken away. Raises InvalidDefinition with the place and the field.
    """
    refuse(_faults_of_goals(new))
    with database.write() as connection:
        measures.lock(connection, network, measure_id)
        known = _known(connection, network, measure_id, by.today)
        if known is None:
            return False
        refuse(_faults_of_gone(known, new))
        for place, wanted in enumerate(new, start=1):
            _set_goal(connection, known, place, wanted, by)
        return True


@once_more
def copy_measure(
    database: Database,
    network: int,
    measure_id: int,
    *,
    title: str,
    starts_on: date,
    ends_on: date,
    by: By,
) -> int | None:
    """Plan a measure again in a new period and return its id; None if there is no such measure.

    Its plan goes with it: places, goals, target group, planned costs, funding. What came of it does
    not: waves, answers, commitments, who came, what was spent, what was decided.
    """
    with database.write() as connection:
        known = _known(connection, network, measure_id, by.today)
        if known is None:
            return None
        new = _again(known.measure, title, starts_on, ends_on)
        refuse(faults_of_measure(new, choices_in(connection, network)))
        number = measures.add(connection, network, new)
        for goal in known.goals:
            goals.add(
                connection, network, number, goal.place, goal, set_on=by.today, set_late=False
            )
        note(connection, network, by, "copy_measure", f"measure {number}", f"measure {measure_id}")
        return number


def remove_measure(database: Database, network: int, measure_id: int, by: By) -> bool:
    """Remove a measure that has no waves; return whether there was one.

    Raises InvalidDefinition if it has waves: what people answered does not disappear.
    """
    with database.write() as connection:
        known = _known(connection, network, measure_id, by.today)
        if known is None:
            return False
        refuse([Fault(Message(MEASURE_LOCKED))] if known.has_waves else [])
        measures.remove(connection, network, measure_id)
        note(connection, network, by, "remove_measure", f"measure {measure_id}")
        return True


def _known(
    connection: Connection, network: int, measure_id: int, today: date
) -> KnownMeasure | None:
    measure = measures.get(connection, network, measure_id)
    if measure is None:
        return None
    its_waves = waves.of_measures(connection, network, [measure_id])
    return KnownMeasure(
        measure,
        goals.of_measure(connection, network, measure_id),
        goal_rules.first_opened(its_waves, today),
        has_waves=bool(its_waves),
    )


def _again(measure: Measure, title: str, starts_on: date, ends_on: date) -> NewMeasure:
    return replace(
        measure.as_planned(),
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        invited=None,
        participants=None,
        publication=Publication.DRAFT,
        master=measure.master.for_a_copy(),
    )


def _set_goal(
    connection: Connection, known: KnownMeasure, place: int, wanted: NewGoal | None, by: By
) -> None:
    measure, locked = known.measure, known.first_opened is not None
    there = known.goal_at(place)
    if there is None and wanted is not None:
        goals.add(
            connection,
            measure.network.id,
            measure.id,
            place,
            wanted,
            set_on=by.today,
            set_late=locked,
        )
    elif there is not None and wanted is None:
        goals.remove(connection, there)
    elif there is not None and wanted is not None:
        goals.change(connection, there.changed_to(wanted, by.today, locked=locked))
    said = _what_changed(there, wanted)
    if said:
        late = " late" if locked else ""
        detail = f"goal {place}{late}: {said}"
        note(connection, measure.network.id, by, "set_goal", f"measure {measure.id}", detail)


def _what_changed(before: NewGoal | None, after: NewGoal | None) -> str:
    """Return the change of a goal as the log keeps it; nothing if there was none."""
    if before is None and after is None:
        return ""
    if before and after and before.promise == after.promise and before.stage == after.stage:
        return ""
    return f"{_in_one_line(before)} → {_in_one_line(after)}"


def _in_one_line(goal: NewGoal | None) -> str:
    if goal is None:
        return "–"
    by_what = goal.indicator or goal.other
    return f"„{goal.text}“, {by_what}, {goal.target} %, stage {goal.stage.value}"


def _faults_of_goals(new: Sequence[NewGoal | None]) -> list[Fault]:
    if len(new) > MOST_GOALS:
        raise ValueError(f"a measure has at most {MOST_GOALS} goals")
    return [
        Fault(fault.message, (f"{fault.at[0]}_{place}",))
        for place, goal in enumerate(new, start=1)
        if goal is not None
        for fault in goal_rules.faults_of(goal)
    ]


def _faults_of_gone(known: KnownMeasure, new: Sequence[NewGoal | None]) -> list[Fault]:
    if known.first_opened is None:
        return []
    kept = {place for place, goal in enumerate(new, start=1) if goal is not None}
    return [
        Fault(Message(GOAL_STAYS), (f"text_{goal.place}",))
        for goal in known.goals
        if goal.place not in kept
    ]
