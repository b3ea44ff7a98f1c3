"""The audit log: what staff and the calendar did. Days and numbers, never a word about answers."""

from datetime import date

from sqlalchemy import Connection, insert

from survey_app.storage import schema


def note(
    connection: Connection,
    *,
    network: int,
    day: date,
    actor: str,
    action: str,
    subject: str,
    detail: str = "",
) -> None:
    """Write one line."""
    values = {
        "network": network,
        "day": day,
        "actor": actor,
        "action": action,
        "subject": subject,
        "detail": detail,
    }
    connection.execute(insert(schema.audit).values(values))
