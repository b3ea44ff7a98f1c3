"""Collecting: counted once, or refused with a reason.

1. A form is acknowledged only when it is stored.
2. The same page sent again is one sheet: equal answers are "already counted", others a conflict.
3. Fifty phones that send the same page at the same moment make one row.
4. A form with a mistake, and an empty one, are refused and leave nothing behind.
5. Before the first day and after the last one nothing is taken in, and nothing after closing.
6. A submission that races with closing is counted or refused; the block has exactly the counted.
7. Free text lies apart from its sheet, under a key that is not the sheet's.
8. The submission id is stored nowhere.
9. Of sheets that share a commit, each gets its own receipt.
"""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.services import closing, collecting
from survey_app.services.collecting import Arrival, Receipt, SealedSheet
from survey_app.storage import blocks, schema, sheets
from tests.support_field import ALBRECHT, TODAY, TOMORROW, Field, field_in, migrated

GOOD = {"k1": ["3"], "nummer": ["7"], "k9": ["Das Essen."]}
PHONES = 50


def stored(field: Field) -> int:
    with field.database.read() as connection:
        return sheets.count_open(connection, [field.wave]).get(field.wave, 0)


def at_once(deed: Callable[[int], Receipt], times: int = PHONES) -> Counter[Receipt]:
    """Do something many times at the same moment, each in a thread of its own."""
    start = threading.Barrier(times)

    def together(number: int) -> Receipt:
        start.wait()
        return deed(number)

    with ThreadPoolExecutor(times) as threads:
        return Counter(threads.map(together, range(times)))


def test_a_form_is_counted(field: Field) -> None:
    assert field.send(GOOD) is Receipt.COUNTED
    assert stored(field) == 1


def test_the_same_page_again_is_already_counted(field: Field) -> None:
    assert field.send(GOOD, "seite-1") is Receipt.COUNTED
    assert field.send(GOOD, "seite-1") is Receipt.ALREADY_COUNTED
    assert stored(field) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"k1": ["1"], "nummer": ["7"], "k9": ["Das Essen."]},
        {"k1": ["3"], "nummer": ["7"], "k9": ["Das Zelt."]},
        {"k1": ["3"], "nummer": ["7"]},
    ],
    ids=["another answer", "another text", "no text any more"],
)
def test_the_same_page_with_other_answers_is_a_conflict(
    field: Field, changed: dict[str, list[str]]
) -> None:
    field.send(GOOD, "seite-1")
    assert field.send(changed, "seite-1") is Receipt.CONFLICT
    with field.database.read() as connection:
        assert connection.execute(select(schema.open_sheet.c.answers)).scalars().all() == [
            '{"k1":3,"nummer":7}'
        ]
        assert connection.execute(select(schema.open_text.c.text)).scalars().all() == ["Das Essen."]


def test_a_text_written_later_on_the_same_page_is_a_conflict(field: Field) -> None:
    field.send({"k1": ["3"]}, "seite-1")
    assert field.send({"k1": ["3"], "k9": ["Das Essen."]}, "seite-1") is Receipt.CONFLICT


def test_fifty_phones_with_one_page_make_one_row(field: Field) -> None:
    receipts = at_once(lambda _: field.send(GOOD, "seite-1"))
    assert receipts == {Receipt.COUNTED: 1, Receipt.ALREADY_COUNTED: PHONES - 1}
    assert stored(field) == 1


def test_fifty_phones_with_their_own_pages_make_fifty_rows(field: Field) -> None:
    assert at_once(lambda number: field.send({"nummer": [str(number)]})) == {
        Receipt.COUNTED: PHONES
    }
    assert stored(field) == PHONES


def test_of_sheets_that_share_a_commit_each_gets_its_own_receipt(field: Field) -> None:
    def arrival(page: str, raw: dict[str, list[str]], day: date = TODAY) -> Arrival:
        answers = field.door.wave.questionnaire.read(raw).answers
        return Arrival(page, SealedSheet.of(field.door.wave.questionnaire, answers), day)

    group = [
        arrival("seite-1", GOOD),
        arrival("seite-2", {"nummer": ["1"]}),
        arrival("seite-1", GOOD),
        arrival("seite-1", GOOD | {"k9": ["Das Zelt."]}),
        arrival("seite-3", GOOD, date.max),
        arrival("seite-4", GOOD, date.min),
    ]
    with field.database.write() as connection:
        receipts = collecting._put_in_together(connection, group, wave=field.wave)
    assert receipts == [
        Receipt.COUNTED,
        Receipt.COUNTED,
        Receipt.ALREADY_COUNTED,
        Receipt.CONFLICT,
        Receipt.CLOSED,
        Receipt.NOT_YET_OPEN,
    ]
    assert stored(field) == 2
    with field.database.read() as connection:
        assert connection.execute(select(schema.open_text.c.text)).scalars().all() == ["Das Essen."]


def test_a_mistake_leaves_nothing_behind(field: Field) -> None:
    raw = {"k1": ["3"], "nummer": ["viele"]}
    submission = collecting.submit(field.database, field.door, "seite-1", raw, TODAY)
    assert submission.receipt is Receipt.INVALID
    assert [problem.field for problem in submission.problems] == ["nummer"]
    assert stored(field) == 0


def test_an_empty_form_leaves_nothing_behind(field: Field) -> None:
    assert field.send({"k9": ["   "]}) is Receipt.EMPTY
    assert stored(field) == 0


@pytest.mark.parametrize(
    ("day", "receipt"),
    [
        (TODAY - timedelta(days=1), Receipt.NOT_YET_OPEN),
        (TODAY, Receipt.COUNTED),
        (TOMORROW, Receipt.COUNTED),
        (TOMORROW + timedelta(days=1), Receipt.CLOSED),
    ],
)
def test_both_end_days_belong_to_the_wave(field: Field, day: date, receipt: Receipt) -> None:
    assert field.send(GOOD, today=day) is receipt


def test_nothing_is_taken_in_after_closing(field: Field) -> None:
    closing.close_wave(field.database, field.network, field.wave, today=TODAY, actor=ALBRECHT)
    assert field.send(GOOD) is Receipt.CLOSED
    assert stored(field) == 0


def test_who_races_with_closing_is_counted_or_refused(field: Field) -> None:
    def close_in_the_middle(number: int) -> Receipt:
        if number == PHONES // 2:
            closing.close_wave(
                field.database, field.network, field.wave, today=TODAY, actor=ALBRECHT
            )
        return field.send({"nummer": [str(number)]})

    receipts = at_once(close_in_the_middle)
    with field.database.read() as connection:
        block = blocks.of_waves(connection, field.network, [field.wave])[field.wave]
    assert receipts[Receipt.COUNTED] == block.base
    assert receipts[Receipt.COUNTED] + receipts[Receipt.CLOSED] == PHONES
    assert stored(field) == 0


def test_a_text_shares_no_key_with_its_sheet(field: Field) -> None:
    field.send(GOOD, "seite-1")
    with field.database.read() as connection:
        (sheet,) = connection.execute(select(schema.open_sheet)).all()
        (text,) = connection.execute(select(schema.open_text)).all()
    assert (sheet.answers, text.text) == ('{"k1":3,"nummer":7}', "Das Essen.")
    assert sheet.key != text.key
    assert len(sheet.key) == len(text.key) == 32


def test_the_submission_id_is_stored_nowhere(field: Field) -> None:
    field.send(GOOD, "die-kennung-der-seite")
    with field.database.read() as connection:
        for table in schema.metadata.sorted_tables:
            for row in connection.execute(select(table)):
                assert "die-kennung-der-seite" not in str(tuple(row))


def test_an_unknown_code_opens_no_door(field: Field) -> None:
    assert collecting.find_door(field.database, "AAAAAAAAAA", DisclosurePolicy()) is None


def test_the_door_promises_the_limit_in_force(field: Field) -> None:
    assert field.door.promised_minimum == 5


def test_a_wave_that_opens_tomorrow_takes_nothing_today(database_url: str) -> None:
    with migrated(database_url) as database:
        field = field_in(database, opens_on=TOMORROW)
        assert field.send(GOOD) is Receipt.NOT_YET_OPEN
