"""Paper: the prints of a wave and the evaluation sheet of a measure, as PDF.

A PDF is drawn by a child process (rendering/pdf.py) and takes a moment; the same document always
gives the same bytes. So a `Printer` keeps what it has drawn by a hash of the document: a sheet is
drawn once, however many people download it, and a change of anything on it is another document.
A preview is the first page of the very document that would be downloaded.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Final, Self

from survey_app.domain.branding import Branding
from survey_app.domain.collector import Collector, printed_code
from survey_app.domain.directory import HelpCard
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.extract import extract_of
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_, Message, Words
from survey_app.domain.questionnaire import Audience
from survey_app.domain.sheet import EvaluationSheet
from survey_app.domain.towns import names_of
from survey_app.domain.wave import Wave
from survey_app.rendering.paper_form import paper_form_document
from survey_app.rendering.pdf import Document, PdfPool
from survey_app.rendering.prints import FORMATS
from survey_app.rendering.prints.base import HEADLINE, Format, Invitation, What, call
from survey_app.rendering.prints.poster_a4 import poster_document
from survey_app.rendering.sheet import sheet_document
from survey_app.rendering.sheet_annex import annex_document, bundle_document
from survey_app.services import exporting

CHECKED: Final = ("csv_rfc4180", "json")  # files that are the same bytes whenever they are made
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
        return self._known(_fingerprint(document), lambda: self._pool.render(document))

    def pdf_once(self, document: Document) -> bytes:
        """Return the same and keep nothing of it: what is on the paper is nobody else's to see."""
        return self._pool.render(document)

    def preview(self, document: Document, *, width: int) -> bytes:
        """Return the first page as PNG, or raise RenderingFailed."""
        return self._known(
            _fingerprint(document, f"{width}"), lambda: self._pool.preview(document, width=width)
        )

    def _known(self, key: bytes, draw: Callable[[], bytes]) -> bytes:
        with self._lock:
            if known := self._kept.get(key):
                self._kept.move_to_end(key)
                return known
        drawn = draw()
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


def formats() -> dict[str, Format[Invitation]]:
    """Return the formats of print by their names in addresses, in the order of a menu."""
    return FORMATS


def invitation_of(
    measure: Measure,
    wave: Wave,
    collector: Collector,
    words: Words,
    *,
    public_url: str,
    policy: DisclosurePolicy,
    help_card: HelpCard,
    others: Sequence[Words] = (),
    branding: Branding | None = None,
) -> Invitation:
    """Return what the prints of one way in say: in the language of `words`, in few words `others`.

    Whoever is asked for more languages than a format shows cuts them beforehand
    (`Format.languages`).
    """
    questionnaire = wave.questionnaire
    minimum = {"minimum": policy.promised_minimum(questionnaire)}
    return Invitation(
        headline=words.gettext(HEADLINE),
        title=measure.title,
        site=measure.site.name if measure.site else names_of(measure),
        network=measure.network.name,
        contact=measure.network.contact,
        questionnaire=questionnaire.title.said(words.code),
        audience=words.gettext(AUDIENCES[questionnaire.audience]),
        minutes=questionnaire.minutes,
        url=f"{public_url}/q/{collector.code}".upper(),
        address=f"{public_url.partition('://')[2]}/q",
        code=printed_code(collector.code),
        opens_on=wave.opens_on,
        closes_on=wave.closes_on,
        promise=tuple(Message(sentence, minimum).said(words) for sentence in PROMISE),
        sample=measure.network.sample,
        others=tuple(call(w.gettext(HEADLINE), questionnaire.minutes, w) for w in others),
        branding=branding or Branding(),
        help=help_card,
    )


def print_pdf(printer: Printer, kind: Format[What], what: Sequence[What], words: Words) -> bytes:
    """Return what is printed in one format as one PDF, or raise RenderingFailed."""
    return printer.pdf(kind.document(what, words))


def print_preview(
    printer: Printer, kind: Format[What], what: Sequence[What], words: Words, *, width: int
) -> bytes:
    """Return the first page of the same PDF as PNG, or raise RenderingFailed."""
    return printer.preview(kind.document(what, words), width=width)


def poster_pdf(printer: Printer, posters: Sequence[Invitation], words: Words) -> bytes:
    """Return posters as one PDF with a page each, or raise RenderingFailed."""
    return printer.pdf(poster_document(posters, words))


def paper_form_pdf(
    printer: Printer,
    wave: Wave,
    collector: Collector,
    words: Words,
    *,
    policy: DisclosurePolicy,
    help_card: HelpCard,
) -> bytes:
    """Return the questionnaire of a wave on paper, with its code, or raise RenderingFailed."""
    document = paper_form_document(
        wave.questionnaire,
        words,
        minimum=policy.promised_minimum(wave.questionnaire),
        help_card=help_card,
        code=printed_code(collector.code),
    )
    return printer.pdf(document)


def sheet_pdf(printer: Printer, sheet: EvaluationSheet, words: Words) -> bytes:
    """Return the evaluation sheet as PDF, or raise RenderingFailed."""
    return printer.pdf(sheet_document(sheet, words))


def annex_pdf(printer: Printer, sheet: EvaluationSheet, words: Words) -> bytes:
    """Return the annexes of a sheet as PDF, or raise RenderingFailed."""
    return printer.pdf(annex_document(sheet, words, _checksums(sheet, words)))


def bundle_pdf(printer: Printer, sheet: EvaluationSheet, words: Words) -> bytes:
    """Return a sheet with its annexes as one PDF, or raise RenderingFailed."""
    return printer.pdf(bundle_document(sheet, words, _checksums(sheet, words)))


def _checksums(sheet: EvaluationSheet, words: Words) -> dict[str, str]:
    """Return the SHA-256 of the files that anybody can compare, by what they are called."""
    extract = extract_of(sheet)
    files = [exporting.exported(n, extract, words) for n in CHECKED if n in exporting.formats()]
    return {words.gettext(file.format.label): file.checksum for file in files}


def link_of(collector: Collector, public_url: str) -> str:
    """Return the address as it is written into a message."""
    return f"{public_url}/q/{printed_code(collector.code)}"


def _fingerprint(document: Document, *more: str) -> bytes:
    pictures = (picture.name for picture in document.pictures)
    parts = (*document.stylesheets, *pictures, f"{document.scale}", *more, document.html)
    return hashlib.sha256("\0".join(parts).encode()).digest()
