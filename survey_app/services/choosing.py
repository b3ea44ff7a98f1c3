"""Which questionnaires can be asked: those that lie in `questionnaires/`.

Reading YAML with positions takes a tenth of a second a file; a list to choose from is shown more
often than a file is edited. So the files are read again only when one of them has changed.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from survey_app.data import data_dir
from survey_app.domain.questionnaire import Audience, Questionnaire
from survey_app.instruments.library import Library


def questionnaires() -> Mapping[str, Questionnaire]:
    """Return the questionnaires by id, those for young people first."""
    library = Library(data_dir("questionnaires"))
    versions = tuple((file.name, file.stat().st_mtime_ns) for file in library.files())
    return _read(versions)


@lru_cache(maxsize=2)
def _read(_versions: tuple[tuple[str, int], ...]) -> Mapping[str, Questionnaire]:
    found = Library(data_dir("questionnaires")).all()
    for_young_first = sorted(found, key=lambda each: each.audience is Audience.PROFESSIONALS)
    return MappingProxyType({each.id: each for each in for_young_first})
