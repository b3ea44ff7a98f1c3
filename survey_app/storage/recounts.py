"""When a recount replaced what had been counted. No block is read here: a day is no count."""

from datetime import date

from sqlalchemy import Connection, select

from survey_app.storage import schema


def replaced_on(connection: Connection, network: int, measure: int) -> dict[int, date]:
    """Return when the blocks of a measure were replaced, by wave; most never were."""
    block, wave = schema.block, schema.wave
    statement = (
        select(block.c.wave, block.c.replaced_on)
        .join(wave, wave.c.id == block.c.wave)
        .where(
            block.c.network == network,
            wave.c.measure == measure,
            block.c.replaced_on.is_not(None),
        )
    )
    return {row.wave: row.replaced_on for row in connection.execute(statement)}
