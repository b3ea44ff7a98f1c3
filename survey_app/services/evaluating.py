"""Drawing the evaluation sheet of a measure from its blocks, and wording its sentences.

Staff may put words of their own in the place of a generated sentence; the sheet says so wherever it
is shown, and the audit log knows who did it, not what it says.
"""

from dataclasses import replace
from datetime import date

from survey_app.domain.commitment import in_order
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.finding import Place, faults_of
from survey_app.domain.goal import first_opened
from survey_app.domain.messages import refuse
from survey_app.domain.sheet import EvaluationSheet, Known, WaveResult, evaluation_sheet
from survey_app.services.acting import By, note
from survey_app.services.releasing import released_blocks
from survey_app.services.reviewing import voices_of
from survey_app.storage import (
    commitments,
    goals,
    imports,
    measures,
    recounts,
    sheet_edits,
    waves,
)
from survey_app.storage.database import Database


def sheet_of(
    database: Database,
    network: int,
    measure_id: int,
    *,
    policy: DisclosurePolicy,
    as_of: date,
    recount_days: int,
) -> EvaluationSheet | None:
    """Return the sheet of a measure of this network; a foreign one is as good as missing."""
    with database.read() as connection:
        measure = measures.get(connection, network, measure_id)
        if measure is None:
            return None
        all_waves = waves.of_measures(connection, network, [measure_id])
        imported = imports.imported_waves(connection, network)
        recounted = recounts.replaced_on(connection, network, measure_id)
        known = Known(
            goals=goals.of_measure(connection, network, measure_id),
            first_opened=first_opened(all_waves, as_of),
            commitments=in_order(commitments.of_measure(connection, network, measure_id)),
            edits=sheet_edits.of_measure(connection, network, measure_id),
        )
    name = f"measure {measure_id}"
    released = released_blocks(database, network, name, all_waves, policy=policy, day=as_of)
    results = [
        WaveResult(wave, released[wave.id], wave.id in imported, recounted.get(wave.id))
        for wave in all_waves
        if wave.id in released
    ]
    heard = voices_of(database, network, all_waves, released, policy=policy)
    return evaluation_sheet(
        measure,
        results,
        policy=policy,
        as_of=as_of,
        recount_days=recount_days,
        known=replace(known, voices=heard),
    )


def word_sentence(
    database: Database, network: int, measure_id: int, place: Place, text: str, by: By
) -> bool:
    """Put `text` in the place of a generated sentence; an empty one brings it back.

    Return whether there is such a measure. Raises InvalidDefinition with the name of the field.
    """
    refuse(faults_of(text))
    with database.write() as connection:
        if measures.get(connection, network, measure_id) is None:
            return False
        if text:
            sheet_edits.put(connection, network, measure_id, place, text, by.today)
        else:
            sheet_edits.remove(connection, network, measure_id, place)
        action = "word_sheet" if text else "word_sheet_back"
        note(connection, network, by, action, f"measure {measure_id}", place.value)
        return True
