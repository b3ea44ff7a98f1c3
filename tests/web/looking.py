"""What is looked at on every page of a phone: accessibility by machine, sizes, focus, a picture.

Axe (Deque's rules, carried by a Python package) reads the page as it stands; the page's own policy
forbids foreign scripts, so the browser injects it from outside. What it cannot decide counts as a
fault too: our pages are simple enough to be decided. That every check finds its fault is proved in
test_looking.py. Pictures are for people, and taken on demand only (`make pictures`).
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

PICTURES_WANTED = bool(os.environ.get("MITREDEN_PICTURES"))
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
# Axe would leave the contrast of a sign (○ ←), of a single digit, and of whatever a style sheet draws
# behind (the tail of a speech bubble) to a person. Here it judges the first two as any text and looks
# past the third: the colours that meet there are compared in test_style.py. The rest is axe's own.
AXES_OWN = {"boldValue": 700, "boldTextPt": 14, "largeTextPt": 18, "pseudoSizeThreshold": 0.25}
AXES_OWN |= {"shadowOutlineEmMax": 0.2, "textStrokeEmMin": 0.03}
JUDGED = AXES_OWN | {
    "ignoreUnicode": False,
    "ignoreLength": True,
    "ignorePseudo": True,
    "contrastRatio": {"normal": {"expected": 4.5}, "large": {"expected": 3}},
}
USUAL = {
    "preload": False,  # axe would ask for the style sheets once more
    "checks": {"color-contrast": {"options": JUDGED}},
}
BY_COLOUR = ["color-contrast", "link-in-text-block"]
TARGETS = {"target-size": {"enabled": True}}  # WCAG 2.2; axe wants it to be switched on
OPTIONS = USUAL | {"rules": TARGETS}
CONTRAST = USUAL | {"runOnly": BY_COLOUR}
BUT_COLOURS = USUAL | {"rules": TARGETS | {rule: {"enabled": False} for rule in BY_COLOUR}}

# Runs axe and says one line per fault and doubt. Where something lies over or beside a text (an open
# menu, a bar that sticks, a drawing), axe cannot tell its ground, but the browser can: it is asked at
# three points what lies under the text, first what is opaque. A ground that is a pattern or half
# transparent stays a doubt.
EXAMINE = """async options => {
    const unsure = ["bgOverlap", "elmPartiallyObscured", "elmPartiallyObscuring", "imgNode"];
    const canvas = Object.assign(document.createElement("canvas"), {width: 1, height: 1});
    const paint = canvas.getContext("2d", {willReadFrequently: true});
    const painted = colour => {
        paint.clearRect(0, 0, 1, 1);
        paint.fillStyle = colour;
        paint.fillRect(0, 0, 1, 1);
        return [...paint.getImageData(0, 0, 1, 1).data];
    };
    const luminance = colour => painted(colour).slice(0, 3).map(part => part / 255)
        .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
    const drawn = part => part.ownerSVGElement;
    const colourOf = part => {
        const {fill, fillOpacity, opacity, backgroundColor} = getComputedStyle(part);
        if (!drawn(part)) return backgroundColor;
        if (part.matches("g, use, defs *") || fill === "none") return "transparent";
        return fill.startsWith("url") || fillOpacity * opacity < 1 ? null : fill;
    };
    const groundAt = (part, x, y) => {
        const stack = document.elementsFromPoint(x, y), at = stack.indexOf(part);
        const parents = [];
        for (let each = part; each; each = each.parentElement) parents.push(each);
        const below = (at < 0 ? parents : stack.slice(at)).slice(drawn(part) ? 1 : 0);
        for (const colour of below.map(colourOf)) {
            const alpha = colour === null ? 128 : painted(colour)[3];
            if (alpha === 255) return colour;
            if (alpha) return null;
        }
        return "white";
    };
    const contrast = part => {
        part.scrollIntoView({block: "center", inline: "center", behavior: "instant"});
        const {left, right, top, height} = part.getBoundingClientRect();
        const style = getComputedStyle(part), ink = drawn(part) ? style.fill : style.color;
        return Math.min(...[left + 1, (left + right) / 2, right - 1].map(x => {
            const ground = groundAt(part, x, top + height / 2);
            if (ground === null || painted(ink)[3] < 255) return 0;
            const both = [luminance(ink) + 0.05, luminance(ground) + 0.05];
            return Math.max(...both) / Math.min(...both);
        }));
    };
    const report = await axe.run(options);
    const found = [];
    for (const [kind, rules] of [["fault", report.violations], ["doubt", report.incomplete]])
        for (const rule of rules)
            for (const node of rule.nodes) {
                const why = [...node.any, ...node.all, ...node.none];
                let said = why[0]?.message ?? rule.help;
                const {messageKey, expectedContrastRatio} = why[0]?.data ?? {};
                if (rule.id === "color-contrast" && unsure.includes(messageKey)) {
                    const seen = contrast(document.querySelector(node.target.at(-1)));
                    if (seen >= parseFloat(expectedContrastRatio ?? "4.5")) continue;
                    said += ` (seen: ${seen.toFixed(2)})`;
                }
                found.push(`axe, ${kind}: ${rule.id}: ${said}: ${node.html.slice(0, 160)}`);
            }
    scrollTo(0, 0);
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

# What does not show, itself or by the tile around it, that it has the focus of a keyboard: an outline
# that is there without the focus shows nothing. The page does not hear of it: an open menu would close.
FOCUS_UNSEEN = f"""() => {{ {CONTROLS}
    const kinds = ["focus", "blur", "focusin", "focusout"];
    const hush = event => event.stopImmediatePropagation();
    const before = document.activeElement;
    for (const kind of kinds) addEventListener(kind, hush, true);
    const outlines = part => [part, part.closest("label") ?? part].map(each => {{
        const {{outlineStyle, outlineWidth, outlineColor}} = getComputedStyle(each);
        return [outlineStyle, parseFloat(outlineWidth), outlineColor];
    }});
    before.blur();
    const unseen = controls.filter(part => {{
        const without = outlines(part).map(String);
        part.focus({{preventScroll: true}});
        const shown = outlines(part).some((outline, index) => outline[0] !== "none"
            && outline[1] >= 2 && String(outline) !== without[index]);
        part.blur();
        return !shown;
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

# Text that its own box cuts off. Two boxes may: a field that holds what somebody typed, which moves
# with the cursor (what the page itself writes into an empty field may not), and a table in a box that
# scrolls, has a name and can have the focus (WCAG 1.4.10 lets tables be wide); what lies in it may not.
# What is hidden on purpose for the eyes is one pixel wide.
CUT_OFF = """() => {
    const typed = part => part.matches("input:not([type=submit], [type=button], [type=file])")
        && part.value && part.type !== "hidden";
    const table = part => part.matches("[role=region][tabindex='0']")
        && part.matches("[aria-label], [aria-labelledby]")
        && ["auto", "scroll"].includes(getComputedStyle(part).overflowX)
        && part.querySelector("table");
    const isLong = part => part.scrollWidth > part.clientWidth + 1;
    const placeholder = part => {  // is measured as if it had been typed; who spaces it wide can do
        // without the example: a label is always there
        if (!part.placeholder || part.value || document.adoptedStyleSheets.length) return false;
        part.value = part.placeholder;
        const found = isLong(part);
        part.value = "";
        return found;
    };
    return [...document.body.querySelectorAll("*")]
        .filter(part => part.clientWidth > 1 && part.checkVisibility({visibilityProperty: true}))
        .filter(part => getComputedStyle(part).overflowX !== "visible")
        .filter(part => isLong(part) && !typed(part) && !table(part) || placeholder(part))
        .map(part => part.outerHTML.slice(0, 160));
}"""

# All that depends on sizes, in one breath: what is wider than the screen, too small, cut off.
SIZES = f"""least => [
    document.documentElement.scrollWidth,
    ({TOO_SMALL})(least),
    ({CUT_OFF})(),
]"""


def faults(page: Page, picture: Path, *, colours: bool = True) -> list[str]:
    """Return what is wrong with the page: by day on a common phone, by night on a small one.

    Colours belong to a page whatever its language is (test_style.py), so that it is enough to look
    at them in one: at contrasts, at forced colours, at the focus.
    """
    page.set_viewport_size(COMMON)
    page.emulate_media(color_scheme="light")
    found = [*_axe(page, OPTIONS if colours else BUT_COLOURS), *_sizes(page, COMMON["width"])]
    _take(page, picture, "390-light")
    page.set_viewport_size(SMALL)
    page.emulate_media(color_scheme="dark")
    found += _axe(page, CONTRAST) if colours else []
    found += _sizes(page, SMALL["width"])
    _take(page, picture, "320-dark")
    page.evaluate(SPACED, True)
    found += [f"with wide spacing: {fault}" for fault in _sizes(page, SMALL["width"])]
    page.evaluate(SPACED, False)
    found += _unseen(page) if colours else []
    page.set_viewport_size(COMMON)
    return found


def _unseen(page: Page) -> list[str]:
    """Return what is not seen in forced colours, and what does not show that it has the focus."""
    page.emulate_media(color_scheme="light", forced_colors="active")
    found = [f"unseen in forced colours: {part}" for part in page.evaluate(FORCED_UNSEEN)]
    page.emulate_media(forced_colors="none")
    page.keyboard.press("Shift")  # from now on the focus is that of a keyboard
    return [*found, *(f"focus unseen: {part}" for part in page.evaluate(FOCUS_UNSEEN))]


# What axe does not ask for: one heading that names the page, no level left out below it, a name for
# every table of data and a scope for each of its headers. On a sheet, which is drawn for paper too, the
# heading or the box right before a table may name it.
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
        const around = [...table.closest(".sheet-screen")?.querySelectorAll(
            "h2, h3, summary, [role=region][aria-label], table") ?? []];
        const before = around[around.indexOf(table) - 1];
        const named = table.caption || table.matches("[aria-label], [aria-labelledby]")
            || before && !before.matches("table");
        if (!named)
            found.push(`table without a name: ${about}`);
        if (!table.querySelector("th")) found.push(`table without headers: ${about}`);
        for (const header of table.querySelectorAll("th:not([scope])"))
            found.push(`header without scope: ${header.outerHTML.slice(0, 160)}`);
    }
    return found;
}"""


def faults_at_a_desk(page: Page, picture: Path | None, *, colours: bool = True) -> list[str]:
    """Return what is wrong with a page of staff: by day on a wide screen, by night on a small one.

    Without `picture` it is the same page once more, without scripts or, without `colours`, in
    another language: it is looked at by night only, with every rule.
    """
    found: list[str] = []
    if picture:
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="light", forced_colors="none")
        found += [*_axe(page, OPTIONS), *_sizes(page, DESK["width"], SMALLEST_AT_A_DESK)]
        found += page.evaluate(STRUCTURE)
        _take(page, picture, "1280-light")
        if PICTURES_WANTED:
            page.set_viewport_size(COMMON)
            _take(page, picture, "390-light")
    page.set_viewport_size(SMALL)
    page.emulate_media(color_scheme="dark", forced_colors="none")
    again = OPTIONS if colours else BUT_COLOURS
    found += _axe(page, CONTRAST if picture else again)
    found += _sizes(page, SMALL["width"], SMALLEST_AT_A_DESK)
    page.evaluate(SPACED, True)
    wide = _sizes(page, SMALL["width"], SMALLEST_AT_A_DESK)
    found += [f"with wide spacing: {fault}" for fault in wide]
    page.evaluate(SPACED, False)
    return found + (_unseen(page) if picture else [])


def _axe(page: Page, options: dict[str, Any]) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(EXAMINE, options)
    return found


def _sizes(page: Page, width: int, least: int = SMALLEST_TARGET) -> Iterator[str]:
    seen, small, cut_off = page.evaluate(SIZES, least)
    if seen > width:
        yield f"{seen} wide on a screen of {width}"
    yield from (f"too small: {part}" for part in small)
    yield from (f"cut off: {part}" for part in cut_off)


def _take(page: Page, picture: Path, variant: str) -> None:
    if PICTURES_WANTED:
        path = picture.with_name(f"{picture.name}.{variant}.png")
        path.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=path, full_page=True, animations="disabled", scale="css")
