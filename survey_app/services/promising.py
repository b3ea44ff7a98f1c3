"""Answering those who were asked: commitments about a measure, made, changed and taken back.

A commitment is public as soon as results of its measure are. Everything here looks in one network
only; what belongs to another is as missing as what never was.
"""

from datetime import date

from sqlalchemy import Connection

from survey_app.domain.commitment import Commitment, NewCommitment, faults_of, in_order
from survey_app.domain.messages import refuse
from survey_app.storage import audit, commitments, measures
from survey_app.storage.database import Database


def commitments_about(database: Database, network: int, measure: int) -> tuple[Commitment, ...]:
    """Return the commitments about a measure in the order in which they are read."""
    with database.read() as connection:
        return in_order(commitments.of_measure(connection, network, measure))


def find(database: Database, network: int, measure: int, number: int) -> Commitment | None:
    """Return one commitment about a measure, or None."""
    with database.read() as connection:
        return commitments.get(connection, network, measure, number)


def promise(
    database: Database, network: int, measure: int, new: NewCommitment, *, today: date, actor: str
) -> int | None:
    """Store a commitment and return its id; None if the measure is not of this network.

    Raises InvalidDefinition with the name of the field where something is missing.
    """
    refuse(faults_of(new, today))
    with database.write() as connection:
        if measures.get(connection, network, measure) is None:
            return None
        number = commitments.add(connection, network, measure, new)
        _note(connection, network, number, "commit", new, today=today, actor=actor)
        return number


def change(
    database: Database, commitment: Commitment, new: NewCommitment, *, today: date, actor: str
) -> None:
    """Put `new` in the place of what was said; raises InvalidDefinition as `promise` does."""
    refuse(faults_of(new, today))
    with database.write() as connection:
        commitments.change(connection, commitment, new)
        number, network = commitment.id, commitment.network
        _note(connection, network, number, "change_commitment", new, today=today, actor=actor)


def take_back(database: Database, commitment: Commitment, *, today: date, actor: str) -> None:
    """Remove a commitment. What was promised and does not work out is better declined."""
    with database.write() as connection:
        commitments.remove(connection, commitment)
        number, network = commitment.id, commitment.network
        _note(
            connection, network, number, "remove_commitment", commitment, today=today, actor=actor
        )


def _note(
    connection: Connection,
    network: int,
    number: int,
    action: str,
    said: NewCommitment,
    *,
    today: date,
    actor: str,
) -> None:
    audit.note(
        connection,
        network=network,
        day=today,
        actor=actor,
        action=action,
        subject=f"commitment {number}",
        detail=said.status.value,
    )
