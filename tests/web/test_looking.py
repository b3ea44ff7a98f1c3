"""The checks of pages can fail: each fault of a bad page is found, and nothing on a good one.

1. Axe's faults and doubts are found, contrasts of single signs, of single digits and of text in a
   drawing included; what lies over a text makes no doubt of it.
2. Sizes: what is too wide, too small to tap, cut off; a field may hide what somebody typed, not what
   the page writes into it; a table may be wide where a keyboard can scroll it, nothing else.
3. The focus is seen where it changes something; forced colours leave every control an edge.
4. Structure: one h1, no level left out, tables with a name, with headers and their scope.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.web.looking import (
    BUT_COLOURS,
    CONTRAST,
    CUT_OFF,
    FOCUS_UNSEEN,
    FORCED_UNSEEN,
    OPTIONS,
    STRUCTURE,
    TOO_SMALL,
    _axe,
    _sizes,
    faults_at_a_desk,
)

HEAD = """<!doctype html><html lang="de"><head><title>Probe</title>
<meta name="viewport" content="width=device-width"><style>
body { margin: 0; background: #fff; color: #111 }
.pale { color: #aaa } .behind::before { content: "x"; color: #fff; background: #000 }
.box { inline-size: 100px; overflow-x: auto } .long { display: block; inline-size: 300px }
.hidden { overflow: hidden } .over { position: relative } .menu { position: absolute; inset: 0; background: #222 }
button, input, a.big { min-block-size: 44px; min-inline-size: 44px; border: 1px solid }
:focus-visible { outline: 3px solid }
.still { outline: none !important } .always { outline: 3px solid blue !important }
.bare { border: 0 !important; text-decoration: none; appearance: none }
.tiny { min-block-size: 0; min-inline-size: 0; block-size: 20px; inline-size: 20px; padding: 0 }
td, th { border: 1px solid }
</style></head><body><main>"""
DRAWING = """<svg width="200" height="40" role="img" aria-label="Bild">
<rect width="200" height="40" fill="{ground}"/><text x="5" y="20" fill="{ink}">25</text></svg>"""
PATTERN = """<svg width="200" height="40" role="img" aria-label="Bild"><defs><pattern id="p"
width="4" height="4" patternUnits="userSpaceOnUse"><rect width="2" height="4"/></pattern></defs>
<rect width="200" height="40" fill="url(#p)"/><text x="5" y="20" fill="#111">25</text></svg>"""
TABLE = "<tr><th scope=col>{word}</th></tr><tr><td>1</td></tr></table>"


WITHIN = """<div class=box role=region tabindex=0 aria-label=x><table class=long><td>
<div class='box hidden'><span class=long>Lies das.</span></div></table></div>"""


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """Give one page for all faults."""
    context = chromium.new_context(viewport={"width": 320, "height": 568}, device_scale_factor=1)
    yield context.new_page()
    context.close()


def shown(page: Page, content: str) -> Page:
    """Return the page with this content under a heading."""
    page.set_content(f"{HEAD}<h1>Probe</h1>{content}</main></body></html>")
    return page


def contrasts(page: Page, content: str) -> list[str]:
    """Return what axe, and we after it, say about the contrast: fault or doubt, and the element."""
    told = _axe(shown(page, content), CONTRAST)
    return [re.sub(r"axe, (\w+): color-contrast: .*: <(\w+).*", r"\1 \2", each) for each in told]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<p>Lies das.</p><p>○</p><p>7</p><p class=behind>Lies das.</p>", []),
        ("<p class=pale>Lies das.</p>", ["fault p"]),
        ("<p class=pale>○</p>", ["fault p"]),
        ("<p class=pale>7</p>", ["fault p"]),
        ("<p class='pale behind'>Lies das.</p>", ["fault p"]),
        (DRAWING.format(ground="#eee", ink="#111"), []),
        (DRAWING.format(ground="#eee", ink="#aaa"), ["doubt text"]),
        (DRAWING.format(ground="#222", ink="#111"), ["doubt text"]),
        (PATTERN, ["doubt text"]),
        ("<div class=over><p>Lies das.</p><div class=menu></div></div>", []),
        ("<div class=over><p class=pale>Lies das.</p><div class=menu></div></div>", ["doubt p"]),
    ],
)
def test_contrast_is_judged_wherever_it_can_be(page: Page, content: str, found: list[str]) -> None:
    """Rule 1."""
    assert contrasts(page, content) == found


def test_axe_is_asked_for_everything_but_colours_in_other_languages(page: Page) -> None:
    """Rule 1."""
    bad = "<p class=pale>Lies das.</p><button></button><img src='data:,'><ul><p>x</p></ul>"
    bad += "<button class=tiny>x</button><button class=tiny>y</button>"
    told = [
        {each.split(": ")[1] for each in _axe(shown(page, bad), options)}
        for options in (OPTIONS, BUT_COLOURS)
    ]
    others = {"button-name", "image-alt", "list", "target-size"}
    assert told == [{"color-contrast", *others}, others]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<input aria-label=x value='ein langer Satz, den jemand geschrieben hat' size=5>", 0),
        ("<input aria-label=x placeholder='ein langer Satz, der hier stehen soll' size=5>", 1),
        (
            "<input type=submit value='ein langer Knopf' style='inline-size:50px;overflow:hidden'>",
            1,
        ),
        ("<div class='box hidden'><span class=long>Lies das.</span></div>", 1),
        ("<div class=box><span class=long>Lies das.</span></div>", 1),
        ("<div class=box role=region tabindex=0 aria-label=x><p class=long>Lies das.</div>", 1),
        (
            "<div class=box role=region tabindex=0 aria-label=x><table class=long><td>x</table></div>",
            0,
        ),
        ("<div class=box tabindex=0><table class=long><td>x</table></div>", 1),
        ("<div class=box role=region tabindex=0><table class=long><td>x</table></div>", 1),
        (WITHIN, 1),
    ],
)
def test_what_is_cut_off_is_found(page: Page, content: str, found: int) -> None:
    """Rule 2."""
    assert len(shown(page, content).evaluate(CUT_OFF)) == found


def test_what_is_too_wide_or_too_small_is_found(page: Page) -> None:
    """Rule 2."""
    bad = "<button class=tiny>x</button><p style='inline-size:400px'>Breit</p>"
    assert [each.partition(":")[0] for each in _sizes(shown(page, bad), 320)] == [
        "400 wide on a screen of 320",
        "too small",
    ]
    assert shown(page, "<button>x</button><p>Ein <a href=x>Link</a>").evaluate(TOO_SMALL, 44) == []


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("<button>x</button>", 0),
        ("<button autofocus>x</button>", 0),
        ("<button class=still>x</button>", 1),
        ("<button class=always>x</button>", 1),
        ("<label class=always><input class=still type=checkbox>x</label>", 1),
    ],
)
def test_a_focus_that_shows_nothing_is_found(page: Page, part: str, found: int) -> None:
    """Rule 3."""
    shown(page, part).keyboard.press("Shift")
    assert len(page.evaluate(FOCUS_UNSEEN)) == found


def test_controls_without_an_edge_are_found(page: Page) -> None:
    """Rule 3."""
    bad = "<button class=bare>x</button><a class=bare href=x>y</a><input class=bare type=checkbox>"
    page.emulate_media(forced_colors="active")
    told = shown(page, f"{bad}<button>x</button><input type=checkbox>").evaluate(FORCED_UNSEEN)
    page.emulate_media(forced_colors="none")
    assert len(told) == 3


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (f"<h2>x</h2><table><caption>Zahlen</caption>{TABLE.format(word='n')}", []),
        ("<h3>x</h3>", ["a level is missing"]),
        ("<h1>x</h1>", ["not one h1"]),
        (f"<table>{TABLE.format(word='n')}", ["table without a name"]),
        ("<table aria-label=x><tr><td>1</table>", ["table without headers"]),
        ("<table aria-label=x><tr><th>1</table>", ["header without scope"]),
        (f"<div class=sheet-screen><h2>x</h2><table>{TABLE.format(word='n')}</div>", []),
        (
            f"<div class=sheet-screen><table>{TABLE.format(word='n')}</div>",
            ["table without a name"],
        ),
        (
            f"<div class=sheet-screen><h2>x</h2>{('<table>' + TABLE.format(word='n')) * 2}</div>",
            ["table without a name"],
        ),
    ],
)
def test_faults_of_structure_are_found(page: Page, content: str, found: list[str]) -> None:
    """Rule 4."""
    told = shown(page, content).evaluate(STRUCTURE)
    assert [each.partition(":")[0] for each in told] == found


def test_a_good_page_has_no_fault_and_its_other_language_is_looked_at_too(page: Page) -> None:
    """Rules 1 to 4."""
    good = "<p>Lies das.</p><p><a class=big href=x>Weiter</a></p><p><button>Senden</button></p>"
    assert faults_at_a_desk(shown(page, good), None) == []
    bad = f"{good}<button class=tiny></button>"
    told = faults_at_a_desk(shown(page, bad), None, colours=False)
    assert {each.split(": ")[1] for each in told if each.startswith("axe")} == {"button-name"}
    assert any(each.startswith("too small") for each in told)
