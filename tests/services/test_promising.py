"""Commitments: made, changed and taken back, on both databases.

1. What was stated is kept as it was stated, with every status.
2. What is faulty is refused with the field that is to blame, and nothing is stored.
3. A commitment belongs to one measure of one network: from elsewhere it can be neither seen nor
   changed, and none can be made there.
4. Every deed is in the audit log with who did it and the status; no word of what was said.
5. A commitment is seen by the phones, and gone when it is taken back.
"""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from survey_app.domain.commitment import Commitment, NewCommitment, Status
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.messages import InvalidDefinition
from survey_app.services import closing, promising, returning
from survey_app.storage import commitments, schema
from tests.support_field import ALBRECHT, TODAY, Field, field_in

PAUSES = NewCommitment(
    wish="Mehr Pausen: „bitte!“ <b>",
    status=Status.PLANNED,
    answer="Nach jedem Block eine halbe Stunde. ✓ ات",
    office="Jugendhilfe, Team Freizeit",
    due_on=date(2027, 3, 1),
    decided_on=TODAY,
)
NO = replace(PAUSES, status=Status.DECLINED, answer="", reason="Es fehlt der Raum.", due_on=None)


def make(field: Field, new: NewCommitment = PAUSES) -> Commitment:
    number = promising.promise(
        field.database, field.network, field.measure, new, today=TODAY, actor=ALBRECHT
    )
    assert number is not None
    found = promising.find(field.database, field.network, field.measure, number)
    assert found is not None
    return found


def about(field: Field) -> tuple[Commitment, ...]:
    return promising.commitments_about(field.database, field.network, field.measure)


def audit(field: Field) -> list[tuple[str, str, str, str]]:
    table = schema.audit
    columns = (table.c.actor, table.c.action, table.c.subject, table.c.detail)
    with field.database.read() as connection:
        rows = connection.execute(select(*columns).order_by(table.c.id))
        return [(row[0], row[1], row[2], row[3]) for row in rows]


@pytest.mark.parametrize(
    "new",
    [
        PAUSES,
        replace(PAUSES, status=Status.STARTED),
        replace(PAUSES, status=Status.DONE, due_on=None),
        NO,
    ],
    ids=lambda new: new.status.value,
)
def test_what_was_stated_is_kept(field: Field, new: NewCommitment) -> None:
    """Rule 1."""
    kept = make(field, new)
    assert kept == Commitment(**vars(new), id=kept.id, network=field.network, measure=field.measure)
    assert about(field) == (kept,)


def test_what_is_faulty_is_refused(field: Field) -> None:
    """Rule 2."""
    with pytest.raises(InvalidDefinition) as refused:
        make(field, replace(PAUSES, due_on=None, office="Frau Albrecht"))
    assert [fault.at for fault in refused.value.faults] == [("office",), ("due_on",)]
    kept = make(field)
    with pytest.raises(InvalidDefinition, match="Grund"):
        promising.change(field.database, kept, replace(NO, reason=""), today=TODAY, actor=ALBRECHT)
    assert about(field) == (kept,)
    assert len(audit(field)) == 1


def test_a_foreign_measure_gets_no_commitment(field: Field) -> None:
    """Rule 3."""
    neighbour = field_in(field.database, name="Kreis Nachbar")
    foreign = promising.promise(
        field.database, neighbour.network, field.measure, PAUSES, today=TODAY, actor=ALBRECHT
    )
    assert foreign is None
    kept = make(field)
    for network, measure in (
        (neighbour.network, field.measure),
        (neighbour.network, neighbour.measure),
        (field.network, neighbour.measure),
    ):
        assert promising.find(field.database, network, measure, kept.id) is None
        assert promising.commitments_about(field.database, network, measure) == ()


def test_a_commitment_of_another_network_is_neither_changed_nor_removed(field: Field) -> None:
    """Rule 3: even if a service was handed one under a false name."""
    kept = make(field)
    forged = replace(kept, network=kept.network + 1)
    with field.database.write() as connection:
        commitments.change(connection, forged, NO)
        commitments.remove(connection, forged)
    assert about(field) == (kept,)


def test_every_deed_is_noted_without_a_word_of_it(field: Field) -> None:
    """Rule 4."""
    kept = make(field)
    promising.change(field.database, kept, NO, today=TODAY, actor=ALBRECHT)
    promising.take_back(field.database, kept, today=TODAY, actor=ALBRECHT)
    subject = f"commitment {kept.id}"
    assert audit(field) == [
        (ALBRECHT, "commit", subject, "planned"),
        (ALBRECHT, "change_commitment", subject, "declined"),
        (ALBRECHT, "remove_commitment", subject, "planned"),
    ]


def test_phones_see_what_is_promised_now(field: Field) -> None:
    """Rule 5."""

    def on_the_page() -> tuple[Commitment, ...]:
        door = returning.as_it_will_be(field.database, field.door, DisclosurePolicy())
        assert door is not None
        assert door.echo is not None
        return door.echo.commitments

    closing.close_wave(field.database, field.network, field.wave, today=TODAY, actor=ALBRECHT)
    assert on_the_page() == ()
    kept = make(field)
    assert on_the_page() == (kept,)
    promising.change(field.database, kept, NO, today=TODAY, actor=ALBRECHT)
    assert [each.reason for each in on_the_page()] == ["Es fehlt der Raum."]
    promising.take_back(field.database, kept, today=TODAY, actor=ALBRECHT)
    assert on_the_page() == ()
