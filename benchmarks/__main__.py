"""Runs the benchmarks and writes RESULTS.md; ends with 1 if a target was missed."""

import importlib
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import Figure, table
from benchmarks.machine import machine
from benchmarks.stage import Stage, Unavailable

QUESTIONS = (
    "first_page",
    "journey",
    "burst",
    "first_visit",
    "lighthouse",
    "closing",
    "sheet",
    "posters",
    "importing",
    "start",
    "rollup",  # last: what it reads stays in the memory of this process
)
READING = (
    "Written by `make bench`; [README.md](README.md) says how to read it. Times on a shared machine"
    " wander, ratios hardly do."
)
RESULTS = Path(__file__).with_name("RESULTS.md")


def main(names: Sequence[str]) -> int:
    """Answer the named questions, or all of them and write down the figures."""
    unknown = set(names) - set(QUESTIONS)
    if unknown:
        print(f"Unknown: {', '.join(sorted(unknown))}. There are: {', '.join(QUESTIONS)}.")
        return 2
    with Stage() as stage:
        parts = [_answered(name, stage) for name in names or QUESTIONS]
    missed = [figure for _, figures in parts for figure in figures if figure.met is False]
    if not names:
        RESULTS.write_text(_report(parts, missed))
        print(f"\nWritten to {RESULTS}.")
    print(_summary(missed))
    return 1 if missed else 0


def _answered(name: str, stage: Stage) -> tuple[str, list[Figure]]:
    """Run one benchmark and print its figures as they come."""
    module = importlib.import_module(f"benchmarks.{name}")
    title = (module.__doc__ or name).splitlines()[0].rstrip(".")
    print(f"\n{title}", flush=True)
    started, figures = time.monotonic(), []
    try:
        for figure in module.measure(stage):
            figures.append(figure)
            print(
                f"  {figure.what}: {figure.measured}  {figure.target} {figure.verdict}", flush=True
            )
    except Unavailable as reason:
        figures.append(Figure(f"not measured: {reason}", "–"))
        print(f"  not measured: {reason}")
    print(f"  ({time.monotonic() - started:.0f} s)")
    return title, figures


def _report(parts: Sequence[tuple[str, list[Figure]]], missed: Sequence[Figure]) -> str:
    lines = [
        "# Results",
        READING,
        _summary(missed),
    ]
    for title, figures in parts:
        lines += [f"## {title}", table(figures)]
    about = "\n".join(f"- {line.what}: {line.measured}" for line in machine())
    return "\n\n".join([*lines, "## Machine", about]) + "\n"


def _summary(missed: Sequence[Figure]) -> str:
    if not missed:
        return "All targets are met."
    return "Targets missed: " + "; ".join(f"{m.what} ({m.measured})" for m in missed) + "."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
