"""Goals: what a measure shall reach, and what was promised before."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from survey_app.domain.goal import FormerTarget, Goal, Indicator, NewGoal, Stage
from survey_app.storage import schema

TABLE = schema.goal
KEPT = ("text", "indicator", "other", "target", "stage", "set_on", "set_late", "former")


def add(
    connection: Connection,
    network: int,
    measure: int,
    place: int,
    new: NewGoal,
    *,
    set_on: date,
    set_late: bool,
) -> None:
    """Store a goal."""
    goal = Goal(
        **{name: getattr(new, name) for name in NewGoal.__dataclass_fields__},
        id=0,
        network=network,
        measure=measure,
        place=place,
        set_on=set_on,
        set_late=set_late,
    )
    values = _values(goal) | {"network": network, "measure": measure, "place": place}
    connection.execute(insert(TABLE).values(values))


def change(connection: Connection, goal: Goal) -> None:
    """Store what a goal has become."""
    connection.execute(
        update(TABLE)
        .where(TABLE.c.id == goal.id, TABLE.c.network == goal.network)
        .values(_values(goal))
    )


def remove(connection: Connection, goal: Goal) -> None:
    """Remove a goal."""
    connection.execute(delete(TABLE).where(TABLE.c.id == goal.id, TABLE.c.network == goal.network))


def of_measure(connection: Connection, network: int, measure: int) -> tuple[Goal, ...]:
    """Return the goals of a measure of this network, in their places."""
    return tuple(of_measures(connection, network, [measure]))


def of_measures(connection: Connection, network: int, measures: Sequence[int]) -> list[Goal]:
    """Return the goals of some measures, those of one measure in their places."""
    statement = (
        select(TABLE)
        .where(TABLE.c.network == network, TABLE.c.measure.in_(measures))
        .order_by(TABLE.c.measure, TABLE.c.place)
    )
    return [_goal(row) for row in connection.execute(statement)]


def _values(goal: Goal) -> dict[str, object]:
    values = {name: getattr(goal, name) for name in KEPT}
    former = [asdict(each) for each in goal.former]
    return values | {
        "indicator": str(goal.indicator or ""),
        "stage": int(goal.stage),
        "former": json.dumps(former, ensure_ascii=False, default=date.isoformat),
    }


def _goal(row: Row[Any]) -> Goal:
    values = dict(row._mapping)
    return Goal(
        **values
        | {
            "indicator": Indicator.read(values["indicator"]),
            "stage": Stage(values["stage"]),
            "former": tuple(map(_former, json.loads(values["former"]))),
        }
    )


def _former(kept: dict[str, Any]) -> FormerTarget:
    days = {name: date.fromisoformat(kept[name]) for name in ("set_on", "replaced_on")}
    return FormerTarget(**kept | days)
