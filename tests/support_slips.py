"""Slips for tests: printed as staff print them, and read off the paper."""

from gettext import NullTranslations
from typing import Any

from babel import Locale

from survey_app.domain.branding import Branding
from survey_app.domain.collector import Collector, read_code
from survey_app.languages import Language
from survey_app.rendering.pdf import Document, PdfPool
from survey_app.rendering.slips import LAYOUTS
from survey_app.services.printing import Printer
from survey_app.services.slip_printing import SlipOrder, print_slips
from tests.support_field import ALBRECHT, TODAY, Field

GERMAN = Language("de", Locale.parse("de"), NullTranslations)


class NoPaper(PdfPool):
    """A pool that keeps the document it was to draw: the codes stand in it."""

    def __init__(self) -> None:
        super().__init__(1)
        self.document: Document | None = None

    def render(self, document: Document) -> bytes:
        """Remember the document."""
        self.document = document
        return b"%PDF"


def slips_for(
    field: Field, count: int, *, collector: Collector | None = None, **changes: Any
) -> list[str]:
    """Print slips for a way in and return their codes, as they are typed."""
    pool = NoPaper()
    values: dict[str, Any] = {
        "count": count,
        "layout": LAYOUTS["12"],
        "spoken": (GERMAN,),
        "polite": GERMAN,
        "withdraw": False,
        "public_url": "https://umfrage.example",
        "branding": Branding(),
    }
    pdf = print_slips(
        field.database,
        Printer(pool),
        field.network,
        collector or field.door.collector,
        SlipOrder(**values | changes),
        today=TODAY,
        actor=ALBRECHT,
    )
    assert pdf is not None
    assert pool.document is not None
    return codes_in(pool.document)


def codes_in(document: Document) -> list[str]:
    """Return the codes of the slips in a document."""
    parts = document.html.split('<p class="code"')[1:]
    codes = [read_code(part.partition(">")[2].partition("<")[0]) for part in parts]
    return [code for code in codes if code is not None]
