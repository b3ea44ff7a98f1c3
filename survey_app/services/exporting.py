"""Files for other programs: released tables, in every format there is.

A format is one module of `rendering/exports`; it appears on the pages of staff and in the interface
for programs by being there, unless a library it needs is missing. Whatever has released tables
becomes an `Extract` (domain/extract.py) and then a file. Each file comes with its
SHA-256: who gets it by mail can check that nothing was changed on the way.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.extract import Extract, extract_of
from survey_app.domain.measure import Measure
from survey_app.domain.messages import Words
from survey_app.domain.rights import Actor, reaches
from survey_app.domain.sheet import EvaluationSheet
from survey_app.rendering.exports import FORMATS, explaining
from survey_app.rendering.exports.base import Format
from survey_app.rendering.exports.json import SCHEMA_FILE
from survey_app.services import evaluating
from survey_app.storage import measures, waves
from survey_app.storage.database import Database

RESULTS_SCHEMA = SCHEMA_FILE  # of the JSON, for whoever asks


@dataclass(frozen=True)
class ExportedFile:
    """One file: its format and its bytes."""

    name: str
    format: Format
    content: bytes

    @property
    def checksum(self) -> str:
        """Return the SHA-256, as `sha256sum` prints it."""
        return hashlib.sha256(self.content).hexdigest()


def formats() -> Mapping[str, Format]:
    """Return the formats on offer, by the name they have in addresses and commands."""
    return {name: each for name, each in FORMATS.items() if each.is_available}


def export(name: str, sheet: EvaluationSheet, words: Words) -> bytes:
    """Return the tables of a sheet in one format; raises KeyError if there is no such format."""
    return exported(name, extract_of(sheet), words).content


def exported(name: str, extract: Extract, words: Words) -> ExportedFile:
    """Return an extract as a file; raises KeyError if there is no such format."""
    return ExportedFile(name, formats()[name], FORMATS[name].export(extract, words))


def codebook(extract: Extract, words: Words) -> list[dict[str, Any]]:
    """Return the codebook of an extract, one entry for each code."""
    return [asdict(entry) for entry in explaining.codebook(extract, words)]


def all_files(extract: Extract, words: Words) -> tuple[ExportedFile, ...]:
    """Return an extract in every format on offer."""
    return tuple(exported(name, extract, words) for name in formats())


# For programs that read from outside (web/api)


@dataclass(frozen=True)
class Listed:
    """A measure in a list, and how many of its waves are closed."""

    measure: Measure
    closed_waves: int


def measures_within(
    database: Database, actor: Actor, *, page: int, per_page: int
) -> tuple[tuple[Listed, ...], int]:
    """Return one page of the measures within somebody's reach, and how many there are in all."""
    with database.read() as connection:
        known = [
            each for each in measures.all_of(connection, actor.network) if reaches(actor, each)
        ]
        shown = known[(page - 1) * per_page : page * per_page]
        held = waves.of_measures(connection, actor.network, [each.id for each in shown])
    closed = Counter(wave.measure for wave in held if wave.closed_on is not None)
    return tuple(Listed(each, closed[each.id]) for each in shown), len(known)


def extract_within(
    database: Database,
    actor: Actor,
    measure: int,
    *,
    policy: DisclosurePolicy,
    as_of: date,
    recount_days: int,
) -> Extract | None:
    """Return what is released about a measure; one out of reach is as good as missing."""
    sheet = evaluating.sheet_of(
        database, actor.network, measure, policy=policy, as_of=as_of, recount_days=recount_days
    )
    return extract_of(sheet) if sheet and reaches(actor, sheet.measure) else None
