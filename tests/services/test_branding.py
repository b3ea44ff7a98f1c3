"""The look of a network is chosen by its own people, stays its own, and leaves a line in the log.

1. A network that never chose has our colours; what was chosen is kept, on both databases.
2. One network's colour and logo are not another's.
3. A refused colour or logo changes nothing and is not written down.
4. Each change is audited with its day and who made it, without the logo itself.
5. A logo that is taken is the re-encoded one, and one that cannot be drawn is refused; a printer
   that is busy is not the logo's fault.
"""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select

from survey_app.domain.branding import Branding, LogoKind
from survey_app.domain.messages import InvalidDefinition
from survey_app.rendering.pdf import PdfPool, RenderingFailed
from survey_app.services import branding
from survey_app.services.printing import Printer
from survey_app.storage import places, schema
from tests.rendering.test_logos import png, svg
from tests.support_field import ALBRECHT, TODAY, Field

WHO = {"today": TODAY, "actor": ALBRECHT}
SHAPE = '<path d="M5 5h30v30h-30z" fill="#00695c"/>'


@pytest.fixture(scope="module")
def printer() -> Iterator[Printer]:
    """Give a printer of one process."""
    with Printer(PdfPool(workers=1)) as opened:
        yield opened


def audited(field: Field) -> list[tuple[int, date, str, str, str, str]]:
    """Return what the log says about looks."""
    table = schema.audit
    columns = (table.c.network, table.c.day, table.c.actor, table.c.action, table.c.subject)
    with field.database.read() as connection:
        rows = connection.execute(
            select(*columns, table.c.detail).where(table.c.action == "branding")
        )
        return [tuple(row) for row in rows.fetchall()]  # type: ignore[misc]


def test_a_network_that_never_chose_has_our_colours(field: Field) -> None:
    """Rule 1."""
    assert branding.branding_of(field.database, field.network) == Branding()


def test_what_was_chosen_is_kept(field: Field, printer: Printer) -> None:
    """Rules 1 and 4."""
    look = (field.database, field.network)
    branding.change_logo(field.database, printer, field.network, svg(SHAPE), **WHO)
    branding.change_colour(*look, "00695C", **WHO)
    found = branding.branding_of(*look)
    assert found.accent == "#00695c"
    assert found.logo is not None
    assert (found.logo.kind, found.logo.width, found.logo.height) == (LogoKind.SVG, 120.0, 40.0)
    branding.remove_logo(*look, **WHO)
    assert branding.branding_of(*look) == Branding("#00695c")
    size = len(found.logo.content)
    assert [line[1:] for line in audited(field)] == [
        (TODAY, ALBRECHT, "branding", f"svg, {size} Byte", ""),
        (TODAY, ALBRECHT, "branding", "#00695c", ""),
        (TODAY, ALBRECHT, "branding", "ohne Logo", ""),
    ]


def test_a_png_comes_back_as_it_was_re_encoded(field: Field, printer: Printer) -> None:
    """Rules 1 and 5."""
    content = png() + b"nebenan"
    taken = branding.change_logo(field.database, printer, field.network, content, **WHO)
    assert branding.branding_of(field.database, field.network) == taken
    assert taken.logo is not None
    assert b"nebenan" not in taken.logo.content


def test_one_network_is_not_another(field: Field) -> None:
    """Rule 2."""
    with field.database.write() as connection:
        other = places.add_network(connection, "Kreis Nachbar", "x@nachbar.example", sample=True)
    branding.change_colour(field.database, other.id, "#e30613", **WHO)
    assert branding.branding_of(field.database, field.network) == Branding()
    assert branding.branding_of(field.database, other.id) == Branding("#e30613")


@pytest.mark.parametrize("typed", ["grün", "#777777", "#ffffff"])
def test_a_refused_colour_changes_nothing(field: Field, typed: str) -> None:
    """Rule 3."""
    branding.change_colour(field.database, field.network, "#e30613", **WHO)
    with pytest.raises(InvalidDefinition):
        branding.change_colour(field.database, field.network, typed, **WHO)
    assert branding.branding_of(field.database, field.network) == Branding("#e30613")
    assert len(audited(field)) == 1


@pytest.mark.parametrize(
    "content", [b"kein Bild", svg("<script/>"), svg('<path d="M0 0h9v9z" opacity=""/>')]
)
def test_a_refused_logo_changes_nothing(field: Field, printer: Printer, content: bytes) -> None:
    """Rules 3 and 5; the last one is well-formed and cannot be drawn."""
    with pytest.raises(InvalidDefinition) as refused:
        branding.change_logo(field.database, printer, field.network, content, **WHO)
    assert [fault.at for fault in refused.value.faults] == [("logo",)]
    assert branding.branding_of(field.database, field.network) == Branding()
    assert audited(field) == []


def test_a_busy_printer_is_not_the_fault_of_a_logo(field: Field) -> None:
    """Rule 5."""
    closed = Printer(PdfPool(workers=1))
    closed.close()
    with pytest.raises(RenderingFailed):
        branding.change_logo(field.database, closed, field.network, svg(SHAPE), **WHO)
    assert branding.branding_of(field.database, field.network) == Branding()
