"""Ways into a wave: another one, and what one is set up for.

Whoever changes a way in waits until nobody is inside the wave: closing destroys its keys, and must
not be overtaken by somebody who makes new ones.
"""

import random
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from survey_app.domain.collector import Collector, new_code, printed_code
from survey_app.domain.messages import N_, Fault, Message, refuse
from survey_app.domain.wave import Phase, Wave
from survey_app.services import sealing
from survey_app.storage import audit, slips, waves
from survey_app.storage.database import Database

OVER = N_(
    "Diese Erhebung ist zu Ende, an ihren Zugängen lässt sich nichts mehr ändern. Wer noch einmal"
    " fragen will, plant eine neue Erhebung."
)

SLIPS_NEED_A_CONNECTION = N_(
    "Einmal-Zettel und „Jugendzentrum ohne WLAN“ gehen nicht zusammen: Ob ein Zettel noch gilt,"
    " lässt sich nur mit Verbindung prüfen. Wählen Sie eins von beiden."
)
SLIPS_ARE_PRINTED = N_(
    "Für diesen Zugang gibt es schon Zettel. Lassen Sie das Häkchen stehen, und legen Sie für"
    " Personen ohne Zettel einen weiteren Zugang an."
)


def set_up_collector(
    database: Database,
    network: int,
    code: str,
    *,
    shared_device: bool,
    offline_queue: bool,
    single_use: bool = False,
    today: date,
    actor: str,
) -> Collector | None:
    """Change what a way in is set up for; return None if it is not of this network.

    Raises InvalidDefinition if the wave is over, or if the options do not go together.
    """
    with database.write() as connection:
        found = waves.way_in(connection, network, code)
        if found is None:
            return None
        before, wave = found
        _shut_and_check(connection, wave, today)
        now = replace(
            before, shared_device=shared_device, offline_queue=offline_queue, single_use=single_use
        )
        if now != before:
            _check_slips(connection, before, now)
            _give_keys(connection, now)
            waves.set_up_collector(connection, network, now)
            _note(connection, network, now, today=today, actor=actor, action="set up way in")
        return now


def open_way_in(
    database: Database,
    network: int,
    wave_id: int,
    *,
    label: str,
    shared_device: bool = False,
    offline_queue: bool = False,
    single_use: bool = False,
    today: date,
    actor: str,
) -> Collector | None:
    """Give a wave another way in; return None if the wave is not of this network.

    Raises InvalidDefinition if the wave is over, or if the options do not go together.
    """
    with database.write() as connection:
        wave = waves.get(connection, network, wave_id)
        if wave is None:
            return None
        _shut_and_check(connection, wave, today)
        code = new_code(random.SystemRandom())
        collector = Collector(code, wave_id, label, shared_device, offline_queue, single_use)
        _check_slips(connection, collector, collector)
        put_in(connection, network, collector)
        _note(connection, network, collector, today=today, actor=actor, action="open way in")
        return collector


def put_in(connection: Connection, network: int, collector: Collector) -> None:
    """Store a way in, with keys for its wave if it has a queue."""
    _give_keys(connection, collector)
    waves.add_collector(connection, network, collector)


def _shut_and_check(connection: Connection, wave: Wave, today: date) -> None:
    waves.shut(connection, wave.id)
    now = waves.get(connection, wave.network, wave.id) or wave
    if now.phase(today) in (Phase.ENDED, Phase.CLOSED):
        refuse([Fault(Message(OVER), ("shared_device",))])


def _check_slips(connection: Connection, before: Collector, now: Collector) -> None:
    """Refuse slips without a connection, and a way in without slips when slips are printed."""
    if now.single_use and now.offline_queue:
        refuse([Fault(Message(SLIPS_NEED_A_CONNECTION), ("offline_queue",))])
    opened = before.single_use and not now.single_use
    if opened and now.code in slips.count(connection, [now.wave]):
        refuse([Fault(Message(SLIPS_ARE_PRINTED), ("single_use",))])


def _give_keys(connection: Connection, collector: Collector) -> None:
    """Give the wave keys when its first queue is set up; they stay until it is closed.

    Switching a queue off destroys none: sheets may still be waiting on a device.
    """
    if collector.offline_queue and waves.public_key(connection, collector.wave) is None:
        keys = sealing.new_keys()
        waves.add_key(connection, collector.wave, private=keys.private, public=keys.public)


def _note(
    connection: Connection,
    network: int,
    collector: Collector,
    *,
    today: date,
    actor: str,
    action: str,
) -> None:
    options = (
        ("shared device", collector.shared_device),
        ("queue", collector.offline_queue),
        ("slips", collector.single_use),
    )
    chosen = " and ".join(name for name, chosen in options if chosen) or "phones"
    audit.note(
        connection,
        network=network,
        day=today,
        actor=actor,
        action=action,
        subject=f"wave {collector.wave}",
        detail=f"{printed_code(collector.code)}: {chosen}",
    )
