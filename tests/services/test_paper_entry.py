"""Sheets typed in from paper are sheets like any other.

1. A typed sheet is stored as the phone would have stored it, byte for byte, and counted with them.
2. The last sheet can be taken back with its id: row and free texts are gone, its form comes back.
3. Nobody finds a sheet with another id, in another wave, or after the wave is over.
4. The audit log says who typed, how many, and that one was taken back; never what or which.
"""

import secrets
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from survey_app.domain.response import RawAnswers
from survey_app.services import closing, paper_entry
from survey_app.services.collecting import Receipt
from survey_app.storage import schema
from tests.support_field import ALBRECHT, TODAY, Field, field_in, migrated

FULL: RawAnswers = {"k1": ["3"], "nummer": ["17"], "k9": ["der See"]}


@pytest.fixture
def field(database_url: str) -> Iterator[Field]:
    with migrated(database_url) as database:
        yield field_in(database)


def typed(field: Field, raw: RawAnswers, *, is_first: bool = False) -> str:
    """Type a sheet in and return its submission id."""
    submission = secrets.token_urlsafe(16)
    result = paper_entry.enter(
        field.database,
        field.door,
        submission,
        raw,
        is_first=is_first,
        today=TODAY,
        actor=ALBRECHT,
    )
    assert result.receipt is Receipt.COUNTED
    return submission


def back(field: Field, submission: str, **changes: object) -> RawAnswers | None:
    values = {"today": TODAY, "actor": ALBRECHT} | changes
    return paper_entry.take_back(field.database, field.door, submission, **values)  # type: ignore[arg-type]


def stored(field: Field) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the sheets and the free texts that are stored."""
    text = schema.open_text.c
    with field.database.read() as connection:
        sheets = sorted(connection.scalars(select(schema.open_sheet.c.answers)))
        texts = connection.execute(select(text.variable, text.text)).all()
        return sheets, sorted((row.variable, row.text) for row in texts)


def logged(field: Field) -> list[tuple[str, str, str, str]]:
    log = schema.audit.c
    with field.database.read() as connection:
        columns = select(log.actor, log.action, log.subject, log.detail).order_by(log.id)
        return [tuple(row) for row in connection.execute(columns)]


def test_typed_and_sent_are_the_same_and_count_together(field: Field) -> None:
    """Rule 1."""
    field.send(FULL)
    typed(field, FULL)
    sheet, text = '{"k1":3,"nummer":17}', ("k9", "der See")
    assert stored(field) == ([sheet, sheet], [text, text])
    closing.close_wave(field.database, field.network, field.wave, today=TODAY, actor=ALBRECHT)
    with field.database.read() as connection:
        (content,) = connection.scalars(select(schema.block.c.content))
    assert '"base":2' in content


def test_the_last_sheet_comes_back(field: Field) -> None:
    """Rule 2."""
    field.send({"k1": ["1"], "k9": ["nichts"]})
    before = stored(field)
    submission = typed(field, FULL)
    assert back(field, submission) == {"k1": ("3",), "nummer": ("17",), "k9": ("der See",)}
    assert stored(field) == before
    assert back(field, submission) is None


def test_no_other_id_finds_a_sheet(field: Field) -> None:
    """Rule 3."""
    submission = typed(field, FULL)
    before = stored(field)
    assert back(field, secrets.token_urlsafe(16)) is None
    assert back(field, submission, today=TODAY + timedelta(days=365)) is None
    assert stored(field) == before
    closing.close_wave(field.database, field.network, field.wave, today=TODAY, actor=ALBRECHT)
    assert back(field, submission) is None


def test_the_log_holds_numbers_only(field: Field) -> None:
    """Rule 4."""
    typed(field, FULL, is_first=True)
    typed(field, FULL)
    back(field, typed(field, FULL))
    for count in (2, 0):
        paper_entry.finish(field.database, field.door, count, today=TODAY, actor=ALBRECHT)
    wave = f"wave {field.wave}"
    assert logged(field) == [
        (ALBRECHT, "begin paper entry", wave, ""),
        (ALBRECHT, "take back paper sheet", wave, ""),
        (ALBRECHT, "paper entry", wave, "2 sheets"),
    ]
