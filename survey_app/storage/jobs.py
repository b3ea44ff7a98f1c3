"""Jobs: one row each, for about a day. Every change of state looks at the state before."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update

from survey_app.domain.job import Job, Order, Reason, State
from survey_app.storage import schema
from survey_app.storage.walls import Crossing, across

TABLE = schema.job
UNFINISHED = (State.WAITING, State.RUNNING)


def add(
    connection: Connection,
    *,
    network: int,
    owner: int,
    files: str,
    order: Order,
    until: int,
) -> int:
    """Store a waiting job and return its id."""
    values = {
        "network": network,
        "owner": owner,
        "files": files,
        "order": order.model_dump_json(),
        "state": State.WAITING.value,
        "total": len(order.ids),
        "done": 0,
        "attempts": 0,
        "reason": "",
        "place": "",
        "until": until,
    }
    statement = insert(TABLE).values(values).returning(TABLE.c.id)
    return int(connection.execute(statement).scalar_one())


def get(connection: Connection, network: int, job: int) -> Job | None:
    """Return a job of this network; a foreign one is as good as missing."""
    row = connection.execute(select(TABLE).filter_by(network=network, id=job)).first()
    return _job(tuple(row)) if row else None


def of_owner(connection: Connection, network: int, owner: int) -> list[Job]:
    """Return somebody's jobs, the latest first."""
    statement = select(TABLE).filter_by(network=network, owner=owner).order_by(TABLE.c.id.desc())
    return _jobs(connection, statement)


def unfinished(connection: Connection) -> list[Job]:
    """Return the jobs of all networks that wait or run, in the order they came."""
    statement = select(TABLE).where(TABLE.c.state.in_(UNFINISHED)).order_by(TABLE.c.id)
    return _jobs(connection, statement.execution_options(**across(Crossing.DUE)))


def change(
    connection: Connection, network: int, job: int, *, within: Sequence[State], **values: Any
) -> bool:
    """Change a job if it is in one of these states; return whether it was."""
    statement = update(TABLE).where(
        TABLE.c.network == network, TABLE.c.id == job, TABLE.c.state.in_(within)
    )
    return connection.execute(statement.values(values)).rowcount == 1


def forget(connection: Connection, before: int) -> int:
    """Remove the jobs of all networks whose time is over; return how many there were."""
    statement = delete(TABLE).where(TABLE.c.until < before)
    return connection.execute(statement.execution_options(**across(Crossing.DUE))).rowcount


def folders(connection: Connection) -> set[str]:
    """Return the names of the folders that belong to a job, in all networks."""
    statement = select(TABLE.c.files).execution_options(**across(Crossing.DUE))
    return set(connection.execute(statement).scalars())


def _jobs(connection: Connection, statement: Select[Any]) -> list[Job]:
    return [_job(tuple(row)) for row in connection.execute(statement)]


def _job(row: tuple[Any, ...]) -> Job:
    number, network, owner, files, order, state, total, done, attempts, reason, place, until = row
    return Job(
        id=number,
        network=network,
        owner=owner,
        files=files,
        order=Order.model_validate_json(order),
        state=State(state),
        total=total,
        done=done,
        attempts=attempts,
        reason=Reason(reason),
        place=place,
        until=until,
    )
