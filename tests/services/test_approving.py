"""A school says yes, no, or nothing yet.

1. A wave at a school waits from the moment it is planned: what is sent is answered as "not yet
   open", by the door and by the gate behind it, and it is not closed by the calendar or the button.
2. Once the school agreed it is open, also to doors that were looked up before; a no shuts it again,
   and what was answered until then can be counted.
3. One record can be made for all waves of the measure that wait; a wave that is planned later waits.
4. Where nobody has to be asked, nothing waits; a measure that is moved to a school waits from then
   on, until it is moved away.
5. Collected answers wait for nobody. A foreign wave is as good as missing.
6. The audit log says that something was recorded, and never by whom a school decided.
"""

import secrets
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from survey_app.domain.approval import Approval, Letter, Status
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.measure import Setting
from survey_app.domain.messages import InvalidDefinition
from survey_app.domain.parts import Part
from survey_app.domain.wave import Phase, Wave
from survey_app.services import approving, closing, collecting, fielding, measures
from survey_app.services.closing import Closing
from survey_app.services.collecting import Door, Receipt
from survey_app.storage import places, schema
from tests.support_field import (
    ALBRECHT,
    TODAY,
    TOMORROW,
    WAVE,
    Field,
    field_in,
    questionnaire_from,
)

YES = Approval(
    status=Status.GIVEN,
    requested_on=TODAY,
    decided_on=TODAY,
    decided_by="Schulleitung, Frau Kaya",
    conditions="Nur in der Klassenleitungsstunde",
    letter=Letter.SENT,
)
NO = replace(YES, status=Status.REFUSED)


def plan(field: Field, measure: int | None = None) -> tuple[Wave, Door]:
    """Plan a wave that should be open today."""
    wave = fielding.plan_wave(
        field.database,
        field.network,
        measure or field.measure,
        questionnaire_from(WAVE),
        opens_on=TODAY,
        closes_on=TOMORROW,
        today=TODAY,
    )
    assert wave is not None
    return wave, door_of(field, wave)


def door_of(field: Field, wave: Wave) -> Door:
    fielded = fielding.fielded_measure(field.database, field.network, wave.measure, TODAY)
    assert fielded is not None
    (found,) = (each for each in fielded.waves if each.wave.id == wave.id)
    door = collecting.find_door(field.database, found.collectors[0].code, DisclosurePolicy())
    assert door is not None
    return door


def record(field: Field, wave: Wave, approval: Approval, **more: bool) -> bool:
    return approving.record(
        field.database, field.network, wave.id, approval, today=TODAY, actor=ALBRECHT, **more
    )


def send(field: Field, door: Door) -> Receipt:
    page = secrets.token_urlsafe(16)
    return collecting.submit(field.database, door, page, {"k1": ["3"]}, TODAY).receipt


def close(field: Field, wave: Wave) -> Closing:
    return closing.close_wave(field.database, field.network, wave.id, today=TODAY, actor=ALBRECHT)


def status(field: Field, wave: Wave) -> Status | None:
    standing = approving.standing_of(field.database, field.network, wave.id)
    return standing and standing.status


def test_a_wave_at_a_school_waits(field: Field) -> None:
    wave, door = plan(field)
    assert (wave.awaits_approval, door.phase(TODAY)) == (True, Phase.PLANNED)
    assert status(field, wave) is Status.NEEDED
    assert send(field, door) is Receipt.NOT_YET_OPEN
    before = replace(door, wave=replace(door.wave, awaits_approval=False))
    assert send(field, before) is Receipt.NOT_YET_OPEN
    assert close(field, wave) is Closing.NOT_YET_OPEN
    later = TOMORROW + timedelta(days=3)
    assert closing.close_due_waves(field.database, later) == 1  # the wave that had agreed
    assert door_of(field, wave).phase(later) is Phase.PLANNED


def test_a_request_alone_opens_nothing(field: Field) -> None:
    wave, _ = plan(field)
    assert record(field, wave, Approval(status=Status.REQUESTED, requested_on=TODAY))
    assert status(field, wave) is Status.REQUESTED
    assert door_of(field, wave).phase(TODAY) is Phase.PLANNED


def test_a_yes_opens_and_a_no_shuts_again(field: Field) -> None:
    wave, _ = plan(field)
    assert record(field, wave, YES)
    door = door_of(field, wave)
    assert [send(field, door) for _ in range(6)] == [Receipt.COUNTED] * 6
    assert record(field, wave, NO)
    assert send(field, door) is Receipt.NOT_YET_OPEN
    assert close(field, wave) is Closing.CLOSED
    assert door_of(field, wave).phase(TODAY) is Phase.CLOSED


def test_what_was_answered_before_a_no_is_counted_by_the_calendar(field: Field) -> None:
    field.send({"k1": ["3"]})
    assert record(field, field.door.wave, NO)
    assert closing.close_due_waves(field.database, TOMORROW + timedelta(days=1)) == 1


def test_what_is_incomplete_is_refused(field: Field) -> None:
    wave, _ = plan(field)
    with pytest.raises(InvalidDefinition):
        record(field, wave, replace(YES, decided_by=""))
    assert status(field, wave) is Status.NEEDED


def test_one_record_for_all_that_wait(field: Field) -> None:
    first, second = plan(field)[0], plan(field)[0]
    standing = approving.standing_of(field.database, field.network, first.id)
    assert standing is not None
    assert [wave.id for wave in standing.waiting] == [second.id]
    assert record(field, first, YES, for_all_waiting=True)
    assert (status(field, first), status(field, second)) == (Status.GIVEN, Status.GIVEN)
    later, _ = plan(field)
    assert (status(field, later), later.awaits_approval) == (Status.NEEDED, True)


def elsewhere(field: Field, setting: Setting) -> int:
    with field.database.write() as connection:
        town = places.municipalities(connection, field.network)[0]
        name = f"Haus {setting}"
        return places.add_site(connection, field.network, town.id, name, setting).id


def move(field: Field, site: int) -> None:
    by = measures.By(ALBRECHT, TODAY)
    assert measures.change_measure(
        field.database,
        field.network,
        field.measure,
        next(iter(Part)),
        lambda new: replace(new, site=site),
        by,
    )


def test_a_measure_that_moves_takes_its_waves_along(field: Field) -> None:
    club, school = elsewhere(field, Setting.CLUB), elsewhere(field, Setting.SCHOOL)
    move(field, club)
    wave, door = plan(field)
    assert (wave.awaits_approval, status(field, wave)) == (False, None)
    assert send(field, door) is Receipt.COUNTED
    move(field, school)
    assert status(field, wave) is Status.NEEDED
    assert send(field, door) is Receipt.NOT_YET_OPEN
    move(field, club)
    assert send(field, door) is Receipt.COUNTED


def test_a_foreign_wave_is_as_good_as_missing(field: Field) -> None:
    wave, _ = plan(field)
    stranger = field_in(field.database, name="Kreis Nachbar")
    assert approving.standing_of(field.database, stranger.network, wave.id) is None
    assert not approving.record(
        field.database, stranger.network, wave.id, YES, today=TODAY, actor=ALBRECHT
    )
    assert status(field, wave) is Status.NEEDED


def test_the_audit_log_names_no_head_of_a_school(field: Field) -> None:
    wave, _ = plan(field)
    record(field, wave, YES)
    columns = (schema.audit.c.action, schema.audit.c.subject, schema.audit.c.detail)
    with field.database.read() as connection:
        where = schema.audit.c.network == field.network
        lines = [tuple(row) for row in connection.execute(select(*columns).where(where))]
    assert lines == [("approval", f"wave {wave.id}", "given")]
