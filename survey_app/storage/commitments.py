"""Commitments: what young people said about a measure, and what becomes of it."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from survey_app.domain.commitment import Commitment, NewCommitment, Status
from survey_app.storage import schema

TABLE = schema.commitment


def add(connection: Connection, network: int, measure: int, new: NewCommitment) -> int:
    """Store a commitment and return its id."""
    values = asdict(new) | {"network": network, "measure": measure}
    statement = insert(TABLE).values(values).returning(TABLE.c.id)
    return int(connection.execute(statement).scalar_one())


def change(connection: Connection, commitment: Commitment, new: NewCommitment) -> None:
    """Put `new` in the place of what a commitment said."""
    connection.execute(
        update(TABLE)
        .where(TABLE.c.id == commitment.id, TABLE.c.network == commitment.network)
        .values(asdict(new))
    )


def remove(connection: Connection, commitment: Commitment) -> None:
    """Remove a commitment."""
    connection.execute(
        delete(TABLE).where(TABLE.c.id == commitment.id, TABLE.c.network == commitment.network)
    )


def get(connection: Connection, network: int, measure: int, commitment: int) -> Commitment | None:
    """Return a commitment of this measure of this network; a foreign one is as good as missing."""
    row = connection.execute(
        select(TABLE).filter_by(id=commitment, network=network, measure=measure)
    ).first()
    return _commitment(row) if row else None


def of_measure(connection: Connection, network: int, measure: int) -> list[Commitment]:
    """Return the commitments about a measure, in the order they were made."""
    statement = select(TABLE).filter_by(network=network, measure=measure).order_by(TABLE.c.id)
    return [_commitment(row) for row in connection.execute(statement)]


def of_network(connection: Connection, network: int) -> list[Commitment]:
    """Return the commitments about all measures of a network, in the order they were made."""
    statement = select(TABLE).filter_by(network=network).order_by(TABLE.c.id)
    return [_commitment(row) for row in connection.execute(statement)]


def _commitment(row: Row[Any]) -> Commitment:
    values = dict(row._mapping)
    return Commitment(**values | {"status": Status(values["status"])})
