"""What schools said to waves, and when somebody last looked at the sheet of a measure."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, delete, insert, select

from survey_app.domain.approval import Approval, Letter, Status
from survey_app.storage import schema

TABLE = schema.approval
READING = schema.sheet_reading


def put(connection: Connection, network: int, wave: int, approval: Approval) -> None:
    """Store what is known about a wave, in the place of what was known before."""
    remove(connection, network, wave)
    values = {
        "network": network,
        "wave": wave,
        "status": approval.status.value,
        "requested_on": approval.requested_on,
        "decided_on": approval.decided_on,
        "decided_by": approval.decided_by,
        "conditions": approval.conditions,
        "letter": approval.letter.value,
    }
    connection.execute(insert(TABLE).values(values))


def remove(connection: Connection, network: int, wave: int) -> None:
    """Forget what is known about a wave."""
    connection.execute(delete(TABLE).where(TABLE.c.wave == wave, TABLE.c.network == network))


def of_waves(connection: Connection, network: int, waves: Sequence[int]) -> dict[int, Approval]:
    """Return what is known about some waves, by wave; of others nothing is."""
    statement = select(TABLE).where(TABLE.c.network == network, TABLE.c.wave.in_(waves))
    return {
        row.wave: Approval(
            status=Status(row.status),
            requested_on=row.requested_on,
            decided_on=row.decided_on,
            decided_by=row.decided_by,
            conditions=row.conditions,
            letter=Letter(row.letter),
        )
        for row in connection.execute(statement)
    }


def note_reading(connection: Connection, network: int, measure: int, day: date) -> None:
    """Note that somebody looked at the sheet of a measure."""
    mine = (READING.c.measure == measure, READING.c.network == network)
    connection.execute(delete(READING).where(*mine))
    connection.execute(insert(READING).values(measure=measure, network=network, read_on=day))


def readings(connection: Connection, network: int) -> dict[int, date]:
    """Return the last day on which somebody looked, by measure."""
    statement = select(READING.c.measure, READING.c.read_on).where(READING.c.network == network)
    return dict(tuple(row) for row in connection.execute(statement))
