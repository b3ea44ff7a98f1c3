"""Slips: one slip, one sheet, and nothing that remembers which.

1. A slip makes one sheet; the way in takes none without a slip.
2. The submission id comes first: the same page again is "already counted", whatever slip it has.
3. Fifty phones with one slip make one row; fifty times the same page with one slip make one row.
4. A used slip, an unknown one and one of another way in make no row, and use nothing up.
5. A submission with a slip that races with closing is counted or refused; used slips = sheets.
6. The code of a slip is stored nowhere; its key needs the secret, and goes with it at closing.
7. New slips may withdraw those that nobody used, never those that were used.
8. Slips have the odds and the alphabet of other codes, and every print has others.
9. Other ways in cost not one statement more.
10. A wave that is over has no new slips; a queue and slips exclude one another, both ways.
"""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import event, select

from survey_app.domain.collector import ALPHABET, LENGTH
from survey_app.domain.messages import InvalidDefinition
from survey_app.domain.slip import MOST_AT_ONCE, SlipCount, key_of, new_slips, suggested
from survey_app.services import closing, collecting, fielding, ways_in
from survey_app.services.collecting import Receipt
from survey_app.services.slips import HeldSlip, held
from survey_app.storage import blocks, schema, slips
from tests.services.test_collecting import GOOD, PHONES, at_once, stored
from tests.support_field import ALBRECHT, TODAY, TOMORROW, Field, field_in, migrated
from tests.support_slips import slips_for


def with_slip(field: Field, slip: str | None, submission: str | None = None) -> Receipt:
    """Send a form with a slip, through a door that knows that it needs one."""
    door = replace(field.door, collector=replace(field.door.collector, single_use=True))
    submission = submission or f"{random.SystemRandom().random()}"
    return collecting.submit(field.database, door, submission, GOOD, TODAY, slip=slip).receipt


def counts(field: Field) -> SlipCount:
    with field.database.read() as connection:
        found = slips.count(connection, [field.wave])
    return found.get(field.door.collector.code, SlipCount())


def close(field: Field) -> None:
    closing.close_wave(field.database, field.network, field.wave, today=TODAY, actor=ALBRECHT)


def test_a_slip_makes_one_sheet(field: Field) -> None:
    """Rule 1."""
    slip, _ = slips_for(field, 2)
    assert held(field.database, slip) == HeldSlip(field.door.collector.code, used=False)
    assert with_slip(field, slip) is Receipt.COUNTED
    assert held(field.database, slip) == HeldSlip(field.door.collector.code, used=True)
    assert with_slip(field, slip) is Receipt.SLIP_USED
    assert with_slip(field, None) is Receipt.SLIP_NEEDED
    assert stored(field) == 1
    assert counts(field) == SlipCount(issued=2, used=1)


def test_the_same_page_again_is_counted_already(field: Field) -> None:
    """Rule 2: after a lost reply, and even if another slip was drawn meanwhile."""
    first, second = slips_for(field, 2)
    assert with_slip(field, first, "seite-1") is Receipt.COUNTED
    assert with_slip(field, first, "seite-1") is Receipt.ALREADY_COUNTED
    assert with_slip(field, second, "seite-1") is Receipt.ALREADY_COUNTED
    assert with_slip(field, "AAAAAAAAAA", "seite-1") is Receipt.ALREADY_COUNTED
    assert counts(field) == SlipCount(issued=2, used=1)


def test_fifty_phones_with_one_slip_make_one_row(field: Field) -> None:
    """Rule 3."""
    (slip,) = slips_for(field, 1)
    receipts = at_once(lambda number: with_slip(field, slip, f"seite-{number}"))
    assert receipts == {Receipt.COUNTED: 1, Receipt.SLIP_USED: PHONES - 1}
    assert stored(field) == 1


def test_fifty_times_one_page_with_one_slip_make_one_row(field: Field) -> None:
    """Rule 3."""
    (slip,) = slips_for(field, 1)
    receipts = at_once(lambda _: with_slip(field, slip, "seite-1"))
    assert receipts == {Receipt.COUNTED: 1, Receipt.ALREADY_COUNTED: PHONES - 1}
    assert stored(field) == 1


def test_fifty_phones_with_a_slip_each_make_fifty_rows(field: Field) -> None:
    """Rule 3."""
    codes = slips_for(field, PHONES)
    assert at_once(lambda number: with_slip(field, codes[number])) == {Receipt.COUNTED: PHONES}
    assert counts(field) == SlipCount(issued=PHONES, used=PHONES)


def test_two_processes_with_one_slip_make_one_row(field: Field) -> None:
    """Rule 3: each with a line of its own, as two servers have."""
    (slip,) = slips_for(field, 1)
    url = field.database.url.render_as_string(hide_password=False)
    with migrated(url) as other:
        two = (field, replace(field, database=other))
        receipts = at_once(lambda number: with_slip(two[number % 2], slip, f"seite-{number}"))
    assert receipts == {Receipt.COUNTED: 1, Receipt.SLIP_USED: PHONES - 1}


def test_what_is_no_slip_of_this_way_in_makes_no_row(field: Field) -> None:
    """Rule 4."""
    other = ways_in.open_way_in(
        field.database, field.network, field.wave, label="8b", today=TODAY, actor=ALBRECHT
    )
    assert other is not None
    (foreign,) = slips_for(field, 1, collector=other)
    slips_for(field, 1)
    unknown = new_slips(random.SystemRandom(), 1)[0]
    for code in (foreign, unknown, field.door.collector.code, ""):
        assert with_slip(field, code) is Receipt.SLIP_UNKNOWN
    assert held(field.database, foreign) == HeldSlip(other.code, used=False)
    assert held(field.database, unknown) is None
    assert (stored(field), counts(field).used) == (0, 0)


def test_who_races_with_closing_is_counted_or_refused(field: Field) -> None:
    """Rule 5."""
    codes = slips_for(field, PHONES)

    def close_in_the_middle(number: int) -> Receipt:
        if number == PHONES // 2:
            close(field)
        return with_slip(field, codes[number])

    receipts = at_once(close_in_the_middle)
    with field.database.read() as connection:
        block = blocks.of_waves(connection, field.network, [field.wave])[field.wave]
    assert receipts[Receipt.COUNTED] == block.base
    assert receipts[Receipt.COUNTED] + receipts[Receipt.CLOSED] == PHONES


def test_closing_destroys_slips(field: Field) -> None:
    """Rule 6."""
    used, unused = slips_for(field, 2)
    with_slip(field, used)
    close(field)
    assert [held(field.database, code) for code in (used, unused)] == [None, None]
    with field.database.read() as connection:
        assert connection.execute(select(schema.slip)).all() == []
    assert schema.slip in schema.FROM_PHONES
    assert with_slip(field, unused) is Receipt.CLOSED


def test_the_code_of_a_slip_is_stored_nowhere(field: Field) -> None:
    """Rule 6."""
    code, _ = slips_for(field, 2)
    with_slip(field, code)
    with field.database.read() as connection:
        for table in schema.metadata.sorted_tables:
            for row in connection.execute(select(table)):
                assert code not in str(tuple(row)).replace("-", "")
        (secret,) = connection.execute(select(schema.wave_secret.c.secret)).scalars()
        keys = connection.execute(select(schema.slip.c.key)).scalars().all()
    assert key_of(secret, code) in keys
    assert key_of(b"another", code) not in keys


def test_the_log_has_numbers_only(field: Field) -> None:
    """Rule 6."""
    slips_for(field, 30)
    slips_for(field, 12, withdraw=True)
    with field.database.read() as connection:
        lines = connection.execute(select(schema.audit.c.action, schema.audit.c.detail)).all()
    code = f"{field.door.collector.code[:5]}-{field.door.collector.code[5:]}"
    assert [tuple(line) for line in lines] == [
        ("print slips", f"{code}: 30 new, 0 withdrawn"),
        ("print slips", f"{code}: 12 new, 30 withdrawn"),
    ]


def test_new_slips_may_withdraw_the_unused(field: Field) -> None:
    """Rule 7."""
    used, unused = slips_for(field, 2)
    with_slip(field, used, "seite-1")
    (added,) = slips_for(field, 1)
    assert counts(field) == SlipCount(issued=3, used=1)
    (fresh,) = slips_for(field, 1, withdraw=True)
    assert counts(field) == SlipCount(issued=2, used=1)
    assert [with_slip(field, code) for code in (unused, added, used, fresh)] == [
        Receipt.SLIP_UNKNOWN,
        Receipt.SLIP_UNKNOWN,
        Receipt.SLIP_USED,
        Receipt.COUNTED,
    ]
    assert with_slip(field, used, "seite-1") is Receipt.ALREADY_COUNTED


def test_slips_are_as_hard_to_guess_as_other_codes(field: Field) -> None:
    """Rule 8."""
    codes = [*slips_for(field, MOST_AT_ONCE), *slips_for(field, MOST_AT_ONCE)]
    assert len(set(codes)) == 2 * MOST_AT_ONCE
    assert {len(code) for code in codes} == {LENGTH}
    assert set("".join(codes)) == set(ALPHABET)


@pytest.mark.parametrize(
    ("group", "count"), [(None, 12), (1, 12), (12, 24), (25, 36), (30, 36), (500, 240)]
)
def test_a_group_gets_some_spare_slips(group: int | None, count: int) -> None:
    """Rule 8: whole pages."""
    assert suggested(group, 12) == count


@contextmanager
def statements(field: Field) -> Iterator[Counter[str]]:
    """Count the statements within the block by their first word."""
    said: Counter[str] = Counter()

    def count(connection: object, cursor: object, statement: str, *more: object) -> None:
        said[statement.split(maxsplit=1)[0]] += 1

    event.listen(field.database.engine, "before_cursor_execute", count)
    try:
        yield said
    finally:
        event.remove(field.database.engine, "before_cursor_execute", count)


def test_other_ways_in_cost_not_one_statement_more(field: Field) -> None:
    """Rule 9: lock (PostgreSQL), gate, sheet, text; and the page asks for no slip either."""
    with statements(field) as said:
        assert field.send(GOOD) is Receipt.COUNTED
    lock = 0 if field.database.is_sqlite else 1
    assert (said["SELECT"], said["INSERT"], said["UPDATE"]) == (1 + lock, 2, 0)
    (slip,) = slips_for(field, 1)
    with statements(field) as said:
        assert with_slip(field, slip) is Receipt.COUNTED
    assert (said["SELECT"], said["INSERT"], said["UPDATE"]) == (2 + lock, 2, 1)


def test_a_wave_that_is_over_has_no_new_slips(field: Field) -> None:
    """Rule 10."""
    close(field)
    with pytest.raises(InvalidDefinition, match="zu Ende"):
        slips_for(field, 1)


def test_a_queue_and_slips_exclude_one_another(sqlite_url: str) -> None:
    """Rule 10."""
    with migrated(sqlite_url) as database:
        field = field_in(database, offline_queue=True, closes_on=TOMORROW)
        with pytest.raises(InvalidDefinition, match="gehen nicht zusammen"):
            slips_for(field, 1)
        options = {"shared_device": False, "today": TODAY, "actor": ALBRECHT}
        code = field.door.collector.code

        def set_up(*, queue: bool, slip: bool) -> None:
            ways_in.set_up_collector(
                database, field.network, code, offline_queue=queue, single_use=slip, **options
            )

        with pytest.raises(InvalidDefinition, match="gehen nicht zusammen"):
            set_up(queue=True, slip=True)
        set_up(queue=False, slip=True)
        fielded = fielding.fielded_measure(database, field.network, field.measure, TODAY)
        assert fielded is not None
        slips_for(field, 1, collector=fielded.waves[0].collectors[0])
        with pytest.raises(InvalidDefinition, match="schon Zettel"):
            set_up(queue=False, slip=False)
