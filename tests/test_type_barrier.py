"""The type barrier: raw counts do not reach anything that shows them, says mypy.

1. Charts, statistics, comparison, sheet and exports take `Released`; a table that was only counted is
   an error of types in each of them.
2. With `Released` in its place the same lines are sound.
3. What shows texts takes a `Quote` or a `Theme`; a text that was only reviewed is an error.
"""

from pathlib import Path

import pytest
from mypy import api

ROOT = Path(__file__).parent.parent
HEAD = """
from survey_app.domain.block import Block
from survey_app.domain.codebook import Variable
from survey_app.domain.comparison import positive_share
from survey_app.domain.disclosure import DisclosurePolicy, Released, ReleasedBlock, sum_of
from survey_app.domain.sheet import ResultRow, WaveResult
from survey_app.domain.statistics import mean, percents_of, top_box
from survey_app.domain.tabulation import FrequencyTable
from survey_app.domain.voices import Heard, Quote, ReviewedText, ReviewedTheme, Theme, Voices
from survey_app.domain.wave import Wave

def show(
    table: {table}, block: {block}, quote: {quote}, theme: {theme}, wave: Wave,
    variable: Variable, policy: DisclosurePolicy
) -> None:
"""
SHOWING = (
    "percents_of(table)",
    "top_box(table, variable.positive)",
    "mean(table, policy)",
    "sum_of([table])",
    "positive_share(table, variable)",
    "ResultRow(variable, table)",
    "WaveResult(wave, block)",
    "Heard(wave, variable, 3, (quote,), ())",
    "Heard(wave, variable, 3, (), (theme,))",
)
COUNTED = {
    "table": "FrequencyTable",
    "block": "Block",
    "quote": "ReviewedText",
    "theme": "ReviewedTheme",
}
SHOWN = {"table": "Released", "block": "ReleasedBlock", "quote": "Quote", "theme": "Theme"}


def errors(folder: Path, kinds: dict[str, str]) -> list[int]:
    """Return the numbers of the lines below HEAD that mypy refuses."""
    source = HEAD.format(**kinds) + "".join(f"    {line}\n" for line in SHOWING)
    (folder / "shows.py").write_text(source)
    places = [f"--cache-dir={ROOT / '.mypy_cache'}", f"--config-file={ROOT / 'pyproject.toml'}"]
    manners = ["--no-error-summary", "--hide-error-context", "--no-pretty"]
    said, failed, _ = api.run([*places, *manners, str(folder / "shows.py")])
    assert not failed, failed
    found = {int(line.split(":")[1]) for line in said.splitlines() if "shows.py" in line}
    return sorted(number - len(HEAD.splitlines()) - 1 for number in found)


@pytest.mark.parametrize(
    ("kinds", "refused"),
    [(COUNTED, list(range(len(SHOWING)))), (SHOWN, [])],
    ids=["counted", "shown"],
)
def test_only_what_was_released_can_be_shown(
    kinds: dict[str, str], refused: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rules 1 to 3."""
    monkeypatch.chdir(ROOT)
    assert errors(tmp_path, kinds) == refused
