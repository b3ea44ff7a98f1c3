"""Blocks: one frozen count per closed wave."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, insert, select, update

from survey_app.domain.block import Block
from survey_app.storage import schema


def add(connection: Connection, network: int, wave: int, block: Block) -> None:
    """Store the block of a wave; a second one is refused by the database."""
    values = {"network": network, "wave": wave, "content": block.model_dump_json()}
    connection.execute(insert(schema.block).values(values))


def replace(
    connection: Connection, network: int, wave: int, block: Block, replaced_on: date
) -> None:
    """Put a recounted block in the place of a wrong one, and keep the day it happened."""
    table = schema.block
    statement = update(table).where(table.c.wave == wave, table.c.network == network)
    values = {"content": block.model_dump_json(), "replaced_on": replaced_on}
    connection.execute(statement.values(values))


def of_waves(connection: Connection, network: int, waves: Sequence[int]) -> dict[int, Block]:
    """Return the blocks of some waves of this network, by wave."""
    table = schema.block
    statement = select(table.c.wave, table.c.content).where(
        table.c.network == network, table.c.wave.in_(waves)
    )
    return {
        wave: Block.model_validate_json(content) for wave, content in connection.execute(statement)
    }
