"""A logo is looked at and made anew: what is stored is ours, whatever was uploaded.

1. A PNG keeps its look and loses everything else: metadata, what hangs behind it, transparent edges.
2. A PNG that is too large, too small, empty or broken is refused, before it is unpacked.
3. An SVG of shapes and flat colours stays a drawing; classes of a drawing program become attributes.
4. Scripts, references, pages inside, entities: refused, or not in what is written.
5. Text, gradients, pictures, masks would change the look if they were left out: refused with the
   way out.
6. A hostile SVG costs no time and no memory.
7. What comes out is what went in a second time: cleaning it again changes nothing.
8. A logo that was taken can be drawn.
"""

import time
from contextlib import suppress
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from survey_app.domain.branding import LogoKind
from survey_app.domain.messages import InvalidDefinition
from survey_app.rendering.logos import LARGEST_FILE, read_logo
from survey_app.rendering.pdf import PdfPool
from survey_app.rendering.prints.base import logo_document

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 120 40"'
SHAPE = '<path d="M5 5h30v30h-30z"/>'


def svg(inside: str, attributes: str = "") -> bytes:
    """Return an SVG file."""
    return f"{HEAD}{attributes}>{inside}</svg>".encode()


def cleaned(inside: str, attributes: str = "") -> str:
    """Return what is kept of an SVG, without its own head."""
    text = read_logo(svg(inside, attributes)).content.decode()
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"'
    assert text.startswith(head)
    return text.removeprefix(head)


def png(size: tuple[int, int] = (120, 40), colour: str = "#00695cff", **saved: object) -> bytes:
    """Return a PNG file of one colour."""
    file = BytesIO()
    Image.new("RGBA", size, colour).save(file, "PNG", **saved)
    return file.getvalue()


def refused(content: bytes) -> str:
    """Return why a logo was not taken."""
    with pytest.raises(InvalidDefinition) as refusal:
        read_logo(content)
    (fault,) = refusal.value.faults
    assert fault.at == ("logo",)
    return str(fault.message)


def test_a_png_loses_what_is_not_its_picture() -> None:
    """Rule 1."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Mira wohnt nebenan")
    content = png(pnginfo=notes, dpi=(300, 300)) + b"<script>nebenan</script>"
    logo = read_logo(content)
    assert (logo.kind, logo.width, logo.height) == (LogoKind.PNG, 120.0, 40.0)
    assert b"nebenan" in content
    assert b"nebenan" not in logo.content
    with Image.open(BytesIO(logo.content)) as opened:
        assert opened.info == {}
        assert opened.convert("RGBA").getpixel((60, 20)) == (0, 105, 92, 255)


def test_transparent_edges_are_cut() -> None:
    """Rule 1."""
    canvas = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    canvas.paste((0, 105, 92, 255), (100, 100, 300, 150))
    file = BytesIO()
    canvas.save(file, "PNG")
    logo = read_logo(file.getvalue())
    assert (logo.width, logo.height) == (200.0, 50.0)


def test_a_large_png_is_made_as_large_as_it_is_printed() -> None:
    """Rule 1."""
    logo = read_logo(png((2400, 800)))
    assert (logo.width, logo.height) == (1200.0, 400.0)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (png((3001, 100)), "Das Logo ist breiter oder höher als 3000 Bildpunkte."),
        (png((31, 31)), "Das Logo hat weniger als 32 Bildpunkte."),
        (png((1300, 100)), "Das Logo ist mehr als 12-mal so lang wie breit."),
        (png(colour="#00000000"), "Das Logo ist ganz durchsichtig."),
        (png()[:60], "Die Datei lässt sich nicht als PNG lesen."),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 99, "Die Datei lässt sich nicht als PNG lesen."),
        (b"x" * (LARGEST_FILE + 1), "Die Datei ist größer als 1 MB."),
        (b"", "Die Datei ist weder PNG noch SVG."),
        (b"\xff\xd8\xff\xe0JFIF", "Die Datei ist weder PNG noch SVG."),
    ],
)
def test_what_is_no_logo_is_refused(content: bytes, sentence: str) -> None:
    """Rule 2."""
    assert refused(content).startswith(sentence)


def test_a_png_that_grows_is_refused_before_it_is_unpacked() -> None:
    """Rule 2: 60,000 × 60,000 pixels in a head of 33 bytes."""
    head = bytearray(png()[:33])
    head[16:24] = (60_000).to_bytes(4) * 2
    assert refused(bytes(head) + png()[33:]).startswith("Die Datei lässt sich nicht als PNG lesen.")


def test_a_drawing_stays_a_drawing() -> None:
    """Rule 3."""
    inside = '<g transform="translate(2 3)" opacity="0.5"><circle cx="9" cy="9" r="4"/></g>'
    assert cleaned(inside) == (
        '><g transform="translate(2 3)" opacity="0.5"><circle cx="9" cy="9" r="4"></circle></g></svg>'
    )


def test_classes_become_attributes() -> None:
    """Rule 3: as Illustrator and Inkscape write them."""
    inside = (
        "<style>/* Farben */ .st0{fill:#FFFFFF;} .st0,.st1 { stroke : red ; font-size:12px }</style>"
        '<path class="st0" d="M0 0h5v5z" fill="#000"/>'
        '<path class="st1" style="fill:none;-inkscape-font:x" d="M0 0h5v5z"/>'
    )
    assert cleaned(inside) == (
        '><path d="M0 0h5v5z" fill="#FFFFFF" stroke="red"></path>'
        '<path d="M0 0h5v5z" stroke="red" fill="none"></path></svg>'
    )


def test_notes_of_a_drawing_program_are_left_out() -> None:
    """Rule 3."""
    inside = (
        '<title>Logo</title><metadata><x xmlns="urn:x">y</x></metadata><defs/>'
        f'<sodipodi:namedview xmlns:sodipodi="urn:s"/><!-- x --><?php x ?>{SHAPE}'
    )
    assert cleaned(inside, ' onload="x()" data-a="b" id="c"') == (
        '><path d="M5 5h30v30h-30z"></path></svg>'
    )


def test_an_outer_document_type_is_not_fetched() -> None:
    """Rule 4: the head that old programs write."""
    doctype = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://127.0.0.1:9/svg11.dtd">'
    assert read_logo(b'<?xml version="1.0"?>' + doctype + svg(SHAPE)).kind == LogoKind.SVG


@pytest.mark.parametrize(
    ("inside", "part"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>', "<foreignObject>"),
        ('<use href="#x"/>', "<use>"),
        ('<use xlink:href="http://127.0.0.1/x.svg#y"/>', "<use>"),
        ('<image href="file:///etc/passwd"/>', "<image>"),
        ('<a href="javascript:x"><path d="M0 0"/></a>', "<a>"),
        ('<animate attributeName="href" to="x"/>', "<animate>"),
        ("<set/>", "<set>"),
        ("<switch/>", "<switch>"),
        ("<svg/>", "<svg>"),
        ("<style>@import url(http://127.0.0.1/x.css);</style>", "<style>"),
        ("<style>path{fill:red}</style>", "<style> path"),
        ('<defs><linearGradient id="a"/></defs>', "<defs>"),
        ('<path clip-path="url(#a)" d="M0 0"/>', "clip-path"),
        ('<path style="mask:url(#a)" d="M0 0"/>', "mask"),
        ('<path filter="url(http://127.0.0.1/x)" d="M0 0"/>', "filter"),
        ("<text>Kreis</text>", "<text>"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_named(inside: str, part: str) -> None:
    """Rules 4 and 5."""
    said = refused(svg(inside + SHAPE))
    assert said.startswith(f"Das SVG enthält {part}")
    assert said.endswith("oder laden Sie das Logo als PNG hoch.")


@pytest.mark.parametrize(
    "attribute",
    [
        'fill="url(#a)"',
        'fill="url(http://127.0.0.1/x)"',
        "style=\"fill:url('file:///x')\"",
        'fill="expression(alert(1))"',
        'fill="var(--x)"',
        'transform="rotate(1) url(x)"',
        'stroke-width="calc(1px)"',
        'd="M0 0 javascript"',
        'opacity="&#34;/&gt;&lt;script&gt;"',
    ],
)
def test_a_value_that_is_more_than_a_value_is_refused(attribute: str) -> None:
    """Rule 4."""
    assert refused(svg(f"<path {attribute}/>")).startswith("Das SVG enthält „")


@pytest.mark.parametrize(
    "attribute", ['onclick="x()"', 'href="x"', 'xlink:href="x"', 'id="a"', 'class="b"', 'x:y="z" xmlns:x="urn:x"']
)  # fmt: skip
def test_an_attribute_that_is_not_known_is_not_written(attribute: str) -> None:
    """Rule 4."""
    assert cleaned(f'<path d="M0 0h9v9z" {attribute}/>') == '><path d="M0 0h9v9z"></path></svg>'


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg(SHAPE),
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("<title>&a;</title>" + SHAPE),
        b'<!DOCTYPE svg [<!ENTITY % a SYSTEM "http://127.0.0.1/x">%a;]>' + svg(SHAPE),
    ],
    ids=["internal", "external", "parameter"],
)  # fmt: skip
def test_an_entity_is_refused(content: bytes) -> None:
    """Rule 4."""
    assert refused(content).startswith("Das SVG enthält <!ENTITY>.")


@pytest.mark.parametrize(
    "content",
    [
        svg("<g>" * 500 + SHAPE + "</g>" * 500),
        svg("<g/>" * 3001 + SHAPE),
        svg(f'<path d="{"1.5 " * 60_000}x"/>'),
        svg(f'<polygon points="{"1.5 " * 60_000}x"/>'),
        svg(f'<path transform="{"rotate(1)" * 300}x" d="M0 0"/>'),
        svg("<style>" + "/* " * 60_000 + "</style>" + SHAPE),
        svg("<style>" + ".a{}" * 40_000 + "</style>" + '<g class="a a a a"/>' * 2900 + SHAPE),
        svg("<style>" + "{" * 90_000 + "}" * 90_000 + "</style>" + SHAPE),
    ],
    ids=["deep", "many", "path", "points", "transform", "comments", "classes", "braces"],
)
def test_a_hostile_drawing_costs_no_time(content: bytes) -> None:
    """Rule 6: the patterns are linear; five seconds are a thousand times what is needed."""
    started = time.perf_counter()
    with suppress(InvalidDefinition):
        read_logo(content)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<svg/>", "Die Datei ist weder PNG noch SVG."),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "Die Datei ist weder PNG noch SVG."),
        (svg(""), "Im SVG ist nichts gezeichnet."),
        (svg("<g/>"), "Im SVG ist nichts gezeichnet."),
        (svg(SHAPE).replace(b"0 0 120 40", b"0 0 0 0"), "Im SVG fehlt die Größe (viewBox)."),
        (svg(SHAPE).replace(b"0 0 120 40", b"nan 0 1 1"), "Im SVG fehlt die Größe (viewBox)."),
    ],
)
def test_a_file_without_a_drawing_is_refused(content: bytes, sentence: str) -> None:
    """Rule 2."""
    assert refused(content).startswith(sentence)


def test_a_size_in_millimetres_stands_in_for_the_view_box() -> None:
    """Rule 3."""
    content = svg(SHAPE, ' width="100mm" height="50mm"').replace(b'viewBox="0 0 120 40"', b"")
    logo = read_logo(content)
    assert round(logo.width / logo.height, 6) == 2.0


def test_cleaning_again_changes_nothing() -> None:
    """Rule 7."""
    first = read_logo(svg(f'<style>.a{{fill:red}}</style><g class="a">{SHAPE}</g>'))
    assert read_logo(first.content) == first
    picture = read_logo(png())
    assert read_logo(picture.content) == picture


@pytest.mark.parametrize("content", [png(), svg(SHAPE)], ids=["png", "svg"])
def test_a_logo_can_be_drawn(pool: PdfPool, content: bytes) -> None:
    """Rule 8."""
    assert pool.render(logo_document(read_logo(content))).startswith(b"%PDF")
