"""The print studio: what is chosen stands in the address, is shown, and is what comes out.

1. Every format is offered, and the one that is chosen is drawn; the first is the poster.
2. The languages are those of the questionnaire; the chosen ones are on the paper, at most six.
3. The colour is the network's, ours, or a pale one; the logo can be left out.
4. The preview is a picture of the first page of the file.
5. What is not there is answered with the usual: a format, a language, a way in.
6. A foreign wave is as missing as none, in page, preview and file; nobody prints logged out.
7. Professionals are spoken to as such.
8. A printer that is busy is a page that says so.
"""

from io import BytesIO

import pytest
from PIL import Image

from survey_app.rendering.prints import FORMATS
from survey_app.services import branding, fielding
from survey_app.services.choosing import questionnaires
from survey_app.web.staff import PRINTER
from tests.rendering.paper import decoded, letters, open_pdf, pixels, text
from tests.support_field import ALBRECHT, TODAY, WAVE, questionnaire_from
from tests.web.staff.office import LIST, Office, Person

LANGUAGES = ("de", "en", "tr", "ar", "uk", "ru")


def studio_of(office: Office, wave: int | None = None) -> str:
    return f"{LIST}/{office.field.measure}/erhebungen/{wave or office.field.wave}/drucken"


@pytest.fixture
def six(office: Office) -> str:
    """Give the studio of a wave whose questionnaire speaks six languages."""
    wave = office.wave(office.field.measure, questionnaire=questionnaires()["kern-jugend"])
    return studio_of(office, wave)


def printed(person: Person, studio: str, query: str = "") -> bytes:
    response = person.get(f"{studio}/druck.pdf?{query}")
    assert (response.status_code, response.content_type) == (200, "application/pdf")
    return response.data


def checked(person: Person, address: str) -> dict[str, list[str]]:
    """Return which choices a page shows as taken."""
    page = person.page(address)
    taken: dict[str, list[str]] = {}
    for each in page.all("input"):
        if each.get("checked") is not None:
            taken.setdefault(each.get("name", ""), []).append(each.get("value", ""))
    for option in page.all("option"):
        if option.get("selected") is not None:
            taken.setdefault("sprache", []).append(option.get("value", ""))
    return taken


def test_every_format_is_offered(office: Office, six: str) -> None:
    albrecht = office.albrecht()
    page = albrecht.page(six)
    assert page.response.status_code == 200
    offered = [each.get("value") for each in page.all("input[@name='format']")]
    assert offered == list(FORMATS)
    assert checked(albrecht, six) == {
        "format": ["poster_a4"],
        "sprache": ["de"],
        "farbe": ["netzwerk"],
    }


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_chosen_comes_out(office: Office, name: str) -> None:
    pdf = printed(office.albrecht(), studio_of(office), f"format={name}")
    code = office.field.door.collector.code
    assert set(decoded(pixels(pdf, dpi=100))) == {f"HTTP://127.0.0.1:8000/Q/{code}"}


def test_the_languages_are_those_of_the_questionnaire(office: Office, six: str) -> None:
    albrecht = office.albrecht()
    options = [each.get("value") for each in albrecht.page(six).all("select[@id='sprache']/option")]
    assert sorted(map(str, options)) == sorted(LANGUAGES)
    only_german = albrecht.page(studio_of(office)).all("input[@name='weitere']")
    assert only_german == []


def test_chosen_languages_are_on_the_paper(office: Office, six: str) -> None:
    albrecht = office.albrecht()
    query = "format=poster_a4&sprache=tr&weitere=de&weitere=en&weitere=tr&farbe=mitreden"
    assert checked(albrecht, f"{six}?{query}") == {
        "format": ["poster_a4"],
        "sprache": ["tr"],
        "weitere": ["de", "en"],
        "farbe": ["mitreden"],
    }
    pdf = printed(albrecht, six, query)
    assert letters("Sag uns, wie’s war!") in letters(text(pdf))
    with open_pdf(pdf) as opened:
        assert str(opened.Root.Lang) == "tr"


def test_a_colour_can_be_left_out(office: Office) -> None:
    branding.change_colour(
        office.database, office.field.network, "#00695c", today=TODAY, actor=ALBRECHT
    )
    albrecht = office.albrecht()
    darkest = [
        pixels(printed(albrecht, studio_of(office), f"farbe={look}"), dpi=20).getpixel((83, 60))
        for look in ("netzwerk", "mitreden", "sparsam")
    ]
    assert darkest[0] < 100 < darkest[1] < darkest[2] < 240


def test_the_preview_is_a_picture_of_the_file(office: Office) -> None:
    albrecht = office.albrecht()
    query = "format=slide"
    response = albrecht.get(f"{studio_of(office)}/vorschau.png?{query}")
    assert (response.status_code, response.content_type) == (200, "image/png")
    assert response.headers["Cache-Control"] == "no-store"
    with Image.open(BytesIO(response.data)) as picture:
        shown = picture.convert("L")
    file = pixels(printed(albrecht, studio_of(office), query), dpi=72 * shown.width / 960)
    assert abs(shown.height / shown.width - file.height / file.width) < 0.01
    assert decoded(shown) == decoded(file)
    page = albrecht.page(f"{studio_of(office)}?{query}")
    (image,) = page.all("img")
    assert str(image.get("src")).startswith(f"{studio_of(office)}/vorschau.png?format=slide&")


@pytest.mark.parametrize(
    "query",
    [
        "format=zeppelin",
        "sprache=xx",
        "weitere=xx",
        "farbe=rot",
        "zugang=AAAAAAAAAA",
        "logo=vielleicht",
        "format=../../etc/passwd&sprache=%00",
    ],
)
def test_what_is_not_there_is_the_usual(office: Office, query: str) -> None:
    albrecht = office.albrecht()
    usual = printed(albrecht, studio_of(office))
    assert printed(albrecht, studio_of(office), query) == usual


def test_each_way_in_has_its_page(office: Office) -> None:
    wave = office.wave(office.field.measure, label="8b")
    with office.database.write() as connection:
        from survey_app.domain.collector import Collector
        from survey_app.storage import waves

        waves.add_collector(connection, office.field.network, Collector("KQ7RM2H8BG", wave, "8c"))
    albrecht = office.albrecht()
    fielded = fielding.fielded_measure(
        office.database, office.field.network, office.field.measure, TODAY
    )
    assert fielded is not None
    (codes,) = [
        [each.code for each in view.collectors] for view in fielded.waves if view.wave.id == wave
    ]
    with open_pdf(printed(albrecht, studio_of(office, wave))) as opened:
        assert len(opened.pages) == len(codes) == 2
    one = printed(albrecht, studio_of(office, wave), "zugang=KQ7RM2H8BG")
    assert decoded(pixels(one, dpi=60)) == ["HTTP://127.0.0.1:8000/Q/KQ7RM2H8BG"]


@pytest.mark.parametrize("path", ["", "/vorschau.png", "/druck.pdf"])
def test_a_foreign_wave_is_as_missing_as_none(office: Office, path: str) -> None:
    foreign = office.stranger()
    assert foreign.log_in("yildiz@nachbar.example").status_code == 302
    missing = foreign.get(f"{LIST}/2147483647/erhebungen/1/drucken{path}")
    answer = foreign.get(f"{studio_of(office)}{path}")
    assert (answer.status_code, answer.data) == (404, missing.data)
    logged_out = office.stranger().get(f"{studio_of(office)}{path}")
    assert logged_out.status_code == 302


def test_professionals_are_spoken_to_as_such(office: Office) -> None:
    form = questionnaire_from(WAVE.replace("young_people", "professionals"))
    wave = office.wave(office.field.measure, questionnaire=form)
    on_paper = text(printed(office.albrecht(), studio_of(office, wave), "format=slide"))
    assert letters("Sagen Sie uns, wie’s war!") in letters(on_paper)


@pytest.mark.parametrize("path", ["/vorschau.png", "/druck.pdf"])
def test_a_printer_that_cannot_is_a_page_that_says_so(office: Office, path: str) -> None:
    albrecht = office.albrecht()
    office.app.extensions[PRINTER].close()
    assert albrecht.get(f"{studio_of(office)}{path}").status_code == 503
