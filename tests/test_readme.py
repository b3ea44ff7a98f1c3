"""What the README promises.

1. Every `make …` in README and docs is a target of the Makefile, every `survey-app …` a command.
2. Every link leads to a file of this checkout.
3. The question it quotes is the shipped one, and the figures are those of the sample district.
4. The district is as large as it says.
"""

import re
from pathlib import Path

import pytest

from survey_app.data import data_dir
from survey_app.domain.disclosure import DisclosurePolicy, Withheld
from survey_app.domain.sheet import EvaluationSheet
from survey_app.instruments.library import Library
from survey_app.languages import load_languages
from survey_app.services.evaluating import sheet_of
from survey_app.services.fielding import fielded_measures
from survey_app.services.sample import fill_sample
from survey_app.services.sample_district import ALL_SHEETS, MEASURES
from tests.support_field import TODAY, migrated

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "benchmarks/README.md", *sorted((ROOT / "docs").rglob("*.md"))]
README = (ROOT / "README.md").read_text()


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, EvaluationSheet]:
    """Give the evaluation sheets of the sample district by title."""
    with migrated(f"sqlite:///{tmp_path_factory.mktemp('readme')}/sample.sqlite") as database:
        network = fill_sample(database, Library(data_dir("questionnaires")).get, TODAY)
        drawn = [
            sheet_of(
                database,
                network.id,
                fielded.measure.id,
                policy=DisclosurePolicy(),
                as_of=TODAY,
                recount_days=14,
            )
            for fielded in fielded_measures(database, network.id, TODAY)
        ]
    return {sheet.measure.title: sheet for sheet in drawn if sheet is not None}


def quoted(language: str) -> list[str]:
    """Return the blocks of the README that are marked with `language`."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_exists(page: Path) -> None:
    text = page.read_text()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", text, re.MULTILINE)) <= targets
    commands = {path.stem.rstrip("_") for path in (ROOT / "survey_app/cli").glob("[a-z]*.py")}
    assert set(re.findall(r"(?:`|^)survey-app ([a-z]+)", text, re.MULTILINE)) <= commands


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_question_is_the_shipped_one() -> None:
    (question,) = quoted("yaml")
    assert question in (ROOT / "questionnaires/kern-jugend.yaml").read_text()


def test_the_figures_are_those_of_the_sample_district(sheets: dict[str, EvaluationSheet]) -> None:
    german = load_languages().all["de"]
    sommercamp, werkstatt = quoted("text")
    sheet = sheets[sommercamp.splitlines()[0]]
    overall = sheet.tiles[2]
    assert overall.note is not None
    assert not isinstance(overall.figure, Withheld)
    said = [*sheet.key_sentences[:2], overall.figure]
    interval = re.search(r"\d+ von \d+ \(.*\)", overall.note.said(german))
    assert interval is not None
    for sentence in [*(message.said(german) for message in said), interval[0]]:
        assert plain(sentence) in plain(sommercamp)
    (reason,) = sheets[werkstatt.splitlines()[0]].key_sentences
    assert plain(werkstatt.splitlines()[2]) == plain(reason.said(german))


def test_the_district_is_as_large_as_it_says() -> None:
    assert f"{len(MEASURES)} measures and {ALL_SHEETS} answer sheets" in " ".join(README.split())


def plain(text: str) -> str:
    """Return a text with ordinary spaces and hyphens."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2011", "-")
