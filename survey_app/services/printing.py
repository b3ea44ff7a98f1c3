"""Paper: the poster of a wave and the evaluation sheet of a measure, as PDF.

A PDF is drawn by a child process (rendering/pdf.py) and takes a moment; the same document always
gives the same bytes. So a `Printer` keeps what it has drawn by a hash of the document: a sheet is
drawn once, however many people download it, and a change of anything on it is another document.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from types import TracebackType
from typing import Final, Self

from survey_app.domain.collector import Collector, printed_code
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_, Message, Words
from survey_app.domain.questionnaire import Audience
from survey_app.domain.sheet import EvaluationSheet
from survey_app.domain.wave import Wave
from survey_app.rendering.pdf import Document, PdfPool
from survey_app.rendering.poster import HEADLINE, Poster, poster_document
from survey_app.rendering.sheet import sheet_document

KEPT_BYTES: Final = 32 * 2**20

AUDIENCES = {
    Audience.YOUNG_PEOPLE: N_("Für alle, die dabei waren"),
    Audience.PROFESSIONALS: N_("Für alle Fachkräfte, die dabei waren"),
}
PROMISE = (
    N_("Keine Namen, keine IP-Adresse, keine Uhrzeit."),
    N_(
        "Ergebnisse gibt es nur von mindestens %(minimum)s Personen zusammen, und erst, wenn die"
        " Umfrage zu Ende ist."
    ),
    N_("Wer neben dir sitzt, kann mitlesen."),
)


class Printer:
    """Draws documents in the processes of `pool` and keeps the latest ones; any thread may ask."""

    def __init__(self, pool: PdfPool, *, kept_bytes: int = KEPT_BYTES) -> None:
        self._pool = pool
        self._room = kept_bytes
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def pdf(self, document: Document) -> bytes:
        """Return the document as PDF, or raise RenderingFailed."""
        key = _fingerprint(document)
        with self._lock:
            if known := self._kept.get(key):
                self._kept.move_to_end(key)
                return known
        drawn = self._pool.render(document)
        with self._lock:
            self._kept[key] = drawn
            while len(self._kept) > 1 and sum(map(len, self._kept.values())) > self._room:
                self._kept.popitem(last=False)
        return drawn

    def close(self) -> None:
        """End the processes."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def poster_of(
    measure: Measure,
    wave: Wave,
    collector: Collector,
    words: Words,
    *,
    public_url: str,
    policy: DisclosurePolicy,
) -> Poster:
    """Return what the poster of one way in says, in the language of `words`."""
    questionnaire = wave.questionnaire
    minimum = {"minimum": policy.promised_minimum(questionnaire)}
    return Poster(
        headline=words.gettext(HEADLINE),
        title=measure.title,
        site=measure.site.name if measure.site else measure.municipality.name,
        network=measure.network.name,
        questionnaire=questionnaire.title.said(words.code),
        audience=words.gettext(AUDIENCES[questionnaire.audience]),
        minutes=questionnaire.minutes,
        url=f"{public_url}/q/{collector.code}".upper(),
        address=f"{public_url.partition('://')[2]}/q",
        code=printed_code(collector.code),
        closes_on=wave.closes_on,
        promise=tuple(Message(sentence, minimum).said(words) for sentence in PROMISE),
        sample=measure.network.sample,
    )


def poster_pdf(printer: Printer, posters: Sequence[Poster], words: Words) -> bytes:
    """Return posters as one PDF with a page each, or raise RenderingFailed."""
    return printer.pdf(poster_document(posters, words))


def sheet_pdf(printer: Printer, sheet: EvaluationSheet, words: Words) -> bytes:
    """Return the evaluation sheet as PDF, or raise RenderingFailed."""
    return printer.pdf(sheet_document(sheet, words))


def link_of(collector: Collector, public_url: str) -> str:
    """Return the address as it is written into a message."""
    return f"{public_url}/q/{printed_code(collector.code)}"


def _fingerprint(document: Document) -> bytes:
    whole = "\0".join((*document.stylesheets, document.html))
    return hashlib.sha256(whole.encode()).digest()
