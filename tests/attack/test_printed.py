"""The files themselves are attacked: sheets of a history are printed, read back, and put together.

1. CSV, workbook and JSON, read back, hold what was shown of each wave and of each group, and nothing
   else; the page and the annexes on paper hold the same groups.
2. Whoever puts together all files of a history and all its roll-ups isolates no small group, and
   finds no answer with two known ones.
3. A naive house that shows groups of any size is seen through, from each kind of file alone.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import pytest

from survey_app.rendering.pdf import PdfPool
from survey_app.rendering.sheet_annex import annex_document
from tests.attack.history import History, faults_of, play
from tests.attack.printed import (
    READERS,
    GroupsOfAnySize,
    PrintingHouse,
    groups_on_page,
    groups_only,
    on_paper,
    printed,
    seen_in,
)
from tests.attack.promises import faults_of as faults_of_table
from tests.attack.schools import World
from tests.attack.seen import PEOPLE, Seen, Story
from tests.attack.solver import inferences
from tests.rendering.paper import GERMAN, text

Game = tuple[History, PrintingHouse]
SEEDS = range(20)
ON_PAPER = range(6)


@cache
def played(seed: int, kind: type[PrintingHouse] = PrintingHouse) -> Game:
    """Return a history, and the house that can print what it showed."""
    houses: list[PrintingHouse] = []

    def opened(world: World) -> PrintingHouse:
        houses.append(kind(world))
        return houses[0]

    return play(seed, opened), houses[0]


def shown(house: PrintingHouse) -> set[Seen]:
    """Return what the house shows at the end, wave by wave."""
    last = PrintingHouse(house.world)
    for wave, released in house.shown.items():
        last._look_at_block(wave, released)
    return tables(last.seen)


def tables(seen: Iterable[Seen]) -> set[Seen]:
    """Return what is about answers; how many people there are follows from it."""
    return {each for each in seen if each.question != PEOPLE}


def attacked(game: Game, read: set[Seen]) -> set[str]:
    """Return what follows from what was read in files, and from the roll-ups of the history."""
    history, house = game
    return _attacked(history.seed, type(house), frozenset(read))


@cache  # what was read in one kind of file is mostly what was read in the others
def _attacked(seed: int, kind: type[PrintingHouse], read: frozenset[Seen]) -> set[str]:
    history, _ = played(seed, kind)
    others = {each for each in history.story.seen if each.where in ("sum", "roll-up")}
    story = Story(read | others, history.story.silences, frozenset())
    alone = {fault for each in read for fault in faults_of_table(each, history.world)}
    found = replace(history, story=story)
    return alone | faults_of(found) | (inferences(found) if not alone else set())


@pytest.mark.parametrize("name", READERS)
def test_files_hold_what_was_shown_and_can_be_put_together(name: str) -> None:
    """Rules 1 and 2."""
    for game in map(played, SEEDS):
        house = game[1]
        read = seen_in(READERS[name](printed(house)))
        assert tables(read) == shown(house)
        assert attacked(game, read) == set()


def test_the_page_holds_the_groups_and_no_other() -> None:
    """Rules 1 and 2."""
    for game in map(played, SEEDS):
        house = game[1]
        read = seen_in(groups_on_page(printed(house)))
        assert tables(read) == groups_only(shown(house))
        assert attacked(game, read) == set()


def test_the_annexes_hold_what_was_shown(pool: PdfPool) -> None:
    """Rules 1 and 2."""
    games = [played(seed) for seed in ON_PAPER]
    sheets = [printed(house) for _, house in games]
    drawn = pool.render_many(annex_document(sheet, GERMAN, {}) for sheet in sheets)
    for game, sheet, pdf in zip(games, sheets, drawn, strict=True):
        read = seen_in(on_paper(text(pdf), sheet))
        assert tables(read) == shown(game[1])
        assert attacked(game, read) == set()


def test_there_are_groups_to_read() -> None:
    """Rule 1: a reader that finds nothing would agree with everything."""
    found = [groups_only(shown(played(seed)[1])) for seed in SEEDS]
    assert sum(map(bool, found)) >= 4
    assert {each.question for seen in found for each in seen} >= {"K1", "B1", "C1"}


@pytest.mark.parametrize("name", [*READERS, "page"])
def test_groups_of_any_size_are_seen_through(name: str) -> None:
    """Rule 3."""
    broken = 0
    for seed in SEEDS:
        game = played(seed, GroupsOfAnySize)
        sheet = printed(game[1])
        read = seen_in(groups_on_page(sheet) if name == "page" else READERS[name](sheet))
        broken += "a group that is too small" in attacked(game, read)
    assert broken >= 6


def test_groups_of_any_size_are_seen_through_on_paper(pool: PdfPool) -> None:
    """Rule 3."""
    games = [played(seed, GroupsOfAnySize) for seed in ON_PAPER]
    sheets = [printed(house) for _, house in games]
    drawn = pool.render_many(annex_document(sheet, GERMAN, {}) for sheet in sheets)
    found = [
        attacked(game, seen_in(on_paper(text(pdf), sheet)))
        for game, sheet, pdf in zip(games, sheets, drawn, strict=True)
    ]
    assert sum("a group that is too small" in each for each in found) >= 2
