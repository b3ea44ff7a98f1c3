"""What happens in a network: waves close, sheets are read, roll-ups are asked for, limits move.

One seed, one history; whatever the house decides, the same things are asked of it.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.attack.algebra import faults_of_combinations
from tests.attack.houses import House, OurHouse
from tests.attack.rules import Rules
from tests.attack.schools import World, world_of
from tests.attack.seen import Story

Open = Callable[[World], House]


@dataclass(frozen=True)
class History:
    """A world, and the story that one house made of it."""

    seed: int
    world: World
    story: Story


def play(seed: int, house_in: Open) -> History:
    """Let a history happen in a house."""
    chance = random.Random(seed)
    world = world_of(chance)
    house, closed = house_in(world), list[int]()
    beside = random.Random(f"{seed} rest")  # its own, so that the others stay the same histories
    for wave in world.waves:
        house.close(wave)
        closed.append(wave.id)
        for happens, likely in HAPPENINGS:
            if chance.random() < likely:
                happens(house, world, closed, chance)
        if beside.random() < RESTS:
            _rest(house, world, closed, beside)
    house.read_sheets(closed)
    _roll_up(house, world, closed, chance)
    story = Story(frozenset(house.seen), frozenset(house.silences), frozenset(house.faults))
    return History(seed, world, story)


def under(rules: Rules) -> Open:
    """Return our house with these rules."""
    return lambda world: OurHouse(world, rules)


def faults_of(history: History) -> set[str]:
    """Return what a look and all combinations of tables give away."""
    found = set(history.story.faults)
    return found | faults_of_combinations(history.story.seen, history.world)


def _read(house: House, _world: World, closed: list[int], chance: random.Random) -> None:
    house.read_sheets(_some(closed, chance))


def _roll_up(house: House, world: World, closed: list[int], chance: random.Random) -> None:
    schools = {wave.school for wave in world.waves}
    agreed = sorted(school for school in sorted(schools) if chance.random() < 0.3)
    wanted = chance.choice(
        [
            closed,
            [wave for wave in closed if world.by_id[wave].area == 0],
            [wave for wave in closed if world.by_id[wave].form == "kern"],
            _some(closed, chance),
        ]
    )
    house.roll_up(wanted, agreed)


def _rest(house: House, world: World, closed: list[int], chance: random.Random) -> None:
    town = [wave for wave in closed if world.by_id[wave].area == 0]
    agreed = sorted({world.by_id[wave].school for wave in closed if chance.random() < 0.2})
    if town and len(town) < len(closed):
        house.rest(closed, town, agreed)


def _release(house: House, world: World, closed: list[int], chance: random.Random) -> None:
    small = [wave for wave in closed if world.by_id[wave].base < SMALL]
    drawn = chance.sample(small, min(len(small), chance.randint(2, 6)))
    cut = chance.choice([0, len(drawn), chance.randint(0, len(drawn))])
    again = chance.choice([cut, cut, chance.randint(0, cut)])  # now and then some are in both
    house.release([frozenset(part) for part in (drawn[:cut], drawn[again:]) if part])


def _limits(house: House, _world: World, _closed: list[int], chance: random.Random) -> None:
    house.set_limits(raised=chance.random() < 0.5)


def _some(closed: list[int], chance: random.Random) -> list[int]:
    return sorted(chance.sample(closed, chance.randint(1, len(closed))))


RESTS = 0.15  # how likely a town and the rest beside it are looked at
SMALL = 15  # what can ever be part of a pool
HAPPENINGS = ((_limits, 0.2), (_read, 0.3), (_roll_up, 0.3), (_release, 0.3))
