"""Closing a wave: shuffle, count once, destroy.

In one transaction the wave is shut, its sheets and texts are copied in random order under new
random keys, the copy is counted into the block, and everything that came from the phones is
destroyed with the secret that gave the keys their meaning. A submission that is on its way while
the button is pressed is either in the count or answered with "closed"; nothing is acknowledged and
dropped. Closing is final: to ask again is a new wave.

For a few days the shuffled sheets remain, so that a counting error can be mended by `recount`,
which leaves a line in the audit log either way. A block that was shown is replaced only if the
difference tells of nobody (domain/recount.py), and only once: two differences of many can add up to
one of a single person. What is in a pool is a few people's, and so is every difference: it stays.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection

from survey_app.domain.block import Block, block_of
from survey_app.domain.recount import may_replace
from survey_app.domain.tabulation import tabulate
from survey_app.domain.wave import Wave
from survey_app.services.scrubbing import scrub_traces
from survey_app.storage import audit, blocks, ledger, sheets, traces, waves
from survey_app.storage.database import Database
from survey_app.storage.schema import FROM_PHONES

CALENDAR = "calendar"


class Closing(StrEnum):
    """What became of the wish to close a wave."""

    CLOSED = "closed"
    ALREADY_CLOSED = "already_closed"
    NOT_YET_OPEN = "not_yet_open"
    UNKNOWN = "unknown"


class Recount(StrEnum):
    """What a recount found."""

    SAME = "same"
    REPLACED = "replaced"
    KEPT = "kept"
    SHEETS_DESTROYED = "sheets_destroyed"
    UNKNOWN = "unknown"


def close_wave(
    database: Database, network: int, wave_id: int, *, today: date, actor: str
) -> Closing:
    """Close a wave for good and count it."""
    with database.write() as connection:
        waves.shut(connection, wave_id)
        wave = waves.get(connection, network, wave_id)
        if wave is None:
            return Closing.UNKNOWN
        if wave.closed_on is not None:
            return Closing.ALREADY_CLOSED
        if not _has_begun(connection, wave, today):
            return Closing.NOT_YET_OPEN
        close_within(connection, wave, today=today, actor=actor)
    scrub_traces(database)
    return Closing.CLOSED


def close_due_waves(database: Database, today: date) -> int:
    """Close and count every wave whose last day is over; return how many there were."""
    with database.read() as connection:
        due = waves.due(connection, today)
    closed = [
        close_wave(database, wave.network, wave.id, today=today, actor=CALENDAR) for wave in due
    ]
    return closed.count(Closing.CLOSED)


def recount(database: Database, network: int, wave_id: int, *, today: date, actor: str) -> Recount:
    """Count the shuffled sheets of a closed wave again, and replace the block if it was wrong.

    Nothing is released meanwhile. A block that was shown stays if the difference is somebody's.
    """
    with database.write() as connection:
        ledger.lock(connection, network)
        wave = waves.get(connection, network, wave_id)
        known = blocks.of_waves(connection, network, [wave_id])
        if wave is None or wave_id not in known:
            return Recount.UNKNOWN
        counted = count(connection, wave, texts=_texts_of(known[wave_id]))
        if counted.base == 0 < known[wave_id].base:
            return Recount.SHEETS_DESTROYED
        shown = ledger.of_waves(connection, network, [wave_id])
        may_change = shown.grain_of(wave_id) is None or (
            not shown.is_pooled(wave_id)
            and not blocks.is_replaced(connection, network, wave_id)
            and may_replace(known[wave_id], counted)
        )
        result = _found(known[wave_id], counted, may_change=may_change)
        if result is Recount.REPLACED:
            blocks.replace(connection, network, wave_id, counted, today)
        _note(connection, wave, today=today, actor=actor, action="recount", detail=result.value)
    return result


def _found(known: Block, counted: Block, *, may_change: bool) -> Recount:
    if counted == known:
        return Recount.SAME
    return Recount.REPLACED if may_change else Recount.KEPT


def count(connection: Connection, wave: Wave, *, texts: Mapping[str, int]) -> Block:
    """Return the block of the shuffled sheets of a wave."""
    tabulation = tabulate(wave.questionnaire, sheets.closed(connection, wave.id))
    return block_of(wave.questionnaire, tabulation, texts)


def close_within(connection: Connection, wave: Wave, *, today: date, actor: str) -> None:
    """Shuffle, count and destroy within a transaction; `database.scrub` belongs behind it."""
    sheets.shuffle(connection, wave.id)
    block = count(connection, wave, texts=sheets.count_texts(connection, wave.id))
    blocks.add(connection, wave.network, wave.id, block)
    sheets.destroy_open(connection, wave.id)
    waves.mark_closed(connection, wave.network, wave.id, today)
    traces.note(connection, FROM_PHONES)
    _note(connection, wave, today=today, actor=actor, action="close", detail="")


def _has_begun(connection: Connection, wave: Wave, today: date) -> bool:
    """Return whether there is something to close: a wave held back may have begun before."""
    if wave.awaits_approval:
        return bool(sheets.count_open(connection, [wave.id]))
    return today >= wave.opens_on


def _texts_of(block: Block) -> Mapping[str, int]:
    """Return the text counts of a block: reviewed texts change, their first count does not."""
    return {text.variable: text.count for text in block.texts}


def _note(
    connection: Connection, wave: Wave, *, today: date, actor: str, action: str, detail: str
) -> None:
    audit.note(
        connection,
        network=wave.network,
        day=today,
        actor=actor,
        action=action,
        subject=f"wave {wave.id}",
        detail=detail,
    )
