"""What schools say: whether a wave may begin, recorded by whoever heard it.

A wave holds in itself whether it waits (`Wave.awaits_approval`), so that neither a phone nor the
paper desk has to look anything up. This module is the only one that lets a wave begin that waits,
and the only one that holds it back again. A wave is made waiting when it is planned
(`fielding.plan_within`); answers that were collected elsewhere (services/importing) were given
before anybody planned anything here, so that nothing of them waits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from survey_app.domain.approval import Approval, Status, faults_of, reason_of
from survey_app.domain.measure import Measure
from survey_app.domain.messages import Message, refuse
from survey_app.domain.wave import Wave
from survey_app.services.lands import is_in_a_school, land_of, needs_approval
from survey_app.storage import approvals, audit, imports, measures, waves
from survey_app.storage.database import Database


@dataclass(frozen=True)
class Standing:
    """How a wave at a school stands with its approval.

    `reason` is the rule of the Land; `waiting` are other waves of the measure that wait too.
    """

    status: Status
    approval: Approval
    reason: Message
    waiting: tuple[Wave, ...] = ()


def standing_of(database: Database, network: int, wave_id: int) -> Standing | None:
    """Return how a wave stands; None where no school is asked, or nothing was opened here."""
    with database.read() as connection:
        return standing_in(connection, network, wave_id)


def standing_in(connection: Connection, network: int, wave_id: int) -> Standing | None:
    """Return how a wave stands, within a transaction."""
    wave, measure = _looked_up(connection, network, wave_id)
    if wave is None or measure is None or not is_in_a_school(measure):
        return None
    if wave_id in imports.imported_waves(connection, network):
        return None
    known = approvals.of_waves(connection, network, [wave_id]).get(wave_id, Approval())
    others = waves.of_measures(connection, network, [measure.id])
    waiting = tuple(each for each in others if each.awaits_approval and each.id != wave_id)
    return Standing(
        status=status_of(measure, known),
        approval=known,
        reason=reason_of(land_of(measure.municipality)),
        waiting=waiting,
    )


def status_of(measure: Measure, approval: Approval) -> Status:
    """Return where it stands; what was recorded counts, needed or not."""
    if approval.status is Status.NEEDED and not needs_approval(measure):
        return Status.NOT_NEEDED
    return approval.status


def record(
    database: Database,
    network: int,
    wave_id: int,
    approval: Approval,
    *,
    for_all_waiting: bool = False,
    today: date,
    actor: str,
) -> bool:
    """Store what a school said to a wave; return whether this network has such a wave.

    With `for_all_waiting` it is stored for the other waves of the measure that wait, too. Raises
    InvalidDefinition with the name of the field where something is missing.
    """
    refuse(faults_of(approval, today))
    with database.write() as connection:
        wave, measure = _looked_up(connection, network, wave_id)
        if wave is None or measure is None:
            return False
        for each in _meant(connection, wave, for_all_waiting=for_all_waiting):
            waves.shut(connection, each.id)
            approvals.put(connection, network, each.id, approval)
            _settle(connection, measure, each, approval)
            audit.note(
                connection,
                network=network,
                day=today,
                actor=actor,
                action="approval",
                subject=f"wave {each.id}",
                detail=approval.status.value,
            )
    return True


def settle(connection: Connection, network: int, measure_id: int) -> None:
    """Hold the waves of a measure back, or let them begin, after it was moved to another place."""
    measure = measures.get(connection, network, measure_id)
    if measure is None:
        return
    found = waves.of_measures(connection, network, [measure_id])
    uncounted = [wave for wave in found if wave.closed_on is None]
    known = approvals.of_waves(connection, network, [wave.id for wave in uncounted])
    for wave in uncounted:
        waves.shut(connection, wave.id)
        _settle(connection, measure, wave, known.get(wave.id, Approval()))


def _settle(connection: Connection, measure: Measure, wave: Wave, approval: Approval) -> None:
    refused = approval.status is Status.REFUSED
    awaits = refused or (needs_approval(measure) and not approval.is_given)
    if awaits is not wave.awaits_approval and wave.closed_on is None:
        waves.set_awaits_approval(connection, wave, awaits)


def _looked_up(
    connection: Connection, network: int, wave_id: int
) -> tuple[Wave | None, Measure | None]:
    wave = waves.get(connection, network, wave_id)
    return wave, measures.get(connection, network, wave.measure) if wave else None


def _meant(connection: Connection, wave: Wave, *, for_all_waiting: bool) -> Sequence[Wave]:
    if not for_all_waiting:
        return [wave]
    others = waves.of_measures(connection, wave.network, [wave.measure])
    return [wave, *(each for each in others if each.awaits_approval and each.id != wave.id)]
