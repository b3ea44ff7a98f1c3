"""The poster for a corridor: the A4 page, enlarged as a copier would, by the square root of two."""

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt
from typing import Final

from survey_app.domain.messages import N_, Words
from survey_app.rendering.pdf import Document
from survey_app.rendering.prints.base import MOST_LANGUAGES, Format, Invitation
from survey_app.rendering.prints.poster_a4 import poster_document

ENLARGED: Final = sqrt(2)


def large_poster_document(posters: Sequence[Invitation], words: Words) -> Document:
    """Return the posters on A3."""
    return replace(poster_document(posters, words), scale=ENLARGED)


FORMAT: Final = Format(
    order=2,
    label=N_("Poster A3"),
    about=N_("Für Flur und Aula, doppelt so groß"),
    languages=MOST_LANGUAGES,
    document=large_poster_document,
)
