"""Giving the results back to those who answered: from which day, and what they see.

The results appear by themselves, under the code that asked. Until their day has come, and for a
wave that is not counted, a door has no echo; staff may move the day, and look before.
"""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.messages import N_, Fault, Message, refuse
from survey_app.domain.wave import Wave
from survey_app.services.collecting import Door
from survey_app.services.releasing import released_blocks
from survey_app.storage import audit, commitments, waves
from survey_app.storage.database import Database

if TYPE_CHECKING:
    from survey_app.domain.echo import Echo


def with_echo(database: Database, door: Door, *, policy: DisclosurePolicy, today: date) -> Door:
    """Return the door with the results behind it, if they are out.

    Costs a query only then: an open wave, which a whole school asks for, is not looked up again.
    """
    if not door.wave.gives_results(today):
        return door
    return as_it_will_be(database, door, policy, today=today) or door


def as_it_will_be(
    database: Database, door: Door, policy: DisclosurePolicy, *, today: date | None = None
) -> Door | None:
    """Return the door with its results, out or not; None while the wave is not counted.

    Without `today` it is as it will be on the day of the results.
    """
    echo = echo_of_wave(database, door.wave, policy, today=today)
    return replace(door, echo=echo) if echo else None


def echo_of_wave(
    database: Database, wave: Wave, policy: DisclosurePolicy, *, today: date | None = None
) -> "Echo | None":
    """Return what those who answered a wave see; None while it is not counted."""
    # Imported when the first results are out: a phone's server starts lean.
    from survey_app.domain.echo import echo_of
    from survey_app.domain.sheet import WaveResult
    from survey_app.domain.voices import Voices
    from survey_app.services.reviewing import voices_of
    from survey_app.storage import recounts, returns

    name, day = f"echo of wave {wave.id}", wave.closed_on or wave.over_on
    released = released_blocks(database, wave.network, name, [wave], policy=policy, day=day)
    if wave.id not in released:
        return None
    with database.read() as connection:
        promised = commitments.of_measure(connection, wave.network, wave.measure)
        said = returns.next_ways(connection, wave.network, wave.measure).get(wave.measure)
        recounted = recounts.replaced_on(connection, wave.network, wave.measure)
    heard = voices_of(database, wave.network, [wave], released, policy=policy)
    return echo_of(
        WaveResult(wave, released[wave.id], recounted_on=recounted.get(wave.id)),
        promised,
        policy,
        voices=heard if isinstance(heard, Voices) else None,
        next_way=said if said and said.is_ahead(today or wave.results_from) else None,
    )


def set_results_day(
    database: Database, network: int, wave_id: int, day: date, *, today: date, actor: str
) -> bool:
    """Let the results of a wave appear on `day`; return whether this network has such a wave.

    Raises InvalidDefinition if they are out already, or if the day is none they can appear on.
    """
    with database.write() as connection:
        wave = waves.get(connection, network, wave_id)
        if wave is None:
            return False
        refuse(_faults_of_day(wave, day, today))
        waves.set_results_on(connection, network, wave.id, day)
        audit.note(
            connection,
            network=network,
            day=today,
            actor=actor,
            action="results_on",
            subject=f"wave {wave.id}",
            detail=day.isoformat(),
        )
    return True


def earliest_results_day(wave: Wave, today: date) -> date:
    """Return the first day that staff can still choose."""
    return max(wave.over_on, today)


def _faults_of_day(wave: Wave, day: date, today: date) -> list[Fault]:
    first, last = earliest_results_day(wave, today), wave.results_by
    if wave.gives_results(today):
        return [Fault(Message(ALREADY_OUT), ("results_on",))]
    if first <= day <= last:
        return []
    return [Fault(Message(OUTSIDE, {"first": first, "last": last}), ("results_on",))]


ALREADY_OUT = N_("Die Ergebnisse sind schon zu sehen. Der Tag lässt sich nicht mehr ändern.")
OUTSIDE = N_(
    "Bitte wählen Sie einen Tag vom %(first)s bis zum %(last)s: Wer geantwortet hat, soll"
    " spätestens nach acht Wochen etwas davon haben."
)
