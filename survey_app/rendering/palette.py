"""The colours of paper and charts.

Chosen for a school's printer: the loud colour is a yellow, which costs little toner and turns
into a light grey behind black ink, so a poster keeps its contrast when it is printed without
colour. Text colours reach WCAG AA (4.5:1) on white and on the yellow; a test computes it.
Nothing may be told apart by colour alone.

WeasyPrint does not hand CSS variables on to inline SVG: stylesheets use ``var(--ink)``, SVG
templates write the attribute ``fill="{{ palette.ink }}"``.
"""

from dataclasses import asdict, dataclass
from typing import Final


@dataclass(frozen=True)
class Palette:
    """Colours as ``#rrggbb``, named for what they do."""

    ink: str
    ink_soft: str
    paper: str
    loud: str
    loud_soft: str
    accent: str
    line: str
    code: str

    def css(self) -> str:
        """Return the colours as CSS variables: ``--ink-soft`` and so on."""
        lines = (f"--{name.replace('_', '-')}: {value};" for name, value in asdict(self).items())
        return ":root { " + " ".join(lines) + " }"


PALETTE: Final = Palette(
    ink="#1d1442",
    ink_soft="#4a4368",
    paper="#ffffff",
    loud="#ffd23f",
    loud_soft="#fff4cc",
    accent="#c2185b",
    line="#b9b4cc",
    code="#000000",
)
