"""Files for other programs: the released tables of a measure, in every format there is.

A format is one module of `rendering/exports`; it appears in the menu of staff by being there.
"""

from collections.abc import Mapping

from survey_app.domain.messages import Words
from survey_app.domain.sheet import EvaluationSheet
from survey_app.rendering.exports import FORMATS
from survey_app.rendering.exports.base import Format


def formats() -> Mapping[str, Format]:
    """Return the formats by the name they have in addresses and commands."""
    return FORMATS


def export(name: str, sheet: EvaluationSheet, words: Words) -> bytes:
    """Return the tables of a sheet in one format; raises KeyError if there is no such format."""
    return FORMATS[name].export(sheet, words)
