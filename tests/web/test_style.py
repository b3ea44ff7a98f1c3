"""The style sheets.

1. Text has a contrast of at least 4.5:1 on everything it stands on, edges of controls 3:1, in light
   and in dark.
2. Only tokens.css names a colour; every token that is used is there.
3. Directions are logical: no left, no right. No language and no direction has colours of its own.
4. What is sent is small.
"""

import re
from pathlib import Path

import pytest

import survey_app.web
from survey_app.web.assets import Assets

STATIC = Path(survey_app.web.__file__).parent / "static"
SHEETS = sorted(path for path in STATIC.rglob("*.css") if path.name != "tokens.css")
TOKENS = (STATIC / "tokens.css").read_text()

ON_PAPER = [
    (ink, on) for ink in ("ink", "ink-soft", "link") for on in ("paper", "surface", "sunken")
]
TEXT = [
    *ON_PAPER,
    *[("on-loud", "loud"), ("loud", "on-loud"), ("on-button", "button")],
    *[("on-button", "button-hover"), ("ink", "loud-soft"), ("danger", "surface")],
    *[(kind, f"{kind}-soft") for kind in ("good", "warning", "danger")],
    *[(ink, f"{kind}-soft") for kind in ("good", "warning", "danger") for ink in ("ink", "link")],
]
EDGES = [("edge", on) for on in ("paper", "surface", "sunken")] + [
    ("focus", "paper"),
    ("focus", "surface"),
    ("danger", "surface"),
]


def colours(scheme: str) -> dict[str, str]:
    """Return the colours of a scheme by token."""
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light))
    return found | (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark)) if scheme == "dark" else {}
    )


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_right() -> None:
    assert contrast("#ffffff", "#000000") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("least", "pairs"), [(4.5, TEXT), (3, EDGES)])
def test_contrast_is_enough(scheme: str, least: float, pairs: list[tuple[str, str]]) -> None:
    known = colours(scheme)
    weak = {
        f"{ink} on {ground}": round(contrast(known[ink], known[ground]), 2)
        for ink, ground in pairs
        if contrast(known[ink], known[ground]) < least
    }
    assert weak == {}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_only_tokens_name_colours_and_every_token_is_there(sheet: Path) -> None:
    rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    assert re.findall(r"#[0-9a-f]{3,8}\b|rgb\(|hsl\(", rules) == []
    own = set(re.findall(r"(--[\w-]+):", TOKENS + rules))
    assert set(re.findall(r"var\((--[\w-]+)", rules)) - own == set()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_directions_are_logical(sheet: Path) -> None:
    rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    assert re.findall(r"[\w-]*\b(?:left|right)\b[^;{]*;", rules) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_language_has_colours_of_its_own(sheet: Path) -> None:
    rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    of_languages = re.findall(r"[^{}]*(?:\[lang|\[dir|:lang\(|:dir\()[^{}]*\{([^{}]*)\}", rules)
    own = [each for each in of_languages if re.search(r"color|background|fill|var\(|opacity", each)]
    assert own == []


def test_what_a_phone_loads_is_small() -> None:
    assets = Assets(STATIC)
    script, style = (assets.file(name) for name in ("respond.js", "respond.css"))
    assert len(script.packed) < 8_000
    assert len(style.packed) < 7_000
