"""Looking at one wave: what happens when, and how it stands with the school."""

from dataclasses import dataclass
from datetime import date

from survey_app.domain.timeline import Step, timeline_of
from survey_app.domain.wave import Wave
from survey_app.services import approving, designing
from survey_app.services.approving import Standing
from survey_app.storage import imports
from survey_app.storage.database import Database


@dataclass(frozen=True)
class Watched:
    """What there is to know about a wave besides its numbers.

    `standing` is None where no school is asked. An imported wave was collected elsewhere.
    """

    timeline: tuple[Step, ...]
    standing: Standing | None
    is_imported: bool
    can_be_moved: bool


def watch(
    database: Database, wave: Wave, today: date, *, recount_days: int, text_days: int
) -> Watched:
    """Return what there is to know about a wave."""
    with database.read() as connection:
        standing = approving.standing_in(connection, wave.network, wave.id)
        is_imported = wave.id in imports.imported_waves(connection, wave.network)
    steps = timeline_of(
        wave, today, recount_days=recount_days, text_days=text_days, imported=is_imported
    )
    return Watched(steps, standing, is_imported, designing.can_be_moved(wave, today))
