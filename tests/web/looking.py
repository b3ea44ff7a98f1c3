"""What is looked at on every page of a phone: accessibility by machine, sizes, focus, a picture.

Axe (Deque's rules, carried by a Python package) reads the page as it stands; the page's own policy
forbids foreign scripts, so the browser injects it from outside. What it cannot decide counts as a
fault too: our pages are simple enough to be decided.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
WITHOUT_LOADING = {"preload": False}  # axe would ask for the style sheets once more
OPTIONS = WITHOUT_LOADING | {
    "rules": {"target-size": {"enabled": True}},  # WCAG 2.2; axe wants it to be switched on
}
CONTRAST = WITHOUT_LOADING | {"runOnly": ["color-contrast", "link-in-text-block"]}

# Runs axe and says one line per fault and doubt. It cannot see what a style sheet draws behind a
# text, the tail of the speech bubble for one, nor text that an open menu lies upon, nor signs that are
# no text (○ ←, a single digit): the colours that meet there are compared in test_style.py. Nor does
# it see behind the numbers at the axes of a drawing; those colours are in rendering/palette.py.
EXAMINE = """async options => {
    const covered = ["pseudoContent", "bgOverlap", "elmPartiallyObscured", "elmPartiallyObscuring",
        "nonBmp", "shortTextContent", "imgNode"];
    const report = await axe.run(options);
    const found = [];
    for (const [kind, rules] of [["fault", report.violations], ["doubt", report.incomplete]])
        for (const rule of rules)
            for (const node of rule.nodes) {
                const why = [...node.any, ...node.all, ...node.none];
                if (why.some(({data}) => covered.includes(data?.messageKey))) continue;
                const said = why[0]?.message ?? rule.help;
                found.push(`axe, ${kind}: ${rule.id}: ${said}: ${node.html.slice(0, 160)}`);
            }
    return found;
}"""

COMMON = {"width": 390, "height": 844}
SMALL = {"width": 320, "height": 568}
SMALLEST_TARGET = 44
DESK = {"width": 1280, "height": 900}
SMALLEST_AT_A_DESK = 24  # WCAG 2.5.8; with a thumb staff meet what is tapped often at 44 or more

CONTROLS = """const controls = [...document.querySelectorAll(
        "a[href], button, input:not([type=hidden]), select, summary, textarea")]
    .filter(part => !part.disabled && part.checkVisibility({visibilityProperty: true}));"""

# What can be tapped, or the tile around it; a link within a sentence may be as small as the text.
TOO_SMALL = f"""least => {{ {CONTROLS} return controls
    .map(part => part.closest("label") ?? part)
    .filter(part => !(part.matches("a") && getComputedStyle(part).display === "inline"))
    .filter(part => !part.matches(".skip"))
    .filter(part => Math.min(part.offsetHeight, part.offsetWidth) < least)
    .map(part => `${{part.offsetWidth}} × ${{part.offsetHeight}}: ${{part.outerHTML.slice(0, 160)}}`)
}}"""

# What does not show, itself or by the tile around it, that it has the focus of a keyboard. The page does not hear of it: an open menu
# would close.
FOCUS_UNSEEN = f"""() => {{ {CONTROLS}
    const kinds = ["focus", "blur", "focusin", "focusout"];
    const hush = event => event.stopImmediatePropagation();
    const before = document.activeElement;
    for (const kind of kinds) addEventListener(kind, hush, true);
    const unseen = controls.filter(part => {{
        part.focus({{preventScroll: true}});
        return [part, part.closest("label") ?? part].every(each => {{
            const {{outlineStyle, outlineWidth}} = getComputedStyle(each);
            return outlineStyle === "none" || parseFloat(outlineWidth) < 2;
        }});
    }});
    before.focus({{preventScroll: true}});
    for (const kind of kinds) removeEventListener(kind, hush, true);
    return unseen.map(part => part.outerHTML.slice(0, 160));
}}"""

# In the colours that a person forces upon all pages: a control needs an edge or a line below it, and
# what is chosen another edge than what is not.
FORCED_UNSEEN = f"""() => {{ {CONTROLS}
    const edge = part => parseFloat(getComputedStyle(part).borderTopWidth);
    const line = part => getComputedStyle(part).textDecorationLine !== "none";
    const native = part => part.matches("[type=checkbox], [type=radio]")
        && getComputedStyle(part).appearance !== "none";  // the browser draws these itself
    const alike = part => part.checked && edge(part) === edge(
        part.closest(".answers").querySelector("input:not(:checked)"));
    return controls.filter(part => !part.matches(".skip") && !native(part))
        .filter(part => !edge(part) && !line(part) || alike(part))
        .map(part => part.outerHTML.slice(0, 160))
}}"""

# The spacing that a person may set (WCAG 1.4.12). A constructed style sheet is no inline style.
SPACED = """on => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important } p { margin-block-end: 2em !important }`);
    document.adoptedStyleSheets = on ? [sheet] : [];
}"""

# Text that its own box cuts off, other than in a field, where it moves with the cursor, and in a table
# that a keyboard can scroll (WCAG 1.4.10 lets tables be wide). What is hidden
# on purpose for the eyes is one pixel wide.
CUT_OFF = """() => [...document.body.querySelectorAll("*:not(input, [role=region][tabindex])")]
    .filter(part => part.clientWidth > 1 && part.checkVisibility({visibilityProperty: true}))
    .filter(part => getComputedStyle(part).overflowX !== "visible")
    .filter(part => part.scrollWidth > part.clientWidth + 1)
    .map(part => part.outerHTML.slice(0, 160))"""


def faults(page: Page, picture: Path, *, also_small: bool) -> list[str]:
    """Return what is wrong with the page: by day on a common phone, by night on a small one.

    Pictures take longer than all the rest: the second is taken only with `also_small`.
    """
    page.set_viewport_size(COMMON)
    page.emulate_media(color_scheme="light")
    found = [*_axe(page, OPTIONS), *_sizes(page, COMMON["width"])]
    _take(page, picture, "390-light")
    page.set_viewport_size(SMALL)
    page.emulate_media(color_scheme="dark")
    found += [*_axe(page, CONTRAST), *_sizes(page, SMALL["width"])]
    if also_small:
        _take(page, picture, "320-dark")
    page.evaluate(SPACED, True)
    found += [f"with wide spacing: {fault}" for fault in _sizes(page, SMALL["width"])]
    page.evaluate(SPACED, False)
    page.emulate_media(color_scheme="light", forced_colors="active")
    found += [f"unseen in forced colours: {part}" for part in page.evaluate(FORCED_UNSEEN)]
    page.emulate_media(forced_colors="none")
    page.set_viewport_size(COMMON)
    page.keyboard.press("Shift")  # from now on the focus is that of a keyboard
    found += [f"focus unseen: {part}" for part in page.evaluate(FOCUS_UNSEEN)]
    return found


# What axe does not ask for: one heading that names the page, no level left out below it, a name for
# every table of data and a scope for each of its headers.
STRUCTURE = """() => {
    const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
        .filter(part => part.checkVisibility({visibilityProperty: true}))
        .map(part => [Number(part.tagName[1]), part.textContent.trim()]);
    const found = levels.filter(([level]) => level === 1).length === 1 ? [] : ["not one h1"];
    levels.forEach(([level, text], number) => {
        if (number && level > levels[number - 1][0] + 1) found.push(`a level is missing: ${text}`);
    });
    for (const table of document.querySelectorAll("table")) {
        const about = table.outerHTML.slice(0, 160);
        const named = "[aria-label], [aria-labelledby], .sheet-screen *";  // there a heading says it
        if (!table.caption && !table.matches(named))
            found.push(`table without a name: ${about}`);
        if (!table.querySelector("th")) found.push(`table without headers: ${about}`);
        for (const header of table.querySelectorAll("th:not([scope])"))
            found.push(`header without scope: ${header.outerHTML.slice(0, 160)}`);
    }
    return found;
}"""


def faults_at_a_desk(page: Page, picture: Path | None) -> list[str]:
    """Return what is wrong with a page of staff: by day on a wide screen, by night on a small one.

    Without `picture` it is the same page once more, in another language or without scripts: it is
    looked at by night only, with every rule.
    """
    found: list[str] = []
    if picture:
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="light", forced_colors="none")
        found += [*_axe(page, OPTIONS), *_sizes(page, DESK["width"], SMALLEST_AT_A_DESK)]
        found += page.evaluate(STRUCTURE)
        _take(page, picture, "1280-light")
        page.set_viewport_size(COMMON)
        _take(page, picture, "390-light")
    page.set_viewport_size(SMALL)
    page.emulate_media(color_scheme="dark", forced_colors="none")
    found += [*_axe(page, CONTRAST if picture else OPTIONS)]
    found += _sizes(page, SMALL["width"], SMALLEST_AT_A_DESK)
    page.evaluate(SPACED, True)
    wide = _sizes(page, SMALL["width"], SMALLEST_AT_A_DESK)
    found += [f"with wide spacing: {fault}" for fault in wide]
    page.evaluate(SPACED, False)
    if picture:
        page.emulate_media(color_scheme="light", forced_colors="active")
        found += [f"unseen in forced colours: {part}" for part in page.evaluate(FORCED_UNSEEN)]
        page.emulate_media(forced_colors="none")
        page.keyboard.press("Shift")
        found += [f"focus unseen: {part}" for part in page.evaluate(FOCUS_UNSEEN)]
    return found


def _axe(page: Page, options: dict[str, Any]) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(EXAMINE, options)
    return found


def _sizes(page: Page, width: int, least: int = SMALLEST_TARGET) -> Iterator[str]:
    seen = page.evaluate("document.documentElement.scrollWidth")
    if seen > width:
        yield f"{seen} wide on a screen of {width}"
    yield from (f"too small: {part}" for part in page.evaluate(TOO_SMALL, least))
    yield from (f"cut off: {part}" for part in page.evaluate(CUT_OFF))


def _take(page: Page, picture: Path, variant: str) -> None:
    path = picture.with_name(f"{picture.name}.{variant}.png")
    page.screenshot(path=path, full_page=True, animations="disabled", scale="css")
