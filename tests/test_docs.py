"""What people can set and type is written down.

1. Every setting stands in docs/operations.md with its default, and no other does.
2. Every command is named in the README or in docs/.
3. Every decision has its own number and says what got worse.
4. Every page is reached from the map, and no link leads nowhere.
"""

import re
from pathlib import Path

import click
import pytest

from survey_app.cli import main
from survey_app.config import PREFIX, Settings

ROOT = Path(__file__).parent.parent
DOCS = {path: path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("docs/**/*.md"))}
OPERATIONS = DOCS[ROOT / "docs/operations.md"]
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
DECISIONS = sorted(ROOT.glob("docs/adr/*.md"))


def commands(group: click.Group, *before: str) -> list[str]:
    """Return every command as it is typed."""
    context = click.Context(group)
    typed: list[str] = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            typed += commands(command, *before, name)
        else:
            typed.append(" ".join(["survey-app", *before, name]))
    return typed


def test_every_setting_is_explained() -> None:
    rows = re.findall(rf"^\| `{PREFIX}(\w+)` \| ", OPERATIONS, re.MULTILINE)
    assert sorted(name.lower() for name in rows) == sorted(Settings.model_fields)


@pytest.mark.parametrize("name", ["database_url", "public_url", "timezone"])
def test_a_default_is_the_one_in_force(name: str) -> None:
    default = Settings.model_fields[name].default
    assert f"| `{PREFIX}{name.upper()}` | `{default}` |" in OPERATIONS


@pytest.mark.parametrize("command", commands(main))
def test_every_command_is_named_somewhere(command: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert any(command in text for text in (readme, *DOCS.values())), command


def test_decisions_are_numbered_once() -> None:
    numbers = [path.name[:3] for path in DECISIONS]
    assert numbers == [f"{number:03}" for number in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_what_got_worse(path: Path) -> None:
    assert re.search(r"^## What got worse", DOCS[path], re.MULTILINE), path.name


def linked(page: Path) -> set[Path]:
    """Return the files that a page leads to, and those in the folders that it leads to."""
    places = {(page.parent / link).resolve() for link in LINK.findall(DOCS[page])}
    return places | {file for place in places for file in place.glob("*.md")}


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.stem)
def test_a_link_leads_somewhere(page: Path) -> None:
    assert [place for place in linked(page) if not place.exists()] == []


def test_every_page_is_reached_from_the_map() -> None:
    reached, to_read = set(), [ROOT / "docs/README.md"]
    while to_read:
        page = to_read.pop()
        if page not in reached:
            reached.add(page)
            to_read += [place for place in linked(page) if place in DOCS]
    assert reached == set(DOCS)
