"""Which rules hold where: the Land of a municipality.

The first two digits of an AGS are the key of the Land. A Land without a file has no rules here,
which does not mean that it has none: whoever asks is told to look them up.
"""

from functools import lru_cache
from pathlib import Path

from survey_app.data import data_dir
from survey_app.domain.land import Land
from survey_app.domain.measure import Measure, Municipality, Setting
from survey_app.instruments.lands import land_files, read_lands


def land_of(municipality: Municipality) -> Land | None:
    """Return the Land a municipality lies in, if its rules are known."""
    versions = tuple((file.name, file.stat().st_mtime_ns) for file in land_files(_folder()))
    return _by_key(versions).get(municipality.ags[:2])


def is_in_a_school(measure: Measure) -> bool:
    """Return whether a measure takes place in a school, so that its head is to be asked."""
    of_site = measure.site.setting if measure.site else None
    return Setting.SCHOOL in (measure.setting, of_site)


def needs_approval(measure: Measure) -> bool:
    """Return whether nobody may be surveyed before the head of the school agreed.

    Where the rules of a Land are not known, that is taken to be so.
    """
    if not is_in_a_school(measure):
        return False
    land = land_of(measure.municipality)
    return land is None or land.schools.approval


def _folder() -> Path:
    return data_dir("lands")


@lru_cache(maxsize=2)
def _by_key(_versions: tuple[tuple[str, int], ...]) -> dict[str, Land]:
    return {land.key: land for land in read_lands(_folder())}
