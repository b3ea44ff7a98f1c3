"""Closing: shuffle, count once, destroy.

1. The block holds exactly what was counted; its numbers equal hand-computed ones.
2. After closing nothing is left that came from a phone: no open sheet, no open text, no secret, no
   key.
3. Neither the keys nor the place of a sheet in the files tell when it came, on both databases.
4. No byte of a submission id, a key, the wave's secret, the key that opens what a queue sealed, or
   of an order is left in the files.
5. Closing happens once, by button or by calendar; a foreign wave cannot be closed.
6. A recount reproduces the block, or replaces it and says so, in the log and on the sheet; what was
   shown is replaced only if the difference tells of nobody, and once. (Pools: test_releasing.py)
7. Sheets and texts are forgotten when their days are over, and the audit log holds numbers only.
8. Whoever is still reading an older state can keep the files from being scrubbed, but not for good:
   housekeeping does it as soon as that transaction is over, after a crash too.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from scipy.stats import spearmanr
from sqlalchemy import insert, select, text, update

from survey_app.domain.block import Block
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.tabulation import Cell, MissingCounts
from survey_app.services import closing, evaluating, housekeeping, ways_in
from survey_app.services.closing import Closing, Recount
from survey_app.services.collecting import Receipt
from survey_app.services.releasing import released_blocks
from survey_app.storage import blocks, schema, sheets, waves
from tests.support_field import ALBRECHT, TODAY, TOMORROW, Field, field_in

MANY = 400
EARLIER = TODAY - timedelta(days=1)


def close(field: Field) -> Closing:
    return closing.close_wave(
        field.database, field.network, field.wave, today=TODAY, actor=ALBRECHT
    )


def with_a_queue(field: Field) -> None:
    ways_in.set_up_collector(
        field.database,
        field.network,
        field.door.collector.code,
        shared_device=False,
        offline_queue=True,
        today=TODAY,
        actor=ALBRECHT,
    )


def block_of(field: Field) -> Block:
    with field.database.read() as connection:
        return blocks.of_waves(connection, field.network, [field.wave])[field.wave]


def rows(field: Field, table: str) -> int:
    with field.database.read() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def audit(field: Field) -> list[tuple[str, str, str]]:
    columns = (schema.audit.c.actor, schema.audit.c.action, schema.audit.c.detail)
    with field.database.read() as connection:
        return [tuple(row) for row in connection.execute(select(*columns))]


def test_the_block_equals_the_count_by_hand(field: Field) -> None:
    for rating, number, written in (("3", "1", "gut"), ("3", "2", ""), ("1", "", "laut")):
        field.send({"k1": [rating], "nummer": [number], "k9": [written]})
    field.send({"nummer": ["100000"]})
    assert close(field) is Closing.CLOSED
    block = block_of(field)
    assert block.base == 4
    assert [(count.variable, count.count) for count in block.texts] == [("k9", 2)]
    rating_table, number_table = block.tables
    assert rating_table.cells == (
        Cell(code=1, count=1),
        Cell(code=2, count=0),
        Cell(code=3, count=2),
    )
    assert (rating_table.base, rating_table.missing) == (3, MissingCounts(unanswered=1))
    assert [cell.count for cell in number_table.cells] == [2, 0, 0, 0, 1]


def test_nothing_that_came_from_a_phone_is_left(field: Field) -> None:
    with_a_queue(field)
    for number in range(20):
        field.send({"nummer": [str(number)], "k9": ["gut"]})
    assert rows(field, "wave_key") == 1
    close(field)
    assert {table.name: rows(field, table.name) for table in schema.FROM_PHONES} == {
        "open_sheet": 0,
        "open_text": 0,
        "wave_secret": 0,
        "wave_key": 0,
        "slip": 0,
    }
    assert (rows(field, "closed_sheet"), rows(field, "review_text")) == (20, 20)


def test_the_place_of_a_sheet_does_not_tell_when_it_came(field: Field) -> None:
    for number in range(MANY):
        assert field.send({"nummer": [str(number)]}) is Receipt.COUNTED
    close(field)
    with field.database.read() as connection:  # the order in which the database itself finds them
        found = connection.execute(text("SELECT answers FROM closed_sheet")).scalars().all()
    came = [sheets.from_text(answers)["nummer"] for answers in found]
    assert sorted(came) == list(range(MANY))
    # By chance alone |rho| stays below 0.2 but for once in 15,000 runs (MANY = 400).
    assert abs(spearmanr(range(MANY), came).statistic) < 0.2


def test_an_honest_control_finds_the_order_where_there_is_one(field: Field) -> None:
    """Rows under growing keys are found in their order: the test above can fail."""
    with field.database.write() as connection:
        for number in range(MANY):
            values = {"wave": 99, "key": b"%032d" % number, "answers": f'{{"nummer":{number}}}'}
            connection.execute(insert(schema.closed_sheet).values(values))
    with field.database.read() as connection:
        found = connection.execute(text("SELECT answers FROM closed_sheet")).scalars().all()
    came = [sheets.from_text(answers)["nummer"] for answers in found]
    assert spearmanr(range(MANY), came).statistic > 0.99


def files_of(field: Field) -> list[Path]:
    """Return the files that hold the data of this database."""
    if field.database.is_sqlite:
        return sorted(Path(str(field.database.url.database)).parent.iterdir())
    with field.database.read() as connection:
        folder = connection.execute(text("SHOW data_directory")).scalar_one()
        number = connection.execute(
            text("SELECT oid FROM pg_database WHERE datname = current_database()")
        ).scalar_one()
    return sorted(path for path in Path(folder, "base", str(number)).iterdir() if path.is_file())


def bytes_of(field: Field) -> bytes:
    if not field.database.is_sqlite:
        with field.database.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("CHECKPOINT"))
    return b"".join(path.read_bytes() for path in files_of(field))


def test_no_trace_of_a_phone_is_left_in_the_files(field: Field) -> None:
    with_a_queue(field)
    ids = [f"kennung-{number:05}-{random.getrandbits(64):016x}" for number in range(MANY)]
    for number, submission in enumerate(ids):
        field.send({"nummer": [str(number)], "k9": [f"Satz {number}"]}, submission)
    with field.database.read() as connection:
        secret = connection.execute(select(schema.wave_secret.c.secret)).scalar_one()
        keys = connection.execute(select(schema.open_sheet.c.key)).scalars().all()
        keys += connection.execute(select(schema.open_text.c.key)).scalars().all()
        private = connection.execute(select(schema.wave_key.c.private)).scalar_one()
    before = bytes_of(field)
    assert secret in before, "the search would find the secret if it were there"
    assert private in before, "and the key that opens what waits on devices"
    assert sum(key in before for key in keys) == 2 * MANY, "and every key"
    close(field)
    after = bytes_of(field)
    assert (secret in after, private in after) == (False, False)
    assert [key for key in keys if key in after] == []
    assert [submission for submission in ids if submission.encode() in after] == []


@contextmanager
def somebody_reads(field: Field) -> Iterator[None]:
    """Keep a long transaction open that began before the wave was closed: a backup, a report."""
    with field.database.engine.connect() as connection:
        if not field.database.is_sqlite:
            connection.execution_options(isolation_level="REPEATABLE READ")
        connection.execute(text("SELECT count(*) FROM open_sheet")).scalar_one()
        yield


def test_a_long_transaction_does_not_save_the_traces(field: Field) -> None:
    field.send({"k1": ["3"]})
    with field.database.read() as connection:
        secret = connection.execute(select(schema.wave_secret.c.secret)).scalar_one()
    with somebody_reads(field):
        close(field)
        keep_house_in(field, days=0)
        assert secret in bytes_of(field), "the control: this transaction is in the way"
        assert rows(field, "trace") > 0
    keep_house_in(field, days=0)
    assert secret not in bytes_of(field)
    assert rows(field, "trace") == 0


def test_the_files_hold_each_sheet_once_and_in_no_order(field: Field) -> None:
    for number in range(MANY):
        field.send({"nummer": [str(10_000 + number)]})
    close(field)
    after = bytes_of(field)
    marks = [b'{"nummer":%d}' % (10_000 + number) for number in range(MANY)]
    assert {after.count(mark) for mark in marks} == {1}
    places = [after.find(mark) for mark in marks]
    assert abs(spearmanr(range(MANY), places).statistic) < 0.2


def test_a_wave_is_closed_once(field: Field) -> None:
    field.send({"k1": ["3"]})
    assert (close(field), close(field)) == (Closing.CLOSED, Closing.ALREADY_CLOSED)
    assert audit(field) == [(ALBRECHT, "close", "")]


def test_a_foreign_wave_cannot_be_closed(field: Field) -> None:
    other = field_in(field.database, name="Kreis Nebenan")
    result = closing.close_wave(
        field.database, other.network, field.wave, today=TODAY, actor=ALBRECHT
    )
    assert result is Closing.UNKNOWN
    assert field.send({"k1": ["3"]}) is Receipt.COUNTED


def test_a_wave_that_has_not_begun_is_not_closed(field: Field) -> None:
    later = field_in(field.database, name="Kreis Nebenan", opens_on=TOMORROW)
    assert close(later) is Closing.NOT_YET_OPEN


def test_the_calendar_closes_what_is_over(field: Field) -> None:
    field.send({"k1": ["3"]})
    assert closing.close_due_waves(field.database, TOMORROW) == 0
    assert closing.close_due_waves(field.database, TOMORROW + timedelta(days=1)) == 1
    assert closing.close_due_waves(field.database, TOMORROW + timedelta(days=1)) == 0
    assert block_of(field).base == 1
    assert audit(field) == [("calendar", "close", "")]


def recount(field: Field) -> Recount:
    return closing.recount(field.database, field.network, field.wave, today=TODAY, actor=ALBRECHT)


def recounted_on(field: Field) -> list[date | None]:
    """Return what the sheet of the measure says of its waves."""
    sheet = evaluating.sheet_of(
        field.database,
        field.network,
        field.door.wave.measure,
        policy=DisclosurePolicy(),
        as_of=TODAY,
        recount_days=14,
    )
    assert sheet is not None
    return [result.recounted_on for result in sheet.results]


def test_a_recount_reproduces_the_block(field: Field) -> None:
    field.send({"k1": ["3"]})
    close(field)
    assert recount(field) is Recount.SAME
    assert audit(field)[-1] == (ALBRECHT, "recount", "same")
    assert recounted_on(field) == [None]


def test_a_recount_replaces_a_wrong_block_visibly(field: Field) -> None:
    field.send({"k1": ["3"]})
    close(field)
    right = block_of(field)
    with field.database.write() as connection:
        blocks.replace(
            connection, field.network, field.wave, right.model_copy(update={"base": 7}), EARLIER
        )
    assert recount(field) is Recount.REPLACED
    assert block_of(field) == right
    assert audit(field)[-1] == (ALBRECHT, "recount", "replaced")
    assert recounted_on(field) == [TODAY]


def show(field: Field) -> None:
    with field.database.read() as connection:
        wave = waves.get(connection, field.network, field.wave)
    assert wave is not None
    released_blocks(
        field.database, field.network, "Bogen", [wave], policy=DisclosurePolicy(), day=TODAY
    )


def less(block: Block, forgotten: int) -> Block:
    """Return a block as a program counts it that forgets so many who answered alike."""
    tables = tuple(
        table.model_copy(
            update={
                "cells": tuple(
                    cell.model_copy(update={"count": cell.count and cell.count - forgotten})
                    for cell in table.cells
                ),
                "base": table.base - forgotten,
            }
        )
        for table in block.tables
    )
    return block.model_copy(update={"base": block.base - forgotten, "tables": tables})


def put(field: Field, block: Block) -> None:
    """Put a block in the place of the first one."""
    values = {"content": block.model_dump_json()}
    with field.database.write() as connection:
        connection.execute(
            update(schema.block).where(schema.block.c.wave == field.wave).values(values)
        )


@pytest.mark.parametrize(("forgotten", "found"), [(1, Recount.KEPT), (6, Recount.REPLACED)])
def test_what_was_shown_is_replaced_if_that_tells_of_nobody(
    field: Field, forgotten: int, found: Recount
) -> None:
    for _ in range(12):
        field.send({"k1": ["3"], "nummer": ["2"]})
    close(field)
    right = block_of(field)
    wrong = less(right, forgotten)
    put(field, wrong)
    show(field)
    assert recount(field) is found
    assert block_of(field) == (wrong if found is Recount.KEPT else right)
    assert audit(field)[-1] == (ALBRECHT, "recount", found.value)


def test_what_was_shown_is_replaced_once(field: Field) -> None:
    """12 are shown, then 7, then 13: no step is small, and the last less the first is one."""
    for _ in range(13):
        field.send({"k1": ["3"], "nummer": ["2"]})
    close(field)
    right = block_of(field)
    with field.database.write() as connection:
        blocks.replace(connection, field.network, field.wave, less(right, 6), EARLIER)
    show(field)
    assert recount(field) is Recount.KEPT
    assert block_of(field) == less(right, 6)


def test_a_recount_without_sheets_changes_nothing(field: Field) -> None:
    field.send({"k1": ["3"]})
    close(field)
    keep_house_in(field, days=14)
    assert recount(field) is Recount.SHEETS_DESTROYED
    assert block_of(field).base == 1


def keep_house_in(field: Field, days: int) -> housekeeping.Housekeeping:
    return housekeeping.keep_house(
        field.database, TODAY + timedelta(days=days), recount_days=14, text_days=90
    )


@pytest.mark.parametrize(
    ("days", "sheets_left", "texts_left"), [(13, 1, 1), (14, 0, 1), (89, 0, 1), (90, 0, 0)]
)
def test_what_is_due_is_forgotten(
    field: Field, days: int, sheets_left: int, texts_left: int
) -> None:
    field.send({"k1": ["3"], "k9": ["gut"]})
    close(field)
    keep_house_in(field, days)
    assert (rows(field, "closed_sheet"), rows(field, "review_text")) == (sheets_left, texts_left)


def test_forgetting_leaves_numbers_in_the_audit_log_and_no_byte_in_the_files(field: Field) -> None:
    for number in range(3):
        field.send({"nummer": [str(77_701 + number)], "k9": [f"Geheimnis {number}"]})
    close(field)
    assert b"Geheimnis 1" in bytes_of(field), "the search would find the text if it were there"
    keep_house_in(field, days=90)
    assert audit(field)[1:] == [
        ("retention", "forget", "3 sheets"),
        ("retention", "forget", "3 texts"),
    ]
    after = bytes_of(field)
    assert (b"Geheimnis" in after, b"77702" in after) == (False, False)
