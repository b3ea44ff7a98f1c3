"""Ways into a wave: another one, and what one is set up for.

1. Both options are off unless somebody switches them on; what is set is what the next phone gets.
2. The wave has keys from the moment its first queue is switched on until it is closed; switching
   the queue off keeps them, because sheets may be waiting.
3. Each change leaves a line in the audit log, no change leaves none.
4. A way in of another network is as good as missing.
5. Once a wave is over nothing is changed any more, and the reason is said.
"""

from datetime import timedelta

import pytest
from sqlalchemy import select

from survey_app.domain.collector import Collector, printed_code
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.messages import InvalidDefinition
from survey_app.services import closing, collecting, fielding, ways_in
from survey_app.services.collecting import Door
from survey_app.storage import schema
from tests.support_field import ALBRECHT, TODAY, TOMORROW, Field, field_in


def set_up(field: Field, *, shared: bool, queue: bool, **changes: object) -> Collector | None:
    asked: dict[str, object] = {"network": field.network, "today": TODAY} | changes
    return ways_in.set_up_collector(
        field.database,
        code=field.door.collector.code,
        shared_device=shared,
        offline_queue=queue,
        actor=ALBRECHT,
        **asked,  # type: ignore[arg-type]
    )


def door_of(field: Field, code: str | None = None) -> Door:
    door = collecting.find_door(
        field.database, code or field.door.collector.code, DisclosurePolicy()
    )
    assert door is not None
    return door


def keys(field: Field) -> list[tuple[bytes, bytes]]:
    columns = (schema.wave_key.c.private, schema.wave_key.c.public)
    with field.database.read() as connection:
        return [tuple(row) for row in connection.execute(select(*columns))]


def audit(field: Field) -> list[tuple[str, str, str]]:
    columns = (schema.audit.c.actor, schema.audit.c.action, schema.audit.c.detail)
    with field.database.read() as connection:
        return [tuple(row) for row in connection.execute(select(*columns))]


def test_both_options_are_off(field: Field) -> None:
    collector = field.door.collector
    assert (collector.shared_device, collector.offline_queue) == (False, False)
    assert (field.door.queue_key, keys(field)) == (None, [])


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("queue", [True, False])
def test_what_is_set_is_what_the_next_phone_gets(field: Field, shared: bool, queue: bool) -> None:
    now = set_up(field, shared=shared, queue=queue)
    assert now is not None
    assert (now.shared_device, now.offline_queue) == (shared, queue)
    assert door_of(field).collector == now
    fielded = fielding.fielded_measure(field.database, field.network, field.measure, TODAY)
    assert fielded is not None
    assert fielded.waves[0].collectors == (now,)


def test_a_wave_can_be_planned_with_both(field: Field) -> None:
    planned = field_in(field.database, name="Kreis Nebenan", shared_device=True, offline_queue=True)
    collector = planned.door.collector
    assert (collector.shared_device, collector.offline_queue) == (True, True)
    assert planned.door.queue_key == keys(field)[0][1]


def test_keys_are_made_once_and_stay_until_closing(field: Field) -> None:
    set_up(field, shared=False, queue=True)
    made = keys(field)
    ((private, public),) = made
    assert (len(private), len(public), public[:1]) == (32, 65, b"\x04")
    set_up(field, shared=False, queue=False)
    set_up(field, shared=True, queue=True)
    assert keys(field) == made
    assert door_of(field).queue_key == public
    closing.close_wave(field.database, field.network, field.wave, today=TODAY, actor=ALBRECHT)
    assert keys(field) == []


def test_each_change_leaves_a_line(field: Field) -> None:
    code = printed_code(field.door.collector.code)
    set_up(field, shared=False, queue=False)
    assert audit(field) == []
    set_up(field, shared=True, queue=True)
    set_up(field, shared=False, queue=False)
    assert audit(field) == [
        (ALBRECHT, "set up way in", f"{code}: shared device and queue"),
        (ALBRECHT, "set up way in", f"{code}: phones"),
    ]


def test_another_way_in_leads_to_the_same_wave(field: Field) -> None:
    tablet = ways_in.open_way_in(
        field.database,
        field.network,
        field.wave,
        label="Tablet im Jugendtreff",
        shared_device=True,
        today=TODAY,
        actor=ALBRECHT,
    )
    assert tablet is not None
    assert door_of(field, tablet.code).wave == field.door.wave
    assert door_of(field, tablet.code).collector == tablet
    assert door_of(field).collector == field.door.collector
    assert audit(field) == [
        (ALBRECHT, "open way in", f"{printed_code(tablet.code)}: shared device")
    ]


def test_what_belongs_to_another_network_is_missing(field: Field) -> None:
    other = field_in(field.database, name="Kreis Nebenan")
    assert set_up(field, shared=True, queue=True, network=other.network) is None
    assert (
        ways_in.open_way_in(
            field.database, other.network, field.wave, label="", today=TODAY, actor=ALBRECHT
        )
        is None
    )
    assert (door_of(field), audit(field)) == (field.door, [])


def test_a_code_that_leads_nowhere_is_missing(field: Field) -> None:
    assert (
        ways_in.set_up_collector(
            field.database,
            field.network,
            "AAAAAAAAAA",
            shared_device=True,
            offline_queue=False,
            today=TODAY,
            actor=ALBRECHT,
        )
        is None
    )


def over_by_button(field: Field) -> None:
    closing.close_wave(field.database, field.network, field.wave, today=TODAY, actor=ALBRECHT)
    with pytest.raises(InvalidDefinition, match="Diese Erhebung ist zu Ende"):
        set_up(field, shared=True, queue=True)


def over_by_calendar(field: Field) -> None:
    with pytest.raises(InvalidDefinition, match="Diese Erhebung ist zu Ende"):
        set_up(field, shared=True, queue=True, today=TOMORROW + timedelta(days=1))


@pytest.mark.parametrize("over", [over_by_button, over_by_calendar])
def test_nothing_is_changed_once_a_wave_is_over(field: Field, over: object) -> None:
    over(field)  # type: ignore[operator]
    collector = door_of(field).collector
    assert (collector.shared_device, collector.offline_queue, keys(field)) == (False, False, [])


def test_no_way_in_is_opened_once_a_wave_is_over(field: Field) -> None:
    with pytest.raises(InvalidDefinition, match="Diese Erhebung ist zu Ende"):
        ways_in.open_way_in(
            field.database,
            field.network,
            field.wave,
            label="Zu spät",
            today=TOMORROW + timedelta(days=1),
            actor=ALBRECHT,
        )
