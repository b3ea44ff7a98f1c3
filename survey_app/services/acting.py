"""Who does something, and when: what a line of the audit log begins with."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from survey_app.storage import audit


@dataclass(frozen=True)
class By:
    """Who does something, and when."""

    actor: str
    today: date


def note(
    connection: Connection, network: int, by: By, action: str, subject: str, detail: str = ""
) -> None:
    """Write into the audit log what somebody did; it stands or falls with the deed."""
    audit.note(
        connection,
        network=network,
        day=by.today,
        actor=by.actor,
        action=action,
        subject=subject,
        detail=detail,
    )
