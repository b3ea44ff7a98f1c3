"""The results for a corridor on A3: the A4 page, enlarged by the square root of two."""

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt
from typing import Final

from survey_app.domain.messages import N_, Words
from survey_app.rendering.pdf import Document
from survey_app.rendering.prints.base import Format, ResultsPoster
from survey_app.rendering.prints.results_a4 import results_document

ENLARGED: Final = sqrt(2)


def large_results_document(posters: Sequence[ResultsPoster], words: Words) -> Document:
    """Return the posters on A3."""
    return replace(results_document(posters, words), scale=ENLARGED)


FORMAT: Final = Format[ResultsPoster](
    order=12,
    label=N_("Ergebnisse A3"),
    about=N_("Dasselbe für Flur und Aula, doppelt so groß"),
    languages=1,
    document=large_results_document,
)
