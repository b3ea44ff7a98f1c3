"""Group commit.

1. One item alone is delivered at once, by itself.
2. What comes while a group is being committed goes together into the next one, in order.
3. Everybody gets the outcome of their own item.
4. An item that cannot be stored fails alone; its neighbours are stored.
5. When the database itself fails, everybody of the group hears so, and those behind go on.
6. Nobody is told that an item was stored when the leading thread was lost.
"""

from collections.abc import Sequence
from threading import Barrier, Event, Thread

import pytest
from sqlalchemy.exc import DataError, OperationalError

from survey_app.storage.group_commit import AT_MOST, GroupCommit, LeaderLost

LONG_ENOUGH = 60


class Disk:
    """Writes numbers in groups and notes them; the first group waits until it may go on."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.began = Event()
        self.may_end = Event()

    def write(self, numbers: Sequence[int]) -> list[int]:
        """Return the squares; 13 cannot be stored, at 99 the disk is gone, at 666 the thread."""
        first = not self.began.is_set()
        self.began.set()
        if first:
            assert self.may_end.wait(LONG_ENOUGH)
        if 13 in numbers:
            raise DataError("insert", {}, ValueError("13"))
        if 99 in numbers:
            raise OperationalError("insert", {}, OSError("no space left"))
        if 666 in numbers:
            raise SystemExit
        self.groups.append(list(numbers))
        return [number**2 for number in numbers]


class Crowd:
    """People who put in one number each while the first commit is under way."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        self.line = GroupCommit(disk.write)
        self.heard: dict[int, int | str] = {}

    def put(self, number: int) -> None:
        """Put in a number and note what came of it."""
        try:
            self.heard[number] = self.line.put(number)
        except (DataError, OperationalError, LeaderLost, SystemExit) as error:
            self.heard[number] = type(error).__name__

    def arrive(self, first: int, others: Sequence[int]) -> None:
        """Let the first one lead and all others come, one behind the other, before it is done."""
        people = [Thread(target=self.put, args=(first,))]
        people[0].start()
        assert self.disk.began.wait(LONG_ENOUGH)
        for place, number in enumerate(others, start=1):
            people.append(Thread(target=self.put, args=(number,)))
            people[-1].start()
            while len(self.line._line) < place:
                people[-1].join(0.001)
        self.disk.may_end.set()
        for person in people:
            person.join(LONG_ENOUGH)
            assert not person.is_alive()


@pytest.fixture
def crowd() -> Crowd:
    return Crowd(Disk())


def test_one_alone_is_written_at_once(crowd: Crowd) -> None:
    crowd.arrive(3, [])
    assert (crowd.heard, crowd.disk.groups) == ({3: 9}, [[3]])


def test_who_comes_meanwhile_is_written_together_and_hears_the_own_outcome(crowd: Crowd) -> None:
    crowd.arrive(1, [2, 3, 4])
    assert crowd.disk.groups == [[1], [2, 3, 4]]
    assert crowd.heard == {1: 1, 2: 4, 3: 9, 4: 16}


def test_a_long_line_is_written_in_several_groups(crowd: Crowd) -> None:
    others = list(range(100, 100 + AT_MOST + 5))
    crowd.arrive(1, others)
    assert crowd.disk.groups == [[1], others[:AT_MOST], others[AT_MOST:]]
    assert crowd.heard == {number: number**2 for number in [1, *others]}


def test_an_item_that_cannot_be_stored_fails_alone(crowd: Crowd) -> None:
    crowd.arrive(1, [2, 13, 4])
    assert crowd.disk.groups == [[1], [2], [4]]
    assert crowd.heard == {1: 1, 2: 4, 13: "DataError", 4: 16}


def test_a_failing_database_is_heard_of_by_its_group_only(crowd: Crowd) -> None:
    crowd.arrive(99, [2, 3])
    assert crowd.disk.groups == [[2, 3]]
    assert crowd.heard == {99: "OperationalError", 2: 4, 3: 9}


def test_nobody_hears_stored_of_a_group_whose_leader_was_lost(crowd: Crowd) -> None:
    crowd.arrive(1, [666, 3])
    assert crowd.disk.groups == [[1]]
    assert crowd.heard == {1: 1, 666: "SystemExit", 3: "LeaderLost"}


def test_many_at_once_all_get_their_own_outcome() -> None:
    disk = Disk()
    disk.may_end.set()
    crowd, start = Crowd(disk), Barrier(50)

    def run(number: int) -> None:
        start.wait(LONG_ENOUGH)
        for turn in range(20):
            crowd.put(1000 * turn + 100 + number)

    people = [Thread(target=run, args=(number,)) for number in range(50)]
    for person in people:
        person.start()
    for person in people:
        person.join(LONG_ENOUGH)
    assert sorted(crowd.heard) == sorted(number for group in disk.groups for number in group)
    assert crowd.heard == {number: number**2 for number in crowd.heard}
    assert len(crowd.heard) == 1000
