"""How the paper of a network looks: choosing its colour, uploading its logo.

A logo is taken only if it can be drawn: after it was re-encoded it is printed once for nobody. So
no upload can be the reason why a poster fails ten minutes before an activity.
"""

from dataclasses import replace
from datetime import date
from typing import Final

from survey_app.domain.branding import Branding, read_colour
from survey_app.domain.messages import N_
from survey_app.rendering.logos import read_logo, refusal
from survey_app.rendering.pdf import RenderingFailed
from survey_app.rendering.prints.base import logo_document
from survey_app.services.printing import Printer
from survey_app.storage import audit, branding
from survey_app.storage.database import Database

ACTION: Final = "branding"
FAULTS_OF_THE_PRINTER: Final = ("busy", "closed", "not started")
CANNOT_BE_DRAWN: Final = N_(
    "Das Logo lässt sich nicht zeichnen. Bitte laden Sie es in einer anderen Fassung hoch."
)


def branding_of(database: Database, network: int) -> Branding:
    """Return how the paper of a network looks; ours, if it never chose."""
    with database.read() as connection:
        return branding.get(connection, network)


def change_colour(
    database: Database, network: int, typed: str, *, today: date, actor: str
) -> Branding:
    """Give a network another colour. Raises InvalidDefinition with the field ``accent``."""
    colour = read_colour(typed)
    with database.write() as connection:
        chosen = replace(branding.get(connection, network), accent=colour)
        branding.put(connection, network, chosen)
        audit.note(
            connection, network=network, day=today, actor=actor, action=ACTION, subject=colour
        )
    return chosen


def change_logo(
    database: Database,
    printer: Printer,
    network: int,
    content: bytes,
    *,
    today: date,
    actor: str,
) -> Branding:
    """Give a network the logo in a file. Raises InvalidDefinition with the field ``logo``.

    Raises RenderingFailed if nothing can be drawn just now.
    """
    logo = read_logo(content)
    try:
        printer.pdf(logo_document(logo))
    except RenderingFailed as error:
        if error.reason in FAULTS_OF_THE_PRINTER:
            raise
        raise refusal(CANNOT_BE_DRAWN) from None
    with database.write() as connection:
        chosen = replace(branding.get(connection, network), logo=logo)
        branding.put(connection, network, chosen)
        subject = f"{logo.kind}, {len(logo.content)} Byte"
        audit.note(
            connection, network=network, day=today, actor=actor, action=ACTION, subject=subject
        )
    return chosen


def remove_logo(database: Database, network: int, *, today: date, actor: str) -> Branding:
    """Take the logo away from a network."""
    with database.write() as connection:
        chosen = replace(branding.get(connection, network), logo=None)
        branding.put(connection, network, chosen)
        audit.note(
            connection, network=network, day=today, actor=actor, action=ACTION, subject="ohne Logo"
        )
    return chosen
