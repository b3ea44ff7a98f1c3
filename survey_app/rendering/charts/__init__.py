"""The charts: one module each, and the folder is the register.

Python computes the geometry, one template draws it (``templates/charts/drawing.svg``). A chart is
a module with the same two functions in the same order:

    draws(thing)            whether this chart is made for that row or pair
    drawings(things, pen)   per thing its drawings, on one scale; none where withheld

What a chart accepts is `Released` by type: `Withheld` has no numbers to draw. Words stay out of
the pictures, because text in SVG does not wrap: wording stands in the HTML cell beside it, and the
`title` of a drawing says the finding to those who cannot see it.

To add a chart, add a module here; ``tests/rendering/test_charts.py`` visits it.
"""

import importlib
import pkgutil
from collections.abc import Sequence
from typing import Protocol, cast

from survey_app.rendering.charts.base import Drawing, Pen, Thing

__all__ = ["CHARTS", "Chart", "Thing", "chart_for"]


class Chart(Protocol):
    """What a chart module offers."""

    def draws(self, thing: Thing, /) -> bool:
        """Return whether this chart is made for `thing`, whatever may be released of it."""

    def drawings(self, things: Sequence[Thing], pen: Pen, /) -> tuple[tuple[Drawing, ...], ...]:
        """Return the drawings of each thing, on one common scale; none where withheld."""


CHARTS: dict[str, Chart] = {
    module.name: cast(Chart, importlib.import_module(f"{__name__}.{module.name}"))
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name)
    if module.name != "base"
}


def chart_for(thing: Thing) -> str:
    """Return the name of the chart that draws `thing`."""
    return next(name for name, chart in CHARTS.items() if chart.draws(thing))
