"""The next way to take part in a measure, and when its results were handed back."""

from dataclasses import asdict

from sqlalchemy import Connection, delete, insert, select

from survey_app.domain.handing_back import HandedBack
from survey_app.domain.taking_part import NextWay, Way
from survey_app.storage import schema

TABLE = schema.taking_part
HANDED = schema.handed_back


def put_next_way(connection: Connection, network: int, measure: int, new: NextWay) -> None:
    """Store how to take part next, in the place of what was said before."""
    mine = (TABLE.c.measure == measure, TABLE.c.network == network)
    connection.execute(delete(TABLE).where(*mine))
    values = asdict(new) | {"network": network, "measure": measure}
    connection.execute(insert(TABLE).values(values))


def next_ways(
    connection: Connection, network: int, measure: int | None = None
) -> dict[int, NextWay]:
    """Return how to take part next, by measure: of a whole network, or of one measure."""
    statement = select(TABLE).where(TABLE.c.network == network)
    if measure is not None:
        statement = statement.where(TABLE.c.measure == measure)
    return {
        row.measure: NextWay(
            way=Way(row.way), text=row.text, day=row.day, link=row.link, shown=row.shown
        )
        for row in connection.execute(statement)
    }


def put_handed_back(connection: Connection, network: int, measure: int, new: HandedBack) -> None:
    """Store when results were handed back, in the place of what was recorded before."""
    mine = (HANDED.c.measure == measure, HANDED.c.network == network)
    connection.execute(delete(HANDED).where(*mine))
    values = {"network": network, "measure": measure, "day": new.day, "by": new.by}
    connection.execute(insert(HANDED).values(values))


def handed_back(connection: Connection, network: int) -> dict[int, HandedBack]:
    """Return when results were handed back, by measure."""
    statement = select(HANDED).where(HANDED.c.network == network)
    return {row.measure: HandedBack(row.day, row.by) for row in connection.execute(statement)}
