"""Drawing the evaluation sheet of a measure from its blocks."""

from datetime import date

from survey_app.domain.disclosure import DisclosurePolicy, release_block
from survey_app.domain.sheet import EvaluationSheet, WaveResult, evaluation_sheet
from survey_app.storage import blocks, measures, waves
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
        counted = blocks.of_waves(connection, network, [wave.id for wave in all_waves])
    results = [
        WaveResult(wave, release_block(counted[wave.id], policy))
        for wave in all_waves
        if wave.id in counted
    ]
    return evaluation_sheet(measure, results, policy=policy, as_of=as_of, recount_days=recount_days)
