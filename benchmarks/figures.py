"""A measured value beside its target."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the results. `met` is None where there is no target to miss."""

    what: str
    measured: str
    target: str = ""
    met: bool | None = None

    @property
    def verdict(self) -> str:
        """Return the last cell of the line."""
        return {None: "", True: "yes", False: "**missed**"}[self.met]


def at_most(what: str, value: float, limit: float, unit: str) -> Figure:
    """Return a figure that must not be larger than `limit`."""
    return Figure(what, said(value, unit), f"≤ {limit:,g} {unit}", value <= limit)


def at_least(what: str, value: float, limit: float, unit: str) -> Figure:
    """Return a figure that must not be smaller than `limit`."""
    return Figure(what, said(value, unit), f"≥ {limit:,g} {unit}".rstrip(), value >= limit)


def note(what: str, value: float, unit: str) -> Figure:
    """Return a figure without a target."""
    return Figure(what, said(value, unit))


def said(value: float, unit: str) -> str:
    """Return a value with three digits that matter: ``0.913``, ``17.2 ms``, ``12,345 /s``."""
    if value == int(value):
        return f"{int(value):,} {unit}".rstrip()
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    return f"{value:,.{digits}f} {unit}".rstrip()


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the value that `percent` of the values do not exceed."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as a Markdown table."""
    lines = ["| what | measured | target | met |", "|---|---|---|---|"]
    lines += [f"| {f.what} | {f.measured} | {f.target} | {f.verdict} |" for f in figures]
    return "\n".join(lines)
