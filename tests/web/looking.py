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
# text, the tail of the speech bubble for one, nor text that an open menu lies upon: the colours that
# meet there are compared in test_style.py.
EXAMINE = """async options => {
    const covered = ["pseudoContent", "bgOverlap", "elmPartiallyObscured", "elmPartiallyObscuring"];
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

# What does not show that it has the focus of a keyboard. The page does not hear of it: an open menu
# would close.
FOCUS_UNSEEN = f"""() => {{ {CONTROLS}
    const kinds = ["focus", "blur", "focusin", "focusout"];
    const hush = event => event.stopImmediatePropagation();
    const before = document.activeElement;
    for (const kind of kinds) addEventListener(kind, hush, true);
    const unseen = controls.filter(part => {{
        part.focus({{preventScroll: true}});
        const {{outlineStyle, outlineWidth}} = getComputedStyle(part);
        return outlineStyle === "none" || parseFloat(outlineWidth) < 2;
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
    const alike = part => part.checked && edge(part) === edge(
        part.closest(".answers").querySelector("input:not(:checked)"));
    return controls.filter(part => !part.matches(".skip"))
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

# Text that its own box cuts off. What is hidden on purpose for the eyes is one pixel wide.
CUT_OFF = """() => [...document.body.querySelectorAll("*")]
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


def _axe(page: Page, options: dict[str, Any]) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(EXAMINE, options)
    return found


def _sizes(page: Page, width: int) -> Iterator[str]:
    seen = page.evaluate("document.documentElement.scrollWidth")
    if seen > width:
        yield f"{seen} wide on a screen of {width}"
    yield from (f"too small: {part}" for part in page.evaluate(TOO_SMALL, SMALLEST_TARGET))
    yield from (f"cut off: {part}" for part in page.evaluate(CUT_OFF))


def _take(page: Page, picture: Path, variant: str) -> None:
    path = picture.with_name(f"{picture.name}.{variant}.png")
    page.screenshot(path=path, full_page=True, animations="disabled", scale="css")
