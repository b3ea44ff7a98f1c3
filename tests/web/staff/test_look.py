"""Colour and logo of the network: chosen on a page, refused with a sentence at the field.

1. The page shows what is in force; a change is kept and shown.
2. What is refused says so at its field, with a 422, and nothing changes.
3. A logo is shown as it was re-encoded, with its media type, and nothing of another network's.
4. A file comes in pieces, whatever stands where a piece ends; one that is larger than allowed is
   a page that says so; other forms stay small, and whoever is logged out sends nothing large.
5. Nobody changes anything without the token of the form, or logged out.
"""

from io import BytesIO

import pytest
from PIL import Image
from werkzeug.test import TestResponse

from survey_app.domain.branding import Branding, LogoKind
from survey_app.rendering.logos import LARGEST_FILE
from survey_app.services import branding
from tests.rendering.test_logos import png, svg
from tests.web.staff.office import LIST, Office, Page, Person

LOOK = "/team/gestaltung"
SHAPE = '<path d="M5 5h30v30h-30z" fill="#00695c"/>'


def look_of(office: Office) -> Branding:
    return branding.branding_of(office.database, office.field.network)


def token(person: Person) -> str:
    found = person.page(LOOK).find("main//input[@name='csrf_token']").get("value")
    assert found
    return found


def choose(person: Person, colour: str) -> TestResponse:
    values = {"csrf_token": token(person), "f-accent": colour}
    return person.client.post(f"{LOOK}/farbe", data=values)


def upload(person: Person, content: bytes, name: str = "logo.svg") -> TestResponse:
    """Send a file as a browser does; the body is written here, so nothing spools it to disk."""
    head = 'Content-Disposition: form-data; name="{}"{}\r\n\r\n'
    parts = [
        head.format("csrf_token", "").encode() + token(person).encode(),
        head.format("l-logo", f'; filename="{name}"').encode() + content,
    ]
    body = b"".join(b"--grenze\r\n" + part + b"\r\n" for part in parts) + b"--grenze--\r\n"
    kind = "multipart/form-data; boundary=grenze"
    return person.client.post(f"{LOOK}/logo", data=body, content_type=kind)


def test_a_colour_is_kept_and_shown(office_on_both: Office) -> None:
    office = office_on_both
    albrecht = office.albrecht()
    assert albrecht.page(LOOK).find("input[@name='f-accent']").get("value") == "#ffd23f"
    response = choose(albrecht, "#00695C")
    assert (response.status_code, response.location) == (303, LOOK)
    assert albrecht.page(LOOK).find("input[@name='f-accent']").get("value") == "#00695c"
    assert look_of(office).accent == "#00695c"


def test_a_colour_that_cannot_be_read_on_is_refused_at_its_field(office: Office) -> None:
    albrecht = office.albrecht()
    response = choose(albrecht, "#777777")
    page = Page(response)
    assert response.status_code == 422
    assert page.problems() == {
        "f-accent": "Auf #777777 ist weder weiße noch dunkle Schrift gut zu lesen."
        " Lesbar wäre #767676."
    }
    assert look_of(office) == Branding()


@pytest.mark.parametrize(("content", "kind"), [(svg(SHAPE), "image/svg+xml"), (png(), "image/png")])
def test_a_logo_is_kept_and_shown(office_on_both: Office, content: bytes, kind: str) -> None:
    office = office_on_both
    albrecht = office.albrecht()
    assert albrecht.page(LOOK).all("main//img") == []
    assert upload(albrecht, content).status_code == 303
    (image,) = albrecht.page(LOOK).all("main//img")
    shown = albrecht.get(str(image.get("src")))
    logo = look_of(office).logo
    assert logo is not None
    assert (shown.data, shown.content_type) == (logo.content, kind)
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in shown.headers["Content-Security-Policy"]
    removed = albrecht.client.post(f"{LOOK}/ohne-logo", data={"csrf_token": token(albrecht)})
    assert removed.status_code == 303
    assert albrecht.get(str(image.get("src"))).status_code == 404


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "weder PNG noch SVG"),
        (svg("<script>x</script>" + SHAPE), "Das SVG enthält <script>."),
        (svg("<text>Kreis</text>"), "Wandeln Sie Schrift in Pfade um"),
    ],
)
def test_a_logo_is_refused_at_its_field(office: Office, content: bytes, part: str) -> None:
    response = upload(office.albrecht(), content)
    assert response.status_code == 422
    assert part in Page(response).problems()["l-logo"]
    assert look_of(office) == Branding()


def test_a_form_without_a_file_says_so(office: Office) -> None:
    albrecht = office.albrecht()
    response = albrecht.client.post(f"{LOOK}/logo", data={"csrf_token": token(albrecht)})
    assert response.status_code == 422
    assert Page(response).problems() == {"l-logo": "Bitte wählen Sie eine Datei aus."}


def test_a_file_that_is_too_large_is_a_page_that_says_so(office: Office) -> None:
    albrecht = office.albrecht()
    large = upload(albrecht, png() + b"x" * LARGEST_FILE)
    assert large.status_code == 422
    assert Page(large).problems()["l-logo"].startswith("Die Datei ist größer als 1 MB.")
    larger = upload(albrecht, png() + b"x" * 2 * LARGEST_FILE)
    assert larger.status_code == 413
    assert Page(larger).find("h1").text == "Das ist zu groß"
    values = {"csrf_token": token(albrecht), "f-accent": "#" * 70_000}
    assert albrecht.client.post(f"{LOOK}/farbe", data=values).status_code == 413


def full_of_line_ends() -> bytes:
    """Return a PNG of 150 kB; where a line ends in a file, Werkzeug looks for the form's border."""
    file = BytesIO()
    image = Image.frombytes("P", (400, 375), b"\r\n" * 75_000)
    image.putpalette([0, 105, 92] * 256)
    image.save(file, "PNG", compress_level=0)
    return file.getvalue()


def test_a_file_comes_in_pieces(office: Office) -> None:
    content = full_of_line_ends()
    assert content.count(b"\r\n") >= 74_000
    assert upload(office.albrecht(), content, "logo.png").status_code == 303
    logo = look_of(office).logo
    assert logo is not None
    assert (logo.kind, logo.width, logo.height) == (LogoKind.PNG, 400.0, 375.0)


def test_nobody_sends_anything_large_logged_out(office: Office) -> None:
    files = {"l-logo": (BytesIO(full_of_line_ends()), "logo.png")}
    assert office.stranger().client.post(f"{LOOK}/logo", data=files).status_code == 413


def test_another_network_has_its_own_look(office: Office) -> None:
    assert upload(office.albrecht(), svg(SHAPE)).status_code == 303
    yildiz = office.stranger()
    assert yildiz.log_in("yildiz@nachbar.example").status_code == 302
    assert yildiz.page(LOOK).all("main//img") == []
    assert yildiz.get(f"{LOOK}/logo-bild").status_code == 404


@pytest.mark.parametrize("path", ["farbe", "logo", "ohne-logo"])
def test_nothing_changes_without_the_token(office: Office, path: str) -> None:
    albrecht = office.albrecht()
    answer = albrecht.client.post(f"{LOOK}/{path}", data={"f-accent": "#00695c"})
    assert answer.status_code == 400
    assert look_of(office) == Branding()


@pytest.mark.parametrize("path", ["", "/logo-bild"])
def test_nobody_sees_it_logged_out(office: Office, path: str) -> None:
    assert office.stranger().get(f"{LOOK}{path}").status_code == 302


def test_the_colour_is_on_the_poster(office: Office) -> None:
    albrecht = office.albrecht()
    choose(albrecht, "#00695c")
    studio = f"{LIST}/{office.field.measure}/erhebungen/{office.field.wave}/drucken"
    before = albrecht.get(f"{studio}/druck.pdf?farbe=mitreden").data
    assert albrecht.get(f"{studio}/druck.pdf").data != before
