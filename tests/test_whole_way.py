"""The whole way, once: from the poster on the wall to the figures on the evaluation sheet.

1. What a camera reads off the printed poster opens the questionnaire on a phone, with JavaScript
   and without, in German and in English.
2. Six people answer; the wave is closed; the figures on the printed sheet equal those counted by
   hand below.
3. A wave of four says nothing. (That every file of it is the same, whatever the four answered, is
   proved in tests/rendering/test_exports.py.)
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey_app.data import data_dir
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.sheet import EvaluationSheet
from survey_app.languages import load_languages
from survey_app.rendering.pdf import PdfPool
from survey_app.services import closing, evaluating, exporting, fielding
from survey_app.services.closing import Closing
from survey_app.services.networks import known_networks
from survey_app.services.printing import Printer, invitation_of, poster_pdf, sheet_pdf
from tests.fixtures.browser import Phone
from tests.rendering.paper import decoded, pixels, text
from tests.support_field import ALBRECHT, TODAY, field_in, migrated
from tests.web.site import Site, served, site_for
from tests.web.walking import SEND, choose, reach

GERMAN = load_languages().all["de"]
SENDS = {"de-DE": "Antworten absenden", "en-GB": "Send my answers"}
THANKS = {"de-DE": "Danke!", "en-GB": "Thank you!"}

# Who answered what. Counted by hand: K1 is positive (4 or 5) for four of six, K3 for three of six,
# K8 for two of five, because Lena does not want to say.
PEOPLE = {
    "Mira": ("en-GB", True, {"k1": 5, "k3": 5, "k8": 5}),
    "Ben": ("en-GB", False, {"k1": 5, "k3": 4, "k8": 4}),
    "Cem": ("de-DE", True, {"k1": 4, "k3": 4, "k8": 3}),
    "Dana": ("de-DE", False, {"k1": 4, "k3": 3, "k8": 3}),
    "Emil": ("de-DE", True, {"k1": 2, "k3": 2, "k8": 1}),
    "Lena": ("de-DE", False, {"k1": 1, "k3": 1, "k8": "refused"}),
}


@pytest.fixture
def site(database_url: str) -> Iterator[Site]:
    """Give a wave with the core questionnaire, on SQLite and on PostgreSQL."""
    kern = Path(data_dir("questionnaires"), "kern-jugend.yaml").read_text(encoding="utf-8")
    with (
        migrated(database_url) as database,
        site_for(field_in(database, questionnaire=kern)) as opened,
    ):
        yield opened


@pytest.fixture(scope="module")
def printer() -> Iterator[Printer]:
    """Give a printer that everybody here shares."""
    with Printer(PdfPool(workers=1)) as printing:
        yield printing


def printed_address(site: Site, printer: Printer, live: str) -> str:
    """Return what a camera reads off the poster of the wave."""
    field = site.field
    fielded = fielding.fielded_measure(field.database, field.network, field.measure, TODAY)
    assert fielded is not None
    (wave,) = fielded.waves
    poster = invitation_of(
        fielded.measure,
        wave.wave,
        wave.collectors[0],
        GERMAN,
        public_url=live,
        policy=DisclosurePolicy(),
        help_card=known_networks(None).help_for(),
    )
    (address,) = decoded(pixels(poster_pdf(printer, [poster], GERMAN), dpi=100))
    return address


def answer(phone: Phone, address: str, person: str) -> None:
    """Answer as this person does, up to the thank-you page."""
    locale, javascript, answers = PEOPLE[person]
    page = phone(locale=locale, javascript=javascript).new_page()
    page.goto(address)
    for name, code in answers.items():
        choose(page, name, code)
    reach(page, SEND)
    page.get_by_role("button", name=SENDS[locale]).tap()
    page.get_by_role("heading", name=THANKS[locale]).wait_for()


def closed_sheet(site: Site) -> EvaluationSheet:
    """Close the wave and return the sheet of its measure."""
    field = site.field
    closed = closing.close_wave(
        field.database, field.network, field.wave, today=TODAY, actor=ALBRECHT
    )
    assert closed is Closing.CLOSED
    sheet = evaluating.sheet_of(
        field.database,
        field.network,
        field.measure,
        policy=DisclosurePolicy(),
        as_of=TODAY,
        recount_days=14,
    )
    assert sheet is not None
    return sheet


def test_from_the_poster_to_the_sheet(site: Site, phone: Phone, printer: Printer) -> None:
    with served(site.app) as live:
        address = printed_address(site, printer, live)
        assert address == f"{live}/q/{site.code}".upper()
        for person in PEOPLE:
            answer(phone, address, person)
    said = " ".join(text(sheet_pdf(printer, closed_sheet(site), GERMAN)).split())
    assert "6 von 30 Teilnehmenden haben geantwortet (20 %)." in said
    assert "4 von 6 (zu wenige für eine Aussage) fanden das Angebot gut." in said
    assert "2 von 5 (zu wenige für eine Aussage) wissen jetzt besser, wo es Hilfe gibt." in said
    assert "haben etwas Brauchbares gelernt: 50 %" in said


def test_four_people_leave_no_figure(site: Site, phone: Phone, printer: Printer) -> None:
    with served(site.app) as live:
        address = printed_address(site, printer, live)
        for person in ("Mira", "Ben", "Cem", "Dana"):
            answer(phone, address, person)
    sheet = closed_sheet(site)
    said = " ".join(text(sheet_pdf(printer, sheet, GERMAN)).split())
    assert "Weniger als 5 Antworten: zum Schutz nicht ausgewiesen." in said
    assert "4 von 30" not in said
    assert "haben geantwortet" not in said
    (result,) = sheet.results
    assert not isinstance(result.released.base, int)
    (wave,) = json.loads(exporting.export("json", sheet, GERMAN))["waves"]
    assert wave["base"] is None
    assert {table["status"] for table in wave["variables"]} == {"withheld"}
