"""The colours of paper and charts.

Chosen for a school's printer: the loud colour is a yellow, which costs little toner and turns
into a light grey behind black ink, so a poster keeps its contrast when it is printed without
colour. Text colours reach WCAG AA (4.5:1) on white and on the yellow; a test computes it.
Nothing may be told apart by colour alone.

A network may put its own colour in the place of the yellow (`branded`): text on it is then ink or
white, whichever is read better, and a dark colour takes the place of the dark strip as well.

WeasyPrint does not hand CSS variables on to inline SVG: stylesheets use ``var(--ink)``, SVG
templates write the attribute ``fill="{{ palette.ink }}"``.
"""

from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Final

from survey_app.domain.branding import INK, LOUD, PAPER, READABLE, contrast, mixed, text_on

SOFTENED: Final = 0.75


@dataclass(frozen=True)
class Palette:
    """Colours as ``#rrggbb``, named for what they do.

    `loud` is the ground of headlines, `deep` that of the typed code; `on_…` is the text on them.
    """

    ink: str
    ink_soft: str
    paper: str
    loud: str
    loud_soft: str
    on_loud: str
    deep: str
    on_deep: str
    accent: str
    line: str
    code: str
    mist: str = "#f0eef5"
    good: str = "#1a6b35"
    doubt: str = "#8a6100"
    bad: str = "#b3201b"

    def css(self) -> str:
        """Return the colours as CSS variables: ``--ink-soft`` and so on."""
        return f":root {{ {self.variables()} }}"

    def variables(self) -> str:
        """Return the declarations alone, for the `style` of one element and what is in it."""
        lines = (f"--{name.replace('_', '-')}: {value};" for name, value in asdict(self).items())
        return " ".join(lines)


PALETTE: Final = Palette(
    ink=INK,
    ink_soft="#4a4368",
    paper=PAPER,
    loud=LOUD,
    loud_soft="#fff4cc",
    on_loud=INK,
    deep=INK,
    on_deep=LOUD,
    accent="#c2185b",
    line="#b9b4cc",
    code="#000000",
)


@lru_cache(maxsize=64)
def branded(accent: str) -> Palette:
    """Return our colours with a network's own in the place of the yellow."""
    if accent == LOUD:
        return PALETTE
    is_dark = text_on(accent) == PAPER
    shines = contrast(accent, INK) >= READABLE
    return replace(
        PALETTE,
        loud=accent,
        loud_soft=mixed(accent, PAPER, SOFTENED),
        on_loud=text_on(accent),
        deep=accent if is_dark else INK,
        on_deep=accent if shines and not is_dark else PAPER,
    )
